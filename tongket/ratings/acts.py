"""What happens to ratings: recorded as decided, voided, corrected."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from tongket.audit import records
from tongket.audit.acts import Act
from tongket.core.periods import Period, parse_period
from tongket.core.problems import Problem
from tongket.ratings.drafts import MemberRatingDraft, OrganisationRatingDraft
from tongket.ratings.models import MemberRating, OrganisationRating
from tongket.ratings.rules import member_rating_rules, organisation_rating_rules

_period = cache(parse_period)  # a batch of thousands names one or two periods


def _columns(draft: OrganisationRatingDraft | MemberRatingDraft) -> dict[str, Any]:
    period: Period = _period(draft.period)
    return {"period": period.code, "period_end": period.end}


def _organisation_keys(row: OrganisationRating) -> dict[str, Any]:
    return {"organisation": row.organisation.code, "period": row.period}


def _member_keys(row: MemberRating) -> dict[str, Any]:
    return {"member": row.member.code, "organisation": row.organisation.code, "period": row.period}


ORGANISATION_RATING = records.RecordKind(
    "organisation_rating", OrganisationRating, organisation_rating_rules, _organisation_keys, derived=_columns
)
MEMBER_RATING = records.RecordKind(
    "member_rating", MemberRating, member_rating_rules, _member_keys, derived=_columns
)


def check_organisation_ratings(drafts: Sequence[OrganisationRatingDraft]) -> list[Problem]:
    """Judge ratings of organisations: alive and of a rated kind at the period's end, once a period."""
    return records.check(ORGANISATION_RATING, drafts)


def add_organisation_ratings(
    drafts: Sequence[OrganisationRatingDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[OrganisationRating]:
    """Record ratings of organisations inside an open act. Raises `Refused` with every error."""
    return records.add(ORGANISATION_RATING, drafts, act=act, origins=origins)


def add_organisation_rating(
    draft: OrganisationRatingDraft, *, by: Any, origin: str = "form"
) -> OrganisationRating:
    """Record one organisation's rating as decided. Raises `Refused`."""
    return records.add_one(ORGANISATION_RATING, draft, by=by, origin=origin)


def void_organisation_rating(record: OrganisationRating, *, reason: str, by: Any) -> OrganisationRating:
    """Void an organisation's rating. Raises `Refused`, `Conflict`."""
    return records.void(ORGANISATION_RATING, record, reason=reason, by=by)


def correct_organisation_rating(
    record: OrganisationRating, draft: OrganisationRatingDraft, *, reason: str, by: Any
) -> OrganisationRating:
    """Correct an organisation's rating. Raises `Refused`, `Conflict`."""
    return records.correct(ORGANISATION_RATING, record, draft, reason=reason, by=by)


def check_member_ratings(drafts: Sequence[MemberRatingDraft]) -> list[Problem]:
    """Judge ratings of members: of that cell at the time, once a period; who should not be rated is warned of."""
    return records.check(MEMBER_RATING, drafts)


def add_member_ratings(
    drafts: Sequence[MemberRatingDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[MemberRating]:
    """Record ratings of members inside an open act, some tens of thousands at once. Raises `Refused`."""
    return records.add(MEMBER_RATING, drafts, act=act, origins=origins)


def add_member_rating(draft: MemberRatingDraft, *, by: Any, origin: str = "form") -> MemberRating:
    """Record one member's rating as decided. Raises `Refused`."""
    return records.add_one(MEMBER_RATING, draft, by=by, origin=origin)


def void_member_rating(record: MemberRating, *, reason: str, by: Any) -> MemberRating:
    """Void a member's rating. Raises `Refused`, `Conflict`."""
    return records.void(MEMBER_RATING, record, reason=reason, by=by)


def correct_member_rating(
    record: MemberRating, draft: MemberRatingDraft, *, reason: str, by: Any
) -> MemberRating:
    """Correct a member's rating. Raises `Refused`, `Conflict`."""
    return records.correct(MEMBER_RATING, record, draft, reason=reason, by=by)
