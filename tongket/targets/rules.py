"""What must hold of targets; judges a batch whose fields are sound."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from tongket.audit.records import Numbered, check_past, chunks, current
from tongket.core.dates import FOREVER, format_date
from tongket.core.periods import BadPeriod, Period, parse_period
from tongket.core.problems import Problem
from tongket.indicators.catalogue import INDICATORS
from tongket.organisations.lifetime import Lifetime, lifetimes
from tongket.targets.drafts import TargetDraft
from tongket.targets.models import Target

Key = tuple[int, str, str, str]
Span = tuple[date, date]


def target_rules(drafts: Numbered[TargetDraft]) -> Iterator[Problem]:
    """A declared figure, a readable period, a value above 0, days within the period, one in force at a time."""
    lives = lifetimes(draft.organisation for _, draft in drafts)
    timed: list[tuple[int, TargetDraft, Period]] = []
    for index, draft in drafts:
        yield from _target_itself(draft, index)
        try:
            period = parse_period(draft.period)
        except BadPeriod as error:
            yield Problem("period", str(error), index=index)
            continue
        yield from _days(draft, period, lives[draft.organisation.pk], index)
        timed.append((index, draft, period))
    yield from _one_at_a_time(timed)


def _target_itself(draft: TargetDraft, index: int) -> Iterator[Problem]:
    declared = INDICATORS.get(draft.indicator)
    if declared is None:
        yield Problem(
            "indicator",
            f"Không có chỉ số “{draft.indicator}”. Hãy chọn mã ở trang Số liệu (lệnh ./run indicators).",
            index=index,
        )
    elif declared.domain == "targets" or getattr(declared.formula, "source", "") == "targets":
        yield Problem(
            "indicator",
            f"“{declared.vi}” là chính mức giao. Hãy chọn chỉ số kết quả mà chỉ tiêu đặt ra.",
            index=index,
        )
    if draft.value <= 0:
        yield Problem("value", "Mức giao phải lớn hơn 0. Không giao chỉ tiêu thì không ghi.", index=index)
    yield from check_past(draft.decision_date, "decision_date", "Ngày quyết định", index)


def _days(draft: TargetDraft, period: Period, life: Lifetime, index: int) -> Iterator[Problem]:
    if life.ends_on <= period.start or life.founded_on > period.end:
        yield Problem(
            "organisation",
            f"“{life.name}” không hoạt động trong {period.label()}. Hãy sửa kỳ hoặc chọn tổ chức khác.",
            index=index,
        )
    if draft.valid_from > period.end:
        yield Problem(
            "valid_from",
            f"Có hiệu lực từ {format_date(draft.valid_from)}, khi {period.label()} đã hết. Hãy sửa ngày hoặc kỳ.",
            index=index,
        )
    if draft.valid_to <= draft.valid_from:
        yield Problem(
            "valid_to",
            f"Ngày hết hiệu lực {format_date(draft.valid_to)} phải sau ngày bắt đầu {format_date(draft.valid_from)}.",
            index=index,
        )
    if draft.decision_date is not None and draft.decision_date > period.end:
        yield Problem(
            "decision_date",
            f"Quyết định ngày {format_date(draft.decision_date)} ra sau khi {period.label()} đã hết. Hãy kiểm tra lại.",
            "warning",
            index,
        )


def _one_at_a_time(timed: Sequence[tuple[int, TargetDraft, Period]]) -> Iterator[Problem]:
    """For an organisation, indicator, period and giver at most one target is in force on any day."""
    spans: dict[Key, list[Span]] = {}
    for ids in chunks(draft.organisation.pk for _, draft, _ in timed):
        for row in current(Target.objects.filter(organisation__in=ids)):
            spans.setdefault(_key(row, row.organisation_id, row.period), []).append(
                (row.valid_from, row.valid_to)
            )
    for index, draft, period in timed:
        mine = spans.setdefault(_key(draft, draft.organisation.pk, period.code), [])
        start, end = draft.valid_from, draft.valid_to
        other = next((s for s in mine if s[0] < end and start < s[1]), None)
        if other is not None:
            until = "" if other[1] == FOREVER else f" đến trước {format_date(other[1])}"
            yield Problem(
                "valid_from",
                f"Đã có chỉ tiêu này cho {period.label()}, hiệu lực từ {format_date(other[0])}{until}. "
                "Nếu được giao lại, hãy dùng “Điều chỉnh chỉ tiêu”; nếu ghi sai, hãy đính chính.",
                index=index,
            )
        mine.append((start, end))


def _key(of: Any, organisation_id: int, period: str) -> Key:
    return organisation_id, of.indicator, period, of.giver


def change_rules(target: Target, on: date) -> Iterator[Problem]:
    """The day of a change lies after the old target came into force and before it ends or its period is over."""
    last = min(target.period_end, target.valid_to)
    if on <= target.valid_from or on > target.period_end or on >= target.valid_to:
        yield Problem(
            "valid_from",
            f"Ngày điều chỉnh {format_date(on)} phải sau {format_date(target.valid_from)} "
            f"(ngày chỉ tiêu cũ có hiệu lực) và không sau {format_date(last)}. "
            "Nếu mức cũ ghi sai ngay từ đầu, hãy đính chính.",
        )
