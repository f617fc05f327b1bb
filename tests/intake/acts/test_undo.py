"""One import is one act: undone whole while nothing was built on it, else what was is named."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests.intake.acts.register import bring, fill, state
from tests.intake.books import named
from tests.page_world import logged_in, make_page_world
from tongket.accounts.acts import create_user
from tongket.accounts.models import User
from tongket.audit.models import LedgerEntry
from tongket.core.problems import Conflict, NotFound, Refused
from tongket.figures.check_data import check_all
from tongket.intake.command import undo_import
from tongket.intake.models import ImportBatch
from tongket.intake.rehearse import commit, rehearse
from tongket.intake.undoing.acts import undo
from tongket.intake.undoing.written import moment_of, written_at
from tongket.members.models import Member, MemberDetail, MembershipSpell
from tongket.members.profile_acts import amend_details
from tongket.ratings.acts import add_member_rating
from tongket.ratings.drafts import MemberRatingDraft
from tongket.targets.models import Target

pytestmark = pytest.mark.django_db

FILES: dict[str, list[list[Any]]] = {
    "organisations": [
        ["Việc", "Có hiệu lực từ ngày", "Mã tổ chức", "Tên tổ chức", "Loại hình", "Mã tổ chức cấp trên",
         "Mã tổ chức kế tục"],
        ["Thành lập", "01/03/2021", "T.2.9", "Chi bộ thôn 9", "cell", "T.2", None],
        ["Đổi tên, chuyển loại hình", "01/04/2021", "T.1.2", "Chi bộ thôn Hai", None, None, None],
        ["Sáp nhập", "01/01/2022", "T.1.2", None, None, None, "T.1.1"],
    ],
    "members": [
        ["Mã đảng viên", "Có hiệu lực từ ngày", "Họ và tên", "Giới tính", "Ngày sinh", "Chi bộ", "Ngày vào sổ",
         "Số thẻ đảng viên", "Nơi sinh"],
        ["N1", None, "Đỗ Thị Mới", "Nữ", "05/06/1990", "T.1.1", "01/01/2020", "00777777", None],
        ["A1", "01/09/2021", "Nguyễn Văn An", "Nam", None, None, None, None, "Quế Sơn"],
    ],
    "events": [
        ["Mã đảng viên", "Việc", "Ngày", "Chi bộ"],
        ["A2", "Chuyển sinh hoạt trong đảng bộ", "01/02/2022", "T.1.1"],
        ["A1", "Miễn công tác và sinh hoạt", "01/06/2022", None],
    ],
    "cards": [["Mã đảng viên", "Số thẻ", "Loại", "Ngày cấp"], ["A2", "00888888", "Phát thẻ lần đầu", "19/05/2012"]],
    "posts": [["Mã tổ chức", "Mã đảng viên", "Chức vụ", "Từ ngày"], ["T.1.2", "A2", "Bí thư", "10/07/2020"]],
    "targets": [
        ["Mã tổ chức", "Chỉ số", "Kỳ", "Mức giao", "Có hiệu lực từ ngày"],
        ["T.2", "members.admitted", "2023", 5, "05/01/2023"],
    ],
    "ratings": [
        ["Mã đảng viên", "Mã chi bộ", "Kỳ", "Mức xếp loại"],
        ["A2", "T.1.2", "2022", "Hoàn thành tốt nhiệm vụ"],
    ],
    "commendations": [
        ["Mã tổ chức", "Đối tượng", "Mã đảng viên", "Hình thức", "Cấp khen", "Kỳ thành tích", "Ngày khen thưởng"],
        ["T.1.2", "Cá nhân", "A2", "Giấy khen", "Huyện ủy, cấp trên trực tiếp cơ sở", "2022", "28/12/2022"],
    ],
    "badges": [
        ["Mã đảng viên", "Mã chi bộ", "Mức Huy hiệu (năm)", "Đợt", "Ngày trao"],
        ["A1", "T.1.2", 30, "Đợt 3/2", "03/02/2025"],
    ],
    "directives": [
        ["Mã tổ chức", "Loại văn bản", "Số và ký hiệu", "Cơ quan ban hành", "Cấp ban hành", "Ngày ban hành",
         "Trích yếu", "Ngày nhận"],
        ["T", "Nghị quyết", "33-NQ/TU", "Tỉnh ủy", "Tỉnh ủy", "20/11/2023", "Về một việc", "24/11/2023"],
    ],
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_an_import_undone_leaves_every_table_as_before_and_can_be_brought_in_again(kind: str) -> None:
    fill()
    before = state()
    batch = bring(kind, FILES[kind])
    after = state()
    assert after != before
    undo(batch, reason="nhập nhầm tệp", by=None)
    assert state() == before
    again = rehearse(kind, named({"x": FILES[kind]}), by=None)
    assert again.ok, again.errors
    second = bring(kind, FILES[kind])
    assert state() == after
    if kind == "members":  # entered a second time, by an import of its own
        told = written_at(moment_of(second))
        assert told.entered == {Member.objects.get(code="N1").pk}
    same = rehearse(kind, named({"x": FILES[kind]}), by=None)
    assert {o.would_be for o in same.outcomes} == {"same"}


def _user() -> User:
    return create_user("nguoi.ghi", full_name="Người Ghi", by=None, password="mat-khau-2023-abc")[0]


def test_the_data_check_finds_nothing_after_an_undo_and_the_past_reads_as_it_did() -> None:
    fill()
    bring("organisations", FILES["organisations"][:2])
    batch = bring("members", FILES["members"])
    between = LedgerEntry.objects.latest("id").at
    undo(batch, reason="nhầm", by=None)
    assert not [fault for check in check_all() for fault in check.faults]
    assert not MembershipSpell.objects.filter(member__code="N1", voided_at__isnull=True).exists()
    known = MemberDetail.objects.filter(recorded_at__lte=between, voided_at__gt=between, member__code="N1")
    assert known.get().full_name == "Đỗ Thị Mới"
    entry = LedgerEntry.objects.latest("id")
    assert (entry.action, entry.data["reason"]) == ("intake.undo", "nhầm")


def test_what_was_built_on_an_import_is_named_and_nothing_is_undone() -> None:
    fill()
    batch = bring("members", FILES["members"])
    member, clerk = Member.objects.get(code="N1"), _user()
    add_member_rating(
        MemberRatingDraft(member=member, organisation=member.organisation, period="2021", level="good"),
        by=clerk,
    )
    amend_details(
        Member.objects.get(code="A1"), {"phone": "0900"}, since=date(2022, 1, 1), reason="", by=clerk
    )
    before = state()
    with pytest.raises(Refused) as refused:
        undo(batch, reason="nhầm", by=None)
    said = " ".join(problem.message for problem in refused.value.problems)
    assert "N1 Đỗ Thị Mới" in said
    assert "A1 Nguyễn Văn An" in said
    assert str(clerk) in said
    assert state() == before
    assert ImportBatch.objects.get(pk=batch.pk).undone_at is None


def test_an_organisation_that_somebody_entered_people_into_stays() -> None:
    fill()
    batch = bring("organisations", FILES["organisations"][:2])
    bring("events", [["Mã đảng viên", "Việc", "Ngày", "Chi bộ"],
                     ["A2", "Chuyển sinh hoạt trong đảng bộ", "01/02/2022", "T.2.9"]])  # fmt: skip
    with pytest.raises(Refused, match="A2"):
        undo(batch, reason="nhầm", by=None)


def test_an_import_is_undone_once_and_a_number_of_none_is_not_found() -> None:
    fill()
    batch = bring("targets", FILES["targets"])
    assert undo_import(batch.pk, "") == 0
    with pytest.raises(Conflict):
        undo(batch, reason="lần nữa", by=None)
    with pytest.raises(NotFound):
        undo_import(10_000, "")
    with pytest.raises(Refused):
        undo(batch, reason=" ", by=None)


def test_the_owner_undoes_on_the_page_with_a_reason_and_nobody_else_does() -> None:
    world = make_page_world()
    content = [
        ["Mã tổ chức", "Chỉ số", "Kỳ", "Mức giao", "Có hiệu lực từ ngày"],
        ["PA", "members.admitted", "2023", 5, "05/01/2023"],
    ]
    batch = commit("targets", named({"x": content}), by=world.users["clerk"], file_name="a.xlsx")
    page = reverse("intake:undo", args=[batch.pk])
    client = logged_in(world.users["clerk"])
    assert page in client.get(reverse("intake:detail", args=[batch.pk])).content.decode()
    assert logged_in(world.users["office"]).post(page, {"reason": "x"}).status_code == 404
    assert client.post(page, {"reason": ""}).status_code == 422
    assert Target.objects.filter(voided_at__isnull=True).exists()
    assert client.post(page, {"reason": "nhập nhầm"}).status_code == 302
    assert not Target.objects.filter(voided_at__isnull=True).exists()
    assert "nhập nhầm" in client.get(reverse("intake:detail", args=[batch.pk])).content.decode()


def test_the_page_of_an_undo_asks_the_database_a_handful_of_times(django_assert_max_num_queries: Any) -> None:
    world = make_page_world()
    content = [[*FILES["members"][0][:6], "Ngày vào sổ"], *_people(40)]
    batch = commit("members", named({"x": content}), by=world.users["clerk"], file_name="a.xlsx")
    client = logged_in(world.users["clerk"])
    with django_assert_max_num_queries(15):
        page = client.get(reverse("intake:undo", args=[batch.pk]))
    assert page.status_code == 200


def _people(count: int) -> list[list[Any]]:
    return [[f"X{n}", None, f"Người Thứ {n}", "Nam", "05/06/1990", "PA1", "01/01/2020"] for n in range(count)]


def test_whoever_lost_the_books_cannot_undo_what_was_brought_into_them() -> None:
    world = make_page_world()
    content = [
        ["Mã tổ chức", "Chỉ số", "Kỳ", "Mức giao", "Có hiệu lực từ ngày"],
        ["PA", "members.admitted", "2023", 5, "05/01/2023"],
    ]
    batch = commit("targets", named({"x": content}), by=world.users["clerk"], file_name="a.xlsx")
    with pytest.raises(Refused, match="ngoài phạm vi"):
        undo(batch, reason="nhầm", by=world.users["clerk_b"])
