// Light or dark, before the first paint: the user's own choice, else the system's.
(function () {
  "use strict";
  var choice = document.cookie.match(/(?:^|; )tongket-theme=(light|dark)/);
  var system = window.matchMedia("(prefers-color-scheme: dark)");
  function apply() {
    document.documentElement.dataset.bsTheme = choice ? choice[1] : system.matches ? "dark" : "light";
  }
  apply();
  system.addEventListener("change", apply);
  window.tongketTheme = function () {
    var next = document.documentElement.dataset.bsTheme === "dark" ? "light" : "dark";
    choice = [null, next];
    document.cookie = "tongket-theme=" + next + "; path=/; max-age=31536000; samesite=lax";
    apply();
    document.dispatchEvent(new CustomEvent("tongket:theme"));
  };
})();
