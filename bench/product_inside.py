"""The part of `bench.product` that runs inside Django: pages by the test client, and the report pack."""

import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from bench.product import BARS, report


def main() -> int:
    """Time pages and the report pack on the demo in TONGKET_DATA_DIR; returns 1 when a bar is missed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongket.settings")
    import django

    django.setup()
    missed = False
    for what, path, user in _pages():
        missed |= _page(what, path, user)
    return int(missed | _pack())


def _pages() -> list[tuple[str, str, str]]:
    from tongket.members.models import Member
    from tongket.organisations.models import Organisation

    member = Member.objects.exclude(standing="").order_by("code").first()
    commune = Organisation.objects.filter(parent__code="QS", ends_on__year=9999).order_by("position").first()
    assert member is not None and commune is not None
    where = "?to_chuc=QS&ky=2023"
    return [
        ("overview", f"/{where}", "to-chuc"),
        ("catalogue", f"/so-lieu/{where}", "to-chuc"),
        ("figure members.total", f"/so-lieu/members.total/{where}", "to-chuc"),
        ("figure members.admitted", f"/so-lieu/members.admitted/{where}", "to-chuc"),
        (
            "figure ratings.members.good_or_better_pct",
            f"/so-lieu/ratings.members.good_or_better_pct/{where}",
            "to-chuc",
        ),
        ("organisations", "/to-chuc/", "to-chuc"),
        ("organisation", f"/to-chuc/{commune.code}/", "to-chuc"),
        ("members", "/dang-vien/", "to-chuc"),
        ("members, search", "/dang-vien/?q=nguyen", "to-chuc"),
        ("member", f"/dang-vien/{member.uid}/", "to-chuc"),
        ("directives", "/van-ban/", "to-chuc"),
        ("targets", "/chi-tieu/", "to-chuc"),
        ("ratings of members", "/xep-loai/dang-vien/", "to-chuc"),
        ("badges", "/huy-hieu/", "to-chuc"),
        ("report page", f"/bao-cao/{where}", "van-phong"),
        ("ledger", "/nhat-ky/", "kiem-soat"),
    ]


def _page(what: str, path: str, username: str) -> bool:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tongket.accounts.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(
        User.objects.get(username=username), backend="allauth.account.auth_backends.AuthenticationBackend"
    )

    def ask() -> Any:
        return client.get(path, follow=True)

    status = ask().status_code
    if status != 200:
        print(f"{what:<46} answered {status}   MISSED")
        return True
    took = _median(ask, 5) * 1000
    with CaptureQueriesContext(connection) as queries:
        ask()
    bar = BARS["overview"] if what == "overview" else BARS["page"]
    return report(what, took, bar, "ms") | report("   queries", len(queries), BARS["queries"], "")


def _pack() -> bool:
    from tongket.core.periods import parse_period
    from tongket.organisations.queries import by_code
    from tongket.reports.pack import build_pack

    district, period = by_code("QS"), parse_period("2023")
    took = _median(lambda: build_pack(district, period), 3)
    return report("report pack (Word, Excel, PDF)", took, BARS["pack"], "s")


def _median(call: Callable[[], Any], rounds: int) -> float:
    call()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


if __name__ == "__main__":
    sys.exit(main())
