"""Who writes a paper of a case: the body named in the record, found among the case's organisation and those above it.

A body is a text on the record ("Ủy ban Kiểm tra Huyện ủy"). Where it is found, the paper has what stands above it, its
symbol, its place and its signature; where not, it stands alone, nothing made up.
"""

from dataclasses import dataclass
from datetime import date

from tongket.cases.models import Case
from tongket.organisations.models import Organisation
from tongket.organisations.paper_names import SYMBOLS, above_of, issuer_of, party_body, place_of
from tongket.organisations.queries import ancestors_on, name_on

_COMMISSION, _STANDING = "ủy ban kiểm tra ", "ban thường vụ "


@dataclass(frozen=True, slots=True)
class Heading:
    """The head and the signature of a paper: what stands above, who writes, symbol, place, on behalf of whom."""

    parent: str
    issuer: str
    letters: str
    place: str
    on_behalf: str
    post: str


def heading_of(case: Case, body: str, on: date) -> Heading:
    """The heading for a body as the names were on a day."""
    said = body.casefold()
    part = next((prefix for prefix in (_COMMISSION, _STANDING) if said.startswith(prefix)), "")
    wanted = said.removeprefix(part)
    for organisation in (case.organisation, *reversed(ancestors_on(case.organisation, on))):
        name = name_on(organisation, on)
        issuer, committee = issuer_of(name, organisation.kind)
        # "Huyện ủy" alone is the nearest one above; a cell is never named by its kind alone.
        alone = committee if committee != "Chi bộ" else ""
        if wanted in {one.casefold() for one in (name, issuer, alone) if one}:
            return _found(organisation, issuer, committee, part, on)
    issuer, committee = issuer_of(name_on(case.organisation, on), case.organisation.kind)
    place = place_of(issuer, committee, above_of(case.organisation, on)[1])
    return Heading("", body, "", place, f"T/M {body.upper()}", "")


def _found(organisation: Organisation, issuer: str, committee: str, part: str, on: date) -> Heading:
    above, above_committee = above_of(organisation, on)
    place = place_of(issuer, committee, above_committee)
    letters = SYMBOLS.get(committee, "ĐU")
    if part == _COMMISSION:
        return Heading(issuer, "Ủy ban Kiểm tra", f"UBKT{letters}", place, "T/M ỦY BAN KIỂM TRA", "CHỦ NHIỆM")
    behalf = "T/M BAN THƯỜNG VỤ" if part == _STANDING else f"T/M {committee.upper()}"
    return Heading(party_body(above), issuer, letters, place, behalf, "BÍ THƯ")
