"""A part leaves a unit that goes on: only who is named goes, its past stays with it, what lies open is told."""

import json
from datetime import date
from typing import Any

import pytest

from tests.once import once
from tests.page_world import logged_in, make_page_world
from tests.reforms.test_across import check_carried, check_three_views
from tests.reforms.test_plan import DAY, plan_of, refused, standing
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.cli import main
from tongket.honours.badging.models import BadgeProposal
from tongket.members.acts import transfer
from tongket.members.drafts import PostDraft
from tongket.members.models import MemberDetail, MembershipSpell
from tongket.members.post_acts import appoint
from tongket.organisations.models import Organisation, OrganisationAct, SuccessorLink
from tongket.reforms.acts import execute, undo
from tongket.reforms.command import effects_in_words
from tongket.reforms.effects.fates import effects_of
from tongket.reforms.effects.preview import last_entry, look
from tongket.reforms.models import ReformPlan
from tongket.reforms.steps import ShareRule, Step, from_plain, to_plain

pytestmark = pytest.mark.django_db

district, world = once(make_page_world)
NEW = Step("found", code="PB8", name="Chi bộ thôn Mới", body="cell", to="PB")
EAST = ShareRule("people", "address", "thôn Đông", "PB8")


def part(*rules: ShareRule, people: tuple[tuple[str, str], ...] = ()) -> tuple[Step, ...]:
    return (NEW, Step("part", code="PA1", into=("PB8",), people=people, rules=rules))


def cells() -> dict[str, str]:
    rows = MembershipSpell.objects.filter(voided_at__isnull=True, valid_from__lte=DAY, valid_to__gt=DAY)
    return dict(rows.values_list("member__code", "organisation__code"))


def test_only_who_is_named_leaves_and_the_unit_goes_on(world: World) -> None:
    MemberDetail.objects.filter(member__code="M1").update(permanent_address="Thôn Đông, xã A")
    before = cells()
    plan = execute(plan_of(world, *part(EAST)), by=None)
    assert cells() == {**before, "M1": "PB8"}
    left = Organisation.objects.get(code="PA1")
    assert left.is_alive and not SuccessorLink.objects.exists()
    row = OrganisationAct.objects.get(organisation=left, recorded_at=plan.done_at)
    assert (row.kind, row.ends, row.decision_number) == ("split", False, "7-QĐ/TU") and "PB8" in row.note
    effects = effects_of(plan.done_at, DAY)  # type: ignore[arg-type]
    (fate,) = effects.of("parted")
    assert (fate.code, fate.members) == ("PA1", (2, 1)) and effects.total == (2, 2)


def test_the_hand_goes_before_the_rule_also_to_stay_and_nobody_leaving_is_refused(world: World) -> None:
    MemberDetail.objects.filter(member__code="M1").update(permanent_address="Thôn Đông, xã A")
    plan = plan_of(world, *part(EAST, people=(("M1", "PA1"),)))
    assert any("Chưa có ai" in message for message in refused(lambda: execute(plan, by=None)))
    assert refused(lambda: plan_of(world, Step("part", code="PA1", into=("PA1",))))
    assert refused(lambda: plan_of(world, Step("part", code="PA1")))
    assert from_plain(to_plain(part(EAST, people=(("M1", "PA1"),)))) == part(EAST, people=(("M1", "PA1"),))


def test_an_organisation_below_leaves_and_takes_the_kind_that_fits(world: World) -> None:
    new = Step("found", code="PC", name="Đảng bộ xã C", body="grassroots_body", sector="commune", to="QS")
    leave = Step("part", code="PA", into=("PC",), below=(("PA2", "PC"),))
    execute(plan_of(world, new, leave), by=None)
    assert Organisation.objects.get(code="PA2").parent.code == "PC"  # type: ignore[union-attr]
    assert Organisation.objects.get(code="PA").is_alive


def test_its_past_stays_with_it_also_when_it_ends_later(world: World) -> None:
    execute(plan_of(world, *part(people=(("M1", "PB8"),))), by=None)
    check_three_views(world["QS"], date(2024, 12, 31))
    merger = plan_of(world, Step("merge", codes=("PA1",), to="PA2"), on=date(2024, 5, 1))
    execute(merger, by=None)
    carried = check_carried(world["QS"], date(2024, 12, 31)).periods[0]
    assert carried.undivided["members.total"].value == 0


