"""What `./run` does before it serves: files, database, demo district, report. Quick when nothing is to do."""

import hashlib
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from tongket.aside import keep_aside
from tongket.audit.acts import act
from tongket.audit.models import LedgerEntry
from tongket.audit.queries import READINGS
from tongket.core.numbers import format_number, format_percent

DEMO_PERIOD = "2023"
_EMPTY, _DEMO = "system.init_empty", "system.demo_loaded"


def prepare() -> None:
    """Front-end files, translations and migrations, each only if out of date."""
    from tongket.ui import assets
    from tongket.ui.messages import compile_messages

    fresh = assets.build(settings.ASSETS_DIR)
    compile_messages()
    _collect_static(fresh)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Chuẩn bị cơ sở dữ liệu…")
        call_command("migrate", interactive=False, verbosity=0)


def _collect_static(fresh: bool) -> None:
    # Collecting takes a second; it is done again only when a source file is new or the packages changed.
    stamp = settings.DATA_DIR / "static.stamp"
    sources = sorted(
        (str(path.relative_to(settings.BASE_DIR)), path.stat().st_mtime_ns, path.stat().st_size)
        for path in (settings.BASE_DIR / "tongket").glob("*/static/**/*")
        if path.is_file()
    )
    digest = hashlib.sha256(repr(sources).encode()).hexdigest()
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if fresh or not manifest.exists() or not stamp.exists() or stamp.read_text() != digest:
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(digest)


def demo_if_empty() -> None:
    """Make the demo district when nobody has ever written anything into this database."""
    if LedgerEntry.objects.exists():
        return
    from tongket.demo.load import load

    say("Tạo đảng bộ minh họa từ các sổ Excel (chỉ lần đầu)…")
    started = time.monotonic()
    # One transaction: a start that is stopped half way begins again from nothing, instead of on half a district.
    with transaction.atomic():
        load(progress_bar)
        with act(_DEMO, by=None, origin="demo"):
            pass
    print(f"\rXong trong {time.monotonic() - started:.0f} giây.{' ' * 60}", flush=True)


def progress_bar(what: str, share: float) -> None:
    """One line that fills from left to right; plain lines where the output is not a terminal."""
    if sys.stdout.isatty():
        filled = round(share * 30)
        print(f"\r[{'█' * filled}{'·' * (30 - filled)}] {share:4.0%} {what:<40}", end="", flush=True)
    else:
        print(f"{share:4.0%} {what}", flush=True)


def report_of_last_year(out: Path, address: str) -> None:
    """For the demo district: write the 2023 report (when it is not there or its figures changed), print headlines.

    The numbers of its PDF link to their pages under `address`, unless the office has told its own.
    """
    from tongket.organisations.models import Organisation

    if not Organisation.objects.exists():
        say("Cơ sở dữ liệu chưa có tổ chức nào. Lấy mẫu: ./run templates --out mau; nhập: ./run import …")
        return
    district = Organisation.objects.filter(code="QS").first()
    if district is None or not LedgerEntry.objects.filter(action=_DEMO).exists():
        return  # an office's own register: it says itself which report it wants, and when
    from tongket.core.periods import parse_period
    from tongket.figures.engine import compute
    from tongket.indicators.headlines import HEADLINES
    from tongket.reports.pack import write_pack

    period = parse_period(DEMO_PERIOD)
    figures = compute(district, period)
    digest = f"{_digest(figures)} {address}"
    folder = out / DEMO_PERIOD
    stamp = folder / ".figures"
    if not stamp.exists() or stamp.read_text() != digest:
        say(f"Viết báo cáo năm {DEMO_PERIOD} vào {folder}/ …")
        write_pack(folder, district, period, base_url=settings.TONGKET_ADDRESS or address)
        stamp.write_text(digest)
    print(f"\n{district.name}, năm {DEMO_PERIOD}:")
    for name in HEADLINES:
        figure = figures.own[name]
        if figure.value is not None:
            shown = (
                format_percent(figure.value) if figure.indicator.unit == "%" else format_number(figure.value)
            )
            print(f"  {figure.indicator.vi:<58} {shown:>10}")
    for path in sorted(folder.glob("*.*")):
        if not path.name.startswith("."):
            print(f"  {path}")


