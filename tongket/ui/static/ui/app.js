// The little that needs a script: theme button, toasts that go by themselves, forms that send themselves.
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-theme-toggle]")) window.tongketTheme();
    if (event.target.closest("[data-print]")) window.print();
    var all = event.target.closest("[data-check-all]");
    if (all) {
      all.closest("form").querySelectorAll("input[type=checkbox][name]").forEach(function (box) {
        box.checked = all.dataset.checkAll === "yes";
      });
    }
  });
  // A page with tables and no list of its own for Excel gives its tables.
  var tables = document.getElementById("bang-ra-excel");
  if (tables && document.querySelector("main table") && !document.querySelector("main [data-no-sheet]") && !document.querySelector("main a[href*='xuat=xlsx'], main a[href*='xuat=bieu']")) {
    var asked = new URLSearchParams(window.location.search);
    asked.set("xuat", "bang");
    tables.href = "?" + asked.toString();
    tables.hidden = false;
  }
  // In a list of several a click chooses or lets go, without a key held down.
  document.addEventListener("mousedown", function (event) {
    var option = event.target, list = option.closest("select[multiple]");
    if (option.tagName !== "OPTION" || !list || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    var top = list.scrollTop;
    option.selected = !option.selected;
    list.focus({ preventScroll: true });
    window.setTimeout(function () { list.scrollTop = top; }, 0);
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });
  // One choice for all rows of a long form that are still empty.
  document.querySelectorAll("[data-needs-script]").forEach(function (part) { part.hidden = false; });
  document.addEventListener("change", function (event) {
    var name = event.target.dataset.fillEmpty;
    if (!name || !event.target.value) return;
    event.target.form.querySelectorAll("select[name^='" + name + "']:not(:disabled)").forEach(function (box) {
      if (box.value === "") box.value = event.target.value;
    });
    event.target.value = "";
  });
  document.addEventListener("change", function (event) {
    var form = event.target.closest("form[data-auto-submit]");
    if (form) form.requestSubmit();
  });
  // Files that the server would refuse for their size are refused before they are sent: nobody waits, nothing typed is lost.
  document.addEventListener("change", function (event) {
    var field = event.target, limit = document.getElementById("gioi-han-tep");
    if (field.type !== "file" || !limit) return;
    var size = Array.from(field.files).reduce(function (sum, file) { return sum + file.size; }, 0);
    var note = field.parentElement.querySelector("[data-too-large]");
    if (note) note.remove();
    field.classList.remove("is-invalid");
    if (size <= Number(limit.dataset.mb) * 1048576) return;
    note = document.createElement("p");
    note.className = "invalid-feedback d-block";
    note.setAttribute("role", "alert");
    note.dataset.tooLarge = "";
    note.textContent = limit.textContent;
    field.classList.add("is-invalid");
    field.value = "";
    field.after(note);
  });
  // What cannot be taken back is asked once more: the form says the question in data-ask.
  // A form is sent once, however often its button is pressed; after "back" it can be sent again. What takes longer than
  // a moment says so; a form that gives a file (data-gives-file) leaves the page standing, so its button comes back.
  var working = document.getElementById("dang-lam");
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.ask && !window.confirm(form.dataset.ask)) { event.preventDefault(); return; }
    var buttons = form.querySelectorAll("button[type=submit], button:not([type])"), file = "givesFile" in form.dataset;
    window.setTimeout(function () { buttons.forEach(function (button) { button.disabled = true; }); }, 0);
    if (file) window.setTimeout(function () { buttons.forEach(function (button) { button.disabled = false; }); }, 3000);
    else if (working && !form.matches("[hx-post]")) window.setTimeout(function () { working.hidden = false; }, 700);
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted && working) working.hidden = true;
    if (event.persisted) document.querySelectorAll("form[method=post] button:disabled").forEach(function (button) { button.disabled = false; });
  });
  document.addEventListener("shown.bs.dropdown", function (event) {
    var field = event.target.parentElement.querySelector("[data-focus]");
    if (field) field.focus();
  });
  document.querySelectorAll(".toast.show[data-seconds]").forEach(function (toast) {
    window.setTimeout(function () { window.bootstrap.Toast.getOrCreateInstance(toast).hide(); }, toast.dataset.seconds * 1000);
  });
})();
