"""An event's programme as a Word file in the Party's document form."""

from collections.abc import Sequence
from dataclasses import replace

from tongket.core.dates import format_date, today
from tongket.core.text import fold
from tongket.events.models import Event, ProgrammeItem
from tongket.members.heading import heading_of
from tongket.members.paper import HeadedPaper


def when_text(event: Event) -> str:
    """The day or days of an event."""
    first, last = format_date(event.starts_on), format_date(event.ends_on)
    return first if first == last else f"{first} – {last}"


def programme_paper(event: Event, lines: Sequence[ProgrammeItem], *, with_signer: bool) -> bytes:
    """Head, occasion, time, place, partners, the lines as a table, signature.

    `with_signer` False leaves the signer's name out, for a reader who may not read the register.
    """
    on = min(today(), event.starts_on)
    heading = heading_of(event.organisation, max(on, event.organisation.founded_on))
    if not with_signer:
        heading = replace(heading, signer="")
    paper = HeadedPaper(heading, on, event.title)
    paper.headed(heading.symbol.replace("BC/", "CTr/"))
    paper.title("Chương trình", event.title, _occasion(event))
    for lead, text in (
        ("Thời gian: ", when_text(event)),
        ("Địa điểm: ", event.place),
        ("Đơn vị phối hợp, khách mời: ", event.partners),
    ):
        if text:
            paper.said(text, lead=lead)
    if lines:
        paper.said("")
        rows = [[line.time_text, line.content, line.who] for line in lines]
        paper.table(["Thời gian", "Nội dung", "Thực hiện"], rows, [30, 90, 50])
    paper.signed()
    return paper.content()


def _occasion(event: Event) -> str:
    """The occasion, unless the title says it already."""
    if not event.occasion or fold(event.occasion) in fold(event.title):
        return ""
    return (
        event.occasion
        if fold(event.occasion).startswith(("ky niem", "nhan"))
        else f"nhân dịp {event.occasion}"
    )
