"""Badges proposed and decided; titles, campaigns, proposals, a council's view, decisions, certificates."""

from datetime import date
from typing import Any

from tongket.audit.acts import act
from tongket.honours.badging.acts import Paper, decide, forward, propose
from tongket.honours.badging.rules import Pick
from tongket.honours.commending.acts import decide as decide_campaign
from tongket.honours.commending.acts import record_views, set_aside
from tongket.honours.commending.drafts import (
    CampaignDraft,
    Choice,
    DecisionDraft,
    TitleDraft,
    ViewDraft,
    proposal_draft,
)
from tongket.honours.commending.giving.layouts import LayoutDraft, save_layout
from tongket.honours.commending.giving.numbers import run_numbers
from tongket.honours.commending.kinds import add_round, add_title
from tongket.honours.commending.kinds import propose as propose_campaign
from tongket.honours.models import BadgeProposal

READ = "honour.read"
#: The award day of what is planted: 40 years of Party age of H-…, admitted in March 1983, are reached.
AWARD_DAY = date(2023, 5, 19)
#: who asks -> who proposes: the sibling proposes to the district, and each commune has its own campaign.
CAMPAIGNS = {"QS": ("PA", "PB"), "PA": ("PA1",), "PB": ("PB1",)}


def plant_badges(walk: Any) -> None:
    """For each commune one proposal that stands at it, and one that was decided above."""
    for code in ("PA", "PB"):
        cell, person = f"{code}1", walk[f"H-{code}1"]
        [row] = propose(walk[code], AWARD_DAY, [Pick(person, 40)], by=None)
        [above] = forward([row], by=None)
        [sent] = forward([above], by=None)
        text = walk.planted.text

        paper = Paper(text(cell, "hhnumber", READ, length=40), date(2023, 4, 20), text(cell, "hhbody", READ))
        decision = decide([sent], paper, refused={}, by=None)
        walk.keep("proposal_decided", code, decision.proposals.get())
        waiting = walk[f"W-{code}1"]
        [row] = propose(walk[code], date(2023, 9, 2), [Pick(waiting, 30)], by=None)
        walk.keep("badge_proposal", code, row)
        # Withdrawn from an earlier day; not by its own act, which would need another member.
        with act("test.withdrawn", by=None, origin="test") as current_act:
            gone = BadgeProposal.objects.create(
                member=waiting,
                organisation=walk[cell],
                holder=walk[code],
                mark=30,
                award_day=AWARD_DAY,
                ground="due",
                reached_on=row.reached_on,
                state="withdrawn",
                reason=text(cell, "hhwhy", READ),
                **current_act.stamp(),
            )
        walk.keep("proposal_gone", code, gone)


def plant_campaigns(walk: Any) -> None:
    """For each who asks a title, a campaign, and of each who proposes one open and one decided proposal."""
    for host, proposers in CAMPAIGNS.items():
        _campaign(walk, host, proposers)


def _below(host: str) -> list[tuple[str, str]]:
    codes = ("PA", "PB", "PC", "VP", "PA1", "PA2", "PB1", "PB2", "PB3", "PX", "PY", "PC1")
    return [(READ, code) for code in codes if host == "QS" or code.startswith(host) or code in _MOVED[host]]


_MOVED = {"QS": (), "PA": ("PY",), "PB": ("PX", "PC1")}


def _title(walk: Any, host: str) -> Any:
    def text(what: str, length: int = 200) -> str:
        # The regulation of a body is for all below it.
        return walk.planted.text(host, f"dh{what}", READ, also=_below(host), length=length)

    title = add_title(
        TitleDraft(
            walk[host],
            text("code", 30),
            text("name"),
            2021,
            "yearly",
            "individual",
            "certificate",
            "district" if host == "QS" else "grassroots",
            "none",
            fund=text("fund", 120),
            criteria=text("criteria", 2000),
            decision_number=text("number", 40),
            decision_body=text("body"),
        ),
        by=None,
    )
    return walk.keep("title", host, title)


def _campaign(walk: Any, host: str, proposers: tuple[str, ...]) -> None:
    title = _title(walk, host)

    def text(what: str, length: int = 200) -> str:
        return walk.planted.text(host, f"kt{what}", READ, also=_below(host), length=length)

    row = add_round(
        CampaignDraft(
            walk[host], text("name"), "2021", date(2021, 11, 1), (str(title.identity),), note=text("note")
        ),
        by=None,
    )
    walk.keep("campaign", host, row)
    for proposer in proposers:
        _proposed(walk, host, proposer, row, title)
    numbers = run_numbers(row, start=1, issued_on=date(2021, 12, 22), by=None)
    walk.keep("number", host, numbers[0])

    def own(what: str) -> str:
        return walk.planted.text(host, f"gk{what}", READ, length=80)

    layout = LayoutDraft(
        walk[host],
        title,
        place=own("place"),
        on_behalf=own("behalf"),
        signer_post=own("post"),
        signer=own("signer"),
    )
    save_layout(layout, by=None)


def _proposed(walk: Any, host: str, proposer: str, row: Any, title: Any) -> None:
    key = f"{host}{proposer}".lower()

    def text(what: str, length: int = 200) -> str:
        return walk.planted.text((host, proposer), f"dn{key}{what}", READ, length=length)

    def draft(number: str) -> Any:
        return proposal_draft(
            row,
            title,
            proposed_by=walk[proposer],
            organisation=walk[proposer],
            proposed_on=date(2021, 11, 20),
            recipient_name=text(f"{number}name"),
            address=text(f"{number}address"),
            achievement=text(f"{number}achievement"),
        )

    waiting, given, refused = propose_campaign([draft("a"), draft("b"), draft("c")], by=None)
    view = ViewDraft(waiting.identity, recommended=False, base=5, agree=1, reason=text("view"))
    record_views(row, [view], on=date(2021, 12, 1), by=None)
    set_aside(row, "rating", reason=text("aside"), by=None, proposal=waiting)
    decided = DecisionDraft(
        text("decision", 40),
        date(2021, 12, 20),
        text("decider"),
        (Choice(given.identity, True), Choice(refused.identity, False, text("refused"))),
    )
    decision = decide_campaign(row, decided, by=None)
    for kind, record in (("proposed", waiting), ("given", given), ("decision", decision)):
        walk.keep(kind, host if proposer != "PB" else f"{host}+PB", record)
