"""Pages of targets: who may see and set them, how a target is shared out and changed."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.page_world import logged_in, make_page_world
from tests.world import World
from tongket.core.dates import FOREVER
from tongket.targets.acts import add_target
from tongket.targets.drafts import TargetDraft
from tongket.targets.models import Target


@pytest.fixture
def world(db: None) -> World:
    return make_page_world()


def _target(world: World, code: str = "QS", value: int = 85, giver: str = "above") -> Target:
    draft = TargetDraft(
        organisation=world[code],
        indicator="members.admitted",
        period="2023",
        value=Decimal(value),
        valid_from=date(2023, 1, 1),
        giver=giver,
    )
    return add_target(draft, by=None)


def _entry(**more: str) -> dict[str, str]:
    return {
        "organisation": "QS",
        "indicator": "members.admitted",
        "period": "2023",
        "value": "85",
        "valid_from": "01/01/2023",
        "giver": "above",
        **more,
    }


def test_a_target_entered_on_the_page_is_recorded(world: World) -> None:
    answer = logged_in(world.users["clerk"]).post(reverse("targets:new"), _entry(value="1.085,5"))
    target = Target.objects.get()
    assert answer.status_code == 302
    assert answer.url == reverse("targets:detail", args=[target.pk])
    assert (target.value, target.recorded_by) == (Decimal("1085.5"), world.users["clerk"])


@pytest.mark.parametrize(
    ("field", "value"),
    [("value", "tám"), ("period", "2023-13"), ("valid_from", "31/02/2023"), ("organisation", "KHONG")],
)
def test_an_impossible_entry_is_told_at_its_field_and_nothing_is_saved(
    world: World, field: str, value: str
) -> None:
    answer = logged_in(world.users["clerk"]).post(reverse("targets:new"), _entry(**{field: value}))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Target.objects.exists()


def test_the_second_target_of_a_period_is_refused_at_its_day(world: World) -> None:
    _target(world)
    answer = logged_in(world.users["clerk"]).post(reverse("targets:new"), _entry())
    assert answer.status_code == 422
    assert "Đã có chỉ tiêu này" in answer.context["form"].errors["valid_from"][0]
    assert Target.objects.count() == 1


def test_a_doubtful_entry_is_written_only_when_confirmed(world: World) -> None:
    client = logged_in(world.users["clerk"])
    late = _entry(decision_date="15/02/2024")
    shown = client.post(reverse("targets:new"), late)
    assert shown.status_code == 422
    assert shown.context["form"].warnings
    assert not Target.objects.exists()
    assert client.post(reverse("targets:new"), {**late, "da_kiem_tra": "1"}).status_code == 302
    assert Target.objects.count() == 1


def test_a_correction_keeps_the_wrong_record_with_the_reason(world: World) -> None:
    old = _target(world, value=58)
    client = logged_in(world.users["clerk"])
    address = reverse("targets:correct", args=[old.pk])
    assert "why" in client.post(address, _entry()).context["form"].errors
    assert client.post(address, _entry(why="gõ nhầm số")).status_code == 302
    old.refresh_from_db()
    assert (old.void_reason, old.voided_by) == ("gõ nhầm số", world.users["clerk"])
    assert Target.objects.get(voided_at=None).value == 85
    page = client.get(reverse("targets:detail", args=[old.pk])).content.decode()
    assert "gõ nhầm số" in page


def test_of_two_clerks_correcting_one_target_the_second_is_told(world: World) -> None:
    target = _target(world)
    first, second = logged_in(world.users["clerk"]), logged_in(world.users["office"])
    address = reverse("targets:correct", args=[target.pk])
    assert second.get(address).status_code == 200
    assert first.post(address, _entry(value="90", why="theo văn bản gốc")).status_code == 302
    told = second.post(address, _entry(value="95", why="theo điện thoại"))
    assert told.status_code == 409
    assert "Người khác vừa sửa" in told.content.decode()
    assert Target.objects.get(voided_at=None).value == 90


def test_what_the_shares_lack_is_named(world: World) -> None:
    target = _target(world, value=10)
    _target(world, "PA", 4)
    page = logged_in(world.users["clerk"]).get(reverse("targets:detail", args=[target.pk]))
    assert page.context["shares"].difference == -6
    assert "Còn thiếu 6" in page.content.decode()


def test_a_target_is_shared_out_in_one_go(world: World) -> None:
    target = _target(world, value=10)
    client = logged_in(world.users["clerk"])
    address = reverse("targets:share", args=[target.pk])
    share = {f"share_{world['PA'].pk}": "4", f"share_{world['PB'].pk}": "6", "valid_from": "01/01/2023"}
    assert client.post(address, share).status_code == 302
    given = Target.objects.filter(organisation__code__in=("PA", "PB")).order_by("organisation__code")
    assert [(t.organisation.code, t.value, t.giver_name) for t in given] == [
        ("PA", 4, world["QS"].name),
        ("PB", 6, world["QS"].name),
    ]


def test_a_bad_share_is_told_at_its_row_and_no_share_is_saved(world: World) -> None:
    target = _target(world, value=10)
    share = {f"share_{world['PA'].pk}": "4", f"share_{world['PB'].pk}": "0", "valid_from": "01/01/2023"}
    answer = logged_in(world.users["clerk"]).post(reverse("targets:share", args=[target.pk]), share)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [f"share_{world['PB'].pk}"]
    assert Target.objects.count() == 1


def test_a_change_by_a_later_decision_keeps_the_old_value_until_its_day(world: World) -> None:
    target = _target(world)
    client = logged_in(world.users["clerk"])
    answer = client.post(reverse("targets:change", args=[target.pk]), {"value": "95", "on": "01/07/2023"})
    assert answer.status_code == 302
    standing = Target.objects.filter(voided_at=None).order_by("valid_from")
    assert [(t.value, t.valid_to) for t in standing] == [(85, date(2023, 7, 1)), (95, FOREVER)]


def test_another_commune_sees_neither_list_row_nor_record(world: World) -> None:
    target = _target(world, "PA", 4)
    client = logged_in(world.users["clerk_b"])
    assert world["PA"].name not in client.get(reverse("targets:list") + "?ky=2023").content.decode()
    for page in ("detail", "correct", "void", "change", "share"):
        assert client.get(reverse(f"targets:{page}", args=[target.pk])).status_code == 404


def test_who_may_only_read_targets_may_not_write_them(world: World) -> None:
    target = _target(world)
    client = logged_in(world.users["leader"])
    assert client.get(reverse("targets:detail", args=[target.pk])).status_code == 200
    assert client.get(reverse("targets:new")).status_code == 403
    assert client.post(reverse("targets:void", args=[target.pk]), {"reason": "x"}).status_code == 403
    assert logged_in(world.users["admin"]).get(reverse("targets:list")).status_code == 403


def test_a_target_goes_only_into_books_that_the_clerk_keeps(world: World) -> None:
    answer = logged_in(world.users["clerk_a"]).post(reverse("targets:new"), _entry(organisation="PB"))
    assert answer.status_code == 422
    assert "organisation" in answer.context["form"].errors
    assert not Target.objects.exists()
