"""Who is due a badge on an award day, in a whole subtree at once: due, after death, delayed, without a date.

Discipline and privacy. A decision that is not sealed moves a member from the due to the delayed. Who may not read
discipline there is told "tạm hoãn theo quy định", not which decision. A SEALED decision moves nobody: the member stays
among the due, so that lists and counts read the same to everybody; only who is named for the case sees a warning.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Case, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from tongket.audit.records import chunks, current
from tongket.core.codelists import DISCIPLINE_FORM
from tongket.core.dates import add_months, format_date
from tongket.core.problems import Problem, Refused
from tongket.honours.models import BadgeAward
from tongket.inspections.effects import disciplines_of_members
from tongket.inspections.queries import visible_member_disciplines
from tongket.members.models import Member, MemberEvent, MembershipSpell
from tongket.organisations.models import Organisation, OrganisationPath, OrganisationVersion
from tongket.rules.badges import (
    Delay,
    award_days,
    award_round,
    bonus_or_none,
    delay_by,
    early_months,
    latest_start,
    mark_day,
    marks_in_force,
    posthumous_mark,
)
from tongket.rules.catalogue import NoRuleInForce, integer

#: How far ahead a mark can be given early or after death: the most that any version allows.
_AHEAD_MONTHS = 24
DUE, MISSED, DELAYED, NO_DATE = "due", "missed", "delayed", "no_date"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody stands on a list, and the rule that says so."""

    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Held:
    """One decision of discipline that delays; inner fact, never shown but through `Due.reasons`."""

    pk: int
    sealed: bool
    delay: Delay


@dataclass(frozen=True, slots=True)
class Due:
    """One member on the list of an award day.

    `state`: due; missed (reached before an earlier round, the register shows no badge: to be checked); delayed;
    no_date (Party age unknown: `mark` is 0). `told` are the decisions that the reader may know (`for_reader`).
    """

    member_id: int
    organisation_id: int
    child_id: int
    award_day: date
    ground: str
    state: str
    mark: int
    reached_on: date | None
    party_age_from: date | None
    died_on: date | None = None
    held: tuple[Held, ...] = field(default=(), repr=False)
    told: frozenset[int] = frozenset()
    code: str = ""
    name: str = ""
    sort_key: str = ""
    organisation: str = ""

    @property
    def bonus(self) -> Any:
        """The bonus in đồng, None where no multiple is known."""
        return bonus_or_none(self.mark, self.award_day)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why, in words for this reader, each with its rule."""
        return tuple(_reasons(self))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many stand on the list of an award day, by state."""

    due: int = 0
    missed: int = 0
    delayed: int = 0
    no_date: int = 0


@dataclass(slots=True)
class _Facts:
    places: Mapping[int, list[tuple[int, date, date]]]  # cell: (child of the asked one, from, to)
    spells: Sequence[tuple[int, int, date | None, date, date, int]]  # the last: the highest mark given
    died: Mapping[int, date]


def day_note(award_day: date) -> str:
    """What to say of a day that is none of the usual award days; "" for those."""
    if award_day in award_days(award_day.year):
        return ""
    usual = ", ".join(f"{d.day}/{d.month}" for d in award_days(award_day.year))
    return (
        f"Ngày {format_date(award_day)} không phải ngày trao thường lệ ({usual}); danh sách lập cho ngày lớn khác "
        "hoặc trường hợp đặc biệt."
    )


def due_on(
    organisation: Organisation, award_day: date, *, known: datetime | None = None, early: bool = False
) -> list[Due]:
    """Everybody of the subtree who is due, delayed or cannot be judged on an award day, by mark and name.

    `early` adds those who COULD receive their next mark early if gravely ill (ground "early"): that they are ill is
    said by a person, never computed. `known`: as the register read at that moment (discipline always as known now).
    Raises `Refused` for a day for which no marks are known.
    """
    facts = _gather(organisation, [award_day], known, early)
    found = list(_judge(facts, award_day, early))
    return sorted(
        _named(_held(found, award_day), award_day, organisation.pk),
        key=lambda d: (-d.mark, d.sort_key, d.code),
    )


def due_counts(organisation: Organisation, days: Sequence[date]) -> dict[date, Counts]:
    """How many are due on each of several days, with the questions of one."""
    facts = _gather(organisation, days, None, False)
    by_day = {day: list(_judge(facts, day, False)) for day in days}
    everybody = {one.member_id for found in by_day.values() for one in found if one.state != NO_DATE}
    disciplines = disciplines_of_members(everybody, date.min, max(days))
    answer = {}
    for day, found in by_day.items():
        states = [one.state for one in _with_delays(found, disciplines, day)]
        answer[day] = Counts(*(states.count(state) for state in (DUE, MISSED, DELAYED, NO_DATE)))
    return answer


