"""The text as the patterns see it: small letters, one kind of blank and dash, one way to place tone marks.

A key has exactly one character for each character of the text, so that a position in one is a position in the other.
Diacritics stay: “năm” (year, five), “nam” (male) and “Nam” of a place name are different words.
"""

import re
import unicodedata

__all__ = ["WORD_END", "WORD_START", "key", "line_starts", "plain_key", "words"]

#: Borders of a word for patterns over a key: no letter before, no letter after.
WORD_START = r"(?<![^\W\d_])"
WORD_END = r"(?![^\W\d_])"

_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_BLANKS += "\u202f\u205f\u3000\r\u200b\ufeff"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\uff0d\u00f7"
_PLAIN = {ord(c): " " for c in _BLANKS} | {ord(c): "-" for c in _DASHES}
_PLAIN |= {
    ord("\t"): "\n",
    ord("\v"): "\n",
    ord("\f"): "\n",
    ord("％"): "%",
    ord("\u2028"): "\n",
    ord("\u2029"): "\n",
}
_PLAIN |= {ord("“"): '"', ord("”"): '"', ord("«"): '"', ord("»"): '"', ord("⁄"): "/"}

# Old and new placing of the tone mark in open syllables: huyện uỷ and huyện ủy, hoà and hòa.
_OLD_TONES = {
    f"{first}{old}": f"{new}{last}"
    for first, last, olds, news in (
        ("o", "a", "àáảãạ", "òóỏõọ"),
        ("o", "e", "èéẻẽẹ", "òóỏõọ"),
        ("u", "y", "ỳýỷỹỵ", "ùúủũụ"),
    )
    for old, new in zip(olds, news, strict=True)
}
# The look back comes last, so that the search can skip to the next o or u.
_OLD = re.compile(r"(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![^\W\d_])(?<!q..)")


def key(text: str) -> str:
    """The key of a text, as long as the text itself."""
    low = text.lower()
    if len(low) != len(text):  # a few capitals (İ) have small forms of two characters
        low = "".join(small if len(small := c.lower()) == 1 else c for c in text)
    return _OLD.sub(lambda found: _OLD_TONES[found.group()], low.translate(_PLAIN))


def line_starts(key: str) -> list[int]:
    """Where the lines of a text begin."""
    starts, at = [0], key.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = key.find("\n", at + 1)
    return starts


def words(*phrases: str) -> str:
    """A pattern for any of these phrases as whole words, the longest first; blanks may be up to three."""
    ordered = sorted({key(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    inner = "|".join(re.escape(phrase).replace(r"\ ", " {1,3}") for phrase in ordered)
    return f"{WORD_START}(?:{inner}){WORD_END}"


class _Letters(dict[int, str]):
    """Each sign's small letter without diacritics; found once."""

    def __missing__(self, sign: int) -> str:
        small = chr(sign).casefold().replace("đ", "d")
        found = "".join(c for c in unicodedata.normalize("NFD", small) if not unicodedata.combining(c))
        self[sign] = found
        return found


_LETTERS = _Letters()


def plain_key(text: str) -> str:
    """`core.text.fold` for text that is clean already: the same key, quick enough for the words of every number."""
    return " ".join(text.translate(_LETTERS).split())
