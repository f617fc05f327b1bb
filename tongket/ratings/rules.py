"""What must hold of ratings; each function judges a batch whose fields are sound."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from tongket.audit.records import Numbered, check_past, chunks, current, repeated
from tongket.core.codelists import NOT_RATED_REASON, RATING_LEVEL
from tongket.core.dates import add_months, format_date, today
from tongket.core.periods import BadPeriod, Kind, Period, parse_period
from tongket.core.problems import Problem
from tongket.members.derive import Spell
from tongket.members.standing import spell_on, spells_by_member
from tongket.organisations.lifetime import Lifetime, check_alive, lifetimes
from tongket.ratings.drafts import MemberRatingDraft, OrganisationRatingDraft
from tongket.ratings.models import MemberRating, OrganisationRating
from tongket.rules.catalogue import NoRuleInForce, table
from tongket.rules.organisations import UnknownKind
from tongket.rules.organisations import kind as kind_of

D = TypeVar("D", OrganisationRatingDraft, MemberRatingDraft)
Timed = Sequence[tuple[int, D, Period]]

# Parts of a body or its offices: reviewed within it, never rated as Party organisations.
_NEVER_RATED = frozenset({"group", "advisory_body", "central"})


def organisation_rating_rules(drafts: Numbered[OrganisationRatingDraft]) -> Iterator[Problem]:
    """Alive on the period's last day, of a kind that is rated, once a period, reason only when not rated."""
    lives = lifetimes(draft.organisation for _, draft in drafts)
    timed: list[tuple[int, OrganisationRatingDraft, Period]] = []
    yield from _read_periods(drafts, timed)
    for index, draft, period in timed:
        yield from check_alive(lives, draft.organisation, period.end, index)
        yield from _rated_kind(lives[draft.organisation.pk], period, index)
    taken: set[tuple[int, str]] = set()
    for ids in chunks(draft.organisation.pk for _, draft, _ in timed):
        rows = current(OrganisationRating.objects.filter(organisation__in=ids, period__in=_codes(timed)))
        taken |= set(rows.values_list("organisation_id", "period"))
    yield from _once(timed, taken, lambda draft: draft.organisation.pk, "organisation", "Tổ chức")


def _rated_kind(life: Lifetime, period: Period, index: int) -> Iterator[Problem]:
    try:
        kind = kind_of(life.kind_on(period.end))
    except UnknownKind as error:
        yield Problem("organisation", f"{error} Hãy sửa loại hình của tổ chức trước.", index=index)
        return
    if kind.code in _NEVER_RATED:
        yield Problem(
            "organisation",
            f"{kind.name_vi} không thuộc diện xếp loại. Hãy chọn đảng bộ, chi bộ cơ sở hoặc đảng bộ bộ phận, chi bộ "
            "trực thuộc.",
            index=index,
        )
    elif not (kind.is_grassroots or kind.holds_members or kind.code == "sub_body"):
        yield Problem(
            "organisation",
            f"{kind.name_vi} ở trên cấp cơ sở: chỉ ghi khi cấp trên đã quyết định xếp loại; không tính vào số "
            "tổ chức cơ sở đảng.",
            "warning",
            index,
        )


def member_rating_rules(drafts: Numbered[MemberRatingDraft]) -> Iterator[Problem]:
    """A member of that cell at the time, once a period, reason only when not rated; who is not to be rated, warned."""
    lives = lifetimes(draft.organisation for _, draft in drafts)
    timed: list[tuple[int, MemberRatingDraft, Period]] = []
    yield from _read_periods(drafts, timed)
    spells = spells_by_member(draft.member for _, draft, _ in timed)
    excluded = {period: excluded_rule(period.end) for _, _, period in timed}
    for index, draft, period in timed:
        yield from check_alive(lives, draft.organisation, period.end, index)
        spell = _spell(spells.get(draft.member.pk, ()), draft, period)
        if spell is None:
            yield _not_of_the_cell(lives[draft.organisation.pk], period, index)
        else:
            yield from _to_be_rated(draft, spell, period, excluded[period], index)
    taken: set[tuple[int, str]] = set()
    for ids in chunks(draft.member.pk for _, draft, _ in timed):
        rows = current(MemberRating.objects.filter(member__in=ids, period__in=_codes(timed)))
        taken |= set(rows.values_list("member_id", "period"))
    yield from _once(timed, taken, lambda draft: draft.member.pk, "member", "Đảng viên")


def _spell(spells: Sequence[Spell], draft: MemberRatingDraft, period: Period) -> Spell | None:
    """The spell in which the member was rated: on the period's last day, or on the day of the decision within it.

    Cells decide in December: who moves or dies between the decision and the last day keeps that rating.
    """
    cell, decided = draft.organisation.pk, draft.decision_date
    found = spell_on(spells, period.end, cell)
    if found is None and decided is not None and period.contains(decided):
        found = spell_on(spells, decided, cell)
    return found


def _not_of_the_cell(life: Lifetime, period: Period, index: int) -> Problem:
    return Problem(
        "member",
        f"Đảng viên không sinh hoạt tại “{life.name}” vào ngày {format_date(period.end)}. "
        "Hãy chọn chi bộ nơi đảng viên sinh hoạt vào cuối kỳ, hoặc ghi ngày quyết định xếp loại nếu đảng viên đã "
        "chuyển đi sau đó.",
        index=index,
    )


