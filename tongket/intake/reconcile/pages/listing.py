"""A comparison as it is listed: what the address chose, the lines as they may be shown, the ways to narrow them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.audit.acts import log_reading
from tongket.core.text import fold
from tongket.intake.reconcile import fields
from tongket.intake.reconcile.models import KIND, Difference, Reconciliation
from tongket.intake.reconcile.queries import (
    PARTS,
    STATES,
    Chosen,
    Standing,
    candidates_of,
    choices_of,
    lines_of,
    narrowed,
    standings,
    tally,
)
from tongket.intake.reconcile.sheets import texts
from tongket.members.models import Member
from tongket.ui.lists import EXPORT, TABLES, numbered
from tongket.ui.records.pages import origin_text

#: Names in the address -> fields of `Chosen`.
ASKED = {
    "phan": "part",
    "trang_thai": "state",
    "muc": "field",
    "loai": "kind",
    "nhanh": "branch",
    "q": "text",
}
PART_WORDS = {
    "khac": gettext_lazy("Khác nhau"),
    "chi-trong-so": gettext_lazy("Chỉ có trong sổ"),
    "chi-trong-ban-xuat": gettext_lazy("Chỉ có trong bản xuất"),
    "chua-chac": gettext_lazy("Chưa chắc là ai"),
}
STATE_WORDS = {
    "cho": gettext_lazy("Chờ quyết định"),
    "de-sau": gettext_lazy("Để sau"),
    "giu": gettext_lazy("Giữ theo sổ"),
    "lay": gettext_lazy("Đã lấy theo bản xuất"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One line as the user may see it."""

    line: Difference
    label: str
    ours: str
    theirs: str
    hidden: bool
    standing: Standing | None
    origin: str
    candidates: tuple[Member, ...]


def chosen_of(asked: Mapping[str, str]) -> Chosen:
    """What an address or a form asks for; unknown words stand for the beginning."""
    said = {field: asked.get(name, "").strip()[:100] for name, field in ASKED.items()}
    part = said["part"] if said["part"] in PARTS else "khac"
    state = said["state"] if said["state"] in STATES else "cho"
    return Chosen(part, state, said["field"], said["kind"], said["branch"], fold(said["text"]))


def query_of(chosen: Chosen, **other: str) -> str:
    """The address of a list, with something else in the place of what was chosen."""
    said = {name: other.get(field, getattr(chosen, field)) for name, field in ASKED.items()}
    return "?" + urlencode({name: text for name, text in said.items() if text})


def listing(
    request: HttpRequest, made: Reconciliation, chosen: Chosen, *, revealed: bool = False
) -> dict[str, Any]:
    """What the page of a comparison shows of its lines."""
    lines = lines_of(made, request.user)
    counted = tally(lines)
    page = numbered(request, narrowed(lines, chosen))
    rows = list(page.object_list)
    if request.GET.get(EXPORT) == TABLES and rows:  # every list of people that leaves is noted
        log_reading("member.export", by=request.user, subject=made, rows=len(rows), layout=request.path)
    named, branches = choices_of(lines, chosen.part)
    return {
        "page": page,
        "rows": shown(rows, request.user, revealed=revealed),
        "chosen": chosen,
        "parts": _parts(chosen, counted),
        "states": _states(chosen, counted),
        "fields": [(name, fields.label(name), count) for name, count in named if name],
        "kinds": [(kind, KIND.label(kind)) for kind in PARTS["khac"]] if chosen.part == "khac" else [],
        "branches": branches if len(branches) > 1 else [],
        "asked": [(name, getattr(chosen, field)) for name, field in ASKED.items()],
        "hides": not revealed and any(fields.restricted(row.field) for row in rows),
        "decided": counted_of(counted, "ours"),
    }


def counted_of(counted: Mapping[tuple[str, str], int], choice: str) -> int:
    """How many lines of all lists stand so."""
    return sum(count for (_kind, state), count in counted.items() if state == choice)


def _parts(chosen: Chosen, counted: Mapping[tuple[str, str], int]) -> list[tuple[Any, str, int, bool]]:
    found = []
    for part, words in PART_WORDS.items():
        waiting = sum(counted.get((kind, ""), 0) for kind in PARTS[part])
        found.append((words, query_of(Chosen(part)), waiting, part == chosen.part))
    return found


def _states(chosen: Chosen, counted: Mapping[tuple[str, str], int]) -> list[tuple[Any, str, int, bool]]:
    found = []
    for state, words in STATE_WORDS.items():
        if state == "lay" and chosen.part != "khac":
            continue
        count = sum(counted.get((kind, c), 0) for kind in PARTS[chosen.part] for c in STATES[state])
        found.append((words, query_of(chosen, state=state), count, state == chosen.state))
    return found


def shown(rows: Sequence[Difference], user: Any, *, revealed: bool) -> list[Shown]:
    """Lines with what our values rest on; restricted values are not sent until asked for."""
    told, people = standings(rows), candidates_of(rows, user)
    found = []
    for row in rows:
        ours, theirs = texts(row, reveal=revealed)
        standing = told.get(row.pk)
        found.append(
            Shown(
                row,
                fields.label(row.field),
                ours,
                theirs,
                fields.restricted(row.field) and not revealed,
                standing,
                _from(standing),
                tuple(people[key] for key in row.candidates if key in people),
            )
        )
    return found


def _from(standing: Standing | None) -> str:
    if standing is None:
        return ""
    if standing.origin.startswith("đối chiếu "):
        return _("lấy theo bản xuất khi đối chiếu")
    return origin_text(standing.origin)
