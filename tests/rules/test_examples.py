"""Every rule against worked examples of the regulations, and every use of a rule against the data."""

import ast
import importlib
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.examples import NONE
from tongket.rules.catalogue import NoRuleInForce, all_rules, rule, value

HERE, CODE = Path(__file__).parent, Path(__file__).resolve().parents[2] / "tongket"
MODULES = [importlib.import_module(f"tests.rules.{p.stem}") for p in sorted(HERE.glob("examples*.py"))]
EXAMPLES = [example for module in MODULES for example in module.EXAMPLES]
ENTRIES = [entry for module in MODULES for entry in getattr(module, "ENTRIES", ())]


def plain(found: Any) -> Any:
    """A frozen value as ordinary tuples and dicts, to compare."""
    if isinstance(found, Mapping):
        return {key: plain(entry) for key, entry in found.items()}
    return tuple(plain(entry) for entry in found) if isinstance(found, tuple) else found


@pytest.mark.parametrize(("id", "day", "expected", "where"), EXAMPLES)
def test_a_rule_says_on_a_day_what_was_worked_out_from_the_sources(
    id: str, day: date, expected: Any, where: str
) -> None:
    if expected is NONE:
        with pytest.raises(NoRuleInForce, match=re.escape(id)):
            value(id, day)
    else:
        assert plain(value(id, day)) == expected, where


@pytest.mark.parametrize(("id", "day", "key", "expected", "where"), ENTRIES)
def test_an_entry_of_a_long_table_is_as_in_the_sources(
    id: str, day: date, key: str, expected: Any, where: str
) -> None:
    assert plain(value(id, day))[key] == expected, where


def test_every_rule_has_an_example_that_gives_a_value() -> None:
    shown = {id for id, _day, expected, _where in EXAMPLES if expected is not NONE} | {e[0] for e in ENTRIES}
    assert {one.id for one in all_rules()} - shown == set()
    assert shown - {one.id for one in all_rules()} == set()


@given(st.sampled_from(all_rules()), st.dates(date(1925, 1, 1), date(2060, 12, 31)))
def test_versions_never_overlap_and_the_scan_of_all_of_them_finds_the_one_in_force(one, day) -> None:
    alive = [v for v in one.versions if v.effective_from <= day and (v.effective_until or date.max) >= day]
    assert len(alive) <= 1
    assert one.version_on(day) is (alive[0] if alive else None)
    if one.gap_on(day):
        assert not alive


#: Calls whose first argument is a rule's id.
READERS = {"integer", "table", "sequence", "value", "in_force", "rule", "form_in_force"}


def ids_in_code() -> set[tuple[str, str]]:
    """(id, file) for every literal id that code or a template asks for."""
    found = set()
    for path in CODE.rglob("*.py"):
        text = path.read_text("utf-8")
        if "rules" not in text and "rules" not in path.parts:
            continue
        tree = ast.parse(text)
        imported = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            and ((node.module or "").startswith("tongket.rules") or (node.level and "rules" in path.parts))
            for alias in node.names
        } | ({"form_in_force"} & set(re.findall(r"\w+", text)))
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in READERS & imported
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
            ):
                found.add((node.args[0].value, path.name))
    for path in CODE.rglob("*.html"):
        for id in re.findall(r"{% basis [\"']([^\"']+)[\"']", path.read_text("utf-8")):
            found.add((id, path.name))
        for id in re.findall(r"{% url ['\"]rules:rule['\"] ['\"]([^'\"]+)['\"]", path.read_text("utf-8")):
            found.add((id, path.name))
    return found


def test_every_rule_that_code_or_a_page_asks_for_is_there() -> None:
    used = ids_in_code()
    assert {"org.min", "badge.bonus", "rate.excluded"} <= {
        id for id, _file in used
    }  # the search finds something
    known = {one.id for one in all_rules()}
    assert [pair for pair in sorted(used) if pair[0] not in known] == []


def test_the_rules_are_looked_up_by_id() -> None:
    assert all(rule(one.id) is one for one in all_rules())
