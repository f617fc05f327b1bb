"""What is wrong is said as a problem, in the language asked for, at the parameter."""

from typing import Any

import pytest

from tests.api.conftest import get, token_for
from tests.api.described import described
from tongket.api.endpoints import figures

FIGURES = {"organisation": "QS", "period": "2023", "ids": "members.total"}


@pytest.mark.parametrize(
    ("address", "asked", "field"),
    [
        ("members", {"limit": 0}, "limit"),
        ("members", {"limit": 501}, "limit"),
        ("members", {"limit": "x"}, "limit"),
        ("members", {"as_at": "31/12/2023"}, "as_at"),
        ("members", {"as_at": "5"}, "as_at"),
        ("members", {"as_at": "0001-01-01"}, "as_at"),
        ("members", {"as_at": "2023-02-30"}, "as_at"),
        ("members", {"as_known_at": "yesterday"}, "as_known_at"),
        ("members", {"as_known_at": "0001-01-01T00:00:00+14:00"}, "as_known_at"),
        ("members", {"periode": "2023"}, "periode"),
        ("members", {"limit": [1, 2]}, "limit"),
        ("members", {"under": "\x00"}, "under"),
        ("members", {"cursor": "x"}, "cursor"),
        ("figures", {**FIGURES, "period": "2023-13"}, "period"),
        ("figures", {**FIGURES, "ids": "members.nobody"}, "ids"),
        ("figures", {**FIGURES, "ids": ","}, "ids"),
        ("figures", {"period": "2023", "ids": "members.total"}, "organisation"),
        ("figures", {**FIGURES, "as_at": "2024-01-01"}, "as_at"),
        ("figures", {**FIGURES, "period": "2001"}, "period"),
        ("directives", {"book": "secret"}, "book"),
        ("indicators", {"q": "x"}, "q"),
    ],
)
def test_a_wrong_parameter_is_named(world: Any, address: str, asked: dict[str, Any], field: str) -> None:
    answer = get(token_for(world, "QS", "organisation"), address, **asked)
    assert answer.status_code == 422, answer.content
    assert described(address, answer) is None
    assert answer.headers["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == 422 and said["type"].startswith("urn:tongket:problem:")
    assert [one["field"] for one in said["errors"]] == [field]
    assert said["errors"][0]["message"] in said["detail"]


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("figures", {"organisation": "PB", "period": "2023", "ids": "members.total"}),
        ("figures/members.total/records", {"organisation": "PB", "period": "2023"}),
        ("figures/members.nobody/records", {"organisation": "PA", "period": "2023"}),
        ("figures/members.total/records", {"organisation": "PA", "period": "2023", "branch": "PB1"}),
        ("members", {"under": "PB"}),
        ("organisations", {"under": "QS"}),
        ("organisations/PB", {}),
        ("organisations/PA", {"as_at": "2000-01-01"}),
        ("directives/00000000-0000-4000-8000-000000000000", {}),
        ("popolo/posts", {"under": "PB1"}),
        ("nowhere", {}),
    ],
)
def test_what_is_not_the_programs_to_see_is_not_found(
    world: Any, address: str, asked: dict[str, Any]
) -> None:
    answer = get(token_for(world, "PA", "organisation", "office"), address, **asked)
    assert answer.status_code == 404, answer.content
    assert address == "nowhere" or described(address, answer) is None
    assert answer.json()["status"] == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_language_is_the_one_asked_for(world: Any) -> None:
    token = token_for(world, "QS", "office")
    for header, language in (("", "vi"), ("en-US,en;q=0.9", "en"), ("vi,en", "vi"), ("fr,de", "vi")):
        answer = get(token, "indicators", lang=header)
        assert answer.headers["Content-Language"] == language
        name = next(row["name"] for row in answer.json() if row["id"] == "members.total")
        assert ("đảng viên" in name) is (language == "vi")
        assert get(token, "nowhere", lang=header).headers["Content-Language"] == language


def test_what_breaks_is_a_problem_that_tells_nothing(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("secret of the machine")

    monkeypatch.setattr(figures, "compute", broken)
    answer = get(token_for(world, "QS", "office"), "figures", **FIGURES)
    assert answer.status_code == 500
    assert answer.json()["status"] == 500 and "secret" not in answer.content.decode()
