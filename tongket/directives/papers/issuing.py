"""Papers that an organisation issues itself: its committee's name, level and letters, and the draft of a paper."""

from datetime import date

from tongket.core.references import letters_of
from tongket.core.text import tidy
from tongket.directives.drafts import DirectiveDraft
from tongket.organisations.models import Organisation
from tongket.organisations.paper_names import COMMITTEES, SYMBOLS
from tongket.organisations.paper_names import issuer_of as committee_named

_LEVELS = {
    "province_committee": "province",
    "district_committee": "district",
    "agencies_committee": "district",
    "commune_committee_2025": "grassroots",
    "grassroots_body": "grassroots",
    "sub_body": "grassroots",
    "grassroots_cell": "cell",
    "cell": "cell",
    "group": "cell",
}
_LETTERS = {"province": "TU", "district": "HU", "grassroots": "ĐU", "cell": "CB"}


def level_of(organisation: Organisation) -> str:
    """The level (a code of `GIVER`) at which an organisation issues papers."""
    kind = organisation.kind
    if kind == "advisory_body" and organisation.parent is not None:
        kind = organisation.parent.kind
    return _LEVELS.get(kind, "grassroots")


def issuer_of(organisation: Organisation) -> str:
    """The body that issues for an organisation: "Huyện ủy Quế Sơn" for "Đảng bộ huyện Quế Sơn"."""
    return committee_named(organisation.name, organisation.kind)[0]


def letters_of_body(organisation: Organisation) -> str:
    """The organisation's own letters in the symbols of its papers: HU, ĐU, CB."""
    level = level_of(organisation)
    rest = organisation.name.removeprefix("Đảng bộ ").casefold()
    if level in ("province", "district"):
        for unit, committee in COMMITTEES.items():
            if rest.startswith(f"{unit} "):
                return SYMBOLS[committee]
        if organisation.kind == "agencies_committee":
            return "ĐUK"
    return _LETTERS[level]


def symbol_of(number: int, kind: str, body: str) -> str:
    """Number and symbol as printed: 05-NQ/HU."""
    return f"{number:02d}-{letters_of(kind)}/{body}"


def issued_draft(
    organisation: Organisation,
    kind: str,
    symbol: str,
    issued_on: date,
    subject: str,
    *,
    signer: str = "",
    effective_until: date | None = None,
    needs_plan: bool = False,
    plan_due_on: date | None = None,
    issuer: str = "",
) -> DirectiveDraft:
    """The draft of a paper that `organisation` issued: issuer, level and the day of entry follow from it.

    `symbol` "" : the next number of the series is taken when the paper is recorded (`acts.issue_directive`).
    """
    return DirectiveDraft(
        organisation=organisation,
        kind=kind,
        symbol=symbol,
        issuer=tidy(issuer) or issuer_of(organisation),
        issuer_level=level_of(organisation),
        issued_on=issued_on,
        subject=subject,
        received_on=issued_on,
        needs_plan=needs_plan,
        plan_due_on=plan_due_on,
        book="issued",
        signer=signer,
        effective_until=effective_until,
    )
