"""How long a login lasts: half an hour without use, twelve hours at most (ASVS 5.0, 7.3.1 and 7.3.2)."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse

STARTED = "_started"
SEEN = "_seen"
# The time of last use is written once a minute at most, so that reading a page seldom writes to the database.
WRITE_EVERY_SECONDS = 60


class SessionLimitsMiddleware:
    """End a login that was idle for ``SESSION_IDLE_SECONDS`` or is older than ``SESSION_COOKIE_AGE``.

    Must stand after ``SessionMiddleware`` and before ``AuthenticationMiddleware``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session:
            self._keep_or_end(request, int(time.time()))
        return self.get_response(request)

    def _keep_or_end(self, request: HttpRequest, now: int) -> None:
        session = request.session
        started, seen = session.get(STARTED, now), session.get(SEEN, now)
        # A clock set back must not lengthen a login: a moment in the future counts as over.
        over = not 0 <= now - started < settings.SESSION_COOKIE_AGE
        idle = not 0 <= now - seen < settings.SESSION_IDLE_SECONDS
        if over or idle:
            logout(request)
        elif STARTED not in session or now - seen >= WRITE_EVERY_SECONDS:
            session[STARTED] = started
            session[SEEN] = now
