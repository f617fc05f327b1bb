"""Workbooks of Excel before 2007 (.xls). Their size is not known before parsing, so a child with limits parses them."""

import json
import subprocess  # nosec B404  # only the exception of core.process
from datetime import date, datetime, time
from typing import Any

from tongket.core import process
from tongket.intake.cells import ErrorCell
from tongket.intake.door.page import BadWorkbook, Page

_CHILD = "tongket.intake.door.old_child"
_UNREADABLE = "Không đọc được tệp .xls kiểu cũ này. Hãy mở trong Excel, lưu thành .xlsx rồi tải lên lại."
_SAID = {
    "password": "Tệp đặt mật khẩu. Hãy bỏ mật khẩu, lưu thành .xlsx rồi tải lên lại.",
    "large": "Tệp có quá nhiều ô. Hãy xóa các dòng, cột thừa, lưu thành .xlsx rồi tải lên lại.",
}


def read_xls(content: bytes) -> list[Page]:
    """The sheets of an old workbook. Raises `BadWorkbook`."""
    try:
        ended = process.run(_CHILD, content)
        told = json.loads(ended.stdout) if ended.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError):
        told = {}
    if "sheets" not in told:
        raise BadWorkbook(_SAID.get(told.get("refused", ""), _UNREADABLE))
    return [
        Page(
            sheet["name"],
            [[_value(value) for value in row] for row in sheet["rows"]],
            sheet["hidden"],
            frozenset(sheet["hidden_rows"]),
            tuple(tuple(area) for area in sheet["merged"]),
        )
        for sheet in told["sheets"]
    ]


def _value(sent: Any) -> Any:
    if not isinstance(sent, list):
        return sent
    kind, text = sent
    if kind == "error":
        return ErrorCell(text)
    read: dict[str, Any] = {"day": date, "moment": datetime, "time": time}
    return read[kind].fromisoformat(text)
