"""One page with a chart and a drop-down, as strict as every page: no inline script, no inline style."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Biểu đồ</title>
<meta name="htmx-config" content='{"allowEval":false,"includeIndicatorStyles":false,"allowScriptTags":false}'>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/static/vendor/bootstrap.min.css">
<link rel="stylesheet" href="/static/fonts/fonts.css"></head><body><h1>Kết nạp Đảng viên</h1>
<div class="dropdown"><button id="more" data-bs-toggle="dropdown">Thêm</button>
<ul class="dropdown-menu"><li>Một</li></ul></div><div id="chart"></div>
<script src="/static/vendor/bootstrap.bundle.min.js"></script><script src="/static/vendor/htmx.min.js"></script>
<script src="/static/vendor/vega.js"></script><script src="/draw.js"></script></body></html>"""

DRAW = """
document.querySelector("h1").style.fontFamily = "Be Vietnam Pro";
vegaEmbed("#chart", {width: 300, height: 100, data: {values: [{a: "Quế Mỹ", b: 3}, {a: "Đông Phú", b: 5}]},
  mark: "bar", encoding: {y: {field: "a", type: "nominal"}, x: {field: "b", type: "quantitative"}}},
  {ast: true, actions: false, renderer: "canvas", defaultStyle: false, tooltip: {disableDefaultStyle: true}})
  .then(() => document.body.setAttribute("data-drawn", "yes"));
"""


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    """The page."""
    return HttpResponse(PAGE)


@login_not_required
def draw(request: HttpRequest) -> HttpResponse:
    """Its script."""
    return HttpResponse(DRAW, content_type="text/javascript")


urlpatterns = [path("", page), path("draw.js", draw)]
