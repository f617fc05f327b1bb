"""Template tags of the frame: the menu and the switch of organisation and period."""

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context

from tongket.core.periods import BadPeriod, Kind, Period, parse_period
from tongket.core.problems import NotFound
from tongket.ui.context import ViewContext, view_context
from tongket.ui.shell.errors import BadInput, Forbidden, Missing
from tongket.ui.shell.navigation import carried_query, menu_for
from tongket.ui.templatetags.ui import lang

register = template.Library()

YEARS_OFFERED = 8


@register.simple_tag(takes_context=True)
def menu(context: Context) -> list[Any]:
    """The groups of the menu that the user's duties open."""
    return menu_for(context["request"])


@register.simple_tag(takes_context=True)
def carried(context: Context) -> str:
    """Organisation and period of the present address, for links between pages."""
    return carried_query(context["request"])


@register.simple_tag(takes_context=True)
def present_view(context: Context) -> ViewContext | None:
    """What the page is about; on a page about nothing in particular, what the next one would be about."""
    request: HttpRequest = context["request"]
    known: ViewContext | None = getattr(request, "view_context", None)
    if known is not None:
        return known
    try:
        offered = view_context(request, "organisation.read")
        del request.view_context  # type: ignore[attr-defined]  # the page itself is not about it
        return offered
    except (BadInput, BadPeriod, Forbidden, Missing, NotFound, ValueError):
        return None


@register.simple_tag
def is_demo() -> bool:
    """Whether the pages show the made-up district; `start.serve` has looked, so that no page asks again."""
    return bool(getattr(settings, "SHOWS_DEMO", False))


@register.simple_tag
def upload_limit_mb() -> int:
    """How much may be sent at once, in MB: told to the browser, so that nobody waits for what will be refused."""
    return int(settings.MAX_UPLOAD_BYTES // 2**20)


@register.simple_tag
def offered_periods(period: Period) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """Periods to choose from with one click: years around the present one, and the parts of its year."""
    of_year = period.start.year
    years = [_year(of_year + 1 - n) for n in range(YEARS_OFFERED)]
    parts = [f"{of_year}-H1", f"{of_year}-9M", *(f"{of_year}-Q{n}" for n in range(1, 5))]
    return [
        ("year", [_offer(code, period) for code in years]),
        ("part", [_offer(code, period) for code in parts]),
    ]


def _year(number: int) -> str:
    return str(number)


def _offer(code: str, period: Period) -> tuple[str, str, bool]:
    offered = parse_period(code)
    text = code if offered.kind is Kind.YEAR else offered.label(lang())
    return code, text, offered == period
