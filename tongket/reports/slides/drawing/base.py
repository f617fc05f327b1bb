"""The empty deck, and the finished file: one layout, the document's face and colours, nothing from elsewhere."""

import io
import re
import zipfile
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.util import Pt

from tongket.ui.fonts import WORD_FONT

RED, INK, GREY, GOLD, WHITE, PALE = "9B1C1C", "1A1A1A", "595959", "F2C14E", "FFFFFF", "F6EDED"

_TITLE_ONLY = "Title Only"
_FACE = re.compile(r'<a:latin typeface="[^"]*"')
_COLOURS = {"dk2": RED, "accent1": RED, "accent2": "C8562B", "accent3": "E6A860", "accent4": GREY}
_LEFT_OVER = ("/thumbnail", "/printerSettings")
#: Files in the package bear one fixed time, so that the same figures give the same bytes.
_TIME = (1980, 1, 1, 0, 0, 0)


def blank_deck(width: int, height: int) -> Any:
    """An empty deck of `width` × `height` points with the layout "title only"; its title is a real one."""
    file = Presentation()
    file.slide_width, file.slide_height = Pt(width), Pt(height)
    for layout in list(file.slide_layouts):
        if layout.name != _TITLE_ONLY:
            file.slide_layouts.remove(layout)
    layout = file.slide_layouts[0]
    for shape in list(layout.placeholders):
        if shape.placeholder_format.type is not None and "TITLE" not in str(shape.placeholder_format.type):
            shape._element.getparent().remove(shape._element)
    master = file.slide_master
    for shape in master.placeholders:  # drawn for 4:3
        shape.left, shape.width = int(shape.left * width / 720), int(shape.width * width / 720)
    theme = master.part.part_related_by(RT.THEME)
    theme._blob = _themed(theme.blob.decode()).encode()
    for part in (file.part, file.part.package):
        for name, relation in list(part._rels.items()):
            if relation.reltype.endswith(_LEFT_OVER):
                part._rels.pop(name)
    return file


def _themed(theme: str) -> str:
    for name, colour in _COLOURS.items():
        theme = re.sub(
            rf"(<a:{name}>).*?(</a:{name}>)",
            rf'\g<1><a:srgbClr val="{colour}"/>\g<2>',
            theme,
            flags=re.DOTALL,
        )
    return _FACE.sub(f'<a:latin typeface="{WORD_FONT}"', theme)


def finished(content: bytes) -> bytes:
    """The package written anew with fixed times."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            fixed = zipfile.ZipInfo(entry.filename, _TIME)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, old.read(entry))
    return made.getvalue()
