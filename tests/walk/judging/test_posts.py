"""Every form of the year's judging: sent by the right user it does something; by others, or wrongly filled, nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from lxml.etree import ParserError

from tests.walk.conftest import browser
from tests.walk.judging.posts import POSTS, RESTING, Post
from tests.walk.kit.addresses import Place, patterns, places
from tests.walk.kit.canaries import forbidden, found
from tests.walk.kit.forms import asked, entered
from tests.walk.kit.judging.addresses import SEALED
from tests.walk.kit.reading import text_of
from tests.walk.kit.world import USERS, Walk
from tongket.audit.models import LedgerEntry

APPS = ("ratings", "honours", "inspections", "cases", "admissions")
#: The decided records themselves: their forms are those of tests/walk/test_posting.py.
RECORDS = {
    f"{space}:{page}"
    for space, pages in {
        "ratings": ("", "member_"),
        "honours": ("", "commendation_"),
        "inspections": ("", "organisation_"),
    }.items()
    for prefix in pages
    for page in (f"{prefix}new", f"{prefix}correct", f"{prefix}void")
}


@pytest.fixture(scope="module")
def by_name(walk: Walk) -> dict[str, list[Place]]:
    """The addresses of each name."""
    named: dict[str, list[Place]] = {}
    for place in places(walk):
        named.setdefault(place.name, []).append(place)
    return named


def _path(named: dict[str, list[Place]], name: str, whose: set[str]) -> str:
    post = POSTS.get(name, Post())
    own = [p.path for p in named[name] if p.about in whose and p.path.endswith(post.at)]
    return own[post.nth if -len(own) <= post.nth < len(own) else 0] if own else ""


def _own(named: dict[str, list[Place]], name: str) -> str:
    return _path(named, name, {SEALED} if POSTS[name].by == SEALED else {"", "PB", "PB1"})


def _data(walk: Walk, client: Client, path: str, post: Post) -> dict[str, Any]:
    try:
        held = entered(asked(client, path))
    except (LookupError, ParserError):  # a button of another page
        held = {}
    changes = post.changes(walk, held) if callable(post.changes) else post.changes
    return {**held, **changes}


def _send(walk: Walk, named: dict[str, list[Place]], name: str) -> Any:
    post = POSTS[name]
    for earlier in post.first:
        _send(walk, named, earlier)
    client, path = browser(walk.users[post.by]), _own(named, name)
    return client.post(path, _data(walk, client, path, post))


def test_every_form_is_tried() -> None:
    taking = {
        name
        for name, _arguments, view in patterns()
        if name.partition(":")[0] in APPS and "POST" in view.gate.methods
    }
    assert taking - RECORDS == set(POSTS) | RESTING


@pytest.mark.parametrize("name", POSTS)
def test_the_right_user_does_it(walk: Walk, db: Any, by_name: Any, name: str) -> None:
    with transaction.atomic():
        for earlier in POSTS[name].first:
            assert _send(walk, by_name, earlier).status_code in (200, 302)
        before = LedgerEntry.objects.latest("pk").pk
        post = POSTS[name]
        client, path = browser(walk.users[post.by]), _own(by_name, name)
        data = _data(walk, client, path, post)
        before = LedgerEntry.objects.latest("pk").pk
        answer = client.post(path, data)
        done = [one.action for one in LedgerEntry.objects.filter(pk__gt=before)]
        assert answer.status_code in (200, 302), text_of(answer)[-4000:]
        assert done, "the form did nothing, so it proves nothing"
        transaction.set_rollback(True)


#: What is wrongly filled where a blank is right; no field at all to fill; a button of another page (a page says why).
WRONG = {
    "ratings:round_entry": {"ngay": "31/02/2023"},
    "honours:commending_council": {"ngay": "31/02/2021"},
    "honours:commending_layout": {"page_width": "rộng"},
}
NOTHING_TO_FILL = {"ratings:round_grid_undo", "ratings:round_undo", "honours:title_take"}
BUTTONS = {"honours:round_propose": 400}


@pytest.mark.parametrize("name", sorted(set(POSTS) - NOTHING_TO_FILL))
def test_wrongly_filled_it_is_shown_again_and_does_nothing(
    walk: Walk, db: Any, by_name: Any, name: str
) -> None:
    post = POSTS[name]
    with transaction.atomic():
        for earlier in post.first:
            _send(walk, by_name, earlier)
        client, path = browser(walk.users[post.by]), _own(by_name, name)
        held = _data(walk, client, path, Post())
        changes = post.changes(walk, held) if callable(post.changes) else post.changes
        wrong = WRONG.get(name, dict.fromkeys(changes, ""))
        last = LedgerEntry.objects.latest("pk").pk
        answer = client.post(path, {**held, **wrong})
        assert answer.status_code == BUTTONS.get(name, 422)
        assert "Traceback" not in text_of(answer)
        assert not LedgerEntry.objects.filter(pk__gt=last).exists()
        transaction.set_rollback(True)


def test_others_send_the_same_in_vain(
    walk: Walk, db: Any, by_name: Any, unchanged: Callable[[], None]
) -> None:
    """The sibling's and the sealed address by who may do it to the own; the own by who has another duty."""
    right = {name: browser(walk.users[name]) for name in {post.by for post in POSTS.values()}}
    mine, sealed = right["b-all"], browser(walk.users["b-inspection"])
    others = {duty: browser(walk.users[f"b-{duty}"]) for duty in ("leader", "administrator", "auditor")}
    words = forbidden(USERS["b-all"], walk.planted)
    unchanged()
    wrong, theirs, kept = [], 0, 0
    for name, post in POSTS.items():
        path = _own(by_name, name)
        data = _data(walk, right[post.by], path, post)
        for duty, client in others.items():
            answer = client.post(path, data)
            if answer.status_code not in (403, 404):
                wrong.append((name, duty, answer.status_code))
        for client, whose in ((mine, {"PA", "PA1"}), (mine, {SEALED}), (sealed, {SEALED})):
            other = _path(by_name, name, whose) if any(p.about in whose for p in by_name[name]) else ""
            if not other:
                continue
            theirs, kept = theirs + (SEALED not in whose), kept + (SEALED in whose)
            answer = client.post(other, data)
            if answer.status_code not in (403, 404) or found(text_of(answer), words):
                wrong.append((name, other, answer.status_code))
    assert not wrong, wrong
    assert theirs > 50
    assert kept > 15


