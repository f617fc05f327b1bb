"""What people do to a report in Word: each edited figure is found, and no other is blamed."""

import io
import zipfile

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.layer import made
from tongket.reports.layer.word.verify import verify_word

PLACES = range(1, 13)


def test_the_file_as_made_is_clean_and_every_figure_is_a_fact() -> None:
    verified = verify_word(made.report())
    assert verified.is_clean()
    rows = made.by_number(verified)
    assert len(rows) == 12
    assert {row.way for row in rows.values()} == {"control"}
    admitted = [row for row in rows.values() if row.fact.indicator == "members.admitted"]
    assert {(row.fact.period, row.fact.value, row.printed) for row in admitted} == {
        ("2023", "88", "88"),
        ("2022", "80", "80"),
    }
    sheet = verified.file.embedded.sheet
    assert (sheet.organisation, sheet.period, sheet.as_at) == ("QS", "2023", "2023-12-31")


def test_what_has_no_value_is_a_fact_too() -> None:
    row = next(r for r in made.checked(made.report()).values() if r.fact.indicator == "study.attendance_pct")
    assert (row.fact.value, row.printed, row.state) == ("", "chưa có số liệu", "same")


def test_a_number_typed_into_the_control_is_edited_and_says_both() -> None:
    rows = made.checked(made.edited(made.report(), lambda body: made.type_into(body, 2, "95")))
    assert (rows[2].state, rows[2].printed, rows[2].found) == ("edited", rows[2].fact.text, "95")
    assert [n for n, row in rows.items() if row.state != "same"] == [2]


def test_a_control_removed_keeps_its_text_and_is_found_by_its_bookmark() -> None:
    rows = made.checked(made.edited(made.report(), lambda body: made.remove_control(body, 2)))
    assert (rows[2].state, rows[2].way) == ("same", "bookmark")


def test_without_any_mark_a_figure_is_found_by_position_and_value() -> None:
    rows = made.checked(made.edited(made.report(), lambda body: made.strip(body, 2)))
    assert (rows[2].state, rows[2].way) == ("same", "position")


def test_another_number_typed_where_the_control_was_is_edited() -> None:
    rows = made.checked(made.edited(made.report(), lambda body: made.retype(body, 2, "99")))
    assert (rows[2].state, rows[2].way, rows[2].found) == ("edited", "position", "99")


def test_a_figure_that_was_deleted_is_missing_and_another_of_the_same_value_is_not_taken_for_it() -> None:
    total = [n for n, row in made.checked(made.report()).items() if row.fact.indicator == "members.total"]
    rows = made.checked(made.edited(made.report(), lambda body: made.delete(body, total[0])))
    assert rows[total[0]].state == "missing"
    assert all(rows[n].state == "same" for n in total[1:])


def test_a_paragraph_moved_to_the_end_still_says_the_same() -> None:
    def move(body):
        paragraph = next(p for p in body.iter(qn("w:p")) if "vượt" in "".join(p.itertext()))
        body.insert(len(body) - 1, paragraph)

    rows = made.checked(made.edited(made.report(), move))
    assert {row.state for row in rows.values()} == {"same"}
    assert {row.way for row in rows.values()} == {"control"}


def test_all_marks_gone_everything_is_found_by_position() -> None:
    def strip_all(body):
        for number in PLACES:
            try:
                made.strip(body, number)
            except KeyError:
                continue  # the one in the header

    rows = made.checked(made.edited(made.report(), strip_all))
    assert {row.state for row in rows.values()} == {"same"}
    assert sum(row.way == "position" for row in rows.values()) == 11


def test_a_copied_control_is_judged_too_and_the_one_in_the_bookmark_is_the_first() -> None:
    def copy(body):
        from copy import deepcopy

        control = made.control_of(body, 2)
        other = deepcopy(control)
        next(other.iter(qn("w:t"))).text = "77"
        body[0].append(other)

    verified = verify_word(made.edited(made.report(), copy))
    rows = [row for row in verified.rows if row.number == 2]
    assert [(row.is_copy, row.state) for row in rows] == [(False, "same"), (True, "edited")]


