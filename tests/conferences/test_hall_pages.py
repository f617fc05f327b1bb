"""The screen, the control page, votes and conclusions on pages: rights, refusals at their field, queries."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conferences.hall_world import at, invite, items, make_conference
from tests.page_world import logged_in, make_page_world
from tests.world import World
from tongket.conferences.concluding.acts import add_conclusions
from tongket.conferences.concluding.drafts import ConclusionDraft, Task
from tongket.conferences.hall.acts import record_floor
from tongket.conferences.models import Conclusion, Conference, Floor, Vote
from tongket.conferences.voting.acts import record_vote
from tongket.conferences.voting.drafts import VoteDraft
from tongket.core.dates import parse_date
from tongket.obligations.models import Demand


@pytest.fixture
def world(db: None) -> World:
    return make_page_world()


@pytest.fixture
def running(world: World) -> Conference:
    conference = make_conference(world, state="running")
    invite(conference, 12, present=9, excused=1, absent=1)
    return conference


def _url(name: str, conference: Conference, *args: Any) -> str:
    return reverse(f"conferences:{name}", args=[conference.pk, *args])


PAGES = ["screen", "screen_part", "votes", "conclusions", "minutes", "minutes_word", "notice_word", "packed"]
WRITING = ["control", "vote_new", "conclusion_new"]


@pytest.mark.parametrize("name", [*PAGES, *WRITING])
def test_another_communes_conference_is_not_there(world: World, name: str) -> None:
    conference = make_conference(world, "PA", state="running")
    client = logged_in(world.users["clerk_b"])
    assert client.get(_url(name, conference)).status_code == 404


@pytest.mark.parametrize("name", WRITING)
def test_who_reads_conferences_does_not_run_them(world: World, running: Conference, name: str) -> None:
    client = logged_in(world.users["leader"])
    assert client.get(_url(name, running)).status_code == 403
    assert client.post(_url(name, running), {"deed": "close"}).status_code == 403
    assert client.get(_url("screen", running)).status_code == 200


def test_reading_changes_nothing(world: World, running: Conference) -> None:
    client = logged_in(world.users["office"])
    for name in ("screen", "votes", "conclusions", "minutes"):
        assert client.post(_url(name, running)).status_code == 405
    assert client.get(_url("control", running), {"deed": "close"}).status_code == 200
    running.refresh_from_db()
    assert running.state == "running"


def test_the_screen_tells_item_speaker_queue_and_what_comes_next(world: World, running: Conference) -> None:
    first = items(running)[0]
    record_floor(running, "item_start", by=None, item=first.identity, at=at("13:40"))
    record_floor(
        running, "speak_start", by=None, speaker="Lê Văn Cường", topic="Kết nạp đảng viên", at=at("13:45")
    )
    record_floor(running, "queued", by=None, speaker="Phạm Thị Dung", at=at("13:46"))
    page = logged_in(world.users["leader"]).get(_url("screen", running)).content.decode()
    for said in ("Báo cáo tổng kết", "Thường trực", "Lê Văn Cường", "Phạm Thị Dung", "Thảo luận"):
        assert said in page
    assert 'data-minutes="30"' in page
    assert f'data-since="{int(at("13:40").timestamp())}"' in page
    assert " style=" not in page


def test_the_screen_asks_again_cheaply_and_gets_nothing_when_nothing_changed(
    world: World, running: Conference
) -> None:
    client = logged_in(world.users["leader"])
    first = client.get(_url("screen_part", running))
    stamp = first.context["stamp"]
    with CaptureQueriesContext(connection) as asked:
        assert client.get(_url("screen_part", running), {"da_thay": stamp}).status_code == 204
    assert len(asked) <= 4, [q["sql"][:90] for q in asked]
    record_floor(running, "item_start", by=None, item=items(running)[0].identity, at=at("13:40"))
    record_vote(
        running,
        VoteDraft("Thông qua", "over_half", 9, 8, item=items(running)[0].identity, taken_at=at("13:50")),
        by=None,
    )
    with CaptureQueriesContext(connection) as asked:
        changed = client.get(_url("screen_part", running), {"da_thay": stamp})
    assert len(asked) <= 6
    assert (
        "cần quá nửa của 12 người có quyền biểu quyết = 7; tán thành 8 → thông qua"
        in changed.content.decode()
    )
    assert changed.context["stamp"] != stamp


def test_the_stamp_changes_with_every_undoing(world: World, running: Conference) -> None:
    client = logged_in(world.users["office"])
    seen = set()
    deeds = [
        {"deed": "item_start", "item": str(items(running)[0].identity), "at": "13:40"},
        {"deed": "undo"},
        {"deed": "item_start", "item": str(items(running)[0].identity), "at": "13:41"},
        {"deed": "queue", "speaker": "An", "at": "13:42"},
        {"deed": "undo"},
    ]
    for deed in deeds:
        assert client.post(_url("control", running), deed).status_code == 302
        seen.add(client.get(_url("screen_part", running)).context["stamp"])
    assert len(seen) == len(deeds)


def test_the_control_page_runs_a_whole_session(world: World) -> None:
    conference = make_conference(world)
    client = logged_in(world.users["office"])
    first = str(items(conference)[0].identity)
    steps = [
        {"deed": "open", "at": "13:30"},
        {"deed": f"item_start:{first}", "at": "13h40"},
        {"deed": "queue", "speaker": "An", "topic": "Chủ đề", "at": "13:41"},
        {"deed": "invite", "speaker": "", "at": "13:45"},
        {"deed": "speak_end", "at": "13:50"},
        {"deed": "item_end", "at": "14:00"},
        {"deed": "close", "at": "17:00"},
    ]
    for step in steps:
        if step["deed"] == "invite":
            step["deed"] = f"invite:{Floor.objects.get(kind='queued').pk}"
        assert client.post(_url("control", conference), step).status_code == 302, step
        assert client.get(_url("control", conference)).status_code == 200
    conference.refresh_from_db()
    assert conference.state == "closed"
    assert Floor.objects.get(kind="speak_start").topic == "Chủ đề"
    assert client.post(_url("control", conference), {"deed": "reopen", "reason": "nhầm"}).status_code == 302


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"deed": "close"}, "Hãy ghi giờ"),
        ({"deed": "item_start", "item": "khong-phai"}, "UUID"),
        ({"deed": "speak", "speaker": "An", "at": "14:00"}, "Chưa mở nội dung nào"),
        ({"deed": "item_end", "at": "25:00"}, "Không phải là giờ"),
        ({"deed": "dance"}, "Không rõ việc"),
        ({"deed": "withdraw"}, "Không rõ việc"),
        ({"deed": "invite:999"}, "không còn trong danh sách"),
        ({"deed": "item_start:x:y"}, "UUID"),
        ({"deed": "withdraw:chín"}, "số"),
    ],
)
def test_what_cannot_happen_is_said_and_nothing_is_written(
    world: World, running: Conference, sent: dict[str, str], said: str
) -> None:
    answer = logged_in(world.users["office"]).post(_url("control", running), sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Floor.objects.exists()


def test_a_vote_is_entered_with_the_people_prefilled_and_told_in_words(
    world: World, running: Conference
) -> None:
    client = logged_in(world.users["office"])
    page = client.get(_url("vote_new", running))
    assert page.context["form"]["present"].value() == 9
    assert "12 người được triệu tập có quyền biểu quyết" in page.content.decode()
    sent = {
        "question": "Thông qua <b>báo cáo</b>",
        "majority": "over_half",
        "present": 9,
        "agree": 10,
        "disagree": 0,
        "abstain": 0,
        "at": "15:00",
    }
    answer = client.post(_url("vote_new", running), sent)
    assert answer.status_code == 422
    assert "Hãy đếm lại" in answer.context["form"].errors["agree"][0]
    assert client.post(_url("vote_new", running), {**sent, "agree": 7}).status_code == 302
    shown = client.get(_url("votes", running)).content.decode()
    assert "cần quá nửa của 12 người có quyền biểu quyết = 7; tán thành 7 → thông qua" in shown
    assert "<b>báo cáo</b>" not in shown
    vote = Vote.objects.get()
    assert client.post(_url("vote_void", running, vote.pk), {"reason": "nhầm"}).status_code == 302
    assert client.get(_url("vote_void", make_conference(world, title="Khác"), vote.pk)).status_code == 404


def _rows(**values: Any) -> dict[str, Any]:
    return {"dong": "3", **values}


def test_conclusions_entered_in_a_table_become_tasks_at_once(world: World, running: Conference) -> None:
    client = logged_in(world.users["office"])
    sent = _rows(
        **{
            "k0-text": "Phát triển đảng viên",
            "k0-kind": "task",
            "k0-due_on": "31/03/2024",
            "k0-groups": ["sector:commune"],
            "k1-text": "Ban hành kế hoạch",
            "k1-kind": "plan",
            "k1-due_on": "31/01/2024",
            "k1-owners": ["VP"],
        }
    )
    assert client.get(_url("conclusion_new", running)).status_code == 200
    assert client.post(_url("conclusion_new", running), sent).status_code == 302
    assert Conclusion.objects.count() == 2
    handed = {
        demand.title: set(demand.obligations.values_list("organisation__code", flat=True))
        for demand in Demand.objects.all()
    }
    assert handed == {"Phát triển đảng viên": {"PA", "PB"}, "Ban hành kế hoạch": {"VP"}}
    page = client.get(_url("conclusions", running)).content.decode()
    assert "2 tổ chức" in page
    assert "Chi bộ Văn phòng" in page


def test_more_rows_are_added_without_losing_what_was_typed(world: World, running: Conference) -> None:
    sent = _rows(**{"k0-text": "Đang gõ dở", "k0-groups": ["below"], "k0-due_on": "31/0", "them": "1"})
    page = logged_in(world.users["office"]).post(_url("conclusion_new", running), sent)
    assert page.status_code == 200
    assert len(page.context["forms"]) == 6
    assert "Đang gõ dở" in page.content.decode()
    assert 'value="31/0"' in page.content.decode()
    assert not Conclusion.objects.exists()


@pytest.mark.parametrize(
    ("sent", "row", "field"),
    [
        ({"k1-text": "Có hạn", "k1-due_on": "31/03/2024"}, 1, "groups"),
        ({"k1-text": "Có tổ chức", "k1-groups": ["below"]}, 1, "due_on"),
        ({"k1-groups": ["below"], "k1-due_on": "31/03/2024"}, 1, "text"),
        ({"k1-text": "Sai hạn", "k1-groups": ["below"], "k1-due_on": "31/02/2024"}, 1, "due_on"),
        ({"k0-text": "Một", "k1-text": "Một"}, 1, "text"),
        ({"k1-text": "Hạn cũ", "k1-groups": ["below"], "k1-due_on": "01/12/2023"}, 1, "due_on"),
        ({"k1-text": "Lạ", "k1-owners": ["XX"], "k1-due_on": "31/03/2024"}, 1, "owners"),
    ],
)
def test_a_wrong_row_is_marked_at_its_field_and_nothing_is_kept(
    world: World, running: Conference, sent: dict[str, Any], row: int, field: str
) -> None:
    answer = logged_in(world.users["office"]).post(_url("conclusion_new", running), _rows(**sent))
    assert answer.status_code == 422
    assert field in answer.context["forms"][row].errors
    assert not Conclusion.objects.exists()


def test_a_conclusion_is_handed_to_ticked_organisations(world: World, running: Conference) -> None:
    [made] = add_conclusions(running, [ConclusionDraft("Sinh hoạt chuyên đề")], by=None)
    client = logged_in(world.users["office"])
    address = _url("conclusion_assign", running, made.pk)
    assert "Chi bộ thôn A1" in client.get(address).content.decode()
    empty = client.post(address, {"kind": "task", "due_on": "31/03/2024"})
    assert empty.status_code == 422
    assert "groups" in empty.context["form"].errors
    sent = {"kind": "task", "due_on": "31/03/2024", "owners": ["PA1", "PB2"]}
    assert client.post(address, sent).status_code == 302
    assert Demand.objects.get().obligations.count() == 2
    again = client.post(address, sent)
    assert again.status_code == 422
    assert "Đã giao" in again.context["form"].errors["groups"][0]


def test_every_page_asks_the_same_few_questions_however_full_it_is(world: World, running: Conference) -> None:
    client = logged_in(world.users["office"])

    def counted(name: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(_url(name, running)).status_code == 200
        return len(asked)

    names = ["screen", "control", "votes", "vote_new", "conclusions", "conclusion_new", "minutes"]
    for name in names:
        counted(name)
    owners = (world["PA"], world["PB"])
    add_conclusions(
        running, [ConclusionDraft("Một", task=Task("task", parse_date("31/03/2024"), owners))], by=None
    )
    before = {name: counted(name) for name in names}
    invite(running, 30, present=20, excused=4, absent=2, first=100)
    record_floor(running, "item_start", by=None, item=items(running)[0].identity, at=at("13:40"))
    for number in range(6):
        record_floor(running, "queued", by=None, speaker=f"Người {number}", at=at("13:41"))
        record_vote(running, VoteDraft(f"Câu {number}", "over_half", 9, 8, taken_at=at("15:00")), by=None)
    drafts = [
        ConclusionDraft(f"KL {n}", task=Task("task", parse_date("31/03/2024"), owners)) for n in range(6)
    ]
    add_conclusions(running, drafts, by=None)
    after = {name: counted(name) for name in names}
    assert after == before
    assert max(after.values()) <= 15, after
