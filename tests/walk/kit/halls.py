"""Conferences of the district: one that runs, one that is over, one that nobody was called to yet. All is planted."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.walk.kit.work import OBLIGATION, upload
from tongket.conferences.acts import add_conference, call, close, open_conference
from tongket.conferences.agenda.acts import add_item
from tongket.conferences.calling.acts import invite, reply
from tongket.conferences.concluding.acts import add_conclusions
from tongket.conferences.concluding.drafts import ConclusionDraft, Task
from tongket.conferences.door.acts import mark
from tongket.conferences.drafts import AgendaItemDraft, ConferenceDraft, InvitationDraft, ReplyDraft
from tongket.conferences.hall.acts import record_floor
from tongket.conferences.hall.honours import record_handing
from tongket.conferences.voting.acts import record_vote
from tongket.conferences.voting.drafts import VoteDraft
from tongket.files.acts import attach

READ = "conference.read"
ANSWERS = "conference.write"
START = datetime(2023, 12, 28, 13, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
#: host -> the body below that is called, and asked for what was concluded
CALLED = {"QS": "PB", "PA": "PA1", "PB": "PB1"}


def plant_conferences(walk: Any) -> None:
    """For each host one that runs and one that was held, and above one that is only being prepared."""
    for host, guest in CALLED.items():
        _running(walk, host, guest)
        _closed(walk, host, guest)
    # Of what is being prepared above, those who will be called hear nothing yet.
    draft = _conference(walk, "QS", "d", START + timedelta(days=2), ())
    _invite(walk, draft, "QS", "PB", "d", answers=False)
    walk.keep("conference_draft", "QS", draft)


def _conference(walk: Any, host: str, mark_: str, at: datetime, also: Any) -> Any:
    def text(what: str, also: Any = (), length: int = 200) -> str:
        return walk.planted.text(host, f"hn{mark_}{what}", READ, also=also, length=length)

    return add_conference(
        ConferenceDraft(
            walk[host],
            "thematic",
            # The label of what was concluded cuts a long title: a short one stands in it whole.
            text("title", also, length=120),
            at,
            text("place", [pair for pair in also if pair[0] == ANSWERS]),
            text("chairs"),
            secretary=text("secretary"),
            note=text("note"),
        ),
        by=None,
    )


def _invite(walk: Any, conference: Any, host: str, of: str, mark_: str, *, answers: bool = True) -> Any:
    also = [(ANSWERS, of)] if answers else []

    def text(what: str, length: int = 120) -> str:
        return walk.planted.text(host, f"hn{mark_}{what}", READ, also=also, length=length)

    return invite(
        InvitationDraft(conference, text("guest"), text("post"), walk[of], voting=True),
        by=None,
    )


def _running(walk: Any, host: str, guest: str) -> None:
    planted = walk.planted

    def text(what: str, also: Any = (), length: int = 200) -> str:
        return planted.text(host, f"hn{what}", READ, also=also, length=length)

    reaching = [(ANSWERS, guest), (OBLIGATION, guest)]
    row = _conference(walk, host, "", START, reaching)
    item = add_item(AgendaItemDraft(row, text("item"), text("presenter"), 30), by=None)
    [paper] = attach(
        [upload(planted, host, "hn", READ, role="paper")],
        about=item.identity,
        organisation=walk[host],
        by=None,
    )
    sent = _invite(walk, row, host, guest, "")
    own = invite(InvitationDraft(row, text("other", length=120), text("otherpost"), walk[host]), by=None)
    call(row, by=None, at=START - timedelta(days=3))
    row.refresh_from_db()
    reply(
        ReplyDraft(
            sent,
            "excused",
            date(2023, 12, 20),
            text("reason", [(ANSWERS, guest)]),
            text("substitute", [(ANSWERS, guest)]),
        ),
        by=None,
    )
    mark(own, "excused", by=None, reason=text("away"), at=START)
    open_conference(row, by=None, at=START)
    row.refresh_from_db()
    record_floor(row, "item_start", by=None, item=item.identity, at=START + timedelta(minutes=5))
    for minutes, kind, who in ((6, "speak_start", "speaker"), (7, "queued", "waiting")):
        record_floor(
            row,
            kind,
            by=None,
            speaker=text(who),
            topic=text(f"{who}topic"),
            at=START + timedelta(minutes=minutes),
        )
    vote = VoteDraft(text("question"), "over_half", 0, 0, taken_at=START + timedelta(minutes=9))
    walk.keep("vote", host, record_vote(row, vote, by=None))
    owned = text("owned", [(OBLIGATION, guest)])
    [plain, _owned] = add_conclusions(
        row,
        [
            ConclusionDraft(text("concluded")),
            ConclusionDraft(owned, task=Task("task", date(2024, 3, 31), (walk[guest],))),
        ],
        by=None,
    )
    walk.keep("conference", host, row)
    walk.keep("item", host, item)
    walk.keep("item_paper", host, paper)
    walk.keep("invitation", host, sent)
    walk.keep("conclusion", host, plain)


def _closed(walk: Any, host: str, guest: str) -> None:
    planted, at = walk.planted, START - timedelta(days=30)
    row = _conference(walk, host, "z", at, [(ANSWERS, guest)])
    add_item(AgendaItemDraft(row, planted.text(host, "hnzitem", READ), minutes=30), by=None)
    _invite(walk, row, host, guest, "z")
    call(row, by=None, at=at - timedelta(days=3))
    open_conference(row, by=None, at=at)
    # The district hands over a commendation of PB: PB reads the commendation, not where it was handed over.
    given = walk.records["commendation"]["PB" if host == "QS" else "PA" if host == "PA" else "PB1"]
    label = planted.text(host, "hnzhanded", READ)
    row.refresh_from_db()
    record_handing(row, {given.pk: label}, by=None)
    close(row, by=None, at=at + timedelta(hours=3))
    row.refresh_from_db()
    walk.keep("conference_closed", host, row)