#: What a field that names whom it is about is given: the sibling's.
OTHERS = {"organisation": "PA1", "member": "M-PA1", "body_1": "PA1", "chon": "", "titles": "", "de-nghi": ""}


def test_no_form_takes_a_record_of_the_sibling(
    walk: Walk, db: Any, by_name: Any, unchanged: Callable[[], None]
) -> None:
    words = forbidden(USERS["b-all"], walk.planted)
    named = {
        **OTHERS,
        "chon": f"{walk['W-PA1'].pk}:30:due",
        "titles": str(walk.records["title"]["PA"].identity),
        "de-nghi": str(walk.records["badge_proposal"]["PA"].pk),
        "candidate": str(walk.records["rated"]["PA"].pk),
        "person_1": "M-PA1",
        "target": str(walk.records["finding"]["PA"].inspection.targets.first().pk),
        "user": str(walk.users["named-a"].pk),
    }
    client = browser(walk.users["b-all"])
    unchanged()
    wrong, tried = [], 0
    for name, post in POSTS.items():
        if post.by != "b-all":
            continue
        path = _own(by_name, name)
        data = _data(walk, client, path, post)
        for field in named.keys() & data.keys():
            tried += 1
            answer = client.post(path, {**data, field: named[field]})
            if answer.status_code not in (400, 404, 422) or found(text_of(answer), words):
                wrong.append((name, field, answer.status_code, found(text_of(answer), words)))
    assert not wrong, wrong
    assert tried > 15
