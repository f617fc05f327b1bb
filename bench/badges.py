"""The due list and the ten-year forecast of badges over 100,000 members, beside asking member by member.

    python -m bench.badges [--members 100000] [--rounds 5]

Scratch databases only: SQLite in a temporary folder, and PostgreSQL at DATABASE_URL_PG (an EMPTY database) when that is
set. Synthetic people: Party age from 0 to 70 years, badges given as the rules say up to the last round but for a few,
one in two hundred under discipline, some dead within the year. The baseline asks the register for one member after the
other with the same law; it is run over a sample in the same process and scaled to all.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench.product import report

BAR_MS = 2_000.0
SAMPLE = 1_000
DAY = date(2024, 2, 3)


def main() -> int:
    """Run on each engine in a process of its own. Returns 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return measure(options.members, options.rounds)
    engines = {"SQLite": ""}
    if os.environ.get("DATABASE_URL_PG"):
        engines["PostgreSQL"] = os.environ["DATABASE_URL_PG"]
    missed = 0
    for engine, url in engines.items():
        print(f"-- {engine}", flush=True)
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            env = {**os.environ, "TONGKET_DATA_DIR": folder, "TONGKET_DEBUG": "0"}
            env.pop("DATABASE_URL", None)
            env |= {"DATABASE_URL": url} if url else {}
            command = [sys.executable, "-m", "bench.badges", "--inside"]
            command += ["--members", str(options.members), "--rounds", str(options.rounds)]
            root = Path(__file__).resolve().parent.parent
            missed |= subprocess.run(command, env=env, cwd=root).returncode
    return missed


def measure(members: int, rounds: int) -> int:
    """Fill a scratch database and time, in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongket.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    try:
        _fill(members)
        return int(_time(members, rounds))
    finally:
        if os.environ.get("DATABASE_URL"):
            call_command("flush", interactive=False, verbosity=0)


def _fill(members: int) -> None:
    """A province of 4,320 cells and its people, written by bulk SQL; no domain act is run."""
    from django.db import connection

    from bench.data import Size, _Register
    from tongket.core.dates import FOREVER
    from tongket.honours.models import BadgeAward
    from tongket.inspections.models import MemberDiscipline
    from tongket.members.models import Member, MemberEvent, MembershipSpell
    from tongket.rules.badges import award_round, full_mark

    rng = Random(7)
    made = _Register(Size("badges", (18, 40, 6), members, 0, 0), rng)
    made.tree()
    add = made.loader.add
    for number in range(members):
        began = DAY - timedelta(days=rng.randrange(70 * 365))
        cell = made.cells[number * len(made.cells) // members]
        dead = rng.random() < 0.005 and began < DAY - timedelta(days=400)
        end = DAY - timedelta(days=rng.randrange(1, 300)) if dead else FOREVER
        key = add(
            Member,
            code=f"M{number}",
            full_name=f"Người {number}",
            folded_name=f"nguoi {number}",
            sort_key=f"{number:08d}",
            organisation_id=cell,
            standing="" if dead else "official",
        )
        add(
            MembershipSpell,
            member_id=key,
            organisation_id=cell,
            standing="official",
            valid_from=max(began, date(2015, 1, 1)),
            valid_to=end,
            admitted_on=began,
            official_on=began,
            party_age_from=began if number % 500 else None,
        )
        if dead:
            add(MemberEvent, member_id=key, organisation_id=cell, kind="died", on=end)
        found = full_mark(began, DAY)
        given = found and award_round(found.reached_on) < DAY and rng.random() < 0.99
        if found and given:
            add(
                BadgeAward,
                member_id=key,
                organisation_id=cell,
                mark=found.mark,
                round="0302",
                awarded_on=award_round(found.reached_on),
                early=False,
                posthumous=False,
            )
        if number % 200 == 0 and found:
            add(
                MemberDiscipline,
                member_id=key,
                organisation_id=cell,
                form="warning",
                decided_on=DAY - timedelta(days=rng.randrange(600)),
                ground="other",
                sealed=False,
                committee_member=False,
            )
    made.loader.write()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _time(members: int, rounds: int) -> bool:
    from tongket.honours.badging.forecast import forecast
    from tongket.honours.badging.reading import due_counts, due_on
    from tongket.organisations.models import Organisation
    from tongket.rules.badges import award_days

    top = Organisation.objects.get(pk=1)
    found = due_on(top, DAY)
    states: dict[str, int] = {}
    for due in found:
        states[due.state] = states.get(due.state, 0) + 1
    print(f"   {members} members; on the list: {states}", flush=True)
    together = _median(lambda: due_on(top, DAY), rounds)
    apart = _one_by_one(members)
    missed = report("due list, all at once", together * 1000, BAR_MS, "ms")
    _cpu(lambda: due_on(top, DAY))
    print(
        f"   member by member (scaled from {SAMPLE})        {apart * 1000:9.0f} ms   {apart / together:.0f}x"
    )
    with_early = _median(lambda: due_on(top, DAY, early=True), rounds)
    print(f"   with {_early(top)} who could be early               {with_early * 1000:9.1f} ms")
    _cpu(lambda: due_on(top, DAY, early=True))
    year = _median(lambda: due_counts(top, award_days(DAY.year)), rounds)
    missed |= report("counts of the year's four award days", year * 1000, BAR_MS, "ms")
    _cpu(lambda: due_counts(top, award_days(DAY.year)))
    made = forecast(top, DAY)
    print(
        f"   forecast: {sum(made.own.values())} badges, {len(made.children)} children, {len(made.days)} days"
    )
    ahead = _median(lambda: forecast(top, DAY), rounds)
    missed |= report("forecast of ten years, all children", ahead * 1000, BAR_MS, "ms")
    _cpu(lambda: forecast(top, DAY))
    return missed


def _early(top: Any) -> int:
    from tongket.honours.badging.reading import due_on

    return sum(1 for due in due_on(top, DAY, early=True) if due.ground == "early")


def _cpu(call: Callable[[], Any]) -> None:
    """Processor time of one run: what the wall clock would say on a machine that does nothing else."""
    started = time.process_time()
    call()
    print(f"   of it processor time                        {(time.process_time() - started) * 1000:9.1f} ms")


def _one_by_one(members: int) -> float:
    """Seconds for all members, from asking the register for each of a sample."""
    from django.db.models import Max

    from tongket.honours.badging.reading import held_by
    from tongket.honours.models import BadgeAward
    from tongket.inspections.effects import disciplines_of_members
    from tongket.members.models import Member
    from tongket.members.standing import spell_on, spells_by_member
    from tongket.rules.badges import full_mark

    sample: list[Any] = list(Member.objects.order_by("pk")[:: max(1, members // SAMPLE)][:SAMPLE])
    started = time.perf_counter()
    for member in sample:
        spell = spell_on(spells_by_member([member]).get(member.pk, []), DAY)
        if spell is None or spell.party_age_from is None:
            continue
        given = BadgeAward.objects.filter(member=member, voided_at__isnull=True).aggregate(m=Max("mark"))["m"]
        if full_mark(spell.party_age_from, DAY, given or 0):
            held_by(disciplines_of_members([member.pk], date.min, DAY).get(member.pk, ()), DAY)
    return (time.perf_counter() - started) * members / len(sample)


def _median(call: Callable[[], Any], rounds: int) -> float:
    call()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


if __name__ == "__main__":
    sys.exit(main())
