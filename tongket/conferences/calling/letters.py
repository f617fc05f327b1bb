"""What is printed for a conference: letters of invitation, cards with the QR code, the attendance list."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from django.utils import timezone
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tongket.conferences.agenda.tree import Entry
from tongket.conferences.calling.cards import qr_png
from tongket.conferences.calling.letter_paper import CallingPaper
from tongket.conferences.models import Conference, Invitation, moment_text
from tongket.core.dates import long_date_vi
from tongket.core.text import tidy
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.word_paper import LEFT, repeat_heading

_DAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WHO, _NUMBER = "{{nguoi}}", "{{so}}"
_W_T = qn("w:t")


def hour_in_words(conference: Conference) -> str:
    """`13 giờ 30, ngày 28 tháng 12 năm 2023 (thứ Năm)`."""
    local = timezone.localtime(conference.starts_at)
    minutes = f" {local.minute:02d}" if local.minute else ""
    return f"{local.hour} giờ{minutes}, {long_date_vi(local.date())} ({_DAYS[local.weekday()]})"


def letters(conference: Conference, agenda: Sequence[Entry], rows: Sequence[Invitation]) -> bytes:
    """One Word file with a letter for each person, each on a page of its own.

    The letter is set once and its elements copied with the name put in: two hundred take a second.
    """
    paper = CallingPaper(conference.organisation, conference.on, f"Giấy mời: {conference.title}")
    _letter(paper, conference, agenda)
    body = paper.document.element.body
    section = body.sectPr
    pattern = [element for element in body if element is not section]
    for element in pattern:
        body.remove(element)
    for place, row in enumerate(rows):
        if place:
            section.addprevious(_page_break(paper))
        for element in pattern:
            copy = deepcopy(element)
            _fill(copy, {_WHO: f"{row.name}, {row.post}", _NUMBER: str(row.number)})
            section.addprevious(copy)
    return paper.content()


def _letter(paper: CallingPaper, conference: Conference, agenda: Sequence[Entry]) -> None:
    paper.headed("GM")
    paper.title("GIẤY MỜI", f"dự {conference.title}")
    paper.text(("Kính gửi: ", "i"), (_WHO, "b"))
    paper.text(f"{paper.issuer} trân trọng kính mời đồng chí dự {conference.title}.")
    paper.text(("1. Thời gian: ", "b"), f"{hour_in_words(conference)}.")
    paper.text(("2. Địa điểm: ", "b"), _full(conference.place))
    paper.text(("3. Chủ trì: ", "b"), _full(conference.chairs))
    if agenda:
        paper.text(("4. Nội dung:", "b"))
        for entry in agenda:
            by = f" ({entry.item.presenter})" if entry.item.presenter else ""
            paper.text(f"- {entry.item.title}{by}." if not entry.level else f"+ {entry.item.title}{by}.")
    if conference.note:
        paper.text(("Lưu ý: ", "b"), _full(conference.note))
    paper.text(
        ("Số đại biểu: ", "b"),
        (_NUMBER, "b"),
        (". Đề nghị đồng chí mang theo thẻ có mã QR để điểm danh và đến dự đầy đủ, đúng giờ.", ""),
    )
    paper.signed(("Như kính gửi", f"Lưu {paper.committee}"))


def _full(text: str) -> str:
    plain = tidy(text)
    return plain if plain.endswith(".") else f"{plain}."


def _page_break(paper: CallingPaper) -> Any:
    paragraph = paper.document.add_paragraph()
    # As low as Word allows: what is left of the paragraph stands on top of the next page.
    paragraph.paragraph_format.line_spacing = Pt(1)
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    element = paragraph._p
    element.getparent().remove(element)
    return element


def _fill(element: Any, values: dict[str, str]) -> None:
    for text in element.iter(_W_T):
        if text.text in values:
            text.text = values[text.text]


def cards_word(conference: Conference, rows: Sequence[tuple[Invitation, str]]) -> bytes:
    """A Word file of cards, two beside each other, ten on a page; each with name, post, number and QR code."""
    paper = CallingPaper(conference.organisation, conference.on, f"Thẻ đại biểu: {conference.title}")
    section = paper.document.sections[0]
    section.left_margin = section.right_margin = Mm(10)
    section.top_margin = section.bottom_margin = Mm(10)
    table = paper.columns(36, 59, 36, 59, rows=(len(rows) + 1) // 2, grid=True)
    lines = list(table.rows)
    for place, (row, address) in enumerate(rows):
        line = lines[place // 2]
        line.height = Mm(52)
        code, words = line.cells[(place % 2) * 2], line.cells[(place % 2) * 2 + 1]
        code.vertical_alignment = words.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        code.paragraphs[0].add_run().add_picture(qr_png(address), width=Mm(30))
        paper.cell(
            words,
            [
                (conference.title, 10, "i"),
                (f"Số {row.number}", 20, "b"),
                (row.name, 13, "b"),
                (row.post, 10, ""),
            ],
            LEFT,
        )
    return paper.content()


#: Heading and width in mm of the columns of the attendance list.
LIST_COLUMNS = (
    ("TT", 13),  # three digits on one line
    ("Họ và tên", 38),
    ("Chức vụ", 45),
    ("Có mặt", 16),
    ("Vắng, lý do", 30),
    ("Ký tên", 23),
)


def list_rows(rows: Sequence[Any]) -> list[tuple[str, str, str, str, str, str]]:
    """The rows of the attendance list as they are printed; `rows` come from `queries.marked_list`."""
    return [
        (str(place), row.name, row.post, _came(row.mark), _away(row.mark), "")
        for place, row in enumerate(rows, start=1)
    ]


def _came(mark: Any) -> str:
    return moment_text(mark.at).partition(" ")[0] if mark is not None and mark.state == "present" else ""


def _away(mark: Any) -> str:
    if mark is None or mark.state == "present":
        return ""
    return f"Có lý do: {mark.reason}" if mark.state == "excused" else "Không lý do"


def list_word(conference: Conference, rows: Sequence[Any], summary: str) -> bytes:
    """The attendance list as a Word file."""
    paper = CallingPaper(conference.organisation, conference.on, f"Danh sách điểm danh: {conference.title}")
    paper.headed("", conference.on)
    paper.title("DANH SÁCH ĐẠI BIỂU DỰ HỘI NGHỊ", conference.title)
    paper.text(f"Thời gian: {hour_in_words(conference)}. Địa điểm: {_full(conference.place)}")
    paper.text(summary)
    table = paper.columns(*(width for _, width in LIST_COLUMNS), rows=len(rows) + 1, grid=True)
    lines = list(table.rows)
    repeat_heading(lines[0])
    for cell, (heading, _) in zip(lines[0].cells, LIST_COLUMNS, strict=True):
        paper.cell(cell, [(heading, 12, "b")])
    for line, texts in zip(lines[1:], list_rows(rows), strict=True):
        for cell, text in zip(line.cells, texts, strict=True):
            paper.cell(cell, [(text, 12, "")], LEFT)
    return paper.content()


def list_excel(conference: Conference, rows: Sequence[Any], summary: str) -> bytes:
    """The attendance list as a workbook, with number, body and right to vote beside what is printed."""
    columns = [
        Column("TT", 6, "int"),
        Column("Số", 8, "int"),
        Column("Họ và tên", 28),
        Column("Chức vụ", 50),
        Column("Tổ chức", 36),
        Column("Quyền biểu quyết", 12),
        Column("Có mặt lúc", 18, "moment"),
        Column("Vắng, lý do", 36),
        Column("Ký tên", 16),
    ]
    lines = [
        (
            place,
            row.number,
            row.name,
            row.post,
            row.organisation.name if row.organisation else "",
            "Có" if row.voting else "",
            row.mark.at if row.mark is not None and row.mark.state == "present" else None,
            _away(row.mark),
            "",
        )
        for place, row in enumerate(rows, start=1)
    ]
    return list_workbook(f"Danh sách điểm danh: {conference.title}", summary, columns, lines)


def summary_of(numbers: Any, words: str) -> str:
    """How many were called, came and are away, and the quorum, in a sentence or two."""
    return (
        f"Được mời {numbers.invited}; có mặt {numbers.present}; vắng có lý do {numbers.excused};"
        f" vắng không lý do {numbers.absent}; chưa ghi {numbers.unmarked}. {words}"
    )
