"""A report held against the books of today: what has changed since, for whoever asks; and the book that it names."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.reports.layer import made
from tests.reports.layer.world_report import world_report
from tests.world import World, add_user, make_world, person
from tongket.books.models import FigureBook
from tongket.cli import main
from tongket.members.acts import admit
from tongket.reports.layer.word.read import read_word
from tongket.reports.layer.word.since import MAX_MOMENTS, Today, moments, today

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: Any) -> Any:
    from tests.once import made_once

    def make() -> tuple[World, bytes]:
        world = make_world()
        add_user(world, "office", "QS", "office", "organisation")
        add_user(world, "office_b", "PB", "office", "organisation")
        return world, world_report(world["QS"])

    with made_once(django_db_blocker, make) as found:
        yield found


@pytest.fixture
def world(whole: Any, db: None) -> World:
    from tests.once import fresh

    return fresh(whole[0])


@pytest.fixture
def report(whole: Any) -> bytes:
    return whole[1]


def states(content: bytes, viewer: Any = None) -> dict[str, Today]:
    """Key of a fact → what it is today."""
    sheet = read_word(content).embedded.sheet
    return dict(zip((fact.key for fact in sheet.facts), today(sheet, viewer), strict=True))


def admit_one(world: World) -> None:
    """One member more in 2023, in commune A."""
    new = person(world, "M9", "Ngô Thị Hoa", gender="female", birth_date=date(2000, 1, 1))
    admit(new, into=world["PA1"], decided_on=date(2023, 8, 1), ceremony_on=date(2023, 8, 20), by=None)


def test_nothing_has_changed_right_after(world: World, report: bytes) -> None:
    found = states(report)
    assert {one.state for one in found.values()} == {"same"}
    assert "members.total~2022|QS|2023|2023-12-31" in found  # differences against last year too
    assert "members.total|PA|2023|2023-12-31" in found  # and the organisations below


def test_a_record_added_later_changes_what_rests_on_it_and_nothing_else(world: World, report: bytes) -> None:
    admit_one(world)
    found = states(report)
    assert found["members.admitted|QS|2023|2023-12-31"] == Today("changed", "2")
    assert found["members.admitted|PA|2023|2023-12-31"] == Today("changed", "1")
    assert found["members.admitted|PB|2023|2023-12-31"].state == "same"
    assert found["members.admitted|QS|2022|2022-12-31"].state == "same"
    assert found["members.admitted~2022|QS|2023|2023-12-31"] == Today("changed", "+2")


def test_who_may_not_see_the_organisation_learns_nothing_of_today(world: World, report: bytes) -> None:
    admit_one(world)
    assert {one.state for one in states(report, world.users["office_b"]).values()} == {"unknown"}
    assert states(report, world.users["office"])["members.admitted|QS|2023|2023-12-31"].text == "2"


def test_guarded_figures_are_not_compared_for_whoever_lacks_the_duty(world: World, report: bytes) -> None:
    found = states(report, world.users["office"])
    guarded = [one for key, one in found.items() if key.startswith("discipline.members.reprimand")]
    assert all(one == Today("masked") for one in guarded)
    assert {one.state for one in found.values()} <= {"same", "masked"}


def test_facts_that_make_no_sense_are_unknown_and_cost_little(world: World, report: bytes) -> None:
    sheet = read_word(report).embedded.sheet
    fact = sheet.facts[0]
    odd = [
        replace(fact, indicator="no.such"),
        replace(fact, organisation="XX"),
        replace(fact, period="năm ngoái"),
        replace(fact, as_at="31/12/2023"),
        replace(fact, as_at="0001-01-01"),
        replace(fact, period="9999"),
        replace(fact, against="9999"),
        replace(fact, value="không"),
    ]
    many = [replace(fact, as_at=f"2023-{m:02d}-{d:02d}") for m in range(1, 13) for d in range(1, 11)]
    found = today(replace(sheet, facts=(*odd, *many)), None)
    assert [one.state for one in found[:5]] == ["unknown"] * 5
    assert found[7].state == "changed"
    assert sum(one.state != "unknown" for one in found[8:]) <= MAX_MOMENTS
    assert moments(odd[2]) == []


# --- the command -------------------------------------------------------------------------------------------


def run(capsys: Any, path: Path, *more: str) -> tuple[int, str]:
    code = main(["verify", str(path), *more])
    out, err = capsys.readouterr()
    return code, out or err


def test_the_command_says_all_is_as_computed(
    world: World, report: bytes, tmp_path: Path, capsys: Any
) -> None:
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(report)
    code, out = run(capsys, path)
    assert code == 0
    assert "Đảng bộ huyện Thử, năm 2023" in out
    assert "0 bị sửa tay, 0 không còn" in out
    assert "0 đã khác" in out


def test_the_command_names_the_edited_figure_and_what_has_changed_since(
    world: World, report: bytes, tmp_path: Path, capsys: Any
) -> None:
    admit_one(world)
    number = next(
        n for n, r in made.checked(report).items() if r.fact.key.startswith("members.total|QS|2023")
    )
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(made.edited(report, lambda body: made.type_into(body, number, "60")))
    code, out = run(capsys, path)
    assert code == 1
    assert "Sửa tay: Tổng số đảng viên (QS, 2023), đã tính 6, nay ghi “60”" in out
    assert "Tổng số đảng viên (QS, 2023): khi làm báo cáo 6, nay 7" in out
    code, said = run(capsys, path, "--json")
    answer = json.loads(said)
    assert code == 1
    assert answer["counts"]["edited"] == 1
    assert answer["trust"] == "sealed"
    (row,) = [row for row in answer["figures"] if row["state"] == "edited"]
    assert (row["indicator"], row["printed"], row["found"], row["since"], row["now"]) == (
        "members.total",
        "6",
        "60",
        "changed",
        "7",
    )


@pytest.mark.parametrize("content", [None, b"khong phai Word"])
def test_the_command_refuses_what_it_cannot_read(
    world: World, tmp_path: Path, capsys: Any, content: bytes | None
) -> None:
    path = tmp_path / "x.docx"
    if content is not None:
        path.write_bytes(content)
    code, out = run(capsys, path)
    assert code == 2
    assert len(out.strip().splitlines()) == 1


# --- the book that a file names ---------------------------------------------------------------------------

DIGEST = "c" * 64


def book(world: World, **more: Any) -> FigureBook:
    given = {
        "content": b"{}",
        "figures": 0,
        "known_at": datetime(2024, 1, 4, tzinfo=UTC),
        "previous_digest": "0" * 64,
    }
    given |= {"organisation": world["QS"], "period": "2023", "as_at": date(2023, 12, 31), "number": 7, **more}
    return FigureBook.objects.create(digest=DIGEST, recorded_at=datetime(2024, 1, 4, tzinfo=UTC), **given)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (None, "Mã sổ ghi trong tệp không có ở hệ thống này"),
        ({}, "còn hiệu lực: sổ số 7, lần chốt 1."),
        ({"voided_at": datetime(2024, 2, 1, tzinfo=UTC)}, "nay có lần chốt mới thay: sổ số 7"),
        ({"period": "2022", "as_at": date(2022, 12, 31)}, "là của sổ khác"),
    ],
)
def test_whether_the_file_belongs_to_a_locked_book_here(
    world: World, tmp_path: Path, capsys: Any, more: dict[str, Any] | None, said: str
) -> None:
    if more is not None:
        book(world, **more)
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(world_report(world["QS"], book_digest=DIGEST))
    code, out = run(capsys, path)
    assert code == 0
    assert said in out
