"""`./run reconcile`: an export held against the register on the terminal; nothing is written or decided."""

import json
from pathlib import Path

from tongket.core.problems import NotFound
from tongket.intake.reconcile import fields
from tongket.intake.reconcile.acts import Held, hold
from tongket.intake.reconcile.compare import Line
from tongket.intake.reconcile.models import KIND
from tongket.intake.reconcile.sheets import HIDDEN
from tongket.organisations.queries import by_code

COUNTS = {
    "rows": "Dòng trong bản xuất",
    "register": "Người trong sổ",
    "same": "Có ở cả hai, giống nhau",
    "differing": "Có ở cả hai, có chỗ khác",
    "ours_only": "Chỉ có trong sổ",
    "theirs_only": "Chỉ có trong bản xuất",
    "doubtful": "Chưa chắc là ai",
}


def reconcile_file(file: Path, *, org: str, as_json: bool) -> int:
    """Report what differs. Returns 0 when nothing does, 1 when something does. Raises `NotFound`, `BadWorkbook`.

    Restricted values are not printed: whoever runs the machine reads nobody's file.
    """
    organisation = by_code(org)
    if not file.is_file():
        raise NotFound(f"Không có tệp {file}. Kiểm tra đường dẫn.")
    held = hold(file.read_bytes(), file.name, organisation, by=None)
    if as_json:
        print(json.dumps(_as_json(held), ensure_ascii=False, indent=2))
    else:
        _print(held)
    return 1 if held.comparison.lines else 0


def _texts(line: Line) -> tuple[str, str]:
    if fields.restricted(line.field):
        return HIDDEN if line.ours else "", HIDDEN if line.theirs else ""
    return line.ours, line.theirs


def _print(held: Held) -> None:
    counts = held.comparison.counts
    for name, text in COUNTS.items():
        print(f"{text + ':':32} {counts.get(name, 0)}")
    compared = ", ".join(fields.label(name) for name in held.export.fields)
    print(f"Các mục đối chiếu: {compared}.")
    for notice in dict.fromkeys(held.export.notices):
        print(f"  ghi chú: {notice}")
    for line in held.comparison.lines:
        ours, theirs = _texts(line)
        what = fields.label(line.field) or KIND.label(line.kind)
        values = f"{ours or '—'} | {theirs or '—'}" if line.field else ours or theirs
        print(f"  {line.place:16} {line.name}: {what}: {values}")


def _as_json(held: Held) -> dict[str, object]:
    lines = []
    for line in held.comparison.lines:
        ours, theirs = _texts(line)
        lines.append(
            {
                "kind": line.kind,
                "name": line.name,
                "field": line.field,
                "ours": ours,
                "theirs": theirs,
                "cell": line.place,
                "reasons": list(line.reasons),
            }
        )
    counts = {name: held.comparison.counts.get(name, 0) for name in COUNTS}
    return {"counts": counts, "fields": list(held.export.fields), "lines": lines}
