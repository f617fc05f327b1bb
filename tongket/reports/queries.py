"""Reading report templates."""

import re
import zipfile
from datetime import date
from io import BytesIO

from django.db.models import QuerySet

from tongket.organisations.models import Organisation
from tongket.reports.models import ReportTemplate
from tongket.reports.word.default_template import default_template

_CHART = re.compile(rb"bieu_do\s*\.\s*([a-z0-9_]+)")


def templates_of(organisation: Organisation) -> QuerySet[ReportTemplate]:
    """The organisation's templates, the newest first, without their contents."""
    return organisation.report_templates.defer("content").select_related("uploaded_by")


def template_in_use(organisation: Organisation) -> ReportTemplate | None:
    """The newest template of the organisation that is not withdrawn; None: the built-in one is used."""
    return (
        organisation.report_templates.filter(withdrawn_at__isnull=True)
        .order_by("-uploaded_at", "-pk")
        .first()
    )


def template_content(organisation: Organisation, on: date) -> bytes:
    """The .docx that a report of the organisation dated `on` is made from."""
    chosen = template_in_use(organisation)
    return default_template(on) if chosen is None else bytes(chosen.content)


def charts_named(template: bytes) -> set[str]:
    """The charts that a template's body names, so that no other is drawn. The file has been checked before."""
    with zipfile.ZipFile(BytesIO(template)) as archive:
        text = re.sub(rb"<[^>]*>", b"", archive.read("word/document.xml"))
    return {name.decode() for name in _CHART.findall(text)}
