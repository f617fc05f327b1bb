"""The small views of the frame: choosing organisation and period, finding organisations by name."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from tongket.accounts.duties import RIGHTS
from tongket.core.periods import BadPeriod, parse_period
from tongket.organisations.queries import visible_to
from tongket.ui.context import ORGANISATION, PERIOD, SESSION_ORGANISATION, remember
from tongket.ui.gate import gate, get_for_user
from tongket.ui.lists import matching
from tongket.ui.shell.errors import BadInput

SHOWN = 40


@gate("organisation.read", methods=("POST",))
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the organisation or period chosen in the header and go back to the page."""
    code, period = request.POST.get(ORGANISATION, ""), request.POST.get(PERIOD, "").strip()
    organisation = get_for_user(visible_to(request.user), code=code) if code else None
    try:
        remember(request, organisation, parse_period(period) if period else None)
    except BadPeriod as error:
        messages.error(request, str(error))
    back = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if inside and back.startswith("/") else settings.LOGIN_REDIRECT_URL)


@gate("organisation.read")
def choices(request: HttpRequest) -> HttpResponse:
    """Organisations to act for, as buttons of the header's form (htmx)."""
    found = matching(visible_to(request.user), request.GET.get("q", ""), ("name", "code"), keyed=False)
    shown = {
        "organisations": found[:SHOWN],
        "more": max(len(found) - SHOWN, 0),
        "present": request.session.get(SESSION_ORGANISATION, ""),
    }
    return render(request, "ui/choices.html", shown)


@gate("organisation.read")
def options(request: HttpRequest) -> HttpResponse:
    """Organisations for which the user holds a verb, as options of an input (htmx)."""
    verb = request.GET.get("verb", "organisation.read")
    if verb not in RIGHTS:
        raise BadInput(_("Yêu cầu này không hợp lệ."))
    # The input sends its own name; whatever it is called, its text is the only other value.
    text = next((str(value) for name, value in request.GET.items() if name != "verb"), "")
    found = matching(visible_to(request.user, verb), text.partition(" · ")[0], ("name", "code"), keyed=False)
    return render(request, "ui/options.html", {"organisations": found[:SHOWN]})
