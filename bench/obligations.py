"""Handing a directive to 290 organisations, and the board of 53 organisations × 200 demands.

    python -m bench.obligations [--rounds 9]

Scratch databases only: SQLite in a temporary folder, and PostgreSQL at DATABASE_URL_PG (an EMPTY database) when that is
set. The act checks its receivers, writes 290 obligations and one ledger entry. Beside it in the same run: one `save()`
an obligation in one transaction without any check (the least that writing one by one can cost), and one act an
organisation with the same checks (what handing out one by one means). The board is timed as the whole request.
"""

import argparse
import os
import secrets
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

from bench.product import report

HAND_OUT_MS, MATRIX_MS, QUERIES = 1_000.0, 150.0, 15
COMMUNES, CELLS, DEMANDS = 53, 237, 200


def main() -> int:
    """Run on each engine in a process of its own. Returns 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return measure(options.rounds)
    engines = {"SQLite": ""}
    if os.environ.get("DATABASE_URL_PG"):
        engines["PostgreSQL"] = os.environ["DATABASE_URL_PG"]
    missed = 0
    for engine, url in engines.items():
        print(f"-- {engine}", flush=True)
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            env = {**os.environ, "TONGKET_DATA_DIR": folder, "TONGKET_DEBUG": "0"}
            env.pop("DATABASE_URL", None)
            env |= {"DATABASE_URL": url} if url else {}
            command = [sys.executable, "-m", "bench.obligations", "--inside", "--rounds", str(options.rounds)]
            root = Path(__file__).resolve().parent.parent
            missed |= subprocess.run(command, env=env, cwd=root).returncode
    return missed


def measure(rounds: int) -> int:
    """Fill a scratch database and time, in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongket.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    call_command("migrate", verbosity=0)
    try:
        made = _District()
        return int(_handing(made, rounds) | _board(made, rounds))
    finally:
        if os.environ.get("DATABASE_URL"):
            call_command("flush", interactive=False, verbosity=0)


class _District:
    """A district with 53 communes and 237 cells, a clerk, and a directive in its book."""

    def __init__(self) -> None:
        from tongket.accounts.acts import assign, create_user
        from tongket.audit.acts import act
        from tongket.directives.acts import add_directive
        from tongket.directives.drafts import DirectiveDraft
        from tongket.organisations.acts import add_organisations
        from tongket.organisations.drafts import FoundingDraft

        start = date(2010, 1, 1)
        drafts = [FoundingDraft(code="QS", name="Đảng bộ huyện Thử", kind="district_committee", on=start)]
        for n in range(COMMUNES):
            drafts.append(
                FoundingDraft(
                    code=f"X{n:02}",
                    name=f"Đảng bộ xã số {n}",
                    kind="grassroots_body",
                    on=start,
                    parent_code="QS",
                    sector="commune",
                )
            )
        for n in range(CELLS):
            drafts.append(
                FoundingDraft(
                    code=f"C{n:03}",
                    name=f"Chi bộ thôn số {n}",
                    kind="cell",
                    on=start,
                    parent_code=f"X{n % COMMUNES:02}",
                    sector="village",
                )
            )
        with act("bench.tree", by=None, origin="bench") as current:
            made = {one.code: one for one in add_organisations(drafts, act=current)}
        self.top = made.pop("QS")
        self.all = list(made.values())
        self.communes = [one for one in self.all if one.kind == "grassroots_body"]
        self.user, _ = create_user("bench", full_name="Bench", by=None, password=secrets.token_urlsafe())
        assign(self.user, self.top, "office", since=start, by=None)
        self.directive = add_directive(
            DirectiveDraft(
                organisation=self.top,
                kind="NQ",
                symbol="33-NQ/TU",
                issuer="Tỉnh ủy",
                issuer_level="province",
                issued_on=date(2023, 11, 20),
                subject="Về xây dựng Đảng",
                received_on=date(2023, 11, 24),
            ),
            by=self.user,
        )


def _handing(made: _District, rounds: int) -> bool:
    from tongket.core.dates import today
    from tongket.directives.handing import Ask, hand_down

    due = today() + timedelta(days=30)
    ask = [Ask("plan", "Ban hành kế hoạch", due)]
    together = _median(lambda: hand_down(made.directive, ask, made.all, by=made.user), rounds)
    saves = _median(lambda: _save_each(made, due), max(3, rounds // 3))
    apart = _median(lambda: [hand_down(made.directive, ask, [one], by=made.user) for one in made.all], 1)
    missed = report(
        f"handed down to {len(made.all)} organisations, one act", together * 1000, HAND_OUT_MS, "ms"
    )
    print(f"   one save() each, no checks                  {saves * 1000:9.1f} ms   {saves / together:.1f}x")
    print(f"   one act each, the same checks               {apart * 1000:9.1f} ms   {apart / together:.1f}x")
    _forget()
    return missed


def _save_each(made: _District, due: date) -> None:
    from tongket.audit.acts import act
    from tongket.core.dates import today
    from tongket.obligations.models import Demand, Obligation

    with act("bench.saves", by=made.user, origin="bench") as current:
        stamp = current.stamp()
        demand = Demand.objects.create(
            organisation=made.top, kind="plan", title="Từng dòng", asked_on=today(), due_on=due, **stamp
        )
        for one in made.all:
            Obligation(demand=demand, organisation=one, due_on=due, deadline=due, **stamp).save()


def _forget() -> None:
    from tongket.obligations.models import Demand, Obligation

    Obligation.objects.all().delete()
    Demand.objects.all().delete()


def _board(made: _District, rounds: int) -> bool:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    _fill_board(made)
    client = Client()
    client.force_login(made.user, backend="allauth.account.auth_backends.AuthenticationBackend")

    def ask() -> Any:
        return client.get("/bang-theo-doi/?ky=2024")

    answer = ask()
    cells = answer.content.count(b'<td class="m ')
    if answer.status_code != 200 or cells < COMMUNES * DEMANDS:
        print(f"board answered {answer.status_code} with {cells} cells   MISSED")
        return True
    took = _median(ask, rounds) * 1000
    with CaptureQueriesContext(connection) as queries:
        ask()
    missed = report(f"board {COMMUNES} × {DEMANDS} ({len(answer.content) // 1024} kB)", took, MATRIX_MS, "ms")
    return missed | report("   queries", len(queries), QUERIES, "")


def _fill_board(made: _District) -> None:
    from tongket.audit.acts import act
    from tongket.obligations.acts import hand_out_in
    from tongket.obligations.drafts import DemandDraft
    from tongket.obligations.models import Obligation

    rng, first = Random(7), date(2024, 1, 1)
    with act("bench.board", by=made.user, origin="bench") as current:
        for n in range(DEMANDS):
            asked = first + timedelta(days=n)
            draft = DemandDraft(
                made.top,
                "report",
                f"Báo cáo số {n} về việc thực hiện nghị quyết",
                asked,
                asked + timedelta(days=30),
            )
            hand_out_in(draft, made.communes, act=current)
    rows = list(Obligation.objects.all())
    for row in rows:
        if rng.random() < 0.8:
            row.state, row.fulfilled_on = (
                "reported",
                row.deadline + timedelta(days=rng.choice((-9, -2, 0, 4))),
            )
    Obligation.objects.bulk_update(rows, ["state", "fulfilled_on"], batch_size=200)


def _median(call: Callable[[], Any], rounds: int) -> float:
    if rounds > 1:
        call()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


if __name__ == "__main__":
    sys.exit(main())
