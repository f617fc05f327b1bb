"""How long the readers and the arithmetic take: a report of 100 pages, and texts made to be hard."""

import resource
import time

from bench.claims.corpus import load
from bench.claims.reader import judged, read
from bench.product import report

__all__ = ["measure_times"]

PAGES, PAGE_CHARACTERS, REPORT_MS, HARD_S, MEMORY_MB = 100, 2_800, 3_000.0, 5.0, 500.0
_HARD = (
    ("10 MB of digits", "1234567890" * 1_000_000),
    ("10 MB of short numbers", "12 345 6,7 " * 930_000),
    ("10 MB of a/b", "52/53 " * 1_700_000),
    ("10 MB of per cents", "98,11% " * 1_400_000),
)
#: Fewer of these: they are hard by what they say, not by their length.
_HOSTILE = (
    ("1 MB of “trong đó 1,”", "trong đó 1, " * 80_000),
    ("1 MB of references", "Chỉ thị 05-CT/TW, " * 55_000),
)


def measure_times() -> bool:
    """Print each time beside its bar; True when one is missed."""
    whole = "\n\n".join(one.text for one in load() if len(one.text) > 1_000)
    text = (whole + "\n\n") * (PAGES * PAGE_CHARACTERS // len(whole) + 1)
    text = text[: PAGES * PAGE_CHARACTERS]
    missed = report(f"a report of {PAGES} pages, read and judged", _seconds(text) * 1000, REPORT_MS, "ms")
    for name, hard in (*_HARD, *_HOSTILE):
        missed |= report(name, _seconds(hard), HARD_S if hard[0].isdigit() else 2 * HARD_S, "s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return missed | report("memory at its peak", peak, MEMORY_MB, "MB")


def _seconds(text: str) -> float:
    """Until there is an answer; that there is too much to check is one."""
    started = time.perf_counter()
    try:
        reading, _found = read(text)
        judged(reading)
    except ValueError as refused:
        print(f"   refused: {refused}")
    return time.perf_counter() - started
