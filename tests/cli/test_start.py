"""The first start: the demo is there wholly or not at all, and never on top of somebody's own register."""

from collections.abc import Callable

import pytest

from tests.world import make_world
from tongket import start
from tongket.audit.models import LedgerEntry
from tongket.demo import load as demo
from tongket.members.models import Member

pytestmark = pytest.mark.django_db


def test_a_demo_that_is_stopped_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def half(progress: Callable[[str, float], None]) -> None:
        make_world()
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "load", half)
    with pytest.raises(KeyboardInterrupt):
        start.demo_if_empty()
    assert not LedgerEntry.objects.exists() and not Member.objects.exists()


def test_a_demo_that_was_loaded_is_marked_and_not_loaded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    loads = []

    def whole(progress: Callable[[str, float], None]) -> None:
        progress("Nhập sổ", 0.5)
        loads.append(make_world())

    monkeypatch.setattr(demo, "load", whole)
    start.demo_if_empty()
    start.demo_if_empty()
    assert len(loads) == 1
    assert LedgerEntry.objects.latest("id").action == "system.demo_loaded"


def test_no_demo_is_loaded_into_a_register_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    make_world()
    before = LedgerEntry.objects.count()
    monkeypatch.setattr(demo, "load", lambda progress: pytest.fail("loaded"))
    start.demo_if_empty()
    assert LedgerEntry.objects.count() == before
