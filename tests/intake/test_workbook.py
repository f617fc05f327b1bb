"""Files that a stranger may have made: refused in words before any parser sees them."""

import io
import re
import struct
import zipfile
import zlib
from datetime import date

import pytest

from tests.intake.books import named
from tongket.intake.cells import ErrorCell
from tongket.intake.workbook import BadWorkbook, check_name, open_workbook

GOOD = named({"Trang": [["Mã", "Ngày"], ["A1", date(2023, 1, 2)], [None, None], ["A2", "x"]]})


def _changed(content: bytes, **replaced: bytes) -> bytes:
    """The same archive with other bytes for parts whose path ends in a name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            stem = info.filename.rsplit("/", 1)[-1].split(".")[0]
            new.writestr(info.filename, replaced.get(stem, old.read(info)))
    return out.getvalue()


def _sheet(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def test_a_good_workbook_is_read_from_its_first_cell_on() -> None:
    (page,) = open_workbook(GOOD)
    assert page.name == "Trang"
    assert page.rows == [["Mã", "Ngày"], ["A1", date(2023, 1, 2)], ["", ""], ["A2", "x"]]


def test_formula_errors_are_kept_as_errors_and_not_as_blanks() -> None:
    sheet = _sheet(GOOD).replace(
        b"</row>", b'<c r="C1" s="1"/><c r="D1" t="e"><f>X1</f><v>#REF!</v></c></row>', 1
    )
    (page,) = open_workbook(_changed(GOOD, sheet1=sheet))
    assert page.rows[0][3] == ErrorCell("#REF!")
    assert page.rows[1][0] == "A1"


@pytest.mark.parametrize(
    "declaration", [b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>", b"<!ENTITY x 'y'>"]
)
def test_document_types_and_entities_are_refused(declaration: bytes) -> None:
    sheet = _sheet(GOOD).replace(b"<worksheet", declaration + b"<worksheet", 1)
    with pytest.raises(BadWorkbook, match="XML"):
        open_workbook(_changed(GOOD, sheet1=sheet))


def test_a_document_type_in_another_encoding_is_refused_too() -> None:
    text = _sheet(GOOD).decode().replace("<worksheet", "<!DOCTYPE a><worksheet", 1)
    with pytest.raises(BadWorkbook, match="XML"):
        open_workbook(_changed(GOOD, sheet1=text.encode("utf-16")))


def test_a_file_that_unpacks_to_too_much_is_refused_by_its_directory() -> None:
    bomb = _changed(GOOD, sheet1=b" " * 60_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(BadWorkbook, match="quá lớn"):
        open_workbook(bomb)


def test_a_size_that_lies_is_refused() -> None:
    data = zlib.compress(b" " * 5_000_000)[2:-4]
    whole = bytearray(_changed(GOOD, sheet1=b" " * 5_000_000))
    # The directory and the local header say 10 bytes; the stream holds five million.
    for match in re.finditer(re.escape(struct.pack("<I", 5_000_000)), bytes(whole)):
        whole[match.start() : match.start() + 4] = struct.pack("<I", 10)
    assert len(data) > 10
    with pytest.raises(BadWorkbook):
        open_workbook(bytes(whole))


def test_doubled_and_escaping_names_are_refused() -> None:
    for name in ("xl/worksheets/sheet1.xml", "../evil.xml", "/abs.xml"):
        out = io.BytesIO(GOOD)
        with (
            pytest.warns(UserWarning) if name.startswith("xl") else _nothing(),
            zipfile.ZipFile(out, "a") as archive,
        ):
            archive.writestr(name, b"<x/>")
        with pytest.raises(BadWorkbook, match="Cấu trúc"):
            open_workbook(out.getvalue())


def test_too_many_entries_are_refused() -> None:
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(2_100):
            archive.writestr(f"x/{number}", b"")
    with pytest.raises(BadWorkbook):
        open_workbook(out.getvalue())


def test_a_stray_cell_far_away_is_named_instead_of_filling_the_memory() -> None:
    sheet = _sheet(GOOD).replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    with pytest.raises(BadWorkbook, match="XFD1048576"):
        open_workbook(_changed(GOOD, sheet1=sheet))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "trống"),
        (b"ma,ten\n1,2\n", "không phải là bảng tính"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "kiểu cũ"),
        (GOOD[: len(GOOD) // 2], "hỏng"),
        (GOOD[:-30], "hỏng"),
    ],
)
def test_what_is_no_whole_workbook_is_refused_with_the_remedy(content: bytes, said: str) -> None:
    with pytest.raises(BadWorkbook, match=said):
        open_workbook(content)


def test_another_office_file_is_told_apart_from_a_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", b"<w/>")
    with pytest.raises(BadWorkbook, match="không phải là bảng tính"):
        open_workbook(out.getvalue())


def test_other_endings_are_refused_by_name() -> None:
    check_name("Đảng viên.XLSX")
    check_name("danh-sach.xls")
    with pytest.raises(BadWorkbook, match=r"\.xlsx"):
        check_name("danh-sach.docx")


class _nothing:
    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None
