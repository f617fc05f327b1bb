"""Terms of a committee follow one another."""

from datetime import date

import pytest

from tests.world import make_tree
from tongket.audit.acts import act
from tongket.core.dates import FOREVER
from tongket.core.problems import Refused
from tongket.organisations.acts import add_terms, open_term
from tongket.organisations.drafts import TermDraft
from tongket.organisations.models import CommitteeTerm

pytestmark = pytest.mark.django_db


def test_a_term_without_an_end_runs_on() -> None:
    term = open_term(TermDraft(make_tree()["QS"], "Khóa XXV", date(2020, 8, 1)), by=None)
    assert (str(term), term.valid_to) == ("Khóa XXV", FOREVER)


def test_a_term_begins_on_the_day_the_last_one_ends_and_not_before() -> None:
    district = make_tree()["QS"]
    open_term(TermDraft(district, "Khóa XXIV", date(2015, 8, 1), date(2020, 8, 1)), by=None)
    with pytest.raises(Refused) as refused:
        open_term(TermDraft(district, "Khóa XXV", date(2020, 7, 31)), by=None)
    assert refused.value.problems[0].field == "valid_from"
    assert "Khóa XXIV" in refused.value.problems[0].message
    open_term(TermDraft(district, "Khóa XXV", date(2020, 8, 1)), by=None)
    assert CommitteeTerm.objects.count() == 2


def test_a_term_of_another_committee_is_no_clash() -> None:
    world = make_tree()
    for code in ("PA", "PB"):
        open_term(TermDraft(world[code], "Khóa XX", date(2020, 8, 1)), by=None)
    assert CommitteeTerm.objects.count() == 2


@pytest.mark.parametrize("end", [date(2020, 8, 1), date(2019, 1, 1)])
def test_a_term_ends_after_it_begins(end: date) -> None:
    with pytest.raises(Refused) as refused:
        open_term(TermDraft(make_tree()["QS"], "Khóa XXV", date(2020, 8, 1), end), by=None)
    assert refused.value.problems[0].field == "valid_to"


def test_two_terms_of_one_batch_that_overlap_are_refused_at_the_second() -> None:
    district = make_tree()["QS"]
    drafts = [
        TermDraft(district, "Khóa XXIV", date(2015, 8, 1), date(2020, 8, 1)),
        TermDraft(district, "Khóa XXV", date(2020, 1, 1)),
    ]
    with pytest.raises(Refused) as refused, act("test.terms", by=None) as current:
        add_terms(drafts, act=current)
    assert [(p.index, p.field) for p in refused.value.problems] == [(1, "valid_from")]
    assert not CommitteeTerm.objects.exists()
