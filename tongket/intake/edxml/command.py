"""`./run edxml`: one file in edXML, looked at on the terminal, taken in with --commit."""

import json
import sys
from pathlib import Path
from typing import Any

from tongket.core.codelists import DOCUMENT_KIND
from tongket.core.dates import format_date
from tongket.core.problems import NotFound, Refused
from tongket.intake.edxml.acts import rehearse, take_in
from tongket.intake.edxml.message import Business
from tongket.intake.edxml.outlook import Outlook
from tongket.intake.edxml.read import read
from tongket.intake.edxml.xml import MAX_BYTES
from tongket.organisations.models import Organisation
from tongket.organisations.queries import by_code

WORDS = {
    Business.NEW: "văn bản mới",
    Business.REVOKE: "thu hồi văn bản",
    Business.UPDATE: "cập nhật văn bản",
    Business.REPLACE: "thay thế văn bản",
}


def edxml_file(file: Path, *, org: str, commit: bool, as_json: bool) -> int:
    """Show what a file would do in an organisation's book (or, with `commit`, take it in).

    Without `org` the book is that of the organisation at the top. Returns 0, or 2 when something stands in the way.
    Raises `NotFound` for an unknown file or organisation, `BadMessage` for a file that cannot be read.
    """
    if not file.is_file():
        raise NotFound(f"Không có tệp {file}. Kiểm tra đường dẫn.")
    organisation = by_code(org) if org else _top()
    with file.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    message = read(content)
    told = rehearse(message, organisation)
    committed = False
    if commit and told.ok:
        try:
            take_in(message, organisation, None, original=content, file_name=file.name)
            committed = True
        except Refused as refused:  # somebody wrote something in between
            told.problems += refused.problems
    _print(told, committed=committed, as_json=as_json)
    return 0 if told.ok else 2


def _top() -> Organisation:
    found = [o for o in Organisation.objects.filter(parent=None) if o.is_alive]
    if len(found) != 1:
        raise NotFound("Hãy nêu tổ chức nhận bằng --org MÃ (danh sách mã: ./run organisations).")
    return found[0]


def _print(told: Outlook, *, committed: bool, as_json: bool) -> None:
    if as_json:
        print(json.dumps(_as_json(told, committed), ensure_ascii=False, indent=2, default=str))
        return
    values = told.values
    kind = DOCUMENT_KIND.label(values["kind"]) if values["kind"] else "(chưa rõ loại)"
    print(
        f"{WORDS[told.business].capitalize()}: {kind} {values['symbol']} ngày {format_date(values['issued_on'])}"
    )
    print(f"  {values['issuer']}: {values['subject']}")
    for target in told.targets:
        print(f"  Văn bản có trong sổ: {target.symbol} ngày {format_date(target.issued_on)}")
    for change in told.changes:
        print(f"  {change.label}: {change.old or '(trống)'} → {change.new or '(trống)'}")
    for paper in told.papers:
        print(f"  Tệp {paper.name} ({paper.size} byte){f': {paper.why}' if paper.why else ''}")
    for problem in told.problems:
        word = "LỖI" if problem.severity == "error" else "lưu ý"
        print(f"  {word}: {problem.message}", file=sys.stderr)
    if not told.ok:
        print(f"{len(told.errors)} lỗi; chưa có gì được ghi.", file=sys.stderr)
    elif committed:
        print(f"Đã ghi vào sổ của {told.organisation.name}.")
    else:
        print("Tệp nhận được. Chưa ghi gì; thêm --commit để ghi.")


def _as_json(told: Outlook, committed: bool) -> dict[str, Any]:
    message = told.message
    return {
        "ok": told.ok,
        "committed": committed,
        "organisation": told.organisation.code,
        "business": told.business.name.lower(),
        "sender": message.sender.organ_id,
        "document_id": message.document_id,
        "sha256": message.sha256,
        "paper": {name: value for name, value in told.values.items() if name != "organisation"},
        "targets": [target.symbol for target in told.targets],
        "unknown": told.unknown,
        "changes": [{"field": c.field, "old": c.old, "new": c.new} for c in told.changes],
        "files": [
            {"name": p.name, "size": p.size, "sha256": p.sha256, "kept": p.upload is not None}
            for p in told.papers
        ],
        "problems": [{"field": p.field, "severity": p.severity, "message": p.message} for p in told.problems],
    }
