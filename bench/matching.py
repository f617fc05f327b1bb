"""Duplicates within a register of 100,000 people, beside comparing every two of them; and one incoming row against it.

    python -m bench.matching [--members 100000] [--naive 2000] [--database]

Synthetic people: names of few parts (so that many share one), nine in ten with a CCCD, one in eight with only the year
of birth, and planted duplicates of which the number is missing, a letter or the date is wrong, or diacritics are lost.
The naive check judges every two of a smaller set with the same rule; it grows with the square of the people, and the
ratio printed is for the small set and, scaled so, for all. With --database the people are written to a scratch database
first (SQLite in a temporary folder, or DATABASE_URL: an EMPTY one) and the reading of them is part of the time.
"""

import argparse
import os
import resource
import tempfile
import time
from datetime import date, timedelta
from random import Random
from typing import Any

from bench.product import report
from tongket.core.text import fold

BAR_S = 60.0
# Time of this process alone: what else the machine does is not its speed.
_clock = time.process_time
PLANTED = 500


def main() -> int:
    """Returns 1 when the bar is missed or a planted duplicate that can be found is not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--naive", type=int, default=1_000)
    parser.add_argument("--database", action="store_true")
    options = parser.parse_args()
    everyone, planted = make_people(options.members, Random(7))
    missed = _time(everyone, planted)
    _rows(everyone)
    _beside_naive(everyone, options.naive)
    if options.database:
        missed |= _from_database(everyone)
    print(f"{'peak memory of the process':<46} {_peak():9.0f} MB", flush=True)
    return int(missed)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def make_people(number: int, rng: Random) -> tuple[list[dict[str, Any]], set[tuple[int, int]]]:
    """Fields of made-up people, and the pairs among them that are one person."""
    from tongket.demo.draw.names import COMMUNES, person_name

    found = []
    for key in range(number - PLANTED):
        gender = rng.choice(("male", "female"))
        born = date(1940, 1, 1) + timedelta(days=rng.randrange(65 * 365))
        year_only = rng.random() < 0.125
        one = {
            "key": key,
            "full_name": person_name(rng, gender),
            "birth_date": born.replace(month=1, day=1) if year_only else born,
            "birth_year_only": year_only,
            "national_id": f"049{rng.randrange(10**9):09d}" if rng.random() < 0.9 else "",
            "cards": (f"{49_000_000 + key:08d}",) if rng.random() < 0.95 else (),
            "gender": gender,
            "home_town": f"Xã {rng.choice(COMMUNES)}, huyện Quế Sơn" if rng.random() < 0.95 else "",
            "admitted_on": born + timedelta(days=7_000 + rng.randrange(6_000)),
            "organisation": rng.randrange(number // 25),
        }
        found.append(one)
    planted = set()
    for key in range(number - PLANTED, number):
        original = rng.choice(found[: number - PLANTED])
        found.append(_again(original, key, rng))
        planted.add((original["key"], key))
    return found, planted


def _again(one: dict[str, Any], key: int, rng: Random) -> dict[str, Any]:
    """The same person as another clerk wrote him or her down."""
    copy = {**one, "key": key, "organisation": -1}
    match rng.randrange(5):
        case 0:  # only the number agrees
            copy |= {"cards": (), "admitted_on": None, "home_town": ""}
        case 1:
            copy |= {"national_id": "", "cards": (), "full_name": fold(one["full_name"]).upper()}
        case 2:
            words = one["full_name"].split()
            copy |= {"national_id": "", "cards": (), "full_name": f"{words[0]} {words[-1]}"}
        case 3 if one["birth_date"].day <= 12:
            born = one["birth_date"]
            copy |= {"cards": (), "birth_date": born.replace(day=born.month, month=born.day)}
        case _:
            copy |= {"national_id": "", "cards": ()}
    return copy


def _persons(everyone: list[dict[str, Any]]) -> list[Any]:
    from tongket.matching.evidence import person

    return [person(one["key"], one["full_name"], **_rest(one)) for one in everyone]


def _rest(one: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name not in {"key", "full_name"}}


def _time(everyone: list[dict[str, Any]], planted: set[tuple[int, int]]) -> bool:
    from tongket.matching.judge import Register, duplicates

    persons = _persons(everyone)
    started = _clock()
    register = Register(persons)
    found = duplicates(register)
    took = _clock() - started
    missed = report(f"duplicates among {len(everyone)} people", took, BAR_S, "s")
    pairs = {(d.one.key, d.other.key): d.judgement.outcome for d in found}
    sure = sum(outcome == "sure" for outcome in pairs.values())
    hit = sum(pair in pairs for pair in planted)
    print(f"   {sum(1 for _ in register.pairs())} pairs compared, {sure} sure, {len(pairs) - sure} doubtful")
    print(f"   planted duplicates found: {hit} of {len(planted)}; ", end="")
    print(
        f"sure but not planted: {sum(o == 'sure' and p not in planted for p, o in pairs.items())}", flush=True
    )
    return missed


def _rows(everyone: list[dict[str, Any]], rows: int = 5_000) -> None:
    from tongket.matching.judge import Register, match_row

    persons = _persons(everyone)
    register = Register(persons)
    started = _clock()
    for row in persons[:rows]:
        match_row(row, register)
    took = _clock() - started
    print(f"{'an incoming row against all of them':<46} {took / rows * 1e6:9.0f} µs", flush=True)


def _beside_naive(everyone: list[dict[str, Any]], size: int) -> None:
    from tongket.matching.judge import Register, duplicates, judge

    persons = _persons(everyone)[-size:]
    started = _clock()
    naive = sum(
        judge(one, other).outcome != "none"
        for place, one in enumerate(persons)
        for other in persons[place + 1 :]
    )
    apart = _clock() - started
    started = _clock()
    found = duplicates(Register(persons))
    blocked = _clock() - started
    assert len(found) == naive, (len(found), naive)
    print(f"{f'every two of {size} people, naively':<46} {apart:9.1f} s")
    print(f"{f'the same {size} by blocks, same {naive} pairs found':<46} {blocked:9.2f} s")
    scaled = apart * (len(everyone) / size) ** 2
    print(
        f"   ratio {apart / blocked:.0f} : 1; naively all {len(everyone)} would take {scaled / 3600:.1f} hours"
    )


def _from_database(everyone: list[dict[str, Any]]) -> bool:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.environ["TONGKET_DATA_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongket.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _write(everyone)
        from tongket.matching.acts import find_duplicates
        from tongket.members.models import Member

        del everyone
        before = _peak()
        started = _clock()
        found = find_duplicates(Member.objects.all(), by=None)
        took = _clock() - started
        print(
            f"   {len(found)} pairs found and written; the search took {_peak() - before:.0f} MB above the rest"
        )
        return report("the act of searching, from and to the database", took, BAR_S, "s")


def _write(everyone: list[dict[str, Any]]) -> None:
    from django.utils import timezone

    from tongket.core.dates import FOREVER
    from tongket.core.text import name_sort_key
    from tongket.members.models import Member, MemberCard, MemberDetail, MembershipSpell
    from tongket.members.profile.values import BEGINNING
    from tongket.organisations.models import Organisation

    now = timezone.now()
    cell = Organisation.objects.create(
        code="CB", name="Chi bộ", kind="cell", founded_on=date(1930, 1, 1), ends_on=FOREVER
    )
    members = [
        Member(
            code=f"M{one['key']}",
            full_name=one["full_name"],
            folded_name=fold(one["full_name"]),
            sort_key=name_sort_key(one["full_name"]),
            organisation=cell,
        )
        for one in everyone
    ]
    Member.objects.bulk_create(members, batch_size=2_000)
    names = ("full_name", "birth_date", "birth_year_only", "national_id", "gender", "home_town")
    MemberDetail.objects.bulk_create(
        [
            MemberDetail(
                member=member, valid_from=BEGINNING, recorded_at=now, **{name: one[name] for name in names}
            )
            for member, one in zip(members, everyone, strict=True)
        ],
        batch_size=500,
    )
    MemberCard.objects.bulk_create(
        [
            MemberCard(member=member, organisation=cell, number=card, kind="first", recorded_at=now)
            for member, one in zip(members, everyone, strict=True)
            for card in one["cards"]
        ],
        batch_size=2_000,
    )
    MembershipSpell.objects.bulk_create(
        [
            MembershipSpell(
                member=member,
                organisation=cell,
                standing="official",
                valid_from=date(2014, 1, 1),
                admitted_on=one["admitted_on"],
                recorded_at=now,
            )
            for member, one in zip(members, everyone, strict=True)
        ],
        batch_size=1_000,
    )


if __name__ == "__main__":
    raise SystemExit(main())
