"""`check-data` makes the state of every obligation anew from its steps."""

from datetime import date

from tongket.figures.check_data import check_all
from tongket.obligations.acts import hand_out, take_step
from tongket.obligations.drafts import DemandDraft, StepDraft
from tongket.obligations.models import Obligation


def test_a_state_that_no_step_makes_is_named(world, clerk):
    draft = DemandDraft(world["QS"], "report", "Báo cáo năm", date(2023, 5, 1), date(2023, 6, 1))
    demand = hand_out(draft, [world["PA"], world["PB"]], by=clerk)
    done = demand.obligations.get(organisation=world["PA"])
    take_step(done, StepDraft("reported", date(2023, 5, 20), "Đã xong"), by=clerk)
    [check] = [one for one in check_all() if one.name == "obligations"]
    assert (check.checked, check.faults) == (2, ())
    Obligation.objects.filter(organisation=world["PB"]).update(state="accepted")
    [check] = [one for one in check_all() if one.name == "obligations"]
    assert len(check.faults) == 1 and "Báo cáo năm" in check.faults[0]
