"""What happens to proposals of badges: proposed, handed upward, submitted, decided, given, withdrawn.

A step voids the proposal's row and writes the next state with the same identity, so that who did what stays readable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tongket.audit.acts import act
from tongket.audit.records import GONE, check_past, current
from tongket.core.dates import FOREVER, format_date
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import tidy
from tongket.honours.acts import add_badge_awards
from tongket.honours.badging.moving import move_in
from tongket.honours.badging.rules import (
    Pick,
    award_rules,
    proposal_rules,
    read_standing,
    since_delayed,
    state_rules,
)
from tongket.honours.drafts import BadgeAwardDraft
from tongket.honours.models import BadgeDecision, BadgeProposal
from tongket.members.standing import deaths, spell_on, spells_by_member
from tongket.organisations.models import Organisation
from tongket.organisations.queries import ancestors_on
from tongket.rules.badges import award_days
from tongket.rules.catalogue import NoRuleInForce, value

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Paper:
    """The decision's number, day and body, as written on it."""

    number: str
    date: date
    body: str


def check_picks(organisation: Organisation, award_day: date, picks: Sequence[Pick]) -> list[Problem]:
    """Everything wrong or doubtful about proposing these members; writes nothing."""
    return proposal_rules(award_day, picks, read_standing(organisation, award_day, picks))[0]


def propose(
    organisation: Organisation, award_day: date, picks: Sequence[Pick], *, by: Any, origin: str = "form"
) -> list[BadgeProposal]:
    """Propose badges for several members in one act; the proposals stand at `organisation`.

    Raises `Refused` with every error: outside the subtree, not reached, beyond the limit of an early badge, proposed
    already, delayed by a decision of discipline.
    """
    with act("badge_proposal.add", by=by, origin=origin, organisation=organisation) as current_act:
        standing = read_standing(organisation, award_day, picks)
        problems, sound = proposal_rules(award_day, picks, standing)
        refuse_if_any(problems)
        rows = [
            BadgeProposal(
                member=pick.member,
                organisation_id=sound[index].cell_id,
                holder=organisation,
                mark=pick.mark,
                award_day=award_day,
                ground=pick.ground,
                reached_on=sound[index].reached_on,
                state="proposed",
                **current_act.stamp(),
            )
            for index, pick in enumerate(picks)
        ]
        BadgeProposal.objects.bulk_create(rows, batch_size=500)
        current_act.note(count=len(rows), on=award_day, warnings=len(problems))
    return rows


def forward(rows: Sequence[BadgeProposal], *, by: Any) -> list[BadgeProposal]:
    """Hand proposals to the body above; from the top of the register they count as submitted to who decides.

    Raises `Refused` (none chosen, not at this step) and `Conflict` (someone moved one meanwhile).
    """
    with act("badge_proposal.forward", by=by, organisation=_holder(rows)) as current_act:
        standing = _standing(rows)
        refuse_if_any(state_rules(standing, "proposed", "chuyển lên"))
        above: dict[int, Organisation | None] = {}
        changes = []
        for row in standing:
            if row.holder_id not in above:
                chain = ancestors_on(row.holder, row.award_day)
                above[row.holder_id] = chain[-1] if chain else None
            parent = above[row.holder_id]
            changes.append({"holder": parent} if parent else {"state": "sent"})
        moved = move_in(standing, changes, "Chuyển lên cấp trên", current_act)
        current_act.note(count=len(moved), on=standing[0].award_day)
    return moved


def decide(
    rows: Sequence[BadgeProposal], paper: Paper, *, refused: Mapping[int, str], by: Any
) -> BadgeDecision:
    """Record the decision on submitted proposals: all agreed but those in `refused` (proposal pk → reason).

    The province decides (rule `badge.who`), so only proposals submitted by the top of the register can be decided.
    Raises `Refused` (step, paper, a refusal without reason) and `Conflict`.
    """
    with act("badge_proposal.decide", by=by, organisation=_holder(rows)) as current_act:
        standing = _standing(rows)
        problems = list(state_rules(standing, "sent", "ghi quyết định"))
        problems += _paper_problems(paper)
        agreed = [row for row in standing if row.pk not in refused]
        problems += since_delayed(agreed, "Hãy ghi lý do không duyệt, hoặc bỏ chọn và chờ đợt sau.")
        for row in standing:
            if row.pk in refused:
                problems += _reason_problems(refused[row.pk], row.member.full_name, f"reason_{row.pk}")
        if len({row.award_day for row in standing}) > 1:
            problems.append(Problem("proposals", "Các đề nghị thuộc nhiều đợt. Hãy ghi từng đợt một."))
        refuse_if_any(problems)
        decision = BadgeDecision.objects.create(
            organisation=standing[0].holder,
            award_day=standing[0].award_day,
            decision_number=tidy(paper.number),
            decision_date=paper.date,
            decision_body=tidy(paper.body),
            **current_act.stamp(),
        )
        changes = [
            {"state": "refused", "reason": tidy(refused[row.pk])}
            if row.pk in refused
            else {"state": "approved"}
            for row in standing
        ]
        moved = move_in(
            standing, [{**one, "decision": decision} for one in changes], "Có quyết định", current_act
        )
        current_act.about(decision)
        current_act.note(count=len(moved), refused=len(refused), on=standing[0].award_day)
    return decision


