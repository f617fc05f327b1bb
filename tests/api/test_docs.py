"""What docs/api.md tells to type does what it says."""

import io
import re
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.api.conftest import token_for
from tests.api.described import description

DOCS = (Path(__file__).parents[2] / "docs/api.md").read_text()


def _block(language: str) -> str:
    found = re.search(rf"```{language}\n(.+?)```", DOCS, re.DOTALL)
    assert found
    return found.group(1)


def test_the_example_reads_the_whole_list_and_the_figures(
    world: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def answered(request: Any) -> Any:
        parts = urlsplit(request.full_url)
        answer = Client().get(f"{parts.path}?{parts.query}", headers=dict(request.header_items()))
        assert answer.status_code == 200, answer.content
        return io.BytesIO(answer.content)

    monkeypatch.setattr(urllib.request, "urlopen", answered)
    monkeypatch.setenv("TONGKET_MA", token_for(world, "QS", "office"))
    exec(_block("python").replace("limit=100", "limit=3"), {})  # noqa: S102
    assert capsys.readouterr().out.strip() == "8 {'members.total': 6, 'members.admitted': 1}"


def test_the_line_to_type_is_the_one_of_the_page_and_opens_the_list(world: Any) -> None:
    found = re.search(r'-H "(\w+): (Bearer) \$TONGKET_MA" "https://tongket.example([^"]+)"', _block("sh"))
    assert found
    name, scheme, path = found.groups()
    token = token_for(world, "QS", "office")
    assert Client().get(path, headers={name: f"{scheme} {token}"}).status_code == 200
    page = (Path(__file__).parents[2] / "tongket/api/templates/api/_use.html").read_text()
    assert f'curl -H "{name}: {scheme} $TONGKET_MA"' in page


def test_every_address_is_in_the_table() -> None:
    told = set(re.findall(r"`([\w/{}]+)`", DOCS))
    assert {re.sub(r"^/api/v1/", "", path) for path in description()["paths"]} <= told
