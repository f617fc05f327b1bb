"""What a Word paragraph or run looks like in the end: defaults, style by style, then its own properties."""

from dataclasses import dataclass, replace
from typing import Any

from docx.oxml.ns import qn

_OFF = {"0", "false", "off", "none"}


@dataclass(frozen=True, slots=True)
class Text:
    """How a run reads. Size in points; colour as RRGGBB or ''."""

    size: float = 10.0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    caps: bool = False
    small_caps: bool = False
    hidden: bool = False
    colour: str = ""
    position: str = ""  # superscript, subscript


@dataclass(frozen=True, slots=True)
class Lines:
    """How a paragraph stands. Lengths in points; `line` is a multiple of single spacing unless `exact`."""

    align: str = "left"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    exact: bool = False
    keep_next: bool = False
    page_break: bool = False
    number: tuple[str, int] | None = None  # list and level
    outline: int | None = None  # 0 for a heading of the first level
    right_tab: bool = False


def points(value: str | None) -> float:
    """Twentieths of a point as points."""
    return float(value or 0) / 20


def is_on(element: Any) -> bool:
    """Whether a switch such as w:b is on: there, and not said to be off."""
    return element is not None and (element.get(qn("w:val")) or "1").lower() not in _OFF


class Styles:
    """The styles of one document."""

    def __init__(self, document: Any) -> None:
        root = document.styles.element
        self.by_id = {style.get(qn("w:styleId")): style for style in root.iter(qn("w:style"))}
        self.default = next(
            (
                s.get(qn("w:styleId"))
                for s in self.by_id.values()
                if s.get(qn("w:type")) == "paragraph" and s.get(qn("w:default")) == "1"
            ),
            None,
        )
        self.text, self.lines = Text(), Lines()
        defaults = root.find(qn("w:docDefaults"))
        if defaults is not None:
            for properties in defaults.iter(qn("w:rPr")):
                self.text = run_properties(self.text, properties)
            for properties in defaults.iter(qn("w:pPr")):
                self.lines = paragraph_properties(self.lines, properties)

    def chain(self, style: str | None) -> list[Any]:
        """The style and what it is based on, the base first."""
        found: list[Any] = []
        while style in self.by_id and len(found) < 20:
            element = self.by_id[style]
            found.insert(0, element)
            base = element.find(qn("w:basedOn"))
            style = None if base is None else base.get(qn("w:val"))
        return found

    def of_paragraph(self, paragraph: Any) -> tuple[Lines, Text]:
        """How a paragraph stands, and how its text reads unless a run says otherwise."""
        own = paragraph.find(qn("w:pPr"))
        named = None if own is None else own.find(qn("w:pStyle"))
        lines, text = self.lines, self.text
        for style in self.chain(self.default if named is None else named.get(qn("w:val"))):
            lines = paragraph_properties(lines, style.find(qn("w:pPr")))
            text = run_properties(text, style.find(qn("w:rPr")))
        return paragraph_properties(lines, own), text

    def of_run(self, base: Text, run: Any) -> Text:
        """How a run reads."""
        own = run.find(qn("w:rPr"))
        if own is None:
            return base
        named = own.find(qn("w:rStyle"))
        for style in self.chain(None if named is None else named.get(qn("w:val"))):
            base = run_properties(base, style.find(qn("w:rPr")))
        return run_properties(base, own)


_SWITCHES = {
    "w:b": "bold",
    "w:i": "italic",
    "w:strike": "strike",
    "w:caps": "caps",
    "w:smallCaps": "small_caps",
    "w:vanish": "hidden",
}


def run_properties(base: Text, properties: Any) -> Text:
    """`base` changed by a w:rPr (None changes nothing)."""
    if properties is None:
        return base
    changed: dict[str, Any] = {}
    for child in properties:
        value = child.get(qn("w:val"))
        name = "w:" + child.tag.rpartition("}")[2]
        if name in _SWITCHES:
            changed[_SWITCHES[name]] = is_on(child)
        elif name == "w:u":
            changed["underline"] = value not in (None, "none")
        elif name == "w:sz":
            changed["size"] = float(value) / 2
        elif name == "w:color":
            changed["colour"] = "" if value in (None, "auto", "000000") else value
        elif name == "w:vertAlign":
            changed["position"] = value if value in ("superscript", "subscript") else ""
    return replace(base, **changed)


_ALIGN = {"both": "justify", "distribute": "justify", "center": "center", "right": "right", "end": "right"}


def paragraph_properties(base: Lines, properties: Any) -> Lines:
    """`base` changed by a w:pPr (None changes nothing)."""
    if properties is None:
        return base
    changed: dict[str, Any] = {}
    for child in properties:
        name = child.tag.rpartition("}")[2]
        value = child.get(qn("w:val"))
        if name == "jc":
            changed["align"] = _ALIGN.get(value or "", "left")
        elif name == "ind":
            changed |= _indents(child)
        elif name == "spacing":
            changed |= _spacing(child)
        elif name == "keepNext":
            changed["keep_next"] = is_on(child)
        elif name == "pageBreakBefore":
            changed["page_break"] = is_on(child)
        elif name == "outlineLvl":
            changed["outline"] = int(value) if (value or "").isdigit() and int(value) < 9 else None
        elif name == "numPr":
            changed["number"] = _number(child)
        elif name == "tabs":
            changed["right_tab"] = any(tab.get(qn("w:val")) in ("right", "end") for tab in child)
    return replace(base, **changed)


def _indents(child: Any) -> dict[str, float]:
    found = {}
    for key, names in (
        ("left", ("w:left", "w:start")),
        ("right", ("w:right", "w:end")),
        ("first", ("w:firstLine",)),
    ):
        for name in names:
            if child.get(qn(name)) is not None:
                found[key] = points(child.get(qn(name)))
    if child.get(qn("w:hanging")) is not None:
        found["first"] = -points(child.get(qn("w:hanging")))
    return found


def _spacing(child: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key in ("before", "after"):
        if child.get(qn(f"w:{key}")) is not None:
            found[key] = points(child.get(qn(f"w:{key}")))
    line = child.get(qn("w:line"))
    if line is not None:
        rule = child.get(qn("w:lineRule")) or "auto"
        found["exact"] = rule != "auto"
        found["line"] = points(line) if rule != "auto" else float(line) / 240
    return found


def _number(child: Any) -> tuple[str, int] | None:
    level, list_id = child.find(qn("w:ilvl")), child.find(qn("w:numId"))
    if list_id is None or list_id.get(qn("w:val")) == "0":
        return None
    return list_id.get(qn("w:val")), 0 if level is None else int(level.get(qn("w:val")))
