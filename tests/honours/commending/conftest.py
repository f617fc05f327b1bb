"""A district that commends for 2023: titles, a campaign, ratings of five years."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.once import once
from tests.page_world import make_page_world
from tests.world import World
from tongket.honours.commending.drafts import CampaignDraft, ProposalDraft, TitleDraft, proposal_draft
from tongket.honours.commending.kinds import add_round, add_title, propose
from tongket.honours.commending.models import CommendationProposal, CommendationRound, CommendationTitle
from tongket.ratings.acts import add_member_rating, add_organisation_rating
from tongket.ratings.drafts import MemberRatingDraft, OrganisationRatingDraft

OPENED, PROPOSED, DECIDED = date(2023, 11, 1), date(2023, 11, 20), date(2023, 12, 20)


@dataclass
class Campaign:
    """The world, its titles by code and the campaign."""

    world: World
    titles: dict[str, CommendationTitle] = field(default_factory=dict)
    round: Any = None

    @property
    def clerk(self) -> Any:
        return self.world.users["clerk"]

    def title(self, code: str, **changes: Any) -> CommendationTitle:
        values: dict[str, Any] = {
            "name": f"Danh hiệu {code}",
            "year_from": 2023,
            "kind": "yearly",
            "recipient_kind": "individual",
            "form": "certificate",
            "giver": "district",
            "gate": "excellent",
        }
        made = add_title(TitleDraft(self.world["QS"], code, **values | changes), by=self.clerk)
        self.titles[code] = made
        return made

    def open(self, **changes: Any) -> CommendationRound:
        values: dict[str, Any] = {
            "name": "Khen thưởng năm 2023",
            "period": "2023",
            "opened_on": OPENED,
            "titles": tuple(str(one.identity) for one in self.titles.values()),
        }
        self.round = add_round(CampaignDraft(self.world["QS"], **values | changes), by=self.clerk)
        return self.round

    def draft(self, code: str, who: str, by: str = "", **more: Any) -> ProposalDraft:
        """One proposed: a member by code, or a body by code."""
        member = self.world.members.get(who)
        body = member.organisation if member is not None else self.world[who]
        proposer = self.world[by] if by else self.world["QS"]
        values = {"proposed_by": proposer, "organisation": body, "proposed_on": PROPOSED, "member": member}
        return proposal_draft(self.round, self.titles[code], **values | more)

    def propose(self, *drafts: ProposalDraft) -> list[CommendationProposal]:
        return propose(drafts, by=self.clerk)

    def rate(self, who: str, **levels: str) -> None:
        """Ratings by year: rate("M1", y2023="excellent")."""
        for name, level in levels.items():
            member = self.world.members.get(who)
            if member is not None:
                draft = MemberRatingDraft(member, member.organisation, name[1:], level)
                add_member_rating(draft, by=self.clerk)
            else:
                add_organisation_rating(
                    OrganisationRatingDraft(self.world[who], name[1:], level), by=self.clerk
                )


def _make() -> Campaign:
    made = Campaign(make_page_world())
    made.title("CN")
    made.title("TT", recipient_kind="collective")
    made.title("CN5", gate="running", gate_years=5, no_discipline=True, kind="five_year")
    made.open()
    return made


district, campaign = once(_make, "campaign")
