"""The form that brings a draft in, and the one that corrects a place of it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.core.periods import BadPeriod, Period, parse_period
from tongket.drafts.readers.door import ACCEPT
from tongket.ui.forms import OrganisationField, UserForm


class StartForm(UserForm):
    """Pasted text or a file, of which organisation and period."""

    organisation = OrganisationField(verb="draft.write", label=gettext_lazy("Tổ chức"))
    period = forms.CharField(
        label=gettext_lazy("Kỳ"),
        max_length=40,
        help_text=gettext_lazy("2023 (năm), 2023-H1 (6 tháng), 2023-Q1 (quý), 2023-06 (tháng)."),
    )
    text = forms.CharField(
        label=gettext_lazy("Dán nội dung cần soát"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        strip=False,
    )
    file = forms.FileField(
        label=gettext_lazy("Hoặc chọn tệp"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        help_text=gettext_lazy("Word (.docx), PDF có chữ, văn bản thô (.txt)."),
    )

    def clean_period(self) -> Period:
        """The period; the message says how to write it."""
        try:
            return parse_period(self.cleaned_data["period"])
        except BadPeriod as error:
            raise ValidationError(str(error)) from None

    def clean_file(self) -> Any:
        """Not larger than the server takes."""
        file = self.cleaned_data.get("file")
        if file and (file.size or 0) > settings.MAX_UPLOAD_BYTES:
            raise ValidationError(
                _("Tệp lớn quá %(size)s MB. Hãy chia nhỏ.") % {"size": settings.MAX_UPLOAD_BYTES // 2**20}
            )
        return file

    def clean(self) -> dict[str, Any]:
        """Either text or a file, and a period in which the organisation was there."""
        cleaned = super().clean() or {}
        if not (cleaned.get("text") or "").strip() and not cleaned.get("file") and "file" not in self.errors:
            self.add_error("text", _("Chưa có nội dung. Hãy dán văn bản cần soát hoặc chọn một tệp."))
        organisation, period = cleaned.get("organisation"), cleaned.get("period")
        if organisation and period and period.end < organisation.founded_on:
            self.add_error("period", _("Tổ chức này chưa thành lập trong kỳ đó. Hãy chọn kỳ sau."))
        return cleaned


class CorrectForm(forms.Form):
    """One place of a draft and what should stand there."""

    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)
    old = forms.CharField(max_length=2000, strip=False)
    new = forms.CharField(max_length=200, strip=False)
    at = forms.IntegerField(min_value=0, required=False)
