"""The effects of a plan, seen before it is carried out: it is carried out in a transaction that is rolled back."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from tongket.audit.acts import act
from tongket.audit.models import LedgerEntry
from tongket.audit.queries import READINGS
from tongket.audit.room import room_for_many
from tongket.core.dates import today
from tongket.core.problems import Conflict, Problem, Refused
from tongket.organisations.models import Organisation, OrganisationPath
from tongket.organisations.queries import visible_to
from tongket.reforms.acts import keep_preview, paper_of, steps_of
from tongket.reforms.carrying.carry import carry_out, shared_below, shared_people
from tongket.reforms.carrying.sharing import Shared
from tongket.reforms.effects.compare import Question, Table, books_of, tables, take
from tongket.reforms.effects.fates import Effects, effects_of
from tongket.reforms.effects.loads import Load, Place, loads_of
from tongket.reforms.effects.seen import digest_of
from tongket.reforms.models import ReformPlan, ReformPreview
from tongket.reforms.rights import carry_rights
from tongket.reforms.rules import check_plan
from tongket.reforms.steps import Step

_TRIES = 3
_SESSIONS = ("account.login", "account.logout")


@dataclass(frozen=True, slots=True)
class Left:
    """Who has no place yet at one step."""

    step: int
    people: Shared
    below: Shared


@dataclass(frozen=True, slots=True)
class Seen:
    """What the plan would do. `day` is the day for which it was worked out: the plan's, or today where that has not
    come yet. With `problems` nothing else was worked out; `left` names who has no place, by step."""

    day: date
    ledger: int
    problems: tuple[Problem, ...] = ()
    left: tuple[Left, ...] = ()
    effects: Effects | None = None
    tables: tuple[Table, ...] = ()
    loads: tuple[Load, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether the plan could be carried out as it is."""
        return self.effects is not None


class _Moved(Exception):
    """Somebody recorded something between the figures before and the trial."""


@room_for_many()
def look(plan: ReformPlan, *, viewer: Any) -> Seen:
    """Work the effects out as the viewer may see them. Nothing is written.

    Raises `Conflict` when the books change faster than they can be compared.
    """
    steps = steps_of(plan)
    day = min(plan.on, today())
    found = check_plan(plan.title, steps, viewer)
    if found:
        return Seen(day, last_entry(), tuple(found))
    for _ in range(_TRIES):
        try:
            return _try(plan, steps, day, viewer)
        except _Moved:
            continue
    raise Conflict("Sổ sách đang được ghi liên tục nên chưa so được trước và sau. Thử lại sau ít phút.")


def show(plan: ReformPlan, *, by: Any) -> ReformPreview:
    """Work the effects out and keep them for this user."""
    seen = look(plan, viewer=by)
    digest = digest_of(seen.effects) if seen.effects else ""
    return keep_preview(plan, plain(seen), digest=digest, ledger=seen.ledger, by=by)


def last_entry() -> int:
    """The number of the last entry of the ledger that may have changed the books (0: none).

    In an office somebody logs in or opens a file every minute: that makes no preview stale.
    """
    acts = LedgerEntry.objects.exclude(Q(action__regex=READINGS) | Q(action__in=_SESSIONS)).order_by("-id")
    return acts.values_list("id", flat=True).first() or 0


def _try(plan: ReformPlan, steps: tuple[Step, ...], day: date, viewer: Any) -> Seen:
    ledger = last_entry()
    question = _question(plan, steps, day, viewer)
    # The figures of today are taken before the writers' lock is: the trial holds it no longer than it must.
    before = take(question, viewer=viewer)
    left: list[Left] = []
    try:
        with transaction.atomic():
            with act("reform.preview", by=viewer, organisation=plan.organisation) as current:
                if last_entry() != ledger:
                    raise _Moved
                _collect_left(steps, day, left)
                carry_out(steps, on=day, paper=paper_of(plan), act=current)
                effects = effects_of(current.at, day)
                after = take(question, viewer=viewer)
                names = dict(Organisation.objects.values_list("code", "name"))
                open_ones = loads_of(_place(current.at, day, effects), viewer=viewer)
            transaction.set_rollback(True)
    except Refused as refused:
        return Seen(day, ledger, refused.problems, tuple(left))
    return Seen(
        day,
        ledger,
        effects=effects,
        tables=tuple(tables(question, before, after, names)),
        loads=tuple(open_ones),
    )


def _place(at: datetime, day: date, effects: Effects) -> Place:
    """Where matters lie open; with the assignments that the act gives, as `acts.execute` does."""
    fates = {fate.code: fate.fate for fate in (*effects.of("ended"), *effects.of("parted"))}
    rows = Organisation.objects.in_bulk(list(fates), field_name="code")
    ended, parted = (
        [row for code, row in rows.items() if fates[code] == fate] for fate in ("ended", "parted")
    )
    return Place(at, day, ended, parted, carry_rights(at))


def _collect_left(steps: Iterable[Step], day: date, left: list[Left]) -> None:
    """Who has no place where organisations are shared out that are there already."""
    for number, step in enumerate(steps):
        if step.shares and Organisation.objects.filter(code=step.code).exists():
            people, below = shared_people(step, day), shared_below(step, day)
            if people.left or below.left:
                left.append(Left(number, people, below))


def _question(plan: ReformPlan, steps: tuple[Step, ...], day: date, viewer: Any) -> Question:
    """The organisations above all that the plan touches, whole; those that end, begin or receive, by what changes."""
    named = {code for step in steps for code in step.named}
    above = OrganisationPath.objects.filter(
        descendant__code__in=named,
        depth__gt=0,
        voided_at__isnull=True,
        valid_from__lte=day,
        valid_to__gte=day,
    )
    tops = {plan.organisation.code, *above.values_list("ancestor__code", flat=True)}
    founded = {step.code for step in steps if step.kind == "found" and not step.to}
    others = [
        code
        for step in steps
        for code in (
            *step.ended,
            *((step.code,) if step.kind in ("found", "rename", "part") else ()),
            step.to,
            *step.into,
        )
        if code and code not in tops | founded
    ]
    there = set(Organisation.objects.filter(code__in=tops).values_list("code", flat=True))
    if viewer is not None:
        readable = visible_to(viewer, "figure.read").filter(code__in=tops)
        tops = (tops - there) | set(readable.values_list("code", flat=True))
    # A new root is shown also where its code is left from a founding that was taken back.
    tops |= founded
    # Books may be read by whoever reads figures; those of the organisations that end stay as well.
    books = books_of({*(tops & there), *(code for step in steps for code in step.ended)} & _readable(viewer))
    return Question(tuple(sorted(tops)), tuple(dict.fromkeys(others)), day, books)


def _readable(viewer: Any) -> set[str]:
    rows = Organisation.objects.all() if viewer is None else visible_to(viewer, "book.read")
    return set(rows.values_list("code", flat=True))


def plain(seen: Seen) -> dict[str, Any]:
    """The preview as JSON keeps it."""
    found = asdict(seen)
    found["day"] = seen.day.isoformat()
    return found
