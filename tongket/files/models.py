"""Files handed in with a record: the bytes once by their hash, and the act of attaching them as a dated record."""

from django.db import models

from tongket.audit.models import Identified, Recorded
from tongket.organisations.models import Organisation

ROLES = [
    ("main", "Văn bản"),
    ("annex", "Phụ lục"),
    ("evidence", "Minh chứng"),
    ("paper", "Tài liệu hội nghị"),
    ("original", "Tệp gốc"),
]


class StoredFile(models.Model):
    """Bytes kept on disk under their SHA-256, once however often they are handed in. Never changed."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10)  # of files.kinds, as the content shows it
    text = models.TextField(blank=True)  # taken out for search
    text_state = models.CharField(max_length=10, default="none")  # read | none (a picture) | failed

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"


class Attachment(Recorded, Identified):
    """A file handed in with a record. `about` is the record's identity, which outlives corrections of it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="attachments")
    about = models.UUIDField(db_index=True)
    role = models.CharField("loại tệp", max_length=10, choices=ROLES, default="main")
    name = models.CharField("tên tệp", max_length=200)
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name
