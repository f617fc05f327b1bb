"""What must hold of a round that is opened, and of everything that is done to it afterwards."""

from collections.abc import Iterator
from datetime import date

from tongket.audit.records import Numbered, chunks, current, repeated
from tongket.core.dates import format_date, today
from tongket.core.judging import RATED
from tongket.core.periods import BadPeriod, Kind, Period, parse_period
from tongket.core.problems import Problem, Refused
from tongket.organisations.lifetime import check_alive, lifetimes
from tongket.ratings.rounds.drafts import RoundDraft
from tongket.ratings.rounds.models import RatingRound
from tongket.ratings.rounds.queries import decision_of
from tongket.rules.catalogue import NoRuleInForce, sequence

KINDS = (Kind.YEAR, Kind.QUARTER, Kind.HALF, Kind.TERM)
_DAYS = (
    ("self_by", "hạn tự đánh giá"),
    ("vote_by", "hạn biểu quyết"),
    ("appraise_by", "hạn thẩm định"),
    ("decide_by", "hạn quyết định"),
)


def round_rules(drafts: Numbered[RoundDraft]) -> Iterator[Problem]:
    """A period that is rated and has begun, an organisation alive in it, days in order, one such round a period."""
    lives = lifetimes(draft.organisation for _, draft in drafts)
    timed: list[tuple[int, RoundDraft, Period]] = []
    for index, draft in drafts:
        try:
            period = parse_period(draft.period)
        except BadPeriod as error:
            yield Problem("period", str(error), index=index)
            continue
        timed.append((index, draft, period))
        yield from _period(period, index)
        yield from check_alive(lives, draft.organisation, min(period.end, max(today(), period.start)), index)
        yield from _days(draft, period, index)
    yield from _once(timed)


def _period(period: Period, index: int) -> Iterator[Problem]:
    if period.kind not in KINDS:
        yield Problem(
            "period",
            f"Không mở đợt xếp loại theo {period.label()}. "
            "Hãy ghi năm (2023), quý (2023-Q1), 6 tháng (2023-H1) hoặc nhiệm kỳ (2020-2025).",
            index=index,
        )
    elif period.start > today():
        yield Problem("period", f"{period.label().capitalize()} chưa bắt đầu. Hãy sửa kỳ.", index=index)
    else:
        yield from _when(period, index)


def _when(period: Period, index: int) -> Iterator[Problem]:
    """Whether the rule of the day (`rate.period`) names such a period; practice varies, so this warns."""
    try:
        named = sequence("rate.period", period.end)
    except NoRuleInForce:
        return
    if period.kind.value not in named and "when_needed" not in named:
        yield Problem(
            "period",
            f"Quy định đang có hiệu lực ngày {format_date(period.end)} chỉ nêu việc xếp loại theo năm, không nêu "
            f"{period.label()}. Hãy kiểm tra; nếu cấp ủy vẫn xếp loại kỳ này thì cứ mở đợt.",
            "warning",
            index,
        )


def _days(draft: RoundDraft, period: Period, index: int) -> Iterator[Problem]:
    if draft.opened_on < period.start:
        yield Problem(
            "opened_on",
            f"Ngày mở đợt {format_date(draft.opened_on)} trước khi {period.label()} bắt đầu. Hãy sửa ngày.",
            index=index,
        )
    before: tuple[date, str] = (draft.opened_on, "ngày mở đợt")
    for name, text in _DAYS:
        day: date | None = getattr(draft, name)
        if day is None:
            continue
        if day < before[0]:
            yield Problem(
                name,
                f"{text.capitalize()} {format_date(day)} trước {before[1]} {format_date(before[0])}. "
                "Hãy sửa một trong hai ngày.",
                index=index,
            )
        before = (day, text)


def _once(timed: list[tuple[int, RoundDraft, Period]]) -> Iterator[Problem]:
    keys = [(i, (d.organisation.pk, p.code, d.subject)) for i, d, p in timed]
    taken: set[tuple[int, str, str]] = set()
    for ids in chunks(d.organisation.pk for _, d, _ in timed):
        rows = current(
            RatingRound.objects.filter(organisation__in=ids, period__in={p.code for _, _, p in timed})
        )
        taken |= set(rows.values_list("organisation_id", "period", "subject"))
    again = {index for index, _ in repeated(keys, lambda key: key)}
    for (index, key), (_, draft, period) in zip(keys, timed, strict=True):
        if key in taken or index in again:
            yield Problem(
                "period",
                f"“{draft.organisation.name}” đã mở đợt xếp loại {RATED.label(draft.subject).lower()} "
                f"{period.label()}. Hãy mở đợt đó ra làm tiếp.",
                index=index,
            )


def refuse_if_decided(round: RatingRound) -> None:
    """A round that was decided is closed. Raises `Refused` saying what to do instead."""
    decision = decision_of(round)
    if decision is not None:
        number = decision.decision_number
        raise Refused(
            [
                Problem(
                    "",
                    f"Đợt này đã quyết định (số {number}), danh sách và các bước không sửa được nữa. "
                    "Nếu một kết quả sai, hãy đính chính kết quả xếp loại đó kèm lý do; nếu cả quyết định sai, "
                    "hãy hủy quyết định rồi làm lại.",
                )
            ]
        )
