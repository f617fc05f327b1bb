"""Word drafts made from the minutes: the minutes themselves, and the notice of what was concluded."""

from collections.abc import Sequence

from django.utils import timezone

from tongket.conferences.concluding.words import in_sentence
from tongket.conferences.hall.screen import Line
from tongket.conferences.paper.minutes import Away, Minutes, VoteLine, date_line, day_words, head_of, hour
from tongket.core.dates import format_date
from tongket.core.numbers import format_number
from tongket.ui.word_paper import WordPaper

_ROMAN = ("I", "II", "III", "IV", "V", "VI")


def minutes_paper(minutes: Minutes) -> bytes:
    """The minutes as an editable draft: what the record holds is written, what it does not hold is left to fill in."""
    conference, head = minutes.conference, head_of(minutes.conference)
    paper = WordPaper(conference.on, f"Biên bản {conference.title}", head.issuer, numbered=True)
    paper.head(head.parent, head.issuer, f"BB/{head.symbol}", date_line(head, conference.starts_at))
    paper.title("Biên bản", conference.title)
    _where(paper, minutes)
    sections = [
        ("Thành phần dự hội nghị", _people),
        ("Nội dung và diễn biến", _items),
        ("Biểu quyết", _votes),
        ("Kết luận", _conclusions),
    ]
    # A conference without votes has no empty section about them.
    shown = [(title, write) for title, write in sections if write is not _votes or minutes.votes]
    for roman, (title, write) in zip(_ROMAN, shown, strict=False):
        paper.heading(f"{roman}. {title}")
        write(paper, minutes)
    paper.text(
        f"Hội nghị kết thúc lúc {hour(minutes.closed_at)}"
        + (f" {day_words(minutes.closed_at)}" if minutes.closed_at else f" {day_words(conference.starts_at)}")
        + ". Biên bản đã được đọc lại cho hội nghị nghe và thống nhất thông qua."
    )
    blank = [("", 14, "")] * 4
    paper.signatures(
        [("THƯ KÝ", 14, "b"), *blank, (conference.secretary, 14, "b")],
        [("CHỦ TRÌ", 14, "b"), *blank, (first_name_of(conference.chairs), 14, "b")],
    )
    return paper.content()


def _where(paper: WordPaper, minutes: Minutes) -> None:
    conference = minutes.conference
    started = minutes.opened_at or conference.starts_at
    paper.text(f"Hội nghị khai mạc lúc {hour(started)} {day_words(started)}, tại {conference.place}.")
    paper.text(f"Chủ trì: {conference.chairs}.")
    paper.text(f"Thư ký: {conference.secretary or '…………………………'}.")


def _people(paper: WordPaper, minutes: Minutes) -> None:
    numbers = minutes.numbers
    paper.text(
        f"Số người được triệu tập: {_n(numbers.invited)}; có mặt: {_n(numbers.present)}; "
        f"vắng có lý do: {_n(numbers.excused)}; vắng không lý do: {_n(numbers.absent)}"
        + (f"; chưa điểm danh: {_n(numbers.unmarked)}." if numbers.unmarked else ".")
    )
    if minutes.quorum_words():
        paper.text(minutes.quorum_words())
    for label, away in (("Vắng có lý do", minutes.excused), ("Vắng không lý do", minutes.absent)):
        if away:
            paper.text(f"{label}:")
            for place, one in enumerate(away):
                paper.text(f"- {_away(one)}{'.' if place == len(away) - 1 else ';'}")


def _away(one: Away) -> str:
    who = f"Đồng chí {one.name}" + (f", {one.post}" if one.post else "")
    return f"{who} (lý do: {one.reason})" if one.reason else who


def _items(paper: WordPaper, minutes: Minutes) -> None:
    if not minutes.lines:
        paper.text(("(Ghi nội dung hội nghị.)", "i"))
    for line in minutes.lines:
        _item(paper, line)


def _item(paper: WordPaper, line: Line) -> None:
    title = f"{line.numbered.number}. {line.numbered.item.title}"
    paragraph = paper.text((title + ("" if title.endswith((".", "?", "!")) else "."), "b"))
    paragraph.paragraph_format.keep_with_next = True
    said = []
    if line.numbered.item.presenter:
        said.append(f"Người trình bày: {line.numbered.item.presenter}")
    if line.since is not None and line.until is not None:
        said.append(f"từ {_clock(line.since)} đến {_clock(line.until)}")
    elif line.since is not None:
        said.append(f"từ {_clock(line.since)}")
    if said:
        text = "; ".join(said)
        paper.text(text[:1].upper() + text[1:] + ".")
    if line.speakers:
        names = "; ".join(
            f"{turn.name}{f' ({turn.topic})' if turn.topic else ''}, lúc {_clock(turn.since)}"
            for turn in line.speakers
        )
        paper.text(f"Phát biểu: {names}.")