def for_reader(user: Any, dues: Sequence[Due]) -> list[Due]:
    """The same list with what this reader may know of the decisions behind a delay (one query, none without)."""
    pks = [held.pk for due in dues for held in due.held]
    if not pks:
        return list(dues)
    told: set[int] = set()
    for part in chunks(pks):
        told |= set(visible_member_disciplines(user).filter(pk__in=part).values_list("pk", flat=True))
    return [replace(due, told=frozenset(told)) if due.held else due for due in dues]


# --- reading ------------------------------------------------------------------------------------------------


def _as_known(rows: QuerySet[Any], known: datetime | None) -> QuerySet[Any]:
    if known is None:
        return rows.filter(voided_at__isnull=True)
    return rows.filter(Q(voided_at__isnull=True) | Q(voided_at__gt=known), recorded_at__lte=known)


def _gather(organisation: Organisation, days: Sequence[date], known: datetime | None, early: bool) -> _Facts:
    """The facts of the few who can be on the list of one of the days: whoever has the badge of the highest mark within
    reach is left out by the database."""
    first, last = min(days), max(days)
    paths = _as_known(
        OrganisationPath.objects.filter(ancestor=organisation, valid_from__lte=last, valid_to__gt=first),
        known,
    )
    places: dict[int, list[tuple[int, date, date]]] = {}
    for cell, via, start, end in paths.values_list("descendant_id", "via_id", "valid_from", "valid_to"):
        places.setdefault(cell, []).append((via or cell, start, end))
    since = add_months(first, -_death_months(last))
    spells = MembershipSpell.objects.filter(
        organisation__in=paths.values("descendant"), valid_from__lte=last, valid_to__gte=since
    )
    badges = _as_known(BadgeAward.objects.filter(member=OuterRef("member")), known).order_by()
    most = badges.values("member").annotate(most=Max("mark")).values("most")
    spells = (
        _as_known(spells, known)
        .annotate(given=Coalesce(Subquery(most), 0), reach=_within_reach(last, early))
        .filter(Q(party_age_from__isnull=True) | Q(valid_to__lte=last) | Q(given__lt=F("reach")))
    )
    died = _as_known(
        MemberEvent.objects.filter(
            kind="died", on__gte=since, on__lte=last, organisation__in=paths.values("descendant")
        ),
        known,
    )
    columns = ("member_id", "organisation_id", "party_age_from", "valid_from", "valid_to", "given")
    return _Facts(places, list(spells.values_list(*columns)), dict(died.values_list("member_id", "on")))


def _within_reach(last: date, early: bool) -> Case:
    """The highest mark that a living member can have by the last day (early: by the most that a rule allows)."""
    horizon = add_months(last, _AHEAD_MONTHS if early else 0)
    whens = [
        When(party_age_from__lte=latest_start(mark, horizon), then=Value(mark))
        for mark in sorted(_marks(last), reverse=True)
    ]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def _marks(day: date) -> tuple[int, ...]:
    try:
        return marks_in_force(day)
    except NoRuleInForce as error:
        raise Refused([Problem("award_day", f"{error} Hãy chọn ngày trao muộn hơn.")]) from error


def _death_months(day: date) -> int:
    try:
        return integer("badge.death", day)
    except NoRuleInForce:
        return 0


def _judge(facts: _Facts, day: date, early: bool) -> Iterator[Due]:
    """Everybody's standing on one day by Party age alone; discipline is asked about afterwards, of these few."""
    after_death, soon = bool(_death_months(day)), _early_starts(day) if early else []
    marks = _marks(day)
    # One look into this ladder says which marks somebody has reached: asking the law for each of 100,000 is slow.
    ladder = [-latest_start(mark, day).toordinal() for mark in marks]
    horizon = latest_start(marks[0], add_months(day, _AHEAD_MONTHS))
    for member, cell, start, valid_from, valid_to, given in facts.spells:
        died_on = facts.died.get(member)
        in_life = valid_from <= day < valid_to
        last = died_on is not None and valid_to == died_on <= day
        if not (in_life or last) or (start is not None and start > horizon):
            continue
        child = next((via for via, a, b in facts.places[cell] if a <= day < b), None)
        if child is None:
            continue
        where = (member, cell, child, day)
        if start is None:
            if in_life:
                yield Due(*where, "due", NO_DATE, 0, None, None)
        elif in_life:
            reached = bisect_right(ladder, -start.toordinal())
            if reached and (mark := marks[reached - 1]) > given:
                on = mark_day(start, mark)
                state = MISSED if award_round(on) < day else DUE
                yield Due(*where, "due", state, mark, on, start)
            if reached < len(soon) and start <= soon[reached] and (mark := marks[reached]) > given:
                yield Due(*where, "early", DUE, mark, mark_day(start, mark), start)
        elif died_on is not None and after_death and (found := posthumous_mark(start, died_on, day, given)):
            state = MISSED if award_round(found.reached_on) <= died_on else DUE
            yield Due(*where, "posthumous", state, found.mark, found.reached_on, start, died_on)


def _early_starts(day: date) -> list[date]:
    """The last day from which Party age may count for each mark to be near enough to be given early."""
    try:
        return [latest_start(mark, add_months(day, early_months(mark, day))) for mark in _marks(day)]
    except NoRuleInForce:
        return []


