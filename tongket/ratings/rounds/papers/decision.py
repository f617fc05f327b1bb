"""The decision of a round in Word, with its list; and the form of the minutes of a cell's vote."""

from collections.abc import Mapping, Sequence
from datetime import date

from tongket.core.codelists import NOT_RATED_REASON
from tongket.core.dates import format_date
from tongket.core.numbers import format_number
from tongket.core.periods import parse_period
from tongket.organisations.models import Organisation
from tongket.ratings.rounds.deciding.queries import Correction
from tongket.ratings.rounds.models import RatingRound, RoundDecision
from tongket.ratings.rounds.papers.head import begin, head_of, listed
from tongket.ratings.rounds.queries import CandidateState
from tongket.ratings.rounds.regulation import cited, levels
from tongket.ui.word_paper import WordPaper

_DOTS = "…………"


def decision_paper(
    round: RatingRound,
    states: Sequence[CandidateState],
    decision: RoundDecision | None,
    corrections: Sequence[Correction] = (),
) -> bytes:
    """The decision with the list of all; before the round is decided, a draft to be put before the committee."""
    on = (decision.decision_date if decision else None) or min(round.period_end, date.today())
    head = head_of(round.organisation, on)
    names = levels(round.subject, round.period_end)
    period = parse_period(round.period).label()
    what = "đảng viên" if round.subject == "members" else "tổ chức đảng"
    subject = f"về việc xếp loại chất lượng {what} {period}"
    written = decision.decision_date if decision else None
    number = decision.decision_number if decision else ""
    paper = begin(head, on, f"Quyết định {subject}", f"QĐ/{head.symbol}", written, number=number)
    paper.title("Quyết định", subject)
    for basis in _bases(decision.rules if decision else cited(round.subject, round.period_end)):
        paper.text((f"- Căn cứ {basis};", "i"))
    paper.text(("- Căn cứ kết quả kiểm điểm, biểu quyết và thẩm định,", "i"))
    paper.heading(f"{(decision.decision_body if decision else '') or head.issuer} quyết định:".upper())
    _articles(paper, states, names, what, period)
    paper.closing(["Như điều cuối", "Cấp trên (báo cáo)", "Lưu hồ sơ"], head.on_behalf, "BÍ THƯ", "")
    _list(paper, round, states, names)
    _aside(paper, [state for state in states if state.excluded])
    if decision and decision.verdict.get("over_reason"):
        paper.heading("Lý do vượt mức tối đa hoàn thành xuất sắc")
        paper.text(str(decision.verdict["over_reason"]))
    if corrections:
        paper.heading("Đính chính sau quyết định")
        rows = [
            (one.name, names.get(one.old, one.old_name), names.get(one.new, one.new_name), one.reason)
            for one in corrections
        ]
        heads = ("Tên", "Theo quyết định", "Hiện nay", "Lý do")
        listed(paper, heads, rows, (50, 38, 38, 44), left={0, 3})
    return paper.content()


def _articles(
    paper: WordPaper, states: Sequence[CandidateState], names: Mapping[str, str], what: str, period: str
) -> None:
    """Who is rated how, who is left aside, who carries it out."""
    rated = [state for state in states if state.level and not state.excluded]
    aside = sum(1 for state in states if state.excluded)
    paper.text(
        ("Điều 1. ", "b"),
        f"Xếp loại chất lượng {period} đối với {format_number(len(rated))} {what}, gồm: "
        + "; ".join(
            f"{name.lower()}: {format_number(sum(1 for s in rated if s.level == code))}"
            for code, name in names.items()
        )
        + " (danh sách kèm theo).",
    )
    if aside:
        paper.text(
            ("Điều 2. ", "b"),
            f"{format_number(aside)} trường hợp chưa đánh giá, xếp loại (có lý do kèm theo).",
        )
    paper.text(
        (f"Điều {3 if aside else 2}. ", "b"),
        "Các tổ chức đảng có liên quan và các đối tượng có tên trong danh sách thi hành quyết định này.",
    )


