// A button [data-copy="id of a text area"] copies its text; over plain HTTP the browser has only the older way.
(function () {
  "use strict";
  function done(button) {
    var text = button.querySelector("span"), before = text.textContent;
    if (text.dataset.before) return;
    text.dataset.before = before;
    text.textContent = button.dataset.copied;
    window.setTimeout(function () { text.textContent = before; delete text.dataset.before; }, 2000);
  }
  function older(area, button) {
    area.focus();
    area.select();
    if (document.execCommand("copy")) done(button);
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy]");
    if (!button) return;
    var area = document.getElementById(button.dataset.copy);
    if (navigator.clipboard && window.isSecureContext)
      navigator.clipboard.writeText(area.value).then(function () { done(button); }, function () { older(area, button); });
    else older(area, button);
  });
})();
