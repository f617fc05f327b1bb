"""Word drafts of a campaign: the submission, the minutes of the council, the decision, the list for handing out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from tongket.core.codelists import COMMENDATION_FORM
from tongket.core.dates import format_date, long_date_vi
from tongket.core.numbers import format_number
from tongket.core.periods import parse_period
from tongket.honours.commending.giving.handing import Called, Fund, groups_of
from tongket.honours.commending.models import CommendationDecision, CommendationRound, CommendationTitle
from tongket.honours.commending.queries import name_of
from tongket.organisations.models import Organisation
from tongket.organisations.paper_names import SYMBOLS, above_of, issuer_of, month_text, party_body, place_of
from tongket.organisations.queries import name_on
from tongket.ui.word_paper import WordPaper

_BLANK = "………"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who writes: the body above, its own name and committee, the symbol, the place of the date line."""

    above: str
    name: str
    committee: str
    symbol: str
    place: str
    to: str


def issuer(organisation: Organisation, on: date) -> Issuer:
    """The names as they were on a day; three queries."""
    name, committee = issuer_of(name_on(organisation, on), organisation.kind)
    parent, above = above_of(organisation, on)
    symbol = SYMBOLS.get(committee, "ĐU")
    return Issuer(party_body(parent), name, committee, symbol, place_of(name, committee, above), above)


def _start(head: Issuer, on: date, title: str, kind: str, number: str = "") -> WordPaper:
    """A paper with its head; the day is left open for who signs, unless the paper has its `number` already."""
    paper = WordPaper(on, title, head.name, numbered=True)
    day = long_date_vi(on) if number else f"ngày      tháng {month_text(on)} năm {on.year}"
    paper.head(head.above, head.name, f"{kind}/{head.symbol}", f"{head.place}, {day}", number)
    return paper


def _label(round_: CommendationRound) -> str:
    return parse_period(round_.period).label()


