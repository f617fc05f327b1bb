"""Tables as CSV that Excel opens rightly: UTF-8 with its mark, semicolons, and no text that could act as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

__all__ = ["BadCsv", "read_csv", "write_csv"]

_DELIMITER = ";"
#: What a spreadsheet may take for a formula, and our own mark, so that reading back is exact.
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d[\d.]*(,\d+)?%?")


class BadCsv(ValueError):
    """The bytes are no table that `write_csv` wrote."""


def write_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as a file. A text that a spreadsheet might run gets an apostrophe before it; numbers stay numbers."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=_DELIMITER, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_guarded(cell) for cell in row])
    return buffer.getvalue().encode("utf-8-sig")


def read_csv(content: bytes) -> list[list[str]]:
    """The rows that `write_csv` was given. Raises `BadCsv`."""
    try:
        text = content.decode("utf-8-sig")
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_DELIMITER, strict=True)
        return [[cell.removeprefix("'") for cell in row] for row in rows]
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise BadCsv("Tệp CSV không đọc được.") from wrong


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_ACTIVE) and not _NUMBER.fullmatch(cell) else cell
