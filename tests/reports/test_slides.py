"""The conference's deck: always twelve slides, every number a fact, text that fits, notes with sources, a safe file."""

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pptx import Presentation
from pptx.util import Pt
from pypdf import PdfReader

from tests import needs
from tests.reports import fakes
from tests.reports.telling import CELL, COMMUNE, NO_RECORDS, SETTING, numbers, sheet, year_with
from tongket.core.masks import DUTY
from tongket.figures.masking import guards_of
from tongket.indicators.catalogue import INDICATORS
from tongket.organisations.models import Organisation
from tongket.reports.facts import ReportFacts
from tongket.reports.news.records import Celebrated, Held, YearRecords
from tongket.reports.news.setting import Setting
from tongket.reports.slides import SLIDES
from tongket.reports.slides.cap import cap_words
from tongket.reports.slides.choose import chosen
from tongket.reports.slides.draft import Draft
from tongket.reports.slides.drawing.draw import draw
from tongket.reports.slides.drawing.measure import LINE, fit, fit_all, width, wrapped
from tongket.reports.slides.make import deck_of
from tongket.reports.slides.model import Deck
from tongket.reports.word.context import CLOSE, OPEN

pytestmark = pytest.mark.django_db

LONG_NAME = (
    "Đảng bộ cơ quan Hội đồng nhân dân và Ủy ban nhân dân liên xã Thượng Nguyên Hạ Long Bình Thủy " * 4
)
HELD = Held(
    "Hội nghị tổng kết công tác xây dựng Đảng năm 2023", date(2023, 12, 28), "Hội trường Huyện ủy", (), (), (),
    ("Tập trung xây dựng Đảng", "Phấn đấu hoàn thành các mục tiêu"),
)  # fmt: skip
WORK: dict[str, object] = {
    "obligations.due": 417,
    "obligations.on_time": 389,
    "obligations.on_time_pct": fakes.Decimal("93.29"),
    "obligations.late": 26,
    "inspections.done": 16,
    "inspections.done.checks": 10,
    "inspections.done.supervisions": 6,
    "inspections.organisations": 26,
    "discipline.organisations": 5,
}


def in_books() -> Organisation:
    """An organisation that has a row, for the names of its papers."""
    made, _ = Organisation.objects.get_or_create(
        code="QS", name="Đảng bộ huyện Quế Sơn", kind="district_committee", founded_on=date(1950, 1, 1)
    )
    return made


def facts_of(**more: Any) -> ReportFacts:
    more.setdefault("values", WORK)
    more.setdefault("children", 0)
    return fakes.report_facts(in_books(), **more)


def deck(
    facts: ReportFacts, setting: Setting = SETTING, records: YearRecords | None = None, digest: str = ""
) -> Deck:
    return deck_of(facts, records or YearRecords(HELD, None, (), ()), setting, digest)


@cache
def drawn() -> tuple[Deck, bytes]:
    """The deck of the made-up year with its file, made once."""
    made = deck(facts_of())
    return made, draw(made)


def empty() -> ReportFacts:
    return facts_of(values={}, default=None)


def masked(facts: ReportFacts) -> ReportFacts:
    """As somebody without the duty sees it."""
    own = {
        id: replace(figure, value=None, numerator=None, records=0, mask=DUTY)
        if guards_of(INDICATORS, figure.indicator)
        else figure
        for id, figure in facts.now.own.items()
    }
    return replace(facts, now=replace(facts.now, own=own))


