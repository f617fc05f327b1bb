"""The form of a step: only the fields that its kind asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongket.cases.models import Case, CaseStep
from tongket.cases.pages.forms import PlainForm
from tongket.cases.steps.drafts import StepDraft
from tongket.core.codelists import DISCIPLINE_FORM, POST
from tongket.members.models import PostHolding
from tongket.ui.forms import speak
from tongket.ui.records.fields import column
from tongket.ui.templatetags.ui import lang

_CITED = ("decision_number", "decision_body")
#: The fields of each kind, in the order of the page.
FIELDS: dict[str, tuple[str, ...]] = {
    "explained": ("on",),
    "voted": ("on", "form", "level", "entitled", "agree", "disagree", "secret"),
    "proposed": ("on", "form", "level", "decision_number"),
    "decided": ("on", "form", "level", *_CITED, "posts"),
    "announced": ("on",),
    "served": ("on",),
    "closed": ("on", "reason", *_CITED),
    "suspended": ("on", *_CITED),
    "suspension_extended": ("on", *_CITED),
    "suspension_ended": ("on",),
}
_NEEDED = frozenset({"on", "form", "level", "entitled", "agree", "reason"})


class StepForm(PlainForm):
    """One step. `forms_allowed`: the forms that the standing of the subject may meet."""

    def __init__(
        self, *args: Any, kind: str, case: Case, forms_allowed: tuple[str, ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.case = kind, case
        for name in FIELDS[kind]:
            if name == "posts":
                self._posts()
                continue
            more = {"required": True} if name in _NEEDED else {}
            if name == "entitled":
                more["help_text"] = _("Tất cả người có quyền biểu quyết, kể cả người vắng mặt.")  # type: ignore[assignment]
            if name == "decision_body":
                more["label"] = _("Cơ quan ban hành")  # type: ignore[assignment]
            self.fields[name] = column(CaseStep, name, **more)
        if "form" in self.fields:
            choices = [("", "—"), *((code, DISCIPLINE_FORM.label(code, lang())) for code in forms_allowed)]
            self.fields["form"].choices = choices  # type: ignore[attr-defined]
        speak(self)

    def _posts(self) -> None:
        """For a removal: which posts; without any choice all end."""
        if self.case.member_id is None:
            return
        held = PostHolding.objects.filter(
            member=self.case.member_id, voided_at__isnull=True, valid_to__year=9999
        ).select_related("organisation")
        choices = [(str(row.pk), f"{POST.label(row.post, lang())}, {row.organisation.name}") for row in held]
        if len(choices) > 1:
            self.fields["posts"] = forms.MultipleChoiceField(
                label=_("Chức vụ bị cách"),
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Chỉ khi cách chức; để trống là cách mọi chức vụ trong Đảng."),
            )

    def draft(self) -> StepDraft:
        """The step as entered; call after `is_valid`."""
        values = {name: self.cleaned_data.get(name) for name in FIELDS[self.kind] if name != "posts"}
        said = {name: value for name, value in values.items() if value is not None}
        posts = tuple(int(key) for key in self.cleaned_data.get("posts", ()))
        return StepDraft(kind=self.kind, posts=posts, **said)