def test_a_control_bound_to_another_place_does_not_hide_an_edit() -> None:
    """Place 2 is given the binding of place 3 and its number: the bookmark still tells what stood there."""

    def forge(body):
        control = made.control_of(body, 2)
        other = made.checked(made.report())[3]
        made.type_into(body, 2, other.printed)
        bound = next(control.iter(qn("w:dataBinding")))
        bound.set(qn("w:xpath"), bound.get(qn("w:xpath")).replace("place[2]", "place[3]"))

    verified = verify_word(made.edited(made.report(), forge))
    assert made.by_number(verified)[2].state == "edited"
    assert not verified.is_clean()


def test_a_control_of_another_report_pasted_in_is_named() -> None:
    def paste(body):
        control = made.control_of(body, 2)
        from copy import deepcopy

        other = deepcopy(control)
        next(other.iter(qn("w:tag"))).set(qn("w:val"), "members.total|XX|2019|2019-12-31")
        body[0].append(other)

    verified = verify_word(made.edited(made.report(), paste))
    assert len(verified.foreign) == 1
    assert not verified.is_clean()


def test_text_that_only_the_embedded_part_was_given_counts_because_word_would_show_it() -> None:
    content = made.report()
    name = made.part_of(content)
    part = made.read_part(content, name).replace(b"<text>85</text>", b"<text>95</text>")
    verified = verify_word(made.replaced(content, name, part))
    row = next(r for r in verified.rows if r.state == "edited")
    assert (row.found, row.stored) == ("85", "95")
    assert verified.file.trust == "sealed"  # what was computed is untouched


def test_deletions_and_moves_under_tracked_changes_count_as_done() -> None:
    def track(body):
        from lxml import etree

        control = made.control_of(body, 2)
        content = control.find(qn("w:sdtContent"))
        run = content[0]
        deleted = etree.SubElement(content, qn("w:del"))
        deleted.append(run)
        next(run.iter(qn("w:t"))).tag = qn("w:delText")
        inserted = etree.SubElement(content, qn("w:ins"))
        new = etree.SubElement(etree.SubElement(inserted, qn("w:r")), qn("w:t"))
        new.text = "96"

    rows = made.checked(made.edited(made.report(), track))
    assert (rows[2].state, rows[2].found) == ("edited", "96")


def test_spaces_and_composition_are_no_edit() -> None:
    import unicodedata

    number = next(n for n, r in made.checked(made.report()).items() if r.printed == "chưa có số liệu")
    text = unicodedata.normalize("NFD", "chưa có\u00a0số  liệu")
    rows = made.checked(made.edited(made.report(), lambda body: made.type_into(body, number, text)))
    assert rows[number].state == "same"


#: edit → what must be said of the place.
EDITS = {
    "type": (lambda body, n: made.type_into(body, n, "12345"), ("edited", "control")),
    "remove control": (made.remove_control, ("same", "bookmark")),
    "strip": (made.strip, ("same", "position")),
    "retype": (lambda body, n: made.retype(body, n, "54321"), ("edited", "position")),
    "delete": (made.delete, ("missing", "")),
    "split": (made.split_run, ("same", "control")),
}


@given(st.dictionaries(st.integers(1, 11), st.sampled_from(sorted(EDITS)), max_size=11))
@settings(max_examples=60, deadline=None)
def test_whatever_is_edited_exactly_that_is_reported(edits: dict[int, str]) -> None:
    def apply(body):
        for number, name in edits.items():
            EDITS[name][0](body, number)

    rows = made.checked(made.edited(made.report(), apply))
    told = {n: (rows[n].state, rows[n].way) for n in rows}
    expected = {n: EDITS[edits[n]][1] if n in edits else ("same", "control") for n in rows}
    assert told == expected


