"""What must hold of badges for years in the Party (01-HD/TW, point 18); judges a batch whose fields are sound."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tongket.audit.records import Numbered, check_past, chunks, current, repeated
from tongket.core.codelists import AWARD_ROUND
from tongket.core.dates import add_months, format_date
from tongket.core.problems import Problem, Severity
from tongket.honours.drafts import BadgeAwardDraft
from tongket.honours.models import BadgeAward
from tongket.members.derive import Spell
from tongket.members.models import Member
from tongket.members.standing import deaths, spell_on, spells_by_member
from tongket.organisations.lifetime import Lifetime, check_alive, lifetimes
from tongket.rules.badges import award_days, early_months, mark_day, marks_in_force
from tongket.rules.catalogue import NoRuleInForce, in_force, integer, rule


def badge_rules(drafts: Numbered[BadgeAwardDraft]) -> Iterator[Problem]:
    """A mark in force, of the member's cell on the day (or last cell), reached by then or early within the limits."""
    members = [draft.member for _, draft in drafts]
    lives = lifetimes(draft.organisation for _, draft in drafts)
    spells = spells_by_member(members)
    died = deaths(draft.member for _, draft in drafts if draft.posthumous)
    for index, draft in drafts:
        before = _before_the_register(draft, spells.get(draft.member.pk, ()))
        if before is None:
            yield from check_alive(lives, draft.organisation, draft.awarded_on, index)
        yield from _paper(draft, index)
        yield from _mark(draft, index)
        yield from _round(draft, index)
        own = spells.get(draft.member.pk, ())
        if draft.posthumous:
            yield from _after_death(draft, own, died.get(draft.member.pk), index)
        elif before is not None:
            yield from _reached(draft, before, index)
        else:
            yield from _in_life(draft, own, lives[draft.organisation.pk], index)
    yield from _once(drafts, _given(members))


def _paper(draft: BadgeAwardDraft, index: int) -> Iterator[Problem]:
    yield from check_past(draft.awarded_on, "awarded_on", "Ngày trao", index)
    yield from check_past(draft.decision_date, "decision_date", "Ngày quyết định", index)
    if draft.decision_date is not None and draft.decision_date > draft.awarded_on:
        yield Problem(
            "awarded_on",
            f"Ngày trao {format_date(draft.awarded_on)} trước ngày quyết định {format_date(draft.decision_date)}. "
            "Hãy sửa một trong hai ngày.",
            index=index,
        )


def _mark(draft: BadgeAwardDraft, index: int) -> Iterator[Problem]:
    try:
        marks = marks_in_force(draft.awarded_on)
    except NoRuleInForce as error:
        yield Problem("mark", f"{error} Hãy tự kiểm tra mức Huy hiệu.", "warning", index)
        return
    if draft.mark in marks:
        return
    ever = {
        mark for version in rule("badge.marks").versions for mark in marks_in_force(version.effective_from)
    }
    severity: Severity = "error" if draft.mark not in ever else _weight("badge.marks", draft.awarded_on)
    yield Problem(
        "mark",
        f"Ngày {format_date(draft.awarded_on)} không có mức {draft.mark} năm. Các mức: {', '.join(map(str, marks))}.",
        severity,
        index,
    )


def _weight(rule_id: str, day: date) -> Severity:
    """A rule quoted from the official text refuses; one seen only elsewhere, or unconfirmed, warns."""
    return "error" if in_force(rule_id, day).mark == "C" else "warning"


def _round(draft: BadgeAwardDraft, index: int) -> Iterator[Problem]:
    if draft.round == "other":
        return
    day = draft.awarded_on
    near = min(
        (d for year in (day.year - 1, day.year, day.year + 1) for d in award_days(year)),
        key=lambda d: abs(d - day),
    )
    if f"{near:%d%m}" != draft.round:
        yield Problem(
            "round",
            f"Ngày trao {format_date(day)} gần đợt {near.day}/{near.month} hơn {AWARD_ROUND.label(draft.round)}. "
            "Hãy kiểm tra đợt và ngày trao.",
            "warning",
            index,
        )


def _in_life(
    draft: BadgeAwardDraft, spells: Sequence[Spell], life: Lifetime, index: int
) -> Iterator[Problem]:
    spell = spell_on(spells, draft.awarded_on, draft.organisation.pk)
    if spell is None:
        yield Problem(
            "member",
            f"Đảng viên không sinh hoạt tại “{life.name}” vào ngày trao {format_date(draft.awarded_on)}. "
            "Hãy chọn đúng chi bộ; nếu đảng viên đã từ trần, hãy đánh dấu truy tặng.",
            index=index,
        )
        return
    yield from _reached(draft, spell, index)


def _before_the_register(draft: BadgeAwardDraft, spells: Sequence[Spell]) -> Spell | None:
    """The first spell of one who was a member already when the register took him or her up, for a badge from before.

    Such a badge is recorded in the first cell: where it was given the register does not know.
    """
    first = spells[0] if spells else None
    if (
        first is None
        or draft.awarded_on >= first.valid_from
        or first.organisation_id != draft.organisation.pk
    ):
        return None
    return first if first.admitted_on is not None and first.admitted_on <= draft.awarded_on else None


