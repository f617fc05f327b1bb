"""Commands about the register: what comes in from files, templates, organisations, users."""

import argparse
from pathlib import Path
from typing import Any

from tongket.cli.common import add, print_json
from tongket.core.problems import NotFound


def declare(commands: Any) -> None:
    """Add this module's commands to the parser."""
    from_file = add(
        commands, "import", _import, "nhập một sổ Excel, .ods hoặc .csv: xem trước, ghi khi có --commit"
    )
    from_file.add_argument("kind", metavar="LOẠI", nargs="?")
    from_file.add_argument("file", type=Path, metavar="TỆP.xlsx", nargs="?")
    from_file.add_argument("--commit", action="store_true", help="ghi vào sổ (mặc định chỉ kiểm tra)")
    from_file.add_argument("--json", action="store_true", help="in ra JSON")
    from_file.add_argument("--marked", type=Path, metavar="TỆP.xlsx", help="ghi tệp có đánh dấu lỗi tại ô")
    from_file.add_argument(
        "--column", action="append", default=[], metavar="TIÊU ĐỀ=CỘT", help="cột của tệp là cột nào trong sổ"
    )
    from_file.add_argument(
        "--set", action="append", default=[], metavar="CỘT=GIÁ TRỊ", help="giá trị chung cho mọi dòng"
    )
    from_file.add_argument(
        "--person",
        action="append",
        default=[],
        metavar="TRANG!DÒNG=MÃ",
        help="dòng cần xác định là đảng viên nào (hoặc =new: người mới)",
    )
    from_file.add_argument("--undo", type=int, metavar="SỐ", help="hoàn tác cả một lần nhập đã ghi")
    from_file.add_argument("--reason", default="", metavar="LÝ DO", help="lý do hoàn tác")
    held = add(
        commands, "reconcile", _reconcile, "đối chiếu sổ với bản xuất của hệ thống khác (không ghi gì)"
    )
    held.add_argument("file", type=Path, metavar="TỆP.xlsx")
    held.add_argument("--org", required=True, metavar="MÃ", help="tổ chức mà bản xuất bao gồm")
    held.add_argument("--json", action="store_true", help="in ra JSON")
    paper = add(commands, "edxml", _edxml, "nhận một văn bản edXML: xem trước, ghi khi có --commit")
    paper.add_argument("file", type=Path, metavar="TỆP.edxml")
    paper.add_argument("--org", default="", metavar="MÃ", help="tổ chức nhận (mặc định tổ chức cao nhất)")
    paper.add_argument("--commit", action="store_true", help="ghi vào sổ (mặc định chỉ kiểm tra)")
    paper.add_argument("--json", action="store_true", help="in ra JSON")
    templates = add(commands, "templates", _templates, "ghi các mẫu Excel trống để nhập liệu")
    templates.add_argument("--out", required=True, type=Path, metavar="THƯ MỤC")
    organisations = add(commands, "organisations", _organisations, "danh sách tổ chức và mã")
    organisations.add_argument("--json", action="store_true", help="in ra JSON")
    user = add(commands, "create-user", _create_user, "tạo người dùng với mật khẩu dùng một lần")
    user.add_argument("username")
    user.add_argument("--name", required=True, help="họ và tên")
    user.add_argument("--org", required=True, metavar="MÃ")
    user.add_argument("--duty", required=True, action="append", help="nhiệm vụ, có thể nêu nhiều lần")


def _import(arguments: argparse.Namespace) -> int:
    from tongket.intake.command import import_file, undo_import

    if arguments.undo is not None:
        return undo_import(arguments.undo, arguments.reason)
    if arguments.kind is None or arguments.file is None:
        raise NotFound("Ghi loại sổ và tệp, hoặc --undo SỐ để hoàn tác một lần nhập.")
    return import_file(
        arguments.kind,
        arguments.file,
        commit=arguments.commit,
        as_json=arguments.json,
        marked=arguments.marked,
        columns=_pairs(arguments.column),
        values=_pairs(arguments.set),
        people=_pairs(arguments.person),
    )


def _reconcile(arguments: argparse.Namespace) -> int:
    from tongket.intake.reconcile.command import reconcile_file

    return reconcile_file(arguments.file, org=arguments.org, as_json=arguments.json)


def _pairs(texts: list[str]) -> dict[str, str]:
    """`A=B` as a mapping; without a sign the second part is empty."""
    return {name.strip(): value.strip() for name, _, value in (text.partition("=") for text in texts)}


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
        return print_json({"organisations": rows})
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
