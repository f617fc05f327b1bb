import collections, pytest
from random import Random
from tests.figures.test_recount import *

NEW = {
    "papers",
    "planned_sessions",
    "obligations",
    "handed",
    "demands",
    "reminders",
    "conferences",
    "invitations",
    "delegates",
    "conclusions",
}
NAMES = [n for n in EVERY_FIELD if n.split(".")[0] in NEW]


def test_tmp():
    nz = collections.Counter()
    for seed in range(120):
        with written(seed) as world:
            rng = Random(seed)
            organisation, period, as_at, moment = question(rng, world)
            figures = compute(
                organisation, period, as_at=as_at, as_known_at=moment, ids=NAMES, catalogue=EVERY_FIELD
            )
            rc = Recount(world, period, as_at, moment)
            for name, f in figures.own.items():
                h = rc.figure(EVERY_FIELD, EVERY_FIELD[name], organisation.pk)
                assert (f.numerator, f.records) == (h.numerator, h.records), name
                if f.records:
                    nz[name] += 1
    print(len(NAMES))
    print([(n, nz[n]) for n in NAMES if nz[n] < 4])
