"""The draft check on a test set of our own: faults found and false alarms, claims read, figures matched, and time.

    python -m bench.claims [--part seen|second|third|fourth|fifth] [--misses docs/claims-misses.md] [--list] [--quick]

The test set is checked against itself first (every word in its text, every planted number really wrong by our own
arithmetic); a naive `a/b … %` check runs beside the product on the same passages.
"""

import argparse
from pathlib import Path

__all__ = ["main"]


def main() -> int:
    """Measure and print. Returns 1 when a bar is missed or the test set contradicts itself."""
    from bench.claims.corpus import OPEN, PARTS, problems

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=PARTS, help="only this part of the test set")
    parser.add_argument("--misses", type=Path, metavar="FILE", help="write the page of misses")
    parser.add_argument("--list", action="store_true", help="print each miss")
    parser.add_argument("--quick", action="store_true", help="without the long texts that measure time")
    options = parser.parse_args()
    if options.list and options.part not in OPEN:
        parser.error(f"--list: the kept part only measures; name an open part ({', '.join(OPEN)})")
    from tongket.indicators.catalogue import INDICATORS

    faults = problems(frozenset(INDICATORS))
    if faults:
        print("the test set contradicts itself:", *faults, sep="\n  ")
        return 1
    return int(_measure(options) | (not options.quick and _times()))


def _measure(options: argparse.Namespace) -> bool:
    from bench.claims.corpus import PARTS
    from bench.claims.measuring import BARS, measure
    from bench.claims.page import page, table

    made = measure(*([options.part] if options.part else []))
    print(f"{made.passages} passages of {options.part or 'all parts'}", *table(made), sep="\n", flush=True)
    if options.list:
        for one in made.misses:
            print(f"{one.sort}: {one.passage}: {one.words} ({one.why})")
    if options.misses:
        options.misses.write_text(page({part: measure(part) for part in PARTS}), encoding="utf-8")
        print(f"written: {options.misses}")
    return any(
        counts.precision < BARS[name][0] or counts.recall < BARS[name][1]
        for name, counts in (("arithmetic", made.arithmetic.total), ("matching", made.matching))
        if counts is not None
    )


def _times() -> bool:
    from bench.claims.timing import measure_times

    return measure_times()
