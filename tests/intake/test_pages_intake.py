"""Pages of the import: rehearsed first, every bad cell named, all rows or none."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.page_world import logged_in, make_page_world
from tests.world import World
from tongket.core.problems import Conflict
from tongket.intake.kinds import KINDS
from tongket.intake.models import ImportBatch
from tongket.intake.rehearse import let_go
from tongket.intake.templates import filled
from tongket.intake.waiting import bring_in
from tongket.targets.models import Target


@pytest.fixture
def world(db: None) -> World:
    return make_page_world()


def _workbook(*codes: str, value: int = 5) -> SimpleUploadedFile:
    kind = KINDS["targets"]
    rows = [
        {
            "organisation": code,
            "indicator": "members.admitted",
            "period": "2023",
            "value": value,
            "giver": "above",
            "valid_from": date(2023, 1, 1),
        }
        for code in codes
    ]
    return SimpleUploadedFile("chi-tieu.xlsx", filled(kind, {kind.sheets[0].title: rows}))


def _upload(world: World, user: str, file: SimpleUploadedFile, kind: str = "targets") -> object:
    return logged_in(world.users[user]).post(reverse("intake:upload"), {"kind": kind, "file": file})


def test_an_upload_is_only_rehearsed(world: World) -> None:
    answer = _upload(world, "clerk", _workbook("PA", "PB"))
    assert answer.status_code == 200
    assert answer.context["told"].ok
    assert not Target.objects.exists()


def test_accepting_writes_all_rows_with_their_origin(world: World) -> None:
    batch = _upload(world, "clerk", _workbook("PA", "PB")).context["batch"]
    client = logged_in(world.users["clerk"])
    assert client.post(reverse("intake:accept", args=[batch.pk])).status_code == 302
    assert sorted(t.organisation.code for t in Target.objects.all()) == ["PA", "PB"]
    assert ImportBatch.objects.get().committed_at is not None
    page = client.get(reverse("targets:detail", args=[Target.objects.first().pk])).content.decode()
    assert "tệp Excel nhập lần" in page


def test_a_bad_cell_is_named_with_sheet_cell_value_and_reason(world: World) -> None:
    answer = _upload(world, "clerk", _workbook("PA", "KHONG"))
    [finding] = answer.context["told"].errors
    assert (finding.sheet, finding.value) == (KINDS["targets"].sheets[0].title, "KHONG")
    assert finding.cell in answer.content.decode()
    batch = answer.context["batch"]
    refused = logged_in(world.users["clerk"]).post(reverse("intake:accept", args=[batch.pk]))
    assert refused.status_code == 422
    assert not Target.objects.exists()


def test_a_file_that_is_no_workbook_is_refused_at_its_field(world: World) -> None:
    answer = _upload(world, "clerk", SimpleUploadedFile("a.xlsx", b"khong phai excel"))
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors
    assert not ImportBatch.objects.exists()


def test_nobody_sees_or_accepts_anothers_workbook(world: World) -> None:
    batch = _upload(world, "clerk", _workbook("PA")).context["batch"]
    other = logged_in(world.users["office"])
    assert other.get(reverse("intake:detail", args=[batch.pk])).status_code == 404
    assert other.post(reverse("intake:accept", args=[batch.pk])).status_code == 404
    assert not Target.objects.exists()


def test_an_import_goes_only_into_books_that_the_user_keeps(world: World) -> None:
    answer = _upload(world, "clerk_b", _workbook("PA"))
    assert not answer.context["told"].ok
    answer = _upload(world, "propaganda", _workbook("PA"))
    assert not answer.context["told"].ok


def test_a_workbook_not_wanted_is_thrown_away(world: World) -> None:
    batch = _upload(world, "clerk", _workbook("PA")).context["batch"]
    logged_in(world.users["clerk"]).post(reverse("intake:discard", args=[batch.pk]))
    assert not ImportBatch.objects.exists()


def test_a_workbook_accepted_in_two_windows_is_brought_in_once(world: World) -> None:
    batch = _upload(world, "clerk", _workbook("PA")).context["batch"]
    other = ImportBatch.objects.get(pk=batch.pk)
    done = bring_in(batch)
    with pytest.raises(Conflict, match="cửa sổ khác"):
        bring_in(other)
    assert not let_go(other)
    assert [(b.pk, b.committed_at is not None) for b in ImportBatch.objects.all()] == [(done.pk, True)]


@pytest.mark.parametrize("name", ["leader", "admin"])
def test_the_import_is_closed_without_a_duty_for_it(world: World, name: str) -> None:
    client = logged_in(world.users[name])
    assert client.get(reverse("intake:list")).status_code == 403
    assert client.post(reverse("intake:upload"), {}).status_code == 403


def test_every_template_can_be_downloaded_and_an_unknown_kind_is_a_404(world: World) -> None:
    client = logged_in(world.users["clerk"])
    for kind in KINDS:
        assert client.get(reverse("intake:template", args=[kind])).content[:2] == b"PK"
    assert client.get(reverse("intake:template", args=["khong-co"])).status_code == 404
