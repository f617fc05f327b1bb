"""Commands that ask: figures, the records behind them, indicators, rules, the report."""

import argparse
from pathlib import Path
from typing import Any

from tongket.cli.common import add, asked, print_json, question


def declare(commands: Any) -> None:
    """Add this module's commands to the parser."""
    figures = add(commands, "figures", _figures, "các số liệu của một tổ chức trong một kỳ")
    question(figures)
    figures.add_argument("--figure", action="append", metavar="ID", help="chỉ những chỉ số này")
    records = add(commands, "records", _records, "các bản ghi đứng sau một số liệu")
    question(records)
    records.add_argument("--figure", required=True, metavar="ID", help="mã chỉ số, ví dụ members.admitted")
    indicators = add(commands, "indicators", _indicators, "danh mục chỉ số")
    indicators.add_argument("--json", action="store_true", help="in ra JSON")
    rules = add(commands, "rules", _rules, "quy định có hiệu lực vào một ngày")
    rules.add_argument("--on", required=True, metavar="NGÀY", help="ngày cần hỏi, ví dụ 31/12/2023")
    rules.add_argument("--id", metavar="MÃ", help="chỉ một quy định, ví dụ adm.vote")
    rules.add_argument("--json", action="store_true", help="in ra JSON")
    report = add(commands, "report", _report, "làm báo cáo Word, Excel, PDF")
    report.add_argument("--org", required=True, metavar="MÃ")
    report.add_argument("--period", required=True, metavar="KỲ")
    report.add_argument("--as-at", metavar="NGÀY")
    report.add_argument("--out", required=True, type=Path, metavar="THƯ MỤC")
    report.add_argument(
        "--base-url", default="", metavar="ĐỊA CHỈ", help="địa chỉ hệ thống, để số trong PDF dẫn về"
    )
    report.add_argument("--book", action="store_true", help="theo sổ đã chốt của kỳ, không theo số đang chạy")


def _figures(arguments: argparse.Namespace) -> int:
    from tongket.figures.engine import compute
    from tongket.figures.output import figures_json

    ids = arguments.figure or None
    figures = compute(**asked(arguments), ids=ids, children=False)
    if arguments.json:
        return print_json(figures_json(figures))
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

    wanted = asked(arguments)
    found = records(arguments.figure, **wanted)
    if arguments.json:
        return print_json(records_json(arguments.figure, wanted["organisation"], wanted["period"], found))
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
        return print_json({"indicators": rows})
    for indicator in INDICATORS.values():
        print(f"{indicator.id:48} {indicator.vi} ({indicator.unit})")
    return 0


def _rules(arguments: argparse.Namespace) -> int:
    from tongket.rules.answers import answer

    print(answer(arguments.on, arguments.id, as_json=arguments.json))
    return 0


def _report(arguments: argparse.Namespace) -> int:
    from tongket.reports.pack import write_pack

    wanted = asked(arguments)
    wanted.pop("as_known_at")
    organisation, period = wanted.pop("organisation"), wanted.pop("period")
    if arguments.book:
        from tongket.books.command import wanted_book

        wanted = {"book": wanted_book(organisation, period)}
    for path in write_pack(arguments.out, organisation, period, base_url=arguments.base_url, **wanted):
        print(path)
    return 0
