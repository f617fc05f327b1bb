"""Taking a merge apart: both entries read again as they did before it.

A record that was corrected since goes back corrected; one that was voided since stays voided. Of what was entered anew
since, the clerk says record by record whose it is (`since.py`). Refused with every reason, then nothing is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError

from tongket.audit.acts import Act, act
from tongket.audit.models import Identified
from tongket.audit.records import REASON_LENGTH, current, written_reason
from tongket.core.problems import Problem, Refused, refuse_if_any
from tongket.matching.merging.acts import decide_in, keep_rows, standing_merge
from tongket.matching.merging.lives import post_problems, problems_of
from tongket.matching.merging.moving import Move, standing
from tongket.matching.merging.profiles import part_profiles
from tongket.matching.merging.since import Since, key_of
from tongket.matching.merging.tables import Table, described, tables
from tongket.matching.models import MergedRow, PersonMerge
from tongket.members import derive
from tongket.organisations.acts import claim

Owners = Mapping[str, str]


def part_people(merge: PersonMerge, *, reason: str, by: Any, owners: Owners | None = None) -> PersonMerge:
    """Take a merge apart as one act; the pair is remembered as two persons. Raises `Refused` and `Conflict`.

    `owners` tells of each record entered since (`since.entered`), by its key, whether it is the kept person's
    (``"kept"``) or the other's (``"gone"``); one of which nothing is told refuses.
    """
    said = written_reason(reason, ask="Ghi căn cứ để kết luận đây là hai người.")
    try:
        with act(
            "register.part", by=by, organisation=merge.kept.organisation, subject=merge.kept
        ) as current_act:
            parted = part_in(standing_merge(merge), reason=said, act=current_act, owners=owners)
            current_act.note(member=merge.kept.code, other=merge.gone.code)
    except IntegrityError:
        taken = (
            "Có bản ghi mới trùng với bản ghi cần trả lại cho hồ sơ cũ (cùng số, cùng kỳ hoặc cùng danh sách). "
            "Hủy bản ghi mới trước."
        )
        raise Refused([Problem("", taken)]) from None
    return parted


def part_in(merge: PersonMerge, *, reason: str, act: Act, owners: Owners | None = None) -> PersonMerge:
    """`part_people` inside an open act, for a merge that stands."""
    refuse_if_any(_in_the_way(merge))
    kept, gone = merge.kept, merge.gone
    claim(kept, None)
    claim(gone, None)
    void_reason = f"Tách hồ sơ {gone.code} khỏi {kept.code}: {reason}"[:REASON_LENGTH]
    way_back = _WayBack(merge, Move(act, void_reason), owners or {})
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
    owners: Owners
    taken: dict[str, list[tuple[int, int | None]]] = field(default_factory=dict)
    to_gone: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.since = Since(self.merge)
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
        unclaimed, theirs = self._entered_since(table, {row.pk for row, _ in going})
        problems += unclaimed
        going += [(row, self._to_gone(table, row)) for row in theirs]
        handled |= {row.pk for row in theirs}
        going += [
            (row, self.move.parents(table, row))
            for row in self.move.chained(table, [row for row, _ in going])
            if row.pk not in handled
        ]
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
        if any((label, getattr(row, column)) in self.to_gone for column, label in table.parents):
            return {**self.move.parents(table, row), **self._to_gone(table, row)}
        return {**self.move.parents(table, row)}

    def _to_gone(self, table: Table, row: Any) -> dict[str, Any]:
        """A row of the kept person becomes one of the other, and so does what hangs on it."""
        self.to_gone.add((table.label, row.pk))
        return {c: self.merge.gone_id for c in table.persons if getattr(row, c) == self.merge.kept_id}

    def _entered_since(self, table: Table, going: set[int]) -> tuple[list[Problem], list[Any]]:
        """Of the rows entered since the merge those whose owner was not told, and those of the other person."""
        problems, theirs = [], []
        if table.persons and not table.closed:
            for row in self.since.rows(table, but_of=self.move.act.at):
                if row.pk in going:
                    continue
                match self.owners.get(key_of(table, row)):
                    case "gone":
                        theirs.append(row)
                    case "kept":
                        pass
                    case _:
                        problems.append(_whose(row))
        return problems, theirs


def _persons(table: Table, row: Any) -> set[int | None]:
    return {getattr(row, column) for column in table.persons}


def _whose(row: Any) -> Problem:
    said = f"Sau khi gộp đã ghi {described(row)}: chọn bản ghi đó là của người nào."
    return Problem(row._meta.label + f":{row.pk}", said)


def _unclear(row: Any) -> Problem:
    return Problem(
        "",
        f"Sau khi gộp, {described(row)} đã được sửa cùng lúc với bản ghi khác: không xác định được bản ghi thay thế. "
        "Hủy các bản ghi sửa đó trước khi tách.",
    )
