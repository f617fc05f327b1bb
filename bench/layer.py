"""What the facts cost a Word report: time and size before and after, in the same run; and how fast a file is checked.

    python -m bench.layer [--org QS] [--period 2023] [--rounds 7]

Asks the installation's own database (TONGKET_DATA_DIR). "Before" is the same rendering with plain content controls:
without bindings, bookmarks and the embedded part. All is work of this process; what is counted is its processor time.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

ADDED_MS, CHECK_MS, TODAY_MS = 200.0, 1000.0, 2000.0


def main() -> int:
    """Print the table. Returns 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--org", default="QS")
    parser.add_argument("--period", default="2023")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongket.settings")
    import django

    django.setup()
    return int(_measured(options))


def _measured(options: argparse.Namespace) -> bool:
    from django.utils import timezone

    from tongket.core.periods import parse_period
    from tongket.organisations.queries import by_code
    from tongket.reports.facts import gather
    from tongket.reports.layer.word.embed import embed
    from tongket.reports.layer.word.seal import sign
    from tongket.reports.layer.word.since import today
    from tongket.reports.layer.word.verify import verify_word
    from tongket.reports.payload import payload
    from tongket.reports.queries import charts_named, template_content
    from tongket.reports.word.template import render

    facts = gather(by_code(options.org), parse_period(options.period))
    template = template_content(facts.organisation, facts.as_at)
    data = payload(facts, draw=charts_named(template))

    def before() -> bytes:
        with (
            patch("tongket.reports.word.blocks.binding", lambda number: ""),
            patch("tongket.reports.word.blocks.bookmarked", lambda number, id, inner: inner),
            patch("tongket.reports.word.template.add_parts", lambda part, places: None),
        ):
            return render(template, data)

    def rendered() -> bytes:
        return render(template, data)

    plain, marked = before(), rendered()
    whole = embed(marked, facts, data, made_at=timezone.now(), sign=sign)
    verified = verify_word(whole)
    rounds = options.rounds
    # Turn and turn about, so that a busy moment of the machine meets both.
    pairs = [(_ms(before), _ms(rendered)) for _ in range(rounds)]
    without, with_marks = (statistics.median(times) for times in zip(*pairs, strict=True))
    put_in = _median(lambda: embed(marked, facts, data, made_at=timezone.now(), sign=sign), rounds)
    checked = _median(lambda: verify_word(whole), rounds)
    now = _median(lambda: today(verified.file.embedded.sheet, None), 3)
    added = with_marks - without + put_in
    places, kept = len(verified.rows), len(verified.file.embedded.sheet.facts)
    print(f"{places} places, {kept} facts")
    print(f"{'rendering, before':34} {without:8.0f} ms   {len(plain) / 1024:8.0f} kB")
    print(f"{'rendering, after':34} {with_marks:8.0f} ms   {len(marked) / 1024:8.0f} kB")
    print(f"{'facts put in and sealed':34} {put_in:8.0f} ms   {len(whole) / 1024:8.0f} kB")
    fine = _bar("added to a report", added, ADDED_MS)
    fine &= _bar("a file checked against itself", checked, CHECK_MS)
    return not (fine & _bar("its figures held against today", now, TODAY_MS))


def _bar(name: str, ms: float, most: float) -> bool:
    print(f"{name:34} {ms:8.0f} ms   bar {most:.0f} ms   {'ok' if ms <= most else 'MISSED'}")
    return ms <= most


def _median(work: Callable[[], Any], rounds: int) -> float:
    return statistics.median(_ms(work) for _ in range(rounds))


def _ms(work: Callable[[], Any]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    sys.exit(main())
