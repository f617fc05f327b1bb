"""The demo district, drawn and loaded once for this folder; each test's own changes are undone after it."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tongket.demo.draw.plain import District
from tongket.demo.generate import generate
from tongket.demo.load import load


@pytest.fixture(scope="package")
def drawn() -> District:
    """The district as plain values."""
    return generate()


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: object, drawn: District) -> Iterator[District]:
    """The district imported; undone when the tests of this folder are over, so that others find an empty register."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                load(lambda *_: None, drawn)
                yield drawn
                raise _Undo
        except _Undo:
            pass


class _Undo(Exception):
    pass
