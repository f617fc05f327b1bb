"""`check-data` names what of the derived columns no act made."""

from datetime import UTC, datetime
from typing import Any

from tests.world import add_user, make_tree
from tongket.conferences.acts import add_conference
from tongket.conferences.drafts import ConferenceDraft
from tongket.conferences.models import Conference
from tongket.figures.check_data import Check, check_all


def check(name: str) -> Check:
    (found,) = [one for one in check_all() if one.name == name]
    return found


def test_a_conference_whose_state_no_step_made_is_named(db: Any) -> None:
    world = make_tree()
    add_user(world, "clerk", "QS", "office")
    draft = ConferenceDraft(
        organisation=world["QS"],
        kind="year_end",
        title="Hội nghị tổng kết năm",
        starts_at=datetime(2023, 12, 20, 1, tzinfo=UTC),
        place="Hội trường huyện",
        chairs="Bí thư",
    )
    row = add_conference(draft, by=world.users["clerk"])
    assert (check("conferences").checked, check("conferences").faults) == (1, ())
    Conference.objects.filter(pk=row.pk).update(state="closed")
    (fault,) = check("conferences").faults
    assert "Hội nghị tổng kết năm" in fault


def test_every_check_has_a_name_of_its_own(db: Any) -> None:
    names = [one.name for one in check_all()]
    assert len(set(names)) == len(names) and {"files", "obligations", "conferences"} <= set(names)
