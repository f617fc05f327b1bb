"""The table of rights: every verb in use is declared, every declared one is described, the page is up to date."""

import ast
import re
from pathlib import Path

from tongket.accounts.docs import _VERBS, PAGE, page
from tongket.accounts.duties import DUTIES, RIGHTS

ROOT = Path(__file__).resolve().parents[2]
#: Functions that take a verb, and at which place when it is not by name.
_TAKES_A_VERB = {"gate": 0, "may": 1, "visible_to": 1, "assignments_of": 1, "duties_with": 0}
VERB = re.compile(r"[a-z]+\.(read|write|merge|reorganise|sensitive|sign|approve)")


def verbs_in(source: str) -> set[str]:
    """Verbs written out in calls that ask for one."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        given = [k.value for k in node.keywords if k.arg == "verb"]
        if name in _TAKES_A_VERB:
            given += node.args[_TAKES_A_VERB[name] : _TAKES_A_VERB[name] + 1]
        found |= {v.value for v in given if isinstance(v, ast.Constant) and isinstance(v.value, str)}
    return {verb for verb in found if verb}


def verbs_in_templates() -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tongket").rglob("*.html")]
    return {
        m.group(1) for text in texts for m in re.finditer(r"\"([a-z]+\.(?:read|write|sensitive))\"", text)
    }


def test_every_verb_that_the_code_asks_for_is_declared() -> None:
    used = {
        verb: path.name
        for path in (ROOT / "tongket").rglob("*.py")
        for verb in verbs_in(path.read_text(encoding="utf-8"))
    }
    assert len(used) > 10
    assert {verb: name for verb, name in used.items() if verb not in RIGHTS} == {}
    assert verbs_in_templates() - set(RIGHTS) == set()


def test_the_search_for_verbs_finds_each_way_of_asking() -> None:
    assert verbs_in('@gate("a.read")\ndef view(): pass') == {"a.read"}
    assert verbs_in('may(user, "b.write", x); q.visible_to(user, verb="c.read")') == {"b.write", "c.read"}
    assert verbs_in("may(user, verb)") == set()


def test_every_right_belongs_to_declared_duties_and_every_duty_has_one() -> None:
    assert all(duties and duties <= set(DUTIES.values) for duties in RIGHTS.values())
    assert set().union(*RIGHTS.values()) == set(DUTIES.values)
    assert [verb for verb in RIGHTS if not VERB.fullmatch(verb)] == []


def test_whoever_writes_a_thing_also_reads_it() -> None:
    for verb, duties in RIGHTS.items():
        read = verb.replace(".write", ".read").replace(".sensitive", ".read")
        if read in RIGHTS:
            assert duties <= RIGHTS[read], verb


def test_the_administrator_reads_nobodys_file_and_the_auditor_changes_nothing() -> None:
    held = {duty: {verb for verb, duties in RIGHTS.items() if duty in duties} for duty in DUTIES.values}
    assert held["administrator"] == {"organisation.read", "rule.read", "account.write"}
    assert {verb for verb in held["auditor"] if not verb.endswith(".read")} == set()
    signs = {
        "book.sign",
        "book.approve",
        "draft.write",
    }  # signs, and checks what is put before him or her to sign
    assert {verb for verb in held["leader"] if not verb.endswith(".read")} == signs


def test_the_page_of_rights_is_what_the_table_says() -> None:
    assert set(_VERBS) == set(RIGHTS)
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tongket.accounts.docs"
