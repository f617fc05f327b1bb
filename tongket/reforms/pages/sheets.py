"""The effects of a plan as an Excel workbook: organisations, people, open matters, every figure."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tongket.core.dates import format_date
from tongket.reforms.acts import steps_of
from tongket.reforms.models import ReformPlan
from tongket.reforms.pages.showing import preview_parts
from tongket.reforms.queries import Shown
from tongket.ui.lists import workbook_response
from tongket.ui.sheets import Column, Part, lists_workbook
from tongket.ui.templatetags.ui import lang


def effects_workbook(shown: Shown | None, plan: ReformPlan) -> HttpResponse:
    """A sheet for each part of the page of effects that has something to say, with nothing left out of it."""
    parts = preview_parts(shown.preview, steps_of(plan)) if shown else {}
    said = _("%(plan)s, có hiệu lực từ ngày %(day)s") % {
        "plan": plan.title,
        "day": format_date(plan.on, lang()),
    }
    if shown is not None and shown.stale:
        said += " · " + _("tính trước khi sổ sách có thay đổi mới")
    effects: Mapping[str, Any] = parts.get("effects", {"groups": (), "handed": ()})
    sheets = [
        _organisations(effects, said),
        _handed(effects, said),
        _loads(parts, said),
        _figures(parts, said),
    ]
    title = _("Tác động của phương án sắp xếp")
    return workbook_response(lists_workbook(title, [s for s in sheets if s.rows] or sheets[-1:]), title)


def _before_and_after(*more: str) -> list[Column]:
    return [Column(text, 14, "number") for text in (_("Trước"), _("Sau"), *more)]


def _organisations(effects: Mapping[str, Any], said: str) -> Part:
    columns = [
        Column(_("Việc"), 30),
        Column(_("Mã"), 16),
        Column(_("Tổ chức"), 40),
        Column(_("Trực thuộc trước"), 36),
        Column(_("Trực thuộc sau"), 36),
        *_before_and_after(),
        Column(_("Ghi chú"), 60),
    ]
    rows = [
        [
            str(group["title"]),
            *(row[name] for name in ("code", "name", "from", "to", "before", "after", "notes")),
        ]
        for group in effects["groups"]
        for row in group["rows"]
    ]
    return Part(_("Tổ chức"), said + " · " + _("trước, sau: số đảng viên"), columns, rows)


def _handed(effects: Mapping[str, Any], said: str) -> Part:
    columns = [Column(_("Từ"), 44), Column(_("Về"), 44), Column(_("Đảng viên"), 14, "number")]
    rows = [[row["source"], row["target"], row["members"]] for row in effects["handed"]]
    return Part(_("Chuyển chi bộ"), said, columns, rows)


def _loads(parts: Mapping[str, Any], said: str) -> Part:
    columns = [
        Column(_("Việc"), 44),
        Column(_("Sau sắp xếp"), 16),
        Column(_("Số"), 10, "number"),
        Column(_("Ở đâu"), 70),
        Column(_("Cần làm"), 70),
    ]
    rows = [
        [row["text"], str(row["way"][0]), row["count"], row["everywhere"], row["fate"]]
        for row in parts.get("loads", ())
    ]
    return Part(_("Việc đang dở"), said, columns, rows)


def _figures(parts: Mapping[str, Any], said: str) -> Part:
    columns = [
        Column(_("Mã"), 16),
        Column(_("Tổ chức"), 40),
        Column(_("Kỳ"), 12),
        Column(_("Tính đến"), 12, "date"),
        Column(_("Số liệu"), 60),
        Column(_("Đơn vị tính"), 14),
        *_before_and_after(_("Chênh lệch")),
    ]
    rows = [
        [
            table["code"],
            table["name"],
            table["period"],
            table["day"],
            row["name"],
            row["unit"],
            row["mask"] or row["before"],
            row["mask"] or row["after"],
            row["difference"],
        ]
        for table in parts.get("tables", ())
        for row in table["rows"]
    ]
    return Part(_("Số liệu trước và sau"), said, columns, rows)
