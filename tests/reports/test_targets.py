"""Targets in the report: the sentence, the annex and the years of a term say what the pages say."""

import io
from datetime import date
from decimal import Decimal

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.reports.templates import controls, text_of
from tests.world import World, add_user, make_world
from tongket.core.periods import parse_period
from tongket.figures.engine import compute
from tongket.figures.targets import progress, targets_summary
from tongket.reports.facts import gather
from tongket.reports.payload import payload
from tongket.reports.word.default_template import default_template
from tongket.reports.word.printing import Tag
from tongket.reports.word.render import render
from tongket.targets.acts import add_target
from tongket.targets.drafts import TargetDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    made = make_world()
    add_user(made, "clerk_qs", "QS", "office", "organisation")
    return made


def set_target(world: World, indicator: str, value: str, period: str = "2023", giver: str = "above") -> None:
    start = parse_period(period).start
    draft = TargetDraft(world["QS"], indicator, period, Decimal(value), start, giver=giver)
    add_target(draft, by=world.users["clerk_qs"])


def report(world: World, period: str = "2023", as_at: date | None = None) -> bytes:
    facts = gather(world["QS"], parse_period(period), as_at=as_at)
    return render(default_template(facts.as_at), payload(facts, draw=()))


def said(content: bytes) -> str:
    return " ".join(text_of(content).split())


def cells(table: object) -> list[list[str]]:
    return [
        ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
        for row in table._tbl.iter(qn("w:tr"))  # type: ignore[attr-defined]
    ]


def test_a_report_without_targets_has_no_annex(world: World) -> None:
    text = said(report(world))
    assert "PHỤ LỤC" not in text and "Về thực hiện chỉ tiêu" not in text and "nhiệm kỳ" not in text


def test_the_sentence_and_the_annex_hold_every_target_as_the_page_does(world: World) -> None:
    total = compute(world["QS"], "2023", ids=("members.total", "members.admitted")).own
    set_target(world, "members.total", str(total["members.total"].value))
    set_target(world, "members.admitted", str((total["members.admitted"].value or 0) + 5))
    set_target(world, "study.attendance_pct", "99.5", giver="own")
    content = report(world)
    counted = targets_summary(world["QS"], "2023")
    assert [len(some) for some in (counted.all, counted.met, counted.behind, counted.unknown)] == [3, 1, 1, 1]
    text = said(content)
    assert "có 1/3 chỉ tiêu đạt và vượt; 1 chỉ tiêu không đạt: " in text
    assert "1 chỉ tiêu chưa đủ số liệu (chi tiết tại Phụ lục)." in text
    rows = cells(Document(io.BytesIO(content)).tables[-1])
    assert rows[0] == ["TT", "Chỉ tiêu", "ĐVT", "Mức giao", "Thực hiện", "Tỷ lệ (%)", "Tình trạng"]
    by_name = {row[1]: row for row in rows[1:]}
    for row in progress(world["QS"], "2023").rows:
        assert row.indicator is not None
        assert by_name[row.indicator.vi][4] == ("–" if row.done is None else str(row.done))
    assert [row[-1] for row in rows[1:]] == ["Đạt", "Không đạt", "Chưa đủ số liệu"]
    tags = {tag for tag, _text in controls(content)}
    for id in ("members.total", "members.admitted", "study.attendance_pct"):
        assert Tag(id, "QS", "2023", "2023-12-31").text() in tags
    # How many are met, what was asked and the share of it are no declared figures, but facts of the report too.
    reckoned = {tag.split("|")[0]: text for tag, text in controls(content) if tag.startswith("=")}
    assert (reckoned["=chi_tieu.dat"], reckoned["=chi_tieu.tong"]) == ("1", "3")
    assert [reckoned[f"=muc_giao.{n}"] for n in (1, 2, 3)] == [row[3] for row in rows[1:]]
    assert all(cell == "–" or cell in reckoned.values() for row in rows[1:] for cell in row[3:6])
    assert all(Tag.read(tag) for tag in tags)


