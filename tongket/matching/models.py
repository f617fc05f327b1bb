"""Suspected duplicates and what was decided about them; merges of two persons, with every row that a merge touched."""

from django.db import models

from tongket.audit.models import Recorded
from tongket.core.codelists import Code, CodeList
from tongket.members.models import Member
from tongket.organisations.models import Organisation

OUTCOME = CodeList(
    "match_outcome", (Code("sure", "Chắc chắn", "Sure"), Code("doubtful", "Nghi trùng", "Doubtful"))
)
LIFE = CodeList(
    "merge_life",
    (
        Code("both", "Ghép hai quá trình làm một", "Both lives joined"),
        Code("kept", "Theo quá trình của hồ sơ giữ lại", "The kept person's life"),
        Code("gone", "Theo quá trình của hồ sơ gộp vào", "The other person's life"),
    ),
)


class SuspectedPair(models.Model):
    """Two people of the register who may be one, as the last search found them. Derived; made anew by each search.

    Nothing of the people themselves is kept here: why they are alike is computed when the pair is looked at.
    `one` is the older entry (the smaller key).
    """

    one = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=10, choices=OUTCOME.choices)
    points = models.IntegerField()
    found_at = models.DateTimeField()

    class Meta:
        ordering = ("-outcome", "-points", "id")
        constraints = (
            models.UniqueConstraint(fields=("one", "other"), name="suspected_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="suspected_order"),
        )

    def __str__(self) -> str:
        return f"{self.one_id}–{self.other_id}"


class PairDecision(Recorded):
    """A clerk looked at a pair: one person (then they are merged in the same act) or two. Voided when taken back."""

    one = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    same = models.BooleanField("là một người")
    reason = models.CharField("lý do", max_length=300)

    class Meta:
        ordering = ("-recorded_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("one", "other"), condition=models.Q(voided_at__isnull=True), name="pair_decided_once"
            ),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="pair_order"),
        )

    def __str__(self) -> str:
        return f"{self.one_id}–{self.other_id}"


class PersonMerge(Recorded):
    """Two entries were one person: the records of `gone` stand under `kept` from then on.

    Stands as the way from the old entry to the kept one until it is taken apart, which voids it. `life` says which
    events of a life stand, `from_gone` which profile fields were taken over from the entry that went.
    """

    kept = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    life = models.CharField("quá trình", max_length=10, choices=LIFE.choices)
    from_gone = models.JSONField(default=list)
    reason = models.CharField("lý do", max_length=300)
    # Where the entry that went stood: who may not look there may not take the merge apart.
    gone_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-recorded_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("gone",), condition=models.Q(voided_at__isnull=True), name="merged_once"
            ),
            models.CheckConstraint(condition=~models.Q(kept=models.F("gone")), name="merge_of_two"),
        )

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"


class MergedRow(models.Model):
    """One row that a merge touched: the row voided (if any) and the row put in its place (if any).

    Never shown: among the rows may be some that the reader must not know of.
    """

    merge = models.ForeignKey(PersonMerge, on_delete=models.PROTECT, related_name="rows")
    table = models.CharField(max_length=60)  # app_label.model_name
    old = models.BigIntegerField(null=True)
    new = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(old__isnull=False) | models.Q(new__isnull=False), name="merged_row_named"
            ),
        )

    def __str__(self) -> str:
        return f"{self.table} {self.old} → {self.new}"
