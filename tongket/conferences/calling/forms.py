"""Forms of guests called by hand and of replies."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongket.conferences.forms import PlainForm
from tongket.conferences.models import Invitation, Reply
from tongket.ui.forms import DateField, OrganisationField
from tongket.ui.records.fields import column


class GuestForm(PlainForm):
    """A person called by hand; for one already called, with the reason of the change."""

    name = column(Invitation, "name")
    post = column(Invitation, "post", label=_("Chức vụ, đơn vị"), widget=forms.TextInput())
    organisation = OrganisationField(
        verb="organisation.read",
        label=_("Thuộc tổ chức"),
        required=False,
        help_text=_("Để trống nếu là khách ngoài đảng bộ. Văn phòng của tổ chức này được trả lời thay."),
    )
    voting = column(Invitation, "voting")

    def __init__(self, *args: Any, correcting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if correcting:
            self.fields["why"] = forms.CharField(
                label=_("Vì sao sửa"), max_length=300, help_text=_("Số và thẻ đã in vẫn dùng được.")
            )


class ReplyForm(PlainForm):
    """An answer to an invitation."""

    answer = forms.ChoiceField(
        label=_("Trả lời"),
        choices=[("coming", _("Sẽ dự")), ("excused", _("Xin vắng"))],
        widget=forms.RadioSelect,
    )
    reason = column(Reply, "reason", help_text=_("Bắt buộc khi xin vắng."))
    substitute = column(Reply, "substitute", help_text=_("Họ tên, chức vụ người đi thay, nếu có."))
    on = DateField(label=_("Ngày trả lời"))
