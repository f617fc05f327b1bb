"""Commands about what can be trusted: signed packages."""

import argparse
from pathlib import Path
from typing import Any

from tongket.cli.common import add, asked, print_json


def declare(commands: Any) -> None:
    """Add this module's commands to the parser."""
    package = add(commands, "package", _package, "lập gói báo cáo có chữ ký, tự kiểm tra được")
    package.add_argument("--org", required=True, metavar="MÃ", help="mã tổ chức, ví dụ QS")
    package.add_argument("--period", required=True, metavar="KỲ", help="2023, 2023-Q1, 2023-H1, 2020-2025")
    package.add_argument("--as-at", metavar="NGÀY", help="tính đến ngày (mặc định cuối kỳ)")
    package.add_argument(
        "--base-url", default="", metavar="ĐỊA CHỈ", help="địa chỉ hệ thống, để số trong PDF dẫn về"
    )
    package.add_argument(
        "--book", action="store_true", help="theo sổ đã chốt của kỳ, không theo số đang chạy"
    )
    package.add_argument("--out", required=True, type=Path, metavar="TỆP.zip")
    verify = add(
        commands, "verify-package", _verify_package, "kiểm tra một gói báo cáo: tệp, chữ ký, số liệu"
    )
    verify.add_argument("file", type=Path, metavar="TỆP.zip")
    verify.add_argument("--json", action="store_true", help="in ra JSON")


def _package(arguments: argparse.Namespace) -> int:
    from tongket.reports.pack import build_pack, write_files

    wanted = asked(arguments)
    organisation, period = wanted.pop("organisation"), wanted.pop("period")
    if arguments.book:
        from tongket.books.command import wanted_book

        wanted = {"book": wanted_book(organisation, period)}
    (content,) = build_pack(
        organisation, period, **wanted, kinds=("zip",), base_url=arguments.base_url
    ).values()
    for path in write_files(arguments.out.parent, {arguments.out.name: content}):
        print(path)
    return 0


def _verify_package(arguments: argparse.Namespace) -> int:
    from tongket.reports.exchange.command import as_data, in_words, verify_file

    verdict, is_own = verify_file(arguments.file)
    if arguments.json:
        print_json(as_data(verdict, is_own=is_own))
    else:
        print("\n".join(in_words(verdict, is_own=is_own)))
    return 0 if verdict.is_good else 1
