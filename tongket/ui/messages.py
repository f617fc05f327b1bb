"""The texts in other languages: compiled from ``locale/*/LC_MESSAGES/django.po`` at the start of the program.

Sources are Vietnamese; ``en`` translates them, ``vi`` holds the strings of packages that know no Vietnamese.
"""

import gettext as gettext_module
import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import trans_real


def compile_messages() -> int:
    """Write every ``.mo`` that is missing or older than its ``.po``; return how many were written.

    A folder that may not be written to is left as it is: then the texts were compiled at installation.
    """
    written = 0
    for root in settings.LOCALE_PATHS:
        for source in sorted(Path(root).glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                written += _compile(source, target)
    if written:
        _forget_loaded()
    return written


def _forget_loaded() -> None:
    """Let texts that were looked up before the compiling be read anew, as Django's own reloader does."""
    gettext_module._translations = {}  # type: ignore[attr-defined]
    trans_real._translations = {}  # type: ignore[attr-defined]
    trans_real._default = None  # type: ignore[attr-defined]


def _compile(source: Path, target: Path) -> int:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    part = target.with_suffix(f".{os.getpid()}.part")  # several processes may start at once
    try:
        with part.open("wb") as file:
            write_mo(file, catalogue)
    except OSError:
        return 0
    part.replace(target)
    return 1
