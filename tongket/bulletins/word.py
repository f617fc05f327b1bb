"""The monthly bulletin as a Word file in the Party's document form."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tongket.bulletins.models import Bulletin
from tongket.core.dates import add_months, format_date, today
from tongket.core.worklists import MOOD_TOPIC
from tongket.members.heading import heading_of
from tongket.members.paper import HeadedPaper
from tongket.organisations.models import Organisation


def bulletin_paper(
    organisation: Organisation, month: date, topics: Sequence[tuple[str, Sequence[Bulletin]]]
) -> bytes:
    """The month's notes topic by topic, each with its answer, or "chưa trả lời"."""
    on = min(today(), max(month, add_months(month, 1)))
    heading = replace(heading_of(organisation, on), signer="")  # a bulletin names nobody
    subject = f"Tình hình tư tưởng, dư luận trong nhân dân tháng {month:%m/%Y}"
    paper = HeadedPaper(heading, on, subject)
    paper.headed(heading.symbol)
    paper.title("Báo cáo", subject)
    if not topics:
        paper.said("Trong tháng không ghi nhận nội dung nổi lên.")
    for number, (topic, notes) in enumerate(topics, start=1):
        paper.heading(f"{number}. {MOOD_TOPIC.label(topic)}")
        for note in notes:
            paper.said(note.text, lead="- Nội dung: " if len(notes) > 1 else "Nội dung: ")
            if note.answered_on:
                said = f"{note.answer.rstrip('. ')} ({note.answering_body}, ngày {format_date(note.answered_on)})"
                paper.said(said, lead="Trả lời, giải quyết: ")
            else:
                paper.said("Chưa có.", lead="Trả lời, giải quyết: ")
    paper.signed()
    return paper.content()
