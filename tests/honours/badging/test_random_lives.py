"""Random lives against a plain reading, one day after the other: admission, gap, readmission, discipline, death."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tongket.core.dates import FOREVER
from tongket.honours.badging.reading import DELAYED, DUE, MISSED, _Facts, _judge, _with_delays
from tongket.inspections.effects import DisciplineFact
from tongket.members.derive import spells_of
from tongket.members.models import MemberEvent

ONE_DAY = timedelta(days=1)
AWARD = ((2, 3), (5, 19), (9, 2), (11, 7))
MARKS = (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90)
EARLIER = {"warning": 6, "removal": 12}
LATER = {"reprimand": 6, "warning": 9, "removal": 12}
MEMBER = CELL = 1


@dataclass
class Life:
    """What happened to one person, and what the register shows of earlier badges."""

    events: list[tuple[str, date]]
    given: int
    disciplines: list[tuple[str, date, date]]  # form, decided, correction confirmed (FOREVER: never)
    award_day: date


@st.composite
def lives(draw) -> Life:
    admitted = draw(st.dates(date(1928, 1, 1), date(1996, 12, 31)) | st.just(date(1984, 2, 29)))
    events = [("admitted", admitted), ("recognised", admitted + timedelta(days=400))]
    day = admitted + timedelta(days=500)
    for out, back in draw(
        st.lists(
            st.tuples(
                st.sampled_from(["struck_off", "expelled", "left"]),
                st.sampled_from(["readmitted", "restored"]),
            ),
            max_size=2,
        )
    ):
        day += timedelta(days=draw(st.integers(1, 4000)))
        events.append((out, day))
        day += timedelta(days=draw(st.integers(1, 4000)))
        events.append((back, day))
    # Near a mark, where a day more or less decides.
    award_day = date(draw(st.integers(2017, 2025)), *draw(st.sampled_from(AWARD)))
    if draw(st.booleans()):
        near = award_day - timedelta(days=draw(st.integers(-30, 420)))
        if near > day:
            events.append(("died", near))
    disciplines = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["reprimand", "warning", "removal"]),
                st.integers(-20, 500).map(lambda n: award_day - timedelta(days=n)),
                st.just(FOREVER) | st.integers(-20, 200).map(lambda n: award_day - timedelta(days=n)),
            ),
            max_size=2,
        )
    )
    return Life(events, draw(st.sampled_from((0, 0, 30, 40, 50))), disciplines, award_day)


# --- the plain reading --------------------------------------------------------------------------------------


def months_later(day: date, months: int) -> date:
    """Month after month on the calendar; where a month has no such day, its last."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month > 12:
            year, month = year + 1, 1
    for number in range(day.day, 27, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, day.day)


def counted_from(life: Life) -> date:
    """The day of admission, later by the months and days of each time outside that was not undone."""
    months = days = 0
    for (_, out), (kind, back) in zip(life.events, life.events[1:], strict=False):
        if kind == "readmitted":
            whole = 0
            while months_later(out, whole + 1) <= back:
                whole += 1
            months += whole
            days += (back - months_later(out, whole)).days
    return months_later(life.events[0][1], months) + timedelta(days=days)


def reached_by(start: date, last: date) -> dict[int, date]:
    """Marks and the days on which they are reached, counting anniversaries day by day."""
    found, years, day = {}, 0, start
    leap = (start.month, start.day) == (2, 29)
    while day < last:
        day += ONE_DAY
        common = leap and (day.month, day.day) == (2, 28) and (day + ONE_DAY).month == 3
        if (day.month, day.day) == (start.month, start.day) or common:
            years += 1
            if years in MARKS:
                found[years] = day
    return found


def round_of(day: date) -> date:
    """The first award day from a day on."""
    while (day.month, day.day) not in AWARD:
        day += ONE_DAY
    return day


def plain(life: Life) -> tuple[str, str, int] | None:
    """Ground, state and mark by reading the life day by day."""
    day, inside, died_on = life.award_day, False, None
    for kind, on in life.events:
        if on <= day:
            inside = kind in ("admitted", "recognised", "readmitted", "restored")
            died_on = on if kind == "died" else None
    limit = day
    if died_on is not None:
        limit = months_later(died_on, 12)
        if day > limit:
            return None
    elif not inside:
        return None
    reached = reached_by(counted_from_until(life, day), limit)
    if not reached or max(reached) <= life.given:
        return None
    mark = max(reached)
    if died_on is None:
        state, ground = (MISSED if round_of(reached[mark]) < day else DUE), "due"
    else:
        state, ground = (MISSED if round_of(reached[mark]) <= died_on else DUE), "posthumous"
    return ground, DELAYED if delayed(life) else state, mark


def counted_from_until(life: Life, day: date) -> date:
    """As it counts on a day: what comes later does not matter yet."""
    return counted_from(Life([e for e in life.events if e[1] <= day], 0, [], day))


def delayed(life: Life) -> bool:
    """Whether some decision still stands in the way: its months not over, or the correction not confirmed by then."""
    by_form = LATER if life.award_day >= date(2021, 7, 30) else EARLIER
    for form, decided, corrected in life.disciplines:
        if decided > life.award_day or form not in by_form:
            continue
        if life.award_day < months_later(decided, by_form[form]) or not corrected <= life.award_day:
            return True
    return False


# --- the program --------------------------------------------------------------------------------------------


def judged(life: Life) -> tuple[str, str, int] | None:
    events = [
        MemberEvent(pk=n, member_id=MEMBER, organisation_id=CELL, kind=kind, on=on)
        for n, (kind, on) in enumerate(life.events, 1)
    ]
    spells, wrong = spells_of(events)
    assert wrong == []
    facts = _Facts(
        {CELL: [(CELL, date.min, FOREVER)]},
        [(MEMBER, s.organisation_id, s.party_age_from, s.valid_from, s.valid_to, life.given) for s in spells],
        dict.fromkeys([MEMBER], died) if (died := dict(life.events).get("died")) else {},
    )
    decisions = [
        DisciplineFact(n, MEMBER, CELL, form, decided, False, corrected)
        for n, (form, decided, corrected) in enumerate(life.disciplines, 1)
    ]
    found = list(_judge(facts, life.award_day, False))
    found = list(_with_delays(found, {MEMBER: decisions}, life.award_day))
    assert len(found) <= 1
    return (found[0].ground, found[0].state, found[0].mark) if found else None


@given(lives())
def test_the_list_reads_a_life_as_one_would_day_by_day(life: Life) -> None:
    assert judged(life) == plain(life)


@given(st.dates(date(1928, 1, 1), date(1996, 12, 31)), st.integers(-3, 3), st.sampled_from(MARKS[:6]))
def test_a_mark_at_the_edge_of_an_award_day(start: date, off: int, mark: int) -> None:
    try:
        day = start.replace(year=start.year + mark) + timedelta(days=off)
    except ValueError:
        return
    if not 2017 <= day.year <= 2025:
        return
    life = Life([("admitted", start), ("recognised", start + timedelta(days=400))], 0, [], day)
    assert judged(life) == plain(life)
