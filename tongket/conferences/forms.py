"""Forms of conferences and of the steps of one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongket.conferences.drafts import ConferenceDraft
from tongket.conferences.models import Conference
from tongket.core.worklists import MAJORITY
from tongket.ui.forms import MomentField, OrganisationField, UserForm
from tongket.ui.records.fields import RecordForm, column

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


class CloseForm(PlainForm):
    """When a step was taken; empty: now."""

    at = MomentField(
        label=_("Lúc"),
        required=False,
        help_text=_("Để trống: ngay bây giờ. Nhập sau ngày họp thì ghi giờ, ví dụ 13:30 28/12/2023."),
    )
