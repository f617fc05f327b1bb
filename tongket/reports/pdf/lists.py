"""Numbers and bullets of Word lists, counted as Word counts them."""

from typing import Any

from docx.oxml.ns import qn


class Numbers:
    """The running numbers of a document's lists."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}  # (list, level): form, text, start
        self.counts: dict[str, dict[int, int]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {a.get(qn("w:abstractNumId")): a for a in root.iter(qn("w:abstractNum"))}
        for number in root.iter(qn("w:num")):
            link = number.find(qn("w:abstractNumId"))
            if link is None or link.get(qn("w:val")) not in abstract:
                continue
            for level in abstract[link.get(qn("w:val"))].iter(qn("w:lvl")):
                key = (number.get(qn("w:numId")), int(level.get(qn("w:ilvl"))))
                self.levels[key] = (
                    _of(level, "w:numFmt"),
                    _of(level, "w:lvlText"),
                    int(_of(level, "w:start") or 1),
                )

    def next(self, place: tuple[str, int]) -> str:
        """The number or bullet of the next paragraph of a list at a level; '' for an unknown list."""
        if place not in self.levels:
            return ""
        list_id, level = place
        form, text, start = self.levels[place]
        if form in ("bullet", "none"):
            return "•" if form == "bullet" else ""
        counts = self.counts.setdefault(list_id, {})
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        for depth in range(level + 1):
            above = self.levels.get((list_id, depth), ("decimal", "", 1))
            text = text.replace(f"%{depth + 1}", _written(counts.get(depth, above[2]), above[0]))
        return text


def _of(level: Any, name: str) -> str:
    found = level.find(qn(name))
    return "" if found is None else found.get(qn("w:val")) or ""


def _written(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman.lower() if form == "lowerRoman" else roman
    return str(number)


def _roman(number: int) -> str:
    found = ""
    for value, letters in (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value:
            found += letters
            number -= value
    return found
