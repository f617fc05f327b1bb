"""Commands about what can be trusted: the figures of a report that went through other hands."""

import argparse
from pathlib import Path
from typing import Any

from tongket.cli.common import add, fail, print_json


def declare(commands: Any) -> None:
    """Add this module's commands to the parser."""
    verify = add(commands, "verify", _verify, "đối chiếu số liệu trong một tệp báo cáo Word (.docx)")
    verify.add_argument("file", type=Path, metavar="TỆP.docx")
    verify.add_argument("--json", action="store_true", help="in ra JSON")


def _verify(arguments: argparse.Namespace) -> int:
    from tongket.reports.layer.word.command import verify_file
    from tongket.reports.word.package import MAX_FILE

    path: Path = arguments.file
    try:
        content = path.read_bytes() if path.stat().st_size <= MAX_FILE else b"\0" * (MAX_FILE + 1)
    except OSError:
        return fail(f"Không đọc được tệp {path}. Kiểm tra đường dẫn và quyền đọc.")
    answer = verify_file(content)
    if arguments.json:
        print_json({"file": path.name, **answer.data})
    else:
        print("\n".join(answer.lines))
    return 0 if answer.is_clean else 1
