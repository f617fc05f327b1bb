"""The commendations that a conference hands over: in the order in which they are called up, ticked when handed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.conferences.access import conference_for
from tongket.conferences.hall.honours import handed_at, handed_elsewhere, record_handing
from tongket.conferences.hall.views import frame
from tongket.conferences.models import Conference, HandedOut
from tongket.conferences.queries import visible_conferences
from tongket.core.codelists import COMMENDATION_FORM, GIVER, RECIPIENT
from tongket.core.dates import FIRST_YEAR, LAST_YEAR
from tongket.core.problems import Conflict, Problem, Refused
from tongket.honours.commending.giving.order import calling_order
from tongket.honours.models import Commendation
from tongket.honours.queries import visible_commendations
from tongket.honours.tables import recipient_of
from tongket.organisations.models import OrganisationPath
from tongket.ui.gate import gate

MOST = 1_000
#: A conference of January to March sums up the year before.
_STILL_OF_LAST_YEAR = 3


@dataclass(frozen=True, slots=True)
class Called:
    """A commendation in the order of handing over."""

    number: int
    row: Commendation
    name: str
    of: str  # the body that an individual or a cell belongs to
    form: str
    handed: bool
    elsewhere: HandedOut | None

    @property
    def label(self) -> str:
        """Who, as read out."""
        return f"{self.name}, {self.of}" if self.of else self.name


def year_of(day: date) -> int:
    """The year whose achievements a conference honours."""
    return day.year - 1 if day.month <= _STILL_OF_LAST_YEAR else day.year


@gate("conference.read", methods=("GET", "HEAD", "POST"))
def honours(request: HttpRequest, pk: int) -> HttpResponse:
    """List and ticks; only who runs the conference changes them."""
    writing = request.method == "POST"
    conference = conference_for(request, pk, "conference.write" if writing else "conference.read")
    year = _year(request, conference)
    givers, giver = _givers(request, conference, year)
    called = called_up(conference, _decided(request, conference, year, giver))
    problems: Sequence[Problem] = ()
    if writing:
        try:
            changed = _record(request, conference, called)
        except Refused as refused:
            problems = refused.problems
        except Conflict as conflict:
            problems = [Problem("", str(conflict))]
        else:
            messages.success(request, _("Đã ghi %(count)d thay đổi.") % {"count": changed})
            return redirect(f"{reverse('conferences:honours', args=[pk])}?nam={year}&cap={giver}")
    page = {
        **frame(request, conference, _("Trao khen thưởng")),
        "lists": [
            (RECIPIENT.label(kind), [one for one in called if one.row.recipient_kind == kind])
            for kind in RECIPIENT.values
        ],
        "called": called,
        "told": _told(request, called),
        "handed": sum(one.handed for one in called),
        "problems": problems,
        "year": year,
        "years": (year - 1, year, year + 1),
        "givers": [(code, GIVER.label(code)) for code in givers],
        "giver": giver,
        "cut": len(called) == MOST,
        "gone": _gone(conference, called) if not request.GET else [],
    }
    return render(request, "conferences/honours.html", page, status=422 if problems else 200)


def _year(request: HttpRequest, conference: Conference) -> int:
    asked = request.GET.get("nam", "")
    if asked.isdecimal() and len(asked) == 4 and FIRST_YEAR <= int(asked) <= LAST_YEAR:
        return int(asked)
    return year_of(conference.on)


def _all(request: HttpRequest, conference: Conference, year: int) -> Any:
    day = conference.on
    below = OrganisationPath.objects.filter(
        ancestor=conference.organisation, voided_at__isnull=True, valid_from__lte=day, valid_to__gt=day
    ).values("descendant")
    return visible_commendations(request.user).filter(
        organisation__in=below, period_end__year=year, decided_on__lte=day
    )


def _givers(request: HttpRequest, conference: Conference, year: int) -> tuple[list[str], str]:
    """The levels that gave something, and the one looked at: what the office itself hands over, unless asked."""
    rows = _all(request, conference, year).order_by().values_list("giver", flat=True).distinct()
    found = [code for code in GIVER.values if code in set(rows)]
    asked = request.GET.get("cap")
    if asked in found or asked == "":
        return found, asked or ""
    kind = conference.organisation.kind
    own = "district" if kind == "district_committee" else "cell" if "cell" in kind else "grassroots"
    return found, own if own in found else ""


def _decided(request: HttpRequest, conference: Conference, year: int, giver: str) -> list[Commendation]:
    rows = _all(request, conference, year)
    rows = rows.select_related("organisation__parent", "member")
    return list((rows.filter(giver=giver) if giver else rows)[:MOST])


def called_up(conference: Conference, rows: Sequence[Commendation]) -> list[Called]:
    """Collectives first, then individuals; in each the highest form first, then by tree or name; two queries."""
    here = handed_at(conference)
    elsewhere = handed_elsewhere(conference, [row.pk for row in rows])
    ordered = sorted(rows, key=lambda row: calling_order(row, conference.organisation_id))
    return [
        Called(
            number,
            row,
            recipient_of(row),
            _body_of(row, conference),
            COMMENDATION_FORM.label(row.form),
            row.pk in here,
            elsewhere.get(row.pk),
        )
        for number, row in enumerate(ordered, start=1)
    ]


def _body_of(row: Commendation, conference: Conference) -> str:
    """Where the honoured belongs: a dozen cells are called "Chi bộ thôn 2"."""
    if row.recipient_kind == "individual":
        return row.organisation.name
    above = row.organisation.parent
    return above.name if above is not None and above.pk != conference.organisation_id else ""


def _record(request: HttpRequest, conference: Conference, called: Sequence[Called]) -> int:
    """Only what the page showed is changed: a list that grew meanwhile loses no tick."""
    shown, ticked = set(request.POST.getlist("shown")), set(request.POST.getlist("handed"))
    by_key = {str(one.row.pk): one for one in called}
    unknown = ticked - set(by_key)
    if unknown:
        raise Refused(
            [Problem("", _("Có khen thưởng không còn trong danh sách. Hãy mở lại trang rồi đánh dấu lại."))]
        )
    given = {one.row.pk: one.label for key, one in by_key.items() if key in ticked and not one.handed}
    back = [one.row.pk for key, one in by_key.items() if key in shown - ticked and one.handed]
    return record_handing(conference, given, back, by=request.user)


def _told(request: HttpRequest, called: Sequence[Called]) -> set[int]:
    """The conferences elsewhere that the user may read: only these are named (the district hands over ours, too)."""
    ids = {one.elsewhere.conference_id for one in called if one.elsewhere is not None}
    return (
        set(visible_conferences(request.user).filter(pk__in=ids).values_list("pk", flat=True))
        if ids
        else set()
    )


def _gone(conference: Conference, called: Sequence[Called]) -> list[HandedOut]:
    """Handed over here and since corrected or voided in the register of commendations."""
    standing = {one.row.pk for one in called}
    here = handed_at(conference)
    rest = [key for key in here if key not in standing]
    alive = set(Commendation.objects.filter(pk__in=rest, voided_at__isnull=True).values_list("pk", flat=True))
    return [here[key] for key in rest if key not in alive]
