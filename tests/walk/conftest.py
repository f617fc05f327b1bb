"""One district for all walks of a process; each test's changes are undone."""

import copy
import hashlib
import io
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.http import HttpResponse
from django.template import Template
from django.test import Client
from django.test.utils import _TestState
from PIL import Image

from tests.walk.kit.held import Held
from tests.walk.kit.world import Walk
from tongket.accounts.models import User
from tongket.api import gate
from tongket.indicators.sources import SOURCES
from tongket.inspections.models import SealedAccess
from tongket.organisations.queries import may
from tongket.reports import charts
from tongket.reports.news import output
from tongket.reports.slides.drawing import draw
from tongket.ui.shell import errors
from tongket.web.office_pages import reports

#: The duties that decide which numbers somebody is shown.
_GUARDS = sorted({source.guarded for source in SOURCES.values() if source.guarded})
#: What reading a page may write: the note that it was read, and the session.
_NOTES = {"audit.ledgerentry", "sessions.session"}
State = dict[str, str]
HERE = Path(__file__).parent
#: Files that plant other texts than canaries.
OWN_DISTRICT = ("test_formulas", "test_texts")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files with a district of their own come after those that share one, which is then made once."""
    here = [number for number, item in enumerate(items) if item.path.is_relative_to(HERE)]
    ordered = sorted((items[number] for number in here), key=lambda item: item.path.stem in OWN_DISTRICT)
    for number, item in zip(here, ordered, strict=True):
        items[number] = item


@pytest.fixture(scope="package")
def held(django_db_setup: None, django_db_blocker: Any) -> Iterator[Held]:
    """The district that stands in the database now; undone when the walks are over, so that others find it empty."""
    with django_db_blocker.unblock():
        holder = Held()
        yield holder
        holder.release()


@pytest.fixture(scope="module")
def walk(held: Held) -> Walk:
    """The district with its canaries, as it was made; a module may change the copy it is given."""
    return copy.deepcopy(held.district())


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Thousands of refusals are the point here: they are not written to the log one by one."""
    cache.clear()
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def _as_fast_as_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    """The interface for programs refuses at the same rate all the time: tests/api holds it to its own."""
    monkeypatch.setattr(gate, "STRAYS_PER_MINUTE", 10**6)
    monkeypatch.setattr(gate, "PER_MINUTE", 10**6)


@pytest.fixture(scope="module", autouse=True)
def _as_in_service() -> Iterator[None]:
    """Templates are drawn as in service: the test runner's copy of every context would cost more than the page."""
    noted = Template._render
    Template._render = _TestState.saved_data.template_render
    yield
    Template._render = noted


@pytest.fixture(scope="module", autouse=True)
def _one_pack_for_all() -> Iterator[None]:
    """A report depends on who asks for it by the guarded figures only: it is made once for all who know the same."""
    made: dict[Any, Any] = {}
    build = reports.build_pack

    def remembered(organisation: Any, period: Any, **more: Any) -> Any:
        viewer = more["viewer"]
        known = tuple(verb for verb in _GUARDS if may(viewer, verb, organisation))
        named = tuple(SealedAccess.objects.filter(user=viewer).values_list("case_identity"))
        rest = tuple(value for name, value in more.items() if name != "viewer")
        key = (organisation.pk, period.code, known, named, rest)
        if key not in made:
            made[key] = build(organisation, period, **more)
        return made[key]

    patch = pytest.MonkeyPatch()
    patch.setattr(reports, "build_pack", remembered)
    yield
    patch.undo()


@pytest.fixture(scope="module", autouse=True)
def _one_picture_for_all() -> Iterator[None]:
    """Charts of reports, news texts and slides tell what the page's charts tell, and are walked there: here a dot."""
    drawn = io.BytesIO()
    Image.new("RGB", (1, 1)).save(drawn, "PNG")
    patch = pytest.MonkeyPatch()
    for module in (charts, output, draw):
        patch.setattr(module, "pictures", lambda charts, scale=1.0: dict.fromkeys(charts, drawn.getvalue()))
    yield
    patch.undo()


def browser(user: User, **more: Any) -> Client:
    """A browser in which `user` is logged in."""
    client = Client(**more)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def state() -> State:
    """A hash of every table but the notes of readings."""
    return {
        model._meta.label_lower: hashlib.sha256(
            repr(list(model._default_manager.order_by("pk").values_list())).encode()
        ).hexdigest()
        for model in apps.get_models()
        if model._meta.label_lower not in _NOTES and model._meta.managed
    }


@pytest.fixture
def unchanged() -> Iterator[Callable[[], None]]:
    """Asserts at the end that the test changed nothing; call it to take the state anew (after a login)."""
    before: list[State] = []
    yield lambda: before.append(state())
    assert before, "the state was never taken"
    assert state() == before[-1]


@pytest.fixture
def plain_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the hundreds of error pages of a walk three are drawn whole; of the others all that differs: what they say."""
    drawn, whole = 0, errors.render

    def told(request: Any, template: str, shown: dict[str, Any], status: int) -> HttpResponse:
        nonlocal drawn
        drawn += 1
        if drawn <= 3:
            return whole(request, template, shown, status=status)
        return HttpResponse(f"{shown['error']} {shown['message']}", status=status)

    monkeypatch.setattr(errors, "render", told)
