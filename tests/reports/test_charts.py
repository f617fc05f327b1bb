"""Charts: sound descriptions, a picture with its letters, a text for those who do not see it."""

from itertools import pairwise

import altair
import pytest

from tests.reports import fakes
from tongket.reports import charts
from tongket.ui.fonts import DOCUMENT_FONT


def drawn() -> dict[str, charts.Chart]:
    """All charts of the made-up year."""
    facts = fakes.report_facts()
    return {name: chart for name, chart in charts.all_charts(facts.now, facts.history).items() if chart}


def test_all_four_charts_are_there_and_valid_on_page_and_paper() -> None:
    found = drawn()
    assert set(found) == {"ket_nap", "xep_loai", "do_tuoi", "chi_tieu"}
    for chart in found.values():
        altair.Chart.from_dict(charts.for_document(chart))
        altair.Chart.from_dict(charts.for_page(chart))
        assert charts.for_document(chart)["config"]["font"] == DOCUMENT_FONT


def test_the_words_of_a_chart_tell_its_numbers() -> None:
    found = drawn()
    assert "2023: 88 (chỉ tiêu 85)" in found["ket_nap"].alt
    assert "hoàn thành xuất sắc nhiệm vụ 10" in found["xep_loai"].alt
    assert "1.043" in found["do_tuoi"].alt


def test_a_chart_without_numbers_is_none() -> None:
    facts = fakes.report_facts(values={}, children=0, default=None)
    assert set(charts.all_charts(facts.now, (facts.now,)).values()) == {None}


def test_letters_are_really_drawn() -> None:
    base = {"data": {"values": [{"t": "Đảng"}]}, "mark": {"type": "text", "fontSize": 40}}
    texts = ("Đảng viên", "Đảng vien", "")
    drawn = {t: charts.Chart("", "", {**base, "encoding": {"text": {"value": t}}}, 200, 80) for t in texts}
    pictures = set(charts.pictures(drawn).values())
    assert len(pictures) == 3


def test_colours_differ_in_lightness() -> None:
    def lightness(colour: str) -> float:
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    shades = [lightness(colour) for colour in charts.COLOURS]
    assert all(later - earlier > 30 for earlier, later in pairwise(shades))


@pytest.mark.parametrize("count", [1, 53])
def test_targets_are_sorted_from_the_furthest_behind(count: int) -> None:
    facts = fakes.report_facts(children=count)
    chart = charts.targets(facts.now)
    assert chart is not None
    reached = [row["dat"] for row in chart.spec["data"]["values"]]
    assert reached == sorted(reached)
