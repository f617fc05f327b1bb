"""What must hold of a proposal, a decision, a ceremony (01-HD/TW point 18; 24-QĐ/TW point 27); judges whole batches.

What a rule marked C forbids is an error, what rests on R or U only a warning. Of discipline only what is not sealed is
said, and only that the badge waits: who proposes may not be allowed to read it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tongket.audit.records import chunks, current
from tongket.core.dates import add_months, format_date
from tongket.core.problems import Problem, Severity
from tongket.honours.badging.models import OPEN
from tongket.honours.badging.reading import day_note, held_by
from tongket.honours.models import BadgeAward, BadgeProposal
from tongket.inspections.effects import DisciplineFact, disciplines_of_members
from tongket.members.derive import Spell
from tongket.members.models import Member
from tongket.members.standing import deaths, spell_on, spells_by_member
from tongket.organisations.models import Organisation
from tongket.organisations.queries import subtree_on
from tongket.rules.badges import early_months, mark_day, marks_in_force
from tongket.rules.catalogue import NoRuleInForce, in_force, integer


@dataclass(frozen=True, slots=True)
class Pick:
    """Somebody chosen from the list of an award day. `gravely_ill` is the tick that an early badge needs; no more is
    asked about the illness."""

    member: Member
    mark: int
    ground: str = "due"
    gravely_ill: bool = False


@dataclass(frozen=True, slots=True)
class Sound:
    """A pick with what follows from the register: the cell, and the day on which the mark is reached."""

    cell_id: int
    reached_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """What the register says of the picked, read once for the whole batch."""

    cells: frozenset[int]
    spells: dict[int, list[Spell]]
    died: dict[int, date]
    given: dict[int, int]
    open: dict[int, BadgeProposal]
    disciplines: dict[int, list[DisciplineFact]]


def read_standing(organisation: Organisation, award_day: date, picks: Sequence[Pick]) -> Standing:
    """The facts of a batch in few questions."""
    members = [pick.member for pick in picks]
    ids = [member.pk for member in members]
    given: dict[int, int] = {}
    under_way: dict[int, BadgeProposal] = {}
    for part in chunks(ids):
        for member, mark in current(BadgeAward.objects.filter(member__in=part)).values_list(
            "member_id", "mark"
        ):
            given[member] = max(mark, given.get(member, 0))
        for row in current(BadgeProposal.objects.filter(member__in=part, state__in=OPEN)):
            under_way[row.member_id] = row
    return Standing(
        frozenset(place.organisation_id for place in subtree_on(organisation, award_day)),
        spells_by_member(members),
        deaths(members),
        given,
        under_way,
        disciplines_of_members(ids, date.min, award_day),
    )


def weight(rule_id: str, day: date) -> Severity:
    """A rule quoted from the official text refuses; one seen elsewhere, unconfirmed or unknown that day, warns."""
    try:
        return "error" if in_force(rule_id, day).mark == "C" else "warning"
    except NoRuleInForce:
        return "warning"


def proposal_rules(
    award_day: date, picks: Sequence[Pick], standing: Standing
) -> tuple[list[Problem], dict[int, Sound]]:
    """Everything wrong or doubtful about a batch, and what follows for the picks that can be placed."""
    problems: list[Problem] = []
    sound: dict[int, Sound] = {}
    if not picks:
        problems.append(Problem("picks", "Chưa chọn ai. Hãy đánh dấu những đảng viên cần đề nghị."))
    if note := day_note(award_day):
        problems.append(Problem("award_day", note, "warning"))
    seen: set[int] = set()
    for index, pick in enumerate(picks):
        found = list(_one(award_day, pick, standing, sound, index))
        if pick.member.pk in seen:
            found.append(_problem(pick, "member", "được chọn hai lần. Hãy bỏ một dòng.", index))
        seen.add(pick.member.pk)
        problems += found
    return problems, sound


def _problem(pick: Pick, field: str, text: str, index: int, severity: Severity = "error") -> Problem:
    return Problem(field, f"{pick.member.full_name} ({pick.member.code}): {text}", severity, index)


def _one(
    award_day: date, pick: Pick, standing: Standing, sound: dict[int, Sound], index: int
) -> Iterator[Problem]:
    own, died_on = standing.spells.get(pick.member.pk, []), standing.died.get(pick.member.pk)
    if pick.ground == "posthumous" and (died_on is None or died_on > award_day):
        yield _problem(
            pick, "ground", "sổ chưa ghi từ trần trước ngày trao. Hãy ghi việc “Từ trần” trước.", index
        )
        return
    dead = pick.ground == "posthumous"
    spell = spell_on(own, died_on if dead and died_on else award_day, ended_that_day=dead)
    if spell is None or spell.organisation_id not in standing.cells:
        yield _problem(
            pick,
            "member",
            "ngày đó không sinh hoạt trong phạm vi của tổ chức đề nghị. Hãy bỏ chọn, hoặc chọn diện truy tặng nếu đã "
            "từ trần.",
            index,
        )
        return
    if spell.party_age_from is None:
        yield _problem(
            pick,
            "member",
            "chưa biết tuổi Đảng tính từ ngày nào. Hãy bổ sung ngày quyết định kết nạp trước.",
            index,
        )
        return
    reached = mark_day(spell.party_age_from, pick.mark)
    sound[index] = Sound(spell.organisation_id, reached)
    yield from _mark(award_day, pick, index)
    yield from _ground(award_day, pick, reached, died_on, index)
    yield from _again(pick, standing, index)
    yield from _delayed(award_day, pick, standing, index)


def _mark(award_day: date, pick: Pick, index: int) -> Iterator[Problem]:
    try:
        marks = marks_in_force(award_day)
    except NoRuleInForce as error:
        yield _problem(pick, "mark", f"{error} Hãy tự kiểm tra mức.", index, "warning")
        return
    if pick.mark not in marks:
        said = f"ngày {format_date(award_day)} không có mức {pick.mark} năm. Các mức: {', '.join(map(str, marks))}."
        yield _problem(pick, "mark", said, index, weight("badge.marks", award_day))


def _ground(
    award_day: date, pick: Pick, reached: date, died_on: date | None, index: int
) -> Iterator[Problem]:
    full = f"đến {format_date(reached)} mới đủ {pick.mark} năm tuổi Đảng"
    if pick.ground == "due" and reached > award_day:
        yield _problem(
            pick, "mark", f"{full}. Nếu bệnh nặng, hãy đề nghị tặng sớm; nếu không, chờ đợt sau.", index
        )
    elif pick.ground == "early":
        yield from _early(award_day, pick, reached, full, index)
    elif pick.ground == "posthumous" and died_on is not None:
        try:
            months = integer("badge.death", award_day)
        except NoRuleInForce as error:
            yield _problem(pick, "ground", f"{error} Hãy tự kiểm tra.", index, "warning")
            return
        if add_months(died_on, months) < reached:
            said = f"{full}, quá {months} tháng sau ngày từ trần {format_date(died_on)}. Hãy sửa mức."
            yield _problem(pick, "mark", said, index, weight("badge.death", award_day))


def _early(award_day: date, pick: Pick, reached: date, full: str, index: int) -> Iterator[Problem]:
    """Rule `badge.early`: only for the gravely ill, and at most so many months before the mark."""
    if not pick.gravely_ill:
        yield _problem(
            pick,
            "gravely_ill",
            "tặng sớm chỉ dành cho đảng viên bị bệnh nặng. Hãy đánh dấu “bệnh nặng” hoặc bỏ chọn.",
            index,
        )
    if reached <= award_day:
        yield _problem(
            pick,
            "ground",
            f"đã đủ {pick.mark} năm, không phải tặng sớm. Hãy đề nghị diện đủ tuổi Đảng.",
            index,
        )
        return
    try:
        months = early_months(pick.mark, award_day)
    except NoRuleInForce as error:
        yield _problem(pick, "ground", f"{error} Hãy tự kiểm tra.", index, "warning")
        return
    if add_months(award_day, months) < reached:
        said = f"{full}; mức này được tặng sớm không quá {months} tháng. Hãy bỏ chọn hoặc chờ đợt sau."
        yield _problem(pick, "ground", said, index, weight("badge.early", award_day))


def _again(pick: Pick, standing: Standing, index: int) -> Iterator[Problem]:
    given = standing.given.get(pick.member.pk, 0)
    if given >= pick.mark:
        yield _problem(
            pick,
            "mark",
            f"đã có Huy hiệu {given} năm. Hãy bỏ chọn; nếu bản ghi cũ sai, hãy đính chính.",
            index,
        )
    row = standing.open.get(pick.member.pk)
    if row is not None:
        said = (
            f"đang có đề nghị Huy hiệu {row.mark} năm ở đợt {format_date(row.award_day)} "
            f"({row.get_state_display().lower()}). Hãy theo dõi đề nghị đó, hoặc rút trước khi đề nghị lại."
        )
        yield _problem(pick, "member", said, index)


def _delayed(award_day: date, pick: Pick, standing: Standing, index: int) -> Iterator[Problem]:
    held = held_by(standing.disciplines.get(pick.member.pk, ()), award_day)
    if any(not one.sealed for one in held):
        yield _problem(
            pick,
            "member",
            "tạm hoãn theo quy định về xét tặng Huy hiệu. Hãy bỏ chọn và trao đổi với bộ phận kiểm tra.",
            index,
            weight("badge.discipline", award_day),
        )


def since_delayed(
    rows: Sequence[BadgeProposal], remedy: str, given_on: date | None = None
) -> Iterator[Problem]:
    """Whom an unsealed decision of discipline, also one made after the proposal, delays on the day of giving."""
    days = [max(row.award_day, given_on or row.award_day) for row in rows]
    found = disciplines_of_members([row.member_id for row in rows], date.min, max(days)) if days else {}
    for index, (row, day) in enumerate(zip(rows, days, strict=True)):
        if any(not one.sealed for one in held_by(found.get(row.member_id, ()), day)):
            said = f"{row.member.full_name}: tạm hoãn theo quy định về xét tặng Huy hiệu. {remedy}"
            yield Problem("proposals", said, weight("badge.discipline", day), index)


def award_rules(rows: Sequence[BadgeProposal], on: date) -> Iterator[Problem]:
    """A ceremony after the decision, at which everybody has reached the mark and nobody has been delayed since."""
    papers = {row.decision.decision_date: row.decision for row in rows if row.decision is not None}
    after = max((day for day in papers if day is not None), default=None)
    if after is not None and on < after:
        yield Problem(
            "on",
            f"Ngày trao {format_date(on)} trước ngày quyết định {format_date(after)} "
            f"(số {papers[after].decision_number}). Hãy sửa ngày trao.",
        )
        return
    died = deaths(row.member for row in rows)
    for index, row in enumerate(rows):
        # Who died meanwhile is given the badge after death, which may come before the mark.
        if row.ground == "due" and row.reached_on > on and row.member_id not in died:
            said = f"đến {format_date(row.reached_on)} mới đủ {row.mark} năm tuổi Đảng"
            remedy = "Hãy bỏ chọn và ghi trao từ ngày đó, hoặc sửa ngày trao."
            yield Problem("proposals", f"{row.member.full_name}: {said}. {remedy}", "error", index)
    yield from since_delayed(rows, "Hãy bỏ chọn; trao khi hết thời gian và chi bộ đã xác nhận sửa chữa.", on)


def state_rules(rows: Iterable[BadgeProposal], wanted: str, what: str) -> Iterator[Problem]:
    """Each proposal stands where the step begins."""
    for index, row in enumerate(rows):
        if row.state != wanted:
            step = f"đang ở bước “{row.get_state_display()}”, không {what} được"
            said = f"{row.member.full_name}, mức {row.mark} năm: {step}. Hãy tải lại trang và bỏ chọn."
            yield Problem("proposals", said, "error", index)
