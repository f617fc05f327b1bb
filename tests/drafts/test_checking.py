"""A text held against the small district: six members, one admitted in 2023, two communes."""

from datetime import date
from typing import Any

import pytest

from tests.world import World
from tongket.core.periods import parse_period
from tongket.drafts.checking import Checked, Result, check
from tongket.drafts.command import as_json
from tongket.inspections.acts import add_member_discipline
from tongket.inspections.drafts import MemberDisciplineDraft


def run(world: World, text: str, period: str = "2023", viewer: Any = None, code: str = "QS") -> Result:
    return check(text, world[code], parse_period(period), viewer)


def of(result: Result, printed: str) -> Checked:
    """The verdict on the first claim that contains these signs."""
    found = [
        checked
        for claim, checked in zip(result.reading.claims, result.claims, strict=True)
        if printed in claim.text and claim.kind not in ("date", "plain")
    ]
    assert found, [claim.text for claim in result.reading.claims]
    return found[0]


def test_what_the_books_say_is_right_and_what_they_do_not_say_is_wrong_with_the_value(world: World) -> None:
    right = of(run(world, "Năm 2023, Đảng bộ huyện kết nạp 01 đảng viên mới."), "01")
    assert right.verdict == "right"
    wrong = of(run(world, "Năm 2023, Đảng bộ huyện kết nạp 04 đảng viên mới."), "04")
    assert (wrong.verdict, wrong.indicator) == ("wrong", "members.admitted")
    assert wrong.correction is not None
    assert wrong.correction.expected == "01"  # in the claim's own form
    assert "1 đảng viên" in wrong.reason
    assert wrong.data["records_href"] == "/so-lieu/members.admitted/ho-so/?to_chuc=QS&ky=2023"


def test_the_base_of_a_percentage_is_named(world: World) -> None:
    text = "Năm 2023, toàn Đảng bộ có 6 đảng viên, trong đó đảng viên nữ 3 đồng chí, chiếm 50%."
    found = of(run(world, text), "50%")
    assert found.verdict == "right"
    assert "3/6 = 50%" in found.reason
    assert "tính trên «Tổng số đảng viên»" in found.reason


def test_a_named_organisation_below_is_asked_for_its_own_figure(world: World) -> None:
    text = "Năm 2023, Đảng bộ xã B kết nạp 1 đảng viên mới."
    found = of(run(world, text), "1 đảng viên")
    assert found.verdict == "right"
    assert found.data["organisation"] == "PB"
    none = of(run(world, "Năm 2023, Đảng bộ xã Không Có kết nạp 7 đảng viên mới."), "7")
    assert none.verdict == "not_checked"
    assert "Không Có" in none.reason


def test_the_period_that_the_text_names_is_the_one_asked(world: World) -> None:
    text = "6 tháng đầu năm 2023, Đảng bộ huyện kết nạp 1 đảng viên mới. Năm 2022, kết nạp 3 đảng viên mới."
    found = run(world, text)
    assert of(found, "1 đảng viên").data["period"] == "2023-H1"
    assert (
        of(found, "3 đảng viên").verdict == "doubtful"
    )  # the books hold nothing of that year: perhaps not entered


def test_a_goal_is_no_result(world: World) -> None:
    assert of(run(world, "Phấn đấu năm 2023 kết nạp 90 đảng viên mới."), "90").verdict in (
        "not_checked",
        "right",
    )


def test_a_text_of_another_year_or_organisation_is_told_and_nothing_is_called_wrong(world: World) -> None:
    other_year = run(world, "Năm 2021, Đảng bộ huyện kết nạp 88 đảng viên mới. Năm 2021 đạt nhiều kết quả.")
    assert "năm 2021" in other_year.notice
    assert not other_year.any_wrong
    other_place = run(
        world,
        "Năm 2023, Đảng bộ huyện Tiên Phước kết nạp 88 đảng viên mới; Huyện ủy Tiên Phước trao 5 giấy khen.",
    )
    assert "Tiên Phước" in other_place.notice
    assert not other_place.any_wrong


def test_a_text_without_numbers_is_told(world: World) -> None:
    found = run(world, "Đảng bộ huyện đã lãnh đạo thực hiện tốt nhiệm vụ.")
    assert "không có con số nào" in found.notice
    assert found.numbers_read == found.numbers_judged == 0


def test_every_number_that_is_read_is_judged_and_every_claim_has_a_reason(world: World) -> None:
    text = (
        "Ngày 28/12/2023, Huyện ủy tổ chức hội nghị lần thứ 11 (khóa XXV). Thu 1,5 triệu đồng; 3.630 ha lúa; "
        "12/15 xã đạt; "
        "tăng 2,5 điểm phần trăm; hai mươi hộ; Quyết định số 05-QĐ/HU ngày 01/02/2023."
    )
    found = run(world, text)
    assert found.numbers_read == found.numbers_judged > 8
    assert all(checked.reason for checked in found.claims)


def test_the_answer_has_the_promised_shape(world: World) -> None:
    answer = as_json(run(world, "Năm 2023, Đảng bộ huyện kết nạp 04 đảng viên mới."), name_records=True)
    assert {"claims", "documents", "people", "numbers_read", "numbers_judged"} <= set(answer)
    row = next(row for row in answer["claims"] if row["kind"] == "count")
    promised = {
        "text",
        "kind",
        "start",
        "end",
        "values",
        "unit",
        "indicator",
        "verdict",
        "expected",
        "reason",
    }
    assert promised <= set(row)
    assert (row["values"], row["indicator"], row["verdict"], row["expected"]) == (
        [4],
        "members.admitted",
        "wrong",
        "01",
    )
    assert row["records"]["first"] == ["Hoàng Thị Gấm"]


@pytest.fixture
def disciplined(world: World) -> World:
    for code, cell in (("M1", "PA1"), ("M3", "PA2"), ("M4", "PB1")):
        draft = MemberDisciplineDraft(
            member=world[code],
            organisation=world[cell],
            form="reprimand",
            ground="duty",
            decided_on=date(2023, 3, 1),
            decision_number=f"0{code[1]}-QĐ/UBKT",
            decision_body="UBKT Huyện ủy",
        )
        add_member_discipline(draft, by=None)
    return world


def test_guarded_figures_are_not_checked_for_whoever_may_not_see_them(disciplined: World) -> None:
    text = "Năm 2023, thi hành kỷ luật 9 đảng viên bằng hình thức khiển trách."
    clerk, inspector = disciplined.users["office"], disciplined.users["inspector"]
    hidden = of(run(disciplined, text, viewer=clerk), "9")
    assert hidden.verdict == "not_checked"
    assert "3" not in hidden.reason
    assert of(run(disciplined, text, viewer=inspector), "9").verdict == "wrong"
