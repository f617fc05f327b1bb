"""What `./run reform` says: the plans, and the effects of one, worked out in a transaction that is rolled back.

The operator of the machine sees all; figures and kinds are given by their codes, so that programs can read them.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tongket.core.dates import format_date
from tongket.core.problems import NotFound
from tongket.indicators.catalogue import INDICATORS
from tongket.reforms.effects.fates import FATES
from tongket.reforms.effects.loads import KINDS
from tongket.reforms.effects.preview import look, plain
from tongket.reforms.models import ReformPlan

_STATES: Mapping[str, str] = {"draft": "nháp", "done": "đã thực hiện", "undone": "đã hoàn tác"}
_WAYS: Mapping[str, str] = {"along": "đi theo", "listed": "chỉ liệt kê", "kept": "giữ nguyên"}


def plans() -> list[dict[str, Any]]:
    """All plans, the latest first."""
    return [_said(plan) for plan in ReformPlan.objects.select_related("organisation")]


def _said(plan: ReformPlan) -> dict[str, Any]:
    return {
        "plan": plan.pk,
        "title": plan.title,
        "organisation": plan.organisation.code,
        "on": plan.on.isoformat(),
        "state": plan.state,
        "steps": len(plan.steps),
        "decision": plan.decision_number,
    }


def plans_in_words(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A line a plan."""
    if not rows:
        yield "Chưa có phương án sắp xếp nào. Lập ở trang /sap-xep/."
    for row in rows:
        on = format_date(date.fromisoformat(row["on"]))
        said = f"{row['title']} ({row['organisation']}), từ {on}"
        yield f"{row['plan']}  {said}, {row['steps']} bước, {_STATES[row['state']]}"


def effects(number: int) -> dict[str, Any]:
    """The effects of a plan as the page works them out. Raises `NotFound`; one carried out is told as it is now."""
    plan = ReformPlan.objects.select_related("organisation").filter(pk=number).first()
    if plan is None:
        raise NotFound(f"Không có phương án số {number}. Xem danh sách: ./run reform")
    if plan.state == "done":
        raise NotFound(f"Phương án số {number} đã thực hiện: xem kết quả ở trang /sap-xep/{number}/.")
    return {**_said(plan), **plain(look(plan, viewer=None))}


def effects_in_words(found: Mapping[str, Any]) -> Iterator[str]:
    """The effects for reading: what becomes of whom, what lies open, which figures read another number."""
    day = format_date(date.fromisoformat(found["day"]))
    yield f"{found['title']} ({found['organisation']}): làm thử cho ngày {day}, chưa ghi gì."
    for problem in found["problems"]:
        yield f"  Chưa thực hiện được: {problem['message']}"
    if found["effects"] is None:
        return
    before, after = found["effects"]["total"]
    yield (
        f"Đảng viên: {before} → {after}; chuyển chi bộ: {sum(r['members'] for r in found['effects']['handed'])}; "
        f"chức vụ kết thúc: {found['effects']['posts_ended']}"
    )
    for fate, title in FATES.items():
        rows = [row for row in found["effects"]["fates"] if row["fate"] == fate]
        if rows:
            yield f"{title}: {len(rows)}"
        for row in rows:
            heirs = f" → {', '.join(row['heirs'])}" if row["heirs"] else ""
            yield f"  {row['code']}  {row['name']}: {row['members'][0]} → {row['members'][1]} đảng viên{heirs}"
    kinds = {kind.name: kind for kind in KINDS}
    for load in found["loads"]:
        kind = kinds[load["kind"]]
        yield f"{kind.text} ({_WAYS[kind.way]}): {load['count']}. {kind.fate}"
    yield from _figures(found["tables"])


def _figures(tables: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for table in tables:
        changed = [row for row in table["rows"] if row["before"] != row["after"]]
        locked = ", sổ đã chốt" if table["locked"] else ""
        of = f"{table['code']} {table['period']} (đến {table['as_at']}{locked})"
        yield f"{of}: {len(changed)} số đổi, {table['same']} số không đổi"
        for row in changed:
            name = INDICATORS[row["id"]].vi if row["id"] in INDICATORS else row["id"]
            yield f"  {row['id']}  {name}: {_or_dash(row['before'])} → {_or_dash(row['after'])}"


def _or_dash(value: str | None) -> str:
    return "–" if value is None else value
