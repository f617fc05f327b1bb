"""Commands about what can be trusted: locked figure books."""

import argparse
from typing import Any

from tongket.cli.common import add, print_json


def declare(commands: Any) -> None:
    """Add this module's commands to the parser."""
    lock = add(commands, "lock-book", _lock_book, "chốt sổ số liệu của một tổ chức trong một kỳ")
    _which(lock)
    lock.add_argument(
        "--as-at", metavar="NGÀY", help="tính đến ngày (mặc định cuối kỳ, chưa hết kỳ thì hôm nay)"
    )
    lock.add_argument("--reason", default="", metavar="LÝ DO", help="bắt buộc khi kỳ đã có sổ")
    lock.add_argument("--provisional", action="store_true", help="chấp nhận tạm chốt khi kỳ chưa hết")
    verify = add(commands, "verify-book", _verify_book, "đối chiếu sổ đã chốt với sổ sách hiện nay")
    _which(verify)
    books = add(commands, "books", _books, "các sổ đã chốt của một tổ chức")
    books.add_argument("--org", required=True, metavar="MÃ", help="mã tổ chức, ví dụ QS")
    books.add_argument("--json", action="store_true", help="in ra JSON")


def _which(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--org", required=True, metavar="MÃ", help="mã tổ chức, ví dụ QS")
    parser.add_argument("--period", required=True, metavar="KỲ", help="2023, 2023-Q1, 2023-H1, 2020-2025")
    parser.add_argument("--json", action="store_true", help="in ra JSON")


def _lock_book(arguments: argparse.Namespace) -> int:
    from tongket.books.command import lock_book

    answer = lock_book(
        arguments.org,
        arguments.period,
        as_at=arguments.as_at,
        reason=arguments.reason,
        provisional=arguments.provisional,
    )
    return _said(arguments, answer)


def _verify_book(arguments: argparse.Namespace) -> int:
    from tongket.books.command import verify_book

    answer = verify_book(arguments.org, arguments.period)
    _said(arguments, answer)
    return 0 if answer.data["holds"] else 1


def _books(arguments: argparse.Namespace) -> int:
    from tongket.books.command import books

    return _said(arguments, books(arguments.org))


def _said(arguments: argparse.Namespace, answer: Any) -> int:
    if arguments.json:
        return print_json(answer.data)
    print("\n".join(answer.lines))
    return 0
