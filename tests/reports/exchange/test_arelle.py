"""The XBRL files held against Arelle, the reference reader, without a network. Its environment: scripts/arelle.sh."""

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests import needs
from tests.reports.exchange.sheets import district_sheet, hostile_sheet
from tongket.reports.layer.model import FactSheet
from tongket.reports.layer.xbrl import INSTANCE, xbrl_files

ARELLE = needs.ARELLE

pytestmark = [needs.arelle]


def some(sheet: FactSheet) -> FactSheet:
    """A short report: the facts on members."""
    return replace(sheet, facts=tuple(fact for fact in sheet.facts if fact.indicator.startswith("members.")))


def planted_duplicate(report: dict[str, Any]) -> None:
    """The organisation's total twice, the second time one more."""
    first = next(
        fact for fact in report["facts"].values() if fact["dimensions"]["concept"] == "tk:members.total"
    )
    report["facts"]["f900000"] = {**first, "value": str(int(first["value"]) + 1)}


def stray_organisation(report: dict[str, Any]) -> None:
    """A fact of something that is no organisation of the taxonomy."""
    stray = json.loads(json.dumps(report["facts"]["f0"]))
    stray["dimensions"]["tk:to-chuc"] = "tk:bang"
    report["facts"]["f900000"] = stray


CASES: dict[str, tuple[FactSheet, Callable[[dict[str, Any]], None] | None]] = {
    "district": (district_sheet(children=1, book_digest="ab" * 32), None),
    "hostile": (hostile_sheet(), None),
    "duplicate": (some(district_sheet(children=0)), planted_duplicate),
    "stray": (some(district_sheet(children=1)), stray_organisation),
}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Case → what Arelle has against it, `LEVEL|code|message`; all cases in one run, since its start takes longest."""
    root = tmp_path_factory.mktemp("xbrl")
    for name, (sheet, spoil) in CASES.items():
        (root / name).mkdir()
        files = xbrl_files(sheet)
        report = json.loads(files[INSTANCE])
        if spoil:
            spoil(report)
        for file, content in {**files, INSTANCE: json.dumps(report).encode()}.items():
            (root / name / file).write_bytes(content)
    run = [
        ARELLE,
        "--file",
        "|".join(str(root / name / INSTANCE) for name in CASES),
        "--plugins",
        "loadFromOIM",
    ]
    run += ["--validate", "--validateDuplicateFacts", "inconsistent", "--internetConnectivity", "offline"]
    run += ["--disablePersistentConfig", "--logFormat", "%(levelname)s|%(messageCode)s|%(message)s"]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(root),
        "XDG_CONFIG_HOME": str(root),
        "LANG": "C.UTF-8",
    }
    ended = subprocess.run(run, capture_output=True, text=True, timeout=300, env=environment)
    found: dict[str, list[str]] = {}
    left, said_now = list(CASES), []
    for line in ended.stdout.splitlines():
        if "validated in" in line:  # the files are judged in the order in which they are named
            found[left.pop(0)], said_now = said_now, []
        elif "|" in line and not line.startswith(("INFO|", "DEBUG|")):
            said_now.append(line)
    assert found.keys() == CASES.keys(), ended.stdout + ended.stderr
    return found


@pytest.mark.parametrize("case", ["district", "hostile"])
def test_a_report_has_no_errors(judged: dict[str, list[str]], case: str) -> None:
    assert judged[case] == []


def test_a_planted_duplicate_with_another_value_is_found(judged: dict[str, list[str]]) -> None:
    (found,) = judged["duplicate"]
    assert "duplicateFacts" in found
    assert "members.total: 3724, 3725" in found


def test_a_fact_of_an_organisation_that_the_taxonomy_does_not_know_is_an_error(
    judged: dict[str, list[str]],
) -> None:
    assert any(line.startswith("ERROR|") for line in judged["stray"])
