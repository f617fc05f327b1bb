"""What the register says of chosen members now, as one flat record each; six queries however many they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from tongket.core import codelists as codes
from tongket.core.dates import FOREVER
from tongket.core.identity import check_cccd
from tongket.members.fields import REQUIRED
from tongket.members.layouts import NATIONAL, STATUS, organisation_text, split_place
from tongket.members.models import Member, MemberCard, MemberDetail, MemberEvent, MembershipSpell
from tongket.members.queries import field_label
from tongket.organisations.models import Organisation

_PLACES = ("birthplace", "home_town", "permanent_address")
_ENTERED = "registered"
_ENDED_OR_EXEMPT = frozenset({"exempted", "suspended", *codes.ENDINGS})


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of one member. What is not known is None; nothing is filled in."""

    member: Member
    organisation: Organisation | None
    detail: MemberDetail | None
    spell: MembershipSpell | None
    card: MemberCard | None
    last: MemberEvent | None  # the exemption, suspension or end that the status rests on
    entry: MemberEvent | None = None  # how somebody who was a member already came onto this register
    has_namesake: bool = False  # another cell of the same body bears the cell's name, as after a merger

    @property
    def cell_name(self) -> str:
        """The cell with the body above it, where that is not the top; with its code where that tells it apart."""
        cell = self.organisation
        if cell is None:
            return ""
        above = cell.parent
        said = organisation_text(cell.name, above.name if above is not None and above.parent_id else "")
        return f"{said} ({cell.code})" if self.has_namesake else said

    @property
    def status(self) -> str:
        """A key of `layouts.STATUS`; "" for somebody not on any list yet."""
        if self.member.ended_by in STATUS and not self.member.standing:
            return self.member.ended_by
        if self.spell is None or self.spell.valid_to != FOREVER:
            return ""
        return "suspended" if self.spell.suspended else "exempt" if self.spell.exempt else "active"

    @property
    def gaps(self) -> list[str]:
        """Names of the required profile fields that are blank."""
        return [name for name in REQUIRED if getattr(self.detail, name, None) in ("", None)]


def known_of(members: QuerySet[Member]) -> Iterator[Known]:
    """What is known of these members, in their order."""
    people = list(members.select_related("organisation__parent"))
    keys = members.order_by().values("pk")
    details = _by_member(
        MemberDetail.objects.filter(member__in=keys, voided_at__isnull=True, valid_to=FOREVER).order_by("pk")
    )
    spells = _by_member(
        MembershipSpell.objects.filter(member__in=keys, voided_at__isnull=True).order_by("valid_from")
    )
    cards = _by_member(
        MemberCard.objects.filter(member__in=keys, voided_at__isnull=True).order_by("issued_on", "pk")
    )
    events: dict[int, dict[str, MemberEvent]] = {}
    rows = MemberEvent.objects.filter(
        member__in=keys, voided_at__isnull=True, kind__in=_ENDED_OR_EXEMPT | {_ENTERED}
    ).order_by("on", "pk")
    for event in rows.select_related("organisation"):
        events.setdefault(event.member_id, {})[event.kind] = event
    shared = _shared_names()
    for person in people:
        spell = spells.get(person.pk)
        cell = person.organisation
        yield Known(
            person,
            person.organisation,
            details.get(person.pk),
            spell,
            _current(person, cards.get(person.pk)),
            _explains(person, spell, events.get(person.pk, {})),
            events.get(person.pk, {}).get(_ENTERED),
            cell is not None and (cell.parent_id, cell.name) in shared,
        )


def _shared_names() -> set[tuple[int | None, str]]:
    """(body above, name) of organisations that are not told apart by these."""
    rows = Organisation.objects.order_by().values_list("parent", "name").annotate(count=Count("pk"))
    return {(parent, name) for parent, name, _count in rows.filter(count__gt=1)}


def _by_member(rows: QuerySet[Any]) -> dict[int, Any]:
    """The last row of each member."""
    return {row.member_id: row for row in rows}


def _current(person: Member, card: MemberCard | None) -> MemberCard | None:
    return card if card is not None and card.number == person.card_number else None


def _explains(
    person: Member, spell: MembershipSpell | None, events: dict[str, MemberEvent]
) -> MemberEvent | None:
    if not person.standing:
        return events.get(person.ended_by)
    if spell is not None and spell.suspended:
        return events.get("suspended")
    return events.get("exempted") if spell is not None and spell.exempt else None


def values_of(known: Known, number: int) -> dict[str, Any]:
    """The cells of both layouts by field; codes as their Vietnamese text, blanks missing."""
    detail, spell, card = known.detail, known.spell, known.card
    said: dict[str, Any] = {
        "row_number": number,
        "full_name": known.member.full_name,
        "card_number": known.member.card_number,
        "organisation": known.cell_name,
        "status": STATUS.get(known.status, ""),
        "status_on": known.last.on if known.last is not None else None,
        "to_delete": "Không",
    }
    if detail is not None:
        said |= {
            "other_names": detail.other_names,
            "gender": codes.GENDER.label(detail.gender) if detail.gender else "",
            "birth_date": _birth(detail),
            "ethnicity": codes.ETHNICITY.label(detail.ethnicity) if detail.ethnicity else "",
            "religion": codes.RELIGION.label(detail.religion) if detail.religion else "",
            "national_id": detail.national_id,
            "old_id_number": detail.old_id_number,
        }
        for name in _PLACES:
            country, province, text = split_place(getattr(detail, name))
            said |= {f"{name}_country": country, f"{name}_province": province, name: text}
    if spell is not None:
        said |= {"admitted_on": spell.admitted_on, "official_on": spell.official_on}
    if card is not None:
        said |= {"card_issued_by": card.issued_by, "card_issued_on": card.issued_on}
    faults = faults_of(known, said)
    said |= {"checked": "CẦN BỔ SUNG" if faults else "HỢP LỆ", "faults": "; ".join(faults)}
    return {name: value for name, value in said.items() if value not in (None, "")}


def _birth(detail: MemberDetail) -> date | str | None:
    if detail.birth_date is not None and detail.birth_year_only:
        return str(detail.birth_date.year)
    return detail.birth_date


def faults_of(known: Known, said: dict[str, Any]) -> list[str]:
    """What the layout asks for and the register does not have, and what is doubtful about the identity number."""
    probationary = known.member.standing == "probationary"
    missing = [
        column.header.rstrip(" *")
        for column in NATIONAL
        if column.required
        and not said.get(column.field)
        and not (probationary and column.field in ("card_number", "official_on"))
    ]
    faults = [f"Thiếu: {', '.join(missing)}"] if missing else []
    detail = known.detail
    if detail is not None and detail.national_id:
        gender: Any = detail.gender or None
        faults += [f.message_vi for f in check_cccd(detail.national_id, detail.birth_date, gender)]
    return faults


def gap_labels(known: Known) -> list[str]:
    """The blank required fields as the screen calls them."""
    return [field_label(name) for name in known.gaps]
