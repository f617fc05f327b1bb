"""The news text and the slides of a district's year: time, questions to the database, size.

    python -m bench.news [--data DIR] [--rounds 5]

Without `--data` the demo district is built in a scratch folder (about a minute). Beside it in the same run: the report
pack of the same year, which rests on the same figures. Median of the rounds after one warm-up.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.product import report

ROOT = Path(__file__).resolve().parent.parent
TEXT_MS, FILES_MS, SLIDES_MS, FIT_MS = 1_500.0, 3_500.0, 4_500.0, 50.0
LENGTHS = ("short", "long")


def main() -> int:
    """Run in a process of its own. Returns 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", help="a data folder that holds the demo district")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return measure(options.rounds)
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        env = {
            **os.environ,
            "TONGKET_DATA_DIR": options.data or scratch,
            "PYTHONPATH": str(ROOT),
            "TONGKET_DEBUG": "0",
        }
        env.pop("DATABASE_URL", None)
        if not options.data:
            made = [sys.executable, "-m", "tongket.cli", "--no-serve"]
            subprocess.run(made, env=env, cwd=scratch, check=True, stdout=subprocess.DEVNULL)
        command = [sys.executable, "-m", "bench.news", "--inside", "--rounds", str(options.rounds)]
        return subprocess.run(command, env=env, cwd=ROOT).returncode


def measure(rounds: int) -> int:
    """Time in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongket.settings")
    import django

    django.setup()
    from tongket.core.periods import parse_period
    from tongket.organisations.queries import by_code
    from tongket.reports.facts import gather
    from tongket.reports.news import as_html, as_text, files, news_of
    from tongket.reports.pack import build_pack
    from tongket.reports.slides import slides_of
    from tongket.reports.slides.drawing.measure import fit

    district, year = by_code("QS"), parse_period("2023")
    missed = False
    report("figures alone (gather)", _median(lambda: gather(district, year), rounds), float("inf"), "ms")
    for length in LENGTHS:
        made: Callable[[], Any] = lambda length=length: as_text(news_of(district, year, length=length))  # noqa: E731
        missed |= report(f"news text, {length}", _median(made, rounds), TEXT_MS, "ms")
    news = news_of(district, year, length="long")
    missed |= report("its HTML", _median(lambda: as_html(news), rounds), 20.0, "ms")
    missed |= report("its files with two pictures", _median(lambda: files(news), rounds), FILES_MS, "ms")
    missed |= report(
        "slides, figures included", _median(lambda: slides_of(district, year), rounds), SLIDES_MS, "ms"
    )
    report("beside it: the report pack", _median(lambda: build_pack(district, year), 1), float("inf"), "ms")
    text = "Tập trung làm tốt công tác xây dựng Đảng; tăng cường tuyên truyền " * 20
    fitted = lambda: fit(text, 800, 300, largest=30, smallest=20)  # noqa: E731
    missed |= report("fitting 1.300 letters", _median(fitted, rounds), FIT_MS, "ms")
    print(f"questions to the database: text {_queries(lambda: news_of(district, year))}, figures alone "
          f"{_queries(lambda: gather(district, year))}")  # fmt: skip
    print(
        f"size: slides {len(slides_of(district, year)) // 1024} kB; facts told: long text {len(news.facts)}"
    )
    return int(missed)


def _median(work: Callable[[], Any], rounds: int) -> float:
    work()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times)


def _queries(work: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


if __name__ == "__main__":
    sys.exit(main())
