"""Where the bundled fonts are: output never relies on the fonts of the machine.

Debian's "Times New Roman" stands for a font without most Vietnamese letters, and a chart in a font
that is not there loses its text without any error. So PDF and charts use these files and no others.
"""

from importlib.util import find_spec
from pathlib import Path

#: Family name for PDF and for charts in documents: the widths of Times New Roman, every Vietnamese letter.
DOCUMENT_FONT = "TeX Gyre Termes"
#: Family name on screen.
SCREEN_FONT = "Be Vietnam Pro"
#: The name written into Word files: Windows has it, and the office's rules ask for it.
WORD_FONT = "Times New Roman"

#: Weights served to the browser, by CSS weight.
SCREEN_FONT_FILES = {
    400: "BeVietnamPro-Regular.ttf",
    500: "BeVietnamPro-Medium.ttf",
    600: "BeVietnamPro-SemiBold.ttf",
    700: "BeVietnamPro-Bold.ttf",
}


def document_font_dir() -> Path:
    """Return the folder with the four faces of ``DOCUMENT_FONT`` (regular, bold, italic, bold italic)."""
    return _package_dir("rinoh_typeface_texgyretermes")


def screen_font_dir() -> Path:
    """Return the folder with the faces of ``SCREEN_FONT``."""
    return _package_dir("fontpkg_be_vietnam_pro") / "files"


def _package_dir(name: str) -> Path:
    # The packages are found, not imported: their code would pull in a typesetter that is not installed.
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"the font package {name} is not installed; start again with ./run")
    return Path(spec.origin).parent
