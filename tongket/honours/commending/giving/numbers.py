"""Numbers of certificates in the register of the giving organisation: a run without gaps or doubles, corrections."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Max

from tongket.audit.acts import act
from tongket.audit.records import GONE, current
from tongket.core.dates import format_date, today
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import tidy
from tongket.honours.commending.acts import reason_problems
from tongket.honours.commending.giving.handing import Called, called_up
from tongket.honours.commending.models import CertificateNumber, CommendationRound
from tongket.organisations.models import Organisation

_MOST = 2_147_483_647


def next_number(organisation: Organisation, year: int) -> int:
    """The number after the last one used in the register of a year."""
    rows = current(CertificateNumber.objects.filter(organisation=organisation, year=year))
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


def unnumbered(round_: CommendationRound) -> list[Called]:
    """The commended of a campaign without a number yet, in the order in which they are called up."""
    return [one for one in called_up(round_) if one.number is None]


def run_numbers(
    round_: CommendationRound, *, start: int, issued_on: date, by: Any
) -> list[CertificateNumber]:
    """Number all commended of a campaign that have none, from `start` on, in the order of calling.

    The run has no gap, neither inside nor to the last number used before. Raises `Refused`, `Conflict`.
    """
    with act("certificate.number", by=by, organisation=round_.organisation, subject=round_) as current_act:
        standing = current(CommendationRound.objects.filter(identity=round_.identity)).first()
        if standing is None:
            raise Conflict(GONE)
        rows = unnumbered(standing)
        year = issued_on.year
        refuse_if_any(_run_problems(standing, rows, start, issued_on))
        made = [
            CertificateNumber(
                organisation=standing.organisation,
                round=standing.identity,
                proposal=one.proposal.identity,
                year=year,
                number=start + place,
                issued_on=issued_on,
                **current_act.stamp(),
            )
            for place, one in enumerate(rows)
        ]
        CertificateNumber.objects.bulk_create(made)
        current_act.note(count=len(made), first=start, last=start + len(made) - 1, year=year)
    return made


def _run_problems(
    round_: CommendationRound, rows: list[Called], start: int, issued_on: date
) -> list[Problem]:
    if not rows:
        return [Problem("", "Không còn ai được khen mà chưa có số vào sổ.")]
    if not 1 <= start <= _MOST - len(rows):
        return [Problem("start", "Số bắt đầu phải từ 1 trở lên. Hãy nhập lại.")]
    if issued_on > today():
        return [
            Problem("issued_on", f"Ngày vào sổ {format_date(issued_on)} ở sau hôm nay. Hãy kiểm tra lại.")
        ]
    early = [one for one in rows if one.row.decided_on > issued_on]
    if early:
        return [
            Problem(
                "issued_on",
                f"Ngày vào sổ {format_date(issued_on)} trước ngày quyết định "
                f"{format_date(early[0].row.decided_on)}. Hãy sửa ngày.",
            )
        ]
    return _taken_problems(round_, range(start, start + len(rows)), issued_on.year)


def _taken_problems(round_: CommendationRound, wanted: range, year: int) -> list[Problem]:
    """A number of the run that is used already, or a start that leaves a gap after the last one."""
    taken = current(
        CertificateNumber.objects.filter(
            organisation=round_.organisation, year=year, number__range=(wanted.start, wanted.stop - 1)
        )
    ).order_by("number")
    following = next_number(round_.organisation, year)
    first = taken.first()
    if first is not None:
        return [
            Problem(
                "start",
                f"Số {first.number} của sổ năm {year} đã dùng. Số tiếp theo là {following}.",
            )
        ]
    if following > 1 and wanted.start != following:
        return [
            Problem(
                "start",
                f"Bắt đầu từ {wanted.start} thì sổ năm {year} bị nhảy số. Số tiếp theo là {following}.",
            )
        ]
    return []


def correct_number(
    certificate: CertificateNumber, *, number: int, issued_on: date, reason: str, by: Any
) -> CertificateNumber:
    """Put another number in the place of a wrong one: the old record is voided. Raises `Refused`, `Conflict`."""
    refuse_if_any(list(reason_problems(reason, "reason", "Đính chính số vào sổ")))
    with act(
        "certificate.correct", by=by, organisation=certificate.organisation, subject=certificate
    ) as current_act:
        old = current(CertificateNumber.objects.filter(pk=certificate.pk)).first()
        if old is None:
            raise Conflict(GONE)
        if not 1 <= number <= _MOST:
            raise Refused([Problem("number", "Số vào sổ phải từ 1 trở lên. Hãy nhập lại.")])
        if issued_on > today():
            raise Refused([Problem("issued_on", "Ngày vào sổ ở sau hôm nay. Hãy kiểm tra lại.")])
        same = current(
            CertificateNumber.objects.filter(
                organisation=old.organisation, year=issued_on.year, number=number
            )
        )
        if same.exclude(pk=old.pk).exists():
            raise Refused(
                [Problem("number", f"Số {number} của sổ năm {issued_on.year} đã dùng. Hãy chọn số khác.")]
            )
        current_act.void(old, tidy(reason))
        new = CertificateNumber.objects.create(
            organisation=old.organisation,
            round=old.round,
            proposal=old.proposal,
            year=issued_on.year,
            number=number,
            issued_on=issued_on,
            **current_act.stamp(),
        )
        current_act.note(number=number, replaces=old.pk)
    return new


def gaps_of(numbers: Iterable[int]) -> list[int]:
    """The numbers missing between the first and the last (a correction may leave one)."""
    have = set(numbers)
    return [one for one in range(min(have), max(have)) if one not in have] if have else []
