"""Discipline of members and of organisations, as decided; what ended it; who may read what is sealed."""

from django.conf import settings
from django.db import models

from tongket.audit.models import Cited, Recorded
from tongket.core import codelists as codes
from tongket.core import judging as lists
from tongket.inspections.programmes.models import Programme, ProgrammeChange, ProgrammeItem
from tongket.inspections.running.models import (
    Finding,
    Inspection,
    InspectionObject,
    InspectionStep,
    TeamMember,
)
from tongket.members.models import Member
from tongket.organisations.models import Organisation

__all__ = [
    "DisciplineEnd",
    "Finding",
    "Inspection",
    "InspectionObject",
    "InspectionStep",
    "MemberDiscipline",
    "OrganisationDiscipline",
    "Programme",
    "ProgrammeChange",
    "ProgrammeItem",
    "SealedAccess",
    "TeamMember",
]

_MEMBER_FORMS = [c for c in codes.DISCIPLINE_FORM.choices if c[0] in codes.MEMBER_DISCIPLINE_FORMS]
_ORGANISATION_FORMS = [
    c for c in codes.DISCIPLINE_FORM.choices if c[0] in codes.ORGANISATION_DISCIPLINE_FORMS
]


class Sealed(models.Model):
    """A record that came out of a case. A sealed one is counted in totals and read only by those named for the case."""

    sealed = models.BooleanField("niêm phong", default=False)
    case_identity = models.UUIDField(null=True, blank=True, editable=False, db_index=True)

    class Meta:
        abstract = True


class MemberDiscipline(Sealed, Recorded, Cited):
    """A form of discipline decided against a member; `organisation` is the cell on that day."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="disciplines")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    form = models.CharField("hình thức", max_length=12, choices=_MEMBER_FORMS)
    decided_on = models.DateField("ngày quyết định")
    ground = models.CharField("nội dung vi phạm", max_length=12, choices=codes.DISCIPLINE_GROUND.choices)
    committee_member = models.BooleanField("là cấp ủy viên", default=False)

    class Meta:
        ordering = ("-decided_on", "-id")

    def __str__(self) -> str:
        return f"{self.form} {self.decided_on}"


class OrganisationDiscipline(Sealed, Recorded, Cited):
    """A form of discipline decided against an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="disciplines")
    form = models.CharField("hình thức", max_length=12, choices=_ORGANISATION_FORMS)
    decided_on = models.DateField("ngày quyết định")
    ground = models.CharField("nội dung vi phạm", max_length=12, choices=codes.DISCIPLINE_GROUND.choices)

    class Meta:
        ordering = ("-decided_on", "-id")

    def __str__(self) -> str:
        return f"{self.form} {self.decided_on}"


class DisciplineEnd(Recorded, Cited):
    """What took the effect from a decision of discipline: annulled on appeal, or the correction was confirmed.

    Exactly one of the two disciplines is named. An annulled decision counts as if it had never been.
    """

    member_discipline = models.ForeignKey(
        MemberDiscipline, null=True, blank=True, on_delete=models.PROTECT, related_name="ends"
    )
    organisation_discipline = models.ForeignKey(
        OrganisationDiscipline, null=True, blank=True, on_delete=models.PROTECT, related_name="ends"
    )
    kind = models.CharField("việc", max_length=12, choices=lists.DISCIPLINE_END.choices)
    on = models.DateField("ngày")

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"

    @property
    def discipline(self) -> MemberDiscipline | OrganisationDiscipline:
        """The decision that it is about."""
        row = self.member_discipline or self.organisation_discipline
        if row is None:
            raise ValueError("an end without a decision")
        return row


class SealedAccess(Recorded):
    """A person (who also holds the duty) is named to read one sealed case, by its identity."""

    case_identity = models.UUIDField(db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.user_id} {self.case_identity}"
