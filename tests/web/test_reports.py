"""The report page: files made from the records, the office's own template with everything wrong with it listed."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.web.conftest import Visit
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.reports.exchange.archive import unpack
from tongket.reports.exchange.keys import KEY_FILE, own_fingerprint
from tongket.reports.models import ReportTemplate

KINDS = [
    ("docx", b"PK", ".docx"),
    ("xlsx", b"PK", ".xlsx"),
    ("pdf", b"%PDF", ".pdf"),
    ("json", b"{", ".json"),
    ("csv", b"\xef\xbb\xbf", ".csv"),
    ("xbrl", b"PK", "-xbrl.zip"),
    ("zip", b"PK", ".zip"),
]


@pytest.mark.parametrize(("kind", "start", "end"), KINDS)
def test_the_report_is_downloaded_and_the_download_noted(
    visit: Visit, kind: str, start: bytes, end: str
) -> None:
    answer = visit("office").get(reverse("web:report_file", args=[kind]) + "?ky=2023")
    assert answer.status_code == 200
    assert answer.content.startswith(start)
    assert f'filename="bao-cao-tong-ket-QS-2023{end}"' in answer["Content-Disposition"]
    assert LedgerEntry.objects.get(action="reports.download").data == {"period": "2023", "kind": kind}


def test_a_kind_that_is_not_there_and_an_organisation_of_others_are_not_found(visit: Visit) -> None:
    assert visit("office").get(reverse("web:report_file", args=["exe"]) + "?ky=2023").status_code == 404
    path = reverse("web:report_file", args=["zip"]) + "?ky=2023&to_chuc=QS"
    assert visit("b-office").get(path).status_code == 404


def test_facts_that_the_asker_may_not_know_are_masked_in_every_carrier(visit: Visit) -> None:
    path = reverse("web:report_file", args=["zip"]) + "?ky=2023-H1"
    files = unpack(visit("office").get(path).content)
    (name,) = [name for name in files if name.endswith("so-lieu.json")]
    facts = json.loads(files[name])["facts"]
    guarded = [fact for fact in facts if fact["indicator"] == "discipline.members"]
    assert guarded
    assert all(fact["mask"] and not fact["value"] for fact in guarded)
    report = json.loads(files[name.replace("so-lieu.json", "xbrl/so-lieu-xbrl.json")])["facts"]
    concepts = {fact["dimensions"]["concept"] for fact in report.values()}
    assert "tk:discipline.members" not in concepts
    assert "tk:members.total" in concepts
    assert "discipline.members|QS|2023-H1" in report["i-so-lieu-khong-ghi"]["value"]


def test_the_page_shows_the_fingerprint_of_the_key_and_links_every_kind(visit: Visit) -> None:
    page = visit("office").get("/bao-cao/?ky=2023").content.decode()
    assert own_fingerprint() in page
    assert all(reverse("web:report_file", args=[kind]) in page for kind, _, _ in KINDS)


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


def test_a_spoilt_key_is_said_at_the_download_and_the_page_still_opens(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    (tmp_path / KEY_FILE).write_bytes(b"spoilt")
    assert visit("office").get("/bao-cao/?ky=2023").status_code == 200
    answer = visit("office").get(reverse("web:report_file", args=["zip"]) + "?ky=2023")
    assert answer.status_code == 400
    assert KEY_FILE in answer.content.decode()
