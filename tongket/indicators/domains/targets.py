"""How many targets an organisation has for the period. Whether one is met, its own figure says."""

from functools import partial

from ..model import Count, Indicator, Is

_figure = partial(Indicator, domain="targets", unit="chỉ tiêu", units_en="targets")

INDICATORS: tuple[Indicator, ...] = (
    _figure("targets.set", "Chỉ tiêu của kỳ", "Targets set", formula=Count("targets", "flow")),
    _figure(
        "targets.set.above",
        "Chỉ tiêu cấp trên giao",
        "Targets from above",
        formula=Count("targets", "flow", (Is("giver", "above"),)),
    ),
    _figure(
        "targets.set.own",
        "Chỉ tiêu theo nghị quyết, kế hoạch của cấp mình",
        "Targets of the own resolution",
        formula=Count("targets", "flow", (Is("giver", "own"),)),
    ),
)
