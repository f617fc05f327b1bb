// The page itself: takes files, holds them against the signed list, shows the facts. Text is only ever set as text.
(() => {
  const LIST = "checksums.txt", SIGNATURE = "checksums.sig", KEY = "khoa-cong-khai.pem", FACTS = "so-lieu.json";
  const PER_PAGE = 100, MANY = 500;
  const $ = id => document.getElementById(id);
  const expectedKey = $("page").dataset.fingerprint;
  let given = new Map();

  // Taking files
  async function take(files) {
    $("busy").textContent = "Đang đọc…";
    try {
      for (const { path, file } of files.slice(0, MANY)) {
        const bytes = new Uint8Array(await file.arrayBuffer());
        if (/\.zip$/i.test(path)) for (const [name, content] of await unzip(bytes)) given.set(name, content);
        else given.set(path, bytes);
      }
      await check();
    } catch (error) {
      verdict("bad", "Không đọc được", error.message || "Tệp đã hỏng.", []);
      show([], { state: "bad", text: "Chưa kiểm tra." });
    }
    $("busy").textContent = "";
    $("again").hidden = false;
  }

  async function walk(entry, path, found) {
    if (found.length > MANY) return;
    if (entry.isFile) found.push({ path: path + entry.name, file: await new Promise((done, failed) => entry.file(done, failed)) });
    else {
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((done, failed) => reader.readEntries(done, failed));
        if (!some.length) break;
        for (const child of some) await walk(child, `${path}${entry.name}/`, found);
      }
    }
  }

  async function dropped(event) {
    event.preventDefault();
    $("drop").classList.remove("over");
    const entries = Array.from(event.dataTransfer.items || [], item => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    const found = [];
    if (entries.length) for (const entry of entries) await walk(entry, "", found);
    else for (const file of event.dataTransfer.files) found.push({ path: file.name, file });
    if (found.length) await take(found);
  }

  // Checking
  const base = path => path.slice(path.lastIndexOf("/") + 1);

  function listed(text) {
    const rows = [], faults = [];
    for (const line of text.split("\n")) {
      if (!line || line.startsWith("#")) continue;
      const match = /^([0-9a-f]{64})  (\S.*)$/.exec(line);
      if (match) rows.push({ hash: match[1], name: match[2] });
      else faults.push(line.slice(0, 80));
    }
    return { rows, faults };
  }

  async function check() {
    const lists = [...given.keys()].filter(path => base(path) === LIST);
    if (lists.length !== 1) {
      verdict("bad", "Chưa kiểm tra được", lists.length ? `Có nhiều hơn một tệp ${LIST}. Hãy làm lại với một gói.` : `Chưa thấy tệp ${LIST}. Hãy thả cả gói .zip hoặc tất cả các tệp trong gói.`, []);
      return show([], { state: "bad", text: "Chưa kiểm tra." });
    }
    const prefix = lists[0].slice(0, -LIST.length);
    const { rows, faults } = listed(new TextDecoder().decode(given.get(lists[0])));
    const left = new Set(given.keys());
    const pick = name => {
      const path = left.has(prefix + name) ? prefix + name : left.has(base(name)) ? base(name) : "";
      left.delete(path);
      return path;
    };
    pick(LIST);
    const signature = given.get(pick(SIGNATURE));
    const results = [];
    for (const { hash, name } of rows) {
      const path = pick(name);
      const computed = path ? await sha256(given.get(path)) : "";
      results.push({ name, path, computed, state: !path ? "missing" : computed === hash ? "same" : "altered" });
    }
    for (const path of left) results.push({ name: path, path, computed: await sha256(given.get(path)), state: "added" });
    const key = results.find(row => row.name === KEY);
    const signed = await checkSignature(given.get(lists[0]), signature, key && key.path ? given.get(key.path) : undefined);
    judge(results, faults, signed);
    show(results, signed);
    await contents(results);
  }

  async function checkSignature(message, signature, pem) {
    if (!signature) return { state: "bad", text: `Thiếu tệp ${SIGNATURE}: không biết danh mục do ai lập.` };
    if (!pem) return { state: "bad", text: `Thiếu tệp ${KEY}.` };
    let der;
    try {
      der = Uint8Array.from(atob(new TextDecoder().decode(pem).replace(/-----[^-]*-----|\s/g, "")), c => c.charCodeAt(0));
    } catch { return { state: "bad", text: `Tệp ${KEY} không phải là khóa công khai.` }; }
    const print = (await sha256(der)).replace(/(.{4})(?=.)/g, "$1 ");
    if (print !== expectedKey) return { state: "bad", text: `Khóa trong gói không phải là khóa ghi trên trang này. Dấu vân tay của nó: ${print}` };
    const subtle = globalThis.crypto && globalThis.crypto.subtle;
    let imported = null;
    if (subtle) try { imported = await subtle.importKey("spki", der, { name: "Ed25519" }, false, ["verify"]); } catch { imported = null; }
    if (!imported) return { state: "warn", text: "Trình duyệt này không kiểm tra được chữ ký Ed25519. Hãy dùng trình duyệt mới hơn hoặc dòng lệnh ở cuối trang." };
    let good = false;
    try { good = await subtle.verify({ name: "Ed25519" }, imported, signature, message); } catch { good = false; }
    return good ? { state: "good", text: "Danh mục tệp đúng là do người giữ khóa có dấu vân tay trên đây ký." } : { state: "bad", text: "Chữ ký không đúng với danh mục tệp: danh mục hoặc chữ ký đã bị sửa." };
  }

  const WORDS = { same: "Nguyên vẹn", altered: "Đã bị sửa", missing: "Thiếu", added: "Thêm vào" };

  function judge(results, faults, signed) {
    const wrong = results.filter(row => row.state !== "same").map(row => `${row.name}: ${WORDS[row.state].toLowerCase()}`);
    if (faults.length) wrong.push(`${LIST}: có ${faults.length} dòng không đúng dạng`);
    if (signed.state === "bad") wrong.push(signed.text);
    if (!results.length) wrong.push(`${LIST}: không có tệp nào`);
    if (wrong.length) verdict("bad", "Không đạt", "Gói không còn nguyên vẹn như lúc phát hành:", wrong);
    else if (signed.state === "warn") verdict("warn", "Các tệp khớp danh mục, chữ ký chưa kiểm tra được", signed.text, []);
    else verdict("good", "Đạt", `${results.length} tệp đều đúng như lúc phát hành và chữ ký đúng. Hãy so dấu vân tay của khóa với dấu do cơ quan lập công bố.`, []);
  }

  function verdict(kind, title, text, items) {
    $("verdict").className = `verdict ${kind}`;
    $("verdict-title").textContent = title;
    $("verdict-text").textContent = text;
    $("verdict-list").replaceChildren(...items.map(item => element("li", item)));
  }

  // Showing
  function element(tag, text, className = "") {
    const made = document.createElement(tag);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function row(...cells) {
    const made = document.createElement("tr");
    made.append(...cells);
    return made;
  }

  function show(results, signed) {
    const names = { good: "Đúng", bad: "Không đúng", warn: "Chưa kiểm tra" };
    $("sign-tag").className = `tag ${signed.state}`;
    $("sign-tag").textContent = names[signed.state];
    $("sign-text").textContent = signed.text;
    $("file-rows").replaceChildren(...results.map(({ name, state, computed }) => {
      const head = element("th", name);
      head.scope = "row";
      const result = document.createElement("td");
      result.append(element("span", WORDS[state], `tag ${state === "same" ? "good" : "bad"}`));
      return row(head, result, element("td", computed, "mono"));
    }));
    $("word").hidden = $("facts").hidden = true;
    $("results").hidden = false;
    $("verdict").focus();
  }

  let facts = [], shown = [], from = 0;
  const fold = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  const day = iso => iso.split("-").reverse().join("/");

  async function contents(results) {
    const source = results.find(item => item.name === FACTS && item.path);
    if (!source) return;
    let sheet;
    try { sheet = JSON.parse(new TextDecoder().decode(given.get(source.path))); } catch { return; }
    if (!sheet || !Array.isArray(sheet.facts)) return;
    facts = sheet.facts.filter(fact => fact && typeof fact.key === "string");
    for (const fact of facts) fact.found = fold(`${fact.name} ${fact.indicator} ${fact.organisation_name} ${fact.organisation} ${fact.period} ${fact.text}`);
    $("facts-warning").hidden = source.state === "same";
    $("facts").hidden = false;
    find();
    const word = results.find(item => /\.docx$/i.test(item.name) && item.path);
    if (word) await wordNumbers(given.get(word.path));
  }

  function find() {
    const wanted = fold($("find").value).split(/\s+/).filter(Boolean);
    shown = wanted.length ? facts.filter(fact => wanted.every(part => fact.found.includes(part))) : facts;
    from = 0;
    list();
  }

  function list() {
    $("fact-rows").replaceChildren(...shown.slice(from, from + PER_PAGE).map(fact => {
      const head = element("th", fact.name);
      head.scope = "row";
      head.append(document.createElement("br"), element("code", fact.indicator));
      return row(head, element("td", `${fact.organisation_name} (${fact.organisation})`), element("td", fact.period), element("td", day(fact.as_at)), element("td", fact.text, "number"), element("td", fact.unit));
    }));
    const number = n => n.toLocaleString("vi-VN");
    $("facts-count").textContent = shown.length ? `${number(shown.length)} số liệu` : "Không có số liệu nào như vậy.";
    $("where").textContent = shown.length ? `${number(from + 1)} – ${number(Math.min(from + PER_PAGE, shown.length))}` : "";
    $("previous").disabled = from === 0;
    $("next").disabled = from + PER_PAGE >= shown.length;
  }

  // The numbers of the Word file that carry the name of their fact, held against the facts.
  async function wordNumbers(content) {
    const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let root;
    try {
      const parts = await unzip(content, name => name === "word/document.xml");
      root = new DOMParser().parseFromString(new TextDecoder().decode(parts.get("word/document.xml")), "application/xml");
    } catch { return; }
    const known = new Map(facts.map(fact => [fact.key, fact]));
    const digits = text => (text.match(/[\d.,]*\d/g) || []).join(" ");
    let same = 0;
    const other = [];
    for (const control of root.getElementsByTagNameNS(W, "sdt")) {
      const tag = control.getElementsByTagNameNS(W, "tag")[0];
      const fact = tag && known.get(tag.getAttributeNS(W, "val"));
      if (!fact) continue;
      const text = Array.from(control.getElementsByTagNameNS(W, "t"), t => t.textContent).join("");
      if (!digits(text) && !/\d/.test(text)) continue;
      if (digits(text) === digits(fact.text)) same++;
      else other.push(`${fact.name}, ${fact.organisation_name}, kỳ ${fact.period}: trong tệp Word là “${text}”, số liệu là “${fact.text}”`);
    }
    $("word-text").textContent = other.length ? `${other.length} con số khác với số liệu, ${same} con số đúng.` : `${same} con số gắn với số liệu, tất cả đều đúng.`;
    $("word-list").replaceChildren(...other.slice(0, 50).map(text => element("li", text)));
    $("word").hidden = same + other.length === 0;
  }

  $("files").addEventListener("change", event => take(Array.from(event.target.files, file => ({ path: file.webkitRelativePath || file.name, file }))).then(() => { event.target.value = ""; }));
  $("drop").addEventListener("dragover", event => { event.preventDefault(); $("drop").classList.add("over"); });
  $("drop").addEventListener("dragleave", () => $("drop").classList.remove("over"));
  $("drop").addEventListener("drop", dropped);
  for (const kind of ["dragover", "drop"]) window.addEventListener(kind, event => event.preventDefault());
  $("again").addEventListener("click", () => { given = new Map(); facts = []; $("results").hidden = true; $("again").hidden = true; $("files").focus(); });
  $("find").addEventListener("input", find);
  $("previous").addEventListener("click", () => { from -= PER_PAGE; list(); });
  $("next").addEventListener("click", () => { from += PER_PAGE; list(); });
})();
