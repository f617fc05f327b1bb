"""Clerks at the same obligation at the same moment: one gets through, the others are told, nothing is doubled."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reliability.scratch import ROOT, scratch


@pytest.mark.django_db(transaction=True)
def test_of_clerks_reporting_accepting_undoing_at_once_exactly_one_gets_through(tmp_path: Path) -> None:
    with scratch(tmp_path / "data") as own:
        own.migrate()
        done = subprocess.run(
            [sys.executable, "-m", "tests.obligations.race"],
            cwd=ROOT,
            env=own.environment(),
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert done.returncode == 0, done.stderr[-4000:]
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert found["wrong"] == [] and found["broken_at"] is None
    assert found["steps"] == 4 * 2
