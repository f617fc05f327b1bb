"""The district at work."""

import pytest

from tests.obligations.working import Work, make_work


@pytest.fixture
def work(db: None) -> Work:
    """The district with people and directive 33-NQ/TU."""
    return make_work()
