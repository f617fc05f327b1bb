"""Child process: a Typst source and its pictures in, a PDF out."""

import base64
import json
import sys
import tempfile
from pathlib import Path

from tongket.core.process import run_checked
from tongket.ui.fonts import document_font_dir


def typeset(source: str, files: dict[str, bytes]) -> bytes:
    """The PDF of a source, set in the bundled fonts only."""
    encoded = {name: base64.b64encode(content).decode() for name, content in files.items()}
    return run_checked(__name__, json.dumps({"source": source, "files": encoded}).encode())


def main() -> int:
    """Set what stands on standard input."""
    import typst

    asked = json.load(sys.stdin.buffer)
    with tempfile.TemporaryDirectory(prefix="tongket-") as folder:
        root = Path(folder)
        (root / "main.typ").write_text(asked["source"], encoding="utf-8")
        for name, content in asked["files"].items():
            (root / name).write_bytes(base64.b64decode(content))
        made = typst.compile(
            root / "main.typ",
            root=root,
            font_paths=[document_font_dir()],
            ignore_system_fonts=True,
            package_path=root,
            package_cache_path=root,
        )
    sys.stdout.buffer.write(made)
    return 0
