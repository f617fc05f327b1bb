"""The news text from the small district's own records: conference, papers, bulletins; who may read them, and when."""

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone

from tests.once import once
from tests.page_world import make_page_world
from tests.reports.telling import typed
from tests.world import World, person
from tongket.audit.acts import act
from tongket.bulletins.acts import add_bulletins
from tongket.bulletins.drafts import BulletinDraft
from tongket.conferences.acts import add_conference, call, close, open_conference
from tongket.conferences.agenda.acts import add_item
from tongket.conferences.calling.acts import invite_by_roles
from tongket.conferences.concluding.acts import add_conclusions
from tongket.conferences.concluding.drafts import ConclusionDraft
from tongket.conferences.drafts import AgendaItemDraft, ConferenceDraft
from tongket.conferences.models import Conference
from tongket.core.periods import parse_period
from tongket.directives.acts import add_directive
from tongket.directives.drafts import DirectiveDraft
from tongket.events.acts import add_event, add_twinning
from tongket.events.drafts import EventDraft, TwinningDraft
from tongket.members.acts import admit
from tongket.members.drafts import PostDraft
from tongket.members.post_acts import add_posts
from tongket.reports.news import LONG, News, as_text, news_of

DAY = date(2023, 12, 28)
CHAIRS = "Đồng chí Bí thư Huyện ủy; đồng chí Phó Bí thư Huyện ủy, Chủ tịch UBND huyện"
TITLE = "Hội nghị tổng kết công tác xây dựng Đảng năm 2023"


def at(hour: int) -> datetime:
    return timezone.make_aware(datetime(2023, 12, 28, hour))


def make() -> World:
    """The district with a secretary and two deputies, a conference held, a paper made known, a twinning, a bulletin."""
    world = make_page_world()
    posts = [
        PostDraft(world["M1"], world["QS"], "secretary", date(2020, 1, 1), None),
        PostDraft(world["M3"], world["QS"], "deputy_secretary", date(2020, 1, 1), None),
        PostDraft(
            world["M5"], world["QS"], "deputy_secretary", date(2020, 1, 1), None,
            title="Phó Bí thư Huyện ủy, Chủ tịch UBND huyện",
        ),
        PostDraft(world["M2"], world["PA"], "secretary", date(2020, 1, 1), None),
    ]  # fmt: skip
    with act("test.posts", by=None, origin="test") as current:
        add_posts(posts, act=current)
    paper = add_directive(
        DirectiveDraft(
            world["QS"], "CT", "26-CT/TW", "Ban Bí thư", "central", date(2023, 11, 23), "Về tổ chức Tết",
            date(2023, 12, 1), needs_plan=False,
        ),
        by=None,
    )  # fmt: skip
    _hold(world, paper.identity)
    twinning = add_twinning(TwinningDraft(world["QS"], "Kết nghĩa Thử – Bạn", "Huyện Bạn", 1968), by=None)
    add_event(
        EventDraft(
            world["QS"], "twinning", "Lễ kết nghĩa Thử – Bạn", date(2023, 3, 24), date(2023, 3, 24),
            twinning=twinning.identity, marks_year=1968,
        ),
        by=None,
    )  # fmt: skip
    bulletin = BulletinDraft(
        world["QS"], date(2023, 2, 1), "education", "Các khoản thu đầu năm học.", "Đã công khai.", date(2023, 2, 20),
        "Ban Thường vụ Huyện ủy",
    )  # fmt: skip
    with act("bulletin.add", by=None, origin="test", organisation=world["QS"]) as current:
        add_bulletins([bulletin], act=current)
    return world


def _hold(world: World, paper: Any) -> Conference:
    draft = ConferenceDraft(world["QS"], "year_end", TITLE, at(13), "Hội trường", CHAIRS)
    conference = add_conference(draft, by=None)
    add_item(AgendaItemDraft(conference, "Quán triệt Chỉ thị 26", directive=paper), by=None)
    invite_by_roles(conference, ("committee", "leaders"), by=None)
    call(conference, by=None, at=timezone.make_aware(datetime(2023, 12, 20, 9)))
    open_conference(conference, by=None, at=at(13))
    add_conclusions(conference, [ConclusionDraft("Tập trung xây dựng Đảng.")], by=None)
    close(conference, by=None, at=at(17))
    return conference


