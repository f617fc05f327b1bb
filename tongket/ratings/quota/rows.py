"""Who counts under the cap: the rows that the quota engine takes, from a round or from ratings already decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tongket.audit.records import chunks, current
from tongket.core.periods import Period
from tongket.organisations.models import Organisation, OrganisationPath, OrganisationVersion
from tongket.ratings.models import MemberRating, OrganisationRating
from tongket.ratings.rounds.models import RatingRound
from tongket.ratings.rounds.queries import CandidateState
from tongket.rules.organisations import all_kinds
from tongket.rules.quota import Rated


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a row is about: code and name for pages, the reason of a special case."""

    code: str
    name: str
    organisation_name: str = ""
    special: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one question with what their keys mean; `pool_names` are the names of units by their code."""

    subject: str
    on: date
    rated: Sequence[Rated]
    named: Mapping[int, Named]
    pool_names: Mapping[str, str]


def units_of(cells: Iterable[int], on: date) -> dict[int, tuple[str, str]]:
    """(code, name) of the grassroots organisation over each of these organisations, itself included, on a day."""
    grassroots = [kind.code for kind in all_kinds() if kind.is_grassroots]
    over: dict[int, int] = {}
    names: dict[int, tuple[str, str]] = {}
    for part in chunks(cells):
        versions = OrganisationVersion.objects.filter(
            kind__in=grassroots, voided_at__isnull=True, valid_from__lte=on, valid_to__gt=on
        )
        paths = OrganisationPath.objects.filter(
            descendant__in=part,
            ancestor__in=versions.values("organisation"),
            voided_at__isnull=True,
            valid_from__lte=on,
            valid_to__gt=on,
        ).order_by("depth")
        for cell, unit in paths.values_list("descendant_id", "ancestor_id"):
            over.setdefault(cell, unit)
        found = versions.filter(organisation__in=set(over.values()))
        names |= {
            pk: (code, name)
            for pk, code, name in found.values_list("organisation_id", "organisation__code", "name")
        }
    return {cell: names[unit] for cell, unit in over.items()}


def rows_of_round(round: RatingRound, states: Sequence[CandidateState]) -> Rows:
    """The rows of a round as its list stands now."""
    members = round.subject == "members"
    units = units_of({state.organisation_id for state in states}, round.period_end) if members else {}
    rated, named = [], {}
    for state in states:
        step = state.deciding_step
        rated.append(
            Rated(
                key=state.candidate_id,
                level=state.level,
                unit=units.get(state.organisation_id, ("", ""))[0],
                group=state.group,
                special=bool(state.special),
                score=step.score if step else None,
                reason=state.reason,
            )
        )
        place = state.organisation_name if members else ""
        named[state.candidate_id] = Named(state.code, state.name, place, state.special)
    return Rows(round.subject, round.period_end, rated, named, dict(units.values()))


def rows_of_decided(organisation: Organisation, period: Period, subject: str) -> Rows:
    """The rows of decided ratings: of the bodies directly below, or of the members of all cells below, with or
    without a round. Groups of like function are then the sectors of the register."""
    paths = OrganisationPath.objects.filter(
        ancestor=organisation, voided_at__isnull=True, valid_from__lte=period.end, valid_to__gt=period.end
    )
    if subject == "members":
        return _decided_members(paths.values("descendant"), period)
    return _decided_organisations(paths.filter(depth=1).values("descendant"), period)


def _decided_members(below: Any, period: Period) -> Rows:
    found = list(
        current(MemberRating.objects.filter(organisation__in=below, period=period.code))
        .order_by("organisation__position", "organisation__code", "member__sort_key")
        .values_list(
            "pk",
            "level",
            "reason",
            "organisation_id",
            "organisation__name",
            "member__code",
            "member__full_name",
        )
    )
    units = units_of({row[3] for row in found}, period.end)
    rated = [
        Rated(pk, level, unit=units.get(cell, ("", ""))[0], reason=reason)
        for pk, level, reason, cell, *_ in found
    ]
    named = {pk: Named(code, name, place) for pk, _, _, _, place, code, name in found}
    return Rows("members", period.end, rated, named, dict(units.values()))


def _decided_organisations(below: Any, period: Period) -> Rows:
    found = list(
        current(OrganisationRating.objects.filter(organisation__in=below, period=period.code))
        .order_by("organisation__position", "organisation__code")
        .values_list("pk", "level", "reason", "organisation_id", "organisation__code", "organisation__name")
    )
    versions = OrganisationVersion.objects.filter(
        organisation__in=below,
        voided_at__isnull=True,
        valid_from__lte=period.end,
        valid_to__gt=period.end,
    )
    sectors = dict(versions.values_list("organisation_id", "sector"))
    rated = [
        Rated(pk, level, group=sectors.get(organisation, ""), reason=reason)
        for pk, level, reason, organisation, *_ in found
    ]
    named = {pk: Named(code, name) for pk, _, _, _, code, name in found}
    return Rows("organisations", period.end, rated, named, {})
