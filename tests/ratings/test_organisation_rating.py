"""Rating an organisation."""

from datetime import date

import pytest

from tests.world import World, add_user
from tongket.core.problems import Conflict, Problem, Refused
from tongket.members.acts import transfer
from tongket.organisations.acts import change
from tongket.organisations.drafts import ChangeDraft
from tongket.ratings.acts import (
    add_organisation_rating,
    check_organisation_ratings,
    correct_organisation_rating,
    void_organisation_rating,
)
from tongket.ratings.drafts import OrganisationRatingDraft
from tongket.ratings.models import OrganisationRating
from tongket.ratings.queries import visible_organisation_ratings


def _draft(world: World, code: str = "PA", **changes) -> OrganisationRatingDraft:
    return OrganisationRatingDraft(world[code], **{"period": "2022", "level": "good"} | changes)


def _errors(problems: list[Problem]) -> list[tuple[int, str]]:
    return [(p.index, p.field) for p in problems if p.severity == "error"]


def test_bodies_and_cells_are_rated(world):
    assert check_organisation_ratings([_draft(world, code) for code in ("PA", "PA1", "VP")]) == []


def test_a_district_is_warned_of_since_its_rating_comes_from_above(world):
    [problem] = check_organisation_ratings([_draft(world, "QS")])
    assert (problem.severity, problem.field) == ("warning", "organisation")


def test_an_organisation_is_alive_on_the_last_day_of_the_period(world, clerk):
    change(ChangeDraft(world["PB"], "rename", date(2022, 7, 1), name="Đảng bộ xã B mới"), by=clerk)
    assert check_organisation_ratings([_draft(world, "PB")]) == []
    assert _errors(check_organisation_ratings([_draft(world, "PA", period="2009")])) == [(0, "organisation")]


def test_an_organisation_that_ended_in_the_year_is_not_rated_for_it(world, clerk):
    transfer(world["M5"], to=world["PA1"], on=date(2022, 9, 30), by=clerk)
    change(ChangeDraft(world["VP"], "dissolve", date(2022, 10, 1), ends=True), by=clerk)
    [problem] = check_organisation_ratings([_draft(world, "VP")])
    assert (problem.field, "01/10/2022" in problem.message) == ("organisation", True)
    assert check_organisation_ratings([_draft(world, "VP", period="2021")]) == []


def test_once_a_period_in_the_book_and_in_the_batch(world, clerk):
    add_organisation_rating(_draft(world), by=clerk)
    problems = check_organisation_ratings([_draft(world), _draft(world, "PB"), _draft(world, "PB")])
    assert _errors(problems) == [(0, "organisation"), (2, "organisation")]


def test_reason_goes_with_not_rated_only(world):
    drafts = [
        _draft(world, level="not_rated"),
        _draft(world, "PB", level="not_rated", reason="founded_recently"),
        _draft(world, "VP", reason="other"),
    ]
    assert _errors(check_organisation_ratings(drafts)) == [(0, "reason"), (2, "reason")]


def test_a_correction_keeps_the_old_row_voided(world, clerk):
    old = add_organisation_rating(_draft(world), by=clerk)
    new = correct_organisation_rating(old, _draft(world, level="excellent"), reason="Kết luận lại", by=clerk)
    assert set(OrganisationRating.objects.values_list("pk", "level")) == {
        (old.pk, "good"),
        (new.pk, "excellent"),
    }
    with pytest.raises(Conflict):
        void_organisation_rating(old, reason="Nhầm", by=clerk)
    with pytest.raises(Refused):
        void_organisation_rating(new, reason="", by=clerk)


def test_seen_by_scope_and_duty(world, clerk):
    add_organisation_rating(_draft(world), by=clerk)
    add_organisation_rating(_draft(world, "PB"), by=clerk)
    assert [
        r.organisation.code for r in visible_organisation_ratings(add_user(world, "b", "PB", "leader"))
    ] == ["PB"]
    assert not visible_organisation_ratings(add_user(world, "t", "QS", "propaganda")).exists()
    assert not visible_organisation_ratings(add_user(world, "q", "QS", "administrator")).exists()
