"""Figures made up without a database: a district of 53 organisations whose year has the published account's numbers."""

import random
from datetime import date
from decimal import Decimal

from tongket.core.periods import Period, parse_period
from tongket.figures.types import Child, Figure, FigureSet
from tongket.indicators.catalogue import INDICATORS
from tongket.organisations.models import Organisation
from tongket.reports.facts import ReportFacts, day_before

YEAR = {
    "members.total": 3724,
    "members.official": 3589,
    "members.probationary": 135,
    "members.women": 1311,
    "members.women_pct": Decimal("35.20"),
    "members.minority": 12,
    "members.religious": 31,
    "members.youth": 402,
    "members.exempt": 287,
    "members.age.18_30": 511,
    "members.age.31_40": 1043,
    "members.age.41_50": 842,
    "members.age.51_60": 551,
    "members.age.from_61": 777,
    "members.age.mean": Decimal("45.3"),
    "members.admitted": 88,
    "members.admitted.target": 85,
    "members.admitted.vs_target_pct": Decimal("3.5"),
    "members.admitted.of_target_pct": Decimal("103.53"),
    "members.admitted.women": 41,
    "members.admitted.youth": 70,
    "members.admitted.degree": 52,
    "members.admitted.age.mean": Decimal("27.4"),
    "members.opening": 3690,
    "members.increase": 131,
    "members.decrease": 97,
    "members.balance_gap": 0,
    "members.died": 51,
    "members.moved_out": 38,
    "members.expelled": 2,
    "members.struck_off": 4,
    "members.left": 2,
    "organisations.grassroots": 53,
    "organisations.bodies": 30,
    "organisations.base_cells": 23,
    "organisations.cells": 214,
    "ratings.organisations.rated": 53,
    "ratings.organisations.excellent": 10,
    "ratings.organisations.good": 42,
    "ratings.organisations.completed": 1,
    "ratings.organisations.failed": 0,
    "ratings.organisations.good_or_better": 52,
    "ratings.organisations.good_or_better_pct": Decimal("98.11"),
    "ratings.organisations.excellent_of_good_or_better_pct": Decimal("19.23"),
    "ratings.organisations.excellent_of_good_pct": Decimal("23.81"),
    "ratings.members.rated": 3391,
    "ratings.members.excellent": 590,
    "ratings.members.good": 2580,
    "ratings.members.completed": 215,
    "ratings.members.failed": 6,
    "ratings.members.good_or_better": 3170,
    "ratings.members.good_or_better_pct": Decimal("93.48"),
    "ratings.members.excellent_pct": Decimal("17.40"),
    "honours.badges": 158,
    "honours.badges.30": 60,
    "honours.badges.40": 40,
    "honours.badges.45": 20,
    "honours.badges.50": 20,
    "honours.badges.55": 18,
    "honours.commended_collectives": 43,
    "honours.commended_individuals": 38,
    "directives.received": 46,
    "directives.by_level.central": 18,
    "directives.by_level.province": 28,
    "directives.needing_plan": 40,
    "directives.plans_issued": 38,
    "directives.plans_issued_pct": Decimal("95.00"),
    "directives.plans_due": 38,
    "directives.plans_on_time": 35,
    "directives.plans_on_time_pct": Decimal("92.11"),
    "study.sessions": 12,
    "study.members_attended": 39102,
    "study.attendance_pct": Decimal("96.40"),
    "discipline.members": 14,
    "discipline.members.reprimand": 9,
    "discipline.members.warning": 3,
    "discipline.members.expulsion": 2,
}
PARTS = ("members.total", "members.admitted", "members.admitted.target", "honours.badges")


def _figures(values: dict[str, object], default: int | None = 0) -> dict[str, Figure]:
    figures = {}
    for id, indicator in INDICATORS.items():
        value = values.get(id, None if indicator.unit == "%" else default)
        figures[id] = Figure(indicator, value, value, None, value if isinstance(value, int) else 0)  # type: ignore[arg-type]
    return figures


def _split(total: int, parts: int, rng: random.Random) -> list[int]:
    cuts = sorted(rng.randint(0, total) for _ in range(parts - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]


def figure_set(
    organisation: Organisation,
    period: Period,
    values: dict[str, object] | None = None,
    *,
    children: int = 53,
    default: int | None = 0,
    as_at: date | None = None,
) -> FigureSet:
    """A year of a district; the children's parts add up to the whole."""
    rng = random.Random(organisation.code + period.code)
    own = {**YEAR, **(values or {})} if default is not None else dict(values or {})
    named = tuple(
        Child(
            1000 + i,
            f"{organisation.code}-{i:02d}",
            f"Đảng bộ xã Thử Nghiệm {i}" if i <= 30 else f"Chi bộ cơ quan số {i}",
            "grassroots_body" if i <= 30 else "grassroots_cell",
        )
        for i in range(1, children + 1)
    )
    by_child = {}
    if children:
        columns = {id: _split(int(own.get(id) or 0), children, rng) for id in PARTS}
        levels = ["excellent"] * 10 + ["good"] * 42 + ["completed"] * 50
        for i, child in enumerate(named):
            mine: dict[str, object] = {id: columns[id][i] for id in PARTS}
            target = columns["members.admitted.target"][i] or None
            mine["members.admitted.target"] = target
            if target:
                mine["members.admitted.of_target_pct"] = round(
                    Decimal(100 * columns["members.admitted"][i]) / target, 2
                )
            mine[f"ratings.organisations.{levels[i]}"] = 1
            by_child[child.id] = _figures(mine, default)
    return FigureSet(organisation, period, as_at or period.end, None, named, _figures(own, default), by_child)


def district(code: str = "QS") -> Organisation:
    """An organisation that is in no database."""
    return Organisation(
        code=code, name="Đảng bộ huyện Quế Sơn", kind="district_committee", founded_on=date(1950, 1, 1)
    )


def report_facts(
    organisation: Organisation | None = None,
    code: str = "2023",
    values: dict[str, object] | None = None,
    **more: object,
) -> ReportFacts:
    """The facts of a report on a made-up year, with the four years before."""
    asked = organisation or district()
    period = parse_period(code)
    now = figure_set(asked, period, values, **more)  # type: ignore[arg-type]
    earlier = {
        "members.admitted": 80,
        "members.total": 3690,
        "honours.badges": 140,
        "members.admitted.vs_target_pct": Decimal("-2.4"),
    }
    before = figure_set(asked, period.comparison(), earlier, as_at=day_before(period, now.as_at))
    history = [before]
    for admitted in (76, 91, 83):
        then = history[0].period.comparison()
        history.insert(0, figure_set(asked, then, {"members.admitted": admitted}, children=0))
    return ReportFacts(now, before, (*history, now))
