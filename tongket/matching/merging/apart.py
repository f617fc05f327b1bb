"""Taking a merge apart: both entries read again as they did before it.

A record that was corrected since goes back corrected; one that was voided since stays voided. What was entered anew for
the kept person stays there, but for events, posts and cards: whose they are nobody can tell here, so they have to be
voided first and entered again for the right person. Refused with every reason, then nothing is written.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import Q

from tongket.audit.acts import Act, act
from tongket.audit.models import Identified
from tongket.audit.records import REASON_LENGTH, current, written_reason
from tongket.core.problems import Problem, Refused, refuse_if_any
from tongket.matching.merging.acts import decide_in, keep_rows, standing_merge
from tongket.matching.merging.lives import post_problems, problems_of
from tongket.matching.merging.moving import Move, standing
from tongket.matching.merging.profiles import part_profiles
from tongket.matching.merging.tables import Table, described, tables
from tongket.matching.models import MergedRow, PersonMerge
from tongket.members import derive
from tongket.organisations.acts import claim

#: Whose these are cannot be told once two entries were one: they are to be voided and entered again.
_OF_LIFE = frozenset({"members.MemberEvent", "members.PostHolding", "members.MemberCard"})


def part_people(merge: PersonMerge, *, reason: str, by: Any) -> PersonMerge:
    """Take a merge apart as one act; the pair is remembered as two persons. Raises `Refused` and `Conflict`."""
    said = written_reason(reason, ask="Ghi căn cứ để kết luận đây là hai người.")
    try:
        with act(
            "register.part", by=by, organisation=merge.kept.organisation, subject=merge.kept
        ) as current_act:
            parted = part_in(standing_merge(merge), reason=said, act=current_act)
            current_act.note(member=merge.kept.code, other=merge.gone.code)
    except IntegrityError:
        taken = (
            "Có bản ghi mới trùng với bản ghi cần trả lại cho hồ sơ cũ (cùng số, cùng kỳ hoặc cùng danh sách). "
            "Hủy bản ghi mới trước."
        )
        raise Refused([Problem("", taken)]) from None
    return parted


def part_in(merge: PersonMerge, *, reason: str, act: Act) -> PersonMerge:
    """`part_people` inside an open act, for a merge that stands."""
    refuse_if_any(_in_the_way(merge))
    kept, gone = merge.kept, merge.gone
    claim(kept, None)
    claim(gone, None)
    void_reason = f"Tách hồ sơ {gone.code} khỏi {kept.code}: {reason}"[:REASON_LENGTH]
    way_back = _WayBack(merge, Move(act, void_reason))
    problems = [problem for table in tables() for problem in way_back.give_back(table)]
    refuse_if_any(problems)
    part_profiles(kept, gone, merge.recorded_at, void_reason, act)
    events = derive.current_events([kept.pk, gone.pk])
    for member in (kept, gone):
        own = events[member.pk]
        found = [*problems_of(own, ""), *post_problems(member, own, "")]
        refuse_if_any(Problem("", f"Hồ sơ {member.code} sau khi tách: {p.message}") for p in found)
    derive.refresh([kept.pk, gone.pk], act.at)
    act.void(merge, reason)
    keep_rows(merge, way_back.move)
    decide_in(kept, gone, same=False, reason=reason, act=act)
    kept.refresh_from_db()
    gone.refresh_from_db()
    return merge


def _in_the_way(merge: PersonMerge) -> Iterable[Problem]:
    onward = current(PersonMerge.objects.filter(gone=merge.kept)).select_related("kept").first()
    if onward is not None:
        yield Problem(
            "",
            f"Hồ sơ {merge.kept.code} đã gộp tiếp vào {onward.kept.code}. Tách lần gộp đó trước.",
        )
    later = current(PersonMerge.objects.filter(kept=merge.kept, recorded_at__gt=merge.recorded_at))
    for other in later.select_related("gone"):
        yield Problem(
            "", f"Sau lần này còn gộp hồ sơ {other.gone.code} vào {merge.kept.code}. Tách lần đó trước."
        )
    for table in tables():
        if not table.closed and any(standing(table, column, [merge.gone.pk]) for column in table.persons):
            yield Problem(
                "", f"Sau khi gộp lại có bản ghi mới đứng tên mã {merge.gone.code}. Hủy bản ghi đó trước."
            )
            return


@dataclass
class _WayBack:
    """The way back of the rows of one merge, table by table."""

    merge: PersonMerge
    move: Move
    taken: dict[str, list[tuple[int, int | None]]] = field(default_factory=dict)
    to_gone: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        for table, old, new in self.merge.rows.order_by("pk").values_list("table", "old", "new"):
            if old is not None:
                self.taken.setdefault(table, []).append((old, new))

    def give_back(self, table: Table) -> list[Problem]:
        """Put the rows of one table back; says what cannot be."""
        entries = self.taken.get(table.label, [])
        olds = table.model._default_manager.in_bulk([old for old, _ in entries])
        news = table.model._default_manager.in_bulk([new for _, new in entries if new is not None])
        self._restore(table, [olds[old] for old, new in entries if new is None])
        problems, going = [], []
        aliases: dict[int, tuple[int, int]] = {}
        for old, new in entries:
            if new is None or not table.persons:
                continue  # what names no person follows what it hangs on
            now, unclear = self._now(table, news[new])
            if unclear and not table.closed:
                problems.append(_unclear(news[new]))
            if now is not None:
                going.append((now, self._columns(table, olds[old], news[new], now)))
                aliases[now.pk] = (old, new)
        handled = {row.pk for row, _ in going}
        going += [
            (row, self._following(table, row)) for row in self.move.following(table) if row.pk not in handled
        ]
        going += [
            (row, self.move.parents(table, row))
            for row in self.move.chained(table, [row for row, _ in going])
            if row.pk not in handled
        ]
        problems += self._new_since(table, {row.pk for row, _ in going})
        self.move.put(table, going)
        for now_pk, (old, new) in aliases.items():
            place = self.move.places[table.label, now_pk]
            self.move.places[table.label, old] = self.move.places[table.label, new] = place
        of_gone = [pk for pk, row in olds.items() if self.merge.gone_id in _persons(table, row)]
        now_of = {old: now for now, (old, _) in aliases.items()}
        self.to_gone |= {(table.label, key) for pk in of_gone for key in (pk, now_of.get(pk, pk))}
        return problems

    def _restore(self, table: Table, rows: Sequence[Any]) -> None:
        """Rows that the merge voided with nothing in their place stand again as they were."""
        if rows:
            self.move.put(table, [(row, self.move.parents(table, row)) for row in rows], void=False)

    def _now(self, table: Table, row: Any) -> tuple[Any | None, bool]:
        """The row that says now what the moved row said, through corrections; and whether that cannot be told."""
        model = table.model._default_manager
        seen: set[int] = set()
        while row.voided_at is not None and row.pk not in seen:
            seen.add(row.pk)
            if isinstance(row, Identified):
                return current(model.filter(identity=row.identity)).first(), False
            # Another merge, since taken apart, may have moved it and brought it back.
            onward = MergedRow.objects.filter(table=table.label, old=row.pk, new__isnull=False).first()
            if onward is not None:
                row = model.get(pk=onward.new)
                continue
            person = {table.persons[0]: getattr(row, table.persons[0])}
            after = list(model.filter(recorded_at=row.voided_at, **person)[:2])
            if not after:
                return None, False
            if len(after) > 1 or model.filter(voided_at=row.voided_at, **person).count() > 1:
                return None, True
            row = after[0]
        return row, False

    def _columns(self, table: Table, old: Any, new: Any, now: Any) -> dict[str, Any]:
        """What of the row changes on its way back: the persons, and the rows it hangs on."""
        changed: dict[str, Any] = {}
        for column in table.persons:
            if getattr(now, column) == getattr(new, column):
                changed[column] = getattr(old, column)
        for column, label in table.parents:
            unchanged = getattr(now, column) == getattr(new, column)
            parent = getattr(old, column) if unchanged else getattr(now, column)
            if parent is not None:
                changed[column] = self.move.places.get((label, parent), parent)
        return changed

    def _following(self, table: Table, row: Any) -> dict[str, Any]:
        """A row entered since goes along with what it hangs on; with a row of the other person also to that person."""
        changed: dict[str, Any] = {**self.move.parents(table, row)}
        if any((label, getattr(row, column)) in self.to_gone for column, label in table.parents):
            for column in table.persons:
                if getattr(row, column) == self.merge.kept_id:
                    changed[column] = self.merge.gone_id
        return changed

    def _new_since(self, table: Table, going: set[int]) -> Iterable[Problem]:
        """Events, posts and cards entered for the kept person since the merge, other than corrections of own ones."""
        if table.label not in _OF_LIFE:
            return
        since: datetime = self.merge.recorded_at
        own = table.model._default_manager.filter(member=self.merge.kept_id).exclude(
            pk__in=self._merged(table)
        )
        # A row written at the moment at which one of the person's own was voided is its correction; one that another
        # merge moved away and brought back is what it was before.
        corrected = Counter(
            own.filter(recorded_at__lte=since, voided_at__gt=since).values_list("voided_at", flat=True)
        )
        before = self._brought_back(table)
        foreign: set[int] = set()
        entered = own.filter(recorded_at__gt=since).exclude(recorded_at=self.move.act.at)
        for row in entered.order_by("recorded_at", "pk"):
            first = before.get(row.pk)
            if first is None and corrected[row.recorded_at] > 0:
                corrected[row.recorded_at] -= 1
            elif first is None or first in foreign:
                foreign.add(row.pk)
            if row.pk not in foreign:
                if row.voided_at is not None:
                    corrected[row.voided_at] += 1
            elif row.voided_at is None and row.pk not in going:
                yield Problem(
                    "",
                    f"Sau khi gộp đã ghi {described(row)}: không biết là của người nào. "
                    "Hủy bản ghi đó trước khi tách, rồi ghi lại cho đúng người.",
                )

    def _brought_back(self, table: Table) -> dict[int, int]:
        """From rows of the kept person that came back from another merge to the row they were before it."""
        kept = self.merge.kept_id
        others = Q(merge__kept=kept) | Q(merge__gone=kept)
        rows = MergedRow.objects.filter(others, table=table.label, old__isnull=False, new__isnull=False)
        steps: dict[int, int] = {}
        for new, old in rows.exclude(merge=self.merge).values_list("new", "old"):
            if new is not None and old is not None:
                steps[new] = old
        found = {}
        for new in steps:
            first = new
            while first in steps:
                first = steps[first]
            found[new] = first
        return found

    def _merged(self, table: Table) -> list[int]:
        return [new for _, new in self.taken.get(table.label, ()) if new is not None]


def _persons(table: Table, row: Any) -> set[int | None]:
    return {getattr(row, column) for column in table.persons}


def _unclear(row: Any) -> Problem:
    return Problem(
        "",
        f"Sau khi gộp, {described(row)} đã được sửa cùng lúc với bản ghi khác: không xác định được bản ghi thay thế. "
        "Hủy các bản ghi sửa đó trước khi tách.",
    )
