"""The pages: a draft comes in, is its owner's alone, is corrected and undone, goes out as Word and as text."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document

from tests.drafts.files import word
from tests.page_world import logged_in
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.drafts.acts import remove_old
from tongket.drafts.models import Draft

TEXT = "Năm 2023, Đảng bộ huyện kết nạp 04 đảng viên mới. Toàn Đảng bộ có 6 đảng viên."


def brought(world: World, user: str = "office", text: str = TEXT, **files: object) -> Draft:
    client = logged_in(world.users[user])
    sent = {"organisation": "QS", "period": "2023", "text": "" if files else text, **files}
    answer = client.post(reverse("drafts:list"), sent)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Draft.objects.latest("pk")


def test_pasted_text_is_shown_as_typed_with_every_claim_marked_in_words_too(world: World) -> None:
    draft = brought(world)
    page = logged_in(world.users["office"]).get(reverse("drafts:detail", args=[draft.pk])).content.decode()
    assert '<a class="claim wrong"' in page
    assert "(Sai)" in page
    assert "Sửa thành 01" in page
    assert "/so-lieu/members.admitted/ho-so/?to_chuc=QS&amp;ky=2023" in page


def test_a_draft_is_its_owners_alone(world: World) -> None:
    draft = brought(world)
    for other in ("propaganda", "clerk", "leader"):
        client = logged_in(world.users[other])
        for name, args in (("detail", []), ("file", ["docx"])):
            assert client.get(reverse(f"drafts:{name}", args=[draft.pk, *args])).status_code == 404
        for name in ("correct", "undo", "delete"):
            answer = client.post(
                reverse(f"drafts:{name}", args=[draft.pk]), {"start": 0, "end": 1, "old": "N", "new": "x"}
            )
            assert answer.status_code == 404
        assert draft.name not in client.get(reverse("drafts:list")).content.decode()
    assert Draft.objects.get(pk=draft.pk).text == TEXT


def test_whoever_has_no_duty_of_drafts_or_none_for_the_organisation_is_turned_away(world: World) -> None:
    assert logged_in(world.users["admin"]).get(reverse("drafts:list")).status_code == 403
    answer = logged_in(world.users["clerk_a"]).post(
        reverse("drafts:list"), {"organisation": "QS", "period": "2023", "text": TEXT}
    )
    assert answer.status_code == 422
    assert not Draft.objects.exists()


def test_a_correction_is_accepted_checked_anew_and_undone(world: World) -> None:
    draft = brought(world)
    client = logged_in(world.users["office"])
    at = TEXT.index("04")
    change = {"start": at, "end": at + 2, "old": "04", "new": "01", "at": 2}
    page = client.post(reverse("drafts:correct", args=[draft.pk]), change, follow=True).content.decode()
    assert Draft.objects.get(pk=draft.pk).text == TEXT.replace("04", "01")
    assert '<a class="claim wrong"' not in page
    # Sent once more, from a page of before: nothing happens.
    client.post(reverse("drafts:correct", args=[draft.pk]), change)
    assert Draft.objects.get(pk=draft.pk).text == TEXT.replace("04", "01")
    client.post(reverse("drafts:undo", args=[draft.pk]))
    assert Draft.objects.get(pk=draft.pk).text == TEXT
    assert client.post(reverse("drafts:undo", args=[draft.pk])).status_code == 400
    assert not any("kết nạp" in str(entry.data) for entry in LedgerEntry.objects.all())


def test_reading_changes_nothing(world: World) -> None:
    draft = brought(world)
    client = logged_in(world.users["office"])
    for name in ("correct", "undo", "delete"):
        assert client.get(reverse(f"drafts:{name}", args=[draft.pk])).status_code == 405


def test_a_word_draft_goes_back_with_its_correction_and_comments(world: World) -> None:
    upload = SimpleUploadedFile("bao-cao.docx", word(*TEXT.split(". ")))
    draft = brought(world, file=upload)
    client = logged_in(world.users["office"])
    fresh = Document(io.BytesIO(client.get(reverse("drafts:file", args=[draft.pk, "docx"])).content))
    assert any("Nên là: 01" in comment.text for comment in fresh.comments)
    at = draft.text.index("04")
    client.post(
        reverse("drafts:correct", args=[draft.pk]),
        {"start": at, "end": at + 2, "old": "04", "new": "01", "at": 1},
    )
    after = Document(io.BytesIO(client.get(reverse("drafts:file", args=[draft.pk, "docx"])).content))
    assert "kết nạp 01 đảng viên" in after.paragraphs[0].text
    assert not list(after.comments)
    text = client.get(reverse("drafts:file", args=[draft.pk, "txt"])).content.decode()
    assert "kết nạp 01 đảng viên" in text


def test_a_bad_file_is_told_at_its_field_and_nothing_is_kept(world: World) -> None:
    answer = logged_in(world.users["office"]).post(
        reverse("drafts:list"),
        {"organisation": "QS", "period": "2023", "file": SimpleUploadedFile("a.docx", b"PK\x03\x04 junk")},
    )
    assert answer.status_code == 422
    assert "bị hỏng" in answer.content.decode()
    empty = logged_in(world.users["office"]).post(
        reverse("drafts:list"), {"organisation": "QS", "period": "20x3"}
    )
    assert empty.status_code == 422
    assert "Chưa có nội dung" in empty.content.decode()
    assert "Không hiểu kỳ báo cáo" in empty.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("times", [1, 30])
def test_the_page_asks_few_questions_however_long_the_draft(world: World, times: int) -> None:
    draft = brought(world, text="\n".join([TEXT] * times))
    client = logged_in(world.users["office"])
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("drafts:detail", args=[draft.pk])).status_code == 200
    assert len(asked) <= 15
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("drafts:list")).status_code == 200
    assert len(asked) <= 15


def test_a_draft_can_be_deleted_and_goes_by_itself_after_its_time(world: World) -> None:
    client = logged_in(world.users["office"])
    client.post(reverse("drafts:delete", args=[brought(world).pk]))
    assert not Draft.objects.exists()
    kept, old = brought(world), brought(world)
    Draft.objects.filter(pk=old.pk).update(changed_at=timezone.now() - timedelta(days=Draft.KEEP_DAYS + 1))
    assert client.get(reverse("drafts:detail", args=[old.pk])).status_code == 404
    assert remove_old() == 1
    assert list(Draft.objects.values_list("pk", flat=True)) == [kept.pk]
    assert remove_old() == 0
