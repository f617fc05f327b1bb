"""What the repository as a whole promises: reproducible installation, nothing of one machine, whole fonts."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# A pin, its hashes, its "via" comments: the only lines a lock may hold.
PIN = re.compile(r"^[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==\S+( ; .+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
VIA = re.compile(r"^    #( {3}.*| via.*)$")
MACHINE_PATH = re.compile(r"(?<![\w.@~}/-])/(?:[a-z]+/main|home/\w+|root|Users/\w+)/[\w.-]+")
LOCKS = ("requirements.txt", "requirements-dev.txt")


def tracked_texts() -> list[tuple[str, str]]:
    """Every text file under version control as (path, content)."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    texts = []
    for name in filter(None, listed.decode().split("\0")):
        path = ROOT / name
        if path.is_file():
            content = path.read_bytes()
            if b"\0" not in content:
                texts.append((name, content.decode("utf-8")))
    return texts


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_exact_versions_with_hashes_and_names_no_registry(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not (PIN.match(line) or HASH.match(line) or VIA.match(line))] == []
    pins = [number for number, line in enumerate(lines) if PIN.match(line)]
    assert len(pins) > 20
    assert [lines[number] for number in pins if not HASH.match(lines[number + 1])] == []


def test_the_developers_lock_holds_the_runtime_lock_whole() -> None:
    runtime, dev = (
        {line for line in (ROOT / lock).read_text().splitlines() if PIN.match(line)} for lock in LOCKS
    )
    assert runtime - dev == set()


def test_every_wanted_package_has_its_line_in_the_dependencies_page() -> None:
    page = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    wanted = [
        re.split(r"[\[<>=]", line)[0].strip()
        for name in ("requirements.in", "requirements-dev.in")
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("#", "-"))
    ]
    assert len(wanted) > 30
    assert [name for name in wanted if name not in page] == []


def test_no_tracked_file_names_a_path_of_one_machine() -> None:
    found = [
        f"{name}: {match.group()}" for name, text in tracked_texts() for match in MACHINE_PATH.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize("path", ["/" + "Users/an/y.py", "open('/" + "home/an/x')", '"/' + 'root/.venv"'])
def test_the_search_for_machine_paths_finds_one(path: str) -> None:
    assert MACHINE_PATH.search(path)
    assert not MACHINE_PATH.search("https://example.org/home/news/ and ./tests/main")


@pytest.mark.parametrize(
    "script", ["run", "test", ".ci/run", "scripts/environment.sh", "scripts/arelle.sh", "scripts/machine.sh"]
)
def test_a_shell_script_is_valid_for_its_shell(script: str) -> None:
    shell = "bash" if script in {"test", ".ci/run", "scripts/machine.sh"} else "sh"
    done = subprocess.run([shell, "-n", script], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
