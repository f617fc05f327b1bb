"""`./run badges`: the list with reasons and rules, in words and as JSON; what was asked wrongly is said in one line."""

import json
import uuid
from datetime import date

import pytest

from tests.honours.badging.conftest import veteran
from tests.honours.badging.test_due_list import disciplined
from tests.world import World
from tongket import cli
from tongket.honours.acts import add_badge_award
from tongket.honours.drafts import BadgeAwardDraft


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = cli.main(["badges", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_json_separates_due_early_posthumous_delayed(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    disciplined(world, "V2", "warning", date(2023, 12, 1))
    disciplined(world, "V1", "warning", date(2023, 12, 1), case=uuid.uuid4())
    veteran(world, "V45", "VP", date(1979, 1, 1))
    code, out, _ = run("--org", "QS", "--on", "2024-02-03", "--json", capsys=capsys)
    answer = json.loads(out)
    parts = ("due", "posthumous", "early_possible", "missed", "delayed", "no_date")
    assert code == 0
    assert {part: [row["code"] for row in answer[part]] for part in parts} == {
        "due": ["V45", "V1"],
        "posthumous": ["V5"],
        "early_possible": ["V4"],
        "missed": ["V4", "V3"],
        "delayed": ["V2"],
        "no_date": ["V6"],
    }
    [unknown, known] = answer["due"]
    assert (unknown["bonus"], known["bonus"]) == (None, 2_700_000)
    assert answer["bonus"]["unknown"] == 1
    assert all(
        reason["rule"] in answer["rules"]
        for part in parts
        for row in answer[part]
        for reason in row["reasons"]
    )
    assert answer["rules"]["badge.round"]["mark"] == "U"
    assert "cảnh cáo" not in out and "niêm phong" not in out


def test_in_words(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("--org", "PA", "--on", "3/2/2024", capsys=capsys)
    assert code == 0
    assert "30 năm, 2.700.000 đồng: Đinh Văn Già (V1), Chi bộ thôn A1" in out
    assert "Thiếu ngày: chưa tính được tuổi Đảng: 1" in out


def test_any_day_is_allowed_with_a_note(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("--org", "QS", "--on", "2024-03-01", capsys=capsys)
    assert code == 0 and "Lưu ý: Ngày 01/03/2024 không phải ngày trao thường lệ" in out


def test_who_is_proposed_or_awarded_already_is_listed_apart(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = BadgeAwardDraft(
        world["V1"],
        world["PA1"],
        mark=30,
        round="0302",
        awarded_on=date(2024, 2, 2),
        decision_number="12-QĐ/TU",
    )
    add_badge_award(draft, by=world.users["clerk"])
    code, out, _ = run("--org", "QS", "--on", "2024-02-03", "--json", capsys=capsys)
    answer = json.loads(out)
    [given] = answer["awarded"]
    assert code == 0 and "V1" not in [row["code"] for row in answer["due"]]
    assert (given["code"], given["mark"], given["bonus"]) == ("V1", 30, 2_700_000)
    assert answer["bonus_awarded"]["known"] == 2_700_000
    assert answer["proposed"] == []
    code, out, _ = run("--org", "PB", "--on", "2024-02-03", "--json", capsys=capsys)
    assert json.loads(out)["awarded"] == []  # another body's badge is none of its own


@pytest.mark.parametrize(
    ("org", "on", "said"),
    [
        ("KHONG", "2024-02-03", "Không có tổ chức mã"),
        ("QS", "2024-02-30", "không có trong lịch"),
        ("QS", "2010-06-01", "Chưa có quy định"),
    ],
)
def test_what_was_asked_wrongly(world: World, capsys: pytest.CaptureFixture[str], org, on, said) -> None:
    code, out, err = run("--org", org, "--on", on, "--json", capsys=capsys)
    assert (code, out) == (2, "") and said in err