def texts(made: Deck) -> list[str]:
    """All that stands on the slides, without the opening."""
    found = []
    for slide in made.slides:
        found += [
            slide.headline,
            *slide.lines,
            *(text for tile in slide.tiles for text in (tile.value, tile.label)),
        ]
        found += [cell for row in (slide.grid.rows if slide.grid else ()) for cell in row]
    return found


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def everything(content: bytes) -> str:
    """All text of the package, notes and properties too."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [
            archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))
        ]
    return "\n".join(parts)


@pytest.mark.parametrize("setting", [SETTING, COMMUNE, CELL])
@pytest.mark.parametrize("make", [facts_of, empty, lambda: masked(facts_of())])
def test_there_are_always_twelve_slides_each_with_a_headline_of_its_own(make: Any, setting: Setting) -> None:
    made = deck(make(), setting)
    assert len(made.slides) + 1 == SLIDES
    headlines = [slide.headline for slide in made.slides]
    assert len(set(headlines)) == len(headlines)
    assert all(len(text.split()) >= 4 and not text.endswith(".") for text in headlines)
    for text in texts(made):
        assert "None" not in text
        assert "chưa có số liệu" not in text


@settings(max_examples=100, deadline=None)
@given(
    holes=st.dictionaries(
        st.sampled_from(sorted({*fakes.YEAR, *WORK})), st.sampled_from([None, 0, 1]), max_size=60
    ),
    setting=st.sampled_from([SETTING, COMMUNE, CELL]),
)
def test_whatever_is_missing_the_slides_stay_eleven_and_whole(
    holes: dict[str, Any], setting: Setting
) -> None:
    made = chosen(Draft(year_with({**WORK, **holes}), NO_RECORDS, setting))
    assert len(made) == SLIDES - 1
    assert len({slide.key for slide in made}) == len(made)
    for slide in made:
        assert slide.headline
        assert slide.tiles or slide.lines or slide.grid or slide.chart
        text = " ".join([slide.headline, *slide.lines, *(tile.value for tile in slide.tiles)])
        for hole in ("None", "chưa có số liệu", "  ", " ,", OPEN, CLOSE):
            assert hole not in text


def test_the_order_is_that_of_a_conference() -> None:
    keys = [slide.key for slide in deck(facts_of()).slides]
    assert keys[:9] == [
        "glance", "admissions", "members", "organisations", "ratings_organisations", "ratings_members", "honours",
        "inspection", "directives",
    ]  # fmt: skip
    assert keys[-1] == "tasks"


def test_every_number_on_a_slide_is_a_fact_of_the_sheet_and_its_source_is_in_the_notes() -> None:
    facts = facts_of()
    made, content = drawn()
    known = {fact.key: fact for fact in sheet(facts).facts}
    rules = numbers(" ".join(cap_words(facts.as_at)[0]), ("124-QĐ/TW",))
    pages = opened(content).slides
    for page, slide in zip(list(pages)[1:], made.slides, strict=True):
        printed = {fact.text.lstrip("+-") for fact in slide.facts}
        said = [text for text in texts(replace(made, slides=(slide,))) if "124-QĐ/TW" not in text]
        assert [n for text in said for n in numbers(text) if n not in printed and n not in rules] == []
        notes = page.notes_slide.notes_text_frame.text
        assert (
            "Nguồn số liệu: Đảng bộ huyện Quế Sơn (QS); năm 2023; số liệu tính đến ngày 31/12/2023" in notes
        )
        for fact in slide.facts:
            assert known[fact.tag].value == str(fact.value)
            assert (
                f"({fact.indicator.id}) = {fact.text}; QS, năm 2023, tính đến ngày 31/12/2023. Cách tính:"
                in notes
            )


def test_one_value_changed_changes_the_deck() -> None:
    facts = facts_of()
    assert "88 đảng viên mới" in deck(facts).slides[1].headline
    own = dict(facts.now.own)
    own["members.admitted"] = replace(own["members.admitted"], value=91)
    assert "91 đảng viên mới" in deck(replace(facts, now=replace(facts.now, own=own))).slides[1].headline


def test_both_readings_of_the_cap_stand_on_the_slide_with_the_rule_in_the_notes() -> None:
    made = deck(facts_of())
    slide = next(slide for slide in made.slides if slide.key == "ratings_organisations")
    assert {tile.value for tile in slide.tiles} == {"10", "19,23%", "23,81%"}
    assert slide.lines == ("Mức xuất sắc tối đa 20% theo Quy định 124-QĐ/TW",)
    assert any("rate.cap.base" in line for line in slide.sources)
    assert cap_words(date(2010, 1, 1)) == ([], ())
    assert "chưa đối chiếu được văn bản" in cap_words(date(2026, 1, 1))[0][0]


def test_the_books_digest_stands_in_every_note() -> None:
    pages = opened(draw(deck(facts_of(), digest="ab12" * 16))).slides
    assert all(
        "sổ số liệu đã chốt " + "ab12" * 16 in page.notes_slide.notes_text_frame.text for page in pages
    )


def test_what_is_masked_is_nowhere_in_the_file_and_another_slide_takes_its_place() -> None:
    facts = facts_of()
    shown, hidden = everything(drawn()[1]), everything(draw(deck(masked(facts))))
    assert "kỷ luật" in shown
    assert "lượt tổ chức đảng được kiểm tra" in shown
    for text in ("kỷ luật", "discipline.", "lượt tổ chức đảng được kiểm tra", "inspections.organisations"):
        assert text not in hidden
    without = masked(facts_of(values={**WORK, "inspections.done": 0}))
    keys = [slide.key for slide in deck(without).slides]
    assert "inspection" not in keys
    assert "study" in keys
    assert "kiểm tra" not in " ".join(texts(deck(without)))


# --- the file ---------------------------------------------------------------------------------------------


def overflowing(content: bytes) -> list[str]:
    """Texts that by their measure pass their box or cell, boxes that pass the slide's edge or each other."""
    file = opened(content)
    found = []
    for number, page in enumerate(file.slides, start=1):
        boxes = []
        for shape in page.shapes:
            left, top = shape.left / Pt(1), shape.top / Pt(1)
            right, bottom = left + shape.width / Pt(1), top + shape.height / Pt(1)
            if left < -0.5 or top < -0.5 or right > 960.5 or bottom > 540.5:
                found.append(f"{number}: {shape.name} passes the edge")
            if shape.has_text_frame and shape.text_frame.text:
                boxes.append((left, top, right, bottom, shape.text_frame.text))
                if height(shape.text_frame, right - left) > bottom - top + 0.5:
                    found.append(f"{number}: {shape.text_frame.text[:50]}")
            if shape.has_table:
                for row in shape.table.rows:
                    for cell, column in zip(row.cells, shape.table.columns, strict=True):
                        if height(cell.text_frame, column.width / Pt(1) - 12) > row.height / Pt(1) - 3.5:
                            found.append(f"{number}: {cell.text_frame.text[:50]}")
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                if (
                    one[0] < other[2] - 1
                    and other[0] < one[2] - 1
                    and one[1] < other[3] - 1
                    and other[1] < one[3] - 1
                ):
                    found.append(f"{number}: “{one[4][:30]}” over “{other[4][:30]}”")
    return found


