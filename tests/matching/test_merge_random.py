"""Random entries merged and taken apart: refused and nothing written, or done, and then both come back exactly."""

from datetime import date, timedelta
from random import Random

import pytest

from tests.matching.made import content, make
from tests.once import once
from tests.page_world import make_page_world
from tests.world import person
from tongket.audit.models import LedgerEntry
from tongket.core.codelists import ENDINGS
from tongket.core.problems import Refused
from tongket.figures.check_data.register import check_members, check_spells
from tongket.figures.engine import compute
from tongket.honours.models import BadgeAward, Commendation
from tongket.inspections.models import MemberDiscipline
from tongket.matching.merging.acts import MergeDraft, merge_people
from tongket.matching.merging.apart import part_people
from tongket.members.acts import record_event, register
from tongket.members.drafts import CardDraft, EventDraft, PostDraft
from tongket.members.post_acts import appoint
from tongket.members.profile_acts import amend_details, give_card
from tongket.ratings.models import MemberRating

district, world = once(make_page_world)
CELLS = ("PA1", "PA2", "PB1", "PB2", "VP")


def _entry(world, rng, code):
    """A person with a random life made by the real acts, and records of other parts."""
    entry = person(
        world, code, "Nguyễn Văn An", home_town=rng.choice(("", "Xã A")), phone=rng.choice(("", "0900"))
    )
    cell, day = rng.choice(CELLS), date(2012 + rng.randrange(3), 1, 1)
    register(entry, into=world[cell], on=day, by=None, admitted_on=date(2005, 3, 3))
    for _ in range(rng.randrange(4)):
        day += timedelta(days=rng.choice((365, 400)))
        kind = rng.choice(("transferred", "transferred", "exempted", "moved_out"))
        more = {}
        if kind == "transferred":
            cell = rng.choice([c for c in CELLS if c != cell])
            more = {"organisation": world[cell]}
        if kind == "exempted" and entry.spells.filter(voided_at=None, exempt=True).exists():
            continue
        record_event(EventDraft(entry, kind, on=day, **more), by=None)
        if kind in ENDINGS:
            break
    entry.refresh_from_db()
    if entry.standing and rng.random() < 0.6:
        appoint(PostDraft(entry, world[cell], "committee_member", day), by=None)
    if rng.random() < 0.6:
        give_card(CardDraft(entry, rng.choice(("49000001", "49000002"))), by=None)
    if rng.random() < 0.5:
        amend_details(entry, {"workplace": f"Nơi {code}"}, since=date(2016, 1, 1), reason="", by=None)
    for year in (2020, 2021):
        if rng.random() < 0.6:
            level = rng.choice(("good", "good", "excellent"))
            end = date(year, 12, 31)
            make(MemberRating, world["PA1"], entry, period=str(year), period_end=end, level=level)
    for model in (BadgeAward, Commendation, MemberDiscipline):
        if rng.random() < 0.5:
            make(model, world["PA1"], entry, member=entry, **({"mark": 30} if model is BadgeAward else {}))
    return entry


def _figures(world, moment=None):
    """Every figure of the district and of each part, of two years and as at a day amid each."""
    found = {}
    for period, day in (
        ("2014", None),
        ("2014", date(2014, 6, 1)),
        ("2021", None),
        ("2021", date(2021, 3, 1)),
    ):
        computed = compute(world["QS"], period, as_at=day, as_known_at=moment)
        parts = {"": computed.own, **computed.by_child}
        found[period, day] = {
            (part, id): (f.value, f.numerator, f.denominator)
            for part, own in parts.items()
            for id, f in own.items()
        }
    return found


@pytest.mark.parametrize("seed", [0, 1, 5])
def test_every_figure_reads_after_the_way_back_as_before_the_merge(world, seed):
    rng = Random(seed)
    kept, gone = _entry(world, rng, "N1"), _entry(world, rng, "N2")
    before, known = _figures(world), LedgerEntry.objects.order_by("-id").first().at
    for life in ("kept", "gone"):
        try:
            merge = merge_people(MergeDraft(kept, gone, life, (), "trùng"), by=None)
            break
        except Refused:
            continue
    else:
        pytest.fail("choose another seed: these two cannot be one in any way")
    merged, at = _figures(world), merge.recorded_at
    assert merged != before, "two people became one: some count must tell it"
    assert _figures(world, known) == before
    part_people(merge, reason="hai người", by=None)
    assert _figures(world) == before
    assert _figures(world, at) == merged


@pytest.mark.parametrize("seed", range(7))
def test_a_random_merge_is_refused_whole_or_comes_back_exactly(world, seed):
    rng = Random(seed)
    kept, gone = _entry(world, rng, "N1"), _entry(world, rng, "N2")
    before = content(kept), content(gone)
    fields = tuple(name for name in ("home_town", "phone", "workplace") if rng.random() < 0.5)
    life = rng.choice(("both", "kept", "kept", "gone"))
    try:
        merge = merge_people(MergeDraft(kept, gone, life, fields, "trùng"), by=None)
    except Refused as refused:
        assert refused.problems
        assert (content(kept), content(gone)) == before
        return
    assert content(gone) == {}
    assert not check_spells().faults
    assert not check_members().faults
    merged = content(kept)
    closed = "inspections.MemberDiscipline.member_id"
    both = len(before[0].get(closed, ())) + len(before[1].get(closed, ()))
    assert len(merged.get(closed, ())) == both
    part_people(merge, reason="hai người", by=None)
    assert (content(kept), content(gone)) == before
    assert not check_spells().faults
    assert not check_members().faults
    again = merge_people(MergeDraft(kept, gone, life, fields, "trùng"), by=None)
    assert content(kept) == merged, "merging again comes to the same"
    part_people(again, reason="hai người", by=None)
    assert (content(kept), content(gone)) == before
