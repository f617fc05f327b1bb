"""Every page of the year's judging, with records on it: few questions, no inline code, opened by its duty alone."""

import re
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.walk.conftest import browser
from tests.walk.judging.test_posts import APPS
from tests.walk.kit.addresses import places
from tests.walk.kit.world import DUTIES, Walk
from tongket.accounts.duties import RIGHTS

#: As tests/web/test_pages.py.
MAX_QUERIES = 15
PAGES = (*APPS, "rules")
_INLINE = re.compile(r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<style|<script(?![^>]*(src=|application/json))")


def _own_pages(walk: Walk) -> list[Any]:
    """One address of each name."""
    found: dict[str, Any] = {}
    for place in places(walk):
        reads = "GET" in place.view.gate.methods if hasattr(place.view, "gate") else False
        if place.name.partition(":")[0] in PAGES and place.about in ("", "PB", "PB1") and reads:
            found.setdefault(place.name, place)
    return list(found.values())


def test_a_page_asks_the_database_at_most_fifteen_times_and_holds_no_inline_code(walk: Walk, db: Any) -> None:
    client = browser(walk.users["b-all"])
    wrong, opened = [], 0
    for place in _own_pages(walk):
        client.get(place.path)  # the first request of a session also notes its time
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(place.path)
        opened += answer.status_code == 200
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue  # a file, made once and taken away
        if len(asked) > MAX_QUERIES:
            wrong.append((place.name, len(asked)))
        policy = answer["Content-Security-Policy"]
        kept = answer.headers.get("Cache-Control") != "private, no-store" and answer.status_code == 200
        if "script-src 'self'" not in policy or "unsafe" in policy or kept:
            wrong.append((place.name, policy))
        if inline := _INLINE.search(answer.content.decode()):
            wrong.append((place.name, inline.group()))
    assert not wrong, wrong
    assert opened > 120


def test_a_page_opens_for_the_duties_of_its_verb_and_says_no_to_the_others(walk: Walk, db: Any) -> None:
    clients = {duty: browser(walk.users[f"b-{duty}"]) for duty in DUTIES}
    wrong = []
    for place in _own_pages(walk):
        verb = place.view.gate.verb
        for duty, client in clients.items():
            if duty not in RIGHTS[verb]:
                status = client.get(place.path).status_code
                if status != 403:
                    wrong.append((place.name, duty, status))
    assert not wrong, wrong
