"""Steps and effects in the words of the page."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.core.codelists import ORGANISATION_ACT
from tongket.core.masks import mask_text
from tongket.indicators.catalogue import INDICATORS
from tongket.organisations.models import Organisation
from tongket.reforms.effects.fates import FATES, Effects
from tongket.reforms.effects.loads import KINDS
from tongket.reforms.models import ReformPlan, ReformPreview
from tongket.reforms.steps import BELOW_FIELDS, PEOPLE_FIELDS, Step
from tongket.rules.organisations import UnknownKind, kind
from tongket.ui.templatetags.ui import indicator_name, indicator_unit, lang

_NAMED = 8
#: Figures of one organisation shown on the page of effects; the workbook has all.
SHOWN_ROWS = 60


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the way through a plan, as the head of the page shows it."""

    number: int
    text: str
    href: str
    here: bool


def stages(plan: ReformPlan, here: str) -> list[Stage]:
    """The three stages of a plan."""
    found = [
        ("plan", _("Phương án"), reverse("reforms:edit", args=[plan.pk])),
        ("steps", _("Các bước"), reverse("reforms:detail", args=[plan.pk])),
        ("effects", _("Tác động và thực hiện"), reverse("reforms:effects", args=[plan.pk])),
    ]
    if plan.state == "done":
        found = found[1:2]
    return [Stage(n, text, href, name == here) for n, (name, text, href) in enumerate(found, start=1)]


