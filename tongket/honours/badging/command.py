"""`./run badges`: the due list of an award day with reasons, rules and bonus, for a person or a program.

The command line is asked by whoever runs the machine, who need not hold the inspection duty: a delay is told as
"tạm hoãn theo quy định", and nothing of a sealed decision.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tongket.core.dates import format_date, parse_date
from tongket.core.judging import BADGE_GROUND, BADGE_STATE
from tongket.core.numbers import format_number
from tongket.honours.badging.models import OPEN
from tongket.honours.badging.papers import UNKNOWN_BONUS, money_words
from tongket.honours.badging.queries import given_in, proposals_of
from tongket.honours.badging.reading import DELAYED, DUE, MISSED, NO_DATE, Due, cell_names, day_note, due_on
from tongket.honours.models import BadgeAward, BadgeProposal
from tongket.organisations.models import Organisation
from tongket.organisations.queries import by_code
from tongket.rules.badges import bonus_or_none, money
from tongket.rules.catalogue import NoRuleInForce, in_force

#: Parts of the answer: name in JSON, heading, state, grounds.
PARTS = (
    ("due", "Đủ điều kiện trong đợt", DUE, ("due",)),
    ("posthumous", "Truy tặng", DUE, ("posthumous",)),
    ("early_possible", "Có thể tặng sớm nếu bệnh nặng (do người có thẩm quyền đề nghị)", DUE, ("early",)),
    ("missed", "Đủ từ đợt trước, sổ chưa ghi đã trao: cần kiểm tra", MISSED, ("due", "posthumous")),
    ("delayed", "Tạm hoãn", DELAYED, ("due", "posthumous")),
    ("no_date", "Thiếu ngày: chưa tính được tuổi Đảng", NO_DATE, ("due",)),
)


def badges(code: str, on: str, *, as_json: bool) -> str:
    """The list as text. Raises `NotFound` for an unknown organisation, `BadDate`, `Refused` for a day without rules."""
    organisation, day = by_code(code), parse_date(on)
    answer = as_data(organisation, day, due_on(organisation, day, early=True))
    if as_json:
        return json.dumps(answer, ensure_ascii=False, indent=2)
    return "\n".join(_lines(answer, day))


def as_data(organisation: Organisation, day: date, found: Sequence[Due]) -> dict[str, Any]:
    """The answer as plain data; an unknown bonus is null, never 0.

    "proposed" and "awarded" are what the register already holds of the round: whoever is awarded is no longer due.
    """
    parts = {
        key: [_row(due) for due in found if due.state == state and due.ground in grounds]
        for key, _title, state, grounds in PARTS
    }
    under_way = [row for row in proposals_of(organisation, day) if row.state in OPEN]
    given = given_in(organisation, day)
    places = {row.organisation_id for row in under_way} | {row.organisation_id for row in given}
    cells = cell_names(places, day, organisation.pk)
    awarded = [_given(row, day, cells) for row in given]
    rules = sorted({reason["rule"] for rows in parts.values() for row in rows for reason in row["reasons"]})
    return {
        "organisation": organisation.code,
        "name": organisation.name,
        "on": day.isoformat(),
        "note": day_note(day),
        **parts,
        "proposed": [_proposed(row, cells) for row in under_way],
        "awarded": awarded,
        "bonus": _sums((row["mark"] for key in ("due", "posthumous") for row in parts[key]), day),
        "bonus_awarded": _sums((row["mark"] for row in awarded), day),
        "rules": {rule: _citation(rule, day) for rule in (*rules, "badge.bonus", "salary.base", "badge.who")},
    }


def _sums(marks: Iterable[int], day: date) -> dict[str, Any]:
    sums = money(marks, day)
    return {
        "known": int(sums.known),
        "counted": sums.counted,
        "unknown": sums.unknown,
        "text": money_words(sums),
    }


def _proposed(row: BadgeProposal, cells: Mapping[int, str]) -> dict[str, Any]:
    return _person(row, cells) | {
        "ground": row.ground,
        "state": row.state,
        "reached_on": row.reached_on.isoformat(),
    }


def _given(row: BadgeAward, day: date, cells: Mapping[int, str]) -> dict[str, Any]:
    paid = bonus_or_none(row.mark, day)
    return _person(row, cells) | {
        "awarded_on": row.awarded_on.isoformat(),
        "number": row.number,
        "decision": row.decision_number,
        "early": row.early,
        "posthumous": row.posthumous,
        "bonus": None if paid is None else int(paid),
    }


def _person(row: BadgeAward | BadgeProposal, cells: Mapping[int, str]) -> dict[str, Any]:
    return {
        "code": row.member.code,
        "name": row.member.full_name,
        "cell": cells.get(row.organisation_id, ""),
        "mark": row.mark,
    }


def _row(due: Due) -> dict[str, Any]:
    return {
        "code": due.code,
        "name": due.name,
        "cell": due.organisation,
        "mark": due.mark or None,
        "ground": due.ground,
        "party_age_from": due.party_age_from.isoformat() if due.party_age_from else None,
        "reached_on": due.reached_on.isoformat() if due.reached_on else None,
        "died_on": due.died_on.isoformat() if due.died_on else None,
        "bonus": int(due.bonus) if due.mark and due.bonus is not None else None,
        "reasons": [{"text": reason.text, "rule": reason.rule} for reason in due.reasons],
    }


def _citation(rule: str, day: date) -> dict[str, str]:
    try:
        version = in_force(rule, day)
    except NoRuleInForce as missing:
        return {"text": str(missing), "mark": ""}
    return {"text": version.citation().document_and_article("vi"), "mark": version.mark}


def _lines(answer: dict[str, Any], day: date) -> Iterator[str]:
    yield f"{answer['name']} ({answer['organisation']}) · Huy hiệu Đảng đợt {format_date(day)}"
    if answer["note"]:
        yield f"Lưu ý: {answer['note']}"
    for key, title, _state, _grounds in PARTS:
        rows = answer[key]
        yield f"\n{title}: {len(rows)}"
        for row in rows:
            yield f"  {_money(row) if row['mark'] else ''}{row['name']} ({row['code']}), {row['cell']}"
            if row["ground"] != "due":
                yield f"      diện: {BADGE_GROUND.label(row['ground']).lower()}"
            for reason in row["reasons"]:
                yield f"      {reason['text']} [{reason['rule']}]"
    yield f"\nĐang đề nghị: {len(answer['proposed'])}"
    for row in answer["proposed"]:
        said = BADGE_STATE.label(row["state"]).lower()
        yield f"  {row['mark']} năm: {row['name']} ({row['code']}), {row['cell']}: {said}"
    yield f"\nSổ đã ghi trao trong đợt: {len(answer['awarded'])}"
    for row in answer["awarded"]:
        kind = ", truy tặng" if row["posthumous"] else ", trao sớm" if row["early"] else ""
        on = format_date(date.fromisoformat(row["awarded_on"]))
        yield f"  {_money(row)}{row['name']} ({row['code']}), {row['cell']}, trao {on}{kind}"
    yield f"\nTiền thưởng của người còn phải trao: {answer['bonus']['text']}"
    yield f"Tiền thưởng của Huy hiệu đã trao: {answer['bonus_awarded']['text']}"
    yield "Căn cứ:"
    for rule, cited in answer["rules"].items():
        doubt = "" if cited["mark"] in ("C", "") else f" (dấu {cited['mark']}: chưa xác nhận)"
        yield f"  {rule}: {cited['text']}{doubt}"


def _money(row: dict[str, Any]) -> str:
    if row["bonus"] is None:
        return f"{row['mark']} năm, {UNKNOWN_BONUS}: "
    return f"{row['mark']} năm, {format_number(row['bonus'])} đồng: "