def test_a_reckoned_number_links_to_no_figure_page_and_no_template_can_name_it(world: World) -> None:
    from tests.reports.templates import docx
    from tongket.reports.pdf.make import figure_address
    from tongket.reports.word.language import TemplateRefused

    address = figure_address("http://x")
    assert address(Tag("=chi_tieu.dat", "QS", "2023", "2023-12-31")) == ""
    assert address(Tag("members.total", "QS", "2023", "2023-12-31"))
    data = payload(gather(world["QS"], parse_period("2023")), draw=())
    for name in ("so.=chi_tieu.dat", "so.chi_tieu.dat"):
        with pytest.raises(TemplateRefused):
            render(docx(f"{{{{ {name} }}}}"), data)


def test_while_the_period_runs_the_annex_foresees_its_end(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_target(world, "members.admitted", "500")
    monkeypatch.setattr("tongket.figures.targets.today", lambda: date(2023, 6, 30))
    content = report(world)
    rows = cells(Document(io.BytesIO(content)).tables[-1])
    assert rows[0][-2:] == ["Dự báo cuối kỳ", "Tình trạng"] and rows[1][-1] == "Chậm tiến độ"
    assert "1 chỉ tiêu chậm tiến độ, chưa đạt: " in said(content)
    # The result is that of the day on which it was read, and its tag says so.
    tags = {tag for tag, _text in controls(content)}
    assert Tag("members.admitted", "QS", "2023", "2023-06-30").text() in tags


def test_a_report_on_half_a_term_reviews_its_years(world: World) -> None:
    for number in (2021, 2022):
        set_target(world, "members.admitted", "1", period=str(number))
    content = report(world, "2020-2025-H1")
    text = said(content)
    assert "Sơ kết giữa nhiệm kỳ 2020-2025" in text and "Tổng kết nhiệm kỳ" not in text
    years = {
        n: compute(world["QS"], str(n), ids=("members.admitted",)).own["members.admitted"].value
        for n in (2021, 2022)
    }
    met = sum((value or 0) >= 1 for value in years.values())
    assert f"có {met}/2 lượt chỉ tiêu năm đạt và vượt" in text
    (table,) = [t for t in Document(io.BytesIO(content)).tables if cells(t)[0][-1] == "Số năm đạt"]
    head, row = cells(table)
    assert head == ["TT", "Chỉ tiêu", "2020", "2021", "2022", "Số năm đạt"]
    assert row[3:] == [f"{years[2021]}/1", f"{years[2022]}/1", f"{met}/2"]
    reckoned = {tag.split("|")[0]: text for tag, text in controls(content) if tag.startswith("=")}
    assert (reckoned["=nhiem_ky.dat"], reckoned["=nhiem_ky.luot"]) == (str(met), "2")
    assert (reckoned["=nam_dat.1"], reckoned["=nam_het.1"], reckoned["=muc_nam.1.1"]) == (str(met), "2", "1")
    assert Tag("members.admitted", "QS", "2021", "2021-12-31").text() in {
        tag for tag, _text in controls(content)
    }


def test_a_whole_term_is_summed_up_when_it_is_over(world: World) -> None:
    set_target(world, "members.admitted", "1", period="2021")
    assert "Tổng kết nhiệm kỳ 2020-2025" in said(report(world, "2020-2025"))


def test_one_figure_with_two_givers_says_whose_each_target_is(world: World) -> None:
    set_target(world, "members.admitted", "500")
    set_target(world, "members.admitted", "1", giver="own")
    content = report(world)
    rows = cells(Document(io.BytesIO(content)).tables[-1])
    assert [row[1] for row in rows[1:]] == [
        "Đảng viên mới kết nạp (cấp trên giao)",
        "Đảng viên mới kết nạp (nghị quyết cấp mình)",
    ]
    assert "không đạt: đảng viên mới kết nạp (cấp trên giao) (" in said(content)


def test_the_review_of_a_term_leaves_out_what_has_targets_in_later_years_only(world: World) -> None:
    set_target(world, "members.admitted", "1", period="2021")
    set_target(world, "study.sessions", "3", period="2024")
    found = Document(io.BytesIO(report(world, "2020-2025-H1"))).tables
    (table,) = [t for t in found if cells(t)[0][-1] == "Số năm đạt"]
    assert [row[1] for row in cells(table)[1:]] == ["Đảng viên mới kết nạp"]
