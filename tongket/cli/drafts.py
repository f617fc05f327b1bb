"""Commands about trust in texts: a draft held against itself, the figures and the books."""

import argparse
from pathlib import Path
from typing import Any

from tongket.cli.common import add, fail, print_json


def declare(commands: Any) -> None:
    """Add this module's commands to the parser."""
    check = add(commands, "check", _check, "soát số liệu của một bản thảo (.txt, .docx, .pdf)")
    check.add_argument("file", metavar="TỆP", help="bản thảo cần soát")
    check.add_argument("--org", required=True, metavar="MÃ", help="mã tổ chức, ví dụ QS")
    check.add_argument("--period", required=True, metavar="KỲ", help="2023, 2023-H1, 2023-Q1, 2020-2025")
    check.add_argument("--json", action="store_true", help="in ra JSON")


def _check(arguments: argparse.Namespace) -> int:
    from tongket.drafts.command import check_file

    path = Path(arguments.file)
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= 26 * 2**20 else b"\0" * (26 * 2**20)
    except OSError:
        return fail(f"Không đọc được tệp {path}. Kiểm tra đường dẫn và quyền đọc.")
    answer, text = check_file(path.name, content, arguments.org, arguments.period)
    if arguments.json:
        print_json(answer)
    else:
        print(text)
    return 1 if answer["counts"]["wrong"] else 0
