"""What must hold of the links of a chain; each function judges a batch of any size in a few queries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from tongket.audit.records import Numbered, check_past, chunks, current, repeated
from tongket.core.codelists import NOT_RATED_REASON, RATING_LEVEL
from tongket.core.dates import format_date
from tongket.core.judging import RATING_STAGE
from tongket.core.numbers import format_number
from tongket.core.periods import parse_period
from tongket.core.problems import Problem
from tongket.ratings.rounds import regulation
from tongket.ratings.rounds.drafts import StepDraft
from tongket.ratings.rounds.models import RatingCandidate, RatingStep, RoundDecision
from tongket.ratings.rounds.queries import STAGES

_start = cache(lambda period: parse_period(period).start)


@dataclass(frozen=True, slots=True)
class Known:
    """What the database says now of a candidate: standing or not, why aside, its round, its steps by stage."""

    name: str
    standing: bool
    reason: str
    subject: str
    period: str
    period_end: date
    round_pk: int
    decided: bool
    steps: Mapping[str, date] = field(default_factory=dict)


def known_of(candidates: Iterable[RatingCandidate]) -> dict[int, Known]:
    """What is known of these candidates, in three queries a few thousand."""
    found: dict[int, Known] = {}
    for ids in chunks(row.pk for row in candidates):
        steps: dict[int, dict[str, date]] = {}
        rows = current(RatingStep.objects.filter(candidate__in=ids)).order_by("recorded_at", "pk")
        for candidate, stage, on in rows.values_list("candidate_id", "stage", "on"):
            steps.setdefault(candidate, {})[stage] = on
        rows_of = RatingCandidate.objects.filter(pk__in=ids).values_list(
            "pk",
            "member__full_name",
            "organisation__name",
            "voided_at",
            "reason",
            "round__subject",
            "round__period",
            "round__period_end",
            "round_id",
        )
        listed = list(rows_of)
        closed = set(
            current(RoundDecision.objects.filter(round__in={row[-1] for row in listed})).values_list(
                "round_id", flat=True
            )
        )
        for pk, member, body, voided, reason, subject, period, end, round_pk in listed:
            found[pk] = Known(
                member or body,
                voided is None,
                reason,
                subject,
                period,
                end,
                round_pk,
                round_pk in closed,
                steps.get(pk, {}),
            )
    return found


def step_rules(drafts: Numbered[StepDraft]) -> Iterator[Problem]:
    """On an open list, of a level of the day, votes within their base, an opinion of a named body; order and score."""
    known = known_of(draft.candidate for _, draft in drafts)
    # What the same batch brings counts as there: a cell enters self-rating and vote in one go.
    with_batch = _together(drafts, known)
    for index, draft in drafts:
        one = known.get(draft.candidate.pk)
        wrong = _not_open(one)
        if one is None or wrong:
            yield Problem("candidate", wrong, index=index)
            continue
        yield from _level(draft, one, index)
        yield from _votes(draft, one.name, index)
        yield from _body(draft, index)
        yield from _dates(draft, one, with_batch[draft.candidate.pk], index)
    named = [(i, (d.candidate.pk, d.stage, _body_key(d))) for i, d in drafts]
    for index, (pk, stage, _) in repeated(named, lambda key: key):
        who = known[pk].name if pk in known else ""
        yield Problem(
            "stage",
            f"{who}: bước “{RATING_STAGE.label(stage).lower()}” ghi hai lần trong danh sách. Hãy bỏ một dòng.",
            index=index,
        )


def _body_key(draft: StepDraft) -> str:
    """Only opinions may be several of one stage: one of each body."""
    return draft.body.strip().casefold() if draft.stage == "opinion" else ""


def _together(drafts: Numbered[StepDraft], known: Mapping[int, Known]) -> dict[int, dict[str, date]]:
    steps = {pk: dict(one.steps) for pk, one in known.items()}
    for _, draft in drafts:
        steps.setdefault(draft.candidate.pk, {}).setdefault(draft.stage, draft.on)
    return steps


def _not_open(one: Known | None) -> str:
    if one is None or not one.standing:
        name = one.name if one else "Người này"
        return (
            f"{name} không (không còn) trong danh sách của đợt nên không ghi đánh giá được. "
            "Hãy đọc lại danh sách theo sổ, hoặc thêm vào danh sách kèm lý do."
        )
    if one.decided:
        return (
            f"{one.name}: đợt này đã quyết định, không ghi thêm bước được nữa. "
            "Nếu kết quả sai, hãy đính chính kết quả xếp loại kèm lý do."
        )
    if one.reason:
        return (
            f"{one.name} đang để ngoài diện đánh giá ({NOT_RATED_REASON.label(one.reason).lower()}). "
            "Nếu vẫn đánh giá, hãy đưa vào diện đánh giá kèm lý do trước."
        )
    return ""


def _level(draft: StepDraft, one: Known, index: int) -> Iterator[Problem]:
    named = regulation.levels(one.subject, one.period_end)
    if draft.level not in named:
        yield Problem(
            "level",
            f"{one.name}: mức “{draft.level}” không có trong quy định của {one.period}. "
            f"Hãy chọn một trong: {', '.join(named.values())}.",
            index=index,
        )
        return
    if draft.score is None:
        return
    if not 0 <= draft.score <= 100:
        yield Problem(
            "score", f"{one.name}: điểm {draft.score} ngoài thang 100. Hãy ghi từ 0 đến 100.", index=index
        )
        return
    by_score = regulation.level_of_score(draft.score, one.period_end)
    if by_score and by_score != draft.level:
        yield Problem(
            "level",
            f"{one.name}: {format_number(draft.score)} điểm ứng với mức “{named[by_score].lower()}”, "
            f"không phải “{named[draft.level].lower()}”. Hãy kiểm tra điểm và mức.",
            "warning",
            index,
        )


def _votes(draft: StepDraft, name: str, index: int) -> Iterator[Problem]:
    given = [count for count in draft.counts if count is not None]
    if draft.base is None:
        if given:
            yield Problem(
                "base",
                f"{name}: có số phiếu nhưng chưa có số người có quyền biểu quyết. "
                "Hãy ghi số đảng viên chính thức được triệu tập, kể cả người vắng.",
                index=index,
            )
        return
    if not given:
        yield Problem(
            "excellent",
            f"{name}: có số người biểu quyết nhưng chưa ghi số phiếu từng mức. Hãy ghi số phiếu.",
            index=index,
        )
        return
    if sum(given) > draft.base:
        yield Problem(
            "base",
            f"{name}: tổng số phiếu {format_number(sum(given))} nhiều hơn số người có quyền biểu quyết "
            f"{format_number(draft.base)}. Hãy đếm lại phiếu hoặc sửa số người.",
            index=index,
        )
        return
    own = {"excellent": 0, "good": 1, "completed": 2, "failed": 3}.get(draft.level)
    votes = draft.counts[own] if own is not None else None
    if votes is not None and votes * 2 <= draft.base:
        yield Problem(
            "level",
            f"{name}: mức “{RATING_LEVEL.label(draft.level).lower()}” được {format_number(votes)} phiếu trên "
            f"{format_number(draft.base)} người có quyền biểu quyết, chưa quá nửa. Hãy kiểm tra lại.",
            "warning",
            index,
        )


def _body(draft: StepDraft, index: int) -> Iterator[Problem]:
    if draft.stage == "opinion" and not draft.body.strip():
        yield Problem(
            "body",
            "Chưa ghi cơ quan, tổ chức cho ý kiến. Hãy ghi tên tổ chức, không ghi tên người.",
            index=index,
        )


def _dates(draft: StepDraft, one: Known, steps: Mapping[str, date], index: int) -> Iterator[Problem]:
    yield from check_past(draft.on, "on", "Ngày", index)
    start = _start(one.period)
    if draft.on < start:
        yield Problem(
            "on",
            f"{one.name}: ngày {format_date(draft.on)} trước khi kỳ bắt đầu ({format_date(start)}). Hãy sửa ngày.",
            index=index,
        )
    place = STAGES.index(draft.stage)
    before = [stage for stage in regulation.step_order(one.period_end) if STAGES.index(stage) < place]
    missing = [stage for stage in before if stage not in steps]
    if missing:
        names = ", ".join(RATING_STAGE.label(stage).lower() for stage in missing)
        yield Problem(
            "stage",
            f"{one.name}: chưa ghi bước {names} mà quy định nêu trước bước "
            f"{RATING_STAGE.label(draft.stage).lower()}. Hãy kiểm tra, ghi bổ sung nếu có.",
            "warning",
            index,
        )
    later = [s for s in STAGES[:place] if s in steps and steps[s] > draft.on]
    if later:
        yield Problem(
            "on",
            f"{one.name}: ngày {format_date(draft.on)} trước ngày của bước "
            f"{RATING_STAGE.label(later[-1]).lower()} ({format_date(steps[later[-1]])}). Hãy kiểm tra lại ngày.",
            "warning",
            index,
        )


def taken(
    drafts: Sequence[StepDraft], standing: Mapping[tuple[int, str, str], RatingStep]
) -> Iterator[Problem]:
    """A stage that the candidate has already: it is corrected, not entered twice."""
    for index, draft in enumerate(drafts):
        if key_of(draft) in standing:
            who = draft.candidate.member or draft.candidate.organisation
            yield Problem(
                "stage",
                f"{who} đã có bước “{RATING_STAGE.label(draft.stage).lower()}”. "
                "Nếu bước đó sai, hãy đính chính kèm lý do.",
                index=index,
            )


def key_of(step: StepDraft | RatingStep) -> tuple[int, str, str]:
    """Which place of the chain a step takes: the candidate, the stage, and for opinions the body."""
    body = step.body.strip().casefold() if step.stage == "opinion" else ""
    # A draft without a candidate takes no place; the rules of fields refuse it.
    pk = getattr(step.candidate, "pk", 0) if isinstance(step, StepDraft) else step.candidate_id
    return (pk, step.stage, body)


def standing_steps(drafts: Sequence[StepDraft]) -> dict[tuple[int, str, str], RatingStep]:
    """The standing steps at the places that these drafts would take, by place."""
    wanted = {key_of(draft) for draft in drafts if isinstance(draft.candidate, RatingCandidate)}
    found: dict[tuple[int, str, str], RatingStep] = {}
    for ids in chunks(pk for pk, _, _ in wanted):
        for row in current(RatingStep.objects.filter(candidate__in=ids)):
            if key_of(row) in wanted:
                found[key_of(row)] = row
    return found
