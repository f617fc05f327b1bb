"""What every command shares: how it is declared, how a question is asked, how an answer or a fault is said."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

Command = Callable[[argparse.Namespace], int]


def add(commands: Any, name: str, command: Command, help_text: str) -> argparse.ArgumentParser:
    """Declare one command; what it does is `command`, which returns the exit code."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_text, description=help_text)
    parser.set_defaults(command=command)
    return parser


def question(parser: argparse.ArgumentParser) -> None:
    """Declare the options of a question about figures: whose, which period, as at, as known at."""
    parser.add_argument("--org", required=True, metavar="MÃ", help="mã tổ chức, ví dụ QS")
    parser.add_argument(
        "--period", required=True, metavar="KỲ", help="2023, 2023-Q1, 2023-H1, 2023-06, 2020-2025"
    )
    parser.add_argument("--as-at", type=str, metavar="NGÀY", help="tính đến ngày (mặc định cuối kỳ)")
    parser.add_argument(
        "--as-known-at", type=str, metavar="LÚC", help="theo những gì đã ghi đến thời điểm đó"
    )
    parser.add_argument("--json", action="store_true", help="in ra JSON")


def asked(arguments: argparse.Namespace) -> dict[str, Any]:
    """The question in the domain's own terms. Raises NotFound or ValueError naming what is wrong."""
    from tongket.core.dates import parse_date
    from tongket.core.periods import parse_period
    from tongket.organisations.queries import by_code

    as_at = parse_date(arguments.as_at) if getattr(arguments, "as_at", None) else None
    known = getattr(arguments, "as_known_at", None)
    return {
        "organisation": by_code(arguments.org),
        "period": parse_period(arguments.period),
        "as_at": as_at,
        "as_known_at": _moment(known) if known else None,
    }


def _moment(text: str) -> datetime:
    """A moment: ISO date and time, or a day, which means its end. Without a zone: the office's own time."""
    from django.utils import timezone

    from tongket.core.dates import BadDate, parse_date

    try:
        moment = datetime.fromisoformat(text)
        if len(text) <= 10:
            raise ValueError
    except ValueError:
        try:
            day: date = parse_date(text)
        except BadDate as error:
            raise BadDate(f"{error} Hoặc cả giờ: 2024-01-15T17:00.") from None
        moment = datetime.combine(day, time.max)
    return moment if moment.tzinfo else timezone.make_aware(moment)


def print_json(value: Any) -> int:
    """Print an answer as JSON; exit code 0."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))
    return 0


def fail(*messages: str) -> int:
    """Say what is at fault on the error stream; exit code 2."""
    for message in messages:
        print(message, file=sys.stderr)
    return 2