def award(rows: Sequence[BadgeProposal], on: date, place: str, *, by: Any) -> list[BadgeProposal]:
    """Record that the decided badges were given on a day at a place; the badges themselves are written with it.

    Raises `Refused` with every error of the badges (before the decision, in the future, given already) and `Conflict`.
    """
    with act("badge_proposal.award", by=by, organisation=_holder(rows)) as current_act:
        standing = _standing(rows)
        problems = list(state_rules(standing, "approved", "ghi đã trao"))
        problems += check_past(on, "on", "Ngày trao", 0)
        problems += award_rules(standing, on)
        if len(tidy(place)) > 200:
            problems.append(Problem("place", "Nơi trao dài quá 200 ký tự. Hãy viết ngắn lại."))
        refuse_if_any(problems)
        try:
            add_badge_awards(_badges(standing, on), act=current_act)
        except Refused as refused:
            raise Refused(_named(refused, standing)) from refused
        change = {"state": "awarded", "awarded_on": on, "place": tidy(place)}
        moved = move_in(standing, [change] * len(standing), "Đã trao", current_act)
        current_act.note(count=len(moved), on=on)
    return moved


def withdraw(row: BadgeProposal, *, reason: str, by: Any) -> BadgeProposal:
    """Withdraw a proposal that is under way, with the reason. Raises `Refused`, `Conflict`."""
    refuse_if_any(_reason_problems(reason, "", "reason"))
    with act("badge_proposal.withdraw", by=by, organisation=row.holder) as current_act:
        [standing] = _standing([row])
        if standing.state in ("awarded", "withdrawn", "refused"):
            said = f"Đề nghị đang ở bước “{standing.get_state_display()}” nên không rút được."
            raise Refused([Problem("reason", f"{said} Huy hiệu ghi sai thì hủy ở sổ Huy hiệu.")])
        [moved] = move_in([standing], [{"state": "withdrawn", "reason": tidy(reason)}], "Rút", current_act)
        current_act.about(moved)
        current_act.note(member=moved.member.code, mark=moved.mark)
    return moved


# --- parts --------------------------------------------------------------------------------------------------


def _holder(rows: Sequence[BadgeProposal]) -> Organisation | None:
    return rows[0].holder if rows else None


def _standing(rows: Sequence[BadgeProposal]) -> list[BadgeProposal]:
    """The rows as they are now; the act's lock is held. Raises `Refused` for none, `Conflict` for one that moved."""
    if not rows:
        raise Refused([Problem("proposals", "Chưa chọn đề nghị nào. Hãy đánh dấu các dòng cần làm.")])
    found = current(BadgeProposal.objects.filter(pk__in=[row.pk for row in rows]))
    standing = list(found.select_related("member", "organisation", "holder", "decision"))
    if len(standing) < len({row.pk for row in rows}):
        raise Conflict(GONE)
    return standing


def _badges(rows: Sequence[BadgeProposal], on: date) -> list[BadgeAwardDraft]:
    """The badges as given on a day: of the cell of that day, and posthumous for who died after the proposal."""
    members = [row.member for row in rows]
    spells, died = spells_by_member(members), deaths(members)
    drafts = []
    for row in rows:
        dead = died.get(row.member_id, FOREVER) <= on
        spell = spell_on(
            spells.get(row.member_id, []), died[row.member_id] if dead else on, ended_that_day=dead
        )
        drafts.append((row, spell.organisation_id if spell else row.organisation_id, dead))
    cells = Organisation.objects.in_bulk({cell for _, cell, _ in drafts})
    return [_badge(row, cells[cell], dead, on) for row, cell, dead in drafts]


def _badge(row: BadgeProposal, cell: Organisation, dead: bool, on: date) -> BadgeAwardDraft:
    usual = row.award_day in award_days(row.award_day.year)
    paper = row.decision
    return BadgeAwardDraft(
        member=row.member,
        organisation=cell,
        mark=row.mark,
        round=f"{row.award_day:%d%m}" if usual else "other",
        awarded_on=on,
        early=not dead and row.ground == "early" and row.reached_on > on,
        posthumous=dead,
        decision_number=paper.decision_number if paper else "",
        decision_date=paper.decision_date if paper else None,
        decision_body=paper.decision_body if paper else "",
    )


def _named(refused: Refused, rows: Sequence[BadgeProposal]) -> list[Problem]:
    return [
        Problem("proposals", f"{rows[p.index].member.full_name}: {p.message}", p.severity, p.index)
        for p in refused.problems
    ]


def _paper_problems(paper: Paper) -> list[Problem]:
    found = []
    if not tidy(paper.number):
        found.append(Problem("number", "Chưa có số quyết định. Hãy ghi như trên văn bản, ví dụ 215-QĐ/TU."))
    if not tidy(paper.body):
        found.append(
            Problem("body", f"Chưa có cơ quan quyết định. Theo quy định là {who_decides(paper.date)}.")
        )
    if len(tidy(paper.number)) > 40:
        found.append(Problem("number", "Số quyết định dài quá 40 ký tự. Hãy kiểm tra lại."))
    if len(tidy(paper.body)) > 200:
        found.append(Problem("body", "Tên cơ quan dài quá 200 ký tự. Hãy viết ngắn lại."))
    return [*found, *check_past(paper.date, "date", "Ngày quyết định", 0)]


def who_decides(day: date) -> str:
    """Who decides a badge by the rule in force; in general words where none is known."""
    try:
        return str(value("badge.who", day))
    except NoRuleInForce:
        return f"cấp có thẩm quyền (chưa có quy định cho ngày {format_date(day)})"


def _reason_problems(text: str, whom: str, field: str) -> list[Problem]:
    said = tidy(text or "")
    start = f"{whom}: " if whom else ""
    if not said:
        return [Problem(field, f"{start}Chưa nêu lý do. Hãy ghi vì sao.")]
    if len(said) > _LONGEST:
        return [Problem(field, f"{start}Lý do dài quá {_LONGEST} ký tự ({len(said)}). Hãy viết ngắn lại.")]
    return []
