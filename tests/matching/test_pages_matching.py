"""Pages of duplicates: who may open them, what they show, what they hide, how many questions they ask."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.matching.made import make
from tests.once import once
from tests.page_world import logged_in, make_page_world
from tests.world import person
from tongket.audit.models import LedgerEntry
from tongket.honours.models import BadgeAward
from tongket.inspections.models import MemberDiscipline
from tongket.matching.acts import find_duplicates, keep_apart
from tongket.matching.merging.acts import MergeDraft, merge_people
from tongket.matching.merging.apart import part_people
from tongket.matching.models import PairDecision, PersonMerge, SuspectedPair
from tongket.members.acts import register
from tongket.members.drafts import CardDraft
from tongket.members.models import Member
from tongket.members.profile_acts import amend_details, give_card

MAX_QUERIES = 15
NUMBER = "049080012345"


def _world():
    world = make_page_world()
    again = person(world, "M9", "Nguyễn Văn An", home_town="Xã A", national_id=NUMBER)
    register(again, into=world["PB1"], on=date(2017, 1, 1), by=None, admitted_on=date(2005, 3, 3))
    third = person(world, "M8", "Nguyễn Văn An")
    register(third, into=world["PA2"], on=date(2018, 1, 1), by=None, admitted_on=date(2005, 3, 3))
    for member in world.members.values():
        member.refresh_from_db()
    return world


district, world = once(_world)


def _pair(world, page="pair", one="M1", other="M9"):
    return reverse(f"matching:{page}", args=[world[one].uid, world[other].uid])


def _addresses(world):
    merge = merge_people(MergeDraft(world["M4"], world["M5"], "kept", reason="trùng"), by=None)
    decision = keep_apart(world["M2"], world["M6"], reason="khác", by=None)
    return {
        "list": reverse("matching:list"),
        "apart": reverse("matching:apart"),
        "merges": reverse("matching:merges"),
        "pair": _pair(world),
        "two_persons": _pair(world, "two_persons"),
        "one_person": _pair(world, "one_person"),
        "again": reverse("matching:again", args=[decision.pk]),
        "part": reverse("matching:part", args=[merge.pk]),
    }


def test_only_the_organisation_duty_opens_the_pages(world):
    addresses = _addresses(world)
    for name, user in world.users.items():
        client = logged_in(user)
        for page, address in addresses.items():
            status = client.get(address).status_code
            if name == "clerk":
                assert status == 200, (name, page)
            elif name in {"clerk_a", "clerk_b"}:
                assert status == (200 if page in {"list", "apart", "merges"} else 404), (name, page)
            else:
                assert status == 403, (name, page)


def test_each_page_asks_few_questions_whatever_it_lists(world):
    find_duplicates(Member.objects.all(), by=None)
    client = logged_in(world.users["clerk"])
    for page, address in _addresses(world).items():
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= MAX_QUERIES, (page, [q["sql"][:120] for q in asked])


def test_two_entries_stand_side_by_side_and_numbers_stay_hidden_until_asked_for(world):
    client = logged_in(world.users["clerk"])
    answer = client.get(_pair(world))
    text = answer.content.decode()
    assert "Chi bộ thôn A1" in text
    assert "Chi bộ thôn B1" in text
    assert "Cùng họ và tên" in text
    assert NUMBER not in text
    assert LedgerEntry.objects.filter(action="register.compare").count() == 1
    assert client.get(_pair(world, "reveal")).status_code == 405
    shown = client.post(_pair(world, "reveal")).content.decode()
    assert NUMBER in shown
    assert LedgerEntry.objects.filter(action="register.compare_sensitive").count() == 1


def test_a_sealed_discipline_changes_nothing_of_what_the_pages_say(world):
    client = logged_in(world.users["clerk"])

    def seen():
        pages = (client.get(_pair(world)), client.get(_pair(world, "one_person")))
        return [
            [
                line
                for line in page.content.decode().splitlines()
                if "csrf" not in line and "nonce" not in line
            ]
            for page in pages
        ]

    before = seen()
    make(MemberDiscipline, world["PB1"], world["M9"], member=world["M9"], sealed=True)
    assert seen() == before


def test_two_persons_are_remembered_with_the_ground(world):
    find_duplicates(Member.objects.all(), by=None)
    client = logged_in(world.users["clerk"])
    refused = client.post(_pair(world, "two_persons"), {"reason": ""})
    assert refused.status_code == 422
    answer = client.post(_pair(world, "two_persons"), {"reason": "Khác quê, đã hỏi chi bộ"}, follow=True)
    assert "đây là hai người" in answer.content.decode()
    decision = PairDecision.objects.get()
    assert (decision.same, decision.recorded_by) == (False, world.users["clerk"])
    page = client.get(reverse("matching:apart")).content.decode()
    assert "Khác quê, đã hỏi chi bộ" in page
    client.post(reverse("matching:again", args=[decision.pk]), {"reason": "Xem lại"})
    assert not PairDecision.objects.filter(voided_at=None).exists()


def test_a_merge_and_its_way_back_through_the_pages(world):
    client = logged_in(world.users["clerk"])
    address = _pair(world, "one_person")
    page = client.get(address)
    form = page.context["form"]
    assert form["life"].initial or form.initial["life"] == "kept"
    assert "Không chọn được" in page.content.decode()
    sent = {
        "life": "kept",
        "from_gone": ["home_town", "national_id"],
        "reason": "Đã đối chiếu lý lịch",
        "versions": form.initial["versions"],
    }
    impossible = client.post(address, {**sent, "life": "both"})
    assert impossible.status_code == 422
    assert "đang là đảng viên" in impossible.content.decode()
    answer = client.post(address, sent)
    assert answer.status_code == 302
    merge = PersonMerge.objects.get(voided_at=None)
    assert world["M1"].details.get(voided_at=None).national_id == NUMBER
    assert client.get(_pair(world)).status_code == 404, "the entry that went is nobody's to see"
    assert client.post(address, sent).status_code == 404
    back = client.post(reverse("matching:part", args=[merge.pk]), {"reason": "Hai người"})
    assert back.status_code == 302
    assert client.get(_pair(world)).status_code == 200


def test_an_old_address_and_an_old_code_lead_to_the_person_kept_those_who_may_see_the_person(world):
    gone, kept = world["M9"], reverse("members:detail", args=[world["M1"].uid])
    old = reverse("members:detail", args=[gone.uid])
    merge = merge_people(MergeDraft(world["M1"], gone, "kept", reason="trùng"), by=None)
    clerk, outsider = (logged_in(world.users[name]) for name in ("clerk", "clerk_b"))
    answer = clerk.get(old)
    assert (answer.status_code, answer.url) == (302, kept)
    assert "đã được gộp vào hồ sơ M1" in clerk.get(kept).content.decode()
    with CaptureQueriesContext(connection) as asked:
        page = clerk.get(kept).content.decode()
    assert len(asked) <= MAX_QUERIES, [q["sql"][:120] for q in asked]
    assert reverse("matching:part", args=[merge.pk]) in page
    assert outsider.get(old).status_code == 404, "M1 is of commune A"
    listed, options = reverse("members:list"), reverse("members:options")
    assert kept in clerk.get(listed, {"q": "m9"}).content.decode()
    assert kept not in outsider.get(listed, {"q": "M9"}).content.decode()
    assert "M1" in clerk.get(options, {"verb": "member.read", "member": "M9"}).content.decode()
    assert clerk.get(reverse("matching:compare"), {"mot": "M9", "hai": "M8"}).url == _pair(world, other="M8")
    part_people(merge, reason="hai người", by=None)
    assert clerk.get(old).status_code == 200
    assert kept not in clerk.get(listed, {"q": "M9"}).content.decode()


def test_pairs_that_wait_are_due_on_the_overview_of_who_may_decide_them(world):
    find_duplicates(Member.objects.all(), by=None)
    said = "3 cặp hồ sơ đảng viên nghi trùng chờ kết luận"
    for name, shown in (("clerk", True), ("clerk_b", False), ("office", False)):
        page = logged_in(world.users[name]).get(reverse("web:due_organising"))
        assert (said in page.content.decode()) is shown, name


def test_the_page_that_takes_apart_asks_whose_each_record_is_that_was_entered_since(world):
    merge = merge_people(MergeDraft(world["M1"], world["M9"], "kept", reason="trùng"), by=None)
    world["M1"].refresh_from_db()
    give_card(CardDraft(world["M1"], "49000001"), by=None)
    make(BadgeAward, world["PA1"], world["M1"], member=world["M1"], mark=30, recorded_at=timezone.now())
    amend_details(world["M1"], {"workplace": "UBND xã A"}, since=None, reason="sai", by=None)
    client, address = logged_in(world.users["clerk"]), reverse("matching:part", args=[merge.pk])
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
    assert len(asked) <= MAX_QUERIES, [q["sql"][:120] for q in asked]
    said = page.content.decode()
    assert "Huy hiệu 30 năm" in said and "Thẻ đảng viên" in said
    assert "Thông tin sửa sau khi gộp ở lại với hồ sơ M1: " in said
    names = [one.key for one in page.context["since"]]
    unsaid = client.post(address, {"reason": "hai người", names[0]: "kept"})
    assert unsaid.status_code == 422
    assert client.post(address, {"reason": "hai người", **dict.fromkeys(names, "gone")}).status_code == 302
    assert BadgeAward.objects.get(voided_at=None).member == world["M9"]


def test_an_entry_changed_meanwhile_is_told(world):
    client = logged_in(world.users["clerk"])
    sent = {"life": "kept", "reason": "trùng", "versions": "77-1"}
    assert client.post(_pair(world, "one_person"), sent).status_code == 409
    assert client.post(_pair(world, "one_person"), {**sent, "versions": "x"}).status_code == 409
    assert not PersonMerge.objects.exists()


def test_a_search_covers_what_is_the_users_and_leaves_the_pairs_of_others(world):
    find_duplicates(Member.objects.all(), by=None)
    before = SuspectedPair.objects.count()
    assert before == 3
    answer = logged_in(world.users["clerk_a"]).post(reverse("matching:search"), follow=True)
    assert "1 cặp" in answer.content.decode()
    assert SuspectedPair.objects.count() == before
    assert logged_in(world.users["office"]).post(reverse("matching:search")).status_code == 403
    assert logged_in(world.users["clerk"]).get(reverse("matching:search")).status_code == 405


@pytest.mark.parametrize(
    ("one", "other", "said"), [("M1", "M99", "M99"), ("M1", "m1", "cùng một hồ sơ"), ("", "M1", "Kiểm tra")]
)
def test_codes_that_name_no_two_entries_are_told(world, one, other, said):
    client = logged_in(world.users["clerk"])
    answer = client.get(reverse("matching:compare"), {"mot": one, "hai": other}, follow=True)
    assert said in answer.content.decode()


def test_two_codes_lead_to_the_two(world):
    answer = logged_in(world.users["clerk"]).get(reverse("matching:compare"), {"mot": "m1", "hai": "M9"})
    assert answer.url == _pair(world)
    elsewhere = logged_in(world.users["clerk_a"]).get(reverse("matching:compare"), {"mot": "M1", "hai": "M9"})
    assert elsewhere.url == reverse("matching:list")
