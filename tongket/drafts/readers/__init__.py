"""Drafts at the door: a file or pasted text in, clean text with fixed positions out, or one clear sentence why not."""

from tongket.drafts.readers.door import Source, pasted, read_file

__all__ = ["Source", "pasted", "read_file"]
