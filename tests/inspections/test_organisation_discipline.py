"""Discipline of an organisation."""

from datetime import date

import pytest

from tests.world import World, add_user
from tongket.core.problems import Conflict
from tongket.inspections.acts import (
    add_organisation_discipline,
    check_organisation_disciplines,
    correct_organisation_discipline,
    void_organisation_discipline,
)
from tongket.inspections.drafts import OrganisationDisciplineDraft
from tongket.inspections.models import OrganisationDiscipline
from tongket.inspections.queries import visible_organisation_disciplines
from tongket.members.acts import transfer
from tongket.organisations.acts import change
from tongket.organisations.drafts import ChangeDraft


def _draft(world: World, code: str = "PA1", **changes) -> OrganisationDisciplineDraft:
    values = {"form": "reprimand", "decided_on": date(2023, 6, 1), "ground": "principles"}
    return OrganisationDisciplineDraft(world[code], **values | changes)


def _errors(problems) -> list[tuple[int, str]]:
    return [(p.index, p.field) for p in problems if p.severity == "error"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"form": "expulsion"}, "form"),
        ({"form": "removal"}, "form"),
        ({"decided_on": date(2090, 1, 1)}, "decided_on"),
        ({"decided_on": date(2009, 1, 1)}, "organisation"),
        ({"ground": "none"}, "ground"),
    ],
)
def test_each_bad_field_is_named(world, changes, field):
    assert _errors(check_organisation_disciplines([_draft(world, "PB1"), _draft(world, **changes)])) == [
        (1, field)
    ]


def test_dissolution_may_be_what_ended_the_organisation(world, clerk):
    transfer(world["M3"], to=world["PA1"], on=date(2023, 5, 31), by=clerk)
    change(ChangeDraft(world["PA2"], "dissolve", date(2023, 6, 1), ends=True), by=clerk)
    assert check_organisation_disciplines([_draft(world, "PA2", form="dissolution")]) == []
    assert _errors(check_organisation_disciplines([_draft(world, "PA2")])) == [(0, "organisation")]


def test_once_void_and_correct(world, clerk):
    old = add_organisation_discipline(_draft(world), by=clerk)
    assert _errors(check_organisation_disciplines([_draft(world)])) == [(0, "decided_on")]
    new = correct_organisation_discipline(old, _draft(world, form="warning"), reason="Nhầm", by=clerk)
    with pytest.raises(Conflict):
        void_organisation_discipline(old, reason="Nhầm", by=clerk)
    assert list(visible_organisation_disciplines(clerk)) == [new]
    assert OrganisationDiscipline.objects.count() == 2


def test_seen_by_scope_and_duty(world, clerk):
    add_organisation_discipline(_draft(world), by=clerk)
    assert visible_organisation_disciplines(add_user(world, "a", "PA", "inspection")).count() == 1
    assert not visible_organisation_disciplines(add_user(world, "b", "PB", "inspection")).exists()
    assert not visible_organisation_disciplines(add_user(world, "o", "QS", "office")).exists()
