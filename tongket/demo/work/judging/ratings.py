"""The rating rounds: of 2023 through all their steps to the decision, and one of the present year on its way."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tongket.audit.records import current
from tongket.core.dates import today
from tongket.core.problems import Refused
from tongket.demo.draw.plain import END
from tongket.demo.planning import count_the_tables
from tongket.demo.work.judging.people import ORIGIN, Cast
from tongket.ratings.acts import correct_member_rating
from tongket.ratings.checks.acts import override_check
from tongket.ratings.checks.queries import checked
from tongket.ratings.drafts import MemberRatingDraft
from tongket.ratings.models import MemberRating
from tongket.ratings.quota.acts import mark_special
from tongket.ratings.quota.queries import verdict_of
from tongket.ratings.rounds.acts import open_round, open_rounds_below
from tongket.ratings.rounds.chain.acts import save_steps
from tongket.ratings.rounds.deciding.acts import decide_round, over_pools, readiness_of
from tongket.ratings.rounds.drafts import DecisionDraft, RoundDraft, StepDraft
from tongket.ratings.rounds.lists import candidates_of
from tongket.ratings.rounds.models import RatingCandidate, RatingRound

_LEVELS = ("excellent", "good", "completed", "failed")
_YEAR = str(END.year)
_SELF, _VOTE, _OPINION = date(2023, 11, 22), date(2023, 12, 4), date(2023, 12, 11)
_APPRAISAL, _DECIDED, _MEMBERS_DECIDED = date(2023, 12, 18), date(2023, 12, 22), date(2023, 12, 8)
_OPINIONS = ("Ủy ban Kiểm tra Huyện ủy", "Ban Tuyên giáo Huyện ủy", "Ủy ban MTTQ Việt Nam huyện")
#: In these the members' chain is complete with opinions, appraisal and decision; elsewhere self-rating and vote.
_FULL = ("QS.03", "QS.07", "QS.22")
_SPECIAL = "Đơn vị dẫn đầu cụm thi đua, hoàn thành toàn bộ chỉ tiêu cấp trên giao; Ban Thường vụ thống nhất xét riêng."
_ASIDE = (
    "Việc chậm hạn do thiên tai, đã được Huyện ủy cho lùi thời gian bằng văn bản.",
    "Đã đối chiếu hồ sơ: đơn vị báo cáo đúng hạn bằng văn bản giấy, ghi vào hệ thống sau.",
    "Việc chậm thuộc phần phối hợp của cơ quan khác, đơn vị đã làm xong phần mình đúng hạn.",
)
_OVER = "Trong mức nếu tính chung toàn đảng bộ; nhóm có ít đơn vị, Ban Thường vụ đã thảo luận và thống nhất giữ nguyên."
_SLIP = "Nhập nhầm mức khi ghi biểu tổng hợp của chi bộ; đính chính theo biên bản họp chi bộ."


def rate_the_year(cast: Cast) -> None:
    """The organisations and all members of 2023, from the self-rating to the decision, and one slip corrected."""
    board = cast.user("to-chuc")
    above = open_round(
        RoundDraft(
            cast.root, "organisations", _YEAR, date(2023, 11, 6),
            self_by=date(2023, 11, 25), vote_by=date(2023, 12, 6), appraise_by=date(2023, 12, 20),
            decide_by=date(2023, 12, 25), note="Theo hướng dẫn kiểm điểm, đánh giá, xếp loại cuối năm",
        ),
        by=board, origin=ORIGIN,
    )  # fmt: skip
    opened = open_rounds_below(above, by=board, origin=ORIGIN)
    count_the_tables()
    _rate_members(cast, opened.rounds)
    _rate_bodies(cast, above)
    _correct_the_slip(cast)


# --- members ----------------------------------------------------------------------------------------------


def _rate_members(cast: Cast, rounds: Sequence[RatingRound]) -> None:
    rng = cast.chance("members rated")
    levels = _drawn(cast, "Xếp loại đảng viên", "member")
    listed = {round.pk: candidates_of(round) for round in rounds}
    slip = _whose_slip(cast, levels)
    steps = [
        step
        for round in rounds
        for step in _members_steps(round, listed[round.pk], levels | slip, rng)
    ]  # fmt: skip
    save_steps(steps, by=cast.user("to-chuc"), origin=ORIGIN)
    count_the_tables()
    for number, round in enumerate(rounds, start=1):
        code = round.organisation.code
        body = "Đảng ủy" if round.organisation.kind == "grassroots_body" else "Chi ủy"
        draft = DecisionDraft(
            round, f"{40 + number}-QĐ/{'ĐU' if body == 'Đảng ủy' else 'CB'}", _MEMBERS_DECIDED, body
        )
        draft = _with_verdict(draft) if code in _FULL else draft
        decide_round(draft, by=cast.user(cast.below(code)), origin=ORIGIN)


def _with_verdict(draft: DecisionDraft) -> DecisionDraft:
    """The decision with what the caps say, and why it stands where there are more excellent than they allow."""
    verdict = verdict_of(draft.round, readiness_of(draft.round).states)
    return replace(draft, verdict=verdict, over_reason=_OVER if over_pools(verdict) else "")


def _drawn(cast: Cast, sheet: str, key: str) -> dict[str, str]:
    return {row[key]: row["level"] for row in cast.drawn.set_apart[sheet]}


def _whose_slip(cast: Cast, levels: dict[str, str]) -> dict[str, str]:
    """One of the commune with accounts of its own whose level was entered wrongly at first."""
    rows = cast.drawn.set_apart["Xếp loại đảng viên"]
    code = next(
        row["member"]
        for row in rows
        if row["organisation"].startswith("QS.03") and row["level"] == "completed"
    )
    return {code: "good"}


def _members_steps(
    round: RatingRound, listed: Sequence[RatingCandidate], levels: dict[str, str], rng: Random
) -> Iterator[StepDraft]:
    full = round.organisation.code in _FULL
    bases = Counter(one.organisation_id for one in listed if not one.reason)
    for one in listed:
        if one.reason or one.member is None:
            continue
        level = levels[one.member.code]
        hopeful = level == "good" and rng.random() < 0.06
        yield StepDraft(
            one, "self", _SELF - timedelta(days=rng.randint(0, 6)), "excellent" if hopeful else level
        )
        yield _vote(one, _VOTE - timedelta(days=rng.randint(0, 3)), level, bases[one.organisation_id], rng)
        if full:
            yield StepDraft(one, "appraisal", _MEMBERS_DECIDED - timedelta(days=1), level)
            yield StepDraft(one, "decision", _MEMBERS_DECIDED, level)


def _vote(one: RatingCandidate, on: date, level: str, base: int, rng: Random) -> StepDraft:
    """The level got more than half of all who were entitled; the rest is spread over the levels beside it."""
    away = rng.randint(0, max(0, base // 10))
    other = rng.randint(0, max(0, (base - away - 1) // 4))
    place = _LEVELS.index(level)
    counts = dict.fromkeys(_LEVELS, 0)
    counts[level] = base - away - other
    counts[_LEVELS[place - 1 if place else 1]] = other
    return StepDraft(
        one, "vote", on, level, base=base, excellent=counts["excellent"], good=counts["good"],
        completed=counts["completed"], failed=counts["failed"],
    )  # fmt: skip


def _correct_the_slip(cast: Cast) -> None:
    [code] = _whose_slip(cast, {})
    row = current(MemberRating.objects.filter(member__code=code, period=_YEAR)).select_related(
        "member", "organisation"
    ).get()  # fmt: skip
    draft = MemberRatingDraft(
        row.member, row.organisation, _YEAR, "completed",
        decision_number=row.decision_number, decision_date=row.decision_date, decision_body=row.decision_body,
    )  # fmt: skip
    correct_member_rating(row, draft, reason=_SLIP, by=cast.user(cast.below("QS.03")))


# --- organisations ----------------------------------------------------------------------------------------


def _rate_bodies(cast: Cast, round: RatingRound) -> None:
    rng, board = cast.chance("bodies rated"), cast.user("to-chuc")
    levels = _drawn(cast, "Xếp loại tổ chức", "organisation")
    listed = candidates_of(round)
    steps = [step for one in listed for step in _body_steps(one, levels[one.organisation.code], rng)]
    save_steps(steps, by=board, origin=ORIGIN)
    row = cast.drawn.set_apart["Xếp loại tổ chức"][0]
    draft = DecisionDraft(round, row["decision_number"], _DECIDED, "Ban Thường vụ Huyện ủy")
    draft = _with_verdict(draft)
    decide_round(draft, by=board, origin=ORIGIN)


def _body_steps(one: RatingCandidate, level: str, rng: Random) -> Iterator[StepDraft]:
    hopeful = level == "good" and rng.random() < 0.2
    base = rng.randint(11, 19) if one.organisation.kind == "grassroots_body" else rng.randint(9, 30)
    yield StepDraft(one, "self", _SELF - timedelta(days=rng.randint(0, 8)), "excellent" if hopeful else level)
    yield _vote(one, _VOTE - timedelta(days=rng.randint(0, 4)), level, base, rng)
    for body in _OPINIONS if level == "excellent" else _OPINIONS[:1]:
        yield StepDraft(one, "opinion", _OPINION + timedelta(days=rng.randint(0, 3)), level, body=body)
    yield StepDraft(one, "appraisal", _APPRAISAL, level)
    yield StepDraft(one, "decision", _DECIDED, level)


def _set_checks_aside(cast: Cast, round: RatingRound, listed: Sequence[RatingCandidate]) -> None:
    """Some findings looked at and answered in writing; the others stand open, as they do in an office."""
    inspector = cast.user("kiem-tra")
    by_pk = {one.pk: one for one in listed}
    found = [one.key for one in checked(round, inspector).open if one.tasks]
    for (candidate, check), reason in zip(dict.fromkeys(found), _ASIDE, strict=False):
        override_check(by_pk[candidate], check, reason=reason, by=inspector)


# --- the present year -------------------------------------------------------------------------------------


def rate_at_present(cast: Cast) -> None:
    """A round of the running year: self-ratings mostly in, some late, votes begun; members of one commune beside."""
    day = today()
    year = date(day.year, 1, 1)
    opened = max(year, day - timedelta(days=24))
    board = cast.user("to-chuc")
    draft = RoundDraft(
        cast.root, "organisations", str(day.year), opened,
        self_by=max(opened, day - timedelta(days=4)), vote_by=day + timedelta(days=8),
        appraise_by=day + timedelta(days=18), decide_by=day + timedelta(days=25),
    )  # fmt: skip
    try:
        above = open_round(draft, by=board, origin=ORIGIN)
    except Refused:
        return  # the year 2023 has its round
    rng = cast.chance("present round")
    begun = list(_begun(candidates_of(above), draft, rng, 0.8, 0.3))
    save_steps(begun, by=board, origin=ORIGIN)
    # None in 2023: the account of that year is exactly full on the wide reading of the cap, over it on the strict one.
    best = next(step.candidate for step in begun if step.stage == "vote" and step.level == "excellent")
    mark_special(best, reason=_SPECIAL, by=board)
    commune = replace(draft, organisation=cast.organisations["QS.03"], subject="members", parent=above)
    below = open_round(commune, by=cast.user(cast.below("QS.03")), origin=ORIGIN)
    steps = list(_begun(candidates_of(below), draft, rng, 0.85, 0.35))
    save_steps(steps, by=cast.user(cast.below("QS.03")), origin=ORIGIN)
    _set_checks_aside(cast, above, candidates_of(above))


def _begun(
    listed: Sequence[RatingCandidate], plan: RoundDraft, rng: Random, rated: float, voted: float
) -> Iterator[StepDraft]:
    """The first steps, body by body or cell by cell: who has not rated itself by the plan's day is late."""
    assert plan.self_by is not None  # noqa: S101  # nosec B101  # set by the caller
    day = today()
    bases = Counter(one.organisation_id for one in listed if not one.reason)
    draws = {pk: rng.random() for pk in sorted(bases)}
    for one in listed:
        draw = draws.get(one.organisation_id, 1.0)
        if one.reason or draw >= rated:
            continue
        level = rng.choices(_LEVELS[:3], (22, 74, 4))[0]
        yield StepDraft(
            one, "self", max(plan.opened_on, plan.self_by - timedelta(days=rng.randint(0, 9))), level
        )
        if draw < voted:
            base = bases[one.organisation_id] if one.member_id else rng.randint(9, 21)
            yield _vote(one, min(day, plan.self_by + timedelta(days=rng.randint(1, 4))), level, base, rng)
