"""What ties a carried-out plan to the preview that was accepted: a digest of all that it does."""

import hashlib
import json
from dataclasses import asdict

from tongket.reforms.effects.fates import Effects


def digest_of(effects: Effects) -> str:
    """SHA-256 of the effects: equal only when the same organisations and as many people fare the same."""
    text = json.dumps(asdict(effects), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
