// A table shown in part: a button with data-show="x" leaves the rows whose data-groups name x; "" shows all.
(function () {
  "use strict";
  document.querySelectorAll("[data-rows]").forEach(function (part) {
    var buttons = part.querySelectorAll("button[data-show]");
    var rows = part.querySelectorAll("tr[data-groups]");
    function show(group) {
      rows.forEach(function (row) { row.hidden = group !== "" && row.dataset.groups.split(" ").indexOf(group) < 0; });
      buttons.forEach(function (button) { button.setAttribute("aria-pressed", String(button.dataset.show === group)); });
    }
    part.addEventListener("click", function (event) {
      var button = event.target.closest("button[data-show]");
      if (button) show(button.dataset.show);
    });
    if (buttons.length > 1 && buttons[1].dataset.show !== "same") show(buttons[1].dataset.show);
  });
})();
