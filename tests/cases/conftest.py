"""The small district with users of several duties, and how a case goes its way in tests."""

from datetime import date
from typing import Any

from tests.once import once
from tests.page_world import make_page_world
from tests.world import World, add_user
from tongket.cases.acts import open_case
from tongket.cases.drafts import CaseDraft
from tongket.cases.models import Case
from tongket.cases.steps.acts import take_step
from tongket.cases.steps.drafts import StepDraft


def _make() -> World:
    """The district; a second inspector holds the same duty, an auditor reads the ledger."""
    world = make_page_world()
    add_user(world, "second", "QS", "inspection")
    add_user(world, "auditor", "QS", "auditor")
    return world


district, world = once(_make)


def draft_of(world: World, member: str | None = "M1", **more: Any) -> CaseDraft:
    """A case of 2023 about M1 in A1 (or about an organisation), found out by the cell itself."""
    base: dict[str, Any] = {
        "organisation": world["PA1"],
        "member": world[member] if member else None,
        "ground": "conduct",
        "act_days": "10/01/2023",
        "opened_on": date(2023, 3, 1),
        "body": "Chi bộ thôn A1",
        "body_level": "cell",
        "source": "self_found",
    }
    return CaseDraft(**{**base, **more})


def opened(world: World, member: str | None = "M1", *, sealed: bool = False, **more: Any) -> Case:
    """The case above, opened by the inspector."""
    reason = "Liên quan an ninh" if sealed else ""
    return open_case(
        draft_of(world, member, **more), by=world.users["inspector"], sealed=sealed, seal_reason=reason
    )


def voted(world: World, case: Case, form: str = "warning", agree: int = 14, entitled: int = 20) -> Case:
    """Explained and voted in March and April 2023."""
    by = world.users["inspector"]
    take_step(case, StepDraft("explained", date(2023, 3, 15)), by=by)
    vote = StepDraft(
        "voted", date(2023, 4, 1), form=form, entitled=entitled, agree=agree, disagree=entitled - agree
    )
    take_step(case, vote, by=by)
    return case


def decided(world: World, case: Case, form: str = "warning") -> Case:
    """Explained, voted and decided on 15/04/2023."""
    voted(world, case, form)
    decision = StepDraft(
        "decided", date(2023, 4, 15), form=form, level="grassroots", decision_number="12-QĐ/ĐU"
    )
    take_step(case, decision, by=world.users["inspector"])
    return case
