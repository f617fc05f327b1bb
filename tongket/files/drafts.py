"""A file as it was handed in, before it is judged."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Upload:
    """Name as the sender called it, and the whole content."""

    name: str
    content: bytes
    role: str = "main"
