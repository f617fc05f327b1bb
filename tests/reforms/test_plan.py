"""A plan of several steps is one act, taken back as long as nothing rests on it; who has no place stops it all."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.once import once
from tests.world import World, add_user, make_world, person
from tongket.audit.models import LedgerEntry
from tongket.core.problems import Conflict, Refused
from tongket.figures.engine import compute
from tongket.members.acts import admit, correct_event, record_event, transfer
from tongket.members.drafts import EventDraft, PostDraft
from tongket.members.models import Member, MemberDetail, MemberEvent, MembershipSpell, PostHolding
from tongket.members.post_acts import appoint, end_post
from tongket.organisations.acts import found, rename
from tongket.organisations.drafts import FoundingDraft
from tongket.organisations.models import Organisation, OrganisationAct, OrganisationPath, OrganisationVersion
from tongket.reforms.acts import PlanDraft, change_plan, delete_plan, execute, start_plan, steps_of, undo
from tongket.reforms.effects.fates import effects_of
from tongket.reforms.models import ReformPlan
from tongket.reforms.steps import ShareRule, Step, from_plain, to_plain

pytestmark = pytest.mark.django_db
DAY = date(2024, 1, 1)
EVE = DAY - timedelta(days=1)
PAPER = {"decision_number": "7-QĐ/TU", "decision_date": date(2023, 12, 20), "decision_body": "Tỉnh ủy"}

district, world = once(make_world)

#: Two communes become one that is founded by the same decision; the office goes under it.
MERGER = (
    Step("found", code="PC", name="Đảng bộ xã C", body="grassroots_body", sector="commune", to="QS"),
    Step("merge", codes=("PA", "PB"), to="PC"),
    Step("move", codes=("VP",), to="PC"),
)


def plan_of(world: World, *steps: Step, by: Any = None, on: date = DAY) -> ReformPlan:
    return start_plan(PlanDraft(world["QS"], "Sắp xếp xã", on, steps, **PAPER), by=by)


def standing() -> dict[str, list[Any]]:
    """All that is derived and all posts, as they stand now, without record times."""
    return {
        "versions": sorted(
            OrganisationVersion.objects.filter(voided_at__isnull=True).values_list(
                "organisation__code", "name", "kind", "sector", "parent__code", "valid_from", "valid_to"
            ),
            key=str,
        ),
        "paths": sorted(
            OrganisationPath.objects.filter(voided_at__isnull=True).values_list(
                "ancestor__code", "descendant__code", "depth", "via__code", "valid_from", "valid_to"
            ),
            key=str,
        ),
        "spells": sorted(
            MembershipSpell.objects.filter(voided_at__isnull=True).values_list(
                "member__code", "organisation__code", "standing", "valid_from", "valid_to"
            ),
            key=str,
        ),
        "posts": sorted(
            PostHolding.objects.filter(voided_at__isnull=True).values_list(
                "member__code", "organisation__code", "post", "valid_from", "valid_to"
            ),
            key=str,
        ),
        "now": sorted(Member.objects.values_list("code", "organisation__code", "standing"), key=str),
    }


def refused(do: Any) -> list[str]:
    """The messages of a refusal, which left the ledger and everything standing as they were."""
    before, entries = standing(), LedgerEntry.objects.count()
    with pytest.raises(Refused) as caught:
        do()
    assert (standing(), LedgerEntry.objects.count()) == (before, entries)
    return [problem.message for problem in caught.value.problems]


def test_a_plan_writes_nothing_into_the_register_until_it_is_carried_out(world: World) -> None:
    before = standing()
    plan = plan_of(world, *MERGER)
    assert standing() == before and plan.state == "draft"
    assert steps_of(plan) == MERGER


def test_all_steps_are_one_act_with_one_moment_and_the_decision_on_each(world: World) -> None:
    plan = execute(plan_of(world, *MERGER), by=None)
    rows = OrganisationAct.objects.filter(recorded_at=plan.done_at)
    assert sorted(rows.values_list("organisation__code", "kind")) == [
        ("PA", "merge"),
        ("PA1", "move"),
        ("PA2", "move"),
        ("PB", "merge"),
        ("PB1", "move"),
        ("PB2", "move"),
        ("PC", "found"),
        ("VP", "move"),
    ]
    assert set(rows.values_list("decision_number", flat=True)) == {"7-QĐ/TU"}
    assert LedgerEntry.objects.latest("id").action == "reform.carry_out"
    # A cell that came under a commune's body is no grassroots cell any more: it takes the kind that fits.
    world["VP"].refresh_from_db()
    assert (world["VP"].kind, world["VP"].parent.code) == ("cell", "PC")


def test_a_step_that_cannot_be_is_named_and_the_steps_before_it_are_undone(world: World) -> None:
    plan = plan_of(world, *MERGER, Step("dissolve", code="VP"))
    (message,) = refused(lambda: execute(plan, by=None))
    assert message.startswith("Bước 4:") and "1 đảng viên" in message


def test_a_day_that_has_not_come_is_refused(world: World) -> None:
    plan = plan_of(world, *MERGER, on=date.today() + timedelta(days=40))
    assert any("chưa đến" in message for message in refused(lambda: execute(plan, by=None)))


def test_taken_back_everything_stands_as_before_and_can_be_carried_out_again(world: World) -> None:
    appoint(PostDraft(world["M1"], world["PA"], "secretary", date(2020, 1, 1)), by=None)
    before = standing()
    plan = execute(plan_of(world, *MERGER), by=None)
    between = plan.done_at
    after = standing()
    assert after != before
    plan = undo(plan, reason="Chờ hướng dẫn của Tỉnh ủy", by=None)
    assert standing() == before and plan.state == "undone"
    # As known in between, the merged commune is there.
    seen = compute("QS", "2024", as_at=DAY, as_known_at=between, ids=["organisations.grassroots"])
    assert "PC" in {child.code for child in seen.children}
    execute(plan, by=None)
    assert standing() == after


@pytest.mark.parametrize(
    ("then", "what"),
    [
        (lambda w: transfer(w["M1"], to=w["PB1"], on=date(2024, 3, 1), by=None), "đảng viên đã chuyển"),
        (
            lambda w: appoint(PostDraft(w["M1"], by_code("PC"), "secretary", date(2024, 2, 1)), by=None),
            "bản ghi",
        ),
        (lambda w: rename(by_code("PC"), on=date(2024, 5, 1), name="Đảng bộ xã Cao", by=None), "Đảng bộ xã"),
        (
            lambda w: found(FoundingDraft("PC9", "Chi bộ mới", "cell", date(2024, 2, 1), "PC"), by=None),
            "Quyết định về tổ chức",
        ),
        # A post at a place that went on, of one who moved there.
        (lambda w: appoint(PostDraft(w["M1"], w["PA2"], "secretary", date(2024, 2, 1)), by=None), "bản ghi"),
        # M4 moved with the cell and not by a transfer; her post at PB, put back, would be held by a dead person.
        (lambda w: record_event(EventDraft(w["M4"], "died", on=date(2024, 3, 1)), by=None), "thôi chức vụ"),
        # The end of the post was put right since: put back besides, it would be held twice.
        (
            lambda w: end_post(standing_post(w["M4"]), on=date(2023, 6, 1), reason="sai", by=None),
            "Sửa chức vụ",
        ),
        # A transfer put right since stands by itself: it would outlive the plan.
        (lambda w: put_right(w["M1"]), "đảng viên đã chuyển"),
        (lambda w: newcomer(w), "đã vào tổ chức mới"),
    ],
)
def test_what_was_built_on_it_forbids_taking_it_back_and_is_named(world: World, then: Any, what: str) -> None:
    appoint(PostDraft(world["M4"], world["PB"], "secretary", date(2020, 1, 1)), by=None)
    cell = Step("found", code="PA9", name="Chi bộ thôn A9", body="cell", to="PA")
    steps = (cell, *MERGER, Step("merge", codes=("PA1",), to="PA2"))
    plan = execute(plan_of(world, *steps), by=None)
    then(world)
    assert any(what in message for message in refused(lambda: undo(plan, reason="thử", by=None)))


def standing_post(member: Member) -> PostHolding:
    return PostHolding.objects.get(member=member, voided_at__isnull=True)


def put_right(member: Member) -> None:
    event = MemberEvent.objects.get(member=member, kind="transferred")
    draft = EventDraft(member, "transferred", on=DAY, organisation=event.organisation, decision_number="9")
    correct_event(event, draft, reason="sai số quyết định", by=None)


def newcomer(world: World) -> None:
    who = person(world, "M9", "Bùi Thị Hoa")
    admit(who, into=by_code("PA9"), decided_on=date(2024, 2, 1), ceremony_on=date(2024, 2, 3), by=None)


def by_code(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def split_of(*rules: ShareRule, people: tuple[tuple[str, str], ...] = ()) -> tuple[Step, ...]:
    return (
        Step("found", code="PA8", name="Chi bộ thôn Đông", body="cell", to="PA"),
        Step("found", code="PA9", name="Chi bộ thôn Tây", body="cell", to="PA"),
        Step("split", code="PA1", into=("PA8", "PA9"), people=people, rules=rules),
    )


def test_a_split_by_list_and_rule_names_who_is_left_and_writes_nothing(world: World) -> None:
    MemberDetail.objects.filter(member__code="M1").update(permanent_address="Thôn 10, xã A, huyện Thử")
    MemberDetail.objects.filter(member__code="M2").update(permanent_address="thôn 1 - xã A")
    rule = ShareRule("people", "address", "thôn 1", "PA8")
    plan = plan_of(world, *split_of(rule))
    (message,) = refused(lambda: execute(plan, by=None))
    assert "Còn 1 đảng viên chưa chia được: Nguyễn Văn An (M1)" in message
    plan = execute(plan_of(world, *split_of(rule, people=(("M1", "PA9"),))), by=None)
    effects = effects_of(plan.done_at, DAY)  # type: ignore[arg-type]
    assert [(h.source, h.target, h.members) for h in effects.handed] == [("PA1", "PA8", 1), ("PA1", "PA9", 1)]


def test_who_fits_two_rules_is_left_over_with_both_places(world: World) -> None:
    MemberDetail.objects.filter(member__code__in=["M1", "M2"]).update(
        permanent_address="Thôn Đông, xã A", temporary_address="Thôn Tây"
    )
    rules = (
        ShareRule("people", "address", "thôn Đông", "PA8"),
        ShareRule("people", "address", "thon tay", "PA9"),
    )
    plan = plan_of(world, *split_of(*rules))
    (message,) = refused(lambda: execute(plan, by=None))
    assert "Còn 2 đảng viên" in message and "PA8, PA9" in message


def test_effects_tell_before_and_after_of_each(world: World) -> None:
    post = PostDraft(world["M1"], world["PA"], "secretary", date(2020, 1, 1), valid_to=date(2025, 1, 1))
    appoint(post, by=None)
    plan = execute(plan_of(world, *MERGER), by=None)
    effects = effects_of(plan.done_at, DAY)  # type: ignore[arg-type]
    found_ = {fate.code: fate for fate in effects.fates}
    assert effects.total == (6, 6) and effects.posts_ended == 1
    assert (found_["PC"].fate, found_["PC"].members) == ("founded", (0, 6))
    assert (found_["PA"].fate, found_["PA"].members, found_["PA"].heirs) == ("ended", (3, 0), ("PC",))
    assert (found_["VP"].fate, found_["VP"].kinds) == ("moved", ("grassroots_cell", "cell"))
    # The same when asked again after other acts.
    transfer(world["M1"], to=world["PB1"], on=date(2024, 3, 1), by=None)
    assert effects_of(plan.done_at, DAY) == effects  # type: ignore[arg-type]


def test_effects_count_only_the_members_of_what_is_touched(world: World) -> None:
    """Whoever reorganises a commune is not told how many members the rest of the register has."""
    plan = execute(plan_of(world, Step("merge", codes=("PA1",), to="PA2")), by=None)
    assert effects_of(plan.done_at, DAY).total == (3, 3)  # type: ignore[arg-type]


def test_a_plan_speaks_only_of_organisations_in_the_users_scope(world: World) -> None:
    commune = add_user(world, "xa-a", "PA", "organisation")
    assert any("PB" in message for message in refused(lambda: plan_of(world, *MERGER, by=commune)))
    office = add_user(world, "vp", "QS", "office")
    assert refused(lambda: plan_of(world, *MERGER, by=office))
    root = Step("found", code="T", name="Đảng bộ tỉnh", body="province_committee")
    assert any("không trực thuộc" in message for message in refused(lambda: plan_of(world, root, by=commune)))


def test_a_step_on_what_an_earlier_one_ended_is_refused_when_the_plan_is_written(world: World) -> None:
    steps = (*MERGER, Step("move", codes=("PA1",), to="PA"))
    assert any("đã kết thúc ở bước 2" in message for message in refused(lambda: plan_of(world, *steps)))


def test_two_people_do_not_overwrite_each_others_plan(world: World) -> None:
    plan = plan_of(world, *MERGER)
    draft = PlanDraft(world["QS"], "Tên khác", DAY, MERGER)
    change_plan(plan, draft, by=None, expected_version=1)
    with pytest.raises(Conflict):
        change_plan(plan, draft, by=None, expected_version=1)


def test_a_plan_carried_out_is_neither_changed_nor_thrown_away(world: World) -> None:
    plan = execute(plan_of(world, *MERGER), by=None)
    draft = PlanDraft(world["QS"], "Tên khác", DAY, MERGER)
    assert refused(lambda: change_plan(plan, draft, by=None, expected_version=plan.row_version))
    assert refused(lambda: delete_plan(plan, by=None))
    assert refused(lambda: execute(plan, by=None))
    undo(plan, reason="thử", by=None)
    assert refused(lambda: delete_plan(plan, by=None))


def test_steps_survive_their_plain_form() -> None:
    steps = (*MERGER, *split_of(ShareRule("people", "address", "thôn 1", "PA8"), people=(("M1", "PA9"),)))
    assert from_plain(to_plain(steps)) == steps
    of_no_field = {"of": "people", "field": "x", "text": "", "to": ""}
    unreadable: list[dict[str, Any]] = [
        {},
        {"kind": "burn"},
        {"kind": "found", "parent": "x"},
        {"kind": "split", "rules": [of_no_field]},
    ]
    for broken in unreadable:
        with pytest.raises(Refused):
            from_plain([broken])


def test_members_moved_with_their_organisation_have_one_transfer_each(world: World) -> None:
    execute(plan_of(world, Step("merge", codes=("PA1", "PA2"), to="PB1")), by=None)
    assert MemberEvent.objects.filter(kind="transferred", on=DAY).count() == 3
