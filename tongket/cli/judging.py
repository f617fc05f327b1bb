"""Commands about the judged year: ratings with their quota, Party badges."""

import argparse
from typing import Any

from tongket.cli.common import add


def declare(commands: Any) -> None:
    """Add this module's commands to the parser."""
    ratings = add(commands, "ratings", _ratings, "xếp loại một năm: các mức, danh sách, trần xuất sắc")
    ratings.add_argument("--org", required=True, metavar="MÃ", help="mã tổ chức, ví dụ QS")
    ratings.add_argument("--year", required=True, metavar="KỲ", help="năm (2023) hoặc kỳ khác (2026-Q1)")
    ratings.add_argument("--json", action="store_true", help="in ra JSON")
    badges = add(commands, "badges", _badges, "ai đủ điều kiện nhận Huy hiệu Đảng, lý do, căn cứ")
    badges.add_argument("--org", required=True, metavar="MÃ")
    badges.add_argument("--on", required=True, metavar="NGÀY", help="ngày trao, ví dụ 2024-02-03")
    badges.add_argument("--json", action="store_true", help="in ra JSON")


def _ratings(arguments: argparse.Namespace) -> int:
    from tongket.ratings.quota.command import ratings

    return ratings(arguments.org, arguments.year, as_json=arguments.json)


def _badges(arguments: argparse.Namespace) -> int:
    from tongket.honours.badging import command

    print(command.badges(arguments.org, arguments.on, as_json=arguments.json))
    return 0
