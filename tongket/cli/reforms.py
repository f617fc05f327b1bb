"""Plans of reorganisation: the list, and the effects of one seen beforehand. Nothing is written."""

import argparse
from typing import Any

from tongket.cli.common import add, print_json


def declare(commands: Any) -> None:
    """Add this module's command to the parser."""
    reform = add(
        commands,
        "reform",
        _reform,
        "phương án sắp xếp: danh sách; hoặc tác động của một phương án, làm thử rồi trả lại",
    )
    reform.add_argument(
        "plan", nargs="?", type=int, metavar="SỐ", help="số của phương án; bỏ trống để xem danh sách"
    )
    reform.add_argument("--json", action="store_true", help="in ra JSON")


def _reform(arguments: argparse.Namespace) -> int:
    from tongket.reforms import command

    if arguments.plan is None:
        plans = command.plans()
        if arguments.json:
            print_json(plans)
        else:
            print("\n".join(command.plans_in_words(plans)))
        return 0
    effects = command.effects(arguments.plan)
    if arguments.json:
        print_json(effects)
    else:
        print("\n".join(command.effects_in_words(effects)))
    return 0 if effects["effects"] is not None else 1
