"""The one way in for programs: a bearer token, a rate, no session; and what every answer bears.

A login of a browser opens nothing here and a token opens no page, so no other site can make a browser ask for data.
"""

import hashlib
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja.security import HttpBearer

from tongket.accounts.duties import duties_with
from tongket.api.models import ApiToken
from tongket.api.problems import ApiError, answer, forbidden
from tongket.api.queries import note_use, standing_token
from tongket.organisations.queries import assignments_of
from tongket.server import client_address
from tongket.ui.gate import SAFE, Gate

#: Requests a minute: of one token, and of one address that shows no valid token.
PER_MINUTE = 120
STRAYS_PER_MINUTE = 30
_WINDOW = 60
_KEPT = "_api_may_be_kept"


class Bearer(HttpBearer):
    """`Authorization: Bearer tk_…`: the token of a program (`ApiToken`)."""

    openapi_description = "Mã truy cập do người quản trị cấp cho phần mềm / the program's token"

    def __call__(self, request: HttpRequest) -> ApiToken:
        """The token of the request, its program now being the request's user."""
        text = request.headers.get("Authorization", "")
        scheme, _space, token = text.partition(" ")
        found = self.authenticate(request, token.strip()) if scheme.lower() == "bearer" else None
        if found is None:
            _count(f"stray-{client_address(request)}", STRAYS_PER_MINUTE)
            raise ApiError(
                401,
                _("Gửi mã truy cập còn hiệu lực trong tiêu đề Authorization: Bearer …; hỏi người quản trị."),
                headers={"WWW-Authenticate": 'Bearer realm="tongket"'},
            )
        request.api_left = _count(f"token-{found.pk}", PER_MINUTE)  # type: ignore[attr-defined]
        request.user = found.client.user
        note_use(found)
        return found

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token on record that still stands; None for any other."""
        return standing_token(token)


def need(request: HttpRequest, verb: str) -> None:
    """Refuse a program that holds `verb` nowhere. Which organisations it is held for is then in every query."""
    duties_with(verb)
    if not assignments_of(request.user, verb).exists():
        raise forbidden()


def may_be_kept(request: HttpRequest) -> None:
    """The answer names no person: the program may keep it and ask again with its ETag."""
    setattr(request, _KEPT, True)


def guarded(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """The frame of every address: reading only, the language asked for, no cache, an ETag where one fits."""

    @csrf_exempt
    @wraps(view, updated=())
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(language_of(request)):
            response = _answered(view, request, *args, **kwargs)
            response.headers["Content-Language"] = translation.get_language() or "vi"
        patch_vary_headers(response, ("Authorization", "Accept-Language"))
        left = getattr(request, "api_left", None)
        if left is not None:
            response.headers["RateLimit"] = f"limit={PER_MINUTE}, remaining={left}, reset={_reset()}"
        return _kept(request, response)

    inner.gate = Gate(None, SAFE)  # type: ignore[attr-defined]
    inner.login_required = False  # type: ignore[attr-defined]
    return inner


def language_of(request: HttpRequest) -> str:
    """English only for a program that asks for it before Vietnamese."""
    for part in request.headers.get("Accept-Language", "").split(",")[:8]:
        code = part.strip().lower()[:2]
        if code in ("vi", "en"):
            return code
    return "vi"


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address below the interface."""
    raise ApiError(404, _("Không có địa chỉ này. Xem các địa chỉ trong openapi.json."))


def _answered(view: Callable[..., Any], request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method not in SAFE:
        allowed = {"Allow": ", ".join(SAFE)}
        return answer(request, ApiError(405, _("Giao diện này chỉ để đọc: dùng GET."), headers=allowed))
    asked, request.method = request.method, "GET"  # the server cuts the body of an answer to HEAD
    try:
        found: HttpResponse = view(request, *args, **kwargs)
    except ApiError as error:
        found = answer(request, error)
    finally:
        request.method = asked
    return found


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code != 200 or not getattr(request, _KEPT, False):
        response.headers["Cache-Control"] = "private, no-store"
        return response
    said = response.content + response.headers["Content-Language"].encode()
    tag = f'"{hashlib.sha256(said).hexdigest()[:32]}"'
    shown = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    if any(constant_time_compare(one, tag) for one in shown):
        kept = HttpResponse(status=304)
        for name in ("Content-Language", "Vary", "RateLimit"):
            if name in response.headers:
                kept.headers[name] = response.headers[name]
        response = kept
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _reset() -> int:
    return _WINDOW - int(time.time()) % _WINDOW


def _count(name: str, most: int) -> int:
    """How many requests are left in this minute. Raises a 429 when there is none."""
    key = f"api-{name}-{int(time.time()) // _WINDOW}"
    cache.add(key, 0, _WINDOW * 2)
    try:
        used = cache.incr(key)
    except ValueError:  # thrown out of a full cache in between
        used = 1
    if used > most:
        wait = _reset()
        raise ApiError(
            429,
            _("Quá %(most)s yêu cầu trong một phút. Hãy đợi %(wait)s giây.") % {"most": most, "wait": wait},
            headers={"Retry-After": str(wait)},
        )
    return most - used
