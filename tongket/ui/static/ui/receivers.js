// Who is asked: a way of choosing ticks the boxes, a box ticked by hand makes it "picked"; the count is shown live.
(function () {
  "use strict";
  document.querySelectorAll("form[data-receivers]").forEach(function (form) {
    var boxes = Array.prototype.slice.call(form.querySelectorAll("input[name=den]"));
    var count = form.querySelector("[data-receivers-count]");
    function way() { var on = form.querySelector("input[name=cach]:checked"); return on ? on.value : ""; }
    function value(name) { return form.querySelector("select[name=" + name + "]").value; }
    function fits(box) {
      switch (way()) {
        case "below": return box.dataset.depth === "1";
        case "grassroots": return "grassroots" in box.dataset;
        case "sector": return value("khoi") !== "" && box.dataset.sector === value("khoi");
        case "kind": return value("loai") !== "" && box.dataset.kind === value("loai");
        default: return box.checked;
      }
    }
    function show() {
      boxes.forEach(function (box) { box.checked = fits(box); });
      if (count) count.textContent = boxes.filter(function (box) { return box.checked; }).length + " / " + boxes.length;
    }
    form.addEventListener("change", function (event) {
      if (event.target.name === "den") form.querySelector("input[name=cach][value=picked]").checked = true;
      if (event.target.name === "khoi") form.querySelector("input[name=cach][value=sector]").checked = true;
      if (event.target.name === "loai") form.querySelector("input[name=cach][value=kind]").checked = true;
      show();
    });
    show();
  });
})();
