"""Which tables hold records of persons, read from the models themselves, so that a new one cannot be forgotten.

What is said of them (a noun, what must agree, the day of a record) is by name; a table without an entry is moved all
the same.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, UniqueConstraint

from tongket.audit.models import Recorded
from tongket.audit.records import chunks, current
from tongket.core.codelists import RATING_LEVEL
from tongket.core.dates import format_date
from tongket.members.models import Member, MemberDetail

#: What a user with the duty of merging may not know of: moved in silence, never counted, never a reason to refuse.
CLOSED = frozenset({"inspections", "cases"})
_OWN = "matching"

NOUNS = {
    "members.MemberEvent": "việc trong quá trình",
    "members.MemberCard": "thẻ đảng viên",
    "members.PostHolding": "chức vụ trong Đảng",
    "ratings.MemberRating": "kết quả xếp loại",
    "ratings.RatingCandidate": "tên trong danh sách đợt xếp loại",
    "honours.BadgeAward": "Huy hiệu Đảng",
    "honours.BadgeProposal": "đề nghị Huy hiệu Đảng",
    "honours.Commendation": "khen thưởng",
    "honours.CommendationProposal": "đề nghị khen thưởng",
    "conferences.Invitation": "giấy mời hội nghị",
    "admissions.CandidateMentor": "phân công giúp đỡ quần chúng",
    "admissions.CandidateStep": "hồ sơ kết nạp",
    "admissions.ProbationStep": "bước theo dõi dự bị",
}

#: Keys beside the model's own constraints: two rows that agree in them say the same thing of one person.
_TWINS: dict[str, tuple[tuple[str, ...], ...]] = {
    "members.MemberEvent": (("kind", "on", "organisation_id"),),
    "members.MemberCard": (("number",),),
    "members.PostHolding": (("organisation_id", "post", "valid_from"),),
}
#: What two such rows must say alike; else a person has to put one right before the merge.
MUST_AGREE: dict[str, tuple[str, ...]] = {
    "members.PostHolding": ("valid_to",),
    "ratings.MemberRating": ("organisation_id", "level", "reason"),
    "honours.BadgeAward": ("awarded_on",),
    "honours.BadgeProposal": ("state", "award_day"),
}
#: Records read in the order of recording: a row recorded anew takes the later ones of its chain along.
CHAINS: dict[str, str] = {
    "admissions.ProbationStep": "member_id",
    "admissions.CandidateStep": "candidate",
}


#: What `described` reads beside the row itself.
ALONG: dict[str, tuple[str, ...]] = {"ratings.RatingCandidate": ("round",)}


@dataclass(frozen=True, slots=True)
class Table:
    """One table of records: its columns that name a person, and those that name a row of another such table.

    A table without a person column hangs wholly on others (the steps of one on a rating list, replies to a letter).
    """

    model: type[Any]
    persons: tuple[str, ...]
    parents: tuple[tuple[str, str], ...]  # (column, label of the table it points to)

    @property
    def label(self) -> str:
        """The name by which the model is known: "members.MemberEvent"."""
        return str(self.model._meta.label)

    @property
    def closed(self) -> bool:
        """Whether the table must not be spoken of."""
        return self.model._meta.app_label in CLOSED


@cache
def tables() -> tuple[Table, ...]:
    """Every table that a merge moves, what is pointed to before what points to it.

    Not among them: details, which are put together field by field, and spells, which are derived.
    """
    models = [m for m in apps.get_models() if issubclass(m, Recorded) and m._meta.app_label != _OWN]
    persons = {m: tuple(f.attname for f in _foreign(m) if f.related_model is Member) for m in models}
    chosen = {m for m in models if persons[m] and m is not MemberDetail}
    while more := {
        m for m in models if m not in chosen and any(f.related_model in chosen for f in _foreign(m))
    }:
        chosen |= more
    found = [
        Table(
            m,
            persons[m],
            tuple((f.attname, f.related_model._meta.label) for f in _foreign(m) if f.related_model in chosen),
        )
        for m in models
        if m in chosen
    ]
    return tuple(_in_order(found))


def _foreign(model: type[Any]) -> list[Any]:
    return [f for f in model._meta.concrete_fields if isinstance(f, ForeignKey)]


def _in_order(found: list[Table]) -> Iterator[Table]:
    done: set[str] = set()
    waiting = list(found)
    while waiting:
        ready = [t for t in waiting if all(label in done or label == t.label for _, label in t.parents)]
        if not ready:
            raise RuntimeError(f"Tables that point at each other: {[t.label for t in waiting]}")
        yield from ready
        done |= {t.label for t in ready}
        waiting = [t for t in waiting if t.label not in done]


def standing_under(people: Collection[int]) -> set[int]:
    """Which of these people (keys) have any standing record, details among them."""
    found: set[int] = set()
    columns: list[tuple[Any, str]] = [(table.model, column) for table in tables() for column in table.persons]
    for model, column in [*columns, (MemberDetail, "member_id")]:
        for part in chunks(people, 500):
            rows = current(model._default_manager.filter(**{f"{column}__in": part}))
            found |= set(rows.order_by().values_list(column, flat=True))
    return found


@dataclass(frozen=True, slots=True)
class Key:
    """Columns in which two standing rows of one person may not agree; `condition` says of which rows."""

    column: str
    fields: tuple[str, ...]
    condition: Any = None


def keys_of(model: Any) -> tuple[Key, ...]:
    """The keys by which rows of two persons turn out to say the same: the model's constraints and `_TWINS`."""
    found = []
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and "member" in constraint.fields:
            columns = (model._meta.get_field(name) for name in constraint.fields if name != "member")
            found.append(Key("member_id", tuple(f.attname for f in columns), constraint.condition))
    found += [Key("member_id", fields) for fields in _TWINS.get(model._meta.label, ())]
    return tuple(found)


def noun(label: str) -> str:
    """What a record of the table is called in a sentence."""
    return NOUNS.get(label, "bản ghi")


def described(row: Any) -> str:
    """One record in words, for a reason to refuse; only of tables that may be spoken of."""
    label = row._meta.label
    match label:
        case "members.MemberEvent":
            return f"«{row.get_kind_display()}» ngày {format_date(row.on)}"
        case "members.PostHolding":
            return f"chức vụ «{row.get_post_display()}» từ ngày {format_date(row.valid_from)}"
        case "members.MemberCard":
            issued = f" cấp ngày {format_date(row.issued_on)}" if row.issued_on else ""
            return f"thẻ đảng viên{issued}"
        case "ratings.MemberRating":
            return f"xếp loại kỳ {row.period}: {RATING_LEVEL.label(row.level).lower()}"
        case "honours.BadgeAward":
            return f"Huy hiệu {row.mark} năm trao ngày {format_date(row.awarded_on)}"
        case "honours.Commendation":
            return f"khen thưởng «{row.get_form_display()}» ngày {format_date(row.decided_on)}"
        case "ratings.RatingCandidate":
            return f"tên trong danh sách đợt xếp loại {row.round.period}"
        case "honours.BadgeProposal":
            return f"đề nghị Huy hiệu {row.mark} năm, {row.get_state_display().lower()}"
        case _:
            return noun(label)
