"""Twelve slides for the conference: gathered, chosen, drawn."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from tongket.core.dates import format_date
from tongket.core.periods import Kind, Period
from tongket.members.heading import heading_of
from tongket.organisations.models import Organisation
from tongket.reports.facts import ReportFacts, gather
from tongket.reports.news.compose import day_told
from tongket.reports.news.records import YearRecords, records_of
from tongket.reports.news.setting import Setting, setting_of
from tongket.reports.news.telling import said
from tongket.reports.slides.choose import chosen
from tongket.reports.slides.draft import Draft
from tongket.reports.slides.drawing.draw import draw
from tongket.reports.slides.model import Deck, Opening

#: The opening and eleven more.
SLIDES = 12


def slides_of(
    organisation: Organisation,
    period: Period,
    *,
    as_at: date | None = None,
    as_known_at: datetime | None = None,
    viewer: Any = None,
    book_digest: str = "",
) -> bytes:
    """The .pptx of an organisation and period, as `viewer` (None: the machine's operator) may see it.

    What is masked for the viewer gives way to another slide. For the slides of a locked book give its `as_at`, its
    moment as `as_known_at` and its digest. The same figures give the same bytes. Raises what `figures.engine.ask`
    raises, and `Refused` for a term.
    """
    day = day_told(period, as_at)
    facts = gather(organisation, period, as_at=day, as_known_at=as_known_at, viewer=viewer)
    return draw(deck_of(facts, records_of(facts, viewer), setting_of(facts), book_digest))


def deck_of(facts: ReportFacts, records: YearRecords, setting: Setting, book_digest: str = "") -> Deck:
    """The deck in words and numbers, before it is drawn."""
    known = facts.now.as_known_at
    parts = [
        f"{setting.name} ({facts.organisation.code})",
        setting.period,
        f"số liệu tính đến ngày {setting.as_at}",
    ]
    if known is not None:
        parts.append(
            f"theo những gì đã ghi đến {timezone.localtime(known):%H:%M} {format_date(known.date())}"
        )
    parts.append(f"sổ số liệu đã chốt {book_digest}" if book_digest else "chưa gắn với sổ số liệu đã chốt")
    slides = chosen(Draft(facts, records, setting))
    return Deck(
        opening=_opening(facts, records, setting),
        slides=tuple(slides),
        source=f"Nguồn số liệu: {'; '.join(parts)}.",
        footer=f"{setting.issuer} · {setting.period}",
    )


def _opening(facts: ReportFacts, records: YearRecords, setting: Setting) -> Opening:
    called = records.called
    heading = heading_of(facts.organisation, facts.as_at)
    if called is None:
        review = "tổng kết" if facts.period.kind is Kind.YEAR else "sơ kết"
        title = f"Báo cáo {review} công tác xây dựng Đảng {setting.period}; nhiệm vụ {setting.period_after}"
        return Opening(
            setting.issuer, said(heading.parent), title, "", ("Chưa ghi hội nghị nào cho kỳ này.",)
        )
    when = (
        f"{said(called.place)}, ngày {format_date(called.on)}"
        if called.place
        else f"Ngày {format_date(called.on)}"
    )
    return Opening(
        setting.issuer,
        said(heading.parent),
        said(called.title),
        when,
        (f"Tên, ngày và nơi họp: hồ sơ hội nghị của {setting.issuer}.",),
    )


def file_name(organisation: Organisation, period: Period) -> str:
    """`trinh-chieu-QS-2023.pptx`."""
    code = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in organisation.code)
    return f"trinh-chieu-{code}-{period.code}.pptx"


__all__ = ["SLIDES", "deck_of", "file_name", "slides_of"]
