"""Rendering a template in a process of its own, from the process that has the database."""

import base64
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tongket
from tongket.reports.word.child import OUTPUT, REFUSED
from tongket.reports.word.language import TemplateRefused
from tongket.reports.word.package import check_package

#: Longer than the child's own limit of processor time, for a machine that is busy with other work.
WAIT_SECONDS = 60

_ROOT = str(Path(tongket.__file__).resolve().parent.parent)
# Isolated mode ignores the environment and the current folder; the path to this very code is put back by hand.
_START = "import sys; sys.path.insert(0, sys.argv[1]); from tongket.reports.word.child import main; sys.exit(main())"


def render(template: bytes, data: Mapping[str, Any]) -> bytes:
    """The finished .docx of `template` filled with `data` (the plain data that `payload` makes).

    Raises `TemplateRefused`: when the file is no safe .docx, when it names what is not there, and with one
    plain sentence when the rendering broke a limit and was stopped.
    """
    check_package(template)
    sent = json.dumps({**data, "template": base64.b64encode(template).decode()}, default=str).encode()
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and our own code
            [sys.executable, "-I", "-c", _START, _ROOT],
            input=sent,
            capture_output=True,
            env={"LANG": "C.UTF-8", "PATH": ""},
            cwd="/",
            timeout=WAIT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _stopped() from None
    if child.returncode == 0 and 0 < len(child.stdout) <= OUTPUT:
        return child.stdout
    if child.returncode == REFUSED:
        raise TemplateRefused([str(problem) for problem in json.loads(child.stdout)])
    if child.returncode < 0 or b"MemoryError" in child.stderr:
        raise _stopped()
    raise RuntimeError(f"rendering failed: {child.stderr.decode(errors='replace')[-2000:]}")


def _stopped() -> TemplateRefused:
    return TemplateRefused(
        [
            "Mẫu quá nặng: làm báo cáo vượt giới hạn thời gian hoặc bộ nhớ nên đã dừng. Hãy bớt vòng lặp trong mẫu."
        ]
    )
