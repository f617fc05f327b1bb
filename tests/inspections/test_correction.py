"""A confirmed correction of a decision without a case: once, after it, on a paper; it may be voided with a reason."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests.once import once
from tests.page_world import logged_in, make_page_world
from tests.world import World
from tongket.audit.acts import act
from tongket.audit.models import LedgerEntry
from tongket.core.dates import FOREVER
from tongket.core.problems import Conflict, Refused
from tongket.inspections.acts import (
    add_member_discipline,
    add_organisation_discipline,
    correct_member_discipline,
    void_member_discipline,
)
from tongket.inspections.correcting.acts import confirm_correction, end_in, void_correction
from tongket.inspections.drafts import MemberDisciplineDraft, OrganisationDisciplineDraft
from tongket.inspections.effects import disciplines_of_members
from tongket.inspections.models import DisciplineEnd, MemberDiscipline
from tongket.rules.badges import delay_by

district, world = once(make_page_world)
DECIDED = date(2022, 3, 1)


def _row(world: World, form: str = "warning") -> MemberDiscipline:
    draft = MemberDisciplineDraft(world["M1"], world["PA1"], form, DECIDED, "duty")
    return add_member_discipline(draft, by=None)


def _corrected_on(world: World) -> date:
    [fact] = disciplines_of_members([world["M1"].pk], date.min, date.max)[world["M1"].pk]
    return fact.corrected_on


def _page(row: MemberDiscipline) -> str:
    return reverse("inspections:corrected", args=[row.pk])


def test_from_the_confirmed_correction_on_a_badge_is_no_longer_delayed(world: World) -> None:
    row, day = _row(world), date(2023, 5, 19)
    assert delay_by(row.form, row.decided_on, _corrected_on(world), day) is not None
    sent = {"on": "01/04/2023", "number": "5-NQ/CB"}
    answer = logged_in(world.users["inspector"]).post(_page(row), sent)
    assert answer.status_code == 302
    assert delay_by(row.form, row.decided_on, _corrected_on(world), day) is None
    end = DisciplineEnd.objects.get()
    assert (end.decision_number, end.decision_body) == ("5-NQ/CB", world["PA1"].name)
    assert LedgerEntry.objects.latest("pk").action == "member_discipline.corrected"


@pytest.mark.parametrize(
    ("on", "word"), [("28/02/2022", "28/02/2022"), ("01/01/2100", "01/01/2100"), ("", "")]
)
def test_a_day_before_the_decision_or_to_come_is_refused_at_the_field(
    world: World, on: str, word: str
) -> None:
    answer = logged_in(world.users["inspector"]).post(_page(_row(world)), {"on": on})
    assert answer.status_code == 422
    assert word in str(answer.context["form"].errors["on"])
    assert not DisciplineEnd.objects.exists()


def test_it_is_confirmed_once_and_not_of_who_was_expelled(world: World) -> None:
    row = _row(world)
    confirm_correction(row, date(2023, 4, 1), by=None)
    with pytest.raises(Refused, match="01/04/2023"):
        confirm_correction(row, date(2023, 4, 2), by=None)
    draft = MemberDisciplineDraft(world["M3"], world["PA2"], "expulsion", DECIDED, "duty")
    with pytest.raises(Refused, match="khai trừ"):
        confirm_correction(add_member_discipline(draft, by=None), date(2023, 4, 1), by=None)


def test_a_voided_confirmation_stays_struck_through_and_the_badge_waits_again(world: World) -> None:
    row = _row(world)
    end = confirm_correction(row, date(2023, 4, 1), by=None)
    client = logged_in(world.users["inspector"])
    address = reverse("inspections:correction_void", args=[end.pk])
    assert address in client.get(reverse("inspections:detail", args=[row.pk])).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "ghi nhầm người"}).status_code == 302
    end.refresh_from_db()
    assert end.void_reason == "ghi nhầm người"
    assert _corrected_on(world) == FOREVER
    assert client.post(address, {"reason": "lần nữa"}).status_code == 409
    confirm_correction(row, date(2023, 6, 1), by=None)
    assert _corrected_on(world) == date(2023, 6, 1)


def test_what_an_appeal_has_annulled_is_not_brought_back_here(world: World) -> None:
    row = _row(world)
    with act("test.annul", by=None) as current_act:
        end = end_in(row, "annulled", date(2023, 4, 1), {}, act=current_act)
    with pytest.raises(Refused, match="khiếu nại"):
        void_correction(end, reason="thử", by=None)
    address = reverse("inspections:correction_void", args=[end.pk])
    assert logged_in(world.users["inspector"]).post(address, {"reason": "thử"}).status_code == 404


def test_a_decision_whose_correction_is_confirmed_is_not_voided_under_it(world: World) -> None:
    row = _row(world)
    end = confirm_correction(row, date(2023, 4, 1), by=None)
    with pytest.raises(Refused, match="hủy xác nhận"):
        void_member_discipline(row, reason="thử", by=None)
    void_correction(end, reason="thử", by=None)
    void_member_discipline(row, reason="thử", by=None)
    with pytest.raises(Conflict):
        confirm_correction(row, date(2023, 4, 1), by=None)


def test_the_confirmation_outlives_a_corrected_record(world: World) -> None:
    row = _row(world)
    confirm_correction(row, date(2023, 4, 1), by=None)
    other = MemberDisciplineDraft(world["M1"], world["PA1"], "reprimand", DECIDED, "duty")
    fresh = correct_member_discipline(row, other, reason="ghi sai", by=None)
    assert [end.on for end in fresh.ends.filter(voided_at=None)] == [date(2023, 4, 1)]


def test_an_organisations_correction_is_confirmed_on_its_own_page(world: World) -> None:
    draft = OrganisationDisciplineDraft(world["PA1"], "reprimand", DECIDED, "duty")
    row = add_organisation_discipline(draft, by=None)
    address = reverse("inspections:organisation_corrected", args=[row.pk])
    client = logged_in(world.users["inspector"])
    assert address in client.get(reverse("inspections:organisation_detail", args=[row.pk])).content.decode()
    assert client.post(address, {"on": "01/04/2023"}).status_code == 302
    assert DisciplineEnd.objects.get().organisation_discipline == row


@pytest.mark.parametrize(("name", "status"), [("clerk", 403), ("leader", 403), ("clerk_b", 404)])
def test_only_the_duty_confirms_and_only_in_its_own_books(world: World, name: str, status: int) -> None:
    row = _row(world)
    client: Any = logged_in(world.users[name])
    assert client.get(_page(row)).status_code == status
    assert client.post(_page(row), {"on": "01/04/2023"}).status_code == status
    assert not DisciplineEnd.objects.exists()


def test_who_only_reads_is_offered_nothing(world: World) -> None:
    row = _row(world)
    page = logged_in(world.users["leader"]).get(reverse("inspections:detail", args=[row.pk])).content.decode()
    assert _page(row) not in page
    assert "Chưa ghi việc nào làm quyết định hết ảnh hưởng" in page
