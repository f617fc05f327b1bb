"""Deciding a round: every level becomes a rating and the round is closed; a wrong decision is voided whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tongket.audit import records
from tongket.audit.acts import Act, act
from tongket.audit.draft_fields import check_fields
from tongket.core.codelists import RATING_LEVEL
from tongket.core.problems import Problem, Refused, Severity, refuse_if_any
from tongket.core.text import tidy
from tongket.members.models import Member
from tongket.organisations.models import Organisation
from tongket.ratings.acts import add_member_ratings, add_organisation_ratings
from tongket.ratings.drafts import MemberRatingDraft, OrganisationRatingDraft
from tongket.ratings.models import MemberRating, OrganisationRating
from tongket.ratings.rounds.carrying import void_rows
from tongket.ratings.rounds.drafts import DecisionDraft
from tongket.ratings.rounds.models import RatingRound, RoundDecision
from tongket.ratings.rounds.queries import CandidateState, decision_of, standing_of
from tongket.ratings.rounds.regulation import cited
from tongket.ratings.rounds.rules import refuse_if_decided

_REASON = 300
_NAMED = 10  # how many names a message holds before it only counts


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a round would decide now: each with a level, by the stage it comes from; who has none; who is left aside."""

    states: tuple[CandidateState, ...]

    @property
    def missing(self) -> list[CandidateState]:
        """Those to be rated for whom no vote, appraisal or decision says a level."""
        return [state for state in self.states if not state.level]

    @property
    def aside(self) -> list[CandidateState]:
        """Those on the list without being rated."""
        return [state for state in self.states if state.excluded]

    def from_stage(self, stage: str) -> list[CandidateState]:
        """Those whose level comes from a stage."""
        return [state for state in self.states if state.level_from == stage]

    @property
    def special_cases(self) -> list[CandidateState]:
        """Those marked as a special case, or for whom an automatic check was set aside."""
        return [state for state in self.states if state.special or state.overrides]

    @property
    def by_level(self) -> list[tuple[str, str, int]]:
        """How many of each level: (code, name, number), "not_rated" last."""
        return [
            (code, name, sum(1 for state in self.states if state.level == code))
            for code, name in RATING_LEVEL.choices
        ]

    @property
    def adds_up(self) -> bool:
        """Whether rated, not rated and missing make the whole list."""
        return sum(n for _, _, n in self.by_level) + len(self.missing) == len(self.states)


def readiness_of(round: RatingRound) -> Readiness:
    """How a round stands before its decision."""
    return Readiness(tuple(standing_of(round)))


def check_decision(draft: DecisionDraft, ready: Readiness) -> list[Problem]:
    """What stands in the way of the decision: no number, day or body, everybody who has no level yet, and more rated
    excellent than the cap allows without a written reason."""
    found = check_fields(RoundDecision, draft)
    for name, text in (
        ("decision_number", "số quyết định"),
        ("decision_date", "ngày quyết định"),
        ("decision_body", "cơ quan quyết định"),
    ):
        if not getattr(draft, name):
            found.append(Problem(name, f"Chưa có {text}. Hãy nhập."))
    found += _over_the_cap(draft)
    missing = ready.missing
    if missing:
        names = ", ".join(state.name for state in missing[:_NAMED])
        more = f" và {len(missing) - _NAMED} trường hợp khác" if len(missing) > _NAMED else ""
        found.append(
            Problem(
                "",
                f"Còn {len(missing)} trường hợp chưa có mức (chưa biểu quyết, thẩm định, quyết định): {names}{more}. "
                "Hãy ghi các bước còn thiếu, hoặc để ngoài diện đánh giá kèm lý do.",
            )
        )
    votes = len(ready.from_stage("vote"))
    if votes:
        found.append(
            Problem(
                "",
                f"{votes} trường hợp lấy mức theo biểu quyết vì chưa có thẩm định, quyết định riêng. Hãy kiểm tra lại.",
                "warning",
            )
        )
    return found


def over_pools(verdict: Mapping[str, Any]) -> int:
    """In how many pools a verdict says too many excellent, by the reading that decides."""
    return int(verdict.get("pools_over", {}).get(verdict.get("base"), 0))


def _over_the_cap(draft: DecisionDraft) -> list[Problem]:
    """The cap never blocks, but going over it is answered in writing; a cap not read in the official text only asks."""
    pools, said = over_pools(draft.verdict), tidy(draft.over_reason)
    if len(said) > _REASON:
        return [Problem("over_reason", f"Lý do dài quá {_REASON} ký tự ({len(said)}). Hãy viết ngắn lại.")]
    if not pools or said:
        return []
    marks = {rule["id"]: rule["mark"] for rule in draft.verdict.get("rules", ())}
    severity: Severity = "error" if marks.get("rate.cap.percent") == "C" else "warning"
    return [
        Problem(
            "over_reason",
            f"Số hoàn thành xuất sắc vượt mức tối đa ở {pools} phạm vi. Hãy ghi vì sao vẫn quyết định, "
            "hoặc xem lại mức ở trang Tỷ lệ xuất sắc.",
            severity,
        )
    ]


