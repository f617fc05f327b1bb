// Draws each <figure data-chart="address of a Vega-Lite specification"> and follows the theme.
(function () {
  "use strict";
  var locale = document.documentElement.lang === "en" ? undefined :
    { decimal: ",", thousands: ".", grouping: [3], currency: ["", " ₫"] };
  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }
  function config() {
    var ink = colour("--tk-ink-2"), line = colour("--tk-line");
    return {
      background: "transparent", font: "Be Vietnam Pro", view: { stroke: null },
      axis: { labelColor: ink, titleColor: ink, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 500 },
      legend: { labelLimit: 260, labelColor: ink, titleColor: ink, labelFontSize: 12, titleFontSize: 12 },
      title: { color: colour("--tk-ink"), fontSize: 14, fontWeight: 600, anchor: "start" },
      text: { color: ink },
      range: { category: [colour("--tk-chart-1"), colour("--tk-chart-2"), colour("--tk-chart-3"), colour("--tk-chart-4")] },
      mark: { color: colour("--tk-chart-1") }, bar: { color: colour("--tk-chart-1") }, line: { color: colour("--tk-chart-1"), strokeWidth: 2.5 }
    };
  }
  // The documents print in these colours; on the page they follow the theme.
  var printed = { "#7a1212": "--tk-chart-1", "#c8562b": "--tk-chart-2", "#e6a860": "--tk-chart-3", "#f3dfb8": "--tk-chart-4", "#1f1f1f": "--tk-ink", "#333333": "--tk-surface", "white": "--tk-on-chart" };
  function themed(spec) {
    return JSON.parse(JSON.stringify(spec), function (key, value) { return printed[value] ? colour(printed[value]) : value; });
  }
  function draw(figure, description) {
    var place = figure.querySelector(".chart"), spec = themed(description);
    if (!spec.data) { place.textContent = figure.dataset.empty || ""; place.classList.add("nothing"); return; }
    // Two columns of names need room; in a narrow box they would be cut off at its edge.
    var key = spec.encoding && spec.encoding.color && spec.encoding.color.legend;
    if (key && key.columns > 1 && place.clientWidth < 460) key.columns = 1;
    var options = { mode: "vega-lite", ast: true, actions: false, renderer: "svg", defaultStyle: false, config: config(), tooltip: { disableDefaultStyle: true } };
    if (locale) options.formatLocale = locale;
    return window.vegaEmbed(place, spec, options).then(function () { figure.classList.add("drawn"); });
  }
  function fail(figure) {
    figure.querySelector(".chart").textContent = figure.dataset.failed || "";
  }
  var drawn = [];
  document.querySelectorAll("figure[data-chart]").forEach(function (figure) {
    fetch(figure.dataset.chart, { headers: { Accept: "application/json" }, credentials: "same-origin" })
      .then(function (answer) { if (!answer.ok) throw new Error(answer.status); return answer.json(); })
      .then(function (spec) { drawn.push([figure, spec]); return draw(figure, spec); })
      .catch(function () { fail(figure); });
  });
  document.addEventListener("tongket:theme", function () {
    drawn.forEach(function (pair) { draw(pair[0], pair[1]); });
  });
})();
