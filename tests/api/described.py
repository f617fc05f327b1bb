"""Holds an answer against the description that is served with it."""

import re
from functools import cache
from typing import Any

from django.test import Client
from jsonschema import Draft202012Validator


@cache
def description() -> dict[str, Any]:
    """`openapi.json` as served: without a token, and the same at every call."""
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def described(address: str, answer: Any) -> str | None:
    """What of an answer is not as described; None when all is."""
    paths = description()["paths"]
    template = next(
        path for path in paths if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", path), f"/api/v1/{address}")
    )
    said = paths[template]["get"]["responses"].get(str(answer.status_code))
    if said is None:
        return f"{answer.status_code} is not among the answers of {template}"
    content = answer.headers["Content-Type"].partition(";")[0]
    schema = said["content"][content]["schema"]
    whole = {**schema, "components": description()["components"]}
    return next((error.message for error in Draft202012Validator(whole).iter_errors(answer.json())), None)
