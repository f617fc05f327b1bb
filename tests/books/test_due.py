"""What the overview says of books, to whom, and what the check of the data and the command line say."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.books.test_locking import drop_triggers, locked, signed
from tests.books.test_verify import late_admission
from tests.world import World
from tongket.books.acts import return_book
from tongket.books.checking.check_data import check_books
from tongket.books.due import due_items
from tongket.books.models import FigureBook
from tongket.cli import main

pytestmark = pytest.mark.django_db
TODAY = date.today()


def texts(world: World, who: str) -> str:
    return " | ".join(item.text for item in due_items(world.users[who], TODAY))


def test_who_is_next_is_asked_to_sign_and_nobody_else(world: World) -> None:
    book = locked(world)
    assert "chờ bạn ký" in texts(world, "writer")
    assert texts(world, "secretary") == texts(world, "auditor") == texts(world, "office_a") == ""
    signed(world, book, "writer")
    assert texts(world, "writer") == ""  # who has signed signs no other step
    assert "chờ bạn ký" in texts(world, "head")
    signed(world, locked(world, reason="x"), "writer", "head")
    assert "chờ bạn ký" in texts(world, "secretary")
    assert texts(world, "leader_a") == ""


def test_a_book_sent_back_is_told_to_the_office(world: World) -> None:
    book = signed(world, locked(world), "writer")
    return_book(book, reason="thiếu một chi bộ", by=world.users["secretary"])
    assert "bị trả lại: thiếu một chi bộ" in texts(world, "writer")
    assert "trả lại" not in texts(world, "secretary")


def test_late_records_of_the_period_are_told_after_the_last_signature(world: World) -> None:
    book = locked(world)
    late_admission(world)
    assert "ghi thêm" not in texts(world, "writer")
    signed(world, book, "writer", "head", "secretary")
    assert "có 1 bản ghi" in texts(world, "writer")
    assert texts(world, "secretary") == ""


def test_at_most_three_questions_besides_the_duties(world: World) -> None:
    for code in ("2021", "2022", "2023"):
        signed(world, locked(world, code), "writer", "head", "secretary")
    with CaptureQueriesContext(connection) as asked:
        due_items(world.users["head"], TODAY)
    assert len(asked) <= 4  # one of them asks for the duties


# --- the check of the data and the command line -----------------------------------------------------------


def test_the_check_of_the_data_finds_a_forged_and_a_missing_book(world: World) -> None:
    for code in ("2022", "2023"):
        locked(world, code)
    assert check_books().faults == ()
    drop_triggers()
    FigureBook.objects.filter(period="2022").update(guarded=b"{}")
    assert any("Sổ số 1 của QS" in fault for fault in check_books().faults)
    FigureBook.objects.all().delete()
    assert any("không còn" in fault for fault in check_books().faults)


def test_the_commands_lock_list_and_verify(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--org", "QS", "--period", "2023"]
    assert main(["verify-book", *asked]) == 2
    assert "chưa chốt sổ" in capsys.readouterr().err
    assert main(["lock-book", *asked]) == 0
    assert main(["lock-book", *asked]) == 2  # again only with a reason
    assert "vì sao" in capsys.readouterr().err
    assert main(["verify-book", *asked]) == 0
    late_admission(world)
    capsys.readouterr()
    assert main(["verify-book", *asked, "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["holds"], answer["faults"]) == (False, [])
    (line,) = (
        one
        for one in answer["figures"]
        if one["figure"] == "members.admitted" and one["organisation"] == "QS"
    )
    assert (line["status"], line["difference"], line["then"]["value"], line["now"]["value"]) == (
        "changed",
        1,
        1,
        2,
    )
    assert [(act["action"], act["by"]) for act in line["acts"]] == [("member.admitted", "Người dùng clerk_a")]
    assert main(["verify-book", *asked]) == 1
    assert "Người dùng clerk_a" in capsys.readouterr().out
    assert main(["lock-book", *asked, "--reason", "bổ sung một người", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["version"] == 2
    assert main(["books", "--org", "QS", "--json"]) == 0
    assert [one["state"] for one in json.loads(capsys.readouterr().out)["books"]] == ["locked", "superseded"]


def test_a_running_period_is_locked_only_when_said_to_be_provisional(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["lock-book", "--org", "QS", "--period", str(TODAY.year)]
    if (TODAY.month, TODAY.day) == (12, 31):
        return
    assert main(asked) == 2
    assert "--provisional" in capsys.readouterr().err
    assert main([*asked, "--provisional"]) == 0
    assert "Lưu ý" in capsys.readouterr().out