def test_a_template_made_from_an_old_report_carries_no_old_marks() -> None:
    """Left in, a control bound to place 7 of the old report would show what place 7 is now."""

    def add(body):
        next(body.iter(qn("w:t"))).text = "Nay kết nạp {{ so.members.admitted }}: "

    content = made_from(made.edited(made.report(), add))
    verified = verify_word(content)
    assert [row.fact.indicator for row in verified.rows] == ["members.admitted"]
    assert verified.is_clean()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        ours = [
            n for n in archive.namelist() if b"urn:tongket:facts:1" in archive.read(n)[:2000] and "item" in n
        ]
        text = archive.read("word/document.xml").decode()
        properties = archive.read("docProps/custom.xml").decode()
    assert len([n for n in ours if "Props" not in n]) == 1
    assert text.count("_tk") == 1
    assert properties.count("tongket_so_lieu_001") == 1


def made_from(template: bytes) -> bytes:
    """The report of a template, with its facts."""
    from tests.reports import fakes
    from tests.reports.templates import data
    from tongket.reports.layer.word.embed import embed
    from tongket.reports.layer.word.seal import sign
    from tongket.reports.word.render import render

    rendered = render(template, data())
    return embed(rendered, fakes.report_facts(), data(), made_at=made.MADE_AT, sign=sign)


def test_a_templates_own_properties_and_parts_stay() -> None:
    from tests.reports.templates import changed, docx

    own = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="7" name="Độ mật">'
        "<vt:lpwstr>Thường</vt:lpwstr></property></Properties>"
    )
    template = docx("Kết nạp {{ so.members.admitted }} đảng viên.")
    rels = made.read_part(template, "_rels/.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'custom-properties" Target="docProps/rieng.xml"/></Relationships>',
    )
    types = made.read_part(template, "[Content_Types].xml").replace(
        b"</Types>",
        b'<Override PartName="/docProps/rieng.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'custom-properties+xml"/></Types>',
    )
    template = changed(template, docProps__rieng_dot_xml=own.encode(), _rels___dot_rels=rels)
    template = made.replaced(template, "[Content_Types].xml", types)
    content = made_from(template)
    assert verify_word(content).is_clean()
    properties = made.read_part(content, "docProps/custom.xml").decode()
    assert "Độ mật" in properties
    pids = [int(p.split('"')[1]) for p in properties.split(" pid=")[1:]]
    assert len(pids) == len(set(pids))
    assert made.read_part(content, "customXml/item1.xml") == made.read_part(template, "customXml/item1.xml")
    assert b"custom-properties" in made.read_part(content, "[Content_Types].xml")


def test_the_second_copy_of_a_text_box_is_no_place_of_its_own() -> None:
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = Document()
    text = "<w:p><w:r><w:t>Kết nạp {{ so.members.admitted }}</w:t></w:r></w:p>"
    document.add_paragraph("Số liệu:")._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
            'xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>'
            f"<w:txbxContent>{text}</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><v:textbox>"
            f"<w:txbxContent>{text}</w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    saved = io.BytesIO()
    document.save(saved)
    content = made_from(saved.getvalue())
    verified = verify_word(content)
    assert [(row.fact.indicator, row.state) for row in verified.rows] == [("members.admitted", "same")]
    body = made.read_part(content, "word/document.xml").decode()
    assert body.count(">88<") == 1
    assert "Kết nạp 88" in body  # the second copy, as plain text


@pytest.mark.parametrize("lost", ["part", "properties"])
def test_either_carrier_alone_is_enough(lost: str) -> None:
    content = made.report()
    name = made.part_of(content) if lost == "part" else "docProps/custom.xml"
    verified = verify_word(made.replaced(content, name, None))
    assert verified.file.trust == "sealed"
    assert {row.state for row in verified.rows} == {"same"}
