"""A comparison under way (kept only while it is worked on) and what was decided (records that stay).

No decision keeps a value: it remembers a keyed mark of what the other side wrote, enough to see that it changed.
"""

from django.conf import settings
from django.db import models

from tongket.audit.models import Recorded
from tongket.core.codelists import Code, CodeList
from tongket.members.models import Member
from tongket.organisations.models import Organisation

KIND = CodeList(
    "difference_kind",
    (
        Code("differs", "Ghi khác nhau", "Written differently"),
        Code("spelling", "Chỉ khác cách viết", "Only spelt differently"),
        Code("ours_blank", "Sổ để trống", "Blank in our register"),
        Code("theirs_blank", "Bản xuất để trống", "Blank in the export"),
        Code("unread", "Không đọc được ô của bản xuất", "A cell of the export cannot be read"),
        Code("ours_only", "Chỉ có trong sổ", "Only in our register"),
        Code("theirs_only", "Chỉ có trong bản xuất", "Only in the export"),
        Code("doubtful", "Chưa chắc là ai", "Doubtful who it is"),
    ),
)
CHOICE = CodeList(
    "difference_choice",
    (
        Code("ours", "Giữ theo sổ", "Ours"),
        Code("theirs", "Lấy theo bản xuất", "Theirs"),
        Code("later", "Để sau", "Later"),
    ),
)
#: The kinds about one field of a person known to both; the others are about a person as a whole.
OF_FIELDS = ("differs", "spelling", "ours_blank", "theirs_blank", "unread")


class Reconciliation(models.Model):
    """One export held against the register of one organisation. The file itself is not kept, only what differs.

    A new comparison of the same organisation and source takes the place of the former one; all go after `KEEP_DAYS`.
    """

    KEEP_DAYS = 30

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    source = models.CharField("nguồn", max_length=100)
    source_key = models.CharField(max_length=100, db_index=True)
    file_name = models.CharField("tệp", max_length=255)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    counts = models.JSONField(default=dict)
    fields = models.JSONField(default=list)
    notices = models.JSONField(default=list)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.source} {self.file_name}"


class Difference(models.Model):
    """One line of a comparison: a field of a person known to both, or a person whom only one side knows.

    `ours` and `theirs` are texts to read; `value` is theirs as the register would take it (null: it cannot be taken).
    `person` marks whom the line is about where the register has nobody. `branch` is the part below the organisation.
    """

    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=12, choices=KIND.choices)
    member = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="+")
    person = models.CharField(max_length=64, blank=True)
    name = models.CharField("họ và tên", max_length=150)
    folded = models.CharField(max_length=150)
    field = models.CharField("trường", max_length=30, blank=True)
    ours = models.TextField(blank=True)
    theirs = models.TextField(blank=True)
    value = models.JSONField(null=True)
    place = models.CharField("ô", max_length=60, blank=True)
    branch = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    reasons = models.JSONField(default=list)
    candidates = models.JSONField(default=list)
    theirs_mark = models.CharField(max_length=64)
    ours_mark = models.CharField(max_length=64)
    choice = models.CharField(max_length=10, blank=True, choices=CHOICE.choices)
    batch = models.ForeignKey("DecisionBatch", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("reconciliation", "kind", "choice"), name="difference_listed"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.field}"


class DecisionBatch(Recorded):
    """One decision about one or many differences: an act. Voided when it is taken back whole."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    source = models.CharField("nguồn", max_length=100)
    source_key = models.CharField(max_length=100)
    file_name = models.CharField("tệp", max_length=255)
    sha256 = models.CharField(max_length=64)
    choice = models.CharField("quyết định", max_length=10, choices=CHOICE.choices)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    since = models.DateField("có hiệu lực từ ngày", null=True, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-recorded_at",)

    def __str__(self) -> str:
        return f"{self.choice} {self.count}"


class FieldDecision(Recorded):
    """What was decided about one field of one person (or, with no field, about a person whom one side lacks)."""

    batch = models.ForeignKey(DecisionBatch, on_delete=models.PROTECT, related_name="decisions")
    source_key = models.CharField(max_length=100)
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=64, blank=True)
    field = models.CharField("trường", max_length=30, blank=True)
    kind = models.CharField(max_length=12, choices=KIND.choices)
    choice = models.CharField("quyết định", max_length=10, choices=CHOICE.choices)
    theirs_mark = models.CharField(max_length=64)
    ours_mark = models.CharField(max_length=64)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=("source_key", "member", "field"), name="decision_of_field"),
            models.Index(fields=("source_key", "person"), name="decision_of_person"),
        )

    def __str__(self) -> str:
        return f"{self.choice} {self.field}"
