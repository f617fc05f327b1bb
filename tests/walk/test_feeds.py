"""A calendar address needs no login: it shows what its owner may see at that moment, nothing once that has ended."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.walk.kit.canaries import forbidden, found
from tests.walk.kit.reading import text_of
from tests.walk.kit.work import FED
from tests.walk.kit.world import USERS, Walk
from tongket.accounts.models import Assignment, User
from tongket.obligations.feeds import revoke_feed

#: Whose own organisation is asked for something.
ASKED = ("b-all", "b-office", "mix")


def _read(walk: Walk, name: str) -> Any:
    _feed, token = walk.records["feed"][name]
    return Client().get(reverse("obligations:feed", args=[token]))


@pytest.mark.parametrize("name", FED)
def test_a_calendar_shows_what_its_owner_may_see_and_no_more(
    walk: Walk, db: Any, unchanged: Callable[[], None], name: str
) -> None:
    unchanged()
    answer = _read(walk, name)
    said = text_of(answer).replace("\r\n ", "")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    # Who asks is named to whom he asks: the committee above inspected, and says by whose inspection.
    assert not found(said, forbidden(USERS[name], walk.planted) - {"zqqsnameqz"})
    assert bool(found(said, walk.planted.words)) is (name in ASKED)


def test_a_calendar_is_empty_once_its_owner_has_no_duty(walk: Walk, db: Any) -> None:
    Assignment.objects.filter(user=walk.users["b-office"]).update(until=date(2023, 1, 1))
    assert not found(text_of(_read(walk, "b-office")), walk.planted.words)


def test_a_calendar_is_empty_for_a_duty_that_reads_no_obligations(walk: Walk, db: Any) -> None:
    Assignment.objects.filter(user=walk.users["b-office"]).update(duty="administrator")
    assert not found(text_of(_read(walk, "b-office")), walk.planted.words)


def test_a_calendar_is_gone_with_its_address_taken_back_or_its_account_closed(walk: Walk, db: Any) -> None:
    revoke_feed(walk.records["feed"]["b-all"][0])
    User.objects.filter(pk=walk.users["b-office"].pk).update(is_active=False)
    for name in ("b-all", "b-office"):
        answer = _read(walk, name)
        assert answer.status_code == 404
        assert not found(text_of(answer), walk.planted.words)


def test_opening_the_address_of_a_card_checks_nobody_in(
    walk: Walk, db: Any, unchanged: Callable[[], None]
) -> None:
    client = Client()
    client.force_login(walk.users["b-office"], backend="allauth.account.auth_backends.AuthenticationBackend")
    unchanged()
    row = walk.records["invitation"]["PB"]
    for send in (client.get, client.head):
        assert send(reverse("conferences:card", args=[row.code])).status_code == 200
    assert not row.attendances.exists()
