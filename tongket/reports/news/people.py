"""Who chaired, by name where the register tells it: only posts held in public (secretary, deputy secretary)."""

from collections.abc import Sequence

from tongket.conferences.models import Conference
from tongket.core.codelists import POST
from tongket.core.text import fold
from tongket.members.models import PostHolding
from tongket.members.queries import committee_on
from tongket.reports.news.telling import said

_PUBLIC = ("deputy_secretary", "secretary")  # the longer label first: "Phó Bí thư" holds "Bí thư"
_COMRADE = "đồng chí "


def chairs_of(conference: Conference) -> tuple[str, ...]:
    """'đồng chí Phan Minh Lộc – Bí thư Huyện ủy': each chair as called, with the name of the one who held the post.

    A chair already named stays as written; so does one whose post several held, when no title tells them apart.
    """
    asked = [said(part) for part in conference.chairs.split(";") if said(part)]
    holders = [row for row in committee_on(conference.organisation, conference.on) if row.post in _PUBLIC]
    return tuple(_chair(part, holders) for part in asked)


def _chair(part: str, holders: Sequence[PostHolding]) -> str:
    text = part[len(_COMRADE) :] if part.lower().startswith(_COMRADE) else part
    folded = fold(text)
    if any(fold(row.member.full_name) in folded for row in holders):
        return _COMRADE + text
    for post in _PUBLIC:
        if folded.startswith(fold(POST.label(post))):
            who = _only([row for row in holders if row.post == post], folded)
            return f"{_COMRADE}{said(who.member.full_name)} – {text}" if who else _COMRADE + text
    return _COMRADE + text if part.lower().startswith(_COMRADE) else text


def _only(holders: Sequence[PostHolding], folded: str) -> PostHolding | None:
    """The one meant: the only holder, or the only one whose full title holds all that is said beside the post."""
    if len(holders) == 1:
        return holders[0]
    beside = [piece.strip() for piece in folded.split(",")[1:]]
    meant = [row for row in holders if beside and all(piece in fold(row.title) for piece in beside)]
    return meant[0] if len(meant) == 1 else None
