"""The secrets of one installation, each made once and kept beside its data."""

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path


def read_or_make(path: Path, make: Callable[[], bytes]) -> bytes:
    """Return what is kept in ``path``; the first caller makes it, readable by its owner only.

    Two processes that start at once agree on one secret: each writes its own file, and the link that
    comes first wins.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        own = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        try:
            with contextlib.suppress(FileExistsError):  # another process was first: its secret is the secret
                os.link(own, path)
        finally:
            own.unlink()
    return path.read_bytes()


def read_or_make_secret(path: Path) -> str:
    """The secret key of the installation (Django's ``SECRET_KEY``)."""
    key = read_or_make(path, lambda: secrets.token_urlsafe(64).encode("ascii")).decode("ascii").strip()
    if len(key) < 50:
        raise RuntimeError(f"{path}: the secret key is too short; remove the file to have a new one made")
    return key
