"""Cases of discipline: of a member of each commune one that goes on and one that was decided; and sealed ones.

What is sealed nobody reads who is not named for it, whatever the duty and however high: only the user "named" is.
"""

from datetime import date
from typing import Any

from tongket.cases.acts import open_case
from tongket.cases.appeals.acts import record_appeal
from tongket.cases.appeals.drafts import AppealDraft
from tongket.cases.drafts import CaseDraft
from tongket.cases.sealing.acts import grant
from tongket.cases.steps.acts import take_step
from tongket.cases.steps.drafts import StepDraft
from tongket.inspections.acts import add_organisation_discipline
from tongket.inspections.correcting.acts import confirm_correction
from tongket.inspections.drafts import OrganisationDisciplineDraft
from tongket.inspections.models import SealedAccess
from tongket.inspections.queries import discipline_of_case

READ = "discipline.read"
#: Who is named for the sealed cases, each of the own body.
NAMED = {"PA1": "named-a", "PB1": "named"}


def plant_cases(walk: Any) -> None:
    """In a cell of each commune: a case decided and appealed, one under way, one sealed and decided; a fault mended."""
    for cell in ("PA1", "PB1"):
        _mended(walk, cell)
        about = walk[f"D-{cell}"]
        _decided(walk, cell, about, "case", "vv", (READ,), None)
        _open(walk, cell)
        _decided(walk, cell, walk[f"S-{cell}"], "sealed_case", "kin", (), walk.users[NAMED[cell]])


def _draft(
    walk: Any, cell: str, about: Any, mark: str, verbs: tuple[str, ...], act_day: str = "10/01/2023"
) -> CaseDraft:
    def text(what: str) -> str:
        return walk.planted.text(cell, f"{mark}{what}", *verbs)

    return CaseDraft(
        walk[cell],
        "conduct",
        act_day,
        date(2023, 3, 1),
        text("body"),
        "cell",
        "self_found",
        member=about,
        summary=text("summary"),
    )


def _mended(walk: Any, cell: str) -> None:
    draft = OrganisationDisciplineDraft(walk[cell], "reprimand", date(2019, 6, 6), "duty")
    row = add_organisation_discipline(draft, by=None)
    number, body = (walk.planted.text(cell, f"mend{what}", READ, length=40) for what in ("number", "body"))
    walk.keep("mended", cell, row)
    walk.keep(
        "correction", cell, confirm_correction(row, date(2020, 6, 6), by=None, number=number, body=body)
    )


def _open(walk: Any, cell: str) -> None:
    row = open_case(_draft(walk, cell, walk[f"D-{cell}"], "mo", (READ,), "11/02/2023"), by=None)
    step = take_step(row, StepDraft("explained", date(2023, 3, 15)), by=None)
    walk.keep("case_open", cell, row)
    walk.keep("case_step", cell, step)


def _decided(walk: Any, cell: str, about: Any, kind: str, mark: str, verbs: tuple[str, ...], by: Any) -> None:
    def text(what: str, length: int = 200) -> str:
        return walk.planted.text(cell, f"{mark}{what}", *verbs, length=length)

    sealed = by is not None
    reason = text("seal") if sealed else ""
    row = open_case(_draft(walk, cell, about, mark, verbs), by=by, sealed=sealed, seal_reason=reason)
    take_step(row, StepDraft("explained", date(2023, 3, 15)), by=by)
    vote = StepDraft("voted", date(2023, 4, 1), form="warning", entitled=20, agree=15, disagree=5)
    take_step(row, vote, by=by)
    decision = StepDraft(
        "decided",
        date(2023, 4, 15),
        form="warning",
        level="grassroots",
        decision_number=text("number", 40),
        decision_body=text("decider"),
    )
    take_step(row, decision, by=by)
    last = take_step(row, StepDraft("served", date(2023, 4, 20)), by=by)
    row.refresh_from_db()
    appeal = record_appeal(row, AppealDraft(date(2023, 4, 28), "superior", text("appealed")), by=by)
    walk.keep(kind, cell, row)
    walk.keep(f"{kind}_step", cell, last)
    walk.keep(f"{kind}_appeal", cell, appeal)
    walk.keep(f"{kind}_discipline", cell, discipline_of_case(row.identity))
    if sealed:
        walk.keep("sealed_access", cell, SealedAccess.objects.get(case_identity=row.identity))


__all__ = ["NAMED", "grant", "plant_cases"]
