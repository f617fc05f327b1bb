"""Whether organisations existed on the day of a record, and as what; for whole batches in two queries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tongket.audit.records import chunks
from tongket.core.dates import FOREVER, format_date
from tongket.core.problems import Problem
from tongket.organisations.models import Organisation, OrganisationVersion


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Days of an organisation's life (`ends_on` exclusive) and the kinds it had: (from, to, kind)."""

    name: str
    founded_on: date
    ends_on: date
    latest_kind: str
    kinds: tuple[tuple[date, date, str], ...]

    def kind_on(self, day: date) -> str:
        """The kind on a day; outside its life the latest."""
        return next((kind for start, end, kind in self.kinds if start <= day < end), self.latest_kind)

    def alive_on(self, day: date) -> bool:
        """Whether the day lies in its life."""
        return self.founded_on <= day < self.ends_on


def lifetimes(organisations: Iterable[Organisation]) -> dict[int, Lifetime]:
    """The lives as the database has them now (an instance in hand may be stale), by organisation id."""
    kinds: dict[int, list[tuple[date, date, str]]] = {}
    found: dict[int, Lifetime] = {}
    for ids in chunks(o.pk for o in organisations):
        versions = OrganisationVersion.objects.filter(organisation__in=ids, voided_at__isnull=True)
        for pk, start, end, kind in versions.values_list("organisation_id", "valid_from", "valid_to", "kind"):
            kinds.setdefault(pk, []).append((start, end, kind))
        rows = Organisation.objects.filter(pk__in=ids).values_list(
            "pk", "name", "founded_on", "ends_on", "kind"
        )
        for pk, name, founded_on, ends_on, kind in rows:
            found[pk] = Lifetime(name, founded_on, ends_on, kind, tuple(kinds.get(pk, ())))
    return found


def check_alive(
    lives: Mapping[int, Lifetime],
    organisation: Organisation,
    day: date,
    index: int,
    *,
    field: str = "organisation",
    ended_that_day: bool = False,
) -> Iterator[Problem]:
    """A record lies in the life of its organisation. `ended_that_day`: the record itself may be what ended it."""
    life = lives[organisation.pk]
    if life.alive_on(day) or (ended_that_day and day == life.ends_on):
        return
    if day < life.founded_on:
        said = f"chưa thành lập vào ngày {format_date(day)} (thành lập ngày {format_date(life.founded_on)})"
    else:
        said = f"đã kết thúc hoạt động từ ngày {format_date(life.ends_on)}, trước ngày {format_date(day)}"
    remedy = (
        "Hãy sửa ngày hoặc chọn tổ chức kế tục."
        if life.ends_on != FOREVER
        else "Hãy sửa ngày hoặc chọn tổ chức khác."
    )
    yield Problem(field, f"“{life.name}” {said}. {remedy}", index=index)
