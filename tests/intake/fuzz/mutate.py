"""Workbooks gone wrong: each by its number, the same on every machine."""

import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from tests.intake.lists.layouts import thirty_one
from tests.intake.test_front_door import EVENTS, MEMBERS, ORGANISATIONS
from tongket.intake.kinds import KINDS
from tongket.intake.templates import template

SEED = 20231228
_FILES = Path(__file__).parent.parent / "files"
_ODD: tuple[Any, ...] = (
    "", " ", "\u200b", "x" * 33_000, "=1+1", "@SUM(A1)", "31/02/2023", "00/00/0000", "29/02/1900", "1e400", "NaN",
    "-1", "٣/٤/٢٠٢٣", "🎂", "\u202eABC", "Đ" * 500, "a\tb\nc", "<x>&amp;", "'; DROP TABLE", "049080000001",
    "4.9E+10", "½", "Nguyê\u0303n", "99/99/9999", "2023", "13/13/2023", 0, -1, 1e15, 1e300, -1e300, 0.1, 60, 2958466,
    True, False,
)  # fmt: skip
_CORE = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_TYPES = (b"s", b"n", b"b", b"e", b"str", b"inlineStr", b"d", b"zzz")
_VALUES = (
    b"-1",
    b"999999999",
    b"1e999",
    b"",
    b"NaN",
    b"2023-99-99",
    b"#REF!",
    b"0",
    b"60",
    b"&#x41;",
    b"&bad;",
)


@cache
def _good() -> tuple[tuple[str, bytes], ...]:
    made = [
        (
            "members",
            thirty_one([{"C": "An", "E": "Nam", "F": "03/02/1970", "I": "049070000001", "N": "T.1.1"}]),
        )
    ]
    for kind, title, rows in (
        ("organisations", "Tổ chức", ORGANISATIONS),
        ("members", "Đảng viên", MEMBERS),
        ("events", "Biến động", EVENTS),
    ):
        out = BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
        sheet = book.add_worksheet(title)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is not None:
                    sheet.write(r, c, value, *([day] if hasattr(value, "year") else []))
        book.close()
        made.append((kind, out.getvalue()))
    return tuple((kind, _packed(_parts(content) | {"docProps/core.xml": _CORE})) for kind, content in made)


def mutated(number: int) -> tuple[str, str, bytes]:
    """Kind, file name and bytes of the mutated workbook of this number."""
    random = Random(SEED + number)
    if number % 60 == 59:
        return (
            "members",
            "cu.xls",
            _flipped((_FILES / "mau.xls").read_bytes(), random, 1 + random.randrange(40)),
        )
    kind, content = random.choice(_good())
    change = random.choice(_CHANGES)
    return change(kind, content, random)


def _flipped(content: bytes, random: Random, count: int) -> bytes:
    data = bytearray(content)
    for _ in range(count):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return bytes(data)


def _bits(kind: str, content: bytes, random: Random) -> tuple[str, str, bytes]:
    return kind, "a.xlsx", _flipped(content, random, 1 + random.randrange(20))


def _cut(kind: str, content: bytes, random: Random) -> tuple[str, str, bytes]:
    start = random.randrange(len(content))
    return (
        kind,
        "a.xlsx",
        random.choice((content[:start], content[:start] + content[start + 7 :], content * 2)),
    )


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)  # no time of day in it
    return out.getvalue()


def _swapped(kind: str, content: bytes, random: Random) -> tuple[str, str, bytes]:
    """Parts of one workbook in another, or under each other's names, or missing."""
    parts, others = _parts(content), _parts(random.choice(_good())[1])
    name = random.choice(sorted(parts))
    how = random.randrange(4)
    if how == 0:
        parts[name] = others[random.choice(sorted(others))]
    elif how == 1:
        del parts[name]
    elif how == 2:
        parts[name] = b""
    else:
        parts[name] = _flipped(parts[name], random, 3) if parts[name] else b"x"
    return kind, "a.xlsx", _packed(parts)


def _grammar(kind: str, content: bytes, random: Random) -> tuple[str, str, bytes]:
    """The cells' XML with other types, values, addresses, and elements lost, doubled or left open."""
    parts = _parts(content)
    name = random.choice([n for n in sorted(parts) if n.endswith(".xml") and "xl/" in n])
    data = parts[name]
    for _ in range(1 + random.randrange(6)):
        data = random.choice(_GRAMMAR)(data, random)
    parts[name] = data
    return kind, "a.xlsx", _packed(parts)


def _one(pattern: bytes, make: Callable[[Random], bytes]) -> Callable[[bytes, Random], bytes]:
    """Another text in the place of one match, picked at random."""

    def change(data: bytes, random: Random) -> bytes:
        found = list(re.finditer(pattern, data))
        if not found:
            return data
        match = random.choice(found)
        return data[: match.start()] + make(random) + data[match.end() :]

    return change


def _address(random: Random) -> bytes:
    letters = random.choice((b"A", b"ZZ", b"XFD", b"AAAA", b""))
    return b'r="%s%d"' % (letters, random.choice((0, 1, 5, 200_001, 1_048_577, 999_999_999)))


