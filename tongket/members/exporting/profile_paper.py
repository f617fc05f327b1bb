"""The phiếu đảng viên of one member as a Word paper: what is recorded, and dotted lines where nothing is.

The content follows Mẫu 2-HSĐV (12-HD/BTCTW, 38-HD/BTCTW) as far as it is known; its exact print was not seen. A blank
is a line to write on, never a word that stands for one; a restricted field that the reader did not ask for says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tongket.core import codelists as codes
from tongket.core.dates import FOREVER, format_date
from tongket.members.exporting.people import Known
from tongket.members.fields import LISTS, RESTRICTED
from tongket.members.heading import heading_of
from tongket.members.models import MemberCard, MemberEvent, PostHolding
from tongket.ui.word_paper import WordPaper

LINE = "…………………………………"
WITHHELD = "(không in ở bản này)"
_LAYOUT = "Các mục theo Mẫu 2-HSĐV; cách trình bày chưa được đối chiếu với bản in chính thức."


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the paper: title, headings, rows of texts and the widths of its columns in mm."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


#: The numbered items: what the paper calls them, and the profile field or the member's own.
ITEMS: tuple[tuple[str, str], ...] = (
    ("Họ và tên đang dùng", "full_name"),
    ("Họ và tên khai sinh", "birth_name"),
    ("Bí danh, tên gọi khác", "other_names"),
    ("Giới tính", "gender"),
    ("Ngày sinh", "birth_date"),
    ("Số định danh cá nhân, CCCD", "national_id"),
    ("Số CMND cũ", "old_id_number"),
    ("Nơi sinh", "birthplace"),
    ("Quê quán", "home_town"),
    ("Nơi thường trú", "permanent_address"),
    ("Nơi thường trú theo địa danh mới", "permanent_address_new"),
    ("Nơi tạm trú", "temporary_address"),
    ("Điện thoại", "phone"),
    ("Dân tộc", "ethnicity"),
    ("Tôn giáo", "religion"),
    ("Nghề nghiệp trước khi vào Đảng", "occupation_before"),
    ("Nghề nghiệp hiện nay", "occupation"),
    ("Đơn vị công tác", "workplace"),
    ("Chức vụ chính quyền, đoàn thể", "position"),
    ("Ngày quyết định kết nạp vào Đảng", "admitted_on"),
    ("Ngày chính thức", "official_on"),
    ("Chi bộ đang sinh hoạt", "cell_name"),
    ("Giáo dục phổ thông", "schooling"),
    ("Chuyên môn, nghiệp vụ", "education"),
    ("Chức danh khoa học", "academic_title"),
    ("Lý luận chính trị", "theory"),
    ("Ngoại ngữ", "foreign_language"),
    ("Tin học", "it_skill"),
)


def profile_paper(known: Known, sections: Sequence[Section], *, on: date, revealed: bool) -> bytes:
    """The .docx of one member; `sections` are the tables that the reader's duties open."""
    member = known.member
    paper = WordPaper(on, f"Phiếu đảng viên {member.full_name}", "", numbered=True)
    if known.organisation is not None:
        head = heading_of(known.organisation, on)
        paper.head(head.parent, head.issuer, "", head.place_date)
    paper.title("Phiếu đảng viên", member.full_name.upper())
    profile = getattr(known.detail, "profile_number", "") or LINE
    paper.text(
        "Số lý lịch: ", (profile, "b"), ".  Số thẻ đảng viên: ", (member.card_number or LINE, "b"), "."
    )
    paper.heading("I. Sơ lược lý lịch")
    for number, (text, name) in enumerate(ITEMS, start=1):
        value = item(known, name, revealed=revealed)
        paper.text(f"{number}. {text}: ", (value, "b" if value not in (LINE, WITHHELD) else ""))
    for number, section in enumerate(sections, start=2):
        paper.heading(f"{_ROMAN[number]}. {section.title}")
        rows = section.rows or (tuple("" for _head in section.heads),)
        paper.table(section.heads, rows, section.widths, left=tuple(range(1, len(section.heads))))
    if not revealed:
        paper.text(
            ("Bản này không in các mục hạn chế (số định danh, dân tộc, tôn giáo, nơi ở, điện thoại).", "i")
        )
    paper.text((_LAYOUT, "i"))
    paper.signatures(
        [("NGƯỜI KHAI", 13, "b"), ("(ký, ghi rõ họ tên)", 12, "i")],
        [("T/M CẤP ỦY CƠ SỞ", 13, "b"), ("(ký tên, đóng dấu)", 12, "i")],
    )
    return paper.content()


_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def item(known: Known, name: str, *, revealed: bool) -> str:
    """The text of one item."""
    if name == "cell_name":
        return known.cell_name or LINE
    if name in ("admitted_on", "official_on"):
        day = getattr(known.spell, name, None)
        return LINE if day is None else format_date(day)
    value: Any = getattr(known.detail, name, None)
    if name == "full_name":
        return str(known.member.full_name).upper()
    if value in (None, ""):
        return LINE
    if name in RESTRICTED and not revealed:
        return WITHHELD
    if name == "birth_date":
        return str(value.year) if known.detail and known.detail.birth_year_only else format_date(value)
    return LISTS[name].label(value) if name in LISTS else str(value)


def life_section(events: Sequence[MemberEvent]) -> Section:
    """The events of the life that stand, oldest first. Of a removal the register says no reason, nor does the paper."""
    rows = tuple(
        (
            format_date(event.on),
            codes.MEMBER_EVENT.label(event.kind),
            event.organisation.name,
            ", ".join(part for part in (event.decision_number, event.other_body) if part),
        )
        for event in events
    )
    return Section(
        "Quá trình sinh hoạt Đảng",
        ("Ngày", "Việc", "Tổ chức", "Quyết định, nơi khác"),
        rows,
        (24, 44, 58, 39),
    )


def posts_section(posts: Sequence[PostHolding]) -> Section:
    """Party posts, oldest first."""
    rows = tuple(
        (
            format_date(post.valid_from),
            "" if post.valid_to == FOREVER else format_date(post.valid_to),
            post.title or codes.POST.label(post.post),
            post.organisation.name,
        )
        for post in posts
    )
    return Section(
        "Chức vụ trong Đảng", ("Từ ngày", "Đến ngày", "Chức vụ", "Tổ chức"), rows, (24, 24, 58, 59)
    )


def cards_section(cards: Sequence[MemberCard]) -> Section:
    """Party cards, oldest first."""
    rows = tuple(
        (
            card.number,
            codes.CARD_KIND.label(card.kind),
            "" if card.issued_on is None else format_date(card.issued_on),
            card.issued_by,
        )
        for card in cards
    )
    return Section("Thẻ đảng viên", ("Số thẻ", "Loại", "Ngày cấp", "Nơi cấp"), rows, (36, 42, 28, 59))
