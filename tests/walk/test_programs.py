"""A program is told no word that somebody with its duties is not: every address, every object, every parameter."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.crypto import salted_hmac

from tests.walk.conftest import browser
from tests.walk.kit.addresses import BODIES, FIGURES, PEOPLE, patterns
from tests.walk.kit.canaries import forbidden, found, holds
from tests.walk.kit.reading import text_of
from tests.walk.kit.world import USERS, Walk
from tests.walk.test_scope import BOOKS, HISTORY
from tongket.accounts.models import Assignment, User
from tongket.api import queries
from tongket.api.acts import let_in
from tongket.api.models import ApiClient
from tongket.core.dates import today
from tongket.inspections.models import MemberDiscipline, SealedAccess

#: Each duty at PB but the administrator's, duties at two places, and at the district what its pages tell apart.
PROGRAMS = [name for name in USERS if name.startswith("b-") and name != "b-administrator"]
PROGRAMS += ["mix", "q-propaganda", "q-auditor"]
#: Given to every list: others' codes, earlier times.
LISTS = (
    "",
    "?under=PA",
    "?under=PB",
    "?as_at=2020-06-30",
    "?as_at=2021-06-30&as_known_at=2020-01-01",
    "?limit=1",
)
SHARED = ("organisation=PB", "organisation=PA", "organisation=QS", "organisation=PB3", "organisation=PY")
FILLED = {"organisation", "member", "records", "directive"}


def _token(name: str, walk: Walk) -> str:
    first, *others = USERS[name]
    client, token = let_in(
        f"Phần mềm {name}",
        purpose="thử",
        organisation=walk[first[0]],
        duties=[duty for code, duty in USERS[name] if code == first[0] and duty != "administrator"],
        expires_on=today() + timedelta(days=30),
        by=None,
    )
    for code, duty in others:
        if code != first[0]:
            Assignment.objects.create(user=client.user, organisation=walk[code], duty=duty, since=today())
    return token


def _addresses(walk: Walk) -> Iterator[tuple[str, str]]:
    """The address with its query, and whom or what it is about."""
    for code in walk.organisations:
        yield reverse("api:organisation", args=[code]), code
    for code in PEOPLE:
        address = reverse("api:member", args=[walk[code].uid])
        yield from ((address + query, code) for query in ("", "?sensitive=true", "?as_at=2020-06-30"))
    for row in walk.records["directive"].values():
        yield reverse("api:directive", args=[row.identity]), ""
    for name in ("organisations", "members", "directives", "popolo_organizations", "popolo_posts", "org"):
        yield from ((reverse(f"api:{name}") + query, "") for query in LISTS)
    yield reverse("api:indicators"), ""
    for where in SHARED:
        for times in ("period=2021", "period=2021&as_at=2021-06-30", "period=2022"):
            asked = f"?{where}&{times}"
            yield f"{reverse('api:figures')}{asked}&children=true&ids={','.join(FIGURES)}", ""
            if times == "period=2021" or (where, times) == ("organisation=PB", "period=2022"):
                yield from ((reverse("api:records", args=[id]) + asked, "") for id in FIGURES)
        yield f"{reverse('api:records', args=['members.total'])}?{where}&period=2021&branch=PY", ""
        yield f"{reverse('api:records', args=['discipline.members'])}?{where}&period=2021&branch=-", ""


def test_every_address_of_the_interface_is_walked(walk: Walk) -> None:
    names = {
        name.partition(":")[2]: len(arguments)
        for name, arguments, _view in patterns()
        if name.startswith("api:")
    }
    assert {name for name, arguments in names.items() if arguments} == FILLED
    walked = {
        get_resolver().resolve(address.partition("?")[0]).url_name for address, _about in _addresses(walk)
    }
    assert set(names) - walked == {"openapi-json", "api-root", "nothing"}
    assert set(BODIES) <= set(walk.organisations)


@pytest.mark.parametrize("name", PROGRAMS)
def test_no_program_is_told_a_word_of_others_and_reading_changes_nothing(
    walk: Walk, db: Any, unchanged: Callable[[], None], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(queries, "_NOTED_EVERY", timedelta(days=1))
    client = Client(headers={"Authorization": f"Bearer {_token(name, walk)}"})
    assert client.get(reverse("api:indicators")).status_code in (200, 403)
    unchanged()
    mine = forbidden(USERS[name], walk.planted)
    books = {word for word, verb in BOOKS.items() if holds(USERS[name], verb, "PB")}
    leaks, seen = [], 0
    for address, about in _addresses(walk):
        answer = client.get(address)
        text = text_of(answer)
        seen += answer.status_code == 200
        allowed = set(HISTORY.get(about, ())) | (books if "/figures/" in address else set())
        if "carried_out" in address:
            allowed.add("zqpanameqz")  # where the cell went that took them along
        bad = found(text, mine) - allowed
        if bad or answer.status_code not in (200, 307, 403, 404, 410, 422):
            leaks.append((address, answer.status_code, sorted(bad)[:6]))
    assert not leaks, leaks[:40]
    assert seen >= 20


@pytest.mark.parametrize(
    "address", ["members", "figures", "organisations", "directives", "org", "popolo_posts"]
)
def test_without_a_token_nobody_is_told_anything(walk: Walk, db: Any, address: str) -> None:
    for client in (Client(), browser(walk.users["all"])):
        answer = client.get(reverse(f"api:{address}"))
        assert answer.status_code == 401
        assert not found(text_of(answer), walk.planted.words)


def test_a_program_is_named_for_a_sealed_case_or_told_nothing_of_it(walk: Walk, db: Any) -> None:
    token = _token("b-inspection", walk)
    program: User = ApiClient.objects.latest("id").user
    client = Client(headers={"Authorization": f"Bearer {token}"})
    row = MemberDiscipline.objects.filter(sealed=True, organisation=walk["PB1"], voided_at=None).first()
    assert row is not None
    year = row.decided_on.year
    address = f"{reverse('api:records', args=['discipline.members'])}?organisation=PB&period={year}"
    seal = salted_hmac("tongket.api.record", f"member_discipline:{row.pk}", algorithm="sha256")
    sealed_id = f"member_discipline:{seal.hexdigest()[:24]}"
    assert sealed_id not in client.get(address).content.decode()
    SealedAccess.objects.create(case_identity=row.case_identity, user=program, recorded_at=row.recorded_at)
    assert sealed_id in client.get(address).content.decode()
