"""Opening a round makes its list; the list is read again from the register, or changed by hand with a written reason.

What is done with the candidates afterwards: `chain.acts`; the decision that closes the round: `deciding.acts`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tongket.audit import records
from tongket.audit.acts import Act, act
from tongket.audit.records import written_reason
from tongket.core.codelists import NOT_RATED_REASON
from tongket.core.periods import parse_period
from tongket.core.problems import Conflict, Problem, Refused
from tongket.members.models import Member
from tongket.organisations.models import Organisation, OrganisationPath
from tongket.ratings.rounds.carrying import replace_rows, take_off
from tongket.ratings.rounds.drafts import RoundDraft
from tongket.ratings.rounds.lists import (
    ListChanges,
    Listed,
    changes_of_list,
    list_day,
    members_of,
    register_list,
)
from tongket.ratings.rounds.models import RatingCandidate, RatingRound, RatingStep, RoundDecision
from tongket.ratings.rounds.queries import decision_of
from tongket.ratings.rounds.regulation import default_cap_base
from tongket.ratings.rounds.rules import refuse_if_decided, round_rules
from tongket.rules.organisations import UnknownKind
from tongket.rules.organisations import kind as kind_of

_period = cache(parse_period)
_BATCH = 1_000


def _columns(draft: RoundDraft) -> dict[str, Any]:
    period = _period(draft.period)
    return {
        "period": period.code,
        "period_end": period.end,
        "cap_base": draft.cap_base or default_cap_base(period.end),
    }


def _keys(row: RatingRound) -> dict[str, Any]:
    return {"organisation": row.organisation.code, "period": row.period, "subject": row.subject}


def _carry(old: RatingRound, new: RatingRound, _act: Act, _reason: str) -> None:
    RatingCandidate.objects.filter(round=old).update(round=new)
    RoundDecision.objects.filter(round=old).update(round=new)
    RatingRound.objects.filter(parent=old).update(parent=new)


ROUND = records.RecordKind("rating_round", RatingRound, round_rules, _keys, derived=_columns, carry=_carry)


@dataclass(frozen=True, slots=True)
class Opened:
    """Rounds opened in one act, and the organisations left out because theirs was open already or nobody is in them."""

    rounds: tuple[RatingRound, ...]
    already: tuple[Organisation, ...] = ()
    empty: tuple[Organisation, ...] = ()


def check_round(draft: RoundDraft) -> list[Problem]:
    """Judge a round that is to be opened; writes nothing."""
    return records.check(ROUND, [draft])


def open_round(draft: RoundDraft, *, by: Any, origin: str = "form") -> RatingRound:
    """Open a round and make its list from the register of the period's last day (today while the period runs).

    Raises `Refused`: a period that is not rated, a second round of the kind, days out of order, nobody to be rated.
    """
    with act("rating_round.start", by=by, origin=origin, organisation=draft.organisation) as current_act:
        [opened] = records.add(ROUND, [draft], act=current_act)
        wanted = register_list(opened.organisation, opened.subject, opened.period_end)
        if not wanted:
            raise Refused([_nobody(opened)])
        _list({opened.pk: opened}, {opened.pk: wanted}, act=current_act)
        current_act.about(opened)
        current_act.note(**_keys(opened), listed=len(wanted), aside=sum(1 for one in wanted if one.reason))
    return opened


def _nobody(round: RatingRound) -> Problem:
    if round.subject == "members":
        said = "Không có đảng viên nào sinh hoạt ở các chi bộ của tổ chức này vào cuối kỳ. Hãy chọn tổ chức khác."
    else:
        said = (
            "Không có tổ chức đảng nào trực thuộc vào cuối kỳ. "
            "Hãy chọn cấp ủy có tổ chức trực thuộc, hoặc mở đợt xếp loại đảng viên."
        )
    return Problem("organisation", said)


def open_rounds_below(parent: RatingRound, *, by: Any, origin: str = "form") -> Opened:
    """Open, in one act, a round of members in every grassroots organisation on the list of `parent`.

    Period, days and base are those of `parent`. Organisations that have such a round already are left alone.
    Raises `Refused` when `parent` rates members, is decided, or nothing is left to open.
    """
    if parent.subject != "organisations":
        raise Refused([Problem("", "Chỉ mở đợt cho cấp dưới từ đợt xếp loại tổ chức. Hãy mở đợt đó trước.")])
    with act(
        "rating_round.open_below", by=by, origin=origin, organisation=parent.organisation
    ) as current_act:
        refuse_if_decided(parent)
        bodies = [row.organisation for row in _grassroots(parent)]
        open_now = records.current(RatingRound.objects.filter(period=parent.period, subject="members"))
        taken = set(open_now.filter(organisation__in=bodies).values_list("organisation_id", flat=True))
        lists = members_of([body.pk for body in bodies if body.pk not in taken], parent.period_end)
        wanted = [body for body in bodies if body.pk in lists]
        if not wanted:
            raise Refused(
                [Problem("", "Các tổ chức cơ sở trong danh sách đều đã có đợt xếp loại đảng viên.")]
            )
        made = records.add(ROUND, [_below(parent, body) for body in wanted], act=current_act)
        by_pk = {one.pk: one for one in made}
        _list(by_pk, {one.pk: lists[one.organisation_id] for one in made}, act=current_act)
        current_act.about(parent)
        current_act.note(**_keys(parent), rounds=len(made), listed=sum(len(lists[b.pk]) for b in wanted))
    return Opened(
        tuple(made),
        tuple(body for body in bodies if body.pk in taken),
        tuple(body for body in bodies if body.pk not in taken and body.pk not in lists),
    )


def _grassroots(parent: RatingRound) -> list[RatingCandidate]:
    rows = records.current(RatingCandidate.objects.filter(round=parent)).select_related("organisation")
    return [row for row in rows if _is_grassroots(row.organisation.kind)]


def _is_grassroots(code: str) -> bool:
    try:
        return kind_of(code).is_grassroots
    except UnknownKind:
        return False


def _below(parent: RatingRound, body: Organisation) -> RoundDraft:
    return RoundDraft(
        organisation=body,
        subject="members",
        period=parent.period,
        opened_on=parent.opened_on,
        self_by=parent.self_by,
        vote_by=parent.vote_by,
        appraise_by=parent.appraise_by,
        decide_by=parent.decide_by,
        cap_base=parent.cap_base,
        parent=parent,
    )


def _list(
    rounds: Mapping[int, RatingRound], wanted: Mapping[int, Sequence[Listed]], *, act: Act
) -> list[RatingCandidate]:
    stamp = act.stamp()
    rows = [
        RatingCandidate(
            round=rounds[pk],
            organisation_id=one.organisation_id,
            member_id=one.member_id,
            group=one.group,
            reason=one.reason,
            **stamp,
        )
        for pk, listed in wanted.items()
        for one in listed
    ]
    return RatingCandidate.objects.bulk_create(rows, batch_size=_BATCH)


def correct_round(round: RatingRound, draft: RoundDraft, *, reason: str, by: Any) -> RatingRound:
    """Change the plan of a round (days, base, note) with a reason; list, chains and rounds below stay with it.

    Raises `Refused` for a decided round, another subject, organisation or period, or days out of order; `Conflict`.
    """
    refuse_if_decided(round)
    same = (draft.organisation.pk, draft.subject, _period(draft.period).code)
    if same != (round.organisation_id, round.subject, round.period):
        said = "Không đổi tổ chức, đối tượng hay kỳ của đợt. Hãy hủy đợt và mở đợt khác."
        raise Refused([Problem("period", said)])
    return records.correct(ROUND, round, draft, reason=reason, by=by)


def void_round(round: RatingRound, *, reason: str, by: Any) -> RatingRound:
    """Void a round opened by mistake. Raises `Refused` once a step was recorded, a round below is open, or decided."""
    refuse_if_decided(round)
    steps = records.current(
        RatingStep.objects.filter(candidate__round=round, candidate__voided_at__isnull=True)
    )
    below = records.current(RatingRound.objects.filter(parent=round)).count()
    if steps.exists() or below:
        what = f"{below} đợt của cấp dưới" if below else "các bước đánh giá đã ghi"
        raise Refused([Problem("reason", f"Đợt này đã có {what}. Hãy hủy những phần đó trước khi hủy đợt.")])
    text = written_reason(reason)
    with act("rating_round.void", by=by, organisation=round.organisation, subject=round) as current_act:
        rows = records.current(RatingCandidate.objects.filter(round=round))
        take_off(list(rows), text, act=current_act)
        current_act.void(round, text)
        current_act.note(**_keys(round))
    return round


def refresh_list(round: RatingRound, *, by: Any, origin: str = "form") -> ListChanges:
    """Bring the list to what the register says now: who came is added, who left is taken off with the steps, who
    became excluded (or is to be rated after all, or moved to another cell) gets a new row to which the steps move.

    What was put aside or added by hand stays. Raises `Refused` for a decided round.
    """
    with act("rating_round.refresh", by=by, origin=origin, organisation=round.organisation) as current_act:
        refuse_if_decided(round)
        changes = changes_of_list(round)
        take_off(changes.left, "Không còn trong danh sách theo sổ đảng viên", act=current_act)
        replace_rows(
            [(row, _read_again(row, one)) for row, one in changes.replaced],
            "Cập nhật theo sổ đảng viên",
            act=current_act,
        )
        _list({round.pk: round}, {round.pk: changes.came}, act=current_act)
        current_act.about(round)
        current_act.note(
            came=len(changes.came), left=len(changes.left), changed=len(changes.replaced), **_keys(round)
        )
    return changes


def _read_again(row: RatingCandidate, one: Listed) -> dict[str, Any]:
    by_hand = bool(row.reason_note)
    return {
        "organisation_id": one.organisation_id,
        "group": one.group or row.group,
        "reason": row.reason if by_hand else one.reason,
    }


def set_aside(candidate: RatingCandidate, *, reason: str, note: str, by: Any) -> RatingCandidate:
    """Keep one on the list without rating him, her or it, by hand: `reason` of the list of reasons, `note` in words.

    Raises `Refused` (no written reason, a decided round), `Conflict` (changed meanwhile).
    """
    if reason not in NOT_RATED_REASON.values:
        texts = ", ".join(text.lower() for _, text in NOT_RATED_REASON.choices)
        raise Refused([Problem("reason", f"Hãy chọn lý do chưa đánh giá, một trong: {texts}.")])
    return _by_hand("rating_candidate.set_aside", candidate, {"reason": reason}, note, by)


def bring_back(candidate: RatingCandidate, *, note: str, by: Any) -> RatingCandidate:
    """Rate one after all who was on the list without being rated, with the written reason.

    Raises `Refused` (no written reason, a decided round), `Conflict` (changed meanwhile).
    """
    return _by_hand("rating_candidate.bring_back", candidate, {"reason": ""}, note, by)


def _by_hand(
    action: str, candidate: RatingCandidate, changes: dict[str, Any], note: str, by: Any
) -> RatingCandidate:
    text = written_reason(note, "note", longest=200)
    with act(action, by=by, organisation=candidate.organisation) as current_act:
        standing = records.current(RatingCandidate.objects.filter(pk=candidate.pk)).first()
        if standing is None:
            raise Conflict(records.GONE)
        refuse_if_decided(standing.round)
        [new] = replace_rows([(standing, {**changes, "reason_note": text})], text, act=current_act)
        current_act.about(new)
        current_act.note(reason=changes["reason"], replaces=standing.pk)
    return new


def add_by_hand(
    round: RatingRound, *, organisation: Organisation, member: Member | None, note: str, by: Any
) -> RatingCandidate:
    """Put one on the list whom the register does not: a body, or a member in a cell of the round's organisation.

    Raises `Refused` (no written reason, on the list already, another organisation's cell, a decided round).
    """
    text = written_reason(note, "note", longest=200)
    if (member is None) == (round.subject == "members"):
        raise Refused(
            [Problem("member", "Đợt này xếp loại đối tượng khác. Hãy chọn đúng tổ chức hoặc đảng viên.")]
        )
    with act("rating_candidate.add", by=by, organisation=organisation) as current_act:
        refuse_if_decided(round)
        same = {"member": member} if member is not None else {"organisation": organisation}
        if records.current(RatingCandidate.objects.filter(round=round, **same)).exists():
            who = member.full_name if member is not None else organisation.name
            raise Refused([Problem("member", f"{who} đã có trong danh sách của đợt này.")])
        if member is not None and not _at_or_below(round, organisation):
            said = f"“{organisation.name}” không thuộc {round.organisation.name}. Hãy chọn chi bộ của tổ chức này."
            raise Refused([Problem("organisation", said)])
        new = RatingCandidate.objects.create(
            round=round,
            organisation=organisation,
            member=member,
            group=organisation.sector if member is None else "",
            reason_note=text,
            **current_act.stamp(),
        )
        current_act.about(new)
        current_act.note(**_keys(round), subject_code=(member or organisation).code)
    return new


def _at_or_below(round: RatingRound, cell: Organisation) -> bool:
    day = list_day(round.period_end)
    return OrganisationPath.objects.filter(
        ancestor=round.organisation,
        descendant=cell,
        voided_at__isnull=True,
        valid_from__lte=day,
        valid_to__gt=day,
    ).exists()


def is_open(round: RatingRound) -> bool:
    """Whether the round may still be worked on: neither voided nor decided."""
    return round.voided_at is None and decision_of(round) is None
