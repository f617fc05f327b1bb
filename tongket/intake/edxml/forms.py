"""The upload of an edXML file, and what the clerk decides before it is taken in."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.core.codelists import DOCUMENT_KIND, GIVER
from tongket.core.dates import today
from tongket.intake.edxml.message import Business
from tongket.intake.edxml.outlook import Choices, Outlook
from tongket.ui.forms import DateField, OrganisationField, UserForm


class EdxmlUploadForm(UserForm):
    """A file, and whose book it goes into."""

    organisation = OrganisationField(verb="directive.write", label=gettext_lazy("Tổ chức nhận"))
    file = forms.FileField(
        label=gettext_lazy("Tệp edXML"),
        widget=forms.ClearableFileInput(attrs={"accept": ".edxml,.xml"}),
        help_text=gettext_lazy("Tệp được đọc thử trước; chưa ghi gì cho đến khi bạn bấm ghi."),
    )

    def clean_file(self) -> UploadedFile:
        """Not larger than the server takes."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.MAX_UPLOAD_BYTES:
            raise ValidationError(
                _("Tệp lớn quá %(size)s MB. Hãy nhờ người quản trị nhập bằng lệnh ./run edxml.")
                % {"size": settings.MAX_UPLOAD_BYTES // 2**20}
            )
        return file


class ChoicesForm(UserForm):
    """What the message does not say or we do not understand; shown filled with what was understood."""

    received_on = DateField(label=gettext_lazy("Ngày nhận"))
    symbol = forms.CharField(label=gettext_lazy("Số, ký hiệu"), max_length=40, required=False)
    subject = forms.CharField(
        label=gettext_lazy("Trích yếu"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại văn bản"), choices=[("", "—"), *DOCUMENT_KIND.choices], required=False
    )
    issuer = forms.CharField(label=gettext_lazy("Cơ quan ban hành"), max_length=200, required=False)
    issuer_level = forms.ChoiceField(
        label=gettext_lazy("Cấp ban hành"),
        choices=[("", "—"), *GIVER.choices],
        required=False,
    )
    needs_plan = forms.BooleanField(label=gettext_lazy("Phải ban hành văn bản triển khai"), required=False)
    as_new = forms.BooleanField(
        label=gettext_lazy("Ghi như văn bản mới (văn bản được nhắc đến không có trong sổ)"), required=False
    )

    def __init__(self, *args: Any, told: Outlook, **kwargs: Any) -> None:
        values = told.values
        names = ("symbol", "subject", "kind", "issuer", "issuer_level", "needs_plan")
        initial = {name: values[name] for name in names} | {"received_on": today()}
        super().__init__(*args, initial=initial, **kwargs)
        if not told.unknown:
            del self.fields["as_new"]
        if told.business in (Business.UPDATE, Business.REVOKE) and not told.unknown:
            for name in names:
                del self.fields[name]

    def choices(self) -> Choices:
        """What was decided; only after the form was found valid."""
        return Choices(**{name: value for name, value in self.cleaned_data.items() if name in self.fields})
