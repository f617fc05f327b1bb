"""Benchmarks: each prints what it measured beside the bar of the issue and its baseline of the same run."""

import importlib
import sys
from collections.abc import Sequence

NAMES = (
    "figures",
    "calc",
    "product",
    "obligations",
    "search",
    "badges",
    "judging",
    "claims",
    "books",
    "exchange",
    "intake",
)


def run_all(names: Sequence[str] = ()) -> int:
    """Run the named benchmarks (default: all). Returns 1 when a bar is missed, 2 for an unknown name."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"Không có phép đo {', '.join(unknown)}. Có: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    missed = 0
    for name in names or NAMES:
        print(f"\n== {name}", flush=True)
        sys.argv = [f"bench.{name}"]
        missed |= int(importlib.import_module(f"bench.{name}").main() or 0)
    return 1 if missed else 0
