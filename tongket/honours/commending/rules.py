"""What must hold of titles, campaigns and proposals; each judges a batch whose fields are sound."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from tongket.audit.records import Numbered, check_past, chunks, current, repeated
from tongket.core.dates import format_date, today
from tongket.core.periods import BadPeriod, parse_period
from tongket.core.problems import Problem
from tongket.core.text import fold
from tongket.honours.commendation_rules import of_the_organisation, recipient_problems
from tongket.honours.commending.drafts import CampaignDraft, ProposalDraft, TitleDraft
from tongket.honours.commending.models import (
    CommendationDecision,
    CommendationProposal,
    CommendationRound,
    CommendationTitle,
)
from tongket.honours.commending.queries import title_holders
from tongket.honours.drafts import CommendationDraft
from tongket.organisations.lifetime import check_alive, lifetimes
from tongket.organisations.models import OrganisationPath

_LAST_YEAR = 9999


def title_rules(drafts: Numbered[TitleDraft]) -> Iterator[Problem]:
    """Years in order, one title of a code a year, the gate and the cap whole."""
    taken = _taken_titles(drafts)
    for index, draft in drafts:
        if draft.year_to is not None and draft.year_to < draft.year_from:
            yield Problem("year_to", "Năm kết thúc trước năm bắt đầu áp dụng. Hãy sửa lại.", index=index)
        if draft.gate == "running" and (draft.gate_years or 0) < 2:
            yield Problem(
                "gate_years", "Xét nhiều năm liên tục thì số năm phải từ 2 trở lên, ví dụ 5.", index=index
            )
        if draft.cap_share is not None and not 0 < draft.cap_share <= 100:
            yield Problem("cap_share", "Tỷ lệ tối đa phải trên 0 và không quá 100%.", index=index)
        if draft.cap_share is not None and not draft.cap_base:
            yield Problem("cap_base", "Có tỷ lệ tối đa thì phải chọn tỷ lệ đó tính trên số nào.", index=index)
        own = taken.setdefault((draft.organisation.pk, fold(draft.code)), [])
        span = (draft.year_from, draft.year_to or _LAST_YEAR)
        if any(start <= span[1] and span[0] <= end for start, end in own):
            yield Problem(
                "code",
                f"Mã danh hiệu “{draft.code}” đã dùng cho một danh hiệu áp dụng trong các năm này. "
                "Hãy đặt mã khác, hoặc đính chính danh hiệu đã có.",
                index=index,
            )
        own.append(span)


def _taken_titles(drafts: Numbered[TitleDraft]) -> dict[tuple[int, str], list[tuple[int, int]]]:
    found: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for ids in chunks(draft.organisation.pk for _, draft in drafts):
        for row in current(CommendationTitle.objects.filter(organisation__in=ids)):
            key = (row.organisation_id, fold(row.code))
            found.setdefault(key, []).append((row.year_from, row.year_to or _LAST_YEAR))
    return found


def may_void_title(title: CommendationTitle) -> Iterator[Problem]:
    """A title that was proposed for stays."""
    if current(CommendationProposal.objects.filter(title=title.identity)).exists():
        yield Problem("", "Đã có đề nghị khen theo danh hiệu này. Hãy đính chính, hoặc ghi năm kết thúc.")


def campaign_rules(drafts: Numbered[CampaignDraft]) -> Iterator[Problem]:
    """A period, days in order, at least one title that stands, of the organisation or one above, for that year."""
    lives = lifetimes(draft.organisation for _, draft in drafts)
    for index, draft in drafts:
        yield from check_past(draft.opened_on, "opened_on", "Ngày mở đợt", index)
        yield from check_alive(lives, draft.organisation, min(draft.opened_on, today()), index)
        yield from _deadlines(draft, index)
        try:
            period = parse_period(draft.period)
        except BadPeriod as error:
            yield Problem("period", str(error), index=index)
            continue
        if not draft.titles:
            yield Problem("titles", "Chưa chọn danh hiệu nào. Hãy chọn ít nhất một.", index=index)
        holders = title_holders(draft.organisation)
        rows = current(CommendationTitle.objects.filter(identity__in=draft.titles, organisation__in=holders))
        known = {str(row.identity): row for row in rows}
        for key in draft.titles:
            row = known.get(key)
            if row is None:
                yield Problem("titles", "Có danh hiệu không còn trong danh mục. Hãy chọn lại.", index=index)
            elif not row.year_from <= period.end.year <= (row.year_to or _LAST_YEAR):
                yield Problem(
                    "titles",
                    f"Danh hiệu “{row.name}” không áp dụng cho năm {period.end.year}. "
                    "Hãy bỏ chọn, hoặc sửa năm áp dụng.",
                    index=index,
                )


def _deadlines(draft: CampaignDraft, index: int) -> Iterator[Problem]:
    named: tuple[tuple[str, str, date | None], ...] = (
        ("opened_on", "ngày mở đợt", draft.opened_on),
        ("propose_by", "hạn đề nghị", draft.propose_by),
        ("council_by", "hạn hội đồng xét", draft.council_by),
        ("decide_by", "hạn quyết định", draft.decide_by),
    )
    before = named[0]
    for one in named[1:]:
        if one[2] is None:
            continue
        if before[2] is not None and one[2] < before[2]:
            yield Problem(
                one[0],
                f"{one[1].capitalize()} {format_date(one[2])} trước {before[1]} {format_date(before[2])}. Hãy sửa lại.",
                index=index,
            )
        before = one


def may_void_campaign(round_: CommendationRound) -> Iterator[Problem]:
    """A campaign with a decision stays: the decision is voided first, so that its commendations are not forgotten."""
    if current(CommendationDecision.objects.filter(round=round_.identity)).exists():
        yield Problem(
            "reason", "Đợt này đã có quyết định. Hãy hủy quyết định trước, ở trang Tổng hợp của đợt."
        )


def proposal_rules(drafts: Numbered[ProposalDraft]) -> Iterator[Problem]:
    """A title of the campaign, proposed from below it, one recipient that belongs to who proposes, each once."""
    rounds = {
        row.identity: row
        for row in current(CommendationRound.objects.filter(identity__in=_of(drafts, "round")))
    }
    titles = {
        row.identity: row
        for row in current(CommendationTitle.objects.filter(identity__in=_of(drafts, "title")))
    }
    below = _below({draft.proposed_by.pk for _, draft in drafts} | {draft.asked_by.pk for _, draft in drafts})
    timed = []
    for index, draft in drafts:
        round_, title = rounds.get(draft.round), titles.get(draft.title)
        if round_ is None:
            yield Problem("", "Đợt khen thưởng này đã bị hủy. Hãy mở lại danh sách đợt.", index=index)
            continue
        if title is None or str(draft.title) not in round_.titles:
            yield Problem(
                "title", "Danh hiệu không có trong đợt này. Hãy chọn danh hiệu của đợt.", index=index
            )
            continue
        yield from _days(draft, round_, index)
        yield from _places(draft, below, index)
        recipient = _as_commendation(draft, title)
        yield from recipient_problems(recipient, index)
        timed.append((index, recipient, parse_period(draft.period)))
    for problem in of_the_organisation(timed):
        yield Problem(problem.field, problem.message, problem.severity, problem.index)
    yield from _once(drafts)


def _of(drafts: Numbered[ProposalDraft], name: str) -> set[UUID]:
    return {getattr(draft, name) for _, draft in drafts}


def _as_commendation(draft: ProposalDraft, title: CommendationTitle) -> CommendationDraft:
    return CommendationDraft(
        organisation=draft.organisation,
        recipient_kind=draft.recipient_kind,
        form=title.form,
        giver=title.giver,
        period=draft.period,
        decided_on=draft.proposed_on,
        member=draft.member,
        recipient_name=draft.recipient_name,
    )


def _days(draft: ProposalDraft, round_: CommendationRound, index: int) -> Iterator[Problem]:
    yield from check_past(draft.proposed_on, "proposed_on", "Ngày đề nghị", index)
    if draft.proposed_on < round_.opened_on:
        yield Problem(
            "proposed_on",
            f"Ngày đề nghị {format_date(draft.proposed_on)} trước ngày mở đợt {format_date(round_.opened_on)}. "
            "Hãy sửa ngày.",
            index=index,
        )
    if round_.propose_by is not None and draft.proposed_on > round_.propose_by:
        yield Problem(
            "proposed_on",
            f"Đã quá hạn đề nghị {format_date(round_.propose_by)} của đợt.",
            "warning",
            index,
        )


def _below(tops: Iterable[int]) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for ids in chunks(tops):
        rows = OrganisationPath.objects.filter(ancestor__in=ids, voided_at__isnull=True)
        found |= set(rows.values_list("ancestor_id", "descendant_id"))
    return found


def _places(draft: ProposalDraft, below: set[tuple[int, int]], index: int) -> Iterator[Problem]:
    if (draft.asked_by.pk, draft.proposed_by.pk) not in below:
        yield Problem(
            "proposed_by",
            f"“{draft.proposed_by.name}” không trực thuộc {draft.asked_by.name}. Hãy chọn đơn vị đề nghị khác.",
            index=index,
        )
    if (draft.proposed_by.pk, draft.organisation.pk) not in below:
        yield Problem(
            "organisation",
            f"“{draft.organisation.name}” không thuộc {draft.proposed_by.name}. "
            "Đơn vị chỉ đề nghị khen chính mình và tổ chức, đảng viên trực thuộc.",
            index=index,
        )


def _once(drafts: Numbered[ProposalDraft]) -> Iterator[Problem]:
    def key(of: Any, organisation: int, member: int | None) -> tuple[Any, ...]:
        who = (member,) if member else (organisation, fold(of.recipient_name))
        return (of.round, of.title, *who)

    rounds = _of(drafts, "round")
    rows = current(CommendationProposal.objects.filter(round__in=rounds))
    taken = {key(row, row.organisation_id, row.member_id) for row in rows}
    keys = [(i, key(d, d.organisation.pk, d.member.pk if d.member else None)) for i, d in drafts]
    again = {index for index, _ in repeated(keys, lambda k: k)}
    names = {
        i: d.recipient_name or (d.member.full_name if d.member else d.organisation.name) for i, d in drafts
    }
    for index, name in keys:
        if name in taken or index in again:
            yield Problem(
                "",
                f"“{names[index]}” đã được đề nghị danh hiệu này trong đợt. Hãy bỏ dòng này.",
                index=index,
            )
