// The timers of the hall: they count from times that the server gave, so that every screen shows the same.
(function () {
  "use strict";
  var offset = 0; // seconds by which the server's clock is ahead of this computer's
  function measure() {
    var place = document.querySelector("[data-server-now]");
    if (place) offset = Number(place.dataset.serverNow) - Date.now() / 1000;
  }
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function face(seconds) {
    var whole = Math.floor(Math.abs(seconds));
    var hours = Math.floor(whole / 3600);
    return (hours ? hours + ":" + two(Math.floor(whole / 60) % 60) : two(Math.floor(whole / 60))) + ":" + two(whole % 60);
  }
  function tick() {
    var now = Date.now() / 1000 + offset;
    document.querySelectorAll("[data-timer]").forEach(function (timer) {
      var gone = Math.max(0, now - Number(timer.dataset.since));
      var planned = Number(timer.dataset.minutes || 0) * 60;
      var left = planned - gone;
      var shown = timer.querySelector("[data-clock-face]");
      if (!planned) { shown.textContent = face(gone); return; }
      shown.textContent = (left < 0 ? timer.dataset.late + " " : "") + face(left);
      timer.classList.toggle("soon", left >= 0 && left <= 120);
      timer.classList.toggle("over", left < 0);
    });
    document.querySelectorAll("[data-clock]").forEach(function (clock) {
      var day = new Date((now + 7 * 3600) * 1000); // Vietnam keeps UTC+7 all year
      clock.textContent = two(day.getUTCHours()) + ":" + two(day.getUTCMinutes());
    });
  }
  measure();
  tick();
  window.setInterval(tick, 500);
  document.addEventListener("htmx:afterSwap", function () { measure(); tick(); });
})();
