"""Bytes on disk under their hash. A row never points to a file that is not wholly written (K3)."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    """Where the bytes lie."""
    return Path(settings.MEDIA_ROOT)


def path_of(sha256: str) -> Path:
    """Place of the bytes of this hash."""
    return folder() / sha256[:2] / sha256


def keep(content: bytes) -> str:
    """Write the bytes, flushed to disk, and return their hash; bytes already kept are not written again.

    Called before the row is committed: a crash leaves at most bytes without a row, which `orphans` finds.
    """
    digest = hashlib.sha256(content).hexdigest()
    place = path_of(digest)
    if place.exists() and place.stat().st_size == len(content):
        return digest
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, part = tempfile.mkstemp(dir=place.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(part).replace(place)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    directory = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    return digest


def read(sha256: str) -> bytes:
    """The bytes of this hash. Raises FileNotFoundError; ValueError when they are not what was kept."""
    content = path_of(sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError(f"the kept bytes of {sha256[:12]} were changed")
    return content


def kept() -> Iterator[tuple[str, Path]]:
    """Hash and place of everything on disk."""
    for place in sorted(folder().glob("??/*")):
        if not place.name.startswith("."):
            yield place.name, place
