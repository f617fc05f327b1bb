"""The address under which people reach the pages, for links that leave the browser: letters, calendars, QR codes."""

from django.conf import settings

_HERE = "http://localhost:8000"


def link(path: str, here: str = "") -> str:
    """`path` with the office's own address; when none is set, with that of the browser (`here`) which asks.

    A card printed at the server itself would else lead to "127.0.0.1", which no phone reaches.
    """
    return (settings.TONGKET_ADDRESS or here.rstrip("/") or _HERE) + path


def is_only_here(address: str) -> bool:
    """Whether an address opens on this machine alone."""
    return any(f"://{host}" in address for host in ("127.", "localhost", "[::1]"))
