"""The calendar feed of a user: its secret address is made, shown once, and taken back here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.problems import Conflict
from tongket.obligations.addresses import link
from tongket.obligations.feeds import calendar_of, make_feed, revoke_feed, standing_feeds, user_of
from tongket.obligations.models import CalendarFeed
from tongket.ui.gate import SAFE, by_token, gate, get_for_user
from tongket.ui.shell.errors import Missing
from tongket.web.work_pages.common import tabs


@gate("obligation.read", methods=SAFE)
def calendar(request: HttpRequest) -> HttpResponse:
    """The addresses in use, and where letters go."""
    return _page(request)


@gate("obligation.read", methods=("POST",))
def calendar_new(request: HttpRequest) -> HttpResponse:
    """Make an address; it is shown this once."""
    try:
        _feed, token = make_feed(request.user)
    except Conflict as conflict:
        messages.error(request, str(conflict))
        return redirect("obligations:calendar")
    return _page(request, link(reverse("obligations:feed", args=[token]), request.build_absolute_uri("/")))


@gate("obligation.read", methods=("POST",))
def calendar_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End an address of one's own."""
    revoke_feed(
        get_for_user(
            CalendarFeed.objects.filter(user=request.user.pk, revoked_at=None).select_related("user"), pk=pk
        )
    )
    messages.success(request, _("Đã thôi dùng địa chỉ lịch này. Máy nào còn giữ nó sẽ không đọc được nữa."))
    return redirect("obligations:calendar")


@by_token()
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a secret address, for a calendar program."""
    user = user_of(token)
    if user is None:
        raise Missing(_("Địa chỉ lịch này không có hoặc đã thôi dùng."))
    return HttpResponse(
        calendar_of(user),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": 'inline; filename="viec-den-han.ics"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _page(request: HttpRequest, address: str = "") -> HttpResponse:
    shown = {
        "title": _("Lịch và thư nhắc"),
        "feeds": standing_feeds(request.user),
        "address": address,
        "tabs": tabs(request, "obligations:calendar"),
    }
    return render(request, "work/calendar.html", shown)
