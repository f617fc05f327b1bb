"""Papers of a round of badges in Word and Excel: lists, submission, ceremony, declarations, money.

The heads follow the Party's document form. The member's declaration (mẫu 6-HHĐ) was not seen itself: it holds the
fields known from what was read and says so on the paper.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tongket.core.codelists import POST
from tongket.core.dates import format_date, long_date_vi
from tongket.core.judging import BADGE_GROUND
from tongket.core.numbers import format_number
from tongket.honours.badging.acts import who_decides
from tongket.honours.badging.queries import ceremony_order, money_of
from tongket.honours.models import BadgeProposal
from tongket.members.models import MemberDetail, PostHolding
from tongket.members.standing import spell_on, spells_by_member
from tongket.organisations.models import Organisation
from tongket.organisations.paper_names import COMMITTEES, SYMBOLS, above_of, issuer_of, party_body, place_of
from tongket.organisations.queries import name_on
from tongket.rules.badges import Money, bonus_or_none
from tongket.rules.catalogue import NoRuleInForce, in_force, integer, table
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.word_paper import WordPaper

UNKNOWN_BONUS = "chưa có mức trong quy định đã biết"
SHORT_UNKNOWN = "chưa có mức"


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal as the lists print it."""

    row: BadgeProposal
    birth: date | None
    admitted: date | None
    bonus: Decimal | None


@dataclass(frozen=True, slots=True)
class Kind:
    """A paper: its name, the states of the proposals that it holds, whether it is also an Excel list."""

    name: str
    states: tuple[str, ...]
    excel: bool = True


KINDS = {
    "danh-sach": Kind("Danh sách đề nghị tặng Huy hiệu Đảng", ("proposed", "sent", "approved", "awarded")),
    "to-trinh": Kind("Tờ trình đề nghị tặng Huy hiệu Đảng", ("proposed", "sent"), excel=False),
    "to-khai": Kind("Tờ khai đề nghị tặng Huy hiệu Đảng", ("proposed", "sent"), excel=False),
    "quyet-dinh": Kind("Danh sách đảng viên được tặng Huy hiệu Đảng", ("approved", "awarded")),
    "trao": Kind("Danh sách trao Huy hiệu Đảng", ("approved", "awarded")),
    "tien": Kind("Danh sách cấp tiền thưởng kèm theo Huy hiệu Đảng", ("approved", "awarded")),
}


def lines_of(proposals: Sequence[BadgeProposal], award_day: date) -> list[Line]:
    """The proposals with birth, admission and bonus, as offices call them up: highest mark first, then by name."""
    rows = ceremony_order(proposals)
    spells = spells_by_member(row.member for row in rows)
    lines = []
    for row in rows:
        own = spells.get(row.member_id, [])
        spell = spell_on(own, award_day) or (own[-1] if own else None)
        lines.append(
            Line(
                row,
                row.member.birth_date,
                spell.admitted_on if spell else None,
                bonus_or_none(row.mark, award_day),
            )
        )
    return lines


def money_words(money: Money) -> str:
    """The sum, and for how many it is not known: "12.345.000 đồng (5 Huy hiệu); 2 Huy hiệu chưa có mức …"."""
    said = f"{format_number(money.known)} đồng ({money.counted} Huy hiệu)"
    return f"{said}; {money.unknown} Huy hiệu {UNKNOWN_BONUS}" if money.unknown else said


def ground_words(row: BadgeProposal) -> str:
    """What the note column says: nothing for the usual case."""
    return "" if row.ground == "due" else BADGE_GROUND.label(row.ground)


class BadgePaper(WordPaper):
    """One Word file of an organisation about a round."""

    def __init__(self, organisation: Organisation, award_day: date, title: str) -> None:
        self.organisation, self.award_day = organisation, award_day
        self.issuer, self.committee = issuer_of(name_on(organisation, award_day), organisation.kind)
        self.above, self.above_committee = above_of(organisation, award_day)
        super().__init__(award_day, title, self.issuer, numbered=True)

    def headed(self, letters: str = "") -> None:
        """The head; `letters` of the kind of paper, "" for one without number. The day is left to the signer."""
        symbol = f"{letters}/{SYMBOLS.get(self.committee, 'ĐU')}" if letters else ""
        place = place_of(self.issuer, self.committee, self.above)
        self.head(
            party_body(self.above),
            self.issuer,
            symbol,
            f"{place}, ngày      tháng      năm {self.award_day.year}",
        )

    def signed(self, recipients: tuple[str, ...]) -> None:
        """Recipients, and the secretary's signature for the committee."""
        wide = self.committee in COMMITTEES.values()
        on_behalf = "T/M BAN THƯỜNG VỤ" if wide else f"T/M {self.committee.upper()}"
        held = PostHolding.objects.filter(
            organisation=self.organisation,
            post="secretary",
            voided_at__isnull=True,
            valid_from__lte=self.award_day,
            valid_to__gt=self.award_day,
        ).select_related("member")
        first = held.first()
        signer = str(first.member.full_name) if first else ""
        self.closing(recipients, on_behalf, POST.label("secretary").upper(), signer)