def test_taken_back_all_stands_as_before(world: World) -> None:
    before = standing()
    plan = execute(plan_of(world, *part(people=(("M1", "PB8"),))), by=None)
    undo(plan, reason="thử", by=None)
    assert standing() == before


def test_what_lies_open_at_who_leaves_is_told_with_what_becomes_of_it(world: World) -> None:
    appoint(PostDraft(world["M1"], world["PA1"], "secretary", date(2020, 1, 1)), by=None)
    row: dict[str, Any] = {
        "mark": 30,
        "award_day": date(2024, 2, 3),
        "ground": "usual",
        "reached_on": date(2024, 1, 5),
        "state": "sent",
        "recorded_at": world["QS"].acts.first().recorded_at,
    }
    for code in ("M1", "M2"):
        BadgeProposal.objects.create(member=world[code], organisation=world["PA1"], holder=world["PA"], **row)
    seen = look(plan_of(world, *part(people=(("M1", "PB8"),))), viewer=world.users["clerk"])
    loads = {load.kind: dict(load.at) for load in seen.loads}
    assert loads["posts"] == {"PA1": 1} and loads["badges"] == {"PA1": 1}
    # When the body ends at which the proposals stand, both are told there.
    seen = look(plan_of(world, Step("merge", codes=("PA",), to="PB")), viewer=world.users["clerk"])
    assert {load.kind: dict(load.at) for load in seen.loads}["badges"] == {"PA": 2}


def test_whoever_may_not_read_it_there_is_not_told_how_many(world: World) -> None:
    # A clerk of PB for reorganisations who reads obligations everywhere but honours only at home is told no more.
    plan = plan_of(world, Step("merge", codes=("PA1",), to="PA2"))
    transfer(world["M1"], to=world["PA2"], on=date(2023, 5, 1), by=None)
    seen = look(plan, viewer=world.users["clerk_a"])
    assert {load.kind for load in seen.loads} <= {"accounts", "probation"}


def test_the_clerk_chooses_who_leaves_on_the_page(world: World) -> None:
    client = logged_in(world.users["clerk"])
    plan = plan_of(world, by=world.users["clerk"])
    sent = {"code": "PA1", "code_1": "PB8", "name_1": "Chi bộ thôn Mới", "body": "cell", "parent_1": "PB"}
    answer = client.post(f"/sap-xep/{plan.pk}/buoc/tach-mot-phan/them/", sent)
    assert answer.status_code == 302 and answer["Location"].endswith("/buoc/1/chia/")
    page = client.get(answer["Location"]).content.decode()
    assert "còn lại ở nguyên chỗ cũ" in page and "ở lại" in page
    client.post(answer["Location"], {"row_version": 2, "nguoi.M2": "PB8"})
    assert not LedgerEntry.objects.filter(action="reform.sensitive").exists()
    by_address = {"row_version": 3, "truong_0": "people.address", "chu_0": "thôn Đông", "ve_0": "PB8"}
    client.post(answer["Location"], by_address)
    client.get(answer["Location"])
    # Where people live is read through the rule: that is logged, and makes no preview stale.
    assert (
        LedgerEntry.objects.latest("id").action == "reform.sensitive"
        and last_entry() < LedgerEntry.objects.count()
    )
    plan = ReformPlan.objects.get(pk=plan.pk)
    assert from_plain(plan.steps)[1].people == (("M2", "PB8"),)
    assert "tiếp tục hoạt động" in client.get(f"/sap-xep/{plan.pk}/").content.decode()


def test_the_command_tells_the_effects_and_writes_nothing(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = plan_of(world, *part(people=(("M1", "PB8"),)))
    before = standing()
    assert main(["reform", str(plan.pk), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [fate["fate"] for fate in told["effects"]["fates"]] == ["founded", "parted"]
    said = "\n".join(effects_in_words(told))
    for words in ("Tách một phần, tiếp tục hoạt động: 1", "PA1  Chi bộ", "members.total"):
        assert words in said
    assert main(["reform"]) == 0 and "Sắp xếp xã" in capsys.readouterr().out
    assert main(["reform", "999999"]) == 2
    assert standing() == before