def height(frame: Any, room: float) -> float:
    total = 0.0
    for number, paragraph in enumerate(frame.paragraphs):
        properties = paragraph._p.pPr
        hang = int(properties.get("marL", 0)) / Pt(1) if properties is not None else 0
        for run in paragraph.runs:
            size = run.font.size / Pt(1)
            total += len(wrapped(run.text, room - hang, size, bold=bool(run.font.bold))) * size * LINE
        if number and paragraph.space_before is not None:
            total += paragraph.space_before / Pt(1)
    return total


def hostile() -> Deck:
    """Names and texts far too long, of one word, with marks of XML and control characters."""
    long = replace(
        SETTING,
        name=LONG_NAME,
        issuer=LONG_NAME,
        body="Đảng bộ " + "dài " * 30,
        period="năm 2023 " + "và nữa " * 20,
    )
    conclusions = (LONG_NAME, "Y" * 2000, "<b>&amp;", *["z"] * 9)
    held = replace(HELD, title="Hội nghị " + "x" * 900, place="<a&b>" * 60, conclusions=conclusions)
    return deck(facts_of(), long, YearRecords(held, None, (Celebrated("t" * 500, LONG_NAME, None),), ()))


@pytest.mark.parametrize(
    "make", [lambda: drawn()[1], lambda: draw(deck(empty(), CELL, NO_RECORDS)), lambda: draw(hostile())]
)
def test_no_text_passes_its_box_and_none_is_too_small_to_read(make: Any) -> None:
    content = make()
    assert overflowing(content) == []
    sizes = {
        run.font.size / Pt(1)
        for page in opened(content).slides
        for shape in page.shapes
        if shape.has_text_frame and shape.top / Pt(1) < 500
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    }
    assert min(sizes) >= 20


def test_the_search_for_overflow_finds_a_text_made_too_large() -> None:
    file = opened(drawn()[1])
    file.slides[1].shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(90)
    changed = io.BytesIO()
    file.save(changed)
    assert overflowing(changed.getvalue())


def test_what_had_to_be_cut_stands_whole_in_the_notes() -> None:
    made = hostile()
    last = opened(draw(made)).slides[SLIDES - 1]
    assert any("…" in shape.text_frame.text for shape in last.shapes if shape.has_text_frame)
    notes = last.notes_slide.notes_text_frame.text
    assert LONG_NAME.strip() in notes
    assert "Y" * 2000 in notes