_GRAMMAR: tuple[Callable[[bytes, Random], bytes], ...] = (
    _one(rb't="\w+"', lambda random: b't="%s"' % random.choice(_TYPES)),
    _one(rb"<v>[^<]*</v>", lambda random: b"<v>%s</v>" % random.choice(_VALUES)),
    _one(rb'r="[A-Z]+\d+"', _address),
    _one(rb' \w+="[^"]*"', lambda _: b""),
    _one(rb"</?\w+[^>]*>", lambda _: b""),
    _one(
        rb"<c[^>]*>.*?</c>", lambda random: b'<c r="B2" t="e"><f>X</f><v>#N/A</v></c>' * random.randrange(50)
    ),
    _one(rb'count="\d+"', lambda _: b'count="4294967295"'),
    _one(rb'ref="[^"]*"', lambda _: b'ref="A1:XFD1048576"'),
    _one(rb"</sheetData>", lambda _: b'</sheetData><mergeCells><mergeCell ref="A1:ZZ999999"/></mergeCells>'),
    _one(rb"<row ", lambda random: b'<row r="%d" ' % random.choice((0, 1_000_000, 3))),
    _one(rb"<sheet ", lambda _: b'<sheet name="" '),
)


def _cells(kind: str, _: bytes, random: Random) -> tuple[str, str, bytes]:
    """A sound file of our own template with odd things in its cells."""
    found = KINDS[random.choice(sorted(KINDS))]
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "nan_inf_to_errors": True}
    )
    book.set_properties({"created": datetime(2024, 1, 1)})
    for sheet in found.sheets:
        page = book.add_worksheet(sheet.title)
        columns = [column for column in sheet.columns if random.random() < 0.9]
        for place, column in enumerate(columns):
            page.write_string(0, place, column.header)
        for row in range(1, 2 + random.randrange(12)):
            for place, column in enumerate(columns):
                value = random.choice(_ODD) if random.random() < 0.35 else column.example
                if value != "":
                    page.write(row, place, value[:32_000] if isinstance(value, str) else value)
    book.close()
    return found.name, "a.xlsx", out.getvalue()


def _text(kind: str, _: bytes, random: Random) -> tuple[str, str, bytes]:
    """Text tables with wrong quotes, wrong letters, wrong marks."""
    rows = {"organisations": ORGANISATIONS, "members": MEMBERS, "events": EVENTS}[kind]
    sign = random.choice((";", ",", "\t", "|"))
    text = "\r\n".join(sign.join("" if v is None else str(v) for v in row) for row in rows)
    data = text.encode(random.choice(("utf-8", "utf-8-sig", "utf-16", "utf-16-be")))
    how = random.randrange(4)
    if how == 0:
        data = _flipped(data, random, 1 + random.randrange(10))
    elif how == 1:
        data = data[: random.randrange(len(data))] + b'"' + data[random.randrange(len(data)) :]
    elif how == 2:
        data += random.randbytes(random.randrange(200))
    return kind, random.choice(("a.csv", "a.txt", "a.xls")), data


def _libre(kind: str, _: bytes, random: Random) -> tuple[str, str, bytes]:
    """A LibreOffice file with its content changed."""
    parts = _parts((_FILES / "mau.ods").read_bytes())
    data = parts["content.xml"]
    for _ in range(1 + random.randrange(5)):
        data = random.choice(_LIBRE)(data, random)
    parts["content.xml"] = data
    return "members", "a.ods", _packed(parts)


_LIBRE: tuple[Callable[[bytes, Random], bytes], ...] = (
    _one(
        rb'repeated="\d+"',
        lambda random: b'repeated="%d"' % random.choice((0, 1, 400, 16_384, 1_048_576, 10**12)),
    ),
    _one(
        rb'value-type="\w+"',
        lambda random: b'value-type="%s"' % random.choice((b"date", b"float", b"time", b"x")),
    ),
    _one(
        rb'office:value="[^"]*"',
        lambda random: b'office:value="%s"' % random.choice((b"NaN", b"1e999", b"x", b"")),
    ),
    _one(rb'date-value="[^"]*"', lambda _: b'date-value="2023-13-45"'),
    _one(rb"<table:table-row[^>]*>", lambda _: b'<table:table-row table:number-rows-repeated="900000">'),
    _one(rb"</?text:p>", lambda _: b""),
    _one(rb"<text:p>", lambda _: b"<text:p><text:s text:c='99999999'/>"),
    _one(rb'spanned="\d+"', lambda _: b'spanned="99999999"'),
)


def _empty(kind: str, _: bytes, random: Random) -> tuple[str, str, bytes]:
    """The empty template, flipped: lists, validations and comments around the cells."""
    content = template(KINDS[kind])
    return kind, "a.xlsx", content if random.random() < 0.2 else _flipped(content, random, 5)


_CHANGES = (_bits, _cut, _swapped, _grammar, _grammar, _cells, _cells, _text, _libre, _empty)
