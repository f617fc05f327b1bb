"""Commendations: one recipient, of that organisation, each once; who was not rated excellent is asked about."""

from datetime import date

import pytest

from tests.world import World, add_user
from tongket.audit.acts import act
from tongket.audit.models import LedgerEntry
from tongket.core.problems import Conflict, Refused
from tongket.honours.acts import (
    add_commendation,
    add_commendations,
    check_commendations,
    correct_commendation,
    void_commendation,
)
from tongket.honours.drafts import CommendationDraft
from tongket.honours.models import Commendation
from tongket.honours.queries import visible_commendations
from tongket.ratings.acts import add_member_rating, add_organisation_rating
from tongket.ratings.drafts import MemberRatingDraft, OrganisationRatingDraft


def _draft(world: World, code: str = "PA", **changes) -> CommendationDraft:
    values = {
        "recipient_kind": "collective",
        "form": "certificate",
        "giver": "district",
        "period": "2023",
        "decided_on": date(2023, 12, 28),
    }
    return CommendationDraft(world[code], **values | changes)


def _person(world: World, member: str | None = "M1", code: str = "PA", **changes) -> CommendationDraft:
    return _draft(world, code, recipient_kind="individual", member=member and world[member], **changes)


def _errors(problems) -> list[tuple[int, str]]:
    return [(p.index, p.field) for p in problems if p.severity == "error"]


def test_the_recipient_is_the_organisation_a_member_or_a_name(world):
    drafts = [
        _draft(world),
        _draft(world, recipient_name="Văn phòng Đảng ủy"),
        _person(world),
        _person(world, None, recipient_name="Bà Nguyễn Thị Khách"),
    ]
    assert check_commendations(drafts) == []


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda w: _draft(w, member=w["M1"]), "member"),
        (lambda w: _person(w, None), "member"),
        (lambda w: _person(w, recipient_name="Nguyễn Văn An"), "recipient_name"),
        (lambda w: _person(w, "M4"), "member"),
        (lambda w: _draft(w, form="medal"), "form"),
        (lambda w: _draft(w, giver=""), "giver"),
        (lambda w: _draft(w, period="20-23"), "period"),
        (lambda w: _draft(w, decided_on=date(2022, 12, 31)), "decided_on"),
        (lambda w: _draft(w, decided_on=date(2090, 1, 1)), "decided_on"),
        (lambda w: _draft(w, period="2009"), "organisation"),
    ],
)
def test_each_bad_field_is_named(world, make, field):
    assert _errors(check_commendations([_draft(world, "PB"), make(world)])) == [(1, field)]


def test_a_member_is_commended_in_the_books_of_any_body_above_his_cell(world):
    drafts = [_person(world, "M1", code) for code in ("PA1", "PA", "QS")]
    assert check_commendations(drafts) == []


def test_each_commendation_is_once_in_the_book(world, clerk):
    add_commendation(_draft(world), by=clerk)
    drafts = [_draft(world), _draft(world, form="merit", giver="province"), _person(world), _person(world)]
    assert _errors(check_commendations(drafts)) == [(0, ""), (3, "")]


def test_who_was_rated_less_than_excellent_is_asked_about_and_not_refused(world, clerk):
    add_organisation_rating(OrganisationRatingDraft(world["PA"], "2023", "good"), by=clerk)
    add_organisation_rating(OrganisationRatingDraft(world["PB"], "2023", "excellent"), by=clerk)
    add_member_rating(MemberRatingDraft(world["M1"], world["PA1"], "2023", "good"), by=clerk)
    drafts = [
        _draft(world),
        _draft(world, "PB"),
        _person(world),
        _draft(world, "VP"),
        _draft(world, giver="state"),
    ]
    problems = check_commendations(drafts)
    assert [(p.index, p.field, p.severity) for p in problems] == [
        (0, "form", "warning"),
        (2, "form", "warning"),
    ]
    assert add_commendation(_draft(world), by=clerk).pk
    assert LedgerEntry.objects.latest("id").data["commendation.warnings"] == {"form": 1}


def test_one_bad_row_refuses_the_whole_batch(world, clerk):
    with pytest.raises(Refused), act("import", by=clerk) as a:
        add_commendations([_draft(world), _person(world, None)], act=a)
    assert not Commendation.objects.exists()


def test_void_and_correct_keep_the_old_rows(world, clerk):
    old = add_commendation(_draft(world), by=clerk)
    new = correct_commendation(old, _draft(world, form="merit"), reason="Ghi nhầm hình thức", by=clerk)
    assert (new.period_end, new.decision_date) == (date(2023, 12, 31), date(2023, 12, 28))
    with pytest.raises(Conflict):
        void_commendation(old, reason="Nhầm", by=clerk)
    assert [c.form for c in visible_commendations(clerk)] == ["merit"]
    assert Commendation.objects.count() == 2


def test_commendations_are_seen_within_the_subtree(world, clerk):
    add_commendation(_draft(world), by=clerk)
    assert visible_commendations(add_user(world, "a", "PA", "propaganda")).count() == 1
    assert not visible_commendations(add_user(world, "b", "PB", "office")).exists()
