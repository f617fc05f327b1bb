"""`./run check`: a file checked for the machine's operator, as JSON and as lines to read."""

from typing import Any

from tongket.claims.model import Claim, Number, Verdict
from tongket.core.periods import parse_period
from tongket.drafts.checking import Checked, Result, check
from tongket.drafts.readers import read_file
from tongket.figures.records import records
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


# --- the answer as JSON ----------------------------------------------------------------------------------------

#: So many of the records behind a wrong number are named; the page lists them all.
NAMED = 3
#: For so many wrong numbers: a text that is wrong throughout needs no list of it all.
MOST_LISTED = 40


def as_json(result: Result, *, name_records: bool = False) -> dict[str, Any]:
    """The shape that `docs/draft-check.md` promises. `name_records` adds titles of records (for the operator)."""
    return {
        "organisation": result.organisation.code,
        "period": result.period.code,
        "notice": result.notice,
        "claims": _claims(result, name_records),
        "documents": _documents(result),
        "people": _mentions(result, "person"),
        "organisations": _mentions(result, "body"),
        "counts": result.counts,
        "numbers_read": result.numbers_read,
        "numbers_judged": result.numbers_judged,
    }


def _claims(result: Result, name_records: bool) -> list[dict[str, Any]]:
    reading, listed = result.reading, 0
    rows = []
    for claim, checked in zip(reading.claims, result.claims, strict=True):
        row = _claim(claim, checked, [reading.numbers[i] for i in claim.numbers])
        if name_records and checked.verdict == "wrong" and checked.indicator and listed < MOST_LISTED:
            row["records"] |= _titles(checked)
            listed += 1
        rows.append(row)
    return rows


def _documents(result: Result) -> list[dict[str, Any]]:
    return [
        {
            "text": one.text,
            "start": one.start,
            "end": one.end,
            "kind": one.kind,
            "symbol": one.symbol,
            "number": one.number,
            "date": one.on.isoformat() if one.on else None,
            "issuer": one.issuer,
            **_verdict(checked),
        }
        for one, checked in zip(result.reading.references, result.documents, strict=True)
    ]


def _mentions(result: Result, kind: str) -> list[dict[str, Any]]:
    return [
        {
            "text": one.text,
            "start": one.start,
            "end": one.end,
            "name": one.subject,
            "posts": list(one.posts),
            **_verdict(checked),
        }
        for one, checked in zip(result.reading.mentions, result.mentions, strict=True)
        if one.kind == kind
    ]


def _claim(claim: Claim, checked: Checked, numbers: list[Number]) -> dict[str, Any]:
    return {
        "text": claim.text,
        "kind": claim.kind,
        "start": claim.start,
        "end": claim.end,
        "values": [_value(number) for number in numbers],
        "unit": claim.unit,
        "indicator": checked.indicator or None,
        **_verdict(checked),
        "base": checked.data.get("base", ""),
        "checks": [
            {"check": one.check, "verdict": one.verdict, "reason": one.reason} for one in checked.judgements
        ],
        "records": {"href": checked.data.get("records_href", "")},
    }


def _verdict(checked: Checked) -> dict[str, Any]:
    correction = checked.correction
    expected = correction.expected if correction else checked.deciding.expected
    return {"verdict": checked.verdict, "expected": expected or None, "reason": checked.reason}


def _value(number: Number) -> Any:
    if number.on is not None:
        return number.on.isoformat()
    return int(number.value) if number.value == number.value.to_integral_value() else float(number.value)


def _titles(checked: Checked) -> dict[str, Any]:
    data = checked.data
    if "organisation" not in data:
        return {}
    found = records(checked.indicator, data["organisation"], data["period"], limit=NAMED)
    return {"count": found.count, "first": [row.title for row in found.rows]}