def _bases(rules: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Each document once, with the article where one is known; a doubtful one says so."""
    texts = {
        rule["text"]: "" if rule["mark"] == "C" else " (cần đối chiếu văn bản)" for rule in rules.values()
    }
    return [
        f"{text}{doubt}"
        for text, doubt in texts.items()
        if not any(other != text and other.startswith(text) for other in texts)
    ]


def _list(
    paper: WordPaper, round: RatingRound, states: Sequence[CandidateState], names: Mapping[str, str]
) -> None:
    paper.document.add_page_break()
    what = "đảng viên" if round.subject == "members" else "tổ chức đảng"
    paper.title("Danh sách", f"kết quả xếp loại {what} {parse_period(round.period).label()}")
    rated = [state for state in states if not state.excluded]
    if round.subject == "organisations":
        rows = [(str(n), s.name, names.get(s.level, "Chưa có mức")) for n, s in enumerate(rated, 1)]
        listed(paper, ("TT", "Tổ chức đảng", "Mức xếp loại"), rows, (14, 96, 60), left={1, 2})
        return
    by_cell: dict[str, list[CandidateState]] = {}
    for state in rated:
        by_cell.setdefault(state.organisation_name, []).append(state)
    for cell, group in by_cell.items():
        paper.heading(cell)
        lines = [(str(n), s.name, s.code, names.get(s.level, "Chưa có mức")) for n, s in enumerate(group, 1)]
        listed(paper, ("TT", "Họ và tên", "Mã", "Mức xếp loại"), lines, (14, 68, 28, 60), left={1, 3})


def _aside(paper: WordPaper, aside: Sequence[CandidateState]) -> None:
    if not aside:
        return
    paper.heading("Chưa đánh giá, xếp loại")
    rows = [
        (
            str(n),
            state.name,
            state.organisation_name,
            NOT_RATED_REASON.label(state.reason) + (f": {state.note}" if state.note else ""),
        )
        for n, state in enumerate(aside, 1)
    ]
    listed(paper, ("TT", "Tên", "Chi bộ, tổ chức", "Lý do"), rows, (14, 52, 50, 54), left={1, 2, 3})


def minutes_paper(round: RatingRound, body: Organisation, states: Sequence[CandidateState]) -> bytes:
    """The form of the minutes of a vote: all to be rated with their counts where entered, dots where not."""
    votes = [vote for state in states if (vote := state.step("vote"))]
    on = votes[0].on if votes else None
    head = head_of(body, on or min(round.period_end, date.today()))
    names = levels(round.subject, round.period_end)
    title = f"kiểm phiếu xếp loại chất lượng {parse_period(round.period).label()}"
    paper = begin(head, round.period_end, f"Biên bản {title}", "", on)
    paper.title("Biên bản", title)
    bases = {vote.base for vote in votes if vote.base is not None}
    base = format_number(bases.pop()) if len(bases) == 1 else _DOTS
    paper.text(f"Hội nghị {head.issuer} họp ngày {format_date(on) if on else _DOTS}, tại {_DOTS} {_DOTS}.")
    paper.text(
        f"Số đảng viên chính thức được triệu tập: {base}; có mặt: {_DOTS}; vắng: {_DOTS}. "
        "Tỷ lệ tính trên toàn thể đảng viên chính thức được triệu tập, không phải số có mặt."
    )
    paper.text(
        f"Ban kiểm phiếu: {_DOTS} {_DOTS} {_DOTS}. Số phiếu phát ra: {_DOTS}; thu về: {_DOTS}; hợp lệ: {_DOTS}."
    )
    paper.heading("Kết quả")
    rows = [_vote_row(n, state) for n, state in enumerate((s for s in states if not s.excluded), 1)]
    listed(paper, ("TT", "Tên", *names.values()), rows, (12, 54, 26, 26, 26, 26), left={1})
    paper.text("Biên bản lập thành hai bản, đã đọc lại cho hội nghị nghe và thống nhất thông qua.")
    blank = [("", 14, "")] * 4
    paper.signatures([("TM. BAN KIỂM PHIẾU", 14, "b"), *blank], [("CHỦ TRÌ", 14, "b"), *blank])
    return paper.content()


def _vote_row(number: int, state: CandidateState) -> tuple[str, ...]:
    vote = state.step("vote")
    counts = vote.counts if vote else (None,) * 4
    counted = any(count is not None for count in counts)
    cells = [format_number(count or 0) if counted else "" for count in counts]
    return (str(number), state.name, *cells)
