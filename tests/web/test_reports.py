"""The report page: files made from the records, the office's own template with everything wrong with it listed."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.web.conftest import Visit
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.reports.models import ReportTemplate


@pytest.mark.parametrize(("kind", "start"), [("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_the_report_is_downloaded_and_the_download_noted(visit: Visit, kind: str, start: bytes) -> None:
    answer = visit("office").get(reverse("web:report_file", args=[kind]) + "?ky=2023")
    assert answer.status_code == 200
    assert answer.content.startswith(start)
    assert f'filename="bao-cao-tong-ket-QS-2023.{kind}"' in answer["Content-Disposition"]
    assert LedgerEntry.objects.get(action="reports.download").data == {"period": "2023", "kind": kind}


def _upload(visit: Visit, content: bytes, who: str = "office", name: str = "Mẫu của huyện"):
    file = SimpleUploadedFile("mau.docx", content)
    return visit(who).post(
        reverse("web:report_template_upload") + "?ky=2023", {"name": name, "content": file}
    )


def test_the_template_in_use_can_be_fetched_edited_and_handed_in(visit: Visit) -> None:
    template = visit("office").get(reverse("web:report_template") + "?ky=2023").content
    assert zipfile.ZipFile(io.BytesIO(template)).testzip() is None
    assert _upload(visit, template).status_code == 302
    assert "Mẫu của huyện" in visit("office").get("/bao-cao/?ky=2023").content.decode()


def test_a_file_that_is_no_template_is_refused_at_its_field_and_not_kept(visit: Visit) -> None:
    answer = _upload(visit, b"khong phai tep Word")
    assert answer.status_code == 422
    assert answer.context["form"].errors["content"]
    assert not ReportTemplate.objects.exists()


def test_only_the_office_hands_in_templates(visit: Visit) -> None:
    assert _upload(visit, b"x", who="leader").status_code == 403
    assert "Tải lên mẫu của mình" not in visit("leader").get("/bao-cao/?ky=2023").content.decode()


def test_a_template_of_another_organisation_cannot_be_withdrawn(visit: Visit, world: World) -> None:
    template = visit("office").get(reverse("web:report_template") + "?ky=2023").content
    _upload(visit, template)
    made = ReportTemplate.objects.get()
    path = reverse("web:report_template_withdraw", args=[made.pk])
    assert visit("b-office").post(path).status_code == 404
    assert visit("office").post(path).status_code == 302
    made.refresh_from_db()
    assert made.withdrawn_at is not None