def round_words(award_day: date) -> str:
    """`đợt 03/02/2024`."""
    return f"đợt {format_date(award_day)}"


# --- lists --------------------------------------------------------------------------------------------------

_WIDTHS: dict[str, tuple[int, ...]] = {
    "danh-sach": (12, 33, 24, 24, 24, 15, 36),
    "quyet-dinh": (12, 42, 25, 16, 47, 26),
    "trao": (12, 46, 25, 16, 45, 24),
    "tien": (12, 40, 46, 16, 30, 26),
}
#: Columns of names, which stand at the left.
_LEFT = {"danh-sach": (1, 6), "quyet-dinh": (1, 4, 5), "trao": (1, 4, 5), "tien": (1, 2)}
_HEADS: dict[str, tuple[str, ...]] = {
    "danh-sach": ("TT", "Họ và tên", "Ngày sinh", "Ngày kết nạp", "Ngày đủ năm", "Mức", "Chi bộ; ghi chú"),
    "quyet-dinh": ("TT", "Họ và tên", "Ngày sinh", "Mức", "Chi bộ", "Ghi chú"),
    "trao": ("TT", "Họ và tên", "Ngày sinh", "Mức", "Chi bộ", "Ghi chú"),
    "tien": ("TT", "Họ và tên", "Chi bộ", "Mức", "Tiền thưởng (đồng)", "Ký nhận"),
}


def cell_words(cell: Organisation, asked: Organisation) -> str:
    """A cell with the body above it, since every commune has a "Chi bộ thôn 1"; not where that is the asked one."""
    above = cell.parent
    return (
        f"{cell.name}, {above.name}" if above and above.pk != asked.pk and cell.pk != asked.pk else cell.name
    )


def _cells(kind: str, number: int, line: Line, asked: Organisation) -> list[str]:
    row, note = line.row, ground_words(line.row)
    person = [str(number), row.member.full_name]
    birth, mark, cell = _day(line.birth), str(row.mark), cell_words(row.organisation, asked)
    if kind == "danh-sach":
        tail = f"{cell}; {note}" if note else cell
        return [*person, birth, _day(line.admitted), _day(row.reached_on), mark, tail]
    if kind == "quyet-dinh":
        return [*person, birth, mark, cell, note]
    if kind == "trao":
        return [*person, birth, mark, row.organisation.name, note]
    return [*person, cell, mark, SHORT_UNKNOWN if line.bonus is None else format_number(line.bonus), ""]


def _day(value: date | None) -> str:
    return format_date(value) if value else ""


def list_word(kind: str, organisation: Organisation, award_day: date, lines: Sequence[Line]) -> bytes:
    """One of the lists as a Word file; the ceremony's by grassroots body, the money's with sums."""
    paper = BadgePaper(organisation, award_day, KINDS[kind].name)
    paper.headed()
    paper.title("Danh sách", _subject(kind, award_day), *_of_decision(kind, lines))
    if kind == "trao":
        for body, own in _by_body(lines, organisation):
            paper.heading(f"{body.name} ({len(own)} đồng chí)")
            rows = [_cells(kind, n, one, organisation) for n, one in enumerate(own, 1)]
            paper.table(_HEADS[kind], rows, _WIDTHS[kind], left=_LEFT[kind])
    else:
        rows = [_cells(kind, n, one, organisation) for n, one in enumerate(lines, 1)]
        paper.table(_HEADS[kind], rows, _WIDTHS[kind], left=_LEFT[kind])
    paper.text(f"Danh sách này có {len(lines)} đồng chí: {_by_mark(lines)}.")
    if kind == "tien":
        money = money_of([line.row for line in lines], award_day)
        paper.text("Tổng số tiền: ", (f"{money_words(money)}.", "b"))
        paper.text(_money_basis(award_day))
    paper.signed(("Như trên", "Lưu"))
    return paper.content()


