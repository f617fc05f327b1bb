"""Whose desk something lies on, by name: the cell, the committee of its grassroots body, the level above."""

from datetime import date

from tongket.organisations.models import Organisation
from tongket.organisations.paper_names import issuer_of
from tongket.rules.catalogue import NoRuleInForce, value
from tongket.rules.organisations import kind

#: How the rule `adm.who` says that the grassroots committee's own standing committee decides.
_ITSELF = "Ban thường vụ đảng ủy cơ sở"


def grassroots_of(cell: Organisation) -> Organisation:
    """The grassroots organisation a cell belongs to: itself when it is one. Wants the parents selected."""
    place: Organisation | None = cell
    while place is not None and not kind(place.kind).is_grassroots:
        place = place.parent
    return place or cell


def deciding_level(cell: Organisation, day: date) -> Organisation:
    """The organisation whose committee decides: above the grassroots body, by 208-QĐ/TW the grassroots body itself.

    A grassroots cell has no standing committee, so of its people the level above decides as before.
    """
    body = grassroots_of(cell)
    try:
        itself = value("adm.who", day) == _ITSELF and not kind(body.kind).holds_members
    except NoRuleInForce:
        itself = False
    return body if itself or body.parent is None else body.parent


def desk_body(cell: Organisation, desk: str, day: date) -> str:
    """The body on whose desk it lies, as an office names it; "" for no desk.

    Only a committee above the grassroots has an organisation board; in a grassroots body the committee itself prepares.
    """
    if desk == "cell":
        return cell.name
    if desk not in ("committee", "board", "standing"):
        return ""
    level = grassroots_of(cell) if desk == "committee" else deciding_level(cell, day)
    if kind(level.kind).holds_members:
        return f"Bí thư {level.name[:1].lower()}{level.name[1:]}"
    issuer = issuer_of(level.name, level.kind)[0]
    if desk == "board" and not kind(level.kind).is_grassroots:
        return f"Ban Tổ chức {issuer}"
    return f"Ban Thường vụ {issuer}" if desk == "standing" else issuer
