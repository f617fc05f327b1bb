"""The form that marks a special case."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from tongket.audit.records import REASON_LENGTH
from tongket.ui.forms import UserForm


class SpecialForm(UserForm):
    """Whose excellent rating is left out of the cap, and why."""

    candidate = forms.TypedChoiceField(
        label=_("Trường hợp"), coerce=int, help_text=_("Chỉ những trường hợp đang xếp xuất sắc.")
    )
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ví dụ: thành tích nổi trội được cấp có thẩm quyền công nhận, số và ngày văn bản."),
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.TypedChoiceField, self.fields["candidate"])
        field.choices = [("", "—"), *choices]
