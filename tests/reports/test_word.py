"""The Word file: content controls around every figure, texts as they are, tables and charts in their places."""

import io

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.reports.templates import controls, data, docx, text_of
from tongket.reports.word.language import TemplateRefused
from tongket.reports.word.printing import TAG_LIMIT, Tag, printed
from tongket.reports.word.render import render


def test_each_figure_is_a_content_control_that_names_indicator_organisation_period_and_day() -> None:
    made = render(docx("Kết nạp {{ so.members.admitted }}, năm trước {{ truoc.members.admitted }}."), data())
    assert controls(made) == [
        ("members.admitted|QS|2023|2023-12-31", "88"),
        ("members.admitted|QS|2022|2022-12-31", "80"),
    ]
    assert text_of(made).startswith("Kết nạp 88, năm trước 80.")


def test_the_text_around_a_figure_keeps_its_place_and_its_look() -> None:
    document = Document()
    paragraph = document.add_paragraph()
    run = paragraph.add_run("Có {{ so.members.total }} đảng viên")
    run.bold = True
    run.add_tab()
    run.add_text("và {{ so.honours.badges }}")
    saved = io.BytesIO()
    document.save(saved)
    body = Document(io.BytesIO(render(saved.getvalue(), data()))).element.body
    assert "".join(t.text for t in body.iter(qn("w:t"))) == "Có 3.724 đảng viênvà 158"
    runs = [r for r in body.iter(qn("w:r")) if r.find(qn("w:t")) is not None]
    assert all(r.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None for r in runs)
    order = [e.tag for e in body.iter(qn("w:t"), qn("w:tab")) if e.getparent().tag == qn("w:r")]
    assert order.index(qn("w:tab")) == 3  # before, figure, after, tab, before, figure


def test_special_characters_print_as_themselves() -> None:
    name = "A & B <w:p/> \" ' > {{ so }} {% x %} &amp; ½ 𝄞"
    made = render(docx("{{ to_chuc.ten }}"), data(to_chuc={"ten": name}))
    assert text_of(made).strip() == name


def test_a_figure_in_the_header_is_a_content_control_too() -> None:
    made = render(docx("x", header="Kết nạp {{ so.members.admitted }}"), data())
    header = Document(io.BytesIO(made)).sections[0].header._element
    assert [s.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) for s in header.iter(qn("w:sdt"))] == [
        "members.admitted|QS|2023|2023-12-31"
    ]


def test_a_table_has_a_heading_row_that_repeats_and_a_control_in_each_number() -> None:
    made = render(docx("{{ bang.nho }}"), data())
    body = Document(io.BytesIO(made)).element.body
    table = body.find(qn("w:tbl"))
    assert table.find(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert controls(made) == [("members.admitted|QS|2023|2023-12-31", "88")]
    right = [jc for jc in table.iter(qn("w:jc")) if jc.get(qn("w:val")) == "right"]
    assert len(right) == 1


@pytest.mark.parametrize(
    "text", ["xem {{ bang.nho }}", "{{ bang.nho }}{{ bang.nho }}", "{{ bang.nho }} {{ so.members.total }}"]
)
def test_a_table_that_does_not_stand_alone_is_refused(text: str) -> None:
    with pytest.raises(TemplateRefused, match="đứng một mình"):
        render(docx(text), data())


def test_a_table_in_the_header_is_refused() -> None:
    with pytest.raises(TemplateRefused, match="phần thân"):
        render(docx("x", header="{{ bang.nho }}"), data())


def test_control_ids_are_unique_and_controls_cannot_be_typed_over() -> None:
    made = render(docx(*["{{ so.members.total }} {{ so.members.admitted }}"] * 20), data())
    body = Document(io.BytesIO(made)).element.body
    ids = [i.get(qn("w:val")) for s in body.iter(qn("w:sdtPr")) for i in s.iter(qn("w:id"))]
    assert len(ids) == len(set(ids)) == 40
    assert {lock.get(qn("w:val")) for lock in body.iter(qn("w:lock"))} == {"contentLocked"}


def test_a_list_prints_one_paragraph_an_entry() -> None:
    made = render(docx("{%p for n in noi_nhan %}", "- {{ n.ten }}", "{%p endfor %}"), data())
    assert text_of(made).split("\n")[:2] == ["- Tỉnh ủy", "- Lưu"]


def test_all_unknown_names_of_all_parts_come_in_one_answer() -> None:
    with pytest.raises(TemplateRefused) as refused:
        render(docx("{{ so.sai_mot }}", header="{{ so.sai_hai }}"), data())
    assert "so.sai_mot" in str(refused.value)
    assert "so.sai_hai" in str(refused.value)


def test_a_syntax_error_says_where() -> None:
    with pytest.raises(TemplateRefused, match="cú pháp"):
        render(docx("{% if so.members.total > 1 %}thiếu kết thúc"), data())


@pytest.mark.parametrize(
    ("tag", "length"),
    [
        (Tag("members.admitted", "QS", "2023", "2023-12-31"), None),
        (
            Tag("ratings.organisations.excellent_of_good_or_better_pct", "QS-XA-01", "2023-Q1", "2023-03-31"),
            TAG_LIMIT,
        ),
        (Tag("members.total", "QS", "2023", "2023-12-31", "2022"), None),
    ],
)
def test_a_tag_is_never_longer_than_word_allows_and_can_be_read_back(tag: Tag, length: int | None) -> None:
    written = tag.text()
    read = Tag.read(written)
    assert read is not None
    assert (read.indicator, read.organisation, read.period, read.against) == (
        tag.indicator,
        tag.organisation,
        tag.period,
        tag.against,
    )
    assert read.as_at in (tag.as_at, "")
    if length:
        assert len(written) <= length or not read.as_at


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (3724, "", "3.724"),
        (-3, "abs", "3"),
        (3, "signed", "+3"),
        (0, "signed", "0"),
        (-3, "signed_bare", "-3"),
        (None, "", "chưa có số liệu"),
        (None, "bare", "–"),
        (None, "signed_bare", "–"),
        (5, "unit", "5 đảng viên"),
    ],
)
def test_figures_print_as_an_office_writes_them(value: int | None, form: str, text: str) -> None:
    assert printed(value, unit="đảng viên", form=form) == text
