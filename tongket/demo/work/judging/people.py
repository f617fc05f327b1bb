"""Who does the work of the judging year in the demo, and how chance is drawn for it."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from tongket.accounts.models import User
from tongket.demo.draw.plain import ROOT, District
from tongket.members.models import Member
from tongket.organisations.models import Organisation

#: The origin of every record that the demo's acts write.
ORIGIN = "demo"


@dataclass
class Cast:
    """The district as drawn and as it stands in the register, its chance, and the accounts that act."""

    drawn: District
    seed: int
    root: Organisation
    organisations: dict[str, Organisation]
    members: dict[str, Member]
    users: dict[str, Any] = field(default_factory=dict)

    def chance(self, part: str) -> Random:
        """The source of chance of one part: the same for the same seed."""
        return Random(f"{self.seed} judging {part}")  # nosec B311  # made-up work, drawn alike every time

    def user(self, name: str) -> Any:
        """An account of the demo."""
        return self.users[name]

    def below(self, code: str) -> str:
        """The account that keeps the books of a body: its own where there is one, else the organisation board."""
        own = f"bi-thu-{code.lower()}"
        return own if own in self.users else "to-chuc"


def gather(drawn: District, seed: int) -> Cast:
    """Read once what every part of the work needs."""
    organisations = {one.code: one for one in Organisation.objects.all()}
    members = {one.code: one for one in Member.objects.all()}
    users = {one.username: one for one in User.objects.all()}
    return Cast(drawn, seed, organisations[ROOT], organisations, members, users)