district, world = once(make)


def news(world: World, code: str = "QS", period: str = "2023", **more: Any) -> News:
    return news_of(world[code], parse_period(period), length=LONG, **more)


def test_it_tells_the_conference_from_its_records(world: World) -> None:
    text = as_text(news(world))
    for said in (
        f"Ngày 28/12/2023, tại Hội trường, Huyện ủy Thử tổ chức {TITLE}.",
        "do đồng chí Nguyễn Văn An – Bí thư Huyện ủy và đồng chí Đỗ Đức Em – Phó Bí thư Huyện ủy, Chủ tịch UBND huyện",
        "gồm: các đồng chí cấp ủy viên của khóa; Bí thư, Phó Bí thư các chi, đảng bộ trực thuộc.",
        "quán triệt Chỉ thị số 26-CT/TW ngày 23/11/2023 của Ban Bí thư về tổ chức Tết.",
        "Lễ kết nghĩa Thử – Bạn (ngày 24/03/2023), tròn 55 năm kết nghĩa",
        "nhiệm vụ trọng tâm năm 2024:\n- Tập trung xây dựng Đảng.",
        f"- {TITLE} (28/12/2023)",
        "- Trả lời dư luận xã hội: Giáo dục (tháng 02/2023)",
    ):
        assert said in text
    assert "Hội nghị đã triển khai" in text


def test_of_persons_only_the_chairs_are_named(world: World) -> None:
    text = as_text(news(world))
    named = {
        name
        for name in ("An", "Bình", "Cường", "Dung", "Em", "Gấm")
        if f" {name} " in text or f" {name}," in text
    }
    assert named == {"An", "Em"}


def test_one_record_more_changes_the_text(world: World) -> None:
    before = as_text(news(world))
    assert "kết nạp 1 đảng viên mới" in before
    assert "lên 6 đồng chí" in before
    new = person(world, "M7", "Võ Văn Giang", birth_date=date(1999, 1, 1))
    admit(new, into=world["PA1"], decided_on=date(2023, 8, 1), ceremony_on=date(2023, 9, 2), by=None)
    after = as_text(news(world))
    assert "kết nạp 2 đảng viên mới" in after
    assert "lên 7 đồng chí" in after
    assert typed(news(world), (TITLE, "tròn 55 năm", "26-CT/TW")) == []


def test_a_past_moment_tells_what_was_known_then(world: World) -> None:
    moment = timezone.now()
    before = as_text(news(world, as_known_at=moment))
    add_event(
        EventDraft(world["QS"], "meeting", "Gặp mặt đầu năm", date(2023, 1, 5), date(2023, 1, 5)), by=None
    )
    assert "Gặp mặt đầu năm" in as_text(news(world))
    assert as_text(news(world, as_known_at=moment)) == before


@pytest.mark.parametrize(("who", "bulletins"), [("office", True), ("inspector", False), ("clerk_b", False)])
def test_records_are_listed_only_to_whoever_may_read_them(world: World, who: str, bulletins: bool) -> None:
    text = as_text(news(world, viewer=world.users[who]))
    assert ("dư luận xã hội" in text) is bulletins
    assert (TITLE in text) is (who != "clerk_b")


def test_figures_are_the_publics_whoever_asks(world: World) -> None:
    told = {who: news(world, viewer=world.users[who]).facts for who in ("office", "inspector", "leader")}
    assert told["office"] == told["inspector"] == told["leader"] == news(world).facts


def test_a_conference_that_is_only_called_is_not_told(world: World) -> None:
    Conference.objects.update(state="called")
    text = as_text(news(world))
    assert "28/12/2023" not in text
    assert "Kết luận" not in text


def test_another_year_and_another_organisation_have_no_part_in_it(world: World) -> None:
    for text in (as_text(news(world, period="2022")), as_text(news(world, "PA"))):
        assert "26-CT/TW" not in text
        assert "Hội nghị" not in text
        assert "None" not in text


def test_the_questions_to_the_database_do_not_grow_with_the_rows(
    world: World, django_assert_max_num_queries: Any
) -> None:
    from tongket.reports.facts import gather
    from tongket.reports.news.records import records_of

    facts = gather(world["QS"], parse_period("2023"))
    with django_assert_max_num_queries(14):
        records_of(facts, world.users["office"])
