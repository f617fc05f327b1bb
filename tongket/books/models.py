"""Locked figure books (sổ số liệu đã chốt): all figures of an organisation and period as they stood at one moment."""

from django.conf import settings
from django.db import models

from tongket.audit.models import Identified, Recorded
from tongket.organisations.models import Organisation

#: Who signs, in this order; nobody signs twice. See `acts.sign`.
STEPS = (
    ("clerk", "Người lập", "Drawn up by", "book.write"),
    ("office", "Chánh Văn phòng", "Head of office", "book.sign"),
    ("secretary", "Bí thư", "Secretary", "book.approve"),
)


class FigureBook(Recorded, Identified):
    """One version of the book of an organisation and period; `identity` is the same on every version of it.

    `content` is canonical JSON (UTF-8): every figure of the organisation and of its children with value, numerator,
    denominator and the fingerprint of its records, and the versions of the rules in force (`content.py`). Figures of
    guarded sources (discipline, cases, inspections) are in `guarded`, of which `content` holds only a salted digest:
    whoever may not read them can still check `digest`, and cannot guess them from it. Neither is ever changed (the
    database refuses it).
    `digest` is SHA-256 over `previous_digest` and `content`; the previous book is the latest one of the organisation,
    whatever its period, so that the books form a chain. A newer version of the same period voids this one
    (superseded): `void_reason` says why it was locked again. `provisional`: locked as at a day before the period's
    last.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="figure_books")
    period = models.CharField("kỳ", max_length=20)
    as_at = models.DateField("tính đến ngày")
    number = models.PositiveIntegerField("số thứ tự trong chuỗi")
    version = models.PositiveIntegerField("lần chốt", default=1)
    known_at = models.DateTimeField("theo sổ sách lúc")
    content = models.BinaryField()
    guarded = models.BinaryField(default=b"")
    provisional = models.BooleanField("tạm chốt", default=False)
    figures = models.PositiveIntegerField("số chỉ tiêu số liệu")
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("organisation", "number"), name="book_number_once"),
            models.UniqueConstraint(
                fields=("organisation", "period"),
                condition=models.Q(voided_at__isnull=True),
                name="book_stands_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.period} · {self.number}"


class BookSignature(Recorded):
    """One signature under a book, or its return with a reason (`returned`). Signed is the digest, not the page."""

    book = models.ForeignKey(FigureBook, on_delete=models.PROTECT, related_name="signatures")
    step = models.CharField("bước", max_length=10, choices=[(step, vi) for step, vi, _, _ in STEPS])
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("họ tên người ký", max_length=150)
    digest = models.CharField(max_length=64)
    returned = models.CharField("lý do trả lại", max_length=300, blank=True)

    class Meta:
        ordering = ("recorded_at", "pk")

    def __str__(self) -> str:
        return f"{self.step} {self.name}"
