"""Forms of discipline."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tongket.inspections.drafts import MemberDisciplineDraft, OrganisationDisciplineDraft
from tongket.inspections.models import MemberDiscipline, OrganisationDiscipline
from tongket.members.pages.fields import MemberField, cell_of
from tongket.members.pages.records import MemberRecordForm
from tongket.ui.forms import OrganisationField
from tongket.ui.records.fields import RecordForm, column

_DECISION = ("decided_on", "decision_number", "decision_body")


class MemberDisciplineForm(MemberRecordForm):
    """Discipline of a member; the cell is that of the day of the decision."""

    draft_class = MemberDisciplineDraft
    member = MemberField(verb="discipline.write")
    form = column(MemberDiscipline, "form")
    ground = column(MemberDiscipline, "ground")
    committee_member = column(MemberDiscipline, "committee_member")
    decided_on = column(MemberDiscipline, "decided_on")
    decision_number = column(MemberDiscipline, "decision_number")
    decision_body = column(MemberDiscipline, "decision_body")
    groups = (
        (_("Kỷ luật"), ("member", "form", "ground", "committee_member")),
        (_("Quyết định"), _DECISION),
    )

    def derived(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The member's cell on the day of the decision."""
        return {"organisation": cell_of(values["member"], values["decided_on"])}


class OrganisationDisciplineForm(RecordForm):
    """Discipline of an organisation."""

    draft_class = OrganisationDisciplineDraft
    organisation = OrganisationField(verb="discipline.write", label=_("Tổ chức đảng"))
    form = column(OrganisationDiscipline, "form")
    ground = column(OrganisationDiscipline, "ground")
    decided_on = column(OrganisationDiscipline, "decided_on")
    decision_number = column(OrganisationDiscipline, "decision_number")
    decision_body = column(OrganisationDiscipline, "decision_body")
    groups = ((_("Kỷ luật"), ("organisation", "form", "ground")), (_("Quyết định"), _DECISION))
