"""Full-text search over 20,000 papers, against reading every text with LIKE in the same run.

    python -m bench.search

Works in a scratch data folder, or in the (empty) database of DATABASE_URL. Each query is timed as the list asks it:
the count and the first page of 50, newest first, of what the user may see.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAPERS, BAR_MS, TIMES = 20_000, 100.0, 9
QUERIES = (
    "quan triet",
    "quán triệt",
    "quan triet nghi quyet cua dang",
    "xay dung luc luong cong an",
    "phòng chống bão lụt",
    "17-KH/HU",
    "nghi quyet 1203",
    "mot tu chi co mot lan 4711",
    "khong co trong van ban nao",
    "th",  # the first letters typed
)
_TEXT = (
    "triển khai thực hiện nghị quyết của đảng về xây dựng lực lượng công an chính quy học tập quán triệt chỉ thị "
    "kế hoạch công tác kiểm tra giám sát tổ chức cơ sở chi bộ đảng viên phòng chống bão lụt phát triển kinh tế nông "
    "thôn mới giáo dục y tế môi trường nước sạch hội nghị tổng kết nhiệm vụ giải pháp huyện ủy ban thường vụ nhân dân "
    "đoàn kết sáng tạo dân chủ kỷ cương đổi mới văn hóa xã hội quốc phòng an ninh cải cách hành chính chuyển đổi số"
)
_WORDS = _TEXT.split()


def main() -> int:
    """Measure in a process of its own with a scratch folder; 1 when the bar is missed."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"TONGKET_DATA_DIR": folder, "PYTHONPATH": str(ROOT)}
        inside = [sys.executable, "-m", "bench.search", "inside"]
        return subprocess.run(inside, env=environment, cwd=ROOT, check=False).returncode


def _inside() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongket.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", interactive=False, verbosity=0)
    user = _fill()
    print(f"{connection.vendor}: {PAPERS} papers, median of {TIMES}, slowest in brackets", flush=True)
    return int(_measure(user))


def _fill() -> Any:
    """20,000 papers with a subject each, every fifth with a file of two to six pages."""
    from django.db import connection

    from tests.world import add_user, make_tree
    from tongket.audit.acts import act
    from tongket.directives.models import Directive
    from tongket.directives.papers import search
    from tongket.directives.papers.issuing import issued_draft
    from tongket.files.models import Attachment, StoredFile

    world, chance = make_tree(), Random(7)
    user = add_user(world, "van-phong", "QS", "office")
    with act("bench.fill", by=None, origin="bench") as current:
        stamp = current.stamp()
        rows = []
        for n in range(1, PAPERS + 1):
            subject = " ".join(chance.choices(_WORDS, k=18)) + f" {n}"
            on = date(2012, 1, 1) + timedelta(days=n % 4000)
            draft = issued_draft(world["QS"], chance.choice(["KH", "NQ", "CT"]), f"{n}-KH/HU", on, subject)
            columns = {name: getattr(draft, name) for name in draft.__dataclass_fields__}
            rows.append(Directive(**columns, number=n, **stamp))
        Directive.objects.bulk_create(rows, batch_size=1000)
        for row in rows[::5]:
            text = " ".join(chance.choices(_WORDS, k=chance.randrange(800, 2400)))
            stored = StoredFile.objects.create(sha256=f"{row.number:064d}", size=1, kind="txt", text=text)
            Attachment.objects.create(
                organisation=world["QS"], about=row.identity, name=f"{row.number}.txt", stored=stored, **stamp
            )
        started = time.perf_counter()
        search.index_papers(rows)
        print(f"indexed in {time.perf_counter() - started:.1f} s", flush=True)
    # As a database in use has done by itself: without it the planner knows nothing of tables filled a moment ago.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return user


def _measure(user: Any) -> bool:
    from tongket.directives.papers import search
    from tongket.directives.queries import issued_directives

    missed = False
    for text in QUERIES:
        found = _page(lambda text=text: search.matching(issued_directives(user), text))
        plain = _page(lambda text=text: _like(user, text))
        fast, slow = statistics.median(found[0]), statistics.median(plain[0])
        late = fast > BAR_MS
        missed |= late
        print(
            f"{text:<34} {found[1]:>6} found {fast:8.1f} ms ({max(found[0]):.1f})  LIKE {slow:8.1f} ms "
            f"= {slow / fast:5.1f} x  bar {BAR_MS:g}{'   MISSED' if late else ''}",
            flush=True,
        )
    return missed


def _page(ask: Callable[[], Any]) -> tuple[list[float], int]:
    took, count = [], 0
    for turn in range(TIMES + 1):
        started = time.perf_counter()
        rows = ask()
        count = rows.count()
        list(rows.order_by("-received_on", "-id")[:50])
        if turn:  # the first one warms up
            took.append((time.perf_counter() - started) * 1000)
    return took, count


def _like(user: Any, text: str) -> Any:
    """The baseline: every word with LIKE in the stored text, folded or as written."""
    from django.db import connection
    from django.db.models.expressions import RawSQL

    from tongket.directives.papers import search
    from tongket.directives.queries import issued_directives

    asked = search.question(text)
    pg = connection.vendor == "postgresql"
    column = ("lower(plain)" if pg else "exact") if asked.exact else ("folded_text" if pg else "folded")
    where = " AND ".join([f"{column} LIKE %s"] * len(asked.words))
    name = "id" if pg else "rowid"
    found = RawSQL(f"SELECT {name} FROM {search.TABLE} WHERE {where}", [f"%{w}%" for w in asked.words])  # noqa: S608, S611  # nosec B608 B611
    return issued_directives(user).filter(pk__in=found)


if __name__ == "__main__":
    sys.exit(_inside() if sys.argv[1:] == ["inside"] else main())
