"""What a package says of itself, on its pages and at the head of its signed list."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tongket.core.periods import parse_period
from tongket.reports.exchange.keys import fingerprint, public_pem
from tongket.reports.layer.model import FactSheet

FORMAT = "tongket-package/1"


@dataclass(frozen=True, slots=True)
class About:
    """What a package says of itself."""

    organisation: str
    organisation_name: str
    period: str
    period_name: str
    as_at: str
    made_at: str
    book_digest: str
    fingerprint: str


def about(sheet: FactSheet, key: Ed25519PrivateKey) -> About:
    """The words of a package of these facts, signed with `key`."""
    return About(
        sheet.organisation,
        sheet.organisation_name,
        sheet.period,
        parse_period(sheet.period).label(),
        sheet.as_at,
        sheet.made_at,
        sheet.book_digest,
        fingerprint(public_pem(key)),
    )
