"""The result of a check as JSON, for the command line and for other programs."""

from typing import Any

from tongket.claims.model import Claim, Number
from tongket.drafts.checking import Checked, Result
from tongket.figures.records import records

#: So many of the records behind a wrong number are named; the page lists them all.
NAMED = 3
#: For so many wrong numbers: a text that is wrong throughout needs no list of it all.
MOST_LISTED = 40


def as_json(result: Result, *, name_records: bool = False) -> dict[str, Any]:
    """The shape that `docs/drafts.md` promises. `name_records` adds titles of records (for the machine's operator)."""
    reading = result.reading
    listed = 0
    claims = []
    for claim, checked in zip(reading.claims, result.claims, strict=True):
        row = _claim(claim, checked, [reading.numbers[i] for i in claim.numbers])
        if name_records and checked.verdict == "wrong" and checked.indicator and listed < MOST_LISTED:
            row["records"] |= _titles(checked)
            listed += 1
        claims.append(row)
    return {
        "organisation": result.organisation.code,
        "period": result.period.code,
        "notice": result.notice,
        "claims": claims,
        "documents": [
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
            for one, checked in zip(reading.references, result.documents, strict=True)
        ],
        "people": [
            {"text": one.text, "start": one.start, "end": one.end, "name": one.subject, "posts": list(one.posts), **_verdict(checked)}
            for one, checked in zip(reading.mentions, result.mentions, strict=True)
            if one.kind == "person"
        ],
        "organisations": [
            {"text": one.text, "start": one.start, "end": one.end, **_verdict(checked)}
            for one, checked in zip(reading.mentions, result.mentions, strict=True)
            if one.kind == "body"
        ],
        "counts": result.counts,
        "numbers_read": result.numbers_read,
        "numbers_judged": result.numbers_judged,
    }  # fmt: skip


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
        "checks": [{"check": one.check, "verdict": one.verdict, "reason": one.reason} for one in checked.judgements],
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
