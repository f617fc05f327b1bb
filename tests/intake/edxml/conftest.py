"""The small district with its clerks, and bytes kept in a folder of the test's own."""

import subprocess

import pytest

from tests.world import World, add_user, make_tree
from tongket.files import extract

#: name -> (organisation, duties)
USERS = {
    "office": ("QS", ("office",)),
    "office_a": ("PA", ("office",)),
    "propaganda": ("QS", ("propaganda",)),
    "leader": ("QS", ("leader",)),
    "admin": ("QS", ("administrator",)),
}


@pytest.fixture
def world(db: None, settings, tmp_path) -> World:
    """The district's organisations with its users; attached files go to the test's own folder."""
    settings.MEDIA_ROOT = tmp_path / "files"
    made = make_tree()
    for name, (code, duties) in USERS.items():
        add_user(made, name, code, *duties)
    return made


@pytest.fixture(autouse=True)
def _read_here(request, monkeypatch) -> None:
    """Text is taken out of files in this process, not in a child each: the same functions, without the wait."""
    if "child_process" in request.fixturenames:
        return

    def here(_module: str, sent: bytes) -> subprocess.CompletedProcess[bytes]:
        kind, _line, content = sent.partition(b"\n")
        try:
            text = {"pdf": extract._pdf, "docx": extract._docx, "txt": extract._txt}[kind.decode()](content)
        except Exception:
            return subprocess.CompletedProcess([], 1, b"", b"")
        return subprocess.CompletedProcess([], 0, text.encode(), b"")

    monkeypatch.setattr("tongket.files.acts.run", here)


@pytest.fixture
def child_process() -> None:
    """For tests that want the files read as they are in real life."""
