"""Commands about the installation: checks, an empty database, letters, measurements, backups."""

import argparse
import sys
from pathlib import Path
from typing import Any

from tongket.cli.common import add, fail, print_json


def declare(commands: Any) -> None:
    """Add this module's commands to the parser."""
    check = add(commands, "check-data", _check_data, "kiểm tra toàn vẹn: sổ, cây tổ chức, số liệu, nhật ký")
    check.add_argument("--json", action="store_true", help="in ra JSON")
    init = add(commands, "init", _init, "chuẩn bị cơ sở dữ liệu của chính đơn vị, không có dữ liệu minh họa")
    init.add_argument("--empty", action="store_true", required=True, help="cơ sở dữ liệu trống")
    digest = add(commands, "send-digest", _send_digest, "gửi thư nhắc việc của một ngày (không gửi lại)")
    digest.add_argument("--on", metavar="NGÀY", help="ngày của thư (mặc định hôm nay)")
    digest.add_argument("--dry-run", action="store_true", help="chỉ in ra, không gửi và không ghi gì")
    bench = add(commands, "bench", _bench, "đo tốc độ cùng với mốc so sánh")
    bench.add_argument("names", nargs="*", help="chỉ những phép đo này")
    backup = add(commands, "backup", _backup, "sao lưu cơ sở dữ liệu và khóa vào một tệp")
    backup.add_argument("file", type=Path, metavar="TỆP.zip")
    restore = add(commands, "restore", _restore, "khôi phục từ tệp sao lưu (giữ lại bản đang có)")
    restore.add_argument("file", type=Path, metavar="TỆP.zip")


def _check_data(arguments: argparse.Namespace) -> int:
    from tongket.books.checking.check_data import check_books
    from tongket.figures.check_data import check_all

    checks = [*check_all(), check_books()]
    if arguments.json:
        print_json(
            {"checks": [{"name": c.name, "checked": c.checked, "faults": list(c.faults)} for c in checks]}
        )
    else:
        for check in checks:
            print(f"{'đạt ' if not check.faults else 'SAI '} {check.title}: {check.checked} mục")
            for fault in check.faults[:20]:
                print(f"      {fault}")
    return 1 if any(check.faults for check in checks) else 0


def _init(arguments: argparse.Namespace) -> int:
    from tongket import start

    return start.init_empty()


def _bench(arguments: argparse.Namespace) -> int:
    from bench import run_all

    return int(run_all(arguments.names))


def _send_digest(arguments: argparse.Namespace) -> int:
    from tongket.core.dates import parse_date, today
    from tongket.obligations.digest import send_digest

    day = parse_date(arguments.on) if arguments.on else today()
    if day > today() and not arguments.dry_run:
        return fail("Ngày này chưa đến: chỉ xem trước được bằng --dry-run.")
    outcome = send_digest(day, dry_run=arguments.dry_run)
    if not arguments.dry_run:
        from tongket.drafts.acts import remove_old

        remove_old()  # the one command that a timer calls every day
        from tongket.intake.reconcile.acts import remove_old as remove_old_comparisons

        remove_old_comparisons()
    for letter in outcome.letters:
        if arguments.dry_run:
            print(f"Tới: {letter.user.email}\nChủ đề: {letter.subject}\n\n{letter.body}\n")
    done = "sẽ gửi" if arguments.dry_run else "đã gửi"
    print(f"{done} {len(outcome.letters)} thư; {outcome.before} thư đã gửi trước đó.")
    if outcome.unreached:
        print(f"Không có địa chỉ thư: {', '.join(outcome.unreached[:20])}.")
    for username, why in outcome.failed:
        print(f"Không gửi được cho {username}: {why}", file=sys.stderr)
    return 1 if outcome.failed else 0


def _backup(arguments: argparse.Namespace) -> int:
    from tongket.backup import back_up

    print(back_up(arguments.file))
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    from tongket.backup import restore

    print(restore(arguments.file))
    return 0