def _votes(paper: WordPaper, minutes: Minutes) -> None:
    heads = ("Nội dung", "Có quyền", "Có mặt", "Tán thành", "Không tán thành", "Không có ý kiến", "Kết quả")
    rows = [
        (
            vote.question + (" (bỏ phiếu kín)" if vote.secret else ""),
            _n(vote.outcome.entitled),
            _n(vote.present),
            _n(vote.agree),
            _n(vote.disagree),
            _n(vote.abstain),
            vote.outcome.result,
        )
        for vote in minutes.votes
    ]
    paper.table(heads, rows, (49, 17, 17, 20, 20, 20, 22))
    for vote in minutes.votes:
        paper.text(f"- {vote_sentence(vote)}")


def vote_sentence(vote: VoteLine) -> str:
    """A vote in one sentence, with the rule and what was not counted."""
    rest = f" Có {_n(vote.uncounted)} người không bỏ phiếu hoặc phiếu không hợp lệ." if vote.uncounted else ""
    # A paper has no signs for "equals" and "therefore".
    said = vote.outcome.words().replace(" = ", " là ").replace(" → ", ", kết quả: ")
    return f"{vote.question}: {said}.{rest}"


def _conclusions(paper: WordPaper, minutes: Minutes) -> None:
    if not minutes.conclusions:
        paper.text(("(Ghi kết luận của hội nghị.)", "i"))
    for place, line in enumerate(minutes.conclusions, start=1):
        paper.text(f"{place}. {_full_stop(line.text)}")
        for task in line.tasks:
            paper.text((f"Giao thực hiện: {task}.", "i"))


def notice_paper(minutes: Minutes) -> bytes:
    """The notice of conclusions (thông báo kết luận) as an editable draft."""
    conference, head = minutes.conference, head_of(minutes.conference)
    paper = WordPaper(conference.on, f"Thông báo kết luận {conference.title}", head.issuer, numbered=True)
    when = timezone.localtime(minutes.closed_at or conference.starts_at)
    paper.head(
        head.parent,
        head.issuer,
        f"TB/{head.symbol}",
        f"{head.place}, ngày      tháng      năm {when.year}",
    )
    paper.title("Thông báo", f"kết luận {in_sentence(conference.title)}")
    paper.text(
        f"Ngày {format_date(conference.on)}, tại {conference.place}, {head.issuer} tổ chức "
        f"{in_sentence(conference.title)}; do {in_sentence(conference.chairs)} chủ trì. "
        "Sau khi nghe báo cáo và thảo luận, hội nghị thống nhất kết luận:"
    )
    _conclusions(paper, minutes)
    carried = [vote for vote in minutes.votes if vote.outcome.passed]
    if carried:
        paper.text("Hội nghị đã biểu quyết thông qua:")
        for place, vote in enumerate(carried):
            paper.text(f"- {vote.question}{'.' if place == len(carried) - 1 else ';'}")
    paper.text("Thông báo để các cấp ủy, tổ chức đảng biết và tổ chức thực hiện.")
    paper.closing(recipients_of(head.committee), _on_behalf(head.committee), "", "")
    return paper.content()


def _on_behalf(committee: str) -> str:
    return "T/M BAN THƯỜNG VỤ" if committee not in ("Chi bộ", "Đảng ủy") else f"T/M {committee.upper()}"


def recipients_of(committee: str) -> Sequence[str]:
    """Who gets the notice; the last is the office's own copy."""
    if committee == "Chi bộ":
        return ("Đảng viên trong chi bộ", "Lưu Chi bộ")
    if committee == "Đảng ủy":
        return ("Các đồng chí đảng ủy viên", "Các chi bộ trực thuộc", "Lưu Đảng ủy")
    return (
        f"Các đồng chí {committee} viên",
        f"Các cơ quan tham mưu, giúp việc {committee}",
        "Các tổ chức cơ sở đảng trực thuộc",
        f"Lưu Văn phòng {committee}",
    )


def first_name_of(chairs: str) -> str:
    """The first chair's bare name, as it stands under a signature: without address, posts and titles."""
    name = chairs.replace(";", ",").split(",")[0]
    for mark in (" – ", " - ", " và "):
        name = name.split(mark)[0]
    for word in ("Đồng chí ", "đồng chí ", "Đ/c ", "đ/c "):
        name = name.removeprefix(word)
    return name.strip()


def _full_stop(text: str) -> str:
    return text if text.endswith((".", "!", "?", ":")) else f"{text}."


def _clock(at: object) -> str:
    return f"{timezone.localtime(at):%H giờ %M}"  # type: ignore[arg-type]


def _n(value: int) -> str:
    return format_number(value)
