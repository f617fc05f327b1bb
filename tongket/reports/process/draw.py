"""Child process: Vega-Lite descriptions in, pictures out. The JavaScript engine that draws stays out of the server."""

import base64
import json
import sys
from typing import Any

from tongket.core.process import run_checked
from tongket.ui.fonts import document_font_dir

FORMAT_LOCALE = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", "₫"]}


def draw(specs: dict[str, dict[str, Any]], scale: float = 2.0) -> dict[str, bytes]:
    """A PNG of each description, in the bundled font, without asking any address."""
    if not specs:
        return {}
    made = run_checked(__name__, json.dumps({"scale": scale, "specs": specs}).encode())
    return {name: base64.b64decode(png) for name, png in json.loads(made).items()}


def main() -> int:
    """Draw what stands on standard input."""
    import vl_convert

    asked = json.load(sys.stdin.buffer)
    vl_convert.register_font_directory(str(document_font_dir()))
    made = {
        name: base64.b64encode(
            vl_convert.vegalite_to_png(
                spec, scale=asked["scale"], format_locale=FORMAT_LOCALE, allowed_base_urls=[]
            )
        ).decode()
        for name, spec in asked["specs"].items()
    }
    sys.stdout.buffer.write(json.dumps(made).encode())
    return 0
