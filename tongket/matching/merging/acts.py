"""Merging two entries of one person: nothing is overwritten, nothing is lost, and it can be taken apart.

Every record of the entry that goes is voided and recorded anew under the kept person, so the register as known before
the merge reads as it did. What both entries say alike stands once; where they contradict each other the merge is
refused and says what to put right first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tongket.audit.acts import Act, act
from tongket.audit.records import REASON_LENGTH, current, written_reason
from tongket.core.problems import Conflict, Problem, refuse_if_any
from tongket.matching.merging.lives import join, post_problems, problems_of
from tongket.matching.merging.moving import Move, standing
from tongket.matching.merging.profiles import FIELDS, join_profiles
from tongket.matching.merging.tables import MUST_AGREE, Table, described, keys_of, noun, tables
from tongket.matching.models import LIFE, MergedRow, PairDecision, PersonMerge, SuspectedPair
from tongket.members import derive
from tongket.members.models import Member
from tongket.organisations.acts import claim

EVENTS = "members.MemberEvent"


@dataclass(frozen=True, slots=True)
class MergeDraft:
    """Two entries that are one person: which stays, whose life and which profile fields of the other are taken over."""

    kept: Member
    gone: Member
    life: str = "both"
    from_gone: tuple[str, ...] = ()
    reason: str = ""


def merge_people(
    draft: MergeDraft, *, by: Any, expected_versions: tuple[int, int] | None = None
) -> PersonMerge:
    """Merge two entries as one act. Raises `Refused` with every reason, `Conflict` when either changed meanwhile.

    `expected_versions` are the row versions of kept and gone with which the page was opened.
    """
    with act("register.join", by=by, organisation=draft.kept.organisation, subject=draft.kept) as current_act:
        merge = merge_in(draft, act=current_act, expected_versions=expected_versions)
        # No counts of what was moved: they would tell of records that a reader of the ledger may not know of.
        current_act.note(into=draft.kept.code, merged=[draft.gone.code], life=draft.life)
    return merge


def merge_in(draft: MergeDraft, *, act: Act, expected_versions: tuple[int, int] | None = None) -> PersonMerge:
    """`merge_people` inside an open act."""
    reason = written_reason(draft.reason, ask="Ghi căn cứ để kết luận hai hồ sơ là một người.")
    refuse_if_any(check_merge(draft))
    versions = expected_versions or (None, None)
    for member, version in zip((draft.kept, draft.gone), versions, strict=True):
        claim(member, version)
    void_reason = f"Gộp hồ sơ vào {draft.kept.code}: {reason}"[:REASON_LENGTH]
    move, gone_from = Move(act, void_reason), draft.gone.organisation
    _move_all(draft, move)
    join_profiles(draft.kept, draft.gone, draft.from_gone, void_reason, act)
    derive.refresh([draft.kept.pk, draft.gone.pk], act.at)
    merge = PersonMerge.objects.create(
        kept=draft.kept,
        gone=draft.gone,
        life=draft.life,
        from_gone=sorted(draft.from_gone),
        reason=reason,
        gone_organisation=gone_from,
        **act.stamp(),
    )
    keep_rows(merge, move)
    decide_in(draft.kept, draft.gone, same=True, reason=reason, act=act)
    SuspectedPair.objects.filter(one=draft.gone).delete()
    SuspectedPair.objects.filter(other=draft.gone).delete()
    draft.kept.refresh_from_db()
    draft.gone.refresh_from_db()
    return merge


def check_merge(draft: MergeDraft) -> list[Problem]:
    """What stands in the way of a merge before any record is looked at."""
    if draft.kept.pk == draft.gone.pk:
        return [Problem("", "Đây là cùng một hồ sơ. Chọn hai hồ sơ khác nhau.")]
    problems = []
    for merge in current(PersonMerge.objects.filter(gone__in=(draft.kept, draft.gone))).select_related(
        "kept", "gone"
    ):
        said = f"Hồ sơ {merge.gone.code} đã gộp vào {merge.kept.code}. Mở hồ sơ {merge.kept.code}."
        problems.append(Problem("", said))
    if draft.life not in LIFE.values:
        problems.append(Problem("life", "Chọn quá trình sinh hoạt nào được giữ."))
    if unknown := set(draft.from_gone) - set(FIELDS):
        problems.append(Problem("from_gone", f"Không có trường «{', '.join(sorted(unknown))}»."))
    return problems


def decide_in(one: Member, other: Member, *, same: bool, reason: str, act: Act) -> PairDecision:
    """Inside an open act: what was decided about a pair, in the place of what stood."""
    first, second = sorted((one, other), key=lambda m: m.pk)
    for before in current(PairDecision.objects.filter(one=first, other=second)):
        act.void(before, "quyết định lại")
    return PairDecision.objects.create(one=first, other=second, same=same, reason=reason, **act.stamp())


def keep_rows(merge: PersonMerge, move: Move) -> None:
    """Remember every row that was touched, so that it can be taken apart."""
    rows = [MergedRow(merge=merge, table=table, old=old, new=new) for table, old, new in move.touched]
    MergedRow.objects.bulk_create(rows, batch_size=500)


def _move_all(draft: MergeDraft, move: Move) -> None:
    folded: set[tuple[str, int]] = set()
    problems: list[Problem] = []
    for table in tables():
        if table.label == EVENTS:
            problems += _move_events(table, draft, move)
            continue
        mine = _rows_of(table, draft.gone)
        twins, contradictions = _twins(table, list(mine.values()), draft)
        problems += contradictions
        hanging = {row.pk: row for row in move.following(table)}
        lost = {pk for pk, row in hanging.items() if pk not in mine and _hangs_on(table, row, folded)}
        move.drop(table, [mine[pk] for pk in twins] + [hanging[pk] for pk in lost], twins)
        folded |= {(table.label, pk) for pk in (*twins, *lost)}
        going = {pk: row for pk, row in (hanging | mine).items() if pk not in twins and pk not in lost}
        problems += _lonely(table, [hanging[pk] for pk in lost], move)
        _put(table, going, draft, move)
    refuse_if_any(problems)
    events = derive.current_events([draft.kept.pk])[draft.kept.pk]
    refuse_if_any(post_problems(draft.kept, events))


def _rows_of(table: Table, person: Member) -> dict[int, Any]:
    return {row.pk: row for column in table.persons for row in standing(table, column, [person.pk])}


def _put(table: Table, rows: Mapping[int, Any], draft: MergeDraft, move: Move) -> None:
    changes: list[tuple[Any, dict[str, Any]]] = []
    for row in rows.values():
        persons = {c: draft.kept.pk for c in table.persons if getattr(row, c) == draft.gone.pk}
        changes.append((row, {**persons, **move.parents(table, row)}))
    changes += [(row, move.parents(table, row)) for row in move.chained(table, list(rows.values()))]
    move.put(table, changes)


def _hangs_on(table: Table, row: Any, folded: set[tuple[str, int]]) -> bool:
    return any((label, getattr(row, column)) in folded for column, label in table.parents)


def _move_events(table: Table, draft: MergeDraft, move: Move) -> list[Problem]:
    events = derive.current_events([draft.kept.pk, draft.gone.pk])
    joined = join(events[draft.kept.pk], events[draft.gone.pk], draft.life)
    problems = problems_of(joined.standing)
    move.drop(table, [*joined.dropped_of_gone, *joined.dropped_of_kept], joined.twins)
    move.put(table, [(event, {"member_id": draft.kept.pk}) for event in joined.moved])
    return problems


def _twins(table: Table, rows: Sequence[Any], draft: MergeDraft) -> tuple[dict[int, int], list[Problem]]:
    """Rows of the entry that goes which the kept person has too, by key; and where the two contradict each other."""
    twins: dict[int, int] = {}
    problems: list[Problem] = []
    if not rows:
        return twins, problems
    for key in keys_of(table.model):
        own = current(table.model._default_manager.filter(**{key.column: draft.kept.pk}))
        going = current(table.model._default_manager.filter(**{key.column: draft.gone.pk}))
        if key.condition is not None:
            own, going = own.filter(key.condition), going.filter(key.condition)
        places = {tuple(getattr(row, f) for f in key.fields): row for row in own}
        for row in going:
            twin = places.get(tuple(getattr(row, f) for f in key.fields))
            if twin is not None and row.pk not in twins:
                twins[row.pk] = twin.pk
                if any(getattr(row, f) != getattr(twin, f) for f in MUST_AGREE.get(table.label, ())):
                    problems.append(_contradiction(row, twin))
    return twins, problems


def _contradiction(row: Any, twin: Any) -> Problem:
    said = (
        f"Hai hồ sơ cùng có {noun(row._meta.label)} nhưng ghi khác nhau: hồ sơ giữ lại ghi {described(twin)}, "
        f"hồ sơ kia ghi {described(row)}. Đính chính hoặc hủy bên ghi sai trước khi gộp."
    )
    return Problem("", said)


def _lonely(table: Table, lost: Sequence[Any], move: Move) -> Iterable[Problem]:
    """A row that both have stands once; what hangs on the other's may go only if the kept one's has the like."""
    for row in lost:
        for column, label in table.parents:
            twin = move.places.get((label, getattr(row, column)))
            if twin is not None and not standing(table, column, [twin]):
                yield Problem(
                    "",
                    f"Cả hai hồ sơ đều có {noun(label)}, nhưng chỉ bên gộp vào đã có việc ghi tiếp ở đó. "
                    "Hủy dòng của một trong hai người ở trang đó trước khi gộp.",
                )
                return


def standing_merge(merge: PersonMerge) -> PersonMerge:
    """The merge as it stands now. Raises `Conflict` when it was taken apart meanwhile."""
    found = current(PersonMerge.objects.filter(pk=merge.pk)).select_related("kept", "gone").first()
    if found is None:
        raise Conflict("Lần gộp này đã được tách ra. Mở lại trang để xem hiện trạng.")
    return found
