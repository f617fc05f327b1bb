"""Sealed cases: counted in the totals, found nowhere by somebody who is not named, duty or not."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests.cases.conftest import decided, draft_of, opened
from tests.page_world import logged_in
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.cases.acts import correct_case, open_case
from tongket.cases.appeals.acts import confirm_correction, record_appeal
from tongket.cases.appeals.drafts import AppealDraft
from tongket.cases.due import due_items
from tongket.cases.models import Case, SealedAccess
from tongket.cases.queries import hidden_cases, visible_cases
from tongket.cases.sealing.acts import grant, revoke, seal_case, unseal_case
from tongket.cases.steps.acts import take_step
from tongket.cases.steps.drafts import StepDraft
from tongket.core.problems import Refused
from tongket.inspections.effects import disciplines_of_members
from tongket.inspections.models import MemberDiscipline

#: Words planted in every field of the sealed case that takes text, and the number of its decision.
PLANTED = ("Bí mật Thạch Sanh", "Cơ quan Lý Thông", "Lý do Tấm Cám", "99-QĐ/NIÊMPHONG")


def planted(world: World) -> Case:
    """A sealed case about M1 with the planted words, decided, appealable."""
    inspector = world.users["inspector"]
    case = open_case(
        draft_of(
            world, summary=PLANTED[0], body=PLANTED[1], act_days="10/01/2023", opened_on=date(2023, 3, 1)
        ),
        by=inspector,
        sealed=True,
        seal_reason=PLANTED[2],
    )
    take_step(case, StepDraft("explained", date(2023, 3, 15)), by=inspector)
    vote = StepDraft("voted", date(2023, 4, 1), form="warning", entitled=20, agree=20)
    take_step(case, vote, by=inspector)
    decision = StepDraft(
        "decided", date(2023, 4, 15), form="warning", level="superior", decision_number=PLANTED[3]
    )
    take_step(case, decision, by=inspector)
    take_step(case, StepDraft("served", date(2023, 4, 20)), by=inspector)
    return case


def text_of(answer: Any) -> str:
    """All that an answer says, inside of a workbook or Word file too."""
    content: bytes = answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return content.decode()


def pages_of(world: World, case: Case) -> list[str]:
    """Every address where a case or what came of it might be read."""
    row = MemberDiscipline.objects.get()
    member = world["M1"]
    every = "?ky=2023&thoi_gian=moi"
    of_case = ["case", "correct", "void", "seal", "name", "corrected", "appeal_new"]
    return [
        *(reverse(f"cases:{name}", args=[case.identity]) for name in of_case),
        *(
            reverse("cases:paper", args=[case.identity, kind])
            for kind in ("quyet-dinh", "bien-ban", "giao-nhan")
        ),
        reverse("cases:step", args=[case.identity, "announced"]),
        reverse("cases:list") + "?ky=2023",
        reverse("cases:list") + every,
        reverse("cases:list") + "?ky=2023&q=An",
        reverse("cases:list") + "?ky=2023&xuat=xlsx",
        reverse("cases:appeals") + "?ky=2023",
        reverse("cases:statistics") + "?ky=2023",
        reverse("cases:statistics") + "?ky=2023&xuat=xlsx",
        reverse("inspections:list") + "?ky=2023",
        reverse("inspections:list") + "?ky=2023&q=An",
        reverse("inspections:list") + "?ky=2023&xuat=xlsx",
        reverse("inspections:detail", args=[row.pk]),
        reverse("inspections:correct", args=[row.pk]),
        reverse("members:detail", args=[member.uid]),
        reverse("members:list") + "?q=An",
        reverse("organisations:detail", args=["PA1"]),
        reverse("web:ledger"),
        reverse("web:ledger") + "?xuat=xlsx",
    ]


@pytest.mark.parametrize("name", ["second", "leader", "auditor", "clerk", "office"])
def test_the_planted_words_are_found_nowhere_by_one_who_is_not_named(world: World, name: str) -> None:
    case = planted(world)
    client = logged_in(world.users[name])
    for address in pages_of(world, case):
        answer = client.get(address)
        assert answer.status_code in (200, 403, 404), address
        said = text_of(answer)
        assert [words for words in PLANTED if words in said] == [], address
        if address.startswith("/ky-luat/"):
            # Neither the person nor the identity, on any page of discipline.
            assert "Nguyễn Văn An" not in said, address
            assert str(case.identity) in address or str(case.identity) not in said, address
        if "members" in address or "dang-vien" in address:
            assert "Cảnh cáo" not in said, address


def test_the_one_who_is_named_reads_it_all(world: World) -> None:
    case = planted(world)
    client = logged_in(world.users["inspector"])
    said = text_of(client.get(reverse("cases:case", args=[case.identity])))
    assert all(words in said for words in PLANTED)
    assert "Nguyễn Văn An" in text_of(client.get(reverse("inspections:list") + "?ky=2023"))


def test_the_list_says_how_many_and_nothing_else(world: World) -> None:
    planted(world)
    client = logged_in(world.users["second"])
    answer = client.get(reverse("cases:list") + "?ky=2023")
    assert "1 vụ việc niêm phong" in answer.content.decode()
    # Narrowing the list does not narrow the number down to a cell or a period.
    elsewhere = client.get(reverse("cases:list") + "?ky=2019&don_vi=PB")
    assert "1 vụ việc niêm phong" in elsewhere.content.decode()
    assert "niêm phong" not in logged_in(world.users["clerk_b"]).get(reverse("cases:list")).content.decode()


def test_a_sealed_case_is_in_the_totals_and_in_no_finer_count(world: World) -> None:
    planted(world)
    found = logged_in(world.users["second"]).get(reverse("cases:statistics") + "?ky=2023").context["found"]
    assert (found.members, found.opened, found.sealed_members) == (1, 1, 1)
    assert found.grounds == found.levels == []
    assert not any(row.members or row.opened or row.decided for row in found.rows)
    assert found.mean_days is None
    mine = logged_in(world.users["inspector"]).get(reverse("cases:statistics") + "?ky=2023").context["found"]
    assert (mine.members, mine.sealed_members, mine.grounds) == (1, 0, [("conduct", 1, 0)])


@pytest.mark.parametrize("asked", ["?ky=2023-04", "?ky=2023&to_chuc=PA1", "?ky=2023-Q2&to_chuc=PA"])
def test_narrowing_down_the_statistics_does_not_find_whose_it_is(world: World, asked: str) -> None:
    case = planted(world)
    record_appeal(case, AppealDraft(date(2023, 5, 2), "superior", "Huyện ủy"), by=world.users["inspector"])
    answer = logged_in(world.users["second"]).get(reverse("cases:statistics") + asked)
    found = answer.context["found"]
    counts = (found.members, found.opened, found.pending, found.appeals, found.appeals_waiting)
    assert counts == (0, 0, 0, 0, 0)
    # The same words whether there is one or not.
    assert "Vụ việc niêm phong, nếu có" in answer.content.decode()
    year = logged_in(world.users["second"]).get(reverse("cases:statistics") + "?ky=2023").context["found"]
    assert (year.members, year.appeals) == (1, 1)


def test_a_sealed_decision_bars_the_rating_like_any_other(world: World) -> None:
    planted(world)
    [fact] = disciplines_of_members([world["M1"].pk], date(2023, 1, 1), date(2023, 12, 31))[world["M1"].pk]
    assert (fact.form, fact.sealed) == ("warning", True)


def test_the_ledger_holds_the_identity_alone(world: World) -> None:
    case = planted(world)
    logged_in(world.users["inspector"]).get(reverse("cases:case", args=[case.identity]))
    row = MemberDiscipline.objects.get()
    logged_in(world.users["inspector"]).get(reverse("inspections:detail", args=[row.pk]))
    entries = LedgerEntry.objects.filter(action__regex=r"^(case|member_discipline)\.")
    assert entries.count() > 5
    for entry in entries:
        assert entry.organisation_code == "", entry.action
        kept = {name for name in entry.data if not name.endswith(".warnings")}
        assert kept <= {"case"}, entry.action
        assert entry.subject_type in ("cases.case", "inspections.memberdiscipline")


def test_correcting_a_sealed_decision_keeps_it_sealed_and_out_of_the_ledger(world: World) -> None:
    planted(world)
    row = MemberDiscipline.objects.get()
    client = logged_in(world.users["inspector"])
    said = {
        "member": "M1",
        "form": "warning",
        "ground": "conduct",
        "decided_on": "15/04/2023",
        "decision_number": "100-QĐ/HU",
        "why": "sai số",
    }
    assert client.post(reverse("inspections:correct", args=[row.pk]), said).status_code == 302
    new = MemberDiscipline.objects.get(voided_at__isnull=True)
    assert (new.sealed, new.case_identity) == (True, row.case_identity)
    entry = LedgerEntry.objects.get(action="member_discipline.correct")
    assert "M1" not in str(entry.data)
    assert entry.organisation_code == ""


def test_the_confirmed_correction_of_a_sealed_case_is_voided_by_who_is_named_and_told_to_nobody(
    world: World,
) -> None:
    case, inspector = planted(world), world.users["inspector"]
    end = confirm_correction(case, date(2023, 12, 1), by=inspector)
    address = reverse("inspections:correction_void", args=[end.pk])
    assert logged_in(world.users["second"]).get(address).status_code == 404
    assert logged_in(inspector).post(address, {"reason": "ghi nhầm"}).status_code == 302
    entry = LedgerEntry.objects.latest("pk")
    assert (entry.action, entry.organisation_code) == ("member_discipline.void_corrected", "")
    assert entry.data == {"case": str(case.identity), "on": "2023-12-01"}


def test_sealing_later_seals_every_row_voided_ones_too(world: World) -> None:
    case = decided(world, opened(world))
    correct_case(case, draft_of(world, summary="rõ hơn"), reason="thiếu tóm tắt", by=None)
    seal_case(case, reason="Liên quan an ninh", by=world.users["inspector"])
    assert set(Case.objects.values_list("sealed", flat=True)) == {True}
    assert MemberDiscipline.objects.get().sealed
    second = world.users["second"]
    assert not visible_cases(second, with_voided=True).exists()
    assert hidden_cases(second).count() == 1
    with pytest.raises(Refused):
        seal_case(case, reason="lần nữa", by=world.users["inspector"])
    unseal_case(case, reason="Đã xong", by=world.users["inspector"])
    assert visible_cases(second).count() == 1
    assert not MemberDiscipline.objects.get().sealed


def test_sealing_needs_a_reason(world: World) -> None:
    case = opened(world)
    with pytest.raises(Refused):
        seal_case(case, reason="  ", by=world.users["inspector"])
    assert not Case.objects.get().sealed


def test_only_holders_of_the_duty_are_named_and_the_last_one_stays(world: World) -> None:
    case = planted(world)
    inspector, second = world.users["inspector"], world.users["second"]
    for name in ("clerk", "clerk_b", "inspector"):
        with pytest.raises(Refused):
            grant(case, world.users[name], by=inspector)
    access = grant(case, second, by=inspector)
    assert visible_cases(second).count() == 1
    revoke(case, access, reason="xong việc", by=inspector)
    assert not visible_cases(second).exists()
    [own] = SealedAccess.objects.filter(voided_at__isnull=True)
    with pytest.raises(Refused):
        revoke(case, own, reason="thôi", by=inspector)


def test_named_without_the_duty_reads_nothing(world: World) -> None:
    case = planted(world)
    SealedAccess.objects.create(
        case_identity=case.identity, user=world.users["clerk"], recorded_at=case.recorded_at
    )
    assert not visible_cases(world.users["clerk"]).exists()


def test_naming_and_no_longer_naming_go_over_the_pages(world: World) -> None:
    case = planted(world)
    client = logged_in(world.users["inspector"])
    second = world.users["second"]
    shown = client.get(reverse("cases:name", args=[case.identity]))
    offered = {user.username for user in shown.context["form"].fields["user"].queryset}
    assert offered == {"second", "leader", "auditor"}
    client.post(reverse("cases:name", args=[case.identity]), {"user": second.pk})
    own = SealedAccess.objects.get(user=world.users["inspector"])
    answer = client.post(reverse("cases:unname", args=[case.identity, own.pk]), {"reason": "chuyển việc"})
    assert answer["Location"] == reverse("cases:list")
    assert client.get(reverse("cases:case", args=[case.identity])).status_code == 404
    assert logged_in(second).get(reverse("cases:case", args=[case.identity])).status_code == 200


def test_what_is_due_is_told_to_those_named_only(world: World) -> None:
    sealed = open_case(
        draft_of(world, act_days="20/06/2018"),
        by=world.users["inspector"],
        sealed=True,
        seal_reason="an ninh",
    )
    day = date(2023, 6, 10)
    [item] = due_items(world.users["inspector"], day)
    assert "không quá 15 ngày thời hiệu" in item.text and item.on == date(2023, 6, 20)
    assert due_items(world.users["second"], day) == []
    assert due_items(world.users["clerk"], day) == []
    unseal_case(sealed, reason="xong", by=world.users["inspector"])
    assert len(due_items(world.users["second"], day)) == 1
