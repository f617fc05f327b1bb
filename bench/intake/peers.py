"""The environment of those we are measured beside: `.venv-peers`, made from `peers.txt` when it is missing.

They are no part of the product, so they stand in none of its locks and not in `.venv`.
"""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / ".venv-peers"
WANTED = Path(__file__).with_name("peers.txt")


def python() -> Path | None:
    """Its interpreter; None, with a word on what to install, where it cannot be made (no network)."""
    found, stamp = FOLDER / "bin" / "python", FOLDER / ".stamp"
    if found.exists() and stamp.exists() and stamp.read_text() == WANTED.read_text():
        return found
    print("Making .venv-peers (django-import-export, frictionless; first time only)…", file=sys.stderr)
    venv.create(FOLDER, clear=True, with_pip=True)
    pip = [
        str(found),
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--quiet",
        "--only-binary",
        ":all:",
    ]
    done = subprocess.run([*pip, "-r", str(WANTED)], check=False, capture_output=True, text=True)
    if done.returncode != 0:
        install = f"{FOLDER.name}/bin/pip install -r {WANTED.relative_to(ROOT)}"
        print(
            "The peers could not be installed, so there is no baseline. With a network: "
            f"python3 -m venv {FOLDER.name}; {install}\n{done.stderr[-500:]}",
            file=sys.stderr,
        )
        return None
    stamp.write_text(WANTED.read_text())
    return found