def test_the_file_is_safe_wide_and_numbered() -> None:
    _made, content = drawn()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        relations = "".join(archive.read(name).decode() for name in names if name.endswith(".rels"))
    assert 'TargetMode="External"' not in relations
    assert not [
        name
        for name in names
        if re.search(r"vba|macro|ole|embed|activex|printer|thumbnail", name, re.IGNORECASE)
    ]
    file = opened(content)
    assert file.slide_width * 9 == file.slide_height * 16
    for number, page in enumerate(file.slides, start=1):
        assert page.shapes.title.text_frame.text
        fields = re.findall(r'type="slidenum".*?<a:t>(\d+)</a:t>', page.part.blob.decode(), re.DOTALL)
        assert fields == ([] if number == 1 else [str(number)])
    assert (file.core_properties.title, file.core_properties.language) != ("", "")


def test_pictures_have_words_and_large_letters() -> None:
    made, content = drawn()
    pictures = [
        (shape, shape._element.nvPicPr.cNvPr.get("descr"))
        for page in opened(content).slides
        for shape in page.shapes
        if shape.shape_type is not None and "PICTURE" in str(shape.shape_type)
    ]
    assert len(pictures) == len([slide for slide in made.slides if slide.chart]) >= 3
    assert any("2023: 88" in words for _, words in pictures)
    for shape, words in pictures:
        assert words
        with Image.open(io.BytesIO(shape.image.blob)) as image:
            # Pictures are drawn at three pixels a point; axis letters are 13 points in the drawing.
            assert 13 * (shape.width / Pt(1)) / (image.size[0] / 3) >= 17


def test_the_same_deck_gives_the_same_bytes() -> None:
    made, content = drawn()
    assert draw(made) == content


@needs.impress
def test_libreoffice_opens_it_and_shows_every_slide_whole(tmp_path: Path) -> None:
    whole, content = drawn()
    crowded = hostile()
    for name, made, written in (("a", whole, content), ("b", crowded, draw(crowded))):
        (tmp_path / f"{name}.pptx").write_bytes(written)
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
        subprocess.run(
            [*command, str(tmp_path / f"{name}.pptx")], check=True, capture_output=True, timeout=180
        )
        pages = PdfReader(tmp_path / f"{name}.pdf").pages
        assert len(pages) == SLIDES
        for page, slide in zip(pages[1:], made.slides, strict=True):
            wide, high = float(page.mediabox.width), float(page.mediabox.height)
            places: list[tuple[float, float]] = []

            def note(
                text: str, _cm: Any, tm: Any, _font: Any, _size: Any, places: list[Any] = places
            ) -> None:
                if text.strip():
                    places.append((tm[4], tm[5]))

            said = page.extract_text(visitor_text=note)
            assert all(-1 <= x <= wide + 1 and -1 <= y <= high + 1 for x, y in places)
            words = set(said.split())
            headline = slide.headline.split()[:4]
            assert name == "b" or [word for word in headline if word not in words] == []


# --- measuring --------------------------------------------------------------------------------------------


def test_a_text_is_measured_by_the_documents_font() -> None:
    assert width("Đảng bộ huyện", 40) == pytest.approx(2 * width("Đảng bộ huyện", 20))
    assert width("Đảng bộ", 20, bold=True) > width("Đảng bộ", 20)
    lines = wrapped("một hai ba bốn năm sáu bảy tám", 80, 20)
    assert " ".join(lines) == "một hai ba bốn năm sáu bảy tám"
    assert all(width(line, 20) <= 80 for line in lines)
    assert len(lines) > 2


@pytest.mark.parametrize("text", ["một", "x" * 500, "từ " * 300, "", "a " + "b" * 300 + " c"])
def test_a_fitted_text_fits_whatever_it_is(text: str) -> None:
    made = fit(text, 200, 100, largest=40, smallest=20)
    assert made.height <= 100
    assert 20 <= made.size <= 40
    assert len(wrapped(made.text, 200, made.size)) <= made.lines
    assert made.cut is (made.text != " ".join(text.split()))


def test_paragraphs_share_one_size_and_none_is_dropped() -> None:
    made = fit_all(["ngắn", "dài " * 200, "vừa " * 20], 300, 260, largest=30, smallest=20, gap=10)
    assert len(made) == 3
    assert len({piece.size for piece in made}) == 1
    assert sum(piece.height for piece in made) + 20 <= 260
    assert [piece.cut for piece in made] == [False, True, False]
