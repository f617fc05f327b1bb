"""All figures of a district and of a province with every child, beside one query per figure over the same data.

    python -m bench.figures [--sizes district,province] [--rounds 9]

Uses scratch databases only: SQLite in a temporary folder, and PostgreSQL at DATABASE_URL_PG (an EMPTY database whose
tables this run makes and drops again) when that is set. Prints medians, the ratio and the bars of the issue; 'a third'
is every third figure of the catalogue (about 120, the number for which the bars were set).
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from bench.scratch import filled, in_child

BARS_MS = {"district": 30.0, "province": 170.0}
DATES = (("2023", date(2023, 12, 31)), ("2022", date(2022, 9, 17)), ("2023-H1", date(2023, 6, 30)))


def main() -> int:
    """Run the asked sizes on each engine in a process of its own and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="district,province")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.rounds)))
        return 0
    engines = {"SQLite": ""} | (
        {"PostgreSQL": os.environ["DATABASE_URL_PG"]} if os.environ.get("DATABASE_URL_PG") else {}
    )
    if len(engines) == 1:
        print("PostgreSQL left out: set DATABASE_URL_PG to an empty scratch database.")
    head = ("data", "engine", "figures", "children", "all ms", "a third ms", "bar", "one by one ms", "ratio")
    print("{:9} {:11} {:>7} {:>8} {:>8} {:>10} {:>5} {:>13} {:>6}".format(*head))
    missed = False
    for size in options.sizes.split(","):
        for engine, url in engines.items():
            found = in_child("bench.figures", size, options.rounds, url)
            bar = BARS_MS[size]
            missed |= found["engine"] > bar
            row = (
                found["figures"],
                found["children"],
                found["engine"],
                found["third"],
                bar,
                found["baseline"],
            )
            print(
                f"{size:9} {engine:11} "
                + "{:7} {:8} {:8.1f} {:10.1f} {:5.0f} {:13.1f}".format(*row)
                + f" {found['baseline'] / found['engine']:5.1f}x{'  MISSED' if found['engine'] > bar else ''}"
            )
    return int(missed)


def measure(size: str, rounds: int) -> dict[str, float]:
    """Fill a scratch database and time both ways of asking, in this process."""
    with filled(size) as top:
        return _times(top, rounds)


def _times(top: Any, rounds: int) -> dict[str, float]:
    from tongket.figures.engine import compute
    from tongket.indicators.catalogue import INDICATORS

    ids = tuple(INDICATORS)

    def together() -> None:
        for period, as_at in DATES:
            compute(top, period, as_at=as_at)

    def one_by_one() -> None:
        for period, as_at in DATES:
            for name in ids:
                compute(top, period, as_at=as_at, ids=(name,))

    def a_third() -> None:
        for period, as_at in DATES:
            compute(top, period, as_at=as_at, ids=ids[::3])

    return {
        "figures": len(ids),
        "children": len(compute(top, "2023").children),
        "engine": _median_ms(together, rounds) / len(DATES),
        "third": _median_ms(a_third, rounds) / len(DATES),
        "baseline": _median_ms(one_by_one, max(1, rounds // 3)) / len(DATES),
    }


def _median_ms(ask: Callable[[], None], rounds: int) -> float:
    ask()  # texts are compiled and pages read once
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        ask()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    raise SystemExit(main())
