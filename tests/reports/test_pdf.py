"""Typst reads every text as text."""

import io

import pytest
import typst
from docx import Document
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tongket.reports.pdf import docx_to_typst, make_pdf
from tongket.reports.pdf.markup import literal, styled
from tongket.reports.pdf.styles import Text
from tongket.ui.fonts import document_font_dir

TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=60) | st.sampled_from(
    [
        '"',
        "\\",
        '#let x = "',
        "#{panic()}",
        "$x$",
        "*a*",
        "_b_",
        "`c`",
        "@d",
        "<e>",
        "= f",
        "- g",
        "\\u{41}",
        "// h",
        "/* i */",
    ]
)


@given(TEXT)
@hypothesis_settings(max_examples=60)
def test_any_text_reads_as_itself(text: str) -> None:
    source = f"#metadata({literal(text)})<x>".encode()
    value = typst.query(source, "<x>", field="value", one=True)
    assert __import__("json").loads(value) == text


@pytest.mark.parametrize(
    "hostile", ["#panic(1)", "$ x $ *b* _i_ `c`", '"] #read("/etc/passwd")', "a\\b#c@d<e>", "= = -- ---"]
)
def test_hostile_text_is_set_as_it_stands(hostile: str) -> None:
    document = Document()
    document.add_paragraph(hostile)
    saved = io.BytesIO()
    document.save(saved)
    text = PdfReader(io.BytesIO(make_pdf(saved.getvalue()))).pages[0].extract_text()
    assert text.replace(" ", "").strip() == hostile.replace(" ", "")


def test_every_vietnamese_letter_has_its_glyph() -> None:
    vowels = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    document = Document()
    document.add_paragraph(vowels + vowels.upper())
    saved = io.BytesIO()
    document.save(saved)
    source, _ = docx_to_typst(saved.getvalue())
    _, warnings = typst.compile_with_warnings(
        source.encode(), font_paths=[document_font_dir()], ignore_system_fonts=True
    )
    assert not warnings
    text = PdfReader(io.BytesIO(make_pdf(saved.getvalue()))).pages[0].extract_text()
    assert "".join(text.split()) == vowels + vowels.upper()


def test_looks_become_markup() -> None:
    made = styled("x", Text(size=14, bold=True, italic=True, underline=True))
    assert 'weight: "bold"' in made
    assert 'style: "italic"' in made
    assert made.startswith("#underline")
    assert styled("x", Text(hidden=True)) == ""


def test_merged_cells_lists_and_breaks_are_kept() -> None:
    document = Document()
    table = document.add_table(rows=2, cols=3, style="Table Grid")
    table.cell(0, 0).merge(table.cell(0, 1)).text = "ngang"
    table.cell(0, 2).merge(table.cell(1, 2)).text = "dọc"
    document.add_paragraph("một", style="List Number")
    document.add_paragraph("hai", style="List Number")
    document.add_page_break()
    document.add_paragraph("trang sau")
    saved = io.BytesIO()
    document.save(saved)
    source, _ = docx_to_typst(saved.getvalue())
    assert "colspan: 2" in source
    assert "rowspan: 2" in source
    reader = PdfReader(io.BytesIO(make_pdf(saved.getvalue())))
    assert len(reader.pages) == 2
    first = reader.pages[0].extract_text()
    assert "1. một" in first
    assert "2. hai" in first
    assert "trang sau" in reader.pages[1].extract_text()
