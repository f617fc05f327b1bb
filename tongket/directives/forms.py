"""Forms of directives, the plans issued for them, and study sessions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongket.core.codelists import DOCUMENT_KIND, IMPLEMENTING_KINDS
from tongket.core.dates import format_date
from tongket.core.worklists import PAPER_CHANGE
from tongket.directives.drafts import DirectiveDraft, PlanDraft, StudySessionDraft
from tongket.directives.models import Directive, Plan, StudySession
from tongket.directives.papers.issuing import issuer_of, level_of
from tongket.directives.queries import visible_directives
from tongket.files.kinds import ACCEPT
from tongket.files.models import ROLES
from tongket.ui.forms import DateField, OrganisationField, UserForm
from tongket.ui.records.fields import RecordForm, column

PAPER_ROLES = [(code, text) for code, text in ROLES if code in ("main", "annex", "original")]


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
    signer = column(Directive, "signer")
    effective_until = column(Directive, "effective_until", help_text=_("Để trống nếu không ghi thời hạn."))
    groups = (
        (
            _("Văn bản"),
            (
                "kind",
                "symbol",
                "issued_on",
                "issuer",
                "issuer_level",
                "subject",
                "signer",
                "effective_until",
            ),
        ),
        (_("Tiếp nhận"), ("organisation", "received_on")),
        (_("Triển khai"), ("needs_plan", "plan_due_on")),
    )


class IssuedForm(RecordForm):
    """A paper that the organisation issued itself; who issued it and at what level follow from the organisation."""

    draft_class = DirectiveDraft
    organisation = OrganisationField(verb="directive.write", label=_("Tổ chức ban hành"))
    kind = column(Directive, "kind")
    issued_on = column(Directive, "issued_on")
    symbol = column(
        Directive, "symbol", required=False, help_text=_("Để trống: lấy số tiếp theo của nhiệm kỳ khi ghi.")
    )
    subject = column(Directive, "subject")
    issuer = column(
        Directive, "issuer", required=False, help_text=_("Để trống: lấy tên cấp ủy của tổ chức ban hành.")
    )
    signer = column(Directive, "signer")
    effective_until = column(Directive, "effective_until", help_text=_("Để trống nếu không ghi thời hạn."))
    needs_plan = column(
        Directive, "needs_plan", label=_("Chính tổ chức này phải ban hành văn bản triển khai")
    )
    plan_due_on = column(Directive, "plan_due_on")
    groups = (
        (_("Văn bản"), ("organisation", "kind", "issued_on", "symbol", "subject")),
        (_("Ban hành"), ("issuer", "signer", "effective_until")),
        (_("Triển khai"), ("needs_plan", "plan_due_on")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.correcting is None:
            # The free number is asked for anew when what it hangs on is chosen.
            ask = {
                "hx-get": reverse("directives:next_symbol"),
                "hx-trigger": "change",
                "hx-target": "#id_symbol",
                "hx-swap": "outerHTML",
                "hx-include": "[name='organisation'],[name='kind'],[name='issued_on'],[name='symbol']",
            }
            for name in ("kind", "issued_on"):
                self.fields[name].widget.attrs.update(ask)

    def derived(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Issuer, level and day of entry."""
        organisation = values.get("organisation")
        return {
            "book": "issued",
            "received_on": values.get("issued_on"),
            "issuer": values.get("issuer") or (issuer_of(organisation) if organisation else ""),
            "issuer_level": level_of(organisation) if organisation else "",
        }


class FilesInput(forms.ClearableFileInput):
    """A box that takes several files at once, chosen or dropped."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each is judged by the rules of the files themselves."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files, at least one."""
        sent = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in sent or [None]]


class AttachForm(UserForm):
    """Files handed in with a paper."""

    file = FilesField(
        label=_("Tệp"),
        widget=FilesInput(attrs={"accept": ACCEPT, "multiple": True}),
        help_text=_(
            "Chọn hoặc kéo thả một hay nhiều tệp vào ô này: PDF, Word, Excel, ảnh, văn bản thô; "
            "cả lần gửi không quá 25 MB. Không đưa văn bản mật lên hệ thống."
        ),
        error_messages={"empty": _("Có tệp trống. Hãy chọn lại tệp.")},
    )
    role = forms.ChoiceField(label=_("Loại tệp"), choices=PAPER_ROLES, initial="main")

    def grouped(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [("", [self["file"], self["role"]])]


class ChangeForm(UserForm):
    """A paper is updated, replaced or revoked."""

    kind = forms.ChoiceField(label=_("Thay đổi"), choices=[("", "—"), *PAPER_CHANGE.choices])
    on = DateField(label=_("Từ ngày"))
    by_directive = DirectiveChoice(
        label=_("Bởi văn bản"),
        required=False,
        help_text=_("Văn bản thay thế, thu hồi hoặc sửa đổi, đã có trong sổ của cùng tổ chức."),
    )
    reason = forms.CharField(
        label=_("Lý do"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), required=True
    )

    def __init__(self, *args: Any, directive: Directive, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = visible_directives(self.user).filter(organisation=directive.organisation)
        self.fields["by_directive"].queryset = rows.exclude(pk=directive.pk).order_by("-issued_on")  # type: ignore[attr-defined]

    def grouped(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [("", [self["kind"], self["on"], self["by_directive"], self["reason"]])]


class PasteForm(UserForm):
    """A text in which papers are named."""

    text = forms.CharField(
        label=_("Đoạn văn có nhắc tới văn bản"),
        max_length=20_000,
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "placeholder": _("Ví dụ: Nghị quyết số 33-NQ/TU ngày 20/11/2023 của Ban Thường vụ Tỉnh ủy"),
            }
        ),
    )

    def grouped(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [("", [self["text"]])]


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
