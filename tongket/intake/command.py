"""`./run import`: one workbook, rehearsed on the terminal, written with --commit."""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tongket.core.problems import NotFound, Problem, refuse_if_any
from tongket.intake import rehearse as door
from tongket.intake.headers.explaining import explain
from tongket.intake.models import ImportBatch
from tongket.intake.rehearse import ImportRefused, Rehearsal, kind_of, rehearse
from tongket.intake.returned import returned
from tongket.intake.rows.doubts import NEW
from tongket.intake.rows.outcomes import WORDS
from tongket.intake.undoing.acts import undo

_SEVERITY = {"error": "LỖI", "warning": "lưu ý", "notice": "ghi chú"}


def import_file(
    kind: str,
    file: Path,
    *,
    commit: bool,
    as_json: bool,
    marked: Path | None = None,
    columns: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
    people: Mapping[str, str] | None = None,
) -> int:
    """Rehearse (or, with `commit`, write) a workbook and print what came of it.

    `marked`: where to write the workbook with its errors in place. `columns`: header → field, `values`: field → text
    for every row; both are remembered for files of the same source. `people`: SHEET!ROW of a
    doubtful person → the right code, or "new". Returns 0, or 2 when a cell is at fault: then nothing was written.

    Raises `NotFound` for an unknown kind or file, `BadWorkbook` for a file that is no workbook, `Refused` for a mapping
    or a choice that makes no sense.
    """
    found = kind_of(kind)
    if not file.is_file():
        raise NotFound(f"Không có tệp {file}. Kiểm tra đường dẫn.")
    content = file.read_bytes()
    if columns or values:
        explain(found, content, file.name, columns or {}, values or {})
    chosen = _chosen(kind, content, file.name, people) if people else {}
    told = (
        _write(kind, content, file.name, chosen)
        if commit
        else rehearse(kind, content, by=None, file_name=file.name, people=chosen)
    )
    if marked is not None:
        marked.write_bytes(returned(content, file.name, told))
    _print(told, committed=commit and told.ok, as_json=as_json)
    return 0 if told.ok else 2


def _chosen(kind: str, content: bytes, name: str, people: Mapping[str, str]) -> dict[str, str]:
    """Who the doubtful people are, by sign. Raises `Refused` for a place without a doubt or a code not offered."""
    told = rehearse(kind, content, by=None, file_name=name)
    places = {f"{doubt.sheet}!{row}": doubt for doubt in told.doubts for row in doubt.rows}
    chosen, problems = {}, []
    for place, who in people.items():
        doubt = places.get(place)
        offered = [one.member.code for one in doubt.likely] if doubt else []
        if doubt is None:
            problems.append(Problem("person", f"{place}: không có ai cần xác định ở dòng này."))
        elif who not in offered and not (who == NEW and doubt.may_be_new):
            problems.append(Problem("person", f"{place}: chọn một trong {', '.join([*offered, NEW])}."))
        else:
            chosen[doubt.sign] = who
    refuse_if_any(problems)
    return chosen


def undo_import(number: int, reason: str) -> int:
    """`./run import --undo NUMBER`: take an import back whole, or say what was built on it.

    Raises `NotFound` for a number of none, `Refused` with what stands in the way, `Conflict` when it is undone already.
    """
    batch = ImportBatch.objects.filter(pk=number, committed_at__isnull=False).first()
    if batch is None:
        raise NotFound(f"Không có lần nhập số {number}. Số của lần nhập ghi ở từng bản ghi và trong nhật ký.")
    undo(batch, reason=reason or "Hoàn tác bằng lệnh trên máy chủ", by=None)
    print(f"Đã hoàn tác lần nhập số {number} ({batch.file_name}).")
    return 0


def _write(kind: str, content: bytes, name: str, people: Mapping[str, str]) -> Rehearsal:
    told = rehearse(kind, content, by=None, file_name=name, people=people)
    if told.ok:
        try:
            batch = door.commit(kind, content, by=None, file_name=name, people=people)
            print(f"Lần nhập số {batch.pk}.", file=sys.stderr)
        except ImportRefused as refused:  # somebody wrote something in between
            return refused.rehearsal
    return told


def _print(told: Rehearsal, *, committed: bool, as_json: bool) -> None:
    if as_json:
        print(json.dumps(_as_json(told, committed), ensure_ascii=False, indent=2, default=str))
        return
    for sheet, counts in told.counts.items():
        doubtful = f", trong đó {counts.doubtful} cần xem lại" if counts.doubtful else ""
        print(
            f"{sheet}: {counts.new} mới, {counts.changed} thay đổi, {counts.same} đã có, {counts.refused} không nhận"
            + doubtful
        )
    for finding in told.findings:
        value = f" «{finding.value}»" if finding.value else ""
        hint = f" Gợi ý: {finding.fix}" if finding.fix else ""
        print(
            f"  {_SEVERITY[finding.severity]} {finding.sheet}!{finding.cell} {finding.header}{value}: "
            f"{finding.message}{hint}",
            file=sys.stderr,
        )
    for doubt in told.doubts:
        if not doubt.chosen:
            codes = ", ".join([one.member.code for one in doubt.likely] + ([NEW] if doubt.may_be_new else []))
            place = f"{doubt.sheet}!{doubt.rows[0]}"
            print(
                f"  là ai? {place} «{doubt.said}»: --person '{place}={codes.split(', ')[0]}' (chọn: {codes})"
            )
    for outcome in told.outcomes:
        for change in outcome.changes:
            print(
                f"  {outcome.sheet}!{outcome.row} {WORDS[outcome.verdict]}: {change.header}: "
                f"{change.before or '—'} → {change.after or '—'}"
            )
    if not told.ok:
        print(f"{len(told.errors)} lỗi; chưa có gì được ghi. Sửa các ô đã nêu rồi nhập lại.", file=sys.stderr)
    elif committed:
        print(f"Đã ghi {told.rows} dòng.")
    else:
        print("Tệp nhập được. Chưa ghi gì; thêm --commit để ghi.")


def _as_json(told: Rehearsal, committed: bool) -> dict[str, Any]:
    return {
        "kind": told.kind,
        "ok": told.ok,
        "committed": committed,
        "rows": told.rows,
        "sheets": {sheet: asdict(counts) for sheet, counts in told.counts.items()},
        "findings": [asdict(finding) for finding in told.findings],
        "outcomes": [asdict(outcome) for outcome in told.outcomes],
        "doubts": [
            {
                "rows": [f"{doubt.sheet}!{row}" for row in doubt.rows],
                "said": doubt.said,
                "chosen": doubt.chosen,
                "may_be_new": doubt.may_be_new,
                "likely": [{"code": one.member.code, "reasons": list(one.reasons)} for one in doubt.likely],
            }
            for doubt in told.doubts
        ],
    }
