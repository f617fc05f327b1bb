"""Errors as RFC 9457 problems: what is wrong, in which parameter, what to do, in the language asked for."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tongket.core.problems import Problem

CONTENT_TYPE = "application/problem+json"
_TYPE = "urn:tongket:problem:"

#: How any question may fail, for the description.
FAILURES = {
    401: "Chưa có mã truy cập hợp lệ / no valid token",
    403: "Không được giao xem / not among the program's duties",
    404: "Không tìm thấy, hoặc không được giao xem / not found or not to be seen",
    405: "Chỉ đọc / read only",
    422: "Tham số không hợp lệ / wrong parameter",
    429: "Hỏi quá nhanh / too many requests",
}
#: How some questions may end besides.
POINTERS = {
    307: "Đã gộp vào hồ sơ khác: xem id / merged into another entry",
    410: "Tổ chức đã kết thúc: xem successors / the organisation has ended",
}
_TEXT = {"type": "string"}
#: What a problem looks like, for the description.
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        **dict.fromkeys(("type", "title", "detail", "instance"), _TEXT),
        "status": {"type": "integer"},
        "id": _TEXT,
        "successors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "id"],
                "properties": {"code": _TEXT, "id": _TEXT},
            },
        },
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": _TEXT, "message": _TEXT},
            },
        },
    },
}


class ApiError(Exception):
    """What ends a request with a problem. `fields` name the parameters that are wrong, `more` what is besides."""

    def __init__(
        self,
        status: int,
        detail: str,
        fields: Iterable[Problem] = (),
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.fields = status, detail, tuple(fields)
        self.headers, self.more = dict(headers or {}), dict(more or {})


def wrong(field: str, message: str) -> ApiError:
    """One parameter cannot be read or makes no sense."""
    return ApiError(422, message, (Problem(field, message),))


def missing(field: str = "", message: str = "") -> ApiError:
    """Not there, or not the program's to see: the same answer for both."""
    said = message or _("Không có dữ liệu này, hoặc mã truy cập không được giao xem.")
    return ApiError(404, said, (Problem(field, said),) if field else ())


def forbidden(message: str = "") -> ApiError:
    """The duties of the program do not include this."""
    return ApiError(403, message or _("Nhiệm vụ giao cho phần mềm này không gồm dữ liệu được hỏi."))


def names() -> dict[int, tuple[str, str]]:
    """Status → the end of the problem's type, its title."""
    return {
        307: ("merged", _("Đã gộp vào hồ sơ khác")),
        400: ("bad-request", _("Yêu cầu không đọc được")),
        401: ("no-token", _("Chưa có mã truy cập hợp lệ")),
        403: ("not-given", _("Không được giao xem")),
        404: ("not-found", _("Không tìm thấy")),
        405: ("read-only", _("Chỉ đọc")),
        410: ("ended", _("Tổ chức đã kết thúc hoạt động")),
        422: ("wrong-parameter", _("Tham số không hợp lệ")),
        429: ("too-many", _("Hỏi quá nhanh")),
        500: ("server", _("Có lỗi ở máy chủ")),
    }


def answer(request: HttpRequest, error: ApiError) -> HttpResponse:
    """The problem as an answer. It repeats nothing of the records, only what the asker sent."""
    kind, title = names()[error.status]
    body: dict[str, Any] = {
        "type": _TYPE + kind,
        "title": title,
        "status": error.status,
        "detail": error.detail,
        "instance": request.path,
        **error.more,
    }
    if error.fields:
        body["errors"] = [{"field": one.field, "message": one.message} for one in error.fields]
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=error.status, content_type=CONTENT_TYPE
    )
    response.headers["Content-Language"] = get_language() or "vi"
    for name, value in error.headers.items():
        response.headers[name] = value
    return response


def of_parameters(found: Iterable[Mapping[str, Any]]) -> ApiError:
    """What the reader of parameters (pydantic) found, in words."""
    problems = [Problem(_field(one), _said(one)) for one in found]
    return ApiError(422, " ".join(dict.fromkeys(one.message for one in problems)), problems)


def _field(found: Mapping[str, Any]) -> str:
    # ("query", "params", "limit"): where, the argument of the view, the parameter.
    parts = [part for part in found.get("loc", ()) if isinstance(part, str)]
    return parts[-1] if parts else ""


def _said(found: Mapping[str, Any]) -> str:
    field, kind, context = _field(found), str(found.get("type", "")), found.get("ctx") or {}
    match kind:
        case "extra_forbidden":
            return _("Không có tham số “%(field)s”. Xem các tham số trong openapi.json.") % {
                "field": field[:40]
            }
        case "missing":
            return _("Thiếu tham số “%(field)s”.") % {"field": field}
        case "greater_than_equal" | "less_than_equal" | "int_parsing" | "int_parsing_size" | "int_type":
            return _("“%(field)s” phải là số nguyên trong khoảng cho phép.") % {"field": field}
        case "bool_parsing" | "bool_type":
            return _("“%(field)s” chỉ nhận true hoặc false.") % {"field": field}
        case "string_too_long" | "too_long":
            return _("“%(field)s” dài quá %(most)s.") % {
                "field": field,
                "most": context.get("max_length", ""),
            }
        case "string_pattern_mismatch":
            return _("“%(field)s” có ký tự không dùng được.") % {"field": field}
        case _ if kind.startswith("datetime"):
            return _(
                "“%(field)s” không phải là thời điểm. Hãy viết theo ISO 8601, ví dụ 2024-01-15T17:00:00+07:00."
            ) % {"field": field}
        case _ if kind.startswith("date"):
            return _("“%(field)s” không phải là ngày. Hãy viết năm-tháng-ngày, ví dụ 2023-12-31.") % {
                "field": field
            }
        case _:
            return _("“%(field)s” không đọc được.") % {"field": field}