def lines_of(steps: Sequence[Step], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Each step as one line of text; `share` for those that need people assigned."""
    return [
        {
            "number": number,
            "index": number - 1,
            "kind": _("Tách một phần") if step.kind == "part" else ORGANISATION_ACT.label(step.kind, lang()),
            "text": _line(step, names),
            "share": step.shares,
            "first": number == 1,
            "last": number == len(steps),
        }
        for number, step in enumerate(steps, start=1)
    ]


def _line(step: Step, names: Mapping[str, str]) -> str:
    def say(code: str) -> str:
        return f"{names.get(code, code)} ({code})" if code else ""

    several = _several([say(code) for code in step.codes])
    match step.kind:
        case "found":
            above = _(", trực thuộc %(above)s") % {"above": say(step.to)} if step.to else ""
            return f"{step.name} ({step.code}), {kind_name(step.body).lower()}{above}"
        case "rename":
            parts = (step.name, kind_name(step.body), step.sector)
            return f"{say(step.code)} → " + ", ".join(part for part in parts if part)
        case "move":
            return _("%(which)s về trực thuộc %(to)s") % {"which": several, "to": say(step.to)}
        case "merge":
            return _("%(which)s vào %(to)s") % {"which": several, "to": say(step.to)}
        case "split":
            said = {"which": say(step.code), "into": _several([say(code) for code in step.into])}
            return _("%(which)s thành %(into)s") % said + _assigned(step)
        case "part":
            said = {"which": say(step.code), "into": _several([say(code) for code in step.into])}
            return _("từ %(which)s (tiếp tục hoạt động) về %(into)s") % said + _assigned(step)
    heir = _(", chuyển về %(to)s") % {"to": say(step.to)} if step.to else ""
    return f"{say(step.code)}{heir}"


def _assigned(step: Step) -> str:
    parts = []
    if step.rules:
        parts.append(_("%(n)s quy tắc") % {"n": len(step.rules)})
    if step.people:
        parts.append(_("%(n)s đảng viên chọn tay") % {"n": len(step.people)})
    if step.below:
        parts.append(_("%(n)s tổ chức chọn tay") % {"n": len(step.below)})
    return " · " + ", ".join(parts) if parts else " · " + _("chưa chia ai")


def _several(texts: Sequence[str]) -> str:
    if len(texts) <= _NAMED:
        return "; ".join(texts)
    return "; ".join(texts[:_NAMED]) + _(" và %(n)s tổ chức nữa") % {"n": len(texts) - _NAMED}


def kind_name(code: str) -> str:
    """A kind of organisation in words; an unknown code as it is."""
    if not code:
        return ""
    try:
        return kind(code).name(lang())
    except UnknownKind:
        return code


def effect_parts(
    effects: Effects | Mapping[str, Any], names: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Effects for the template, from the values or from what a preview kept of them."""
    plain: Mapping[str, Any] = asdict(effects) if isinstance(effects, Effects) else effects
    names = names if names is not None else _names(plain)
    groups = []
    for fate, title in FATES.items():
        rows = [_fate(row) for row in plain["fates"] if row["fate"] == fate]
        if rows:
            groups.append({"fate": fate, "title": title, "rows": rows})
    handed = [
        {
            "source": names.get(row["source"], row["source"]),
            "target": names.get(row["target"], row["target"]),
            "members": row["members"],
        }
        for row in plain["handed"]
    ]
    return {
        "groups": groups,
        "handed": handed,
        "moved": sum(row["members"] for row in handed),
        "posts_ended": plain["posts_ended"],
        "before": plain["total"][0],
        "after": plain["total"][1],
    }


def _names(plain: Mapping[str, Any], loads: Sequence[Mapping[str, Any]] = ()) -> dict[str, str]:
    """Names by code: of the cells from and to which people go, and of where matters lie open. What the plan founds is
    named among the fates only."""
    codes = {row[end] for row in plain["handed"] for end in ("source", "target")}
    codes |= {code for row in loads for code in row["at"]}
    names = dict(Organisation.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}
    return names | {
        row["code"]: row["names"][1] or row["name"] for row in plain["fates"] if row["fate"] == "founded"
    }


def _fate(row: Mapping[str, Any]) -> dict[str, Any]:
    names, kinds, parents = row["names"], row["kinds"], row["parents"]
    notes = []
    if all(names) and names[0] != names[1]:
        notes.append(_("tên cũ: %(name)s") % {"name": names[0]})
    if all(kinds) and kinds[0] != kinds[1]:
        notes.append(f"{kind_name(kinds[0])} → {kind_name(kinds[1]).lower()}")
    if row["heirs"]:
        notes.append(_("kế tục: %(codes)s") % {"codes": ", ".join(row["heirs"])})
    if row["posts_ended"]:
        notes.append(_("%(n)s chức vụ kết thúc") % {"n": row["posts_ended"]})
    return {
        "code": row["code"],
        "name": names[1] or names[0] or row["name"],
        "notes": "; ".join(notes),
        "from": parents[0],
        "to": parents[1],
        "before": row["members"][0],
        "after": row["members"][1],
    }


def preview_parts(preview: ReformPreview, steps: Sequence[Step]) -> dict[str, Any]:
    """All that the page of effects shows of a kept preview."""
    content = preview.content
    found: dict[str, Any] = {
        "problems": [problem["message"] for problem in content["problems"]],
        "left": [_left(row, steps) for row in content["left"]],
        "day": date.fromisoformat(content["day"]),
        "ready": content["effects"] is not None,
    }
    if found["ready"]:
        names = _names(content["effects"], content["loads"])
        found["effects"] = effect_parts(content["effects"], names)
        found["tables"] = [_table(table) for table in content["tables"]]
        found["loads"] = _loads(content["loads"], names)
    return found


def _left(row: Mapping[str, Any], steps: Sequence[Step]) -> dict[str, Any]:
    return {
        "step": row["step"] + 1,
        "index": row["step"],
        "who": [*row["people"]["left"], *row["below"]["left"]],
    }


#: What becomes of open matters: the words and the look of the tag.
WAYS: Mapping[str, tuple[Any, str]] = {
    "along": (gettext_lazy("đi theo"), "good"),
    "listed": (gettext_lazy("chỉ liệt kê"), "warn"),
    "kept": (gettext_lazy("giữ nguyên"), ""),
}


def _loads(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> list[dict[str, Any]]:
    kinds = {one.name: one for one in KINDS}
    return [
        {
            "text": kinds[row["kind"]].text,
            "fate": kinds[row["kind"]].fate,
            "way": WAYS[kinds[row["kind"]].way],
            "count": row["count"],
            "at": _several([f"{names.get(code, code)}: {count}" for code, count in row["at"].items()]),
            "everywhere": "; ".join(
                f"{names.get(code, code)} ({code}): {count}" for code, count in row["at"].items()
            ),
        }
        for row in rows
        if row["kind"] in kinds
    ]


def _table(table: Mapping[str, Any]) -> dict[str, Any]:
    rows = [_figure(row) for row in table["rows"] if row["id"] in INDICATORS]
    # Changed ones first: where not all are shown, it is those that are.
    rows.sort(key=lambda row: not row["changed"])
    return {
        **table,
        "day": date.fromisoformat(table["as_at"]),
        "rows": rows,
        "shown": rows[:SHOWN_ROWS],
        "more": max(0, len(rows) - SHOWN_ROWS),
        "changed": sum(row["changed"] for row in rows),
        "is_new": not table["there"][0],
    }


def _figure(row: Mapping[str, Any]) -> dict[str, Any]:
    indicator = INDICATORS[row["id"]]
    return {
        "name": indicator_name(indicator),
        "unit": indicator_unit(indicator),
        "decimals": indicator.decimals,
        "before": _number(row["before"]),
        "after": _number(row["after"]),
        "difference": _number(row["difference"]),
        "changed": row["before"] != row["after"],
        "mask": mask_text(row["mask"], lang()) if row["mask"] else "",
    }


def _number(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)


#: For the page of assignments: what a rule may look at.
RULE_FIELDS: list[tuple[str, str]] = [
    *((f"people.{code}", f"Đảng viên: {text.lower()}") for code, text in PEOPLE_FIELDS.items()),
    *((f"below.{code}", f"Tổ chức trực thuộc: {text.lower()}") for code, text in BELOW_FIELDS.items()),
]
