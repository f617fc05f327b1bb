// The desk at the door: after each answer the box is empty and ready for the next card.
(function () {
  "use strict";
  document.addEventListener("htmx:afterRequest", function (event) {
    if (!event.target.matches(".door-form")) return;
    var box = document.getElementById("so");
    var answer = document.getElementById("tra-loi");
    if (event.detail.successful) {
      box.value = "";
    } else {
      answer.textContent = "Không nối được với máy chủ. Số vừa gõ còn ở ô trên: hãy bấm lại.";
    }
    event.target.querySelectorAll("button").forEach(function (button) { button.disabled = false; });
    box.focus();
  });
})();
