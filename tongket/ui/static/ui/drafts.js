// The checked draft: one place at a time is open; n, j and p, k go on and back; the chips filter by verdict.
(function () {
  "use strict";
  var page = document.querySelector("[data-draft]");
  if (!page) return;
  var marks = Array.from(page.querySelectorAll("a.claim"));
  var cards = Array.from(page.querySelectorAll("li.finding"));
  var where = page.querySelector("[data-where]");
  var filters = Array.from(document.querySelectorAll("[data-filter]"));
  var now = -1;

  function shown() {
    var on = filters.filter(function (f) { return f.getAttribute("aria-pressed") === "true"; }).map(function (f) { return f.dataset.filter; });
    return on.length ? on : filters.map(function (f) { return f.dataset.filter; });
  }
  function places() {
    var on = shown();
    return cards.filter(function (card) { return on.indexOf(card.dataset.verdict) >= 0; });
  }
  // Next and previous go from fault to fault while nothing is filtered out, else through what is shown.
  function stops() {
    var list = places();
    var faults = list.filter(worth);
    return list.length === cards.length && faults.length ? faults : list;
  }
  function worth(card) { return card.dataset.verdict === "wrong" || card.dataset.verdict === "doubtful"; }
  function open(card, move) {
    if (!card) return;
    now = cards.indexOf(card);
    cards.forEach(function (one) { one.classList.toggle("open", one === card); });
    marks.forEach(function (mark) {
      var mine = mark.dataset.claim === card.dataset.claim;
      mark.classList.toggle("open", mine);
      if (mine) mark.setAttribute("aria-current", "true"); else mark.removeAttribute("aria-current");
      if (mine && move) mark.scrollIntoView({ block: "center" });
    });
    // Only the list scrolls: the page stays where the reader is.
    card.parentElement.scrollTop = card.offsetTop - card.parentElement.offsetTop;
    var list = stops(), at = list.indexOf(card);
    if (where) where.textContent = at < 0 ? "" : (at + 1) + " / " + list.length;
  }
  function step(by) {
    var list = stops();
    if (!list.length) return;
    var at = list.indexOf(cards[now]);
    if (at < 0) {
      var after = list.findIndex(function (card) { return cards.indexOf(card) > now; });
      at = by > 0 ? after : (after < 0 ? list.length : after) - 1;
      open(list[at < 0 ? (by > 0 ? 0 : list.length - 1) : at], true);
      return;
    }
    open(list[(at + by + list.length) % list.length], true);
  }
  function filter() {
    var on = shown();
    cards.forEach(function (card) { card.hidden = on.indexOf(card.dataset.verdict) < 0; });
    marks.forEach(function (mark) { mark.classList.toggle("off", on.indexOf(mark.dataset.verdict) < 0); });
    if (where) where.textContent = "";
  }
  page.addEventListener("click", function (event) {
    var mark = event.target.closest("a.claim");
    var quote = event.target.closest("a.quote");
    if (mark) {
      event.preventDefault();
      var card = document.getElementById("c" + mark.dataset.claim);
      if (card.hidden) { filters.forEach(function (f) { f.setAttribute("aria-pressed", "true"); }); filter(); }
      open(card, false);
    } else if (quote) {
      event.preventDefault();
      open(quote.closest("li.finding"), true);
    }
    var button = event.target.closest("[data-step]");
    if (button) step(Number(button.dataset.step));
  });
  filters.forEach(function (button) {
    button.addEventListener("click", function () {
      var only = filters.every(function (f) { return (f.getAttribute("aria-pressed") === "true") === (f === button); });
      filters.forEach(function (f) { f.setAttribute("aria-pressed", String(only || f === button)); });
      filter();
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "n" || event.key === "j") step(1);
    else if (event.key === "p" || event.key === "k") step(-1);
    else return;
    event.preventDefault();
  });
  page.classList.add("ready");
  var asked = window.location.hash.match(/^#c(\d+)$/);
  var rest = asked ? cards.slice(Math.max(Number(asked[1]) - 1, 0)) : cards;
  open(rest.find(worth) || cards.find(worth) || cards[0], Boolean(asked));
})();
