"""What holds for the code as a whole, beyond the direction of imports that the import contract keeps."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "tongket"
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
DOMAIN_APPS = (
    "organisations", "members", "directives", "targets", "ratings", "honours", "inspections", "accounts", "audit",
    "files", "obligations", "conferences", "events", "bulletins", "cases", "admissions",
)  # fmt: skip


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def in_domain_app(path: Path) -> bool:
    """Whether a module belongs to a domain app, directly or in one of its folders."""
    return path.relative_to(PACKAGE).parts[0] in DOMAIN_APPS


def imports_of(path: Path) -> Iterator[str]:
    """Full names of the modules that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_what_changes_or_reads_state_knows_no_page() -> None:
    plain = {"acts.py", "queries.py", "models.py", "drafts.py", "rules.py", "derive.py", "tree.py"}
    wrong = [
        f"{name_of(path)}: {module}"
        for path in MODULES
        if path.name in plain and in_domain_app(path)
        for module in imports_of(path)
        if module in {"django.http", "django.shortcuts", "django.forms"}
        or module.startswith(("tongket.ui", "tongket.web"))
        or re.fullmatch(r"tongket(\.\w+)+\.(\w*views|\w*pages|forms|urls)(\..*)?", module)
    ]
    assert wrong == []


def test_no_app_speaks_to_another_by_signals() -> None:
    assert [name_of(p) for p in MODULES if any(m.startswith("django.dispatch") for m in imports_of(p))] == []


@pytest.mark.parametrize("banned", ["mark_safe", "fields = '__all__'", 'fields = "__all__"', "eval("])
def test_no_module_uses_what_lets_text_become_code(banned: str) -> None:
    word = re.compile(rf"(?<![\w.]){re.escape(banned)}")
    assert [name_of(path) for path in MODULES if word.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "banned",
    [r"\|\s*safe\b", r"{%\s*autoescape\s+off", r"<style\b", r"\sstyle\s*=", r"\son[a-z]+\s*=\s*[\"']", r"https?://(?!www\.w3\.org/)"],
    ids=["safe filter", "autoescape off", "style element", "style attribute", "event attribute", "address outside"],
)  # fmt: skip
def test_no_template_holds_what_the_strict_policy_refuses(banned: str) -> None:
    pattern = re.compile(banned)
    assert [name_of(path) for path in TEMPLATES if pattern.search(path.read_text(encoding="utf-8"))] == []


def test_a_script_in_a_template_is_a_file_or_data() -> None:
    tag = re.compile(r"<script\b([^>]*)>")
    wrong = [
        f"{name_of(path)}: {attributes}"
        for path in TEMPLATES
        for attributes in tag.findall(path.read_text(encoding="utf-8"))
        if "src=" not in attributes and "application/json" not in attributes
    ]
    assert wrong == []


def test_what_other_parts_call_says_what_it_does() -> None:
    wrong = []
    for path in MODULES:
        plain = path.parent.name in {"core", "rules", "figures"} and path.name != "apps.py"
        if path.name not in {"acts.py", "queries.py"} and not plain:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if tree.body and not ast.get_docstring(tree):
            wrong.append(f"{name_of(path)}: the module")
        for node in tree.body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                wrong.append(f"{name_of(path)}: {node.name}")
    assert wrong == []


def test_every_state_change_of_a_domain_app_is_an_act() -> None:
    # A view or form that saved by itself would leave no ledger entry and no transaction.
    no_record_yet = {"intake/pages/views.py"}  # an uploaded workbook that waits to be looked at
    writes = {"save", "delete", "bulk_create", "bulk_update", "create", "update_or_create", "get_or_create"}
    wrong = [
        f"{name_of(path)}:{node.lineno} {node.func.attr}"
        for path in MODULES
        if name_of(path) not in no_record_yet
        and (
            re.fullmatch(r"\w*(views|pages|forms|tables|queries)\.py", path.name) is not None
            or "pages" in path.parent.name
        )
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in writes
        and "objects" in ast.unparse(node.func.value)
    ]
    assert wrong == []
