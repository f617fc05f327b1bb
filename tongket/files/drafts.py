"""A file as it was handed in, before it is judged."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Upload:
    """Name as the sender called it, and the whole content.

    `text` is what `files.acts.prepare` took out for search, before any act holds the writers' lock; None: not yet.
    """

    name: str
    content: bytes
    role: str = "main"
    text: str | None = None
    text_state: str = "none"
