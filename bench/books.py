"""Locking a district's year, and verifying the book, beside asking the keys of each figure's records by themselves.

    python -m bench.books [--sizes district,province] [--rounds 5]

Scratch databases only: SQLite in a temporary folder, and PostgreSQL at DATABASE_URL_PG (an EMPTY database) when set.
Baseline of the same run, on the same rows: for each figure one query for the keys of its records, of the organisation
and of all its children together, and their SHA-256, which is how a fingerprint would be taken figure by figure.
"""

import argparse
import hashlib
import json
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

from bench.product import report
from bench.scratch import filled, in_child

#: The bar of the issue: a district is locked in under 2 s. Verifying computes everything twice.
BARS_MS = {"district": (2_000.0, 4_000.0), "province": (10_000.0, 20_000.0)}
PERIOD = "2023"


def main() -> int:
    """Run each size on each database in a process of its own; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="district")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.rounds)))
        return 0
    engines = {"SQLite": "", "PostgreSQL": os.environ.get("DATABASE_URL_PG", "")}
    missed = False
    for size in options.sizes.split(","):
        for engine, url in engines.items():
            if engine == "PostgreSQL" and not url:
                print("PostgreSQL left out: set DATABASE_URL_PG to an empty scratch database.")
                continue
            found = in_child("bench.books", size, options.rounds, url)
            lock, verify = BARS_MS[size]
            where = f"{size}, {engine}"
            print(f"{where}: {found['figures']:.0f} figures x {found['places']:.0f} organisations")
            missed |= report(f"{where}: lock a book", found["lock"], lock, "ms")
            missed |= report(f"{where}: verify a book", found["verify"], verify, "ms")
            print(f"{where}: record sets of all figures {found['sets']:19.1f} ms")
            print(f"{where}: keys figure by figure (baseline) {found['baseline']:13.1f} ms")
            print(f"{where}: size of a book {found['bytes'] / 1e6:30.1f} MB")
    return int(missed)


def measure(size: str, rounds: int) -> dict[str, float]:
    """Fill a scratch database and time, in this process."""
    with filled(size) as top:
        return _times(top, rounds)


def _times(top: Any, rounds: int) -> dict[str, float]:
    from tongket.books.acts import lock
    from tongket.books.checking.verify import verify
    from tongket.core.periods import parse_period
    from tongket.figures.engine import compute
    from tongket.figures.sets import record_sets

    period = parse_period(PERIOD)
    figures = compute(top, period)
    book = lock(top, period, by=None)
    return {
        "figures": len(figures.own),
        "places": 1 + len(figures.children),
        "bytes": len(book.content) + len(book.guarded),
        "lock": _median_ms(lambda: lock(top, period, by=None, reason="đo"), rounds),
        "verify": _median_ms(lambda: verify(book), rounds),
        "sets": _median_ms(lambda: record_sets(figures), rounds),
        "baseline": _median_ms(lambda: _one_by_one(figures), max(1, rounds // 3)),
    }


def _one_by_one(figures: Any) -> None:
    """The keys of each figure by themselves, of the organisation and its children in one query each."""
    from tongket.figures.sets import record_sets

    for id in figures.own:
        sets = record_sets(figures, (id,))
        for texts in sets.found.values():
            for text in texts:
                hashlib.sha256(",".join(sorted(text.split(","))).encode()).hexdigest()


def _median_ms(ask: Callable[[], Any], rounds: int) -> float:
    ask()  # texts are compiled and pages read once
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        ask()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    raise SystemExit(main())
