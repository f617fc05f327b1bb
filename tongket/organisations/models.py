"""The tree of organisations: identities, dated versions, acts with their decisions, successors, dated closure."""

import uuid

from django.db import models

from tongket.audit.models import Cited, Recorded
from tongket.core.codelists import ORGANISATION_ACT, SECTOR
from tongket.core.dates import FOREVER


class Organisation(models.Model):
    """An identity that survives renames and moves. What it is called and where it hangs is in its versions.

    `founded_on`, `ends_on` are derived from the acts (first and last day + 1 of life; FOREVER while alive);
    `name`, `kind`, `parent` repeat the latest version so that lists need no join.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("mã", max_length=40, unique=True)
    founded_on = models.DateField("ngày thành lập")
    ends_on = models.DateField("ngày kết thúc", default=FOREVER)
    name = models.CharField("tên", max_length=200)
    kind = models.CharField("loại hình", max_length=30)
    sector = models.CharField("khối", max_length=30, blank=True, choices=SECTOR.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.IntegerField("thứ tự", default=0)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.name

    @property
    def is_alive(self) -> bool:
        """Whether no act has ended it."""
        return self.ends_on == FOREVER


class OrganisationAct(Recorded, Cited):
    """Found, rename, move, merge, split, dissolve: what a decision did to an organisation on a day."""

    kind = models.CharField("việc", max_length=20, choices=ORGANISATION_ACT.choices)
    on = models.DateField("có hiệu lực từ ngày")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="acts")
    parent = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # where it hung on that day: an act belongs to the books of that subtree
    # What the act changed: any of name, kind, sector, parent (id), position. Versions are folded from these.
    changes = models.JSONField(default=dict)
    ends = models.BooleanField("kết thúc tổ chức", default=False)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        ordering = ("on", "id")
        indexes = (models.Index(fields=("organisation", "on")),)

    def __str__(self) -> str:
        return f"{self.kind} {self.organisation_id} {self.on}"


class OrganisationVersion(Recorded):
    """Name, kind, sector and parent as they hold from a day (inclusive) to a day (exclusive)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30)
    sector = models.CharField(max_length=30, blank=True)
    parent = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="child_versions"
    )
    position = models.IntegerField(default=0)
    valid_from = models.DateField()
    valid_to = models.DateField(default=FOREVER)

    class Meta:
        ordering = ("organisation", "valid_from")
        indexes = (models.Index(fields=("organisation", "valid_from", "valid_to")),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_from__lt=models.F("valid_to")), name="version_span"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.valid_from}"


class SuccessorLink(Recorded):
    """Who carries on for whom after a merger, split or dissolution (many to many)."""

    act = models.ForeignKey(OrganisationAct, on_delete=models.PROTECT, related_name="links")
    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successor_links")
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="predecessor_links")

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class OrganisationPath(models.Model):
    """Closure of the dated tree: `descendant` lay under `ancestor` (depth 0: itself) from a day to a day.

    `via` is the child of `ancestor` on the way down (null at depth 0), so that figures by child need one join.
    Derived from the versions in `tree.py`; carries record times so that the tree can be asked as known at a moment.
    """

    ancestor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="paths_down")
    descendant = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="paths_up")
    via = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    depth = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(default=FOREVER)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("ancestor", "descendant", "valid_from", "valid_to")),
            # The figures are grouped by `via`: read in this order, nothing has to be sorted.
            models.Index(
                fields=("ancestor", "via", "descendant", "valid_from", "valid_to", "voided_at"),
                name="path_by_child",
            ),
            models.Index(fields=("descendant", "depth")),
        )

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id}"


class CommitteeTerm(Recorded, Cited):
    """A committee's term: 'khóa XXV, nhiệm kỳ 2020–2025' of one organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="terms")
    name = models.CharField("khóa", max_length=60)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", default=FOREVER)

    class Meta:
        ordering = ("organisation", "valid_from")

    def __str__(self) -> str:
        return self.name
