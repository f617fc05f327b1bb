"""What a person enters about a target, before it is judged."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tongket.core.dates import FOREVER
from tongket.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """What an organisation has to reach for one indicator in one period.

    `indicator` is the id of a declared figure, `period` any writing of a period code. In force from `valid_from`
    until the period is over, or until `valid_to` (exclusive) when a later decision changed it.
    """

    organisation: Organisation
    indicator: str
    period: str
    value: Decimal
    valid_from: date
    valid_to: date = FOREVER
    giver: str = "above"
    giver_name: str = ""
    note: str = ""
    decision_number: str = ""
    decision_date: date | None = None
    decision_body: str = ""
