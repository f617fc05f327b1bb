// The grid of a share-out: the sum and what it lacks or exceeds while one types; a column pasted from Excel.
(function () {
  "use strict";
  var form = document.querySelector("form[data-share]");
  if (!form) return;
  var boxes = Array.from(form.querySelectorAll("[data-share-value]"));
  var total = form.querySelector("[data-share-total]"), said = form.querySelector("[data-share-said]");
  var vietnamese = (document.documentElement.lang || "vi") !== "en";

  // The same writings as the server reads, in either language of the page: 3.724 and 98,5. Null for what is no number.
  function read(text) {
    var bare = text.replace(/\s/g, "").replace("\u2212", "-").replace(/%$/, "");
    if (!bare) return 0;
    if (/^[+-]?([1-9][0-9]{0,2}(\.[0-9]{3})+|[0-9]+)(,[0-9]+)?$/.test(bare))
      return Number(bare.split(".").join("").replace(",", "."));
    return /^[+-]?[0-9]+\.[0-9]+$/.test(bare) ? Number(bare) : null;
  }

  // Two digits after the comma at most, so that hundredths add up as whole numbers.
  function written(hundredths) {
    return (hundredths / 100).toLocaleString(vietnamese ? "vi-VN" : "en-US", { maximumFractionDigits: 2 });
  }

  function update() {
    var sum = total ? Math.round(Number(total.dataset.given) * 100) : 0, unread = false;
    boxes.forEach(function (box) {
      var value = read(box.value), bad = value === null || value < 0;
      box.setAttribute("aria-invalid", bad ? "true" : "false");
      if (bad) unread = true; else sum += Math.round(value * 100);
    });
    if (!total) return;
    var difference = sum - Math.round(Number(total.dataset.target) * 100);
    total.textContent = written(sum);
    said.classList.toggle("good", !unread && difference === 0);
    said.classList.toggle("warn", unread || difference < 0);
    said.textContent = unread ? said.dataset.unread
      : (difference < 0 ? said.dataset.short : difference > 0 ? said.dataset.over : said.dataset.even).replace("{n}", written(Math.abs(difference)));
  }

  form.addEventListener("input", update);
  form.addEventListener("paste", function (event) {
    var start = boxes.indexOf(event.target);
    var text = (event.clipboardData || window.clipboardData).getData("text").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    if (start < 0 || !/[\n\t]/.test(text)) return;
    event.preventDefault();
    if (text.indexOf("\t") >= 0) {
      // Two columns: the server finds the organisations by code or name and says which it does not know.
      var area = form.querySelector("[name=cot_dan]");
      area.value = text;
      form.querySelector("[name=dan]").click();
      return;
    }
    text.split("\n").forEach(function (line, place) {
      if (boxes[start + place]) boxes[start + place].value = line.trim();
    });
    update();
  });
  update();
})();
