"""`./run ratings`: the year's levels of an organisation by subject, the sum of the list, and what the cap says of it.

From decided ratings, with or without a round; for a round not yet decided, from its list as it stands.
"""

import json
from collections.abc import Iterator
from typing import Any

from tongket.core.codelists import RATING_LEVEL
from tongket.core.judging import CAP_BASE, RATED
from tongket.core.numbers import format_number
from tongket.core.periods import Period, parse_period
from tongket.organisations.models import Organisation
from tongket.organisations.queries import by_code
from tongket.ratings.quota.queries import Judged, judge_decided, judge_round, verdict_json
from tongket.ratings.rounds.queries import decision_of, round_of
from tongket.rules.quota import BASES

SUBJECTS = ("organisations", "members")


def ratings(code: str, period: str, *, as_json: bool = False) -> int:
    """Print the ratings of an organisation in a period. Raises `NotFound`, `BadPeriod`; exit code 0."""
    organisation, asked = by_code(code), parse_period(period)
    found = {subject: _subject(organisation, asked, subject) for subject in SUBJECTS}
    if as_json:
        head = {"organisation": organisation.code, "name": organisation.name, "period": asked.code}
        print(json.dumps({**head, **found}, ensure_ascii=False, indent=2, default=str))
        return 0
    print(f"{organisation.name} · {asked.label()}")
    for subject in SUBJECTS:
        for line in _lines(subject, found[subject]):
            print(line)
    return 0


def _subject(organisation: Organisation, period: Period, subject: str) -> dict[str, Any]:
    judged, source = _judged(organisation, period, subject)
    rows = judged.rows.rated
    levels = {code: sum(row.level == code for row in rows) for code in RATING_LEVEL.values}
    listed = len(rows)
    unrated = levels.pop("not_rated")
    return {
        "source": source,
        "levels": levels,
        "listed": listed,
        "rated": sum(levels.values()),
        "not_rated": unrated,
        "open": listed - sum(levels.values()) - unrated,
        "quota": verdict_json(judged),
    }


def _judged(organisation: Organisation, period: Period, subject: str) -> tuple[Judged, str]:
    """What was decided wins; a round under way is shown only where nothing is decided yet."""
    decided = judge_decided(organisation, period, subject)
    round = round_of(organisation, period.code, subject)
    if round is not None and (decision_of(round) is not None or not decided.rows.rated):
        return judge_round(round), "round"
    return decided, "ratings"


def _lines(subject: str, found: dict[str, Any]) -> Iterator[str]:
    yield ""
    yield RATED.label(subject)
    if not found["listed"]:
        yield "  chưa có kết quả xếp loại"
        return
    for code, count in found["levels"].items():
        yield f"  {RATING_LEVEL.label(code)}: {format_number(count)}"
    missing = f" + chưa có mức {format_number(found['open'])}" if found["open"] else ""
    yield (
        f"  Danh sách {format_number(found['listed'])} = xếp loại {format_number(found['rated'])}"
        f" + chưa đánh giá {format_number(found['not_rated'])}{missing}"
    )
    quota = found["quota"]
    if not quota["pools"]:
        yield f"  {quota.get('missing', '')}"
        return
    for code in BASES:
        used = " (đang áp dụng)" if code == quota["base"] else ""
        yield f"  Trần xuất sắc, gốc {CAP_BASE.label(code).lower()}{used}:"
        for pool in quota["pools"]:
            place = pool["name"] if pool["kind"] == "all" else f"{pool['kind_name']} · {pool['name']}"
            yield f"    {place}: {pool['readings'][code]['words']}"
    yield "  Căn cứ:"
    for rule in quota["rules"]:
        doubt = "" if rule["mark"] == "C" else f" (dấu {rule['mark']}: chưa xác nhận)"
        yield f"    {rule['id']}: {rule['text']}{doubt}"
