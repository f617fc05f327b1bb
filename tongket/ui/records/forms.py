"""The small forms that all records share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tongket.ui.forms import UserForm


class ReasonForm(UserForm):
    """Why something recorded is voided."""

    reason = forms.CharField(
        label=_("Lý do"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Bản ghi không mất đi: nó được giữ lại, gạch bỏ, kèm tên bạn và lý do này."),
    )

    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [("", [self["reason"]])]
