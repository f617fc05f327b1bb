"""What happens in others' books leaves no trace on any page: no count, no order, no hint."""

import re
from datetime import UTC, date, datetime
from typing import Any

from django.core.cache import cache

from tests.walk.conftest import browser
from tests.walk.kit.addresses import places
from tests.walk.kit.reading import text_of
from tests.walk.kit.world import Walk
from tests.world import add_user
from tongket.bulletins.acts import add_bulletin
from tongket.bulletins.drafts import BulletinDraft
from tongket.conferences.acts import add_conference
from tongket.conferences.drafts import ConferenceDraft
from tongket.directives.acts import add_directive, add_study_session
from tongket.directives.drafts import DirectiveDraft, StudySessionDraft
from tongket.directives.study.acts import add_planned_session
from tongket.directives.study.drafts import PlannedSessionDraft
from tongket.events.acts import add_event, add_twinning
from tongket.events.drafts import EventDraft, TwinningDraft
from tongket.honours.acts import add_badge_award
from tongket.honours.drafts import BadgeAwardDraft
from tongket.inspections.acts import add_member_discipline, add_organisation_discipline
from tongket.inspections.drafts import MemberDisciplineDraft, OrganisationDisciplineDraft
from tongket.members.acts import register
from tongket.members.drafts import MemberDraft, PostDraft
from tongket.members.post_acts import appoint
from tongket.members.profile_acts import amend_details, enter_member
from tongket.obligations.acts import hand_out, take_step
from tongket.obligations.drafts import DemandDraft, StepDraft
from tongket.organisations.acts import found, rename
from tongket.organisations.drafts import FoundingDraft
from tongket.ratings.acts import add_member_rating, add_organisation_rating
from tongket.ratings.drafts import MemberRatingDraft, OrganisationRatingDraft
from tongket.ui.gate import DECLARED

#: Pages about the whole on purpose: the ledger's numbers run through all books, so does the next free member's code.
OF_THE_WHOLE = {"web:chain", "web:ledger", "members:new"}
QUERIES = (
    "?ky=2021&thoi_gian=tat-ca&tu_cach=all&q=e",
    "?ky=2023&thoi_gian=tat-ca&tu_cach=all&xuat=xlsx",
)
_CLOCK = re.compile(
    r"\d\d:\d\d \d\d/\d\d/\d{4}|\d{4}-\d\d-\d\dT[\d:]+Z?|\d\d/\d\d/\d{4} \d\d:\d\d(:\d\d)?"
    r"|\d{4}/\d\d/\d\d \d\d:\d\d:\d\d"
    r"|[0-9a-f]{64}"  # of papers that bear the moment of their making
    r"|data-server-now=.\d+|data-now=.\d+|data-stamp=.[^ ]+"
)
_LENGTH = re.compile(r"Content-Length: \d+")


def _read(client: Any, walk: Walk) -> dict[str, str]:
    seen = {}
    for place in places(walk):
        own = place.about in ("PB", "PB1", "M-PB1", "PX")
        if (
            place.name in OF_THE_WHOLE
            or place.name in DECLARED
            or (place.about and not own)
            or place.name == "web:report_file"
        ):
            continue
        for query in (QUERIES[0],) if place.about or "bieu-do" in place.path else QUERIES:
            seen[place.path + query] = _CLOCK.sub("·", text_of(client.get(place.path + query)))
    return seen


def _happens(walk: Walk) -> None:
    """A year in the books of PA and of the district."""
    made = found(
        FoundingDraft(code="PA9", name="Chi bộ e mới", kind="cell", on=date(2021, 1, 1), parent_code="PA"),
        by=None,
    )
    rename(walk["PA1"], on=date(2023, 2, 1), by=None, name="Chi bộ e đổi tên")
    for number in range(3):
        details = {"full_name": f"Lê Văn E{number}", "gender": "male", "birth_date": date(1970, 1, 1)}
        person = enter_member(MemberDraft(code=f"E{number}", details=details), by=None)
        register(
            person,
            into=made,
            on=date(2021, 2, 1),
            by=None,
            admitted_on=date(1990, 1, 1),
            official_on=date(1991, 1, 1),
        )
        add_member_rating(MemberRatingDraft(person, made, "2023", "excellent"), by=None)
        add_badge_award(BadgeAwardDraft(person, made, 30, "1905", date(2021, 5, 19)), by=None)
        add_member_discipline(
            MemberDisciplineDraft(person, made, "warning", date(2023, 6, 6), "duty"), by=None
        )
    appoint(PostDraft(person, walk["PA"], "deputy_secretary", date(2023, 1, 1)), by=None)
    amend_details(
        walk["F1"],
        {"workplace": "Nơi khác"},
        since=date(2023, 6, 1),
        reason="",
        by=None,
    )
    for code in ("QS", "PA", "PA9"):
        where = walk.organisations.get(code) or made
        paper = DirectiveDraft(
            where, "NQ", f"9-{code}", "Tỉnh ủy", "province", date(2023, 2, 1), "E", date(2023, 3, 1)
        )
        kept = add_directive(paper, by=None)
        add_study_session(StudySessionDraft(where, "Lớp e", date(2023, 5, 5), 9, 9, kept), by=None)
        add_organisation_discipline(
            OrganisationDisciplineDraft(where, "warning", date(2023, 6, 6), "duty"), by=None
        )
        add_organisation_rating(OrganisationRatingDraft(where, "2023", "excellent"), by=None)
        _work_in(where)
    ask = DemandDraft(walk["PA"], "report", "Báo cáo e", date(2023, 5, 1), date(2023, 5, 31))
    part = hand_out(ask, [walk["PA1"], made], by=None).obligations.first()
    take_step(part, StepDraft("reported", date(2023, 5, 2), "e"), by=None)
    add_user(walk, "e-moi", "PA", "office", "auditor")


def _work_in(where: Any) -> None:
    """An event, a plan for a class, a note on public mood and a conference."""
    held = date(2023, 3, 26)
    add_event(EventDraft(where, "visit", "Hoạt động e", held, held, marks_year=1973), by=None)
    add_twinning(TwinningDraft(where, "Kết nghĩa e", "Huyện e", 1973), by=None)
    add_planned_session(PlannedSessionDraft(where, "Lớp e dự kiến", held), by=None)
    add_bulletin(BulletinDraft(where, date(2021, 5, 1), "land", "Giá đất đền bù"), by=None)
    start = datetime(2023, 12, 28, 13, 30, tzinfo=UTC)
    add_conference(ConferenceDraft(where, "study", "Hội nghị e", start, "Hội trường", "Bí thư"), by=None)


def test_a_year_in_the_books_of_others_changes_nothing_one_can_read(walk: Walk, db: Any) -> None:
    client = browser(walk.users["b-all"])
    before = _read(client, walk)
    _happens(walk)
    cache.clear()
    after = _read(client, walk)
    assert before.keys() == after.keys()
    told = {path for path in before if _told(before[path]) != _told(after[path])}
    assert not told, [
        (path, _difference(_told(before[path]), _told(after[path]))) for path in sorted(told)[:20]
    ]
    assert len(before) > 150


def _difference(before: str, after: str) -> tuple[str, str]:
    """Where two texts part."""
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    return before[max(0, at - 40) : at + 60], after[max(0, at - 40) : at + 60]


def _told(text: str) -> str:
    return _LENGTH.sub("", text)


def timeless(text: str) -> str:
    """A page in words, without what a clock or its length decides."""
    return _told(_CLOCK.sub("·", text))
