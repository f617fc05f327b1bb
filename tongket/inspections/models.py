"""Discipline of members and of organisations, as decided."""

from django.db import models

from tongket.audit.models import Cited, Recorded
from tongket.core import codelists as codes
from tongket.members.models import Member
from tongket.organisations.models import Organisation

_MEMBER_FORMS = [c for c in codes.DISCIPLINE_FORM.choices if c[0] in codes.MEMBER_DISCIPLINE_FORMS]
_ORGANISATION_FORMS = [
    c for c in codes.DISCIPLINE_FORM.choices if c[0] in codes.ORGANISATION_DISCIPLINE_FORMS
]


class MemberDiscipline(Recorded, Cited):
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


class OrganisationDiscipline(Recorded, Cited):
    """A form of discipline decided against an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="disciplines")
    form = models.CharField("hình thức", max_length=12, choices=_ORGANISATION_FORMS)
    decided_on = models.DateField("ngày quyết định")
    ground = models.CharField("nội dung vi phạm", max_length=12, choices=codes.DISCIPLINE_GROUND.choices)

    class Meta:
        ordering = ("-decided_on", "-id")

    def __str__(self) -> str:
        return f"{self.form} {self.decided_on}"
