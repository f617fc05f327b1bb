"""Yearly (or quarterly, or term) ratings of organisations and of members, as decided; rounds: `rounds/models.py`."""

from django.db import models

from tongket.audit.models import Cited, Recorded
from tongket.core import codelists as codes
from tongket.members.models import Member
from tongket.organisations.models import Organisation
from tongket.ratings.rounds.models import (
    RatingCandidate,
    RatingOverride,
    RatingRound,
    RatingSpecial,
    RatingStep,
    RoundDecision,
)

__all__ = [
    "MemberRating",
    "OrganisationRating",
    "RatingCandidate",
    "RatingOverride",
    "RatingRound",
    "RatingSpecial",
    "RatingStep",
    "RoundDecision",
]


class OrganisationRating(Recorded, Cited):
    """The decided rating of one organisation for a period. Its day is the last day of the period."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ratings")
    period = models.CharField("kỳ", max_length=20)
    period_end = models.DateField()
    level = models.CharField("mức xếp loại", max_length=12, choices=codes.RATING_LEVEL.choices)
    reason = models.CharField(
        "lý do chưa đánh giá", max_length=20, blank=True, choices=codes.NOT_RATED_REASON.choices
    )

    class Meta:
        ordering = ("-period_end", "organisation")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "period"),
                condition=models.Q(voided_at__isnull=True),
                name="organisation_rated_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.period} {self.level}"


class MemberRating(Recorded, Cited):
    """The decided rating of one member for a period, in the cell that rated him or her."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="ratings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="member_ratings")
    period = models.CharField("kỳ", max_length=20)
    period_end = models.DateField()
    level = models.CharField("mức xếp loại", max_length=12, choices=codes.RATING_LEVEL.choices)
    reason = models.CharField(
        "lý do chưa đánh giá", max_length=20, blank=True, choices=codes.NOT_RATED_REASON.choices
    )

    class Meta:
        ordering = ("-period_end", "member")
        # All that figures ask of a rating: a year's 70,000 are counted without reading the table.
        indexes = (
            models.Index(
                fields=("period_end", "organisation", "period", "level", "reason", "voided_at", "member"),
                name="rating_by_period",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("member", "period"),
                condition=models.Q(voided_at__isnull=True),
                name="member_rated_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.period} {self.level}"
