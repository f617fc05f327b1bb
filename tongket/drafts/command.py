"""`./run check`: a file checked for the machine's operator, as JSON and as lines to read."""

from typing import Any

from tongket.claims.model import Verdict
from tongket.core.periods import parse_period
from tongket.drafts.answers import as_json
from tongket.drafts.checking import check
from tongket.drafts.readers import read_file
from tongket.organisations.queries import by_code

WORDS: dict[Verdict, str] = {
    "wrong": "SAI",
    "doubtful": "CẦN XEM",
    "right": "đúng",
    "not_checked": "chưa đối chiếu",
}


def check_file(name: str, content: bytes, code: str, period: str) -> tuple[dict[str, Any], str]:
    """(the answer as JSON, the same as text). Raises `Refused`, `NotFound`, `BadPeriod` with what to do."""
    organisation, asked = by_code(code), parse_period(period)
    source = read_file(name, content)
    result = check(source.text, organisation, asked)
    answer = as_json(result, name_records=True)
    return answer, _text(answer)


def _text(answer: dict[str, Any]) -> str:
    lines = [answer["notice"]] if answer["notice"] else []
    for group in ("claims", "documents", "people"):
        for row in answer[group]:
            if row["verdict"] in ("wrong", "doubtful"):
                lines += _row(row)
    counts = answer["counts"]
    said = ", ".join(f"{counts[verdict]} {word.lower()}" for verdict, word in WORDS.items())
    lines.append(f"Kết quả: {said}.")
    lines.append(f"Đọc được {answer['numbers_read']} con số, đã xét {answer['numbers_judged']}.")
    return "\n".join(lines)


def _row(row: dict[str, Any]) -> list[str]:
    should = f" → {row['expected']}" if row["expected"] else ""
    lines = [f"{WORDS[row['verdict']]}: “{_short(row['text'])}”{should}", f"    {row['reason']}"]
    records = row.get("records") or {}
    if records.get("count"):
        first = "; ".join(records["first"])
        more = "…" if records["count"] > len(records["first"]) else ""
        lines.append(f"    Hồ sơ: {records['count']} bản ghi ({first}{more}) {records['href']}")
    elif records.get("href"):
        lines.append(f"    Hồ sơ: {records['href']}")
    return lines


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 100 else one_line[:99] + "…"