def decide_round(draft: DecisionDraft, *, by: Any, origin: str = "form") -> RoundDecision:
    """Decide a round: write each one's level as a rating, keep what the caps said and which rules were used, close it.

    The level of each is that of the decision step, else of the appraisal, else of the vote; who is on the list
    without being rated gets "not rated" with the reason. Raises `Refused` with everything in the way: who has no
    level, who has been rated for the period otherwise, a member no longer of the cell.
    """
    with act(
        "rating_round.decide", by=by, origin=origin, organisation=draft.round.organisation
    ) as current_act:
        refuse_if_decided(draft.round)
        ready = readiness_of(draft.round)
        refuse_if_any(check_decision(draft, ready))
        try:
            _write(draft, ready.states, act=current_act)
        except Refused as refused:
            raise Refused(_named(refused, ready.states)) from None
        decision = RoundDecision.objects.create(
            round=draft.round,
            decision_number=tidy(draft.decision_number),
            decision_date=draft.decision_date,
            decision_body=tidy(draft.decision_body),
            verdict=_kept(draft),
            rules=cited(draft.round.subject, draft.round.period_end),
            **current_act.stamp(),
        )
        current_act.about(decision)
        current_act.note(
            period=draft.round.period,
            subject=draft.round.subject,
            listed=len(ready.states),
            aside=len(ready.aside),
            overrides=sum(len(state.overrides) for state in ready.states),
            specials=sum(1 for state in ready.states if state.special),
        )
    return decision


def _kept(draft: DecisionDraft) -> dict[str, Any]:
    """What the caps said, with the reason for going over them where one was written."""
    said = tidy(draft.over_reason)
    return {**draft.verdict, **({"over_reason": said} if said else {})}


def _write(draft: DecisionDraft, states: Sequence[CandidateState], *, act: Act) -> None:
    bodies = Organisation.objects.in_bulk({state.organisation_id for state in states})
    common: dict[str, Any] = {
        "period": draft.round.period,
        "decision_number": draft.decision_number,
        "decision_date": draft.decision_date,
        "decision_body": draft.decision_body,
    }
    if draft.round.subject == "organisations":
        add_organisation_ratings(
            [
                OrganisationRatingDraft(bodies[s.organisation_id], level=s.level, reason=s.reason, **common)
                for s in states
            ],
            act=act,
        )
        return
    members: dict[int, Member] = {}
    for ids in records.chunks(state.member_id for state in states):
        members |= Member.objects.in_bulk(ids)
    add_member_ratings(
        [
            MemberRatingDraft(
                members[s.member_id], bodies[s.organisation_id], level=s.level, reason=s.reason, **common
            )
            for s in states
            if s.member_id is not None
        ],
        act=act,
    )


def _named(refused: Refused, states: Sequence[CandidateState]) -> list[Problem]:
    """The findings of the ratings with the name of whom each is about; a finding about the paper only once."""
    found: dict[tuple[str, str], Problem] = {}
    for problem in refused.problems:
        of_paper = problem.field.startswith("decision_")
        said = problem.message if of_paper else f"{states[problem.index].name}: {problem.message}"
        known = replace(problem, field=problem.field if of_paper else "", message=said, index=0)
        found.setdefault((known.field, said), known)
    return list(found.values())


def ratings_of(round: RatingRound) -> Any:
    """All rows, standing and voided, of ratings for the round's period of those on its list."""
    listed = records.current(round.candidates.all())
    if round.subject == "members":
        return MemberRating.objects.filter(period=round.period, member__in=listed.values("member"))
    return OrganisationRating.objects.filter(
        period=round.period, organisation__in=listed.values("organisation")
    )


def void_decision(decision: RoundDecision, *, reason: str, by: Any) -> int:
    """Void a decision with all ratings it wrote, also those corrected since; the round is open again. Returns how many.

    Raises `Refused`: no reason, or the round above that this one belongs to has been decided.
    """
    text = records.written_reason(reason)
    round = decision.round
    with act("rating_round.reopen", by=by, organisation=round.organisation, subject=decision) as current_act:
        standing = decision_of(round)
        if standing is None or standing.pk != decision.pk:
            raise Refused([Problem("", records.GONE)])
        above = decision_of(round.parent) if round.parent else None
        if above is not None:
            raise Refused(
                [
                    Problem(
                        "reason",
                        f"Cấp trên đã quyết định đợt của mình (số {above.decision_number}) dựa trên kết quả này. "
                        "Hãy đính chính từng kết quả, hoặc đề nghị cấp trên hủy quyết định trước.",
                    )
                ]
            )
        rows = list(records.current(ratings_of(round)).values_list("pk", flat=True))
        model = MemberRating if round.subject == "members" else OrganisationRating
        void_rows(model, rows, text, act=current_act)
        current_act.void(standing, text)
        current_act.note(ratings=len(rows), period=round.period)
    return len(rows)
