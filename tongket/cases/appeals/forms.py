"""Forms of an appeal, of its answer, of the confirmed correction."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongket.cases.appeals.drafts import AnswerDraft, AppealDraft
from tongket.cases.models import Appeal, AppealAnswer
from tongket.cases.pages.forms import PlainForm
from tongket.core.codelists import (
    DISCIPLINE_FORM,
    MEMBER_DISCIPLINE_FORMS,
    ORGANISATION_DISCIPLINE_FORMS,
)
from tongket.ui.forms import DateField, OrganisationField
from tongket.ui.records.fields import column
from tongket.ui.templatetags.ui import lang


class AppealForm(PlainForm):
    """An appeal received."""

    received_on = column(Appeal, "received_on")
    level = column(Appeal, "level")
    body = column(Appeal, "body")

    def draft(self) -> AppealDraft:
        """The appeal as entered."""
        return AppealDraft(**{name: self.cleaned_data[name] for name in ("received_on", "level", "body")})


class AnswerForm(PlainForm):
    """What an appeal ended in."""

    on = column(AppealAnswer, "on")
    outcome = column(AppealAnswer, "outcome")
    form = forms.ChoiceField(
        label=_("Hình thức mới"), required=False, help_text=_("Chỉ khi giảm hoặc tăng hình thức.")
    )
    decision_number = column(AppealAnswer, "decision_number")
    decision_body = column(AppealAnswer, "decision_body", label=_("Cơ quan ban hành"))
    cell = OrganisationField(
        verb="discipline.write",
        required=False,
        label=_("Chi bộ tiếp nhận lại"),
        help_text=_("Khi phục hồi người bị khai trừ; để trống: chi bộ cũ."),
    )

    def __init__(self, *args: Any, of_member: bool, expelled: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = MEMBER_DISCIPLINE_FORMS if of_member else ORGANISATION_DISCIPLINE_FORMS
        choices = [("", "—"), *((code, DISCIPLINE_FORM.label(code, lang())) for code in codes)]
        self.fields["form"].choices = choices  # type: ignore[attr-defined]
        if not expelled:
            del self.fields["cell"]

    def draft(self) -> AnswerDraft:
        """The answer as entered."""
        names = ("on", "outcome", "form", "decision_number", "decision_body")
        return AnswerDraft(
            **{name: self.cleaned_data[name] for name in names}, cell=self.cleaned_data.get("cell")
        )


class CorrectionForm(PlainForm):
    """The cell confirms that the shortcomings were corrected."""

    on = DateField(label=_("Ngày chi bộ xác nhận"))
    number = forms.CharField(label=_("Số nghị quyết, biên bản"), required=False, max_length=40)
