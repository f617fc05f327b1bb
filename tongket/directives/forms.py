"""Forms of directives, the plans issued for them, and study sessions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongket.core.codelists import DOCUMENT_KIND, IMPLEMENTING_KINDS
from tongket.core.dates import format_date
from tongket.directives.drafts import DirectiveDraft, PlanDraft, StudySessionDraft
from tongket.directives.models import Directive, Plan, StudySession
from tongket.directives.queries import visible_directives
from tongket.ui.forms import OrganisationField
from tongket.ui.records.fields import RecordForm, column


class DirectiveChoice(forms.ModelChoiceField):
    """One directive of the books that the user may read."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Directive.objects.none(), **kwargs)

    def label_from_instance(self, directive: Any) -> str:
        """Symbol, date and the beginning of the subject."""
        subject = directive.subject if len(directive.subject) <= 70 else directive.subject[:69] + "…"
        return f"{directive.symbol} ngày {format_date(directive.issued_on)} · {subject} ({directive.organisation.name})"


class DirectiveForm(RecordForm):
    """A paper of a higher body, as it came in."""

    draft_class = DirectiveDraft
    organisation = OrganisationField(verb="directive.write", label=_("Tổ chức nhận"))
    kind = column(Directive, "kind")
    symbol = column(Directive, "symbol")
    issuer = column(Directive, "issuer")
    issuer_level = column(Directive, "issuer_level")
    issued_on = column(Directive, "issued_on")
    subject = column(Directive, "subject")
    received_on = column(Directive, "received_on")
    needs_plan = column(Directive, "needs_plan", initial=True)
    plan_due_on = column(Directive, "plan_due_on")
    groups = (
        (_("Văn bản"), ("kind", "symbol", "issued_on", "issuer", "issuer_level", "subject")),
        (_("Tiếp nhận"), ("organisation", "received_on")),
        (_("Triển khai"), ("needs_plan", "plan_due_on")),
    )


class PlanForm(RecordForm):
    """A paper issued to carry out a directive; it belongs to the body that received the directive."""

    draft_class = PlanDraft
    directive = DirectiveChoice(label=_("Triển khai văn bản"))
    kind = column(Plan, "kind")
    symbol = column(Plan, "symbol")
    issued_on = column(Plan, "issued_on")
    subject = column(Plan, "subject")
    groups = ((_("Văn bản triển khai"), ("directive", "kind", "symbol", "issued_on", "subject")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = visible_directives(self.user).filter(needs_plan=True).order_by("-issued_on")
        if self.correcting is not None:
            rows = rows | visible_directives(self.user).filter(pk=self.correcting.directive_id)
        self.fields["directive"].queryset = rows  # type: ignore[attr-defined]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((code, DOCUMENT_KIND.label(code)) for code in IMPLEMENTING_KINDS),
        ]

    def derived(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """A correction leaves the plan in the book in which it is, unless it answers another directive."""
        record = self.correcting
        same = (
            record is not None
            and values.get("directive") is not None
            and values["directive"].pk == record.directive_id
        )
        return {"organisation": record.organisation if same else None}


class StudySessionForm(RecordForm):
    """A class, briefing or course with the numbers attending; no person is named."""

    draft_class = StudySessionDraft
    organisation = OrganisationField(verb="study.write", label=_("Tổ chức mở lớp, hội nghị"))
    title = column(StudySession, "title")
    directive = DirectiveChoice(label=_("Văn bản được học tập"), required=False)
    kind = column(StudySession, "kind", initial="study")
    form = column(StudySession, "form", initial="direct")
    held_on = column(StudySession, "held_on")
    place = column(StudySession, "place")
    sites = column(StudySession, "sites", initial=1)
    members_total = column(StudySession, "members_total")
    members_exempt = column(StudySession, "members_exempt", initial=0)
    members_excused = column(StudySession, "members_excused", initial=0)
    members_attended = column(StudySession, "members_attended")
    others_attended = column(StudySession, "others_attended", initial=0)
    audience = column(
        StudySession, "audience", help_text=_("Ví dụ: cán bộ chủ chốt, báo cáo viên, nhân dân.")
    )
    groups = (
        (
            _("Lớp, hội nghị"),
            ("organisation", "kind", "title", "directive", "audience", "held_on", "form", "place", "sites"),
        ),
        (
            _("Số người"),
            ("members_total", "members_exempt", "members_excused", "members_attended", "others_attended"),
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["directive"].queryset = visible_directives(self.user).order_by("-issued_on")  # type: ignore[attr-defined]

    def derived(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The plan that the session carries out stays with it: the page names it, nobody enters it."""
        return {"planned": self.initial.get("planned")}
