"""Candidates: those behind the admissions of 2023, and about today some at every stage of the way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tongket.admissions.deadlines.limits import papers_on
from tongket.admissions.drafts import CandidateDraft, MentorDraft, PaperDraft, StepDraft
from tongket.admissions.joining.acts import add_candidates, add_mentors, add_papers, record_steps
from tongket.admissions.joining.models import Candidate
from tongket.admissions.voting import voters_on
from tongket.audit.acts import act
from tongket.core.dates import add_years, today
from tongket.demo.draw.names import person_name
from tongket.demo.draw.plain import END, Person, Unit, later
from tongket.demo.work.judging.people import ORIGIN, Cast
from tongket.members.models import Member

_STANDING = "Ban Thường vụ Huyện ủy"
_ORDER = (
    "nominated", "class", "file", "resolution", "committee", "forwarded", "appraised", "decision", "received",
    "ceremony",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """How far one candidate came: the days of the steps taken, and the admission where it is in the register."""

    draft: CandidateDraft
    days: dict[str, date]
    failed: tuple[date, ...] = ()
    closed: tuple[str, date] | None = None
    number: str = ""
    member: Member | None = None


def join_the_year(cast: Cast) -> None:
    """The candidates who became the members admitted in 2023, each with the way that led there."""
    rng = cast.chance("candidates")
    ways = []
    for person in cast.drawn.people.values():
        for event in person.events:
            if event["kind"] == "admitted" and event["decision_date"].year == END.year:
                ways.append(_behind(cast, person, event, rng))
    _record(cast, ways, rng)


def _behind(cast: Cast, person: Person, event: dict[str, object], rng: Random) -> Way:
    decided, ceremony = event["decision_date"], event["ceremony_on"]
    assert isinstance(decided, date) and isinstance(ceremony, date)  # noqa: S101  # nosec B101  # drawn so
    resolution = later(decided, -rng.randint(18, 32))
    nominated = later(resolution, -rng.randint(260, 420))
    days = {
        "class": later(nominated, rng.randint(60, 120)),
        "file": later(resolution, -rng.randint(8, 20)),
        "resolution": resolution,
        "committee": later(resolution, rng.randint(3, 6)),
        "forwarded": later(resolution, rng.randint(7, 9)),
        "appraised": later(decided, -rng.randint(2, 5)),
        "decision": decided,
        "received": later(decided, min(4, (ceremony - decided).days)),
        "ceremony": ceremony,
    }
    details = person.details
    draft = CandidateDraft(
        cast.organisations[str(event["organisation"])], person.name, person.birth, person.gender,
        nominated, nominated.year, str(details.get("occupation") or ""), bool(details.get("youth_union")),
    )  # fmt: skip
    return Way(draft, days, number=str(event["decision_number"]), member=cast.members[person.code])


# --- about today ------------------------------------------------------------------------------------------

#: How many candidates stand after which step, and how many days ago they took it (from, to).
_STAGES: tuple[tuple[str, int, int, int], ...] = (
    ("nominated", 9, 10, 160),
    ("class", 11, 15, 300),
    ("file", 7, 4, 45),
    ("resolution", 6, 2, 12),
    ("committee", 5, 2, 10),
    ("forwarded", 5, 2, 14),
    ("appraised", 3, 1, 4),
    ("decision", 3, 2, 12),
    ("ceremony", 8, 30, 330),
)
#: Stages at which papers have lain too long: the step and how many days ago it was taken.
_LATE = (("forwarded", 118), ("committee", 126), ("ceremony", 436), ("ceremony", 424))
_CLOSED = ("standard", "moved", "withdrawn")
_TRADES = ("farmer", "public_employee", "commune_official", "worker", "state_official", "village_worker")


def join_at_present(cast: Cast) -> None:
    """About sixty candidates in all stages, some late, some closed with the reason, one without enough votes."""
    if today() <= add_years(END, 2):
        return
    rng = cast.chance("present candidates")
    cells = [unit for unit in cast.drawn.cells(END) if len([*cast.drawn.people_of(unit.code, END)]) >= 9]
    ways = [
        _on_the_way(cast, rng.choice(cells), stage, rng.randint(first, last), rng)
        for stage, count, first, last in _STAGES
        for _ in range(count)
    ]
    ways += [_on_the_way(cast, rng.choice(cells), stage, ago, rng) for stage, ago in _LATE]
    ways += [_ended(cast, rng.choice(cells), reason, rng) for reason in _CLOSED]
    failed = _on_the_way(cast, rng.choice(cells), "file", 40, rng)
    ways.append(Way(failed.draft, failed.days, failed=(today() - timedelta(days=21),)))
    _record(cast, ways, rng)


#: Days from a step to the next one.
_GAPS = {
    "class": (60, 110), "file": (60, 120), "resolution": (6, 15), "committee": (3, 7), "forwarded": (2, 5),
    "appraised": (7, 12), "decision": (2, 6), "received": (2, 5), "ceremony": (6, 14),
}  # fmt: skip


def _on_the_way(cast: Cast, unit: Unit, stage: str, ago: int, rng: Random) -> Way:
    """Backwards from the step that was taken last."""
    day = today() - timedelta(days=ago)
    days: dict[str, date] = {}
    place = _ORDER.index(stage)
    for step in reversed(_ORDER[1 : place + 1]):
        days[step] = day
        day -= timedelta(days=rng.randint(*_GAPS[step]))
    gender = rng.choice(("male", "female"))
    birth = date(day.year - rng.randint(20, 38), rng.randint(1, 12), rng.randint(1, 28))
    draft = CandidateDraft(
        cast.organisations[unit.code], person_name(rng, gender), birth, gender, day, day.year,
        rng.choice(_TRADES), day.year - birth.year < 30,
    )  # fmt: skip
    number = f"{rng.randint(100, 999)}-QĐNS/HU"
    return Way(draft, dict(sorted(days.items(), key=lambda one: _ORDER.index(one[0]))), number=number)


def _ended(cast: Cast, unit: Unit, reason: str, rng: Random) -> Way:
    way = _on_the_way(cast, unit, "class", rng.randint(120, 300), rng)
    return Way(way.draft, way.days, closed=(reason, today() - timedelta(days=rng.randint(10, 60))))


# --- recording --------------------------------------------------------------------------------------------


def _record(cast: Cast, ways: Sequence[Way], rng: Random) -> None:
    """All in one act: who, mentors, papers, then every step in its order."""
    with act("candidate.add", by=cast.user("to-chuc"), origin=ORIGIN, organisation=cast.root) as current_act:
        people = add_candidates([way.draft for way in ways], act=current_act)
        pairs = list(zip(people, ways, strict=True))
        add_mentors([one for row, way in pairs for one in _mentors(cast, row, way, rng)], act=current_act)
        add_papers([one for row, way in pairs for one in _papers(row, way, rng)], act=current_act)
        record_steps([one for row, way in pairs for one in _steps(row, way, rng)], act=current_act)
        current_act.note(count=len(people))


def _mentors(cast: Cast, row: Candidate, way: Way, rng: Random) -> Iterator[MentorDraft]:
    """Two official members of the cell who have been there for two years."""
    day, code = way.draft.nominated_on, way.draft.organisation.code
    asked = min(day, END)
    pool = [
        person.code
        for person, stay in cast.drawn.people_of(code, asked)
        if stay.since < date(asked.year - 1, 1, 1) and person.is_official(date(asked.year - 1, 1, 1))
        and person.age(asked) < 66 and person.stay(min(END, day)) is stay
    ]  # fmt: skip
    for one in rng.sample(pool, min(2, len(pool))):
        yield MentorDraft(
            row.identity, way.draft.organisation, day + timedelta(days=5), cast.members[one],
            together_since=add_years(day, -2),
        )  # fmt: skip


def _papers(row: Candidate, way: Way, rng: Random) -> Iterator[PaperDraft]:
    """The whole file of who has it complete, a part of who has finished the class."""
    whole = way.days.get("file")
    on = whole or way.days.get("class")
    if on is None:
        return
    codes = list(papers_on(on))
    for code in codes if whole else codes[: rng.randint(1, max(1, len(codes) // 2))]:
        yield PaperDraft(row.identity, way.draft.organisation, code, on)


def _steps(row: Candidate, way: Way, rng: Random) -> Iterator[StepDraft]:
    in_body = way.draft.organisation.kind != "grassroots_cell"
    for kind, on in way.days.items():
        if kind == "committee" and not in_body:
            continue
        if kind == "resolution":
            yield _vote(row, on, 1.0, rng)
        elif kind == "class":
            yield StepDraft(row, kind, on, decision_number=f"{rng.randint(20, 480)}/GCN")
        elif kind == "decision":
            yield StepDraft(row, kind, on, decision_number=way.number, decision_body=_STANDING)
        else:
            yield StepDraft(row, kind, on, member=way.member if kind == "ceremony" else None)
    for on in way.failed:
        yield _vote(row, on, 0.55, rng)
    if way.closed is not None:
        reason, on = way.closed
        yield StepDraft(row, "closed", on, reason=reason)


def _vote(row: Candidate, on: date, share: float, rng: Random) -> StepDraft:
    """The share of those present who agreed; nearly all official members came."""
    base = voters_on(row.organisation, on).summoned
    present = base - rng.randint(0, base // 8)
    agree = int(present * share)
    return StepDraft(row, "resolution", on, present=present, agree=agree, disagree=present - agree)
