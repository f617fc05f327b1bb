"""What is told of the year: the news text with its preview, the slides of the conference. Made now from the records."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tongket.audit.acts import log_reading
from tongket.reports.news import LONG, SHORT, News, as_text, news_files, news_of
from tongket.reports.news.output import article_html, related_text
from tongket.reports.slides import file_name, slides_of
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate

SLIDES_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
#: `?ban=` of the addresses: which of the two texts.
_LENGTHS = {"ngan": SHORT, "day-du": LONG}


@gate("report.read")
def news_page(request: HttpRequest) -> HttpResponse:
    """Choose the short or the long text, look at it, copy it, take the files; the text itself is loaded into it."""
    view = view_context(request, "report.read")
    asked = _asked(request)
    shown: dict[str, Any] = {
        "view": view,
        "asked": asked,
        "lengths": [(code, reverse("web:report_news") + view.query(ban=code)) for code in _LENGTHS],
        "preview": reverse("web:report_news_preview") + view.query(ban=asked),
        "file": reverse("web:report_news_file") + view.query(ban=asked),
        "charts": [reverse("web:chart", args=[name]) + view.query() for name in ("ket-nap", "xep-loai")],
    }
    return render(request, "web/news.html", shown)


@gate("report.read")
def news_preview(request: HttpRequest) -> HttpResponse:
    """The text: each number leads to its figure; below it the same to be copied, as text and as HTML."""
    view = view_context(request, "report.read")
    news = _news(request, view)
    shown = {
        "view": view,
        "news": news,
        "title": news.blocks[0],
        "blocks": news.blocks[1:],
        "related": [related_text(item) for item in news.related],
        "text": as_text(news),
        "html": article_html(news),
    }
    return render(request, "web/_news.html", shown)


@gate("report.read")
def news_file(request: HttpRequest) -> HttpResponse:
    """The text, its HTML and the pictures of two charts in one zip."""
    view = view_context(request, "report.read")
    name, content = news_files(_news(request, view))
    _log(request, view, "news")
    return _download(content, name, "application/zip")


@gate("report.read")
def slides_file(request: HttpRequest) -> HttpResponse:
    """The twelve slides, with what the reader may know."""
    view = view_context(request, "report.read")
    content = slides_of(
        view.organisation,
        view.period,
        as_at=view.as_at,
        as_known_at=view.as_known_at,
        viewer=request.user,
    )
    _log(request, view, "pptx")
    return _download(content, file_name(view.organisation, view.period), SLIDES_TYPE)


def _asked(request: HttpRequest) -> str:
    asked = request.GET.get("ban", "")
    return asked if asked in _LENGTHS else "ngan"


def _news(request: HttpRequest, view: ViewContext) -> News:
    return news_of(
        view.organisation,
        view.period,
        length=_LENGTHS[_asked(request)],
        as_at=view.as_at,
        as_known_at=view.as_known_at,
        viewer=request.user,
    )


def _log(request: HttpRequest, view: ViewContext, kind: str) -> None:
    log_reading(
        "reports.download",
        by=request.user,
        subject=view.organisation,
        organisation=view.organisation,
        period=view.period.code,
        kind=kind,
    )


def _download(content: bytes, name: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
