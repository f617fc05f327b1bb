"""File names that every system can unpack: Vietnamese letters kept, each name once in its folder."""

import re
from pathlib import PurePosixPath

from tongket.core.text import fold, tidy

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
# Windows keeps these names for devices, whatever follows the dot.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
)
_LONGEST = 90


def safe_name(name: str, instead: str = "tep") -> str:
    """A name without characters that Windows, macOS or Linux refuse, and short enough for a deep folder."""
    clean = tidy(_FORBIDDEN.sub("-", name)).strip(" .-")
    if not clean or clean.partition(".")[0].strip().casefold() in _DEVICES:
        clean = f"{instead}-{clean}".strip("-")
    place = PurePosixPath(clean)
    suffix = place.suffix if len(place.suffix) <= 10 else ""
    stem = clean[: len(clean) - len(suffix)] if suffix else clean
    return stem[: _LONGEST - len(suffix)].rstrip(" .-") + suffix


def slug(text: str, longest: int = 50) -> str:
    """A folder's name in plain letters: "Báo cáo tổng kết" gives "bao-cao-tong-ket"."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    return plain[:longest].rstrip("-") or "muc"


class Names:
    """Gives out each path once: a second "Báo cáo.pdf" of a folder becomes "Báo cáo (2).pdf"."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def path(self, folder: str, name: str) -> str:
        """A free path for `name` in `folder`; names that differ only in capitals or marks count as the same."""
        clean = safe_name(name)
        place = PurePosixPath(clean)
        for number in range(1, 10_000):
            tried = clean if number == 1 else f"{place.stem} ({number}){place.suffix}"
            path = f"{folder}/{tried}" if folder else tried
            if fold(path) not in self._taken:
                self._taken.add(fold(path))
                return path
        raise ValueError(f"too many files named {clean}")
