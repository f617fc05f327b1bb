"""The command line: `./run` starts everything, `./run COMMAND …` does one thing. Thin, over what the pages call.

Exit codes: 0 done · 1 done, but something is wrong with the data · 2 the question or the input is at fault.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; a fault in what was asked becomes one clear line and exit code 2, never a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongket.settings")
    os.umask(0o077)  # database, key and reports hold people's data: for this account only
    parsed = _parser().parse_args(arguments)
    from tongket.rules.startup import mistake

    if said := mistake():
        return _fail(said)
    import django

    django.setup()
    from django.db import OperationalError, ProgrammingError

    from tongket.core.problems import Conflict, NotFound, Refused

    try:
        return int(parsed.command(parsed))
    except Refused as refused:
        return _fail(*(problem.message for problem in refused.problems))
    except (NotFound, Conflict, ValueError) as error:
        return _fail(str(error))
    except (OperationalError, ProgrammingError) as error:
        said = str(error).strip().splitlines()[0]
        if "no such table" in said or "does not exist" in said:
            return _fail(
                f"Cơ sở dữ liệu chưa được chuẩn bị ({said}). Chạy ./run hoặc ./run init --empty trước."
            )
        return _fail(f"Không mở được cơ sở dữ liệu: {said}. Kiểm tra DATABASE_URL hoặc thư mục dữ liệu.")
    except BrokenPipeError:
        return 0


def _fail(*messages: str) -> int:
    for message in messages:
        print(message, file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./run", description="Tổng kết: một năm của tổ chức đảng và báo cáo có căn cứ từng con số."
    )
    parser.set_defaults(command=_start, serve=True)
    parser.add_argument("--no-serve", dest="serve", action="store_false", help="dừng sau khi làm báo cáo")
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ phục vụ (mặc định 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="cổng (mặc định 8000)")
    commands = parser.add_subparsers(metavar="LỆNH", title="các lệnh")
    _figure_commands(commands)
    _register_commands(commands)
    _system_commands(commands)
    return parser


def _add(commands: Any, name: str, command: Command, help_text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_text, description=help_text)
    parser.set_defaults(command=command)
    return parser


def _question(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--org", required=True, metavar="MÃ", help="mã tổ chức, ví dụ QS")
    parser.add_argument(
        "--period", required=True, metavar="KỲ", help="2023, 2023-Q1, 2023-H1, 2023-06, 2020-2025"
    )
    parser.add_argument("--as-at", type=str, metavar="NGÀY", help="tính đến ngày (mặc định cuối kỳ)")
    parser.add_argument(
        "--as-known-at", type=str, metavar="LÚC", help="theo những gì đã ghi đến thời điểm đó"
    )
    parser.add_argument("--json", action="store_true", help="in ra JSON")


def _figure_commands(commands: Any) -> None:
    figures = _add(commands, "figures", _figures, "các số liệu của một tổ chức trong một kỳ")
    _question(figures)
    figures.add_argument("--figure", action="append", metavar="ID", help="chỉ những chỉ số này")
    records = _add(commands, "records", _records, "các bản ghi đứng sau một số liệu")
    _question(records)
    records.add_argument("--figure", required=True, metavar="ID", help="mã chỉ số, ví dụ members.admitted")
    indicators = _add(commands, "indicators", _indicators, "danh mục chỉ số")
    indicators.add_argument("--json", action="store_true", help="in ra JSON")
    rules = _add(commands, "rules", _rules, "quy định có hiệu lực vào một ngày")
    rules.add_argument("--on", required=True, metavar="NGÀY", help="ngày cần hỏi, ví dụ 31/12/2023")
    rules.add_argument("--id", metavar="MÃ", help="chỉ một quy định, ví dụ adm.vote")
    rules.add_argument("--json", action="store_true", help="in ra JSON")
    report = _add(commands, "report", _report, "làm báo cáo Word, Excel, PDF")
    report.add_argument("--org", required=True, metavar="MÃ")
    report.add_argument("--period", required=True, metavar="KỲ")
    report.add_argument("--as-at", metavar="NGÀY")
    report.add_argument("--out", required=True, type=Path, metavar="THƯ MỤC")
    ratings = _add(commands, "ratings", _ratings, "xếp loại một năm: các mức, danh sách, trần xuất sắc")
    ratings.add_argument("--org", required=True, metavar="MÃ", help="mã tổ chức, ví dụ QS")
    ratings.add_argument("--year", required=True, metavar="KỲ", help="năm (2023) hoặc kỳ khác (2026-Q1)")
    ratings.add_argument("--json", action="store_true", help="in ra JSON")


def _register_commands(commands: Any) -> None:
    from_file = _add(commands, "import", _import, "nhập một sổ Excel: xem trước, ghi khi có --commit")
    from_file.add_argument("kind", metavar="LOẠI")
    from_file.add_argument("file", type=Path, metavar="TỆP.xlsx")
    from_file.add_argument("--commit", action="store_true", help="ghi vào sổ (mặc định chỉ kiểm tra)")
    from_file.add_argument("--json", action="store_true", help="in ra JSON")
    paper = _add(commands, "edxml", _edxml, "nhận một văn bản edXML: xem trước, ghi khi có --commit")
    paper.add_argument("file", type=Path, metavar="TỆP.edxml")
    paper.add_argument("--org", default="", metavar="MÃ", help="tổ chức nhận (mặc định tổ chức cao nhất)")
    paper.add_argument("--commit", action="store_true", help="ghi vào sổ (mặc định chỉ kiểm tra)")
    paper.add_argument("--json", action="store_true", help="in ra JSON")
    badges = _add(commands, "badges", _badges, "ai đủ điều kiện nhận Huy hiệu Đảng, lý do, căn cứ")
    badges.add_argument("--org", required=True, metavar="MÃ")
    badges.add_argument("--on", required=True, metavar="NGÀY", help="ngày trao, ví dụ 2024-02-03")
    badges.add_argument("--json", action="store_true", help="in ra JSON")
    templates = _add(commands, "templates", _templates, "ghi các mẫu Excel trống để nhập liệu")
    templates.add_argument("--out", required=True, type=Path, metavar="THƯ MỤC")
    organisations = _add(commands, "organisations", _organisations, "danh sách tổ chức và mã")
    organisations.add_argument("--json", action="store_true", help="in ra JSON")
    user = _add(commands, "create-user", _create_user, "tạo người dùng với mật khẩu dùng một lần")
    user.add_argument("username")
    user.add_argument("--name", required=True, help="họ và tên")
    user.add_argument("--org", required=True, metavar="MÃ")
    user.add_argument("--duty", required=True, action="append", help="nhiệm vụ, có thể nêu nhiều lần")


def _system_commands(commands: Any) -> None:
    check = _add(commands, "check-data", _check_data, "kiểm tra toàn vẹn: sổ, cây tổ chức, số liệu, nhật ký")
    check.add_argument("--json", action="store_true", help="in ra JSON")
    init = _add(commands, "init", _init, "chuẩn bị cơ sở dữ liệu của chính đơn vị, không có dữ liệu minh họa")
    init.add_argument("--empty", action="store_true", required=True, help="cơ sở dữ liệu trống")
    digest = _add(commands, "send-digest", _send_digest, "gửi thư nhắc việc của một ngày (không gửi lại)")
    digest.add_argument("--on", metavar="NGÀY", help="ngày của thư (mặc định hôm nay)")
    digest.add_argument("--dry-run", action="store_true", help="chỉ in ra, không gửi và không ghi gì")
    bench = _add(commands, "bench", _bench, "đo tốc độ cùng với mốc so sánh")
    bench.add_argument("names", nargs="*", help="chỉ những phép đo này")
    backup = _add(commands, "backup", _backup, "sao lưu cơ sở dữ liệu và khóa vào một tệp")
    backup.add_argument("file", type=Path, metavar="TỆP.zip")
    restore = _add(commands, "restore", _restore, "khôi phục từ tệp sao lưu (giữ lại bản đang có)")
    restore.add_argument("file", type=Path, metavar="TỆP.zip")


def _start(arguments: argparse.Namespace) -> int:
    from tongket import start

    start.prepare()
    start.demo_if_empty()
    start.report_of_last_year(Path("out"))
    if not arguments.serve:
        return 0
    return start.serve(arguments.host, arguments.port)


# --- figures ----------------------------------------------------------------------------------------------


def _asked(arguments: argparse.Namespace) -> dict[str, Any]:
    from tongket.core.dates import parse_date
    from tongket.core.periods import parse_period
    from tongket.organisations.queries import by_code

    as_at = parse_date(arguments.as_at) if getattr(arguments, "as_at", None) else None
    moment = getattr(arguments, "as_known_at", None)
    return {
        "organisation": by_code(arguments.org),
        "period": parse_period(arguments.period),
        "as_at": as_at,
        "as_known_at": _moment(moment) if moment else None,
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


def _figures(arguments: argparse.Namespace) -> int:
    from tongket.figures.engine import compute
    from tongket.figures.output import figures_json

    ids = arguments.figure or None
    figures = compute(**_asked(arguments), ids=ids, children=False)
    if arguments.json:
        return _print_json(figures_json(figures))
    from tongket.core.numbers import format_number

    for figure in figures.own.values():
        shown = "chưa có số liệu" if figure.value is None else format_number(figure.value)
        unit = "%" if figure.indicator.unit == "%" else f" {figure.indicator.unit}"
        print(
            f"{figure.indicator.vi}: {shown}{unit if figure.value is not None else ''}  [{figure.indicator.id}]"
        )
    return 0


def _records(arguments: argparse.Namespace) -> int:
    from tongket.figures.output import records_json
    from tongket.figures.records import records

    asked = _asked(arguments)
    found = records(arguments.figure, **asked)
    if arguments.json:
        return _print_json(records_json(arguments.figure, asked["organisation"], asked["period"], found))
    from tongket.core.dates import format_date

    for row in found.rows:
        amount = "" if row.amount is None else f" · {row.amount}"
        print(f"{format_date(row.on)}  {row.title} · {row.subtitle} · {row.organisation_name}{amount}")
    print(f"Cộng: {found.count} bản ghi")
    return 0


def _indicators(arguments: argparse.Namespace) -> int:
    from tongket.indicators.catalogue import INDICATORS
    from tongket.indicators.words import formula_vi

    if arguments.json:
        rows = [
            {
                "id": i.id,
                "name": i.vi,
                "name_en": i.en,
                "unit": i.unit,
                "domain": i.domain,
                "form": i.form,
                "basis": i.basis,
                "decimals": i.decimals,
                "formula": formula_vi(i),
            }
            for i in INDICATORS.values()
        ]
        return _print_json({"indicators": rows})
    for indicator in INDICATORS.values():
        print(f"{indicator.id:48} {indicator.vi} ({indicator.unit})")
    return 0


def _rules(arguments: argparse.Namespace) -> int:
    from tongket.rules.answers import answer

    print(answer(arguments.on, arguments.id, as_json=arguments.json))
    return 0


def _report(arguments: argparse.Namespace) -> int:
    from tongket.reports.pack import write_pack

    asked = _asked(arguments)
    asked.pop("as_known_at")
    organisation, period = asked.pop("organisation"), asked.pop("period")
    for path in write_pack(arguments.out, organisation, period, **asked):
        print(path)
    return 0


def _ratings(arguments: argparse.Namespace) -> int:
    from tongket.ratings.quota.command import ratings

    return ratings(arguments.org, arguments.year, as_json=arguments.json)


# --- register ---------------------------------------------------------------------------------------------


def _import(arguments: argparse.Namespace) -> int:
    from tongket.intake.command import import_file

    return import_file(arguments.kind, arguments.file, commit=arguments.commit, as_json=arguments.json)


def _edxml(arguments: argparse.Namespace) -> int:
    from tongket.intake.edxml.command import edxml_file

    return edxml_file(arguments.file, org=arguments.org, commit=arguments.commit, as_json=arguments.json)


def _templates(arguments: argparse.Namespace) -> int:
    from tongket.intake.templates import write_templates

    for path in write_templates(arguments.out):
        print(path)
    return 0


def _organisations(arguments: argparse.Namespace) -> int:
    from tongket.organisations.models import Organisation

    rows = [
        {"code": o.code, "name": o.name, "kind": o.kind, "parent": o.parent.code if o.parent else None}
        for o in Organisation.objects.select_related("parent").order_by("position", "code")
    ]
    if arguments.json:
        return _print_json({"organisations": rows})
    for row in rows:
        print(f"{row['code']:16} {row['name']}")
    return 0


def _create_user(arguments: argparse.Namespace) -> int:
    from django.db import transaction

    from tongket.accounts.acts import assign, create_user
    from tongket.core.dates import today
    from tongket.organisations.queries import by_code

    organisation = by_code(arguments.org)
    with transaction.atomic():  # no user is left behind when a duty is refused
        user, password = create_user(arguments.username, full_name=arguments.name, by=None, origin="cli")
        for duty in dict.fromkeys(arguments.duty):
            assign(user, organisation, duty, since=today(), by=None, origin="cli")
    print(f"Đã tạo {user.username}. Mật khẩu dùng một lần: {password}")
    return 0


# --- system -----------------------------------------------------------------------------------------------


def _badges(arguments: argparse.Namespace) -> int:
    from tongket.honours.badging import command

    print(command.badges(arguments.org, arguments.on, as_json=arguments.json))
    return 0


def _check_data(arguments: argparse.Namespace) -> int:
    from tongket.figures.check_data import check_all

    checks = check_all()
    if arguments.json:
        _print_json(
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
        return _fail("Ngày này chưa đến: chỉ xem trước được bằng --dry-run.")
    outcome = send_digest(day, dry_run=arguments.dry_run)
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


def _print_json(value: Any) -> int:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))
    return 0


if __name__ == "__main__":
    sys.exit(main())
