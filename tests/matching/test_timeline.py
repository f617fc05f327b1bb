"""Details of two entries put together: day by day the same as looking at each day by itself."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tongket.matching.merging.timeline import Span, at, joined, restored

FIRST = date(2020, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(12)]
_values = st.fixed_dictionaries({"name": st.sampled_from("AB"), "home": st.sampled_from(("", "X", "Y"))})


@st.composite
def timelines(draw):
    cuts = sorted(draw(st.sets(st.integers(0, 10), min_size=0, max_size=6)))
    spans = [Span(DAYS[a], DAYS[b], draw(_values), draw(st.sampled_from("pq"))) for a, b in pairwise(cuts)]
    return [s for s in spans if draw(st.booleans())]


def _said(spans, day):
    span = at(spans, day)
    return None if span is None else dict(span.values)


def _sound(spans):
    assert all(s.start < s.end for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(timelines(), timelines(), st.sets(st.sampled_from(("name", "home"))))
@settings(max_examples=150, deadline=None)
def test_a_joined_profile_says_each_day_the_kept_entrys_fields_and_those_taken_over(kept, gone, taken):
    woven = joined(kept, gone, taken)
    _sound(woven)
    for day in DAYS:
        ours, theirs = _said(kept, day), _said(gone, day)
        if ours is None or theirs is None:
            expected = ours if theirs is None else theirs
        else:
            expected = ours | {name: theirs[name] for name in taken}
        assert _said(woven, day) == expected


@given(timelines(), timelines(), st.sets(st.sampled_from(("name", "home"))), timelines())
@settings(max_examples=150, deadline=None)
def test_taking_apart_gives_each_day_its_own_fields_back_with_what_was_changed_since(kept, gone, taken, now):
    merged = joined(kept, gone, taken)
    back = restored(kept, merged, now)
    _sound(back)
    for day in DAYS:
        own, then, current = _said(kept, day), _said(merged, day), _said(now, day)
        if own is None:
            expected = current if current != then else None
        elif then is None or current is None:
            expected = own
        else:
            expected = own | {name: value for name, value in current.items() if value != then[name]}
        assert _said(back, day) == expected


@given(timelines(), timelines(), st.sets(st.sampled_from(("name", "home"))))
@settings(max_examples=100, deadline=None)
def test_nothing_changed_since_gives_each_day_back_as_it_was(kept, gone, taken):
    merged = joined(kept, gone, taken)
    back = restored(kept, merged, merged)
    assert [_said(back, day) for day in DAYS] == [_said(kept, day) for day in DAYS]