def _subject(kind: str, award_day: date) -> str:
    said = {
        "danh-sach": "đảng viên đề nghị tặng Huy hiệu Đảng",
        "quyet-dinh": "đảng viên được tặng Huy hiệu Đảng",
        "trao": "trao Huy hiệu Đảng",
        "tien": "cấp tiền thưởng kèm theo Huy hiệu Đảng",
    }[kind]
    return f"{said} {round_words(award_day)}"


def _of_decision(kind: str, lines: Sequence[Line]) -> list[str]:
    if kind not in ("quyet-dinh", "tien"):
        return []
    papers = {line.row.decision for line in lines if line.row.decision}
    return [
        f"(kèm theo Quyết định số {one.decision_number} {long_date_vi(one.decision_date)} của {one.decision_body})"
        for one in sorted(papers, key=lambda one: one.pk)
        if one.decision_date
    ]


def _by_body(lines: Sequence[Line], asked: Organisation) -> list[tuple[Organisation, list[Line]]]:
    """Badges are given at the grassroots (`badge.days`): one part for each body above the cells."""
    bodies: dict[int, tuple[Organisation, list[Line]]] = {}
    for line in lines:
        cell = line.row.organisation
        above = cell.parent
        body = above if above and asked.pk not in (above.pk, cell.pk) else cell
        bodies.setdefault(body.pk, (body, []))[1].append(line)
    return sorted(bodies.values(), key=lambda part: part[0].code)


def _by_mark(lines: Sequence[Line]) -> str:
    marks = sorted({line.row.mark for line in lines}, reverse=True)
    return "; ".join(f"{m} năm: {sum(1 for one in lines if one.row.mark == m)}" for m in marks)


def _money_basis(award_day: date) -> str:
    try:
        version, base = in_force("badge.bonus", award_day), integer("salary.base", award_day)
    except NoRuleInForce as error:
        return f"Căn cứ: {error}"
    factors = "; ".join(
        f"{mark} năm: {format_number(Decimal(str(factor)))}"
        for mark, factor in table("badge.bonus", award_day).items()
    )
    text = version.citation().document_and_article("vi")
    return f"Căn cứ {text}: số lần mức lương cơ sở {format_number(base)} đồng ({factors})."


def list_excel(kind: str, organisation: Organisation, award_day: date, lines: Sequence[Line]) -> bytes:
    """The same list as a workbook, with codes for further work."""
    columns = [
        Column("TT", 6, "int"),
        Column("Mã đảng viên", 14),
        Column("Họ và tên", 28),
        Column("Ngày sinh", 12, "date"),
        Column("Ngày kết nạp", 12, "date"),
        Column("Ngày đủ năm", 12, "date"),
        Column("Mức (năm)", 10, "int"),
        Column("Diện", 20),
        Column("Chi bộ", 32),
        Column("Trạng thái", 20),
        Column("Tiền thưởng (đồng)", 18, "number"),
        Column("Ghi chú", 30),
    ]
    rows: list[list[Any]] = [
        [
            number,
            line.row.member.code,
            line.row.member.full_name,
            line.birth,
            line.admitted,
            line.row.reached_on,
            line.row.mark,
            BADGE_GROUND.label(line.row.ground),
            cell_words(line.row.organisation, organisation),
            line.row.get_state_display(),
            line.bonus,
            "" if line.bonus is not None else UNKNOWN_BONUS,
        ]
        for number, line in enumerate(lines, 1)
    ]
    money = money_of([line.row for line in lines], award_day)
    said = f"{organisation.name}, {round_words(award_day)}; tiền thưởng: {money_words(money)}"
    return list_workbook(KINDS[kind].name, said, columns, rows)


# --- submission and declarations ----------------------------------------------------------------------------


