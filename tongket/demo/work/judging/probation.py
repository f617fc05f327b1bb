"""Who was on probation at the end of 2023 became official by the cells' votes; of later ones some still wait."""

from collections.abc import Iterator
from datetime import date
from random import Random

from tongket.admissions.deadlines.limits import probation_end
from tongket.admissions.drafts import ProbationStepDraft
from tongket.admissions.probation.acts import record_probation_steps
from tongket.admissions.probation.queries import Probationer, on_probation
from tongket.admissions.voting import voters_on
from tongket.audit.acts import act
from tongket.core.dates import today
from tongket.demo.draw.plain import END, later
from tongket.demo.work.judging.people import ORIGIN, Cast
from tongket.organisations.models import Organisation

_STANDING = "Ban Thường vụ Huyện ủy"


def recognise(cast: Cast) -> None:
    """Every probation that ended long enough ago is concluded: voted, forwarded, decided; a few of them late."""
    rng = cast.chance("probation")
    people = on_probation(Organisation.objects.values("pk"), END)
    drafts = [draft for one in people for draft in _concluded(one, rng)]
    if not drafts:
        return
    with act(
        "probation.recognise", by=cast.user("to-chuc"), origin=ORIGIN, organisation=cast.root
    ) as current_act:
        made = record_probation_steps(drafts, act=current_act)
        current_act.note(count=len(made))


def _concluded(one: Probationer, rng: Random) -> Iterator[ProbationStepDraft]:
    began = one.probation.ceremony
    if began is None:
        return
    late = rng.random() < 0.05
    resolution = later(probation_end(began), rng.randint(50, 70) if late else rng.randint(2, 18))
    decided = later(resolution, rng.randint(14, 26))
    if decided > today():
        return
    base = voters_on(one.organisation, resolution).summoned
    present = base - rng.randint(0, base // 8)
    yield ProbationStepDraft(
        one.member, "resolution", resolution, present=present, agree=present, disagree=0,
        note="Chi bộ họp muộn do tổ chức lại sinh hoạt cuối năm." if late else "",
    )  # fmt: skip
    yield ProbationStepDraft(one.member, "forwarded", later(resolution, 5))
    yield ProbationStepDraft(
        one.member, "decision", decided,
        decision_number=f"{rng.randint(100, 999)}-QĐ/HU", decision_body=_STANDING,
    )  # fmt: skip


def probation_at_present(cast: Cast) -> None:
    """Of those admitted since: who waits beyond the time has the vote of the cell, the decision is still to come."""
    rng = cast.chance("present probation")
    day = today()
    drafts = []
    for one in on_probation(Organisation.objects.values("pk"), day):
        began = one.probation.ceremony
        if began is None or began.year <= END.year:
            continue
        helper = _helper(cast, one, rng)
        if helper is not None:
            drafts.append(
                ProbationStepDraft(one.member, "helper", later(began, 3), helper=cast.members[helper])
            )
        ended = probation_end(began)
        if later(ended, 60) < day:  # the longest wait has its vote; the other cell has not met yet
            on = later(ended, 6)
            base = voters_on(one.organisation, on).summoned
            drafts.append(
                ProbationStepDraft(
                    one.member, "resolution", on, present=base, agree=base, disagree=0,
                    note="Chờ xác minh lý lịch bổ sung ở nơi cư trú.",
                )
            )  # fmt: skip
    if not drafts:
        return
    with act("probation.step", by=cast.user("to-chuc"), origin=ORIGIN, organisation=cast.root) as current_act:
        current_act.note(count=len(record_probation_steps(drafts, act=current_act)))


def _helper(cast: Cast, one: Probationer, rng: Random) -> str | None:
    pool = [
        person.code
        for person, _ in cast.drawn.people_of(one.organisation.code, END)
        if person.is_official(date(END.year, 1, 1)) and person.age(END) < 60
    ]
    return rng.choice(pool) if pool else None
