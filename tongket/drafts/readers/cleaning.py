"""One written form of text at the door: NFC, no invisible signs, no control characters."""

import re

from tongket.core.text import nfc

_INVISIBLE = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e")
)
_FALSE_D = {ord("\u00d0"): "Đ", ord("\u00f0"): "đ", ord("\u0189"): "Đ", ord("\u0256"): "đ"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(text: str) -> str:
    """The text as it is read and stored; line breaks and tabs stay."""
    return nfc(_CONTROL.sub("", text.translate(_INVISIBLE | _FALSE_D)))
