"""Addresses of the interface, under /api/v1/. No page of documentation: its assets would come from elsewhere.

`openapi.json` is the description, for whichever tool the reader has.
"""

import json
import logging
from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, re_path
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer
from ninja.responses import NinjaJSONEncoder

from tongket.api.endpoints import directives, figures, linked, members, organisations
from tongket.api.gate import Bearer, guarded, may_be_kept, nothing_here
from tongket.api.problems import (
    CONTENT_TYPE,
    FAILURES,
    POINTERS,
    PROBLEM,
    ApiError,
    answer,
    forbidden,
    missing,
    of_parameters,
    wrong,
)
from tongket.core.dates import BadDate
from tongket.core.periods import BadPeriod
from tongket.core.problems import NotFound, Refused
from tongket.ui.shell.errors import BadInput, Forbidden

_log = logging.getLogger("tongket.api")


class _Plain(JSONRenderer):
    """Vietnamese letters as they are."""

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> Any:
        """The answer as JSON."""
        return json.dumps(data, cls=self.encoder_class, ensure_ascii=False)


class _Interface(NinjaAPI):
    """Operations bear the short names that other programs will call them by."""

    def get_openapi_operation_id(self, operation: Any) -> str:
        """The name of the view: each is there once."""
        return str(operation.view_func.__name__)


api = _Interface(
    title="Tổng kết",
    version="1",
    description="Giao diện đọc số liệu, hồ sơ và tổ chức; chỉ đọc, bằng mã truy cập. / Read-only, by token.",
    urls_namespace="api",
    auth=Bearer(),
    docs_url=None,
    renderer=_Plain(),
)
PARTS = (organisations, members, figures, directives, linked)
#: Which questions may be answered by a pointer to what took the place of what was asked for.
POINTING = {"member": 307, "organisation": 410}
for part in PARTS:
    api.add_router("", part.router)


def _handle(kind: type[Exception], turn: Callable[[Any], ApiError]) -> None:
    def handler(request: HttpRequest, error: Any) -> HttpResponse:
        return answer(request, turn(error))

    api.add_exception_handler(kind, handler)


def _refused(error: Refused) -> ApiError:
    return ApiError(422, " ".join(problem.message for problem in error.problems), error.problems)


def _broken(error: Exception) -> ApiError:
    _log.error("api", exc_info=error)
    return ApiError(500, _("Hãy thử lại. Nếu vẫn lỗi, báo người quản trị hệ thống kèm thời điểm này."))


_handle(ApiError, lambda error: error)
_handle(ValidationError, lambda error: of_parameters(error.errors))
_handle(NotFound, lambda error: missing("", str(error)))
_handle(Http404, lambda error: missing("", str(error)))
_handle(BadPeriod, lambda error: wrong("period", str(error)))
_handle(BadDate, lambda error: wrong("as_at", str(error)))
_handle(Refused, _refused)
_handle(BadInput, lambda error: wrong("", str(error)))
_handle(Forbidden, lambda error: forbidden(str(error)))
_handle(Exception, _broken)


def _say_problems() -> None:
    """Tell the description of every address how it fails."""
    body = {CONTENT_TYPE: {"schema": PROBLEM}}
    for part in PARTS:
        for view in part.router.path_operations.values():
            for operation in view.operations:
                pointer = POINTING.get(operation.view_func.__name__)
                failures = FAILURES | ({pointer: POINTERS[pointer]} if pointer else {})
                said = {
                    str(status): {"description": title, "content": body} for status, title in failures.items()
                }
                operation.openapi_extra = {"responses": said}


@cache
def _description() -> str:
    return json.dumps(api.get_openapi_schema(), cls=NinjaJSONEncoder, ensure_ascii=False)


def description(request: HttpRequest) -> HttpResponse:
    """What can be asked and answered. Asked for without a token, so it is made once."""
    may_be_kept(request)
    return HttpResponse(_description(), content_type="application/json")


def _patterns() -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in (one for one in api.urls[0] if isinstance(one, URLPattern)):
        # The root only says where the others begin.
        own = {"api-root": nothing_here, "openapi-json": description}
        view: Any = own.get(pattern.name or "", pattern.callback)
        pattern.callback = guarded(view)
        found.append(pattern)
    return [*found, re_path("^.+$", guarded(nothing_here), name="nothing")]


app_name = "api"
_say_problems()
urlpatterns = _patterns()
