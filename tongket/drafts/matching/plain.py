"""The key of words in which phrases are looked for: small letters without diacritics."""

from tongket.claims.reading.keys import plain_key as plain

__all__ = ["plain"]