def _digest(figures: object) -> str:
    own = getattr(figures, "own", {})
    children = getattr(figures, "by_child", {})
    text = repr(
        [(name, figure.value, figure.records) for name, figure in own.items()]
        + [(child, name, f.value) for child, set_ in children.items() for name, f in set_.items()]
    )
    return hashlib.sha256(text.encode()).hexdigest()


def serve(host: str, port: int) -> int:
    """Serve until Ctrl-C; prints the address and, for the demo, the accounts."""
    from tongket.server import AddressInUse
    from tongket.server import serve as run_server

    def ready() -> None:
        print(f"\nMở trình duyệt: http://{host}:{port}/   (Ctrl-C để dừng)", flush=True)
        _print_demo_accounts()

    settings.SHOWS_DEMO = LedgerEntry.objects.filter(action=_DEMO).exists()
    connection.close()
    try:
        run_server(host, port, when_ready=ready)
    except AddressInUse:
        print(
            f"Địa chỉ {host}:{port} đang được dùng. Dừng chương trình kia hoặc chạy ./run --port {port + 1}",
            file=sys.stderr,
        )
        return 2
    return 0


def _print_demo_accounts() -> None:
    from tongket.accounts.models import User
    from tongket.demo.load import ACCOUNTS, DEMO_PASSWORD

    # Only where the demo was loaded into this database; an office's own register has no such account.
    there = LedgerEntry.objects.filter(action=_DEMO).exists()
    names = set(User.objects.values_list("username", flat=True)) if there else set()
    connection.close()
    shown = [account for account in ACCOUNTS if account.username in names]
    if shown:
        print(f"Tài khoản minh họa, mật khẩu chung: {DEMO_PASSWORD}")
        for account in shown:
            print(f"  {account.username:<18} {account.full_name} ({account.what})", flush=True)


def init_empty() -> int:
    """A database without the demo, for an office's own register.

    A demo that is there is set aside, not deleted. A register that people have written into is refused: it is no
    demo any more.
    """
    prepare()
    if acts := _acts_of_people():
        print(
            f"Cơ sở dữ liệu này đã có {acts} việc do người dùng ghi, không chỉ là dữ liệu minh họa. "
            "Sao lưu bằng ./run backup TỆP.zip, rồi đặt TONGKET_DATA_DIR (thư mục mới) hoặc DATABASE_URL "
            "(cơ sở dữ liệu mới) và chạy lại.",
            file=sys.stderr,
        )
        return 2
    if LedgerEntry.objects.filter(action=_DEMO).exists():
        if connection.vendor != "sqlite":
            print(
                "Cơ sở dữ liệu này đang chứa dữ liệu minh họa. Tạo cơ sở dữ liệu mới rồi trỏ DATABASE_URL tới đó.",
                file=sys.stderr,
            )
            return 2
        _set_aside()
        prepare()
    if not LedgerEntry.objects.exists():
        with act(_EMPTY, by=None, origin="cli"):
            pass
    print("Đã có cơ sở dữ liệu trống. Tiếp theo:")
    print("  ./run templates --out mau            lấy các mẫu Excel, điền vào")
    print("  ./run import organisations mau/01-organisations.xlsx --commit")
    print("  ./run create-user TÊN --name 'Họ và tên' --org MÃ --duty administrator")
    return 0


def _acts_of_people() -> int:
    """How many acts there are besides the loading of the demo; what was only read is no act."""
    loaded = LedgerEntry.objects.filter(action=_DEMO).order_by("-id").first()
    entries = LedgerEntry.objects.filter(id__gt=loaded.id if loaded else 0).exclude(action=_EMPTY)
    return entries.exclude(action__regex=READINGS).count()


def _set_aside() -> None:
    database = Path(settings.DATABASES["default"]["NAME"])
    connection.close()
    kept = keep_aside(database)
    database.unlink()
    print(f"Cơ sở dữ liệu đang có được giữ lại ở {kept}")


def say(text: str) -> None:
    """One line of progress, at once."""
    print(text, flush=True)
