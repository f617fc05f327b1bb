"""`./run verify`: what has become of the figures of a Word report, in words and as data."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tongket.core.dates import format_date, parse_date
from tongket.core.periods import BadPeriod, parse_period
from tongket.reports.layer.model import LayerFact
from tongket.reports.layer.word.since import Today, book_of, today
from tongket.reports.layer.word.verify import Checked, Verified, verify_word

TRUST_WORDS = {
    "sealed": "Phần số liệu trong tệp còn nguyên như khi hệ thống này làm ra.",
    "changed": "Phần số liệu gắn trong tệp đã bị sửa; đối chiếu theo bản sao còn dấu xác nhận của hệ thống này.",
    "unsealed": "Không xác nhận được tệp do hệ thống này làm ra: chỉ so được chữ với số liệu ghi trong tệp.",
    "broken": "Phần số liệu gắn trong tệp đã bị sửa, không còn dấu xác nhận: số “đã tính” trong tệp không đáng tin.",
}
BOOK_WORDS = {
    "none": "Báo cáo không lập từ sổ số liệu đã chốt.",
    "standing": "Lập từ sổ số liệu đã chốt, còn hiệu lực",
    "superseded": "Lập từ sổ số liệu đã chốt, nay có lần chốt mới thay",
    "other": "Mã sổ ghi trong tệp là của sổ khác (tổ chức hoặc kỳ không khớp)",
    "unknown": "Mã sổ ghi trong tệp không có ở hệ thống này, hoặc bạn không được giao xem",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a file."""

    is_clean: bool
    data: dict[str, Any]
    lines: list[str]


def verify_file(content: bytes, viewer: Any = None) -> Answer:
    """Check a .docx. Raises `opening.Unreadable`, a ValueError that says why the file cannot be checked."""
    verified = verify_word(content)
    sheet = verified.file.embedded.sheet
    now = dict(zip(sheet.facts, today(sheet, viewer), strict=True))
    return Answer(verified.is_clean(), _data(verified, now, viewer), list(_lines(verified, now, viewer)))


def book_state(verified: Verified, viewer: Any) -> tuple[str, Any]:
    """Which of `BOOK_WORDS` holds, and the book."""
    sheet = verified.file.embedded.sheet
    if not sheet.book_digest:
        return "none", None
    book = book_of(sheet, viewer)
    if book is None:
        return "unknown", None
    if (book.organisation.code, book.period) != (sheet.organisation, sheet.period):
        return "other", book
    return ("standing" if book.voided_at is None else "superseded"), book


def period_words(code: str, lang: str = "vi") -> str:
    """A period's name; its code when it is none."""
    try:
        return parse_period(code).label(lang)
    except (BadPeriod, ValueError):
        return code


def day_words(text: str, lang: str = "vi") -> str:
    """A day as it is written here; the text itself when it is none."""
    try:
        return format_date(parse_date(text), lang)
    except ValueError:
        return text


def _data(verified: Verified, now: dict[LayerFact, Today], viewer: Any) -> dict[str, Any]:
    sheet = verified.file.embedded.sheet
    state, book = book_state(verified, viewer)
    rows = [_row(row, now[row.fact]) for row in verified.rows]
    return {
        "organisation": sheet.organisation,
        "organisation_name": sheet.organisation_name,
        "period": sheet.period,
        "as_at": sheet.as_at,
        "as_known_at": sheet.as_known_at,
        "made_at": sheet.made_at,
        "trust": verified.file.trust,
        "book": {"digest": sheet.book_digest, "state": state, "number": book.number if book else None},
        "is_clean": verified.is_clean(),
        "counts": {
            "places": len(verified.rows),
            **{state: verified.count(state) for state in ("same", "edited", "missing")},
            "lost_control": verified.lost_control(),
            "foreign": len(verified.foreign),
            "changed_since": sum(row["since"] == "changed" for row in rows),
            "not_compared_since": sum(row["since"] in ("masked", "unknown") for row in rows),
        },
        "figures": rows,
        "foreign": list(verified.foreign),
    }


def _row(row: Checked, now: Today) -> dict[str, Any]:
    fact = row.fact
    return {
        "place": row.number,
        "state": row.state,
        "found_by": row.way,
        "copy": row.is_copy,
        "printed": row.printed,
        "found": row.found,
        "stored": row.stored,
        "before": row.before,
        "after": row.after,
        "key": fact.key,
        "indicator": fact.indicator,
        "name": fact.name,
        "organisation": fact.organisation,
        "period": fact.period,
        "as_at": fact.as_at,
        "against": fact.against,
        "value": fact.value,
        "unit": fact.unit,
        "since": now.state,
        "now": now.text,
    }


def _lines(verified: Verified, now: dict[LayerFact, Today], viewer: Any) -> Iterator[str]:
    sheet = verified.file.embedded.sheet
    of = f"{sheet.organisation_name}, {period_words(sheet.period)}, số liệu tính đến {day_words(sheet.as_at)}"
    yield f"Báo cáo của {of}."
    yield TRUST_WORDS[verified.file.trust]
    state, book = book_state(verified, viewer)
    number = f": sổ số {book.number}, lần chốt {book.version}" if book else ""
    yield f"{BOOK_WORDS[state].removesuffix('.')}{number}."
    yield (
        f"{len(verified.rows)} chỗ in số liệu: {verified.count('same')} đúng như đã tính, "
        f"{verified.count('edited')} bị sửa tay, {verified.count('missing')} không còn; "
        f"{verified.lost_control()} chỗ mất ô nội dung (tìm lại theo dấu trang hoặc vị trí và giá trị)."
    )
    for row in verified.rows:
        if row.state != "same":
            yield f"  - {_said(row)}"
    for text in verified.foreign:
        yield f"  - Ô nội dung lạ, không thuộc báo cáo này: “{text}”"
    yield from _since(verified, now)


def _what(fact: LayerFact) -> str:
    against = f" so với {fact.against}" if fact.against else ""
    return f"{fact.name} ({fact.organisation}, {fact.period}{against})"


def _said(row: Checked) -> str:
    computed = f"{_what(row.fact)}, đã tính {row.printed}"
    if row.state == "missing":
        return f"Không còn: {computed}. Chỗ cũ: “…{row.before} [ ] {row.after}…”"
    shown = f"; phần gắn kèm ghi {row.stored}, Word sẽ hiện số đó" if row.stored else ""
    copied = " (chỗ chép thêm)" if row.is_copy else ""
    around = f"“…{row.before} [{row.found}] {row.after}…”"
    return f"Sửa tay{copied}: {computed}, nay ghi “{row.found}”{shown}. {around}"


def _since(verified: Verified, now: dict[LayerFact, Today]) -> Iterator[str]:
    facts = verified.file.embedded.sheet.facts
    changed = [fact for fact in facts if now[fact].state == "changed"]
    compared = sum(now[fact].state in ("same", "changed") for fact in facts)
    yield f"So với sổ sách hiện nay: {compared} số liệu so được, {len(changed)} đã khác."
    for fact in changed:
        yield f"  - {_what(fact)}: khi làm báo cáo {fact.text}, nay {now[fact].text}"
