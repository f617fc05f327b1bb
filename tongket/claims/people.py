"""People and bodies named in a text (a stand-in that finds the bodies with a name of their own)."""

import re

from .model import Mention

__all__ = ["find_mentions"]

_BODY = re.compile(
    r"(?<!\w)(?:Đảng bộ|Đảng ủy|Huyện ủy|Huyện uỷ|Thị ủy|Thành ủy|Tỉnh ủy|Chi bộ)"
    r"(?: (?:huyện|xã|phường|thị trấn|tỉnh))?"
    r"(?: [A-ZĐ][^\W\d_]{0,10}){1,4}"
)


def find_mentions(text: str) -> tuple[Mention, ...]:
    """The people and bodies that a text names, in its order."""
    return tuple(
        Mention("body", found.start(), found.end(), found.group(), found.group())
        for found in _BODY.finditer(text)
    )
