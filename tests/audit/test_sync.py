"""Derived rows are brought to what they should be without touching those that are right already."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.audit.scratch import undone
from tests.world import make_tree
from tongket.audit.sync import sync
from tongket.organisations.models import OrganisationPath
from tongket.organisations.tree import path_key

FIRST, SECOND = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 2, tzinfo=UTC)
depths = st.lists(st.integers(0, 4), max_size=8)


@pytest.mark.django_db
@given(depths, depths)
def test_after_a_sync_the_current_rows_are_the_wanted_ones_and_history_stays(
    before: list[int], after: list[int]
) -> None:
    with undone():
        cell = make_tree()["PA1"]
        OrganisationPath.objects.all().delete()

        def rows(numbers: list[int]) -> list[OrganisationPath]:
            return [
                OrganisationPath(ancestor=cell, descendant=cell, depth=n, valid_from=date(2020, 1, 1))
                for n in numbers
            ]

        sync(OrganisationPath, [], rows(before), path_key, FIRST)
        voided, inserted = sync(
            OrganisationPath, OrganisationPath.objects.all(), rows(after), path_key, SECOND
        )
        current = OrganisationPath.objects.filter(voided_at__isnull=True)
        assert Counter(current.values_list("depth", flat=True)) == Counter(after)
        as_known_before = OrganisationPath.objects.filter(recorded_at__lte=FIRST)
        assert Counter(as_known_before.values_list("depth", flat=True)) == Counter(before)
        kept = Counter(before) & Counter(after)
        assert (voided, inserted) == (len(before) - kept.total(), len(after) - kept.total())
