"""Forms of conferences, items of the agenda, guests and replies."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongket.conferences.agenda.acts import agenda_of
from tongket.conferences.drafts import ConferenceDraft
from tongket.conferences.models import AgendaItem, Conference, Invitation, Reply
from tongket.core.worklists import MAJORITY
from tongket.ui.forms import DateField, MomentField, OrganisationField, UserForm
from tongket.ui.records.fields import NumberField, RecordForm, column

_WHEN = _("Ví dụ 13:30 28/12/2023.")


class ConferenceForm(RecordForm):
    """A conference to be called."""

    draft_class = ConferenceDraft
    organisation = OrganisationField(verb="conference.write", label=_("Tổ chức triệu tập"))
    kind = column(Conference, "kind")
    title = column(Conference, "title")
    starts_at = MomentField(label=_("Bắt đầu lúc"), help_text=_WHEN)
    ends_at = MomentField(label=_("Dự kiến kết thúc lúc"), required=False)
    place = column(Conference, "place")
    chairs = column(
        Conference, "chairs", help_text=_("Tên và chức vụ người chủ trì, cách nhau bằng dấu chấm phẩy.")
    )
    secretary = column(Conference, "secretary")
    note = column(Conference, "note")
    majority = forms.ChoiceField(
        label=_("Cách tính biểu quyết"), choices=MAJORITY.choices, initial="over_half"
    )
    groups = (
        (_("Hội nghị"), ("organisation", "kind", "title")),
        (_("Thời gian, địa điểm"), ("starts_at", "ends_at", "place")),
        (_("Điều hành"), ("chairs", "secretary", "majority", "note")),
    )


class PlainForm(UserForm):
    """A small form of one group of fields."""

    def grouped(self) -> list[tuple[Any, list[Any]]]:
        """For the template of grouped fields."""
        return [("", [self[name] for name in self.fields])]


class ItemForm(PlainForm):
    """One item of the agenda; `parent` is asked only for a new one, later it is moved by the arrows."""

    title = column(AgendaItem, "title", widget=forms.TextInput())
    presenter = column(AgendaItem, "presenter")
    minutes = NumberField(whole=True, label=_("Số phút"), required=False)
    parent = forms.ChoiceField(label=_("Thuộc mục"), required=False)

    def __init__(self, *args: Any, conference: Conference, new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not new:
            del self.fields["parent"]
            return
        above = [
            (str(e.item.identity), f"{e.number}. {e.item.title}"[:80])
            for e in agenda_of(conference)
            if e.level < 2
        ]
        self.fields["parent"].choices = [("", _("(cấp cao nhất)")), *above]  # type: ignore[attr-defined]


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


class CloseForm(PlainForm):
    """When a step was taken; empty: now."""

    at = MomentField(
        label=_("Lúc"),
        required=False,
        help_text=_("Để trống: ngay bây giờ. Nhập sau ngày họp thì ghi giờ, ví dụ 13:30 28/12/2023."),
    )
