"""No parameter, header or form leads a browser away from the program."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.walk.conftest import browser
from tests.walk.kit.world import Walk

AWAY = (
    "https://example.org/", "http://example.org/", "//example.org/", "///example.org/", "/\\example.org/",
    "\\\\example.org/", "https:example.org", "https:/example.org", "http:///example.org", "//example.org\\@testserver/",
    "https://testserver@example.org/", "https://testserver.example.org/", "https://example.org#testserver",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>", "\thttps://example.org/",
    " //example.org/", "/\t/example.org/", "//%65xample.org/", "https://example.org%2f%2f@testserver/",
    "\x00//example.org/", "ftp://example.org/", "//[::1]@example.org/", "/%0d%0aLocation:%20https://example.org/",
    "https://ｅxample.org/", "///\\example.org/", "/./\\example.org/..//example.org/",
)  # fmt: skip
PASSWORD = "mat-khau-thu-nghiem-42"


def _stays(answer: Any) -> bool:
    """Whether a browser that follows this answer stays here."""
    target = answer.headers.get("Location")
    if target is None:
        return answer.headers.get("HX-Redirect") is None
    # A browser drops tabs and newlines and reads \\ as /.
    read = target.translate({9: None, 10: None, 13: None, 0: None}).strip().replace("\\", "/")
    parts = urlsplit(read)
    return parts.scheme in ("", "http") and parts.netloc in ("", "testserver") and not read.startswith("//")


@pytest.mark.parametrize("away", AWAY)
def test_after_login_one_is_here(walk: Walk, db: Any, away: str) -> None:
    cache.clear()
    path = reverse("account_login")
    for query, body in (({"next": away}, {}), ({}, {"next": away})):
        client = Client()
        answer = client.post(
            path,
            {"login": "all", "password": PASSWORD, **body},
            query_params=query,
            headers={"referer": away},
        )
        assert answer.status_code == 302
        assert _stays(answer), answer["Location"]


@pytest.mark.parametrize("away", AWAY)
def test_every_way_back_leads_here(walk: Walk, db: Any, away: str) -> None:
    client = browser(walk.users["all"])
    header = away.strip().replace("\x00", "").encode("ascii", "ignore").decode()
    sends = [
        ("ui:choose", {"ky": "2023", "next": away}),
        ("set_language", {"language": "en", "next": away}),
        ("set_language", {"language": "vi"}),
        ("account_reauthenticate", {"password": PASSWORD, "next": away}),
        (
            "account_change_password",
            {"oldpassword": PASSWORD, "password1": "x", "password2": "y", "next": away},
        ),
        ("account_logout", {"next": away}),
    ]
    for name, body in sends:
        answer = client.post(
            reverse(name), body, query_params={"next": away, "return": away}, headers={"referer": header}
        )
        assert answer.status_code in (200, 302, 429), name
        assert _stays(answer), (name, answer["Location"])


def test_a_page_asked_for_without_login_comes_back_as_a_path_here(walk: Walk, db: Any) -> None:
    answer = Client().get("//example.org/dang-vien/", headers={"host": "testserver"})
    assert _stays(answer)
    for path in ("/dang-vien/?next=//example.org/", "/so-lieu/?to_chuc=//example.org"):
        assert _stays(Client().get(path))


def test_another_host_is_not_answered(walk: Walk, db: Any) -> None:
    answer = browser(walk.users["all"]).get("/", headers={"host": "example.org"})
    assert answer.status_code == 400
    assert "example.org" not in answer.content.decode()
