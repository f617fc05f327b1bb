"""The figures by which form 1 must balance, declared for the tests alone."""

from tongket.core.codelists import BEGINNINGS, ENDINGS
from tongket.indicators.model import Count, In, Indicator


def _declare(name: str, formula: Count) -> Indicator:
    return Indicator(name, name, name, "đảng viên", formula, "members")


BALANCE = {
    f.id: f
    for f in (
        _declare("t.end", Count("members", "stock")),
        _declare("t.opening", Count("members", "opening")),
        _declare("t.began", Count("events", "flow", (In("kind", *sorted(BEGINNINGS)),))),
        _declare("t.ended", Count("events", "flow", (In("kind", *sorted(ENDINGS)),))),
        _declare("t.arrived", Count("arrivals", "flow")),
        _declare("t.departed", Count("departures", "flow")),
        _declare("t.carried_in", Count("carried_in", "flow")),
        _declare("t.carried_out", Count("carried_out", "flow")),
    )
}
PARTS = {
    "t.began": 1,
    "t.arrived": 1,
    "t.carried_in": 1,
    "t.ended": -1,
    "t.departed": -1,
    "t.carried_out": -1,
}
