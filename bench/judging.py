"""The cap on "excellent" and the automatic checks of a district's round of 3,724 members.

    python -m bench.judging [--rounds 9]

A scratch database in a temporary folder. Beside it in the same run, on the same rows: one query a candidate for the
step that stands and one for discipline of the year, which is how a check written candidate by candidate would ask.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from bench.obligations import COMMUNES, _District
from bench.product import report

MEMBERS, LIST_MS, QUOTA_MS, CHECKS_MS, QUERIES = 3_724, 1_000.0, 200.0, 300.0, 15


def main() -> int:
    """Run in a process of its own. Returns 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return measure(options.rounds)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        env = {**os.environ, "TONGKET_DATA_DIR": folder, "TONGKET_DEBUG": "0"}
        env.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "bench.judging", "--inside", "--rounds", str(options.rounds)]
        return subprocess.run(command, env=env, cwd=Path(__file__).resolve().parent.parent).returncode


def measure(rounds: int) -> int:
    """Fill a scratch database and time, in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongket.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    made = _District()
    round = _round(made)
    return int(_times(made, round, rounds))


def _round(made: Any) -> Any:
    """A round of members under way: every candidate with a vote, a few disciplined."""
    from django.utils import timezone

    from tongket.inspections.models import MemberDiscipline
    from tongket.members.models import Member
    from tongket.ratings.rounds.models import RatingCandidate, RatingRound, RatingStep

    rng, stamp = Random(4), {"recorded_at": timezone.now(), "recorded_by": made.user}
    cells = [one for one in made.all if one.kind == "cell"]
    members = Member.objects.bulk_create(
        Member(
            code=f"M{n:05}", full_name=f"Đảng viên số {n}", sort_key=f"{n:05}", organisation=rng.choice(cells)
        )
        for n in range(MEMBERS)
    )
    round = RatingRound.objects.create(
        organisation=made.top,
        subject="members",
        period="2023",
        period_end=date(2023, 12, 31),
        opened_on=date(2023, 11, 1),
        cap_base="tot_tro_len",
        **stamp,
    )
    rows = RatingCandidate.objects.bulk_create(
        RatingCandidate(round=round, organisation_id=one.organisation_id, member=one, **stamp)
        for one in members
    )
    levels = ("excellent",) * 17 + ("good",) * 76 + ("completed",) * 7
    RatingStep.objects.bulk_create(
        RatingStep(
            candidate=row,
            stage=stage,
            on=date(2023, 12, 12),
            level=rng.choice(levels),
            score=rng.randrange(50, 100),
            **stamp,
        )
        for row in rows
        for stage in ("self", "vote")
    )
    MemberDiscipline.objects.bulk_create(
        MemberDiscipline(
            member=one,
            organisation_id=one.organisation_id,
            form="warning",
            decided_on=date(2023, 6, 1),
            ground="duty",
            **stamp,
        )
        for one in rng.sample(members, 60)
    )
    return round


def _times(made: Any, round: Any, rounds: int) -> bool:
    from tongket.ratings.checks.queries import checked
    from tongket.ratings.quota.queries import judge_round
    from tongket.ratings.rounds.queries import standing_of

    def both() -> None:
        states = standing_of(round)
        judge_round(round, states)
        checked(round, made.user, states)

    def one_by_one() -> None:
        from tongket.inspections.models import MemberDiscipline
        from tongket.ratings.rounds.models import RatingCandidate, RatingStep

        start, end = date(2023, 1, 1), date(2023, 12, 31)
        for row in RatingCandidate.objects.filter(round=round, voided_at=None):
            RatingStep.objects.filter(candidate=row, stage="vote", voided_at=None).first()
            MemberDiscipline.objects.filter(
                member_id=row.member_id, decided_on__range=(start, end), voided_at=None
            ).first()

    pools = judge_round(round).verdict.pools  # type: ignore[union-attr]
    assert len(pools) == COMMUNES + 1 and pools[-1].listed == MEMBERS
    states = standing_of(round)
    missed = _time(f"the list as it stands, {MEMBERS} members", lambda: standing_of(round), rounds, LIST_MS)
    missed |= _time(
        f"cap in {len(pools)} pools, list read", lambda: judge_round(round, states), rounds, QUOTA_MS
    )
    missed |= _time(
        "automatic checks, list read", lambda: checked(round, made.user, states), rounds, CHECKS_MS
    )
    missed |= report("queries for both", float(_queries(both)), QUERIES, "")
    print(f"{'baseline: one query a candidate and fact':<46} {_median(one_by_one, 1):9.1f} ms")
    print(f"{'baseline: its queries':<46} {_queries(one_by_one):9.1f}")
    return missed


def _median(work: Callable[[], Any], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def _time(what: str, work: Callable[[], Any], rounds: int, bar: float) -> bool:
    work()
    return report(what, _median(work, rounds), bar, "ms")


def _queries(work: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


if __name__ == "__main__":
    sys.exit(main())
