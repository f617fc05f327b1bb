"""Badges after 2023: the award day of 3/2/2024 by proposals, the days since as given, the next day as proposed."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from tongket.audit.acts import act
from tongket.core.dates import add_months, today
from tongket.demo.draw.plain import END
from tongket.demo.work.judging.people import ORIGIN, Cast
from tongket.honours.acts import add_badge_awards
from tongket.honours.badging.acts import Paper, award, decide, forward, propose, withdraw
from tongket.honours.badging.models import BadgeProposal
from tongket.honours.badging.reading import DUE, MISSED, Due, due_on
from tongket.honours.badging.rules import Pick
from tongket.honours.drafts import BadgeAwardDraft
from tongket.members.models import Member
from tongket.organisations.models import Organisation
from tongket.rules.badges import award_days, award_round

_FIRST = date(2024, 2, 3)
_PROVINCE = "Ban Thường vụ Tỉnh ủy"
_HALL = "Hội trường Huyện ủy"
_NOT_AGREED = "Hồ sơ chưa thống nhất ngày kết nạp, đề nghị xác minh và trình ở đợt sau."
_WITHDRAWN = "Gia đình đề nghị nhận vào đợt 19/5 để người thân về dự."


def give_badges(cast: Cast) -> None:
    """The first award day after 2023 step by step, then what was given since, so that nobody stands there missed."""
    if today() <= _FIRST:
        return
    _first_day(cast)
    _given_since(cast)


def propose_badges(cast: Cast) -> None:
    """The next award day: most bodies have proposed, some of it has reached the province."""
    day = _next_day(today())
    board = cast.user("to-chuc")
    picks = _picks(cast, [one for one in due_on(cast.root, day) if one.state == DUE and one.ground == "due"])
    rng = cast.chance("next badges")
    chosen = [pick for pick in picks if rng.random() < 0.75]
    if not chosen:
        return
    rows = propose(cast.root, day, chosen, by=board, origin=ORIGIN)
    if len(rows) > 3:
        forward(rows[: len(rows) // 3], by=board)


def _next_day(day: date) -> date:
    return next(one for year in (day.year, day.year + 1) for one in award_days(year) if one > day)


def _picks(cast: Cast, dues: Iterable[Due]) -> list[Pick]:
    by_pk = {one.pk: one for one in cast.members.values()}
    return [
        Pick(by_pk[one.member_id], one.mark, one.ground, gravely_ill=one.ground == "early") for one in dues
    ]


def _first_day(cast: Cast) -> None:
    """Due ones, one early for a grave illness, who died; one withdrawn, one not agreed to by the province."""
    board = cast.user("to-chuc")
    found = due_on(cast.root, _FIRST, early=True)
    due = [one for one in found if one.state == DUE and one.ground == "due"]
    died = [one for one in found if one.state in (DUE, MISSED) and one.ground == "posthumous"][:1]
    taken = {one.member_id for one in (*due, *died)}
    ill = [one for one in found if one.ground == "early" and one.mark >= 40 and one.member_id not in taken][
        :1
    ]
    rows = propose(cast.root, _FIRST, _picks(cast, [*due, *ill, *died]), by=board, origin=ORIGIN)
    withdraw(_late_in(rows), reason=_WITHDRAWN, by=board)
    standing = forward(_standing(_FIRST), by=board)
    refused = {next(one.pk for one in standing if one.ground == "due"): _NOT_AGREED}
    decide(
        standing, Paper("1187-QĐ/TU", date(2024, 1, 15), _PROVINCE), refused=refused, by=board
    )  # fmt: skip
    award([one for one in _standing(_FIRST) if one.state == "approved"], _FIRST, _HALL, by=board)


def _late_in(rows: Sequence[BadgeProposal]) -> BadgeProposal:
    return [row for row in rows if row.ground == "due"][-1]


def _standing(day: date) -> list[BadgeProposal]:
    return list(
        BadgeProposal.objects.filter(
            award_day=day, voided_at__isnull=True, state__in=("proposed", "approved")
        )
    )


def _given_since(cast: Cast) -> None:
    """What was given on the award days after that one, up to today, entered as decided."""
    last = max(one for year in (today().year - 1, today().year) for one in award_days(year) if one <= today())
    if last <= _FIRST:
        return
    dues = [one for one in due_on(cast.root, last) if one.state in (DUE, MISSED) and one.ground == "due"]
    people = Member.objects.in_bulk([one.member_id for one in dues])
    cells = Organisation.objects.in_bulk([one.organisation_id for one in dues])
    drafts = [
        _given(
            people[one.member_id],
            cells[one.organisation_id],
            one.mark,
            max(award_round(one.reached_on), _AFTER),
        )
        for one in dues
        if one.reached_on is not None
    ]
    with act(
        "badge_award.add", by=cast.user("to-chuc"), origin=ORIGIN, organisation=cast.root
    ) as current_act:
        add_badge_awards(drafts, act=current_act)
        current_act.note(count=len(drafts))


#: Who was left out on the first day received the badge on the next one.
_AFTER = date(END.year + 1, 5, 19)


def _given(member: Member, cell: Organisation, mark: int, day: date) -> BadgeAwardDraft:
    return BadgeAwardDraft(
        member, cell, mark, f"{day:%d%m}", day,
        decision_number=f"{1100 + day.month}-QĐ/TU",
        decision_date=add_months(day, -1) + timedelta(days=2), decision_body=_PROVINCE,
    )  # fmt: skip