def is_rated_kind(code: str) -> bool:
    """Whether organisations of this kind are rated at all: Party bodies and cells, not groups and offices."""
    try:
        return kind_of(code).code not in _NEVER_RATED
    except UnknownKind:
        return False


def excluded_rule(day: date) -> Mapping[str, Any]:
    """Who is not reviewed and hence not rated (rule `rate.excluded`) on a day; empty before the first rule known."""
    try:
        return table("rate.excluded", day)
    except NoRuleInForce:
        return {}


def _to_be_rated(
    draft: MemberRatingDraft, spell: Spell, period: Period, rule: Mapping[str, Any], index: int
) -> Iterator[Problem]:
    """Who is exempt, suspended or new is not reviewed (rule `rate.excluded`); practice varies, so this warns."""
    applies = why_not_rated(spell, period.end, rule)
    if draft.level != "not_rated" and applies:
        names = ", ".join(NOT_RATED_REASON.label(code).lower() for code in sorted(applies))
        yield Problem(
            "level",
            f"Đảng viên thuộc diện chưa kiểm điểm, xếp loại ({names}). Hãy kiểm tra; nếu đúng, ghi “chưa xếp loại”.",
            "warning",
            index,
        )
    if draft.level == "not_rated" and draft.reason in {"exempt", "suspended"} and draft.reason not in applies:
        yield Problem(
            "reason",
            f"Sổ không ghi đảng viên {NOT_RATED_REASON.label(draft.reason).lower()} vào ngày "
            f"{format_date(period.end)}. Hãy ghi việc đó vào quá trình của đảng viên, hoặc sửa lý do.",
            "warning",
            index,
        )


def why_not_rated(spell: Spell, day: date, rule: Mapping[str, Any]) -> set[str]:
    """The reasons (codes of NOT_RATED_REASON) why one with this spell is not rated on a day by `rate.excluded`."""
    groups = rule.get("groups", ())
    found = {code for code in ("exempt", "suspended") if code in groups and getattr(spell, code)}
    months = rule.get("admitted_less_than_months")
    if (
        "under_six_months" in groups
        and isinstance(months, int)
        and spell.admitted_on is not None
        and spell.standing == "probationary"
        and add_months(spell.admitted_on, months) > day
    ):
        found.add("under_six_months")
    return found


def _read_periods(drafts: Numbered[D], timed: list[tuple[int, D, Period]]) -> Iterator[Problem]:
    """Judge what both kinds of rating share; drafts with a readable period go into `timed`."""
    periods: dict[str, Period | BadPeriod] = {}
    for index, draft in drafts:
        if draft.period not in periods:
            periods[draft.period] = _period(draft.period)
        yield from _reason(draft, index)
        yield from check_past(draft.decision_date, "decision_date", "Ngày quyết định", index)
        period = periods[draft.period]
        if isinstance(period, BadPeriod):
            yield Problem("period", str(period), index=index)
            continue
        timed.append((index, draft, period))
        yield from _days(draft, period, index)


def _period(text: str) -> Period | BadPeriod:
    try:
        return parse_period(text)
    except BadPeriod as error:
        return error


def _days(
    draft: OrganisationRatingDraft | MemberRatingDraft, period: Period, index: int
) -> Iterator[Problem]:
    if period.kind in (Kind.MONTH, Kind.NINE_MONTHS, Kind.HALF_TERM):
        yield Problem(
            "period",
            f"Không xếp loại theo {period.label()}. "
            "Hãy ghi năm (2023), quý (2023-Q1), 6 tháng (2023-H1) hoặc nhiệm kỳ.",
            index=index,
        )
    if period.start > today():
        yield Problem("period", f"{period.label().capitalize()} chưa bắt đầu. Hãy sửa kỳ.", index=index)
    if draft.decision_date is not None and draft.decision_date < period.start:
        yield Problem(
            "decision_date",
            f"Ngày quyết định {format_date(draft.decision_date)} trước khi {period.label()} bắt đầu. "
            "Hãy sửa ngày hoặc kỳ.",
            index=index,
        )


def _reason(draft: OrganisationRatingDraft | MemberRatingDraft, index: int) -> Iterator[Problem]:
    if draft.level == "not_rated" and not draft.reason:
        texts = ", ".join(text.lower() for _, text in NOT_RATED_REASON.choices)
        yield Problem("reason", f"Chưa nêu lý do chưa đánh giá. Hãy chọn một trong: {texts}.", index=index)
    if draft.level != "not_rated" and draft.reason:
        level = RATING_LEVEL.label(draft.level).lower()
        yield Problem(
            "reason", f"Đã xếp loại “{level}” thì không có lý do chưa đánh giá. Hãy bỏ trống.", index=index
        )


def _once(
    timed: "Timed[D]", taken: set[tuple[int, str]], of: Any, field: str, what: str
) -> Iterator[Problem]:
    """One rating for whom it is about and the period, in the book and in the batch."""
    again = {i for i, _ in repeated([(i, (of(d), p.code)) for i, d, p in timed], lambda key: key)}
    for index, draft, period in timed:
        if (of(draft), period.code) in taken:
            yield Problem(
                field,
                f"{what} này đã có kết quả xếp loại {period.label()}. Nếu kết quả đó sai, hãy đính chính.",
                index=index,
            )
        elif index in again:
            yield Problem(
                field,
                f"{what} này ghi hai lần cho {period.label()} trong danh sách. Hãy bỏ một dòng.",
                index=index,
            )


def _codes(timed: "Iterable[tuple[int, Any, Period]]") -> set[str]:
    return {period.code for _, _, period in timed}
