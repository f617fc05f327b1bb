"""Pages of ratings of organisations and members."""

from io import BytesIO

from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.once import once
from tests.page_world import logged_in, make_page_world
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.ratings.models import MemberRating, OrganisationRating

district, world = once(make_page_world)


def _rate(world: World, user: str, member: str, level: str = "good", **more: str) -> int:
    entry = {"member": world[member].code, "period": "2023", "level": level, **more}
    return logged_in(world.users[user]).post(reverse("ratings:member_new"), entry).status_code


def test_the_cell_of_a_rating_follows_from_the_members_life(world: World) -> None:
    assert _rate(world, "clerk", "M1") == 302
    assert MemberRating.objects.get().organisation == world["PA1"]


def test_who_is_not_rated_needs_a_reason_at_its_field(world: World) -> None:
    entry = {"member": "M1", "period": "2023", "level": "not_rated"}
    answer = logged_in(world.users["clerk"]).post(reverse("ratings:member_new"), entry)
    assert answer.status_code == 422
    assert "reason" in answer.context["form"].errors


def test_a_member_of_another_commune_cannot_be_rated(world: World) -> None:
    assert _rate(world, "clerk_b", "M1") == 422
    assert not MemberRating.objects.exists()


def test_a_member_is_rated_once_a_period(world: World) -> None:
    assert _rate(world, "clerk", "M1") == 302
    assert _rate(world, "clerk", "M1", "excellent") == 422
    assert MemberRating.objects.get().level == "good"


def test_search_without_diacritics_finds_do_duc(world: World) -> None:
    for code in ("M1", "M5"):
        assert _rate(world, "clerk", code) == 302
    page = logged_in(world.users["clerk"]).get(reverse("ratings:member_list"), {"ky": "2023", "q": "do duc"})
    assert [row.member.full_name for row in page.context["table"].data] == ["Đỗ Đức Em"]


def test_the_export_has_all_rows_and_is_logged(world: World) -> None:
    for code in ("M1", "M2", "M3", "M4", "M5"):
        assert _rate(world, "clerk", code) == 302
    answer = logged_in(world.users["clerk"]).get(
        reverse("ratings:member_list"), {"ky": "2023", "xuat": "xlsx"}
    )
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    names = [row[0] for row in sheet if len(row) > 1 and str(row[1]) in world.members]
    assert sorted(names) == sorted(world[c].full_name for c in ("M1", "M2", "M3", "M4", "M5"))
    entry = LedgerEntry.objects.get(action="member_rating.export")
    assert (entry.actor, entry.data["rows"]) == (world.users["clerk"], 5)


def test_a_voided_rating_leaves_the_list_but_not_the_book(world: World) -> None:
    client = logged_in(world.users["clerk"])
    entry = {"organisation": "PA", "period": "2023", "level": "excellent"}
    assert client.post(reverse("ratings:new"), entry).status_code == 302
    rating = OrganisationRating.objects.get()
    assert client.post(reverse("ratings:void", args=[rating.pk]), {"reason": ""}).status_code == 422
    assert (
        client.post(reverse("ratings:void", args=[rating.pk]), {"reason": "ghi nhầm kỳ"}).status_code == 302
    )
    assert not list(client.get(reverse("ratings:list"), {"ky": "2023"}).context["table"].data)
    page = client.get(reverse("ratings:detail", args=[rating.pk]))
    assert page.status_code == 200
    assert "ghi nhầm kỳ" in page.content.decode()


def test_ratings_are_closed_to_whom_has_no_duty_for_them(world: World) -> None:
    client = logged_in(world.users["propaganda"])
    assert client.get(reverse("ratings:list")).status_code == 403
    assert client.get(reverse("ratings:member_list")).status_code == 403
    assert logged_in(world.users["leader"]).get(reverse("ratings:member_new")).status_code == 403
