"""What is sensitive about a person is shown only to who may ask for it, and only when asked."""

from typing import Any

import pytest
from django.urls import reverse

from tests.walk.conftest import browser
from tests.walk.kit.canaries import forbidden, found
from tests.walk.kit.reading import text_of
from tests.walk.kit.world import DUTIES, USERS, Walk
from tongket.accounts.duties import RIGHTS
from tongket.audit.models import LedgerEntry


def _words(walk: Walk, verb: str) -> set[str]:
    return {word for word, canary in walk.planted.words.items() if canary.verbs == {verb}}


@pytest.mark.parametrize("duty", DUTIES)
def test_the_file_hides_restricted_fields_until_they_are_asked_for(walk: Walk, db: Any, duty: str) -> None:
    client = browser(walk.users[f"b-{duty}"])
    uid = walk["M-PB1"].uid
    opened = text_of(client.get(reverse("members:detail", args=[uid])))
    assert not found(opened, _words(walk, "member.sensitive"))
    asked = client.post(reverse("members:reveal", args=[uid]))
    may = duty in RIGHTS["member.sensitive"]
    assert asked.status_code == (200 if may else 403)
    assert len(found(text_of(asked), _words(walk, "member.sensitive"))) == (5 if may else 0)
    assert LedgerEntry.objects.filter(action="member.sensitive").exists() is may


@pytest.mark.parametrize("duty", DUTIES)
@pytest.mark.parametrize(
    ("figure", "verb"), [("members.religious", "member.sensitive"), ("discipline.members", "discipline.read")]
)
def test_people_behind_a_sensitive_figure_are_named_only_with_its_verb(
    walk: Walk, db: Any, duty: str, figure: str, verb: str
) -> None:
    client = browser(walk.users[f"b-{duty}"])
    name = "zqpb1accusednameqz"
    page = client.get(reverse("web:figure", args=[figure]) + "?ky=2021")
    rows = client.get(reverse("web:figure_records", args=[figure]) + "?ky=2021")
    book = client.get(reverse("web:figure", args=[figure]) + "?ky=2021&xuat=xlsx")
    may = duty in RIGHTS[verb]
    for answer in (page, rows, book):
        assert bool(found(text_of(answer), {name})) is may
    if not may:
        assert {rows.status_code, book.status_code} == {403}


@pytest.mark.parametrize("duty", DUTIES)
def test_discipline_stands_in_a_file_only_for_who_reads_discipline(walk: Walk, db: Any, duty: str) -> None:
    page = browser(walk.users[f"b-{duty}"]).get(reverse("members:detail", args=[walk["D-PB1"].uid]))
    address = reverse("inspections:detail", args=[walk.records["member_discipline"]["PB1"].pk])
    assert (address in page.content.decode()) is (duty in RIGHTS["discipline.read"] & RIGHTS["member.read"])


def test_the_administrator_may_read_nobodys_name(walk: Walk) -> None:
    names = {
        word
        for word in walk.planted.words
        if word.endswith("nameqz") and "member.read" in walk.planted.words[word].verbs
    }
    # And the name at birth; of who was admitted after having been a candidate, or merged into another, only the name.
    alone = len(walk.records["probationer"]) + len(walk.records["merged"])
    assert len(names) == 2 * len(walk.members) + alone
    for name in ("b-administrator", "q-administrator"):
        assert names <= forbidden(USERS[name], walk.planted)
