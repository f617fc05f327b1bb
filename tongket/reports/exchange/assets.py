"""Pages that leave the house as files: one file each, no address outside it, and a policy that allows nothing else."""

import base64
import hashlib
from html import escape
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent / "checker"


def asset(name: str) -> str:
    """The text of a file in `checker/`."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def page(title: str, body: str, *, style: str, script: str = "") -> bytes:
    """A whole HTML file. Its own policy lets it run its own script and style and ask no address whatever."""
    policy = f"default-src 'none'; style-src {_source(style)}; base-uri 'none'; form-action 'none'"
    if script:
        policy += f"; script-src {_source(script)}"
    return (
        '<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}\n"
        + (f"<script>{script}</script>\n" if script else "")
        + "</body>\n</html>\n"
    ).encode()


def _source(inline: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}'"
