"""Error pages: what went wrong, in the user's language, and what to do next."""

import sys
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


class BadInput(BadRequest):
    """The address or form asks for something that cannot be (400); the message is for the user."""


class Missing(Http404):
    """The thing asked for is not there, or not the user's to see (404); the message is for the user."""


class Forbidden(PermissionDenied):
    """The user's duties do not include this (403); the message is for the user."""


@dataclass(frozen=True, slots=True)
class ErrorText:
    """Title, sentence and advice of an error page."""

    title: str
    text: str
    advice: str


def _texts(status: int) -> ErrorText:
    match status:
        case 400:
            return ErrorText(
                _("Yêu cầu không hợp lệ"),
                _("Máy chủ không hiểu yêu cầu này."),
                _("Kiểm tra lại địa chỉ trang hoặc nội dung vừa nhập rồi thử lại."),
            )
        case 403:
            return ErrorText(
                _("Không được phép xem"),
                _("Nhiệm vụ được giao cho bạn không gồm trang này."),
                _(
                    "Nếu công việc của bạn cần trang này, hãy đề nghị người quản trị hệ thống giao thêm nhiệm vụ."
                ),
            )
        case 404:
            return ErrorText(
                _("Không tìm thấy"),
                _("Trang này không có, hoặc bạn không được giao xem."),
                _("Kiểm tra lại địa chỉ, hoặc tìm từ trang tổng quan."),
            )
        case 503:
            return ErrorText(
                _("Sổ đang bận"),
                _(
                    "Một việc lớn (nhập tệp nhiều dòng, sắp xếp tổ chức) đang được ghi. Việc vừa làm chưa được ghi lại."
                ),
                _("Đợi một phút rồi thử lại. Vẫn xem được các trang trong lúc chờ."),
            )
        case _:
            return ErrorText(
                _("Có lỗi ở máy chủ"),
                _("Việc vừa làm chưa được ghi lại."),
                _("Hãy thử lại. Nếu vẫn lỗi, báo người quản trị hệ thống kèm thời điểm này."),
            )


def error_page(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    """The page for an HTTP error; `message`, when given, replaces the general sentence."""
    texts = _texts(status)
    user = getattr(request, "user", None)
    layout = "ui/base.html" if user is not None and user.is_authenticated else "ui/entrance.html"
    shown = {"status": status, "error": texts, "message": message or texts.text, "layout": layout}
    return render(request, "ui/error.html", shown, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: only messages written for users are shown."""
    if isinstance(exception, RequestDataTooBig):  # stopped before any form could say so at its field
        said = _("Tệp lớn quá %(size)s MB. Hãy tách nhỏ.") % {"size": settings.MAX_UPLOAD_BYTES // 2**20}
        return error_page(request, 400, said)
    return error_page(request, 400, str(exception) if isinstance(exception, BadInput) else "")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return error_page(request, 403, str(exception) if isinstance(exception, Forbidden) else "")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return error_page(request, 404, str(exception) if isinstance(exception, Missing) else "")


#: How SQLite and PostgreSQL say that somebody else held the writer's lock for longer than one waits.
_BUSY = ("database is locked", "canceling statement due to lock timeout")
_RETRY_AFTER = 60  # seconds


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while somebody else writes: a page that needs neither database nor session, which may have failed."""
    failed = sys.exception()
    if isinstance(failed, OperationalError) and str(failed).startswith(_BUSY):
        page = render_to_string("500.html", {"error": _texts(503)})
        return HttpResponse(page, status=503, headers={"Retry-After": str(_RETRY_AFTER)})
    return HttpResponse(render_to_string("500.html", {"error": _texts(500)}), status=500)
