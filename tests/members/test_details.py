"""The profile over time: changes from a day on, corrections throughout, gaps named, cards in their history."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.world import World, details, make_world, person
from tongket.audit.acts import act
from tongket.audit.models import LedgerEntry
from tongket.core.dates import FOREVER, today
from tongket.core.problems import Conflict, Refused
from tongket.members.drafts import CardDraft, MemberDraft
from tongket.members.fields import FIELDS, REQUIRED
from tongket.members.models import Member, MemberDetail
from tongket.members.profile.judging import check_members
from tongket.members.profile.values import BEGINNING
from tongket.members.profile_acts import (
    add_members,
    amend_details,
    enter_member,
    give_card,
    next_code,
    void_card,
)
from tongket.members.queries import detail_on, gaps_of, incomplete, search

pytestmark = pytest.mark.django_db
DAY = date(2020, 3, 1)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def an(world: World) -> Member:
    member: Member = world["M1"]
    member.refresh_from_db()
    return member


def states(member: Member, name: str) -> list[tuple[Any, date, date]]:
    rows = member.details.filter(voided_at__isnull=True).order_by("valid_from")
    return [(getattr(row, name), row.valid_from, row.valid_to) for row in rows]


def fields_refused(draft: MemberDraft) -> list[str]:
    before = Member.objects.count(), LedgerEntry.objects.count()
    with pytest.raises(Refused) as refused:
        enter_member(draft, by=None)
    assert (Member.objects.count(), LedgerEntry.objects.count()) == before
    return [problem.field for problem in refused.value.problems]


def test_a_change_holds_from_its_day_on_and_leaves_what_was_before(an: Member) -> None:
    amend_details(an, {"workplace": "Trường Tiểu học A"}, since=DAY, reason="", by=None)
    assert states(an, "workplace") == [("", BEGINNING, DAY), ("Trường Tiểu học A", DAY, FOREVER)]
    before = detail_on(an, DAY - timedelta(days=1))
    assert before is not None and before.workplace == ""


def test_a_change_keeps_what_was_known_before_with_both_times(an: Member) -> None:
    (old,) = an.details.all()
    amend_details(an, {"workplace": "Trường Tiểu học A"}, since=DAY, reason="chuyển công tác", by=None)
    old.refresh_from_db()
    moment = LedgerEntry.objects.latest("id").at
    assert (old.voided_at, old.void_reason, old.valid_to) == (moment, "chuyển công tác", FOREVER)
    assert set(an.details.filter(voided_at__isnull=True).values_list("recorded_at", flat=True)) == {moment}


def test_a_correction_throughout_replaces_every_state(an: Member) -> None:
    amend_details(an, {"workplace": "Trường Tiểu học A"}, since=DAY, reason="", by=None)
    amend_details(an, {"birth_date": date(1979, 5, 17)}, since=None, reason="đối chiếu khai sinh", by=None)
    assert [value for value, *_ in states(an, "birth_date")] == [date(1979, 5, 17)] * 2
    assert [value for value, *_ in states(an, "workplace")] == ["", "Trường Tiểu học A"]
    an.refresh_from_db()
    assert an.birth_date == date(1979, 5, 17)


def test_a_correction_throughout_needs_a_reason(an: Member) -> None:
    with pytest.raises(Refused) as refused:
        amend_details(an, {"birth_date": date(1979, 5, 17)}, since=None, reason=" ", by=None)
    assert [p.field for p in refused.value.problems] == ["reason"]


@pytest.mark.parametrize(
    "same", [{"workplace": ""}, {"workplace": None}, {"full_name": " Nguyễn  Văn An "}, {}]
)
def test_a_change_that_changes_nothing_writes_no_row(an: Member, same: dict[str, Any]) -> None:
    before = set(an.details.values_list("pk", "voided_at"))
    amend_details(an, same, since=DAY, reason="", by=None)
    assert set(an.details.values_list("pk", "voided_at")) == before


def test_a_name_changed_is_found_without_diacritics_at_once(an: Member) -> None:
    amend_details(an, {"full_name": "Đặng Văn Ổn"}, since=DAY, reason="", by=None)
    assert list(search(Member.objects.all(), "dang on")) == [an]
    an.refresh_from_db()
    assert an.full_name == "Đặng Văn Ổn"


REFUSED: dict[str, tuple[dict[str, Any], date | None, str]] = {
    "no name": ({"full_name": " "}, DAY, "full_name"),
    "a code that is not in the list": ({"theory": "guru"}, DAY, "theory"),
    "a field that does not exist": ({"opinion": "x"}, DAY, "opinion"),
    "text too long": ({"workplace": "x" * 201}, DAY, "workplace"),
    # Two days ahead: the cases are drawn up before the tests run, and midnight may lie between.
    "a birth day in the future": ({"birth_date": today() + timedelta(days=2)}, None, "birth_date"),
    "a birth day after the admission": ({"birth_date": date(2016, 1, 1)}, None, "birth_date"),
    "a CCCD number of the wrong form": ({"national_id": "12345"}, DAY, "national_id"),
    "a CCCD number of somebody else": ({"national_id": "049190000011"}, DAY, "national_id"),
    "a day in the future": ({"workplace": "x"}, today() + timedelta(days=2), "since"),
}


@pytest.mark.parametrize(("changes", "since", "field"), REFUSED.values(), ids=REFUSED.keys())
def test_an_impossible_change_is_refused_at_its_field(
    world: World, an: Member, changes: dict[str, Any], since: date | None, field: str
) -> None:
    person(
        world, "M9", "Trần Thị Chín", gender="female", birth_date=date(1990, 1, 1), national_id="049190000011"
    )
    before = MemberDetail.objects.count(), LedgerEntry.objects.count()
    with pytest.raises(Refused) as refused:
        amend_details(an, changes, since=since, reason="thử", by=None)
    assert {p.field for p in refused.value.problems} == {field}
    assert (MemberDetail.objects.count(), LedgerEntry.objects.count()) == before


def test_of_two_clerks_with_the_same_form_the_second_is_told(an: Member) -> None:
    opened = an.row_version
    amend_details(an, {"workplace": "A"}, since=DAY, reason="", by=None, expected_version=opened)
    with pytest.raises(Conflict):
        amend_details(an, {"workplace": "B"}, since=DAY, reason="", by=None, expected_version=opened)
    assert states(an, "workplace")[-1][0] == "A"


def test_a_doubtful_cccd_number_is_kept_with_a_warning() -> None:
    born_1980 = details("Lê Thị Mai", gender="female", national_id="049081000011")
    (year, sex) = check_members([MemberDraft("M9", born_1980)], by=None)
    assert {(p.field, p.severity) for p in (year, sex)} == {("national_id", "warning")}
    member = enter_member(MemberDraft("M9", born_1980), by=None)
    assert member.details.get().national_id == "049081000011"


def test_a_cccd_number_is_stored_without_the_spaces_people_write() -> None:
    member = enter_member(MemberDraft("M9", details("A B", national_id="049 080 000011")), by=None)
    assert member.details.get().national_id == "049080000011"
    assert fields_refused(MemberDraft("M10", details("C D", national_id="049080000011"))) == ["national_id"]


def test_a_code_is_used_once() -> None:
    enter_member(MemberDraft("M9", details("Nguyễn Văn Một")), by=None)
    assert fields_refused(MemberDraft("M9", details("Nguyễn Văn Hai"))) == ["code"]
    assert fields_refused(MemberDraft("", details("Nguyễn Văn Hai"))) == ["code"]


def test_later_states_of_one_person_in_a_batch_follow_each_other() -> None:
    drafts = [
        MemberDraft("M9", details("Nguyễn Thị Mới", workplace="C"), since=date(2022, 1, 1)),
        MemberDraft("M9", details("Nguyễn Thị Cũ", workplace="A")),
        MemberDraft("M9", details("Nguyễn Thị Cũ", workplace="B"), since=date(2021, 1, 1)),
    ]
    drafts.sort(key=lambda d: d.since or BEGINNING)
    with act("test.people", by=None) as current:
        member = add_members(drafts, act=current)["M9"]
    assert [(v, f) for v, f, _ in states(member, "workplace")] == [
        ("A", BEGINNING),
        ("B", date(2021, 1, 1)),
        ("C", date(2022, 1, 1)),
    ]
    assert Member.objects.get(code="M9").full_name == "Nguyễn Thị Mới"


def test_the_gaps_of_a_profile_are_the_required_fields_left_blank(world: World, an: Member) -> None:
    detail = detail_on(an, today())
    expected = set(REQUIRED) - {"full_name", "gender", "birth_date"}
    assert set(gaps_of(detail)) == expected
    assert gaps_of(None) == list(REQUIRED)
    everything = {
        "national_id": "049080000011", "ethnicity": "01", "religion": "none", "home_town": "Xã A",
        "occupation": "", "schooling": "", "education": "", "theory": "",
    }  # fmt: skip
    for name in expected:
        choices = MemberDetail._meta.get_field(name).choices
        everything[name] = next(iter(choices))[0] if choices else everything[name]
    amend_details(an, everything, since=None, reason="bổ sung hồ sơ", by=None)
    assert gaps_of(detail_on(an, today())) == []
    listed = {row.member.code for row in incomplete(Member.objects.all(), today())}
    assert listed == set(world.members) - {"M1"}


def test_a_card_stands_in_the_history_and_the_latest_is_the_members_own(an: Member) -> None:
    give_card(CardDraft(an, "49000001", issued_on=date(2015, 9, 2)), by=None)
    second = give_card(CardDraft(an, "49 000 002", "exchanged", issued_on=date(2020, 9, 2)), by=None)
    an.refresh_from_db()
    assert an.card_number == "49000002"
    assert list(search(Member.objects.all(), "49000002")) == [an]
    void_card(second, reason="ghi nhầm", by=None)
    an.refresh_from_db()
    assert (an.card_number, an.cards.count()) == ("49000001", 2)


@pytest.mark.parametrize("number", ["", "123", "4900000A"])
def test_a_card_number_has_8_or_12_digits(an: Member, number: str) -> None:
    with pytest.raises(Refused) as refused:
        give_card(CardDraft(an, number), by=None)
    assert [p.field for p in refused.value.problems] == ["number"]


def test_a_card_is_for_a_person_in_a_cell(world: World) -> None:
    with pytest.raises(Refused) as refused:
        give_card(CardDraft(person(world, "M9", "Chưa Vào Đảng"), "49000009"), by=None)
    assert [p.field for p in refused.value.problems] == ["member"]


def test_the_next_code_is_free_and_follows_the_largest() -> None:
    assert next_code() == "ĐV000001"
    enter_member(MemberDraft("ĐV000041", details("A B")), by=None)
    assert next_code() == "ĐV000042"


# --- what may be kept of a person -------------------------------------------------------------------------

#: Columns that are about the record, not the person.
_FRAME = {
    "id", "member", "valid_from", "valid_to", "recorded_at", "recorded_by", "voided_at", "voided_by",
    "void_reason", "origin",
}  # fmt: skip
#: No field for what a person thinks, says or believes, for a score, or for a free note on a person.
BANNED = (
    "opinion", "mood", "belief", "attitude", "view", "thought", "speech", "feeling", "score", "rank", "tag",
    "note", "comment", "remark", "friend", "social", "loyal", "trust", "behaviour", "location", "face", "voice",
)  # fmt: skip


def test_every_column_of_a_persons_profile_has_purpose_basis_class_and_keeping_period() -> None:
    columns = {f.name for f in MemberDetail._meta.get_fields() if f.name not in _FRAME}
    assert {f.name for f in FIELDS} == columns
    assert len({f.name for f in FIELDS}) == len(FIELDS)
    for one in FIELDS:
        assert one.purpose and one.basis and one.keep, one.name
        assert one.sensitivity in {"ordinary", "restricted"}, one.name


def test_what_the_law_calls_sensitive_is_restricted() -> None:
    classes = {f.name: f.sensitivity for f in FIELDS}
    for name in ("ethnicity", "religion", "national_id", "old_id_number", "permanent_address", "phone"):
        assert classes[name] == "restricted", name


def test_no_model_of_members_has_a_field_for_opinions_or_notes_on_a_person() -> None:
    from django.apps import apps

    names = {
        f"{model.__name__}.{f.name}"
        for model in apps.get_app_config("members").get_models()
        for f in model._meta.get_fields()
    }
    words = {name for name in names if any(word in name.split(".")[1].split("_") for word in BANNED)}
    assert words == set()
