"""Text typed for the fonts from before Unicode (TCVN3: .VnTime; VNI): its letters are other signs, so none is found."""

import re
from itertools import islice

from tongket.intake.door.page import Page

_ROWS, _FEW, _SHARE = 60, 3, 5
# Signs that stand inside words only in these encodings, never in Vietnamese of Unicode.
_TCVN3 = re.compile("[A-Za-z][\u00a8-\u00ae\u00b5-\u00be]|[\u00ae\u00b5\u00b6\u00b8\u00b9][a-z]")
_VNI = re.compile("[AEae][\u00c1-\u00c5\u00e0-\u00e5\u00e8-\u00ea\u00f5\u00f8\u00f9\u00fb]")


def old_font(pages: list[Page]) -> str:
    """The name of the old encoding that a workbook is typed in; "" for Unicode."""
    texts = [
        value
        for page in pages
        for cells in islice(page.rows, _ROWS)
        for value in cells
        if isinstance(value, str) and len(value) > 2
    ]
    for name, pattern in (("TCVN3 (.VnTime)", _TCVN3), ("VNI", _VNI)):
        hits = sum(pattern.search(text) is not None for text in texts)
        if hits >= _FEW and hits * _SHARE >= len(texts):
            return name
    return ""
