"""A small register, and what stands in it: every table, derived ones too, without keys and record times."""

from collections import Counter
from typing import Any

from django.apps import apps

from tests.intake.books import named
from tests.intake.test_front_door import EVENTS, MEMBERS, ORGANISATIONS
from tongket.intake.models import ImportBatch
from tongket.intake.rehearse import commit, rehearse
from tongket.members.models import Member, MemberDetail
from tongket.organisations.models import Organisation, OrganisationAct

_RECORD = {
    "id",
    "identity",
    "act",
    "origin",
    "recorded_at",
    "recorded_by",
    "voided_at",
    "voided_by",
    "void_reason",
    "row_version",
    "uid",
}
_APPS = {
    "organisations", "members", "directives", "targets", "ratings", "honours", "inspections", "obligations", "matching",
}  # fmt: skip


def bring(kind: str, rows: list[list[Any]], by: Any = None, **more: Any) -> ImportBatch:
    """Bring in a sheet of a kind whose headers are known whatever the page is called."""
    told = rehearse(kind, named({"x": rows}), by=by, **more)
    assert told.ok, told.errors
    return commit(kind, named({"x": rows}), by=by, file_name=f"{kind}.xlsx", **more)


def fill() -> None:
    """Two communes, three people, what happened to them."""
    commit("organisations", named({"Tổ chức": ORGANISATIONS}), by=None, file_name="a.xlsx")
    commit("members", named({"Đảng viên": MEMBERS}), by=None, file_name="b.xlsx")
    commit("events", named({"Biến động": EVENTS}), by=None, file_name="c.xlsx")


def state() -> Counter[tuple[Any, ...]]:
    """All that stands; of people and organisations those of whom anything is said."""
    said = {
        Member: set(MemberDetail.objects.filter(voided_at=None).values_list("member_id", flat=True)),
        Organisation: set(
            OrganisationAct.objects.filter(voided_at=None).values_list("organisation_id", flat=True)
        ),
    }
    found: Counter[tuple[Any, ...]] = Counter()
    for model in apps.get_models():
        if model._meta.app_label not in _APPS:
            continue
        columns = [f for f in model._meta.concrete_fields if f.name not in _RECORD]
        rows: Any = model._default_manager.all()
        if any(f.name == "voided_at" for f in model._meta.concrete_fields):
            rows = rows.filter(voided_at__isnull=True)
        for row in rows:
            if model not in said or row.pk in said[model]:
                found[model._meta.label, *(str(getattr(row, f.attname)) for f in columns)] += 1
    return found
