"""The seal of this installation under a file's facts: without its key nobody makes numbers that pass for ours."""

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "tongket.reports.layer.facts/1"


def sign(digest: str) -> str:
    """The seal over a digest."""
    return salted_hmac(_SALT, digest, algorithm="sha256").hexdigest()


def is_ours(digest: str, seal: str) -> bool:
    """Whether the seal was made here, with the key of today or one that was in use before."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    made = (salted_hmac(_SALT, digest, secret=key, algorithm="sha256").hexdigest() for key in keys)
    return any(constant_time_compare(one, seal) for one in made)