def _by_title(
    rows: Iterable[Any], titles: Sequence[CommendationTitle]
) -> list[tuple[CommendationTitle, list[Any]]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for one in rows:
        found[one.title].append(one)
    return [(title, found[title.identity]) for title in titles if found[title.identity]]


def _unit(one: Any) -> str:
    if one.member_id or one.recipient_name:
        return str(one.organisation.name)
    above = one.organisation.parent
    return above.name if above is not None else ""


def _list(paper: WordPaper, rows: Sequence[Any]) -> None:
    paper.table(
        ("TT", "Tập thể, cá nhân", "Đơn vị", "Thành tích"),
        [
            (str(n), _left(name_of(one)), _left(_unit(one)), _left(one.achievement))
            for n, one in enumerate(rows, start=1)
        ],
        (12, 55, 50, 53),
    )


def submission(
    round_: CommendationRound,
    rows: Sequence[Any],
    titles: Sequence[CommendationTitle],
    on: date,
    by: Organisation | None = None,
) -> bytes:
    """The submission (tờ trình): what is proposed, by title, by an office below (`by`) or the asking level."""
    writes = by or round_.organisation
    head = issuer(writes, on)
    paper = _start(head, on, f"Tờ trình {round_.name}", "TTr")
    paper.title("Tờ trình", f"về việc đề nghị khen thưởng {_label(round_)}")
    to = issuer(round_.organisation, on).name if by is not None and by != round_.organisation else head.to
    paper.text(f"Kính gửi: {to or _BLANK}")
    paper.text(
        f"Căn cứ kết quả kiểm điểm, đánh giá, xếp loại và quy định về khen thưởng; theo đợt “{round_.name}”, "
        f"{head.name} đề nghị xét khen thưởng {format_number(len(rows))} trường hợp, cụ thể như sau:"
    )
    for number, (title, listed) in enumerate(_by_title(rows, titles), start=1):
        form = COMMENDATION_FORM.label(title.form).lower()
        paper.heading(f"{number}. {title.name} ({form}): {format_number(len(listed))}")
        _list(paper, listed)
    paper.text(f"{head.name} kính trình xem xét, quyết định.")
    paper.closing(["Như trên", f"Lưu {head.committee}"], signed_for(head), "BÍ THƯ", "")
    return paper.content()


def council_minutes(
    round_: CommendationRound, rows: Sequence[Any], titles: Sequence[CommendationTitle], on: date
) -> bytes:
    """The minutes of the council: per proposal the counts, whether it recommends and why not; nobody's own vote."""
    head = issuer(round_.organisation, on)
    paper = _start(head, on, f"Biên bản hội đồng {round_.name}", "BB")
    paper.title("Biên bản", f"họp hội đồng thi đua, khen thưởng xét khen thưởng {_label(round_)}")
    paper.text(f"Hội đồng họp ngày {format_date(on)}, tại {_BLANK}{_BLANK}.")
    paper.text(f"Chủ trì: {_BLANK}{_BLANK}. Thư ký: {_BLANK}{_BLANK}.")
    viewed = [one for one in rows if one.view_recommended is not None]
    agreed = sum(bool(one.view_recommended) for one in viewed)
    paper.text(
        f"Hội đồng đã xét {format_number(len(viewed))} trường hợp, đề nghị khen {format_number(agreed)}, "
        f"không đề nghị {format_number(len(viewed) - agreed)}."
    )
    for number, (title, listed) in enumerate(_by_title(viewed, titles), start=1):
        paper.heading(f"{number}. {title.name}")
        paper.table(
            ("TT", "Tập thể, cá nhân", "Tán thành", "Ý kiến của hội đồng"),
            [
                (str(n), _left(name_of(one)), _votes(one), _left(_opinion(one)))
                for n, one in enumerate(listed, start=1)
            ],
            (12, 68, 30, 60),
        )
    paper.text("Biên bản đã được đọc lại và thống nhất thông qua.")
    blank = [("", 14, "")] * 4
    paper.signatures([("THƯ KÝ", 14, "b"), *blank], [("CHỦ TỊCH HỘI ĐỒNG", 14, "b"), *blank])
    return paper.content()


def _votes(one: Any) -> str:
    return "" if one.view_base is None else f"{one.view_agree}/{one.view_base}"


def _opinion(one: Any) -> str:
    if one.view_recommended:
        return "Đề nghị khen" + (f": {one.view_reason}" if one.view_reason else "")
    return f"Không đề nghị: {one.view_reason}"


def decision_paper(
    round_: CommendationRound,
    rows: Sequence[Any],
    titles: Sequence[CommendationTitle],
    on: date,
    decision: CommendationDecision | None = None,
) -> bytes:
    """The decision with its lists: of a decision on record, or a draft of those the council recommends."""
    day = decision.decision_date if decision is not None and decision.decision_date else on
    head = issuer(round_.organisation, day)
    given = decision.decision_number if decision is not None else ""
    paper = _start(head, day, f"Quyết định {round_.name}", "QĐ", given)
    paper.title("Quyết định", f"về việc khen thưởng {_label(round_)}")
    paper.text("Căn cứ Điều lệ Đảng và quy định về khen thưởng tổ chức đảng, đảng viên;")
    paper.text(f"Xét đề nghị của hội đồng thi đua, khen thưởng và các đơn vị theo đợt “{round_.name}”,")
    who = decision.decision_body if decision is not None else head.name
    paper.heading(f"{who.upper()} QUYẾT ĐỊNH")
    paper.text(
        ("Điều 1. ", "b"),
        f"Khen thưởng {format_number(len(rows))} tập thể, cá nhân có tên trong danh sách kèm theo.",
    )
    paper.text(("Điều 2. ", "b"), "Tiền thưởng kèm theo thực hiện theo quy định hiện hành.")
    paper.text(
        ("Điều 3. ", "b"),
        "Văn phòng, các ban, đơn vị liên quan và các tập thể, cá nhân có tên tại Điều 1 thi hành.",
    )
    paper.closing(["Như Điều 3", f"Lưu {head.committee}"], signed_for(head), "BÍ THƯ", "")
    paper.document.add_page_break()
    paper.title("Danh sách", "kèm theo Quyết định")
    for number, (title, listed) in enumerate(_by_title(rows, titles), start=1):
        form = COMMENDATION_FORM.label(title.form).lower()
        paper.heading(f"{number}. {title.name} ({form}): {format_number(len(listed))}")
        _list(paper, listed)
    return paper.content()


def signed_for(head: Issuer) -> str:
    """For whom the signer of a paper signs."""
    whole = {"Chi bộ": "T/M CHI BỘ"}.get(head.committee)
    return whole or ("T/M BAN THƯỜNG VỤ" if head.committee != "Đảng ủy" else "T/M ĐẢNG ỦY")


def handing_paper(
    round_: CommendationRound, called: Sequence[Called], funds: Sequence[Fund], on: date
) -> bytes:
    """The list for handing out, in the order of calling, grouped by form and title, with the money by source."""
    head = issuer(round_.organisation, on)
    paper = WordPaper(on, f"Danh sách trao thưởng {round_.name}", head.name, numbered=True)
    paper.head(head.above, head.name, "", f"{head.place}, ngày      tháng {month_text(on)} năm {on.year}")
    paper.title("Danh sách trao khen thưởng", round_.name)
    place = 0
    for heading, rows in groups_of(called):
        paper.heading(f"{heading}: {format_number(len(rows))}")
        lines = []
        for one in rows:
            place += 1
            lines.append(
                (str(place), _left(one.name), _left(one.unit), str(one.number or ""), money_text(one))
            )
        paper.table(
            ("TT", "Tập thể, cá nhân", "Đơn vị", "Số vào sổ", "Tiền thưởng (đồng)"),
            lines,
            (12, 58, 50, 20, 30),
        )
    paper.heading("Tổng tiền thưởng theo nguồn")
    paper.table(
        ("Nguồn", "Số lượng", "Tổng (đồng)", "Chưa rõ mức"),
        [
            (one.name, format_number(one.count), format_number(one.total), format_number(one.unknown))
            for one in funds
        ],
        (70, 30, 40, 30),
    )
    return paper.content()


def _left(text: str) -> str:
    """A text of a table that stays at the left margin, however short (the paper centres short ones)."""
    return text.ljust(12)


def money_text(one: Called) -> str:
    """The amount, or that it is not known."""
    return "chưa rõ" if one.money is None else format_number(one.money)
