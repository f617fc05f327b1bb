"""Rules of joining and of Party age, as pure functions over dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tongket.core.dates import add_months, full_months, full_years
from tongket.core.findings import Finding

from .catalogue import NoRuleInForce, in_force, integer

__all__ = [
    "Gap",
    "check_admission_age",
    "earliest_official_date",
    "months_by_calendar",
    "party_age_from",
    "party_age_years",
]

#: Time outside the Party: the day out, and the day in again (None while still out).
Gap = tuple[date, date | None]


def party_age_from(first_admission_decision: date, gaps: Sequence[Gap] = ()) -> date:
    """The day from which Party age counts.

    Party age runs from the day the competent body signed the admission decision, minus
    the time outside: expulsion, removal from the list, lost contact, a gap in a transfer
    (Điều lệ Đảng, article 5.4; 29-QĐ/TW, point 4.5). So the day of the first decision is
    shifted by the total time outside. Time is counted as offices do, in whole months and
    the days left over: a gap of one year moves the day by one year, leap year or not.
    Gaps that overlap count once. A gap that is still open shifts nothing: Party age then
    stands still, and is asked as on the day the gap opened.

    Raises ValueError for a gap that ends before it starts or starts before the first decision.
    """
    if not gaps:
        return first_admission_decision
    months = days = 0
    for start, end in _merged(first_admission_decision, gaps):
        whole = full_months(start, end)
        months += whole
        days += (end - add_months(start, whole)).days
    return add_months(first_admission_decision, months) + timedelta(days=days)


def _merged(first: date, gaps: Sequence[Gap]) -> list[tuple[date, date]]:
    """Closed gaps in order, overlapping and touching ones joined; none beyond an open gap's first day."""
    merged: list[tuple[date, date]] = []
    opened = min((start for start, end in gaps if end is None), default=date.max)
    if any(start < first for start, _ in gaps):
        raise ValueError("Thời gian gián đoạn không thể bắt đầu trước ngày quyết định kết nạp lần đầu.")
    for start, end in sorted((s, e) for s, e in gaps if e is not None):
        if end < start:
            raise ValueError("Ngày trở lại sinh hoạt không thể trước ngày ra khỏi Đảng.")
        start, end = min(start, opened), min(end, opened)
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def party_age_years(from_day: date, on: date) -> int:
    """Full years of Party age on a day; ``from_day`` is that of :func:`party_age_from`. Never below 0."""
    return max(0, full_years(from_day, on))


def earliest_official_date(ceremony: date) -> date:
    """The day from which a member is official: when the 12 months of probation end.

    Probation runs from the day of the ceremony (Điều lệ Đảng, article 5); a late meeting
    or approval does not move the day (24-QĐ/TW, point 4.2.2). For ceremonies older than
    the oldest version known, that version's length is taken.
    """
    try:
        length = integer("prob.months", ceremony)
    except NoRuleInForce:
        length = 12
    return add_months(ceremony, length)


def months_by_calendar(birth: date, on: date) -> int:
    """Age in months by the calendar, from month of birth to month of the day, the days not counted.

    This is our reading of "tính theo tháng" in the regulation on admissions.
    """
    return (on.year - birth.year) * 12 + on.month - birth.month


def check_admission_age(birth: date, on: date) -> list[Finding]:
    """Whether a person is of age to be admitted on the day the cell considers it.

    Below the least age is an error; above the greatest a warning, since a committee
    directly under the Centre may consent. For days before the oldest version known
    nothing can be judged and nothing is found. Raises nothing.
    """
    try:
        least, most = in_force("adm.age.min", on), in_force("adm.age.max", on)
    except NoRuleInForce:
        return []
    months = months_by_calendar(birth, on)
    youngest, oldest = integer("adm.age.min", on), integer("adm.age.max", on)
    if months < 12 * youngest:
        return [
            Finding(
                "admission.too_young",
                "error",
                f"Người vào Đảng chưa đủ {youngest} tuổi vào ngày chi bộ xem xét.",
                f"The person was not yet {youngest} on the day the cell considered the admission.",
                least.citation(),
            )
        ]
    if months > 12 * oldest:
        return [
            Finding(
                "admission.too_old",
                "warning",
                f"Người vào Đảng quá {oldest} tuổi: cần cấp ủy trực thuộc Trung ương đồng ý bằng văn bản "
                "trước khi quyết định.",
                f"The person was over {oldest}: a committee directly under the Centre consents in writing beforehand.",
                most.citation(),
            )
        ]
    return []