def _reached(draft: BadgeAwardDraft, spell: Spell, index: int) -> Iterator[Problem]:
    if spell.party_age_from is None:
        yield _no_party_age(index)
        return
    reached = mark_day(spell.party_age_from, draft.mark)
    if reached <= draft.awarded_on:
        if draft.early:
            yield Problem(
                "early",
                f"Đảng viên đã đủ {draft.mark} năm tuổi Đảng từ {format_date(reached)}, không phải trao sớm. "
                "Hãy bỏ đánh dấu.",
                "warning",
                index,
            )
        return
    if not draft.early:
        yield Problem(
            "mark",
            f"Đến {format_date(reached)} mới đủ {draft.mark} năm tuổi Đảng. Nếu được xét tặng sớm vì bệnh nặng, "
            "hãy đánh dấu “trao sớm”; nếu không, hãy sửa mức hoặc ngày trao.",
            index=index,
        )
        return
    yield from _early(draft, reached, index)


def _early(draft: BadgeAwardDraft, reached: date, index: int) -> Iterator[Problem]:
    """Rule `badge.early`: at most 12 months before the mark, 24 from 70 years on (since 2021)."""
    try:
        months = early_months(draft.mark, draft.awarded_on)
    except NoRuleInForce as error:
        yield Problem("early", f"{error} Hãy tự kiểm tra thời gian trao sớm.", "warning", index)
        return
    if add_months(draft.awarded_on, months) < reached:
        yield Problem(
            "early",
            f"Mức {draft.mark} năm được trao sớm không quá {months} tháng, nhưng đến {format_date(reached)} mới đủ. "
            "Hãy sửa mức hoặc ngày trao.",
            _weight("badge.early", draft.awarded_on),
            index,
        )


def _after_death(
    draft: BadgeAwardDraft, spells: Sequence[Spell], died_on: date | None, index: int
) -> Iterator[Problem]:
    """Given to one who died a member of that cell; the mark reached, or missed by at most 12 months (`badge.death`)."""
    if died_on is None:
        yield Problem(
            "posthumous",
            "Sổ chưa ghi đảng viên từ trần. Hãy ghi việc “Từ trần” trước, hoặc bỏ đánh dấu truy tặng.",
            index=index,
        )
        return
    if died_on > draft.awarded_on:
        yield Problem(
            "posthumous",
            f"Đảng viên từ trần ngày {format_date(died_on)}, sau ngày trao. Hãy bỏ đánh dấu truy tặng hoặc sửa ngày.",
            index=index,
        )
    last = spell_on(spells, died_on, draft.organisation.pk, ended_that_day=True)
    if last is None:
        yield Problem(
            "organisation", "Đây không phải chi bộ cuối cùng của đảng viên. Hãy chọn lại chi bộ.", index=index
        )
        return
    if last.party_age_from is None:
        yield _no_party_age(index)
        return
    yield from _short_by(draft, mark_day(last.party_age_from, draft.mark), died_on, index)


def _short_by(draft: BadgeAwardDraft, reached: date, died_on: date, index: int) -> Iterator[Problem]:
    try:
        months = integer("badge.death", draft.awarded_on)
    except NoRuleInForce as error:
        yield Problem("posthumous", f"{error} Hãy tự kiểm tra thời gian xét truy tặng.", "warning", index)
        return
    if add_months(died_on, months) < reached:
        yield Problem(
            "mark",
            f"Truy tặng sớm không quá {months} tháng: tính từ ngày từ trần {format_date(died_on)}, đến "
            f"{format_date(reached)} mới đủ {draft.mark} năm tuổi Đảng. Hãy sửa mức Huy hiệu.",
            _weight("badge.death", draft.awarded_on),
            index,
        )
    elif add_months(died_on, months) < draft.awarded_on:
        # No text limits the time between death and the ceremony, so this asks and does not refuse.
        yield Problem(
            "awarded_on",
            f"Ngày trao sau ngày từ trần {format_date(died_on)} hơn {months} tháng. Hãy kiểm tra lại ngày.",
            "warning",
            index,
        )


def _no_party_age(index: int) -> Problem:
    return Problem(
        "member",
        "Chưa biết đảng viên được tính tuổi Đảng từ ngày nào. Hãy bổ sung ngày quyết định kết nạp vào quá trình trước.",
        index=index,
    )


def _given(members: Iterable[Member]) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for ids in chunks(m.pk for m in members):
        found |= set(current(BadgeAward.objects.filter(member__in=ids)).values_list("member_id", "mark"))
    return found


def _once(drafts: Numbered[BadgeAwardDraft], taken: set[tuple[int, int]]) -> Iterator[Problem]:
    again = {index for index, _ in repeated(drafts, lambda d: (d.member.pk, d.mark))}
    for index, draft in drafts:
        if (draft.member.pk, draft.mark) in taken or index in again:
            yield Problem(
                "mark",
                f"Đảng viên này đã có Huy hiệu {draft.mark} năm. Cấp lại Huy hiệu bị mất không ghi ở đây; "
                "nếu bản ghi cũ sai, hãy đính chính.",
                index=index,
            )
