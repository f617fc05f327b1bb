"""The campaign at the end of 2023: titles, proposals from below, the council's view, the decision, the numbers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tongket.audit.acts import act
from tongket.demo.draw.plain import END, ROOT
from tongket.demo.work.judging.people import ORIGIN, Cast
from tongket.honours.commending.acts import decide, record_views
from tongket.honours.commending.drafts import (
    CampaignDraft,
    Choice,
    DecisionDraft,
    ProposalDraft,
    TitleDraft,
    ViewDraft,
    proposal_draft,
)
from tongket.honours.commending.giving.numbers import run_numbers
from tongket.honours.commending.kinds import add_proposals, add_round, add_title, take_national
from tongket.honours.commending.models import CommendationProposal, CommendationRound, CommendationTitle

_OPENED, _PROPOSED, _COUNCIL = date(2023, 12, 5), date(2023, 12, 23), date(2023, 12, 26)
_DECIDED, _NUMBER, _BODY = date(2023, 12, 28), "1523-QĐ/HU", "Ban Thường vụ Huyện ủy"
_COLLECTIVE, _PERSON = "TT-NAM-HU", "CN-NAM-HU"
_COUNCIL_SIZE = 9
_REFUSED = (
    "Hội đồng chưa đề nghị: đã có tập thể khác của đơn vị được đề nghị.",
    "Hội đồng chưa đề nghị: thành tích nêu chưa rõ, đề nghị xét ở kỳ sau.",
)


def commend_the_year(cast: Cast) -> None:
    """All commendations of 2023 come out of the campaign; two proposals more were not agreed to."""
    board = cast.user("to-chuc")
    titles = _titles(cast, board)
    campaign = add_round(
        CampaignDraft(
            cast.root, f"Khen thưởng tổng kết công tác xây dựng Đảng năm {END.year}", str(END.year), _OPENED,
            tuple(str(titles[code].identity) for code in (_COLLECTIVE, _PERSON)),
            date(2023, 12, 24), _COUNCIL, _DECIDED, "Trao tại hội nghị tổng kết ngày 28/12/2023",
        ),
        by=board, origin=ORIGIN,
    )  # fmt: skip
    wanted = _proposals(cast, campaign, titles)
    more = _too_many(cast, campaign, titles)
    with act("commending_proposal.add", by=board, origin=ORIGIN, organisation=cast.root) as current_act:
        made = add_proposals([*wanted, *more], act=current_act)
        current_act.note(count=len(made))
    agreed, refused = made[: len(wanted)], made[len(wanted) :]
    record_views(campaign, _views(cast, agreed, refused), on=_COUNCIL, by=board)
    choices = [Choice(one.identity, True, aside="Đã đối chiếu hồ sơ gốc.") for one in agreed]
    choices += [Choice(one.identity, False, reason) for one, reason in zip(refused, _REFUSED, strict=False)]
    decide(
        campaign, DecisionDraft(_NUMBER, _DECIDED, _BODY, tuple(choices)), by=board, origin=ORIGIN
    )  # fmt: skip
    run_numbers(campaign, start=1, issued_on=_DECIDED, by=board)


def _titles(cast: Cast, board: Any) -> Mapping[str, CommendationTitle]:
    """The titles of the national guidance, and the district's own for individuals."""
    taken = take_national(cast.root, END.year, by=board)
    own = add_title(
        TitleDraft(
            cast.root, _PERSON, f"Đảng viên hoàn thành xuất sắc nhiệm vụ năm {END.year}, Huyện ủy tặng Giấy khen",
            END.year, "yearly", "individual", "certificate", "district", "excellent", END.year,
            no_discipline=True, fund="Quỹ khen thưởng của Huyện ủy",
            criteria="Được xếp loại hoàn thành xuất sắc nhiệm vụ trong năm; do cấp ủy cơ sở đề nghị.",
        ),
        by=board, origin=ORIGIN,
    )  # fmt: skip
    return {one.code: one for one in (*taken, own)}


def _draft(
    cast: Cast, campaign: CommendationRound, title: CommendationTitle, row: Mapping[str, Any]
) -> ProposalDraft:
    code = row["organisation"]
    above = cast.drawn.grassroots_of(code, END) if cast.drawn.units[code].holds_members else code
    return proposal_draft(
        campaign, title,
        proposed_by=cast.organisations[above], organisation=cast.organisations[code],
        proposed_on=_PROPOSED, member=cast.members[row["member"]] if row.get("member") else None,
        achievement=row["reason"],
    )  # fmt: skip


def _proposals(
    cast: Cast, campaign: CommendationRound, titles: Mapping[str, CommendationTitle]
) -> list[ProposalDraft]:
    return [
        _draft(cast, campaign, titles[_PERSON if row.get("member") else _COLLECTIVE], row)
        for row in cast.drawn.set_apart["Khen thưởng"]
    ]


def _too_many(
    cast: Cast, campaign: CommendationRound, titles: Mapping[str, CommendationTitle]
) -> list[ProposalDraft]:
    """Two cells more than are commended, of those rated excellent."""
    taken = {row["organisation"] for row in cast.drawn.set_apart["Khen thưởng"] if not row.get("member")}
    rated = cast.drawn.rows("Xếp loại tổ chức")
    spare = [
        row["organisation"]
        for row in rated
        if row["period"] == str(END.year)
        and row["level"] == "excellent"
        and row["organisation"] not in (*taken, ROOT)
    ]
    reason = f"Hoàn thành xuất sắc nhiệm vụ năm {END.year}"
    rows = [{"organisation": code, "reason": reason} for code in spare[: len(_REFUSED)]]
    return [_draft(cast, campaign, titles[_COLLECTIVE], row) for row in rows]


def _views(
    cast: Cast, agreed: Sequence[CommendationProposal], refused: Sequence[CommendationProposal]
) -> list[ViewDraft]:
    rng = cast.chance("council")
    views = [
        ViewDraft(one.identity, True, _COUNCIL_SIZE, _COUNCIL_SIZE - rng.choice((0, 0, 0, 1)))
        for one in agreed
    ]
    return views + [
        ViewDraft(one.identity, False, _COUNCIL_SIZE, 3, reason)
        for one, reason in zip(refused, _REFUSED, strict=False)
    ]
