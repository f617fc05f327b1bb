"""A file that takes longer than a page may: read beside the server; the page says how far, nothing is written."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.intake.test_pages_intake import _upload, _workbook
from tests.page_world import logged_in, make_page_world
from tests.world import World
from tongket.intake import waiting
from tongket.intake.large import child, works
from tongket.intake.large.telling import counted, heard_by
from tongket.intake.models import ImportBatch
from tongket.targets.models import Target


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """Every file counts as large; who reads it is said by each test."""
    monkeypatch.setattr(waiting, "LARGE", 0)
    monkeypatch.setattr(works, "_works", {})
    monkeypatch.setattr(works, "launch", lambda work: child.work(work.batch, work.commit, work.hear))
    return make_page_world()


def test_the_page_says_how_far_the_reading_is_and_reloads_itself(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(works, "launch", lambda work: work.hear({"stage": "rows", "done": 1000, "of": 4000}))
    answer = _upload(world, "clerk", _workbook("PA"))
    page = logged_in(world.users["clerk"]).get(answer["Location"])
    assert page["Refresh"] == "2"
    text = page.content.decode()
    assert 'value="31"' in text and "1.000" in text and "4.000" in text
    assert not Target.objects.exists()
    batch = ImportBatch.objects.get()
    assert logged_in(world.users["office"]).get(reverse("intake:detail", args=[batch.pk])).status_code == 404


def test_a_large_file_is_rehearsed_then_written_as_any_other(world: World) -> None:
    client = logged_in(world.users["clerk"])
    page = client.get(_upload(world, "clerk", _workbook("PA", "PB"))["Location"])
    assert page.context["told"].ok and "Refresh" not in page.headers
    assert not Target.objects.exists()
    batch = page.context["batch"]
    after = client.post(reverse("intake:accept", args=[batch.pk]), follow=True)
    assert after.status_code == 200
    assert sorted(t.organisation.code for t in Target.objects.all()) == ["PA", "PB"]
    assert ImportBatch.objects.get().committed_at is not None


def test_a_large_file_with_errors_is_not_written_and_its_marked_copy_comes_back(world: World) -> None:
    client = logged_in(world.users["clerk"])
    page = client.get(_upload(world, "clerk", _workbook("PA", "KHONG"))["Location"])
    assert [f.value for f in page.context["told"].errors] == ["KHONG"]
    batch = page.context["batch"]
    assert client.get(reverse("intake:returned", args=[batch.pk])).content[:2] == b"PK"
    refused = client.post(reverse("intake:accept", args=[batch.pk]), follow=True)
    assert not refused.context["told"].ok
    assert not Target.objects.exists()


def test_a_large_file_that_is_no_workbook_says_so_and_can_be_thrown_away(world: World) -> None:
    client = logged_in(world.users["clerk"])
    broken = SimpleUploadedFile("a.xlsx", b"khong phai excel" * 10)
    page = client.get(_upload(world, "clerk", broken)["Location"])
    assert "Tệp không phải là bảng tính" in page.content.decode() and "Refresh" not in page.headers
    assert client.post(reverse("intake:discard", args=[ImportBatch.objects.get().pk])).status_code == 302


def test_a_reading_that_broke_off_says_so_and_is_begun_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(works, "launch", lambda work: work.hear({"end": "failed"}))
    client = logged_in(world.users["clerk"])
    where = _upload(world, "clerk", _workbook("PA"))["Location"]
    assert "dừng giữa chừng" in client.get(where).content.decode()
    monkeypatch.setattr(works, "launch", lambda work: child.work(work.batch, work.commit, work.hear))
    assert client.get(where).context["told"].ok


def test_rows_are_told_by_the_thousand() -> None:
    said: list[tuple[str, int, int]] = []
    with heard_by(lambda *what: said.append(what)):
        assert sum(counted("rows", range(2500), 2500)) == sum(range(2500))
    assert said == [("rows", 0, 2500), ("rows", 1000, 2500), ("rows", 2000, 2500)]
    assert list(counted("rows", range(3), 3)) == [0, 1, 2]
    assert len(said) == 3
