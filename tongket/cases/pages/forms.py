"""The form of a case, and the base of the small forms of its steps."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.cases.drafts import CaseDraft
from tongket.cases.models import Case
from tongket.members.pages.fields import MemberField, cell_of
from tongket.members.pages.records import MemberRecordForm
from tongket.ui.forms import OrganisationField, UserForm
from tongket.ui.records.fields import column


class CaseForm(MemberRecordForm):
    """A case about a member (the cell follows from the day) or about an organisation."""

    draft_class = CaseDraft
    member = MemberField(
        verb="discipline.write", required=False, help_text=gettext_lazy("Vụ việc về đảng viên.")
    )
    organisation = OrganisationField(
        verb="discipline.write",
        required=False,
        label=gettext_lazy("Hoặc tổ chức đảng"),
        help_text=gettext_lazy("Vụ việc về tổ chức: để trống ô đảng viên."),
    )
    ground = column(Case, "ground")
    act_days = column(
        Case,
        "act_days",
        help_text=gettext_lazy(
            "Ghi từng ngày dạng ngày/tháng/năm, cách nhau bằng dấu chấm phẩy. "
            "Thời hiệu tính từ ngày cuối; vi phạm kéo dài thì ghi ngày đầu và ngày cuối."
        ),
    )
    summary = column(Case, "summary")
    harm = column(
        Case,
        "harm",
        label=gettext_lazy("Vi phạm về chính trị, xâm hại quốc phòng, đối ngoại (không áp dụng thời hiệu)"),
    )
    opened_on = column(Case, "opened_on")
    concluded_on = column(
        Case,
        "concluded_on",
        help_text=gettext_lazy("Ngày kết luận vi phạm phải xử lý kỷ luật: thời hiệu tính đến ngày này."),
    )
    body = column(Case, "body")
    body_level = column(Case, "body_level")
    source = column(Case, "source")
    state_decided_on = column(
        Case, "state_decided_on", help_text=gettext_lazy("Khi cơ quan nhà nước đã kỷ luật người này.")
    )
    state_told_on = column(Case, "state_told_on")
    committee_member = column(Case, "committee_member")
    task_from_above = column(Case, "task_from_above")
    source_identity = forms.UUIDField(required=False, widget=forms.HiddenInput)
    sealed = forms.BooleanField(
        label=gettext_lazy("Niêm phong ngay"),
        required=False,
        help_text=gettext_lazy("Chỉ bạn và người được nêu tên đọc được; người khác chỉ thấy số lượng."),
    )
    seal_reason = forms.CharField(label=gettext_lazy("Lý do niêm phong"), required=False, max_length=300)
    groups = (
        (gettext_lazy("Đối tượng"), ("member", "organisation", "committee_member", "task_from_above")),
        (gettext_lazy("Vi phạm"), ("ground", "act_days", "summary", "harm")),
        (gettext_lazy("Xem xét"), ("body", "body_level", "opened_on", "concluded_on")),
        (gettext_lazy("Nguồn"), ("source", "source_identity", "state_decided_on", "state_told_on")),
        (gettext_lazy("Niêm phong"), ("sealed", "seal_reason")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.correcting is not None:
            # Sealing has acts of its own.
            del self.fields["sealed"], self.fields["seal_reason"]

    def initial_of(self, record: Any) -> dict[str, Any]:
        """The organisation is shown only where the case is about it."""
        shown = super().initial_of(record)
        return shown | {"organisation": None} if record.member_id else shown

    def clean(self) -> dict[str, Any]:
        """Exactly one subject."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            if not values.get("member") and not values.get("organisation"):
                self.add_error("member", _("Chưa chọn đảng viên hoặc tổ chức đảng. Hãy chọn một."))
            elif values.get("member") and values.get("organisation"):
                self.add_error(
                    "organisation", _("Vụ việc chỉ về một đối tượng. Hãy để trống ô này, hoặc ô đảng viên.")
                )
        return values

    def derived(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The member's cell on the opening day, or the organisation chosen."""
        member = values.get("member")
        cell = cell_of(member, values["opened_on"]) if member else values["organisation"]
        return {"organisation": cell}


class PlainForm(UserForm):
    """A small form of one group of fields."""

    def grouped(self) -> list[tuple[Any, list[Any]]]:
        """For the template of grouped fields."""
        return [("", [self[name] for name in self.fields])]
