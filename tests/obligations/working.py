"""The small district with a directive in its book, and people who ask and do."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.world import World, add_user, make_tree
from tongket.core.dates import today
from tongket.directives.acts import add_directive
from tongket.directives.drafts import DirectiveDraft
from tongket.directives.models import Directive
from tongket.obligations.acts import hand_out
from tongket.obligations.drafts import DemandDraft
from tongket.obligations.models import Demand, Obligation

#: name -> (organisation, duties)
PEOPLE = {
    "office": ("QS", ("office",)),
    "auditor": ("QS", ("auditor",)),
    "leader": ("QS", ("leader",)),
    "clerk_a": ("PA", ("office",)),
    "clerk_b": ("PB", ("office",)),
    "cell_a1": ("PA1", ("organisation",)),
}


@dataclass
class Work:
    """The district, its directive, and short ways to ask."""

    world: World
    directive: Directive

    def __getitem__(self, code: str) -> Any:
        return self.world[code]

    def user(self, name: str) -> Any:
        """A user by name."""
        return self.world.users[name]

    def ask(self, *codes: str, asker: str = "QS", asked: int = 20, due: int = -5, **more: Any) -> Demand:
        """Something asked so many days ago, due so many days from today."""
        draft = DemandDraft(
            organisation=self[asker],
            kind=more.pop("kind", "report"),
            title=more.pop("title", "Báo cáo kết quả năm"),
            asked_on=today() - timedelta(days=asked),
            due_on=today() + timedelta(days=due),
            **more,
        )
        return hand_out(draft, [self[code] for code in codes], by=self.user("office"))

    def part(self, demand: Demand, code: str) -> Obligation:
        """One organisation's part, as it stands now."""
        return Obligation.objects.get(demand=demand, organisation=self[code], voided_at=None)


def make_work() -> Work:
    """The district with people and directive 33-NQ/TU."""
    world = make_tree()
    for name, (code, duties) in PEOPLE.items():
        add_user(world, name, code, *duties)
    directive = add_directive(
        DirectiveDraft(
            organisation=world["QS"],
            kind="NQ",
            symbol="33-NQ/TU",
            issuer="Ban Thường vụ Tỉnh ủy Quảng Nam",
            issuer_level="province",
            issued_on=date(2023, 11, 20),
            subject="Về xây dựng Đảng",
            received_on=date(2023, 11, 24),
        ),
        by=world.users["office"],
    )
    return Work(world, directive)