def _held(found: Sequence[Due], day: date) -> list[Due]:
    asked = {due.member_id for due in found if due.state != NO_DATE}
    return list(_with_delays(found, disciplines_of_members(asked, date.min, day), day))


def _with_delays(found: Iterable[Due], disciplines: Mapping[int, Any], day: date) -> Iterator[Due]:
    for due in found:
        held = held_by(disciplines.get(due.member_id, ()), day)
        if not held or due.state == NO_DATE:
            yield due
        else:
            delayed = any(not one.sealed for one in held)
            yield replace(due, held=held, state=DELAYED if delayed else due.state)


def held_by(facts: Iterable[Any], day: date) -> tuple[Held, ...]:
    """Which of a member's decisions of discipline delay a badge on a day."""
    judged = ((fact, delay_by(fact.form, fact.decided_on, fact.corrected_on, day)) for fact in facts)
    return tuple(Held(fact.pk, fact.sealed, delay) for fact, delay in judged if delay is not None)


def _named(found: Sequence[Due], day: date, asked: int) -> Iterator[Due]:
    people: dict[int, tuple[str, str, str]] = {}
    for part in chunks(due.member_id for due in found):
        rows = Member.objects.filter(pk__in=part).order_by()
        people |= {
            pk: (code, name, key)
            for pk, code, name, key in rows.values_list("pk", "code", "full_name", "sort_key")
        }
    cells = cell_names((due.organisation_id for due in found), day, asked)
    for due in found:
        code, name, key = people[due.member_id]
        yield replace(
            due, code=code, name=name, sort_key=key, organisation=cells.get(due.organisation_id, "")
        )


def cell_names(cells: Iterable[int], day: date, asked: int) -> dict[int, str]:
    """What cells were called on a day, with the body above unless it is the one that is asked about."""
    names: dict[int, str] = {}
    for part in chunks(cells):
        versions = current(OrganisationVersion.objects.filter(organisation__in=part)).order_by()
        on_day = versions.filter(valid_from__lte=day, valid_to__gt=day)
        for pk, name, above, above_name in on_day.values_list(
            "organisation_id", "name", "parent_id", "parent__name"
        ):
            # Every commune has a "Chi bộ thôn 1": the body above tells them apart.
            names[pk] = f"{name}, {above_name}" if above_name and asked not in (pk, above) else name
    return names


# --- words --------------------------------------------------------------------------------------------------


def _reasons(due: Due) -> Iterator[Reason]:
    if due.reached_on is None or due.party_age_from is None:
        yield Reason(
            "Thiếu ngày: chưa biết tuổi Đảng tính từ ngày nào. Hãy bổ sung ngày kết nạp.", "badge.marks"
        )
        return
    counted = f"Tuổi Đảng tính từ {format_date(due.party_age_from)}"
    yield Reason(
        f"{counted}, đủ {due.mark} năm ngày {format_date(due.reached_on)}.",
        "badge.round" if due.ground == "due" else "badge.marks",
    )
    if due.ground == "early":
        months = early_months(due.mark, due.award_day)
        yield Reason(f"Nếu bị bệnh nặng, được xét tặng sớm không quá {months} tháng.", "badge.early")
    if due.died_on is not None:
        missed = "đủ năm khi từ trần" if due.reached_on <= due.died_on else "được xét sớm sau khi từ trần"
        yield Reason(f"Từ trần ngày {format_date(due.died_on)}, {missed}.", "badge.death")
    earlier = due.state == DELAYED and due.died_on is None and award_round(due.reached_on) < due.award_day
    if due.state == MISSED or earlier:
        yield Reason(
            "Đã đủ từ đợt trước nhưng sổ chưa ghi đã trao: hãy kiểm tra và ghi Huy hiệu đã trao nếu có.",
            "badge.round",
        )
    yield from _delay_reasons(due)


def _delay_reasons(due: Due) -> Iterator[Reason]:
    hidden = False
    for held in due.held:
        if held.pk in due.told:
            said = delay_words(held.delay)
            yield Reason(f"Cảnh báo (hồ sơ niêm phong): {said}" if held.sealed else said, "badge.discipline")
        elif not held.sealed:
            hidden = True
    if hidden:
        yield Reason("Tạm hoãn theo quy định.", "badge.discipline")


def delay_words(delay: Delay) -> str:
    """A delay in words, for who may read discipline."""
    form = DISCIPLINE_FORM.label(delay.form).lower()
    said = f"Bị kỷ luật {form} ngày {format_date(delay.decided_on)}"
    if delay.waiting:
        return (
            f"{said}: sau {delay.months} tháng (từ {format_date(delay.until)}) và khi chi bộ xác nhận đã sửa chữa "
            "khuyết điểm mới được xét."
        )
    return f"{said}: đã qua {delay.months} tháng, còn chờ chi bộ xác nhận đã sửa chữa khuyết điểm."
