"""The minutes as plain data, gathered from the record: what the Word draft, the page and the packed file all tell.

No words of speakers: who spoke and when. Those excused and absent are named with their reason, as minutes do.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from tongket.audit.records import current
from tongket.conferences.agenda.tree import agenda_of
from tongket.conferences.concluding.acts import progress_of
from tongket.conferences.door.quorum import Counts, Quorum, quorum_of
from tongket.conferences.hall.queries import moments_of, state_of
from tongket.conferences.hall.screen import Line, lines_of
from tongket.conferences.models import Attendance, Conference
from tongket.conferences.queries import counts
from tongket.core.dates import format_date
from tongket.core.text import name_sort_key
from tongket.core.votes import Outcome, outcome_of, uncounted
from tongket.organisations.paper_names import SYMBOLS, above_of, issuer_of, month_text, party_body, place_of
from tongket.organisations.queries import name_on


@dataclass(frozen=True, slots=True)
class Head:
    """The head of the paper: the body above, the body that writes, its committee and symbol, the place."""

    parent: str
    issuer: str
    committee: str
    symbol: str
    place: str


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who was called and did not come."""

    name: str
    post: str
    reason: str


@dataclass(frozen=True, slots=True)
class VoteLine:
    """A vote with its outcome."""

    question: str
    number: str  # of the item; "" for none
    secret: bool
    present: int
    agree: int
    disagree: int
    abstain: int
    uncounted: int
    outcome: Outcome
    at: datetime


@dataclass(frozen=True, slots=True)
class ConclusionLine:
    """A conclusion, and to whom it was handed by when: "13 tổ chức · hạn 31/03/2024"."""

    text: str
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """Everything that minutes of a conference say."""

    conference: Conference
    opened_at: datetime | None
    closed_at: datetime | None
    numbers: Counts
    excused: tuple[Away, ...]
    absent: tuple[Away, ...]
    lines: tuple[Line, ...]
    votes: tuple[VoteLine, ...]
    conclusions: tuple[ConclusionLine, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the conference was opened and closed, so that nothing is missing but the signatures."""
        return self.opened_at is not None and self.closed_at is not None

    @property
    def quorum(self) -> Quorum:
        """Whether enough of those entitled were there."""
        return quorum_of(self.numbers)

    def quorum_words(self) -> str:
        """The quorum in words, with the numbers that it rests on."""
        if not self.quorum.asked:
            return ""
        found = "đủ" if self.quorum.reached else "chưa đủ"
        return (
            f"Có mặt {self.numbers.entitled_present}/{self.numbers.entitled} người có quyền biểu quyết, {found} số "
            f"lượng theo quy định (cần ít nhất {self.quorum.needed})."
        )


def head_of(conference: Conference) -> Head:
    """Who writes, as the names were on the conference's day; three queries."""
    organisation, on = conference.organisation, conference.on
    issuer, committee = issuer_of(name_on(organisation, on), organisation.kind)
    parent, parent_committee = above_of(organisation, on)
    return Head(
        parent=party_body(parent),
        issuer=issuer,
        committee=committee,
        symbol=SYMBOLS.get(committee, "ĐU"),
        place=place_of(issuer, committee, parent_committee),
    )


def collect(conference: Conference) -> Minutes:
    """Gather the minutes of a conference; about a dozen queries however many people and items there are."""
    agenda = agenda_of(conference)
    numbers = {row.item.identity: row.number for row in agenda}
    moments = moments_of(conference)
    away = _away(conference)
    return Minutes(
        conference=conference,
        opened_at=moments.get("running"),
        closed_at=moments.get("closed"),
        numbers=counts(conference),
        excused=away["excused"],
        absent=away["absent"],
        lines=tuple(lines_of(agenda, state_of(conference))),
        votes=tuple(
            VoteLine(
                vote.question,
                numbers.get(vote.item, "") if vote.item else "",
                vote.secret,
                vote.present,
                vote.agree,
                vote.disagree,
                vote.abstain,
                uncounted(vote.present, vote.agree, vote.disagree, vote.abstain),
                outcome_of(vote.majority, vote.entitled, vote.agree),
                vote.at,
            )
            for vote in current(conference.votes.order_by("at", "id"))
        ),
        conclusions=_conclusions(conference),
    )


def _away(conference: Conference) -> dict[str, tuple[Away, ...]]:
    found: dict[str, list[Away]] = {"excused": [], "absent": []}
    rows = current(
        Attendance.objects.filter(conference=conference, invitation__voided_at__isnull=True)
    ).exclude(state="present")
    for row in rows.select_related("invitation"):
        found[row.state].append(Away(row.invitation.name, row.invitation.post, row.reason))
    return {
        state: tuple(sorted(some, key=lambda one: name_sort_key(one.name))) for state, some in found.items()
    }


def _conclusions(conference: Conference) -> tuple[ConclusionLine, ...]:
    rows = list(current(conference.conclusions.all()))
    progress = progress_of(rows)
    lines = []
    for row in rows:
        tasks = tuple(
            f"{_owners(done.owners)}; hạn {format_date(done.demand.due_on)}"
            for done in progress.get(row.identity, [])
        )
        lines.append(ConclusionLine(row.text, tasks))
    return tuple(lines)


def _owners(names: tuple[str, ...]) -> str:
    return ", ".join(names) if len(names) <= 3 else f"{len(names)} tổ chức đảng"


def hour(at: datetime | None) -> str:
    """A time as minutes write it: "14 giờ 05 phút"; dots to fill in when it is not recorded."""
    if at is None:
        return "….. giờ ….. phút"
    local = timezone.localtime(at)
    return f"{local.hour:02d} giờ {local.minute:02d} phút"


def day_words(at: datetime) -> str:
    """A day as minutes write it: "ngày 28/12/2023"."""
    return f"ngày {format_date(timezone.localtime(at).date())}"


def date_line(head: Head, at: datetime) -> str:
    """Place and date of the head: "Quế Sơn, ngày 28 tháng 12 năm 2023"."""
    on = timezone.localtime(at).date()
    return f"{head.place}, ngày {on.day:02d} tháng {month_text(on)} năm {on.year}"
