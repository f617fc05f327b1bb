"""A real LibreOffice without a screen, in a profile of its own."""

import json
import subprocess
import uuid
from pathlib import Path
from typing import Any

from tests.needs import SYSTEM_PYTHON

_SCRIPT = Path(__file__).with_name("office_edits.py")


def _office(folder: Path, *arguments: str) -> list[str]:
    profile = (folder / "profile").as_uri()
    return [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--norestore",
        "--nologo",
        *arguments,
    ]


def converted(folder: Path, source: Path, kind: str) -> Path:
    """The file opened and saved as another kind; for docx in a folder of its own, since the name stays."""
    target = folder / f"as-{kind}-{uuid.uuid4().hex[:6]}"
    command = _office(folder, "--convert-to", kind, "--outdir", str(target), str(source))
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    return target / f"{source.stem}.{kind}"


def edited(folder: Path, source: Path, target: Path, edits: list[list[Any]]) -> Path:
    """The file opened, edited in LibreOffice's own model and saved as `target` (.docx or .odt)."""
    pipe = f"tongket{uuid.uuid4().hex[:12]}"
    office = subprocess.Popen(
        _office(folder, f"--accept=pipe,name={pipe};urp;"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        command = [SYSTEM_PYTHON, str(_SCRIPT), pipe, str(source), str(target), json.dumps(edits)]
        done = subprocess.run(command, capture_output=True, check=False, timeout=180)
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        office.wait(timeout=60)
    finally:
        if office.poll() is None:
            office.kill()
    return target
