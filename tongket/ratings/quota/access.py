"""How a page about a whole round gets it: for whoever holds the verb at the organisation that rates; else 404.

Caps and checks look at everybody on the list, so the duty at one body on it is not enough.
"""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from tongket.core.judging import RATED
from tongket.core.periods import parse_period
from tongket.organisations.queries import may, visible_to
from tongket.ratings.rounds.models import RatingRound
from tongket.ratings.rounds.queries import decision_of, visible_rounds
from tongket.ui.gate import get_for_user
from tongket.ui.templatetags.ui import lang


def round_for(request: HttpRequest, pk: int, verb: str) -> RatingRound:
    """The standing round, for who holds `verb` at the organisation that rates. Raises `Missing` (404)."""
    rows = visible_rounds(request.user, verb=verb).filter(
        organisation__in=visible_to(request.user, verb=verb)
    )
    return get_for_user(rows, pk=pk)


def frame(
    request: HttpRequest,
    round: RatingRound,
    title: str,
    tab: str,
    *,
    may_write: bool | None = None,
    whole: bool = True,
) -> dict[str, Any]:
    """What every page about a round shows around its own part; `may_write` if that was asked already.

    `whole`: the user holds the duty at the organisation that rates, and so has the pages about everybody.
    """
    decided = decision_of(round)
    if may_write is None:
        may_write = may(request.user, "rating.write", round.organisation)
    return {
        "title": title,
        "round": round,
        "round_name": name_of(round),
        "decided": decided,
        "tab": tab,
        "whole": whole,
        "may_write": decided is None and may_write,
        "crumbs": [
            (_("Đợt xếp loại"), _url("ratings:round_list")),
            (name_of(round), _round_url(round)),
            (title, ""),
        ],
    }


def name_of(round: RatingRound) -> str:
    """The round in words: whose, of whom, for when."""
    what = RATED.label(round.subject, lang()).lower()
    return _("%(name)s: xếp loại %(what)s %(period)s") % {
        "name": round.organisation.name,
        "what": what,
        "period": parse_period(round.period).label(lang()),
    }


def _round_url(round: RatingRound) -> str:
    return _url("ratings:round", round.pk) or _url("ratings:round_detail", round.pk)


def _url(name: str, *args: Any) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