def submission(organisation: Organisation, award_day: date, lines: Sequence[Line]) -> bytes:
    """The committee's submission to the body above, with the numbers by mark and the list."""
    paper = BadgePaper(organisation, award_day, KINDS["to-trinh"].name)
    paper.headed("TTr")
    paper.title("Tờ trình", f"về việc đề nghị tặng Huy hiệu Đảng {round_words(award_day)}")
    to = paper.above_committee or who_decides(award_day)
    paper.text(f"Kính gửi: {to}.")
    paper.text(f"Căn cứ {_citation('badge.marks', award_day)}.")
    paper.text(
        f"Sau khi rà soát, {paper.issuer} đề nghị {to} xét, đề nghị cấp có thẩm quyền tặng Huy hiệu Đảng "
        f"{round_words(award_day)} cho {len(lines)} đồng chí, cụ thể: {_by_mark(lines)}."
    )
    for ground in ("early", "posthumous"):
        number = sum(1 for line in lines if line.row.ground == ground)
        if number:
            rule_id = "badge.early" if ground == "early" else "badge.death"
            said = f"Trong đó {BADGE_GROUND.label(ground).lower()}: {number} đồng chí"
            paper.text(f"{said} (căn cứ {_citation(rule_id, award_day)}).")
    body = [_cells("danh-sach", n, one, organisation) for n, one in enumerate(lines, 1)]
    paper.heading("Danh sách kèm theo")
    paper.table(_HEADS["danh-sach"], body, _WIDTHS["danh-sach"], left=_LEFT["danh-sach"])
    paper.signed(("Như trên", "Lưu"))
    return paper.content()


def _citation(rule_id: str, day: date) -> str:
    try:
        return in_force(rule_id, day).citation().document_and_article("vi")
    except NoRuleInForce:
        return "quy định hiện hành"


def declarations(
    organisation: Organisation, award_day: date, lines: Sequence[Line], *, residence: bool = False
) -> bytes:
    """Each member's declaration, filled in from the register, one a page.

    Where somebody lives is sensitive: it is filled in only for who may read it (`residence`), else left to be written.
    """
    paper = BadgePaper(organisation, award_day, KINDS["to-khai"].name)
    members = [line.row.member_id for line in lines]
    details = {
        one.member_id: one
        for one in MemberDetail.objects.filter(
            member__in=members, voided_at__isnull=True, valid_from__lte=award_day
        ).order_by("valid_from")
    }
    spells = spells_by_member(line.row.member for line in lines)
    for number, line in enumerate(lines):
        if number:
            paper.document.add_page_break()
        own = spells.get(line.row.member_id, [])
        detail = details.get(line.row.member_id)
        lives = detail.permanent_address if detail and residence else ""
        _declaration(paper, line, detail, own[-1].official_on if own else None, lives)
    return paper.content()


def _declaration(paper: BadgePaper, line: Line, detail: Any, official: date | None, lives: str) -> None:
    row, blank = line.row, "." * 30
    paper.head("", row.organisation.name, "", f"ngày      tháng      năm {paper.award_day.year}")
    paper.title("Tờ khai", f"đề nghị tặng Huy hiệu {row.mark} năm tuổi Đảng")
    get: Callable[[str], str] = lambda name: str(getattr(detail, name, "") or blank)  # noqa: E731
    facts = (
        ("Họ và tên", row.member.full_name),
        ("Ngày sinh", _day(line.birth) or blank),
        ("Quê quán", get("home_town")),
        ("Nơi cư trú", lives or blank),
        ("Ngày quyết định kết nạp", _day(line.admitted) or blank),
        ("Ngày chính thức", _day(official) or blank),
        ("Số thẻ đảng viên", row.member.card_number or blank),
        ("Đang sinh hoạt tại", row.organisation.name),
        ("Ngày đủ năm tuổi Đảng", _day(row.reached_on)),
    )
    for number, (name, value) in enumerate(facts, 1):
        paper.text(f"{number}. {name}: ", (value, "b"))
    if row.ground == "early":
        paper.text("Đề nghị xét tặng sớm vì bị bệnh nặng.")
    paper.text(
        f"Đối chiếu với quy định, tôi đề nghị được xét tặng Huy hiệu {row.mark} năm tuổi Đảng "
        f"{round_words(paper.award_day)}."
    )
    paper.text(
        ("Các mục trên lập theo những gì đã biết về mẫu 6-HHĐ; mẫu chính thức chưa được đối chiếu.", "i")
    )
    size = paper.sizes["body"]
    gap = [("", size, "")] * 3
    paper.signatures(
        [("XÁC NHẬN CỦA CHI BỘ", size, "b"), *gap],
        [("NGƯỜI KHAI", size, "b"), *gap, (row.member.full_name, size, "b")],
    )


def paper_of(
    kind: str, organisation: Organisation, award_day: date, lines: Sequence[Line], *, residence: bool = False
) -> bytes:
    """The Word file of a kind; `residence`: whether where somebody lives may be filled in."""
    if kind == "to-trinh":
        return submission(organisation, award_day, lines)
    if kind == "to-khai":
        return declarations(organisation, award_day, lines, residence=residence)
    return list_word(kind, organisation, award_day, lines)
