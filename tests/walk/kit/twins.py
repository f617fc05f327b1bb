"""People of the walk who may be one: a pair that waits, one found to be two persons, one entry merged into another."""

from typing import Any

from django.utils import timezone

from tongket.matching.acts import keep_apart
from tongket.matching.merging.acts import MergeDraft, merge_people
from tongket.matching.models import SuspectedPair
from tongket.members.drafts import MemberDraft
from tongket.members.profile_acts import enter_member

VERB = "register.merge"


def plant_twins(walk: Any) -> None:
    """One of each for a cell of the sibling and one of the own."""
    planted = walk.planted
    for cell in ("PA1", "PB1"):
        one, other = walk[f"M-{cell}"], walk[f"W-{cell}"]
        walk.keep("pair_one", cell, one)
        walk.keep("pair_other", cell, other)
        SuspectedPair.objects.create(
            one=one, other=other, outcome="doubtful", points=70, found_at=timezone.now()
        )
        why = planted.text(cell, "apartwhy", VERB)
        walk.keep("pair_decision", cell, keep_apart(one, walk[f"H-{cell}"], reason=why, by=None))
        name = planted.text(cell, "twinname", "member.read", VERB, length=120)
        gone = enter_member(MemberDraft(code=f"G-{cell}", details={"full_name": name}), by=None)
        walk.keep("merged", cell, gone)
        draft = MergeDraft(one, gone, "kept", reason=planted.text(cell, "joinwhy", VERB))
        walk.keep("person_merge", cell, merge_people(draft, by=None))
