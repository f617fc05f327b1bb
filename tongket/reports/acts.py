"""Handing in and withdrawing an office's own report template."""

import hashlib
from datetime import date
from typing import Any

from tongket.audit.acts import act
from tongket.core.periods import Period, year
from tongket.core.problems import Problem, Refused
from tongket.organisations.models import Organisation
from tongket.reports.facts import gather
from tongket.reports.models import ReportTemplate
from tongket.reports.payload import payload
from tongket.reports.word.language import TemplateRefused
from tongket.reports.word.package import check_package
from tongket.reports.word.render import render


def upload_template(
    organisation: Organisation, *, name: str, content: bytes, by: Any, period: Period | None = None
) -> ReportTemplate:
    """Take a .docx as the organisation's template, after a trial report with the organisation's own figures.

    `period` is the one tried, the last full year unless told. Raises `Refused` with everything that is wrong:
    a file that is no plain .docx or too big, what is not of the template language, every unknown name.
    """
    title = name.strip()
    if not title:
        raise Refused([Problem("name", "Đặt tên cho mẫu, ví dụ “Báo cáo tổng kết năm”.")])
    preview_template(organisation, content, period, viewer=by)
    with act("reports.upload_template", by=by, organisation=organisation) as current:
        made = ReportTemplate.objects.create(
            organisation=organisation,
            name=title[:150],
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            uploaded_at=current.at,
            uploaded_by=by,
        )
        current.about(made)
        current.note(name=made.name, sha256=made.sha256, bytes=len(content))
    return made


def preview_template(
    organisation: Organisation, content: bytes, period: Period | None = None, *, viewer: Any = None
) -> bytes:
    """The report that the template would give, as a .docx, without keeping anything. Raises `Refused`."""
    try:
        check_package(content)
        data = payload(gather(organisation, period or _trial_period(organisation), viewer=viewer), draw=())
        return render(content, data)
    except TemplateRefused as refused:
        raise Refused([Problem("content", problem) for problem in refused.problems]) from refused


def withdraw_template(template: ReportTemplate, *, by: Any) -> None:
    """Stop using a template; it stays on file. Withdrawing one that is withdrawn changes nothing."""
    if template.withdrawn_at is not None:
        return
    with act(
        "reports.withdraw_template", by=by, organisation=template.organisation, subject=template
    ) as current:
        template.withdrawn_at = current.at
        template.save(update_fields=["withdrawn_at"])
        current.note(sha256=template.sha256)


def _trial_period(organisation: Organisation) -> Period:
    """The last full year of the organisation's life, or the year of its founding."""
    last_day = min(date.today(), organisation.ends_on)
    return year(max(last_day.year - 1, organisation.founded_on.year))
