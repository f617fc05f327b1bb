"""`./run edxml`: looked at, taken in with --commit, faults as one clear line."""

import json

import pytest

from tests.intake.edxml.samples import business, edxml
from tongket import cli
from tongket.directives.models import Directive
from tongket.intake.edxml.xml import MAX_BYTES


def run(path, *more: str) -> int:
    return cli.main(["edxml", str(path), *more])


@pytest.fixture
def paper(tmp_path):
    """A good file on disk."""
    path = tmp_path / "nq33.edxml"
    path.write_bytes(edxml().encode())
    return path


def test_a_file_is_looked_at_and_only_taken_in_on_demand(world, paper, capsys):
    assert run(paper) == 0
    assert "33-NQ/TU" in (said := capsys.readouterr().out) and "Chưa ghi gì" in said
    assert not Directive.objects.exists()
    assert run(paper, "--org", "PA", "--commit") == 0
    assert "Đã ghi vào sổ của Đảng bộ xã A" in capsys.readouterr().out
    assert Directive.objects.get().organisation == world["PA"]


def test_json_tells_what_the_text_tells(world, paper, capsys):
    assert run(paper, "--json", "--commit") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["committed"], told["organisation"], told["business"]) == (
        True,
        True,
        "QS",
        "new",
    )
    assert told["paper"]["symbol"] == "33-NQ/TU" and told["files"][0]["name"] == "nq33.pdf"
    assert run(paper, "--json", "--commit") == 2
    again = json.loads(capsys.readouterr().out)
    assert (
        not again["ok"] and not again["committed"] and "đã được tiếp nhận" in again["problems"][0]["message"]
    )


def test_faults_are_said_in_words_with_code_2(world, tmp_path, capsys):
    path = tmp_path / "x.edxml"
    assert run(path) == 2
    assert "Không có tệp" in capsys.readouterr().err
    path.write_bytes(b"<html/>")
    assert run(path) == 2
    assert "không phải edXML" in capsys.readouterr().err
    path.write_bytes(b"<" * (MAX_BYTES + 5))
    assert run(path) == 2
    assert "50 MB" in capsys.readouterr().err
    path.write_bytes(business("1", "KHONG-CO", key="x"))
    assert run(path, "--commit") == 2
    assert "KHONG-CO" in capsys.readouterr().err
    path.write_bytes(edxml().encode())
    assert run(path, "--org", "KHONG") == 2
    assert not Directive.objects.exists()
