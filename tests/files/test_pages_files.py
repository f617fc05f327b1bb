"""«Tài liệu» on the page of a record: attached, downloaded, taken off, with the record's own rights."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.page_world import logged_in, make_page_world
from tongket.events.acts import add_event, correct_event
from tongket.events.drafts import EventDraft
from tongket.files.models import Attachment
from tongket.files.pages import file_pages
from tongket.organisations.models import Organisation

PDF = b"%PDF-1.4 made up\n%%EOF"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def world(db):
    return make_page_world()


def _event(world, code="QS", **more):
    draft = EventDraft(world[code], "meeting", "Gặp mặt", date(2023, 1, 20), date(2023, 1, 20), **more)
    return add_event(draft, by=None)


def _attach(client, record, name="ke-hoach.pdf", content=PDF):
    sent = {"file": [SimpleUploadedFile(name, content)]}
    return client.post(reverse("events:attach", args=[record.pk]), sent)


def test_a_file_is_attached_listed_downloaded_and_taken_off_with_a_reason(world):
    made, client = _event(world), logged_in(world.users["propaganda"])
    assert _attach(client, made).status_code == 302
    row = Attachment.objects.get()
    page = client.get(reverse("events:detail", args=[made.pk])).content.decode()
    address = reverse("events:file", args=[made.pk, row.pk])
    assert address in page
    got = client.get(address)
    assert b"".join(got.streaming_content) == PDF
    assert 'filename="ke-hoach.pdf"' in got["Content-Disposition"]
    assert client.post(reverse("events:detach", args=[made.pk, row.pk]), {"reason": " "}).status_code == 422
    assert (
        client.post(reverse("events:detach", args=[made.pk, row.pk]), {"reason": "Nhầm tệp"}).status_code
        == 302
    )
    assert client.get(address).status_code == 404


def test_several_files_are_attached_at_once_or_none(world):
    made, client = _event(world), logged_in(world.users["propaganda"])
    address = reverse("events:attach", args=[made.pk])
    good, bad = SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.pdf", b"not a pdf")
    answer = client.post(address, {"file": [good, bad]})
    assert answer.status_code == 422
    assert "b.pdf" in answer.content.decode()
    assert not Attachment.objects.exists()
    both = [SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.pdf", PDF + b"2")]
    assert client.post(address, {"file": both}).status_code == 302
    assert Attachment.objects.count() == 2


def test_nothing_chosen_is_said_at_the_field(world):
    made, client = _event(world), logged_in(world.users["propaganda"])
    answer = client.post(reverse("events:attach", args=[made.pk]), {})
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors


def test_files_stand_when_the_record_is_corrected(world):
    made, client = _event(world), logged_in(world.users["propaganda"])
    _attach(client, made)
    draft = EventDraft(world["QS"], "meeting", "Gặp mặt đầu xuân", date(2023, 1, 20), date(2023, 1, 20))
    new = correct_event(made, draft, reason="Rõ tên", by=None)
    row = Attachment.objects.get()
    assert client.get(reverse("events:file", args=[new.pk, row.pk])).status_code == 200


def test_a_file_is_found_only_under_its_own_record_and_by_its_readers(world):
    district, commune = _event(world), _event(world, "PA")
    _attach(logged_in(world.users["propaganda"]), district)
    row = Attachment.objects.get()
    own = logged_in(world.users["clerk_a"])
    assert own.get(reverse("events:file", args=[district.pk, row.pk])).status_code == 404
    assert own.get(reverse("events:file", args=[commune.pk, row.pk])).status_code == 404
    reader = logged_in(world.users["leader"])
    assert reader.get(reverse("events:file", args=[district.pk, row.pk])).status_code == 200
    assert reader.get(reverse("events:detach", args=[district.pk, row.pk])).status_code == 403
    assert own.post(reverse("events:detach", args=[commune.pk, row.pk]), {"reason": "x"}).status_code == 404


def test_records_without_an_identity_have_no_file_pages():
    with pytest.raises(TypeError):
        file_pages(Organisation, lambda user: None, "event.read", "event.write", names="x:")
