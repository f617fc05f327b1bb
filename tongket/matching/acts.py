"""Searching the register for duplicates, and deciding that two entries are two persons.

Merging is in `merging/acts.py`, taking apart in `merging/apart.py`.
"""

from typing import Any

from django.db.models import QuerySet

from tongket.audit.acts import act
from tongket.audit.records import current, written_reason
from tongket.core.problems import Conflict, Problem, refuse_if_any
from tongket.matching.judge import Duplicate, duplicates
from tongket.matching.merging.acts import decide_in
from tongket.matching.models import PairDecision, PersonMerge, SuspectedPair
from tongket.matching.register import register_of
from tongket.members.models import Member


def find_duplicates(members: QuerySet[Member], *, by: Any, origin: str = "form") -> list[Duplicate]:
    """Search these members for duplicates and put the pairs found in the place of those found before among them.

    Pairs of which one person is not among `members` stay as they are. What was decided of a pair stays decided.
    """
    found = duplicates(register_of(members))
    with act("register.search", by=by, origin=origin) as current_act:
        keys = members.values("pk")
        SuspectedPair.objects.filter(one__in=keys, other__in=keys).delete()
        rows = [
            SuspectedPair(
                one_id=min(d.one.key, d.other.key),
                other_id=max(d.one.key, d.other.key),
                outcome=d.judgement.outcome,
                points=d.judgement.points,
                found_at=current_act.at,
            )
            for d in found
        ]
        # Somebody may have moved beyond these members while they were compared: that pair is there already.
        SuspectedPair.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
        sure = sum(d.judgement.outcome == "sure" for d in found)
        current_act.note(sure=sure, doubtful=len(found) - sure)
    return found


def keep_apart(one: Member, other: Member, *, reason: str, by: Any) -> PairDecision:
    """Remember that two entries are two persons, with the reason. Raises `Refused`."""
    said = written_reason(reason, ask="Ghi căn cứ để kết luận đây là hai người.")
    problems = []
    if one.pk == other.pk:
        problems.append(Problem("", "Đây là cùng một hồ sơ. Chọn hai hồ sơ khác nhau."))
    if current(PersonMerge.objects.filter(gone__in=(one, other))).exists():
        problems.append(Problem("", "Một trong hai hồ sơ đã được gộp. Mở lần gộp đó để tách ra."))
    refuse_if_any(problems)
    with act("register.keep_apart", by=by, organisation=one.organisation, subject=one) as current_act:
        decision = decide_in(one, other, same=False, reason=said, act=current_act)
        current_act.note(member=one.code, other=other.code)
    return decision


def ask_again(decision: PairDecision, *, reason: str, by: Any) -> None:
    """Take back a decision “two persons”: the pair may come up again. Raises `Refused` and `Conflict`."""
    said = written_reason(reason, ask="Ghi vì sao xem xét lại.")
    with act("register.ask_again", by=by, subject=decision.one) as current_act:
        found = current(PairDecision.objects.filter(pk=decision.pk, same=False)).first()
        if found is None:
            raise Conflict("Kết luận này vừa được người khác thay đổi. Mở lại trang để xem hiện trạng.")
        current_act.void(found, said)
        current_act.note(member=decision.one.code, other=decision.other.code)
