"""The command line: `./run` starts everything, `./run COMMAND …` does one thing. Thin, over what the pages call.

Exit codes: 0 done · 1 done, but something is wrong with the data · 2 the question or the input is at fault.
"""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from tongket.cli import (
    books,
    drafts,
    figures,
    judging,
    packages,
    reforms,
    register,
    system,
    telling,
    word_facts,
)
from tongket.cli.common import fail


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; a fault in what was asked becomes one clear line and exit code 2, never a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongket.settings")
    os.umask(0o077)  # database, key and reports hold people's data: for this account only
    parsed = _parser().parse_args(arguments)
    from tongket.rules.startup import mistake

    if said := mistake():
        return fail(said)
    import django

    django.setup()
    from django.db import OperationalError, ProgrammingError

    from tongket.core.problems import Conflict, NotFound, Refused

    try:
        return int(parsed.command(parsed))
    except Refused as refused:
        return fail(*(problem.message for problem in refused.problems))
    except (NotFound, Conflict, ValueError) as error:
        return fail(str(error))
    except (OperationalError, ProgrammingError) as error:
        said = str(error).strip().splitlines()[0]
        if "no such table" in said or "does not exist" in said:
            return fail(
                f"Cơ sở dữ liệu chưa được chuẩn bị ({said}). Chạy ./run hoặc ./run init --empty trước."
            )
        return fail(f"Không mở được cơ sở dữ liệu: {said}. Kiểm tra DATABASE_URL hoặc thư mục dữ liệu.")
    except BrokenPipeError:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./run", description="Tổng kết: một năm của tổ chức đảng và báo cáo có căn cứ từng con số."
    )
    parser.set_defaults(command=_start, serve=True)
    parser.add_argument("--no-serve", dest="serve", action="store_false", help="dừng sau khi làm báo cáo")
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ phục vụ (mặc định 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="cổng (mặc định 8000)")
    commands = parser.add_subparsers(metavar="LỆNH", title="các lệnh")
    for module in (figures, judging, drafts, register, reforms, word_facts, telling, books, packages, system):
        module.declare(commands)
    return parser


def _start(arguments: argparse.Namespace) -> int:
    from tongket import start

    start.prepare()
    start.demo_if_empty()
    start.report_of_last_year(Path("out"), f"http://{arguments.host}:{arguments.port}")
    if not arguments.serve:
        return 0
    return start.serve(arguments.host, arguments.port)
