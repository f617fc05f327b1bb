"""The form of a confirmed correction."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongket.ui.forms import DateField, UserForm


class CorrectionForm(UserForm):
    """On which day, by which paper, by whom it was confirmed."""

    on = DateField(label=_("Ngày xác nhận"))
    number = forms.CharField(label=_("Số nghị quyết, biên bản"), required=False, max_length=40)
    body = forms.CharField(
        label=_("Nơi xác nhận"),
        required=False,
        max_length=200,
        help_text=_("Để trống: chi bộ, tổ chức đảng ghi trong quyết định."),
    )

    def grouped(self) -> list[tuple[Any, list[Any]]]:
        """For the template of grouped fields."""
        return [("", [self[name] for name in self.fields])]
