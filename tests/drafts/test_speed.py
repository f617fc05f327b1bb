"""A long report is checked in the time that its length asks for."""

import time

from bench.claims.corpus import load
from tests.world import World
from tongket.core.periods import parse_period
from tongket.drafts.checking import check

PAGE = 2_800


def _report(pages: int) -> str:
    whole = "\n\n".join(one.text for one in load("seen", "second") if len(one.text) > 1_000)
    return ((whole + "\n\n") * (pages * PAGE // len(whole) + 1))[: pages * PAGE]


def _seconds(world: World, pages: int) -> float:
    """CPU time, which other work on the machine does not lengthen."""
    started = time.process_time()
    check(_report(pages), world["QS"], parse_period("2023"))
    return time.process_time() - started


def test_a_report_of_a_hundred_pages_takes_a_few_seconds_and_time_grows_with_length_only(
    world: World,
) -> None:
    _seconds(world, 2)  # patterns are made at first use
    quarter, whole = _seconds(world, 25), _seconds(world, 100)
    print(f"25 pages {quarter:.2f} s, 100 pages {whole:.2f} s")
    assert whole < 6
    assert whole < 8 * quarter
