"""Forms of ratings."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tongket.core.periods import parse_period
from tongket.members.pages.fields import MemberField, cell_of
from tongket.members.pages.records import MemberRecordForm
from tongket.ratings.drafts import MemberRatingDraft, OrganisationRatingDraft
from tongket.ratings.models import MemberRating, OrganisationRating
from tongket.ui.forms import OrganisationField
from tongket.ui.records.fields import DECISION, PeriodField, RecordForm, column


class OrganisationRatingForm(RecordForm):
    """The decided rating of one organisation."""

    draft_class = OrganisationRatingDraft
    organisation = OrganisationField(verb="rating.write", label=_("Tổ chức được xếp loại"))
    period = PeriodField()
    level = column(OrganisationRating, "level")
    reason = column(OrganisationRating, "reason", help_text=_("Chỉ ghi khi chưa, miễn đánh giá."))
    decision_number = column(OrganisationRating, "decision_number")
    decision_date = column(OrganisationRating, "decision_date")
    decision_body = column(OrganisationRating, "decision_body")
    groups = (
        (_("Kết quả"), ("organisation", "period", "level", "reason")),
        (_("Quyết định, thông báo xếp loại"), DECISION),
    )


class MemberRatingForm(MemberRecordForm):
    """The decided rating of one member; the cell is that of the period's last day, else of the decision's."""

    draft_class = MemberRatingDraft
    member = MemberField(verb="rating.write")
    period = PeriodField()
    level = column(MemberRating, "level")
    reason = column(MemberRating, "reason", help_text=_("Chỉ ghi khi chưa, miễn đánh giá."))
    decision_number = column(MemberRating, "decision_number")
    decision_date = column(MemberRating, "decision_date")
    decision_body = column(MemberRating, "decision_body")
    groups = (
        (_("Kết quả"), ("member", "period", "level", "reason")),
        (_("Quyết định, thông báo xếp loại"), DECISION),
    )

    def derived(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The cell that rated the member; a correction of the same member stays in its books."""
        if self.correcting is not None and values["member"] == self.correcting.member:
            return {"organisation": self.correcting.organisation}
        end = parse_period(values["period"]).end
        return {"organisation": cell_of(values["member"], end, values.get("decision_date"))}
