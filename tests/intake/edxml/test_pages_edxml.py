"""Pages of edXML: looked at first, taken in only by whoever keeps the book, downloaded by whoever may read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.intake.edxml.samples import (
    KEY,
    PDF,
    attachment,
    business,
    docx,
    edxml,
    header_parts,
    line,
    reference,
)
from tests.page_world import logged_in
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.directives.models import Directive, DirectiveChange
from tongket.files.models import Attachment
from tongket.intake.edxml.read import read
from tongket.intake.models import ImportBatch, ReceivedMessage


def upload(
    world: World,
    content: bytes | None = None,
    user: str = "office",
    code: str = "QS",
    name: str = "nq33.edxml",
):
    file = SimpleUploadedFile(name, content or edxml().encode())
    return logged_in(world.users[user]).post(
        reverse("intake:edxml_upload"), {"organisation": code, "file": file}
    )


def batch_of(world: World, content: bytes | None = None, **more) -> ImportBatch:
    answer = upload(world, content, **more)
    assert answer.status_code == 302
    return ImportBatch.objects.latest("pk")


def accept(world: World, batch: ImportBatch, user: str = "office", **fields: str):
    """Press the button with what the form shows for the sample, or other words."""
    values = {
        "received_on": "22/11/2023",
        "kind": "NQ",
        "issuer": "Tỉnh ủy",
        "issuer_level": "province",
        "needs_plan": "on",
    }
    return logged_in(world.users[user]).post(reverse("intake:edxml_accept", args=[batch.pk]), values | fields)


def test_an_upload_is_only_looked_at(world):
    batch = batch_of(world)
    page = logged_in(world.users["office"]).get(reverse("intake:edxml_detail", args=[batch.pk]))
    text = page.content.decode()
    assert "33-NQ/TU" in text and "nq33.pdf" in text and "Về chuyển đổi số &amp; cải cách" in text
    assert page.context["told"].ok
    assert not Directive.objects.exists() and not Attachment.objects.exists()


def test_accepting_registers_the_paper_as_decided_and_leads_to_it(world):
    batch = batch_of(world)
    answer = accept(world, batch, issuer="Ban Thường vụ Tỉnh ủy Mẫu")
    paper = Directive.objects.get()
    assert answer["Location"] == reverse("directives:detail", args=[paper.pk])
    assert paper.issuer == "Ban Thường vụ Tỉnh ủy Mẫu"
    assert not ImportBatch.objects.exists() and ReceivedMessage.objects.count() == 1
    page = logged_in(world.users["office"]).get(reverse("intake:edxml"))
    assert "33-NQ/TU" in page.content.decode()
    assert logged_in(world.users["office"]).get(answer["Location"]).status_code == 200


def test_a_kind_not_recognised_is_asked_at_its_field(world):
    parts = header_parts(DocumentType=line("DocumentType", "Thông tư"))
    batch = batch_of(world, edxml(parts).encode())
    page = logged_in(world.users["office"]).get(reverse("intake:edxml_detail", args=[batch.pk]))
    assert "Không nhận ra loại văn bản “Thông tư”" in page.content.decode()
    answer = accept(world, batch, kind="")
    assert answer.status_code == 422 and "kind" in answer.context["form"].errors
    assert accept(world, batch, kind="NQ").status_code == 302
    assert Directive.objects.get().kind == "NQ"


def test_a_symbol_and_a_subject_that_do_not_fit_are_put_right_by_the_clerk(world):
    parts = header_parts(Subject=line("Subject", "dài " * 200))
    parts["Code"] = parts["Code"].replace("NQ/TU", "rác " * 20)
    batch = batch_of(world, edxml(parts).encode())
    page = logged_in(world.users["office"]).get(reverse("intake:edxml_detail", args=[batch.pk]))
    assert {p.field for p in page.context["asked"]} == {"symbol", "subject"} and not page.context["blocking"]
    assert accept(world, batch).status_code == 422
    assert accept(world, batch, symbol="33-NQ/TU", subject="Về A").status_code == 302
    assert (Directive.objects.get().symbol, Directive.objects.get().subject) == ("33-NQ/TU", "Về A")


def test_a_wrong_day_is_said_at_its_field(world):
    answer = accept(world, batch_of(world), received_on="01/01/2020")
    assert answer.status_code == 422
    assert "trước ngày ban hành" in answer.context["form"].errors["received_on"][0]
    assert not Directive.objects.exists()


def test_an_unknown_target_is_offered_as_new(world):
    batch = batch_of(world, business("1", "KHONG-CO", key="moi"))
    page = logged_in(world.users["office"]).get(reverse("intake:edxml_detail", args=[batch.pk]))
    assert "KHONG-CO" in page.content.decode() and "as_new" in page.context["form"].fields
    assert accept(world, batch).status_code == 422
    assert accept(world, batch, as_new="on").status_code == 302
    assert Directive.objects.count() == 1


def test_a_revocation_shows_the_paper_that_it_meets(world):
    accept(world, batch_of(world))
    batch = batch_of(world, business("1", KEY, key="thu"))
    page = logged_in(world.users["office"]).get(reverse("intake:edxml_detail", args=[batch.pk]))
    assert page.context["told"].targets == [Directive.objects.get()]
    assert not DirectiveChange.objects.exists()
    assert accept(world, batch).status_code == 302
    assert DirectiveChange.objects.get().kind == "revoked"


def test_a_paper_known_already_leads_to_it_and_offers_no_button(world):
    accept(world, batch_of(world))
    batch = batch_of(world)
    page = logged_in(world.users["office"]).get(reverse("intake:edxml_detail", args=[batch.pk]))
    paper = Directive.objects.get()
    assert reverse("directives:detail", args=[paper.pk]) in page.content.decode()
    assert reverse("intake:edxml_accept", args=[batch.pk]) not in page.content.decode()
    assert accept(world, batch).status_code == 422
    assert Directive.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"khong phai edxml", "không phải là edXML"),
        (edxml().replace("?>", "?><!DOCTYPE a>", 1).encode(), "DTD"),
        (edxml(header_parts(Subject=line("Subject", "(MẬT) A"))).encode(), "văn bản mật không được lưu"),
        (edxml(files=(attachment("a.docx", docx("TUYỆT MẬT")),), references=()).encode(), "TUYỆT MẬT"),
    ],
    ids=["text", "dtd", "secret", "secret file"],
)
def test_a_file_that_may_not_come_in_is_refused_at_its_field_and_not_kept(world, content, words):
    answer = upload(world, content)
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors["file"])
    assert not ImportBatch.objects.exists()


def test_files_from_the_message_are_shown_as_text_never_as_markup(world):
    parts = header_parts(Subject=line("Subject", "&lt;script&gt;alert(1)&lt;/script&gt;"))
    batch = batch_of(world, edxml(parts, references=(reference("&lt;b&gt;.pdf"),)).encode())
    text = (
        logged_in(world.users["office"]).get(reverse("intake:edxml_detail", args=[batch.pk])).content.decode()
    )
    assert "<script>alert" not in text and "&lt;script&gt;alert" in text


# --- who may ---


@pytest.mark.parametrize("user", ["leader", "propaganda", "admin"])
def test_without_the_duty_nothing_is_uploaded(world, user):
    batch = batch_of(world)
    client = logged_in(world.users[user])
    assert client.get(reverse("intake:edxml")).status_code == 403
    assert upload(world, user=user).status_code == 403
    for name in ("detail", "accept", "discard"):
        method = client.get if name == "detail" else client.post
        assert method(reverse(f"intake:edxml_{name}", args=[batch.pk])).status_code == 403


def test_a_file_of_another_is_not_there_and_another_book_not_open(world):
    batch = batch_of(world)
    other = logged_in(world.users["office_a"])
    assert other.get(reverse("intake:edxml_detail", args=[batch.pk])).status_code == 404
    assert other.post(reverse("intake:edxml_accept", args=[batch.pk])).status_code == 404
    assert other.post(reverse("intake:edxml_discard", args=[batch.pk])).status_code == 404
    assert upload(world, user="office_a", code="QS").status_code == 422
    accept(world, batch)
    paper = Directive.objects.get()
    assert other.get(reverse("intake:edxml_export", args=[paper.pk])).status_code == 404
    assert "33-NQ/TU" not in other.get(reverse("intake:edxml")).content.decode()


def test_reading_changes_nothing_and_changing_wants_a_post(world):
    batch = batch_of(world)
    client = logged_in(world.users["office"])
    before = LedgerEntry.objects.count()
    client.get(reverse("intake:edxml_detail", args=[batch.pk]))
    assert LedgerEntry.objects.count() == before
    for name in ("accept", "discard"):
        assert client.get(reverse(f"intake:edxml_{name}", args=[batch.pk])).status_code == 405
    assert client.get(reverse("intake:edxml_upload")).status_code == 405


def test_a_file_not_wanted_is_thrown_away(world):
    batch = batch_of(world)
    assert (
        logged_in(world.users["office"]).post(reverse("intake:edxml_discard", args=[batch.pk])).status_code
        == 302
    )
    assert not ImportBatch.objects.exists()


def test_a_waiting_edxml_file_does_not_disturb_the_page_of_workbooks(world):
    batch = batch_of(world)
    client = logged_in(world.users["office"])
    assert client.get(reverse("intake:list")).status_code == 200
    assert client.get(reverse("intake:detail", args=[batch.pk])).status_code == 404


# --- download ---


def test_a_reader_downloads_the_paper_as_a_file_that_is_never_shown(world):
    accept(world, batch_of(world))
    paper = Directive.objects.get()
    answer = logged_in(world.users["leader"]).get(reverse("intake:edxml_export", args=[paper.pk]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="33-NQ-TU.edxml"'
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
    message = read(answer.content)
    assert (message.document_id, message.attachments[0].content) == (KEY, PDF)
    assert LedgerEntry.objects.latest("id").action == "directive.download"


@pytest.mark.parametrize("kind", ["1", "2", "3", "9", "x", ""])
def test_a_message_about_a_change_that_is_not_on_record_is_refused(world, kind):
    accept(world, batch_of(world))
    address = reverse("intake:edxml_export", args=[Directive.objects.get().pk])
    assert logged_in(world.users["office"]).get(address, {"loai": kind}).status_code == 400


def test_pages_ask_few_questions_however_many_papers_came_in(world):
    client = logged_in(world.users["office"])
    for number in range(3):
        parts = header_parts(DocumentId=line("DocumentId", f"k{number}"))
        parts["Code"] = parts["Code"].replace(">33<", f">{50 + number}<")
        accept(world, batch_of(world, edxml(parts).encode()))
    client.get(reverse("intake:edxml"))  # says what was done, once
    waiting = batch_of(world, business("2", "k1", Subject=line("Subject", "khác")))
    for address in (reverse("intake:edxml"), reverse("intake:edxml_detail", args=[waiting.pk])):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        for q in asked:
            print(q["sql"][:150])
        assert len(asked) <= 40
