"""Tables as text (.csv, .tsv, .txt): which characters, which separator, then rows of texts."""

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice

from tongket.intake.door.page import MAX_CELLS, MAX_COLUMN, MAX_ROW, BadWorkbook, Page, too_far

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = (";", "\t", ",", "|")
_SAYS_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_GUARDED = re.compile(r"'(?=[=+\-@\d'])")
_SAMPLE = 40
_NOT_TEXT = (
    "Tệp không phải là bảng tính Excel (.xlsx, .xls), .ods hoặc bảng chữ (.csv). Hãy chọn đúng tệp, "
    "hoặc mở tệp trong Excel và lưu thành .xlsx."
)


def read_text(content: bytes, name: str) -> list[Page]:
    """The one table of a text file, every value a text. Raises `BadWorkbook`."""
    text = decoded(content)
    start = text[:2000].lstrip().lower()
    if _CONTROL.search(text) or start.startswith(("<html", "<!doctype", "<?xml", "<table", "{\\rtf")):
        raise BadWorkbook(_NOT_TEXT)
    said = _SAYS_SEPARATOR.match(text)
    separator = said[1] if said else _separator(text)
    if said:
        text = text[said.end() :]
    return [Page(name, _rows(text, separator, skipped=1 if said else 0))]


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8 (with or without its mark), UTF-16 or Windows-1258. Raises `BadWorkbook`."""
    coding = next((name for mark, name in _MARKS if content.startswith(mark)), "") or _guess(content)
    try:
        return content.decode(coding)
    except UnicodeDecodeError:
        raise BadWorkbook(_NOT_TEXT) from None


def _guess(content: bytes) -> str:
    """Without a mark: UTF-16 shows by its zero bytes, UTF-8 by being well formed; what is left is Windows-1258."""
    sample = content[:2000]
    if len(sample) >= 4 and sample[1::2].count(0) > len(sample) // 8:
        return "utf-16-le"
    if len(sample) >= 4 and sample[0::2].count(0) > len(sample) // 8:
        return "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1258"
    return "utf-8"


def _separator(text: str) -> str:
    """The sign that cuts most of the first lines into the same number of parts, more than one."""
    best, found = (0, 0), ";"
    for sign in _SEPARATORS:
        try:
            lines = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
            sample = [len(row) for row in islice(lines, _SAMPLE) if row]
        except csv.Error:
            continue
        widths = Counter(width for width in sample if width > 1)
        if widths:
            width, number = max(widths.items(), key=lambda item: (item[1], item[0]))
            best, found = max((best, found), ((number, width), sign), key=lambda item: item[0])
    return found


def _rows(text: str, separator: str, *, skipped: int) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(skipped)]
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            cells += len(row)
            if len(rows) >= MAX_ROW or cells > MAX_CELLS:
                raise too_far(f"A{len(rows) + 1}")
            if len(row) > MAX_COLUMN and any(cell.strip() for cell in row[MAX_COLUMN:]):
                raise BadWorkbook(
                    f"Dòng {len(rows) + 1} có hơn {MAX_COLUMN} cột. Hãy kiểm tra dấu phân cách."
                )
            rows.append([_GUARDED.sub("", cell, count=1) if cell[:1] == "'" else cell for cell in row])
    except csv.Error as error:
        raise BadWorkbook(
            f"Dòng {len(rows) + 1} của tệp chữ không đọc được. Hãy kiểm tra dấu nháy, hoặc lưu thành .xlsx."
        ) from error
    return rows
