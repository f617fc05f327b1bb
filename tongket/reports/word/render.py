"""Rendering a template in a process of its own, from the process that has the database."""

import base64
import json
import subprocess  # nosec B404  # our own interpreter, a list, no shell
from collections.abc import Mapping
from typing import Any

from tongket.core.process import run
from tongket.reports.word.child import OUTPUT, REFUSED
from tongket.reports.word.language import TemplateRefused
from tongket.reports.word.package import check_package


def render(template: bytes, data: Mapping[str, Any]) -> bytes:
    """The finished .docx of `template` filled with `data` (the plain data that `payload` makes).

    Raises `TemplateRefused`: when the file is no safe .docx, when it names what is not there, and with one
    plain sentence when the rendering broke a limit and was stopped.
    """
    check_package(template)
    sent = json.dumps({**data, "template": base64.b64encode(template).decode()}, default=str).encode()
    try:
        child = run("tongket.reports.word.child", sent)
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
