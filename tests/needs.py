"""Programs that some tests need: skipped where one is missing, never in CI, where the test then fails."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

#: Arelle in an environment of its own.
ARELLE = Path(__file__).resolve().parent.parent / ".venv-arelle/bin/arelleCmdLine"
_IMPRESS = Path("/usr/lib/libreoffice/share/registry/impress.xcd")
#: Debian's own Python, which LibreOffice's bindings are made for.
SYSTEM_PYTHON = "/usr/bin/python3"


def _needs(there: bool, remedy: str) -> pytest.MarkDecorator:
    may_skip = not there and os.environ.get("CI") != "true"
    return pytest.mark.skipif(may_skip, reason=f"missing here: {remedy}")


def _has_uno() -> bool:
    try:
        asked = subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False)
    except OSError:
        return False
    return asked.returncode == 0


_has_office = shutil.which("soffice") is not None
office = _needs(_has_office, "apt-get install libreoffice-writer-nogui libreoffice-calc-nogui")
impress = _needs(_has_office and _IMPRESS.exists(), "apt-get install libreoffice-impress-nogui")
uno = _needs(_has_uno(), "apt-get install python3-uno")
poppler = _needs(shutil.which("pdfdetach") is not None, "apt-get install poppler-utils")
arelle = _needs(ARELLE.exists(), "sh scripts/arelle.sh")
