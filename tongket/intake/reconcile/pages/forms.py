"""The upload of an export, what is decided, and why a decision is taken back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from tongket.intake.pages.forms import TableFileForm, table_file
from tongket.intake.reconcile.acts import SOURCE, VERB
from tongket.intake.reconcile.models import CHOICE
from tongket.ui.forms import DateField, OrganisationField, UserForm


class ExportForm(TableFileForm):
    """An export, the organisation that it covers and where it comes from."""

    organisation = OrganisationField(
        label=gettext_lazy("Bản xuất của tổ chức"),
        verb=VERB,
        help_text=gettext_lazy(
            "Người đang sinh hoạt ở tổ chức này và bên dưới mà không có trong bản xuất sẽ được nêu."
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("Hệ thống xuất ra tệp"),
        max_length=100,
        initial=SOURCE,
        help_text=gettext_lazy(
            "Cùng tên thì lần sau chỉ hiện chỗ mới hoặc đã thay đổi sau quyết định lần trước."
        ),
    )
    file = table_file(
        gettext_lazy(
            "File nhập liệu 4.0, danh sách 9 cột, hoặc danh sách đảng viên có hàng tiêu đề. Tệp chỉ được đọc rồi "
            "bỏ, không lưu lại."
        )
    )


class DecisionForm(UserForm):
    """What is decided of the lines chosen."""

    choice = forms.ChoiceField(label=gettext_lazy("Quyết định"), choices=CHOICE.choices)
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=300, required=False)
    since = DateField(label=gettext_lazy("Có hiệu lực từ ngày"), required=False)

    @property
    def said(self) -> dict[str, Any]:
        """What the act is given."""
        return {name: self.cleaned_data.get(name) for name in ("choice", "note", "since")}


class EntryForm(UserForm):
    """From which day people new to the register stand on it."""

    entered_on = DateField(label=gettext_lazy("Ngày vào sổ"), required=False)


class BackForm(UserForm):
    """Why a decision is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [("", [self["reason"]])]
