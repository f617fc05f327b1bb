"""The forms of locking and of sending back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongket.ui.forms import DateField, UserForm


class LockForm(UserForm):
    """As at which day, and why again; the reason is asked for only where a book of the period stands."""

    as_at = DateField(
        label=_("Tính đến ngày"),
        help_text=_("Ngày cuối kỳ; kỳ chưa hết thì chỉ tạm chốt đến hôm nay."),
    )
    reason = forms.CharField(
        label=_("Lý do chốt lại"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ghi điều gì đã thay đổi từ lần chốt trước; người đã ký sẽ đọc và ký lại."),
    )

    def __init__(self, *args: Any, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not again:
            del self.fields["reason"]

    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [("", [self[name] for name in self.fields])]


class ReturnForm(UserForm):
    """What is to be put right."""

    reason = forms.CharField(
        label=_("Cần sửa gì"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Các chữ ký đã có không còn hiệu lực; sổ về lại người lập. Lý do này ghi vào nhật ký."),
    )

    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [("", [self["reason"]])]
