"""What every test shares: property-test profiles and the database that this run is on."""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from xdist.scheduler import LoadScopeScheduling

from tests.migrated import copied_test_database
from tongket.ui import assets
from tongket.ui.messages import compile_messages

compile_messages()  # before the first text is looked up, as at the start of the program

# Each process of a run keeps its files apart: one may lose bytes on purpose while another keeps the same bytes again.
settings.MEDIA_ROOT = Path(settings.DATA_DIR) / f"files-{os.environ.get('PYTEST_XDIST_WORKER', 'one')}"

_slow_machine = {
    "deadline": None,  # the machine that runs the checks has two shared cores
    "suppress_health_check": [HealthCheck.too_slow],
}
hypothesis_settings.register_profile("dev", **_slow_machine, max_examples=50)
# The same examples on every run, so that a failure in CI is found again on any desk.
hypothesis_settings.register_profile(
    "ci", **_slow_machine, max_examples=40, derandomize=True, print_blob=True
)
# The second database of a run: the same rules, fewer examples, since the first has drawn the forty.
hypothesis_settings.register_profile(
    "brief", **_slow_machine, max_examples=25, derandomize=True, print_blob=True
)
hypothesis_settings.register_profile("thorough", **_slow_machine, max_examples=2000)
hypothesis_settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev")
)


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """Which process of a run takes which tests: a file goes whole to one, which makes what its tests share only once.

    The demo's files share one district of half a minute; the walk over every address is long enough for two.
    They come in the order of `_in_the_order_of_work`.
    """

    def __init__(self, config: pytest.Config, log: Any) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        if path.startswith("tests/demo/"):
            return "tests/demo"
        return nodeid if path == "tests/walk/test_scope.py" else path


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together | None:
    """With `--dist loadscope`, share the tests out as `Together` says."""
    return Together(config, log) if config.getvalue("dist") == "loadscope" else None


def pytest_report_header() -> str:
    """Say which database the run is on."""
    return f"database: {settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}"


def _in_the_order_of_work(items: list[pytest.Item]) -> list[pytest.Item]:
    """What is longest first, so that no process ends long after the other: the demo, the walks (one after the other,
    since they share a district), then file by file, those with the most tests first.
    """
    folder = {item: item.nodeid.split("/")[1] if "/" in item.nodeid else "" for item in items}
    size = Counter(item.path for item in items)
    first = ("demo", "walk")
    return sorted(
        items,
        key=lambda item: (
            (first.index(folder[item]), 0) if folder[item] in first else (len(first), -size[item.path])
        ),
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order of a run on several processes. Keep tests for PostgreSQL out of a run on SQLite: ./test has a stage."""
    if os.environ.get("PYTEST_XDIST_WORKER"):
        items[:] = _in_the_order_of_work(items)
    if "sqlite" not in settings.DATABASES["default"]["ENGINE"]:
        return
    elsewhere = pytest.mark.skip(reason="needs PostgreSQL: runs in the PostgreSQL stage of ./test")
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(elsewhere)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The test database is a copy of one that is migrated once a run, not once a process."""
    connection.creation.create_test_db = copied_test_database


@pytest.fixture(scope="session")
def built_assets() -> Path:
    """The packaged front-end files, for tests that open pages in a browser."""
    target = Path(settings.ASSETS_DIR)
    assets.build(target)
    return target


@pytest.fixture
def on_postgresql() -> bool:
    """Whether this run is on PostgreSQL."""
    return connection.vendor == "postgresql"
