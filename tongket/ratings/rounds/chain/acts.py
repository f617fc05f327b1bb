"""The links of the chain: recorded one by one or for thousands at once, corrected, voided, the last saving undone."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from tongket.audit import records
from tongket.audit.acts import Act, act
from tongket.core.problems import Problem, Refused, refuse_if_any
from tongket.core.text import tidy
from tongket.members.models import Member
from tongket.organisations.models import Organisation
from tongket.ratings.rounds.carrying import void_rows
from tongket.ratings.rounds.chain.rules import key_of, known_of, standing_steps, step_rules, taken
from tongket.ratings.rounds.drafts import StepDraft
from tongket.ratings.rounds.models import RatingCandidate, RatingRound, RatingStep

_COMPARED = tuple(f.name for f in fields(StepDraft) if f.name != "candidate")


def _keys(row: RatingStep) -> dict[str, Any]:
    # Keys only: of whom, which stage. The level is in the record, not in the ledger.
    return {"candidate": row.candidate_id, "stage": row.stage}


def _may_void(row: RatingStep) -> list[Problem]:
    found = known_of([row.candidate])[row.candidate_id]
    if not found.decided:
        return []
    return [
        Problem(
            "",
            "Đợt này đã quyết định, các bước không sửa được nữa. Nếu kết quả sai, hãy đính chính kết quả xếp loại.",
        )
    ]


STEP = records.RecordKind("rating_step", RatingStep, step_rules, _keys, may_void=_may_void)


def on_list(round: RatingRound, subjects: Sequence[Member | Organisation]) -> list[RatingCandidate]:
    """The candidate of each of these members (or organisations), in their order.

    Raises `Refused` naming the row of each who is not on the round's list: who is not on it cannot be rated.
    """
    column = "member_id" if round.subject == "members" else "organisation_id"
    found: dict[int, RatingCandidate] = {}
    for ids in records.chunks(one.pk for one in subjects):
        rows = records.current(RatingCandidate.objects.filter(round=round, **{f"{column}__in": ids}))
        found |= {getattr(row, column): row for row in rows.select_related("member", "organisation")}
    kind: Any = Member if round.subject == "members" else Organisation
    refuse_if_any(
        Problem(
            "candidate",
            f"{one} không có trong danh sách đợt xếp loại này nên không ghi đánh giá được. "
            "Hãy đọc lại danh sách theo sổ, hoặc thêm vào danh sách kèm lý do.",
            index=index,
        )
        for index, one in enumerate(subjects)
        if not isinstance(one, kind) or one.pk not in found
    )
    return [found[one.pk] for one in subjects]


def check_steps(drafts: Sequence[StepDraft], *, replacing: bool = False) -> list[Problem]:
    """Everything wrong or doubtful about a batch of steps, in the order of its rows; writes nothing."""
    found = records.check(STEP, drafts)
    if not replacing:
        found += taken(drafts, standing_steps(drafts))
    return sorted(found, key=lambda problem: problem.index)


def take_steps(
    drafts: Sequence[StepDraft], *, act: Act, replacing: str = "", origins: Sequence[str] | None = None
) -> list[RatingStep]:
    """Record steps of the chain inside an open act, thousands at once in few queries. Raises `Refused` with all errors.

    Without `replacing`, a stage that a candidate has already is refused. With it (the reason of the change), such a
    step is voided and the new one takes its place; one that reads the same is left alone. Returns the new rows.
    """
    standing = standing_steps(drafts)
    kept = list(range(len(drafts)))
    if replacing:
        kept = [n for n, draft in enumerate(drafts) if not _same(draft, standing.get(key_of(draft)))]
        old = [standing[key_of(drafts[n])].pk for n in kept if key_of(drafts[n]) in standing]
        void_rows(RatingStep, old, tidy(replacing), act=act)
    else:
        # The rules are asked first, so that both kinds of finding come together.
        refuse_if_any([*taken(drafts, standing), *records.check(STEP, drafts)] if standing else ())
    try:
        return records.add(
            STEP, [drafts[n] for n in kept], act=act, origins=[origins[n] for n in kept] if origins else None
        )
    except Refused as refused:
        raise Refused([problem.at(kept[problem.index]) for problem in refused.problems]) from None


def _same(draft: StepDraft, row: RatingStep | None) -> bool:
    return row is not None and all(getattr(draft, name) == getattr(row, name) for name in _COMPARED)


def take_step(draft: StepDraft, *, by: Any, origin: str = "form") -> RatingStep:
    """Record one step. Raises `Refused`."""
    return save_steps([draft], by=by, origin=origin)[0]


def save_steps(
    drafts: Sequence[StepDraft], *, by: Any, origin: str = "form", replacing: str = ""
) -> list[RatingStep]:
    """Record steps as an act of its own: what one page saves at once. Raises `Refused`; then nothing is written."""
    books = drafts[0].candidate.organisation if len(drafts) == 1 else None
    with act("rating_step.add", by=by, origin=origin, organisation=books) as current_act:
        rows = take_steps(drafts, act=current_act, replacing=replacing)
        if len(rows) == 1:
            current_act.about(rows[0])
            current_act.note(**_keys(rows[0]))
        else:
            current_act.note(steps=len(rows), rounds=sorted({d.candidate.round_id for d in drafts}))
    return rows


def void_step(step: RatingStep, *, reason: str, by: Any) -> RatingStep:
    """Void a step recorded wrongly, with the reason. Raises `Refused` (no reason, a decided round), `Conflict`."""
    return records.void(STEP, step, reason=reason, by=by)


def correct_step(step: RatingStep, draft: StepDraft, *, reason: str, by: Any) -> RatingStep:
    """Put the right step in the place of a wrong one, with the reason. Raises `Refused`, `Conflict`."""
    refuse_if_any(_may_void(step))
    return records.correct(STEP, step, replace(draft, candidate=step.candidate), reason=reason, by=by)
