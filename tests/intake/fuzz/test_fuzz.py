"""Three hundred mutated workbooks (ten thousand by `python -m tests.intake.fuzz`): no traceback, no partial write."""

import resource
from collections import Counter

import pytest

from tests.intake.books import named
from tests.intake.fuzz.judge import judge
from tests.intake.fuzz.mutate import mutated
from tests.intake.test_front_door import ORGANISATIONS
from tongket.audit.models import LedgerEntry
from tongket.intake.rehearse import commit
from tongket.members.models import Member
from tongket.organisations.models import Organisation

COUNT = 300
MEGABYTES = 512


@pytest.mark.django_db
def test_three_hundred_mutated_workbooks_are_answered_in_words_and_leave_nothing_behind() -> None:
    commit("organisations", named({"Tổ chức": ORGANISATIONS}), by=None, file_name="a.xlsx")
    before = (Organisation.objects.count(), Member.objects.count(), LedgerEntry.objects.count())
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ends: Counter[str] = Counter()
    for number in range(COUNT):
        kind, name, content = mutated(number)
        try:
            ends[judge(kind, name, content, marked=number % 20 == 0)] += 1
        except Exception as error:
            raise AssertionError(f"mutated workbook {number} ({kind}, {name})") from error
    assert (Organisation.objects.count(), Member.objects.count(), LedgerEntry.objects.count()) == before
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held < MEGABYTES * 1024
    # The mutations must reach behind the door, or they prove nothing.
    assert min(ends["refused"], ends["errors"]) > COUNT // 10


def test_a_number_gives_the_same_workbook_always() -> None:
    assert [mutated(n)[2] for n in range(12)] == [mutated(n)[2] for n in range(12)]
