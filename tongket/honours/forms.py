"""Forms of badges and commendations."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tongket.honours.drafts import BadgeAwardDraft, CommendationDraft
from tongket.honours.models import BadgeAward, Commendation
from tongket.members.pages.fields import MemberField, cell_of
from tongket.members.pages.records import MemberRecordForm
from tongket.ui.forms import OrganisationField
from tongket.ui.records.fields import DECISION, PeriodField, column


class BadgeForm(MemberRecordForm):
    """A Party badge given to a member; the cell is that of the award day."""

    draft_class = BadgeAwardDraft
    member = MemberField(verb="honour.write")
    mark = column(BadgeAward, "mark")
    round = column(BadgeAward, "round")
    awarded_on = column(BadgeAward, "awarded_on")
    number = column(BadgeAward, "number")
    early = column(BadgeAward, "early")
    posthumous = column(BadgeAward, "posthumous")
    decision_number = column(BadgeAward, "decision_number")
    decision_date = column(BadgeAward, "decision_date")
    decision_body = column(BadgeAward, "decision_body")
    groups = (
        (_("Huy hiệu Đảng"), ("member", "mark", "round", "awarded_on", "number", "early", "posthumous")),
        (_("Quyết định tặng"), DECISION),
    )

    def derived(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The member's cell on the award day, or the last one."""
        return {"organisation": cell_of(values["member"], values["awarded_on"])}


class CommendationForm(MemberRecordForm):
    """A commendation of a collective or an individual."""

    draft_class = CommendationDraft
    organisation = OrganisationField(
        verb="honour.write",
        label=_("Tổ chức đảng"),
        help_text=_("Tập thể được khen, hoặc tổ chức mà tập thể, cá nhân đó thuộc về."),
    )
    recipient_kind = column(Commendation, "recipient_kind")
    member = MemberField(
        verb="honour.write", required=False, help_text=_("Khi khen một đảng viên có trong sổ.")
    )
    recipient_name = column(
        Commendation,
        "recipient_name",
        help_text=_(
            "Khi khen phòng, ban, đoàn thể hoặc người không có trong sổ. Để trống khi khen chính tổ chức đảng."
        ),
    )
    form = column(Commendation, "form")
    giver = column(Commendation, "giver")
    reason = column(Commendation, "reason")
    period = PeriodField(label=_("Kỳ thành tích"))
    decided_on = column(Commendation, "decided_on")
    decision_number = column(Commendation, "decision_number")
    decision_body = column(Commendation, "decision_body")
    groups = (
        (_("Đối tượng"), ("recipient_kind", "organisation", "member", "recipient_name")),
        (_("Khen thưởng"), ("form", "giver", "period", "reason")),
        (_("Quyết định"), ("decided_on", "decision_number", "decision_body")),
    )

    def derived(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """A correction keeps the title that the commendation was decided for."""
        return {"title": self.correcting.title if self.correcting is not None else None}
