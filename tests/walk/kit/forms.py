"""Filling in the program's own forms as a browser would, with something changed."""

from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.test import Client
from lxml import html

#: The header's chooser, the language switch and the way out stand on every page.
_FRAME = ("/chon/", "/tai-khoan/")
Dump = dict[str, list[tuple[Any, ...]]]


def asked(client: Client, path: str) -> Any:
    """The page's own form."""
    page = html.document_fromstring(client.get(path).content.decode())
    forms = [
        form for form in page.forms if form.method == "POST" and not (form.action or "").startswith(_FRAME)
    ]
    if not forms:
        raise LookupError(f"no form at {path}")
    return max(forms, key=lambda one: len(one.fields))


def entered(form: Any) -> dict[str, Any]:
    """What the form would send if its button were pressed now."""
    return {name: value or "" for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


def names_of(form: Any) -> set[str]:
    """Every field of the form, filled in or not."""
    return {field.name for field in form.inputs if field.name}


def undone(client: Client, path: str, data: dict[str, Any]) -> tuple[Any, Dump]:
    """The answer to a form and the tables after it; then everything is as before."""
    newest = {
        model: model._default_manager.order_by("-pk").values_list("pk", flat=True).first() for model in _all()
    }
    known = {row for model in _all() if _identified(model) for row in _identities(model)}
    with transaction.atomic():
        answer = client.post(path, data)
        after = dump({**newest, "identities": known})
        transaction.set_rollback(True)
    return answer, after


def _identified(model: type[models.Model]) -> bool:
    return any(field.name == "identity" for field in model._meta.concrete_fields)


def _identities(model: type[models.Model]) -> Any:
    return model._default_manager.values_list("identity", flat=True)


def _all() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.label_lower != "sessions.session"]


def dump(newest: dict[Any, Any]) -> Dump:
    """All rows of all tables without what chance or the clock decides: keys given since, moments, hashes."""
    return {
        model._meta.label_lower: [
            tuple(_plain(field, value, newest) for field, value in zip(_fields(model), row, strict=True))
            for row in model._default_manager.order_by("pk").values_list(*(f.attname for f in _fields(model)))
        ]
        for model in _all()
    }


def _fields(model: type[models.Model]) -> list[Any]:
    chance = {"password", "hash", "previous_hash", "uid"}
    return [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, models.DateTimeField)
        and field.name not in chance
        and not (field.name == "code" and model._meta.label_lower == "conferences.invitation")
    ]


def _plain(field: Any, value: Any, newest: dict[Any, Any]) -> Any:
    if field.name in ("data", "subject_id"):
        return "noted"  # the ledger repeats keys
    if field.name == "identity" and value not in newest.get("identities", ()):
        return "new"
    model = field.related_model if field.is_relation else field.model
    key = field.primary_key or field.is_relation
    if key and value is not None and isinstance(value, int) and value > (newest.get(model) or 0):
        return "new"
    if field.primary_key and model._meta.label_lower == "audit.ledgerentry":
        return "new"
    return bytes(value) if isinstance(value, memoryview) else value
