"""The upload of a workbook."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.intake.kinds import KINDS
from tongket.intake.workbook import ENDINGS
from tongket.ui.forms import UserForm


def kind_choices() -> list[tuple[str, str]]:
    """The kinds of workbook in the order in which an office brings them in."""
    numbered = enumerate(KINDS.values(), start=1)
    return [("", "—"), *((kind.name, f"{number}. {kind.title}") for number, kind in numbered)]


def table_file(help_text: Any) -> forms.FileField:
    """The field for a file that the door reads."""
    return forms.FileField(
        label=gettext_lazy("Tệp Excel (.xlsx, .xls), .ods hoặc .csv"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
        help_text=help_text,
    )


class TableFileForm(UserForm):
    """A form with a `table_file`."""

    def clean_file(self) -> UploadedFile:
        """Not larger than the server takes."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.MAX_UPLOAD_BYTES:
            raise ValidationError(
                _("Tệp lớn quá %(size)s MB. Hãy tách nhỏ.") % {"size": settings.MAX_UPLOAD_BYTES // 2**20}
            )
        return file


class UploadForm(TableFileForm):
    """A filled workbook and what it holds."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại sổ"), choices=kind_choices)
    file = table_file(gettext_lazy("Tệp được đọc thử trước; chưa ghi gì cho đến khi bạn bấm ghi."))
