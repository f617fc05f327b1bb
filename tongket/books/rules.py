"""What may be locked, signed and sent back, and by whom."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tongket.books.models import FigureBook
from tongket.books.standing import NAMES, ORDER, VERBS, Standing
from tongket.core.dates import format_date, today
from tongket.core.periods import Period
from tongket.core.problems import Problem
from tongket.organisations.models import Organisation
from tongket.organisations.queries import may


def check_lock(organisation: Organisation, period: Period, as_at: date, *, by: Any) -> Iterator[Problem]:
    """What stands in the way of locking a period as at a day, and what is doubtful about it.

    `by` None is the machine's operator. A period that is not over may be locked, with a warning.
    """
    if by is not None and not may(by, "book.write", organisation):
        yield Problem("", f"Bạn không được giao lập sổ số liệu của «{organisation}».")
    if period.start > today():
        yield Problem(
            "period",
            f"Kỳ {period.label()} bắt đầu ngày {format_date(period.start)}, chưa đến. Hãy chọn kỳ đã bắt đầu.",
        )
        return
    yield from _check_day(organisation, period, as_at)


def _check_day(organisation: Organisation, period: Period, as_at: date) -> Iterator[Problem]:
    if not period.contains(as_at):
        yield Problem(
            "as_at",
            f"Ngày {format_date(as_at)} không nằm trong kỳ {period.label()} (từ {format_date(period.start)} "
            f"đến {format_date(period.end)}). Hãy chọn ngày trong kỳ.",
        )
    elif as_at > today():
        yield Problem(
            "as_at",
            f"Ngày {format_date(as_at)} chưa đến: chưa có số liệu để chốt. Hãy chọn đến ngày "
            f"{format_date(today())} hoặc chờ hết kỳ.",
        )
    elif as_at < period.end:
        yield Problem(
            "as_at",
            f"Kỳ {period.label()} đến ngày {format_date(period.end)} mới hết. Sổ này chỉ là tạm chốt tính đến "
            f"{format_date(as_at)}; hết kỳ phải chốt lại và ký lại.",
            "warning",
        )
    elif period.end == today():
        yield Problem(
            "as_at", "Hôm nay là ngày cuối kỳ: việc ghi sau lúc chốt sẽ không nằm trong sổ.", "warning"
        )
    if as_at < organisation.founded_on:
        yield Problem(
            "as_at",
            f"«{organisation}» thành lập ngày {format_date(organisation.founded_on)}: chưa có số liệu để chốt.",
        )


def check_sign(book: FigureBook, standing: Standing, step: str, *, by: Any) -> Iterator[Problem]:
    """Whether it is this step's turn, whether the user holds its duty, and that nobody signs twice."""
    if step not in VERBS:
        yield Problem("step", "Không có bước ký này.")
        return
    if standing.state == "signed":
        yield Problem("step", "Sổ đã được ký đủ, không ký thêm.")
        return
    if step in standing.signed:
        yield Problem("step", f"Bước «{NAMES[step]}» đã có {standing.signed[step].name} ký.")
    elif step != standing.next_step:
        yield Problem(
            "step",
            f"Chưa đến lượt «{NAMES[step]}»: trước hết phải có chữ ký của «{NAMES[standing.next_step]}».",
        )
    if by is None or not may(by, VERBS[step], book.organisation):
        yield Problem("step", f"Bạn không được giao ký với tư cách «{NAMES[step]}» ở «{book.organisation}».")
        return
    for done, signature in standing.signed.items():
        if done != step and signature.user_id == by.pk:
            yield Problem(
                "step",
                f"Bạn đã ký với tư cách «{NAMES[done]}». Mỗi người chỉ ký một lần; bước này do người khác ký.",
            )


def check_return(book: FigureBook, standing: Standing, *, by: Any) -> Iterator[Problem]:
    """Whether the book can be sent back, by this user."""
    if standing.state == "signed":
        yield Problem(
            "reason", "Sổ đã được ký đủ, không trả lại được. Nếu số liệu sai, hãy chốt lại, nêu rõ lý do."
        )
        return
    if not standing.signed:
        yield Problem("reason", "Sổ chưa có ai ký, không có gì để trả lại. Người lập sổ có thể chốt lại.")
        return
    later = ORDER[ORDER.index(standing.next_step) :]
    if by is None or not any(may(by, VERBS[step], book.organisation) for step in later):
        yield Problem("reason", "Chỉ người đến lượt ký hoặc ký sau mới được trả lại sổ.")
