"""What runs in the scratch database's own processes: making it, writing acts until killed, racing, judging.

python -m tests.reliability.drive PART …; the last line printed is the answer as JSON.
"""

import json
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from tests.reliability import drive_papers as papers  # noqa: E402
from tests.reliability import drive_work as work  # noqa: E402
from tests.world import make_world  # noqa: E402
from tongket.audit.acts import act, log_reading  # noqa: E402
from tongket.audit.models import LedgerEntry, Recorded  # noqa: E402
from tongket.audit.queries import verify_chain  # noqa: E402
from tongket.core.problems import Conflict  # noqa: E402
from tongket.members.acts import admit, correct_event, record_event, transfer  # noqa: E402
from tongket.members.drafts import EventDraft, MemberDraft  # noqa: E402
from tongket.members.models import Member, MemberEvent, MembershipSpell  # noqa: E402
from tongket.members.profile_acts import amend_details, enter_member  # noqa: E402
from tongket.members.reorganise import merge  # noqa: E402
from tongket.organisations.acts import found, rename  # noqa: E402
from tongket.organisations.drafts import FoundingDraft  # noqa: E402
from tongket.organisations.models import Organisation, OrganisationPath  # noqa: E402

CELLS = ("PA1", "PA2", "PB1", "PB2", "VP")
FIRST = date(2023, 6, 1)


def make() -> dict[str, Any]:
    """The small district."""
    call_command("migrate", interactive=False, verbosity=0)
    make_world()
    return {"entries": LedgerEntry.objects.count()}


def mark_demo() -> dict[str, Any]:
    """Let what is there count as the demo that a first start loads."""
    with act("system.demo_loaded", by=None, origin="demo"):
        pass
    return {}


def read_and_write(what: str) -> dict[str, Any]:
    """One reading, or one act, by somebody after the demo was loaded."""
    member = Member.objects.get(code="M1")
    if what == "read":
        log_reading("member.open", by=None, subject=member)
    else:
        amend_details(member, {"workplace": "Xã A"}, since=FIRST, reason="", by=None)
    return {}


# --- writing until killed ---------------------------------------------------------------------------------


def one_act(number: int, chance: random.Random) -> None:
    """Some act of the register, a different one each time."""
    what = chance.choice(["admit", "transfer", "amend", "correct", "merge", "report", "report", "mark"])
    members = list(Member.objects.exclude(standing="").select_related("organisation").order_by("pk"))
    member, day = chance.choice(members), FIRST + timedelta(days=number % 300)
    if what == "report":
        work.one_report(number, chance)
    elif what == "mark":
        work.one_mark(chance)
    elif what == "admit":
        code = f"N{os.getpid()}-{number}"
        fresh = enter_member(MemberDraft(code, {"full_name": f"Người Mới {number}"}), by=None)
        admit(fresh, into=_cell(chance.choice(CELLS)), decided_on=FIRST, by=None)
    elif what == "amend":
        amend_details(member, {"workplace": f"Nơi {number}-{os.getpid()}"}, since=day, reason="", by=None)
    elif what == "merge":
        code = f"C{os.getpid()}-{number}"
        made = found(FoundingDraft(code, f"Chi bộ {code}", "cell", date(2024, 1, 1), "PA"), by=None)
        transfer(member, to=made, on=date(2025, 1, 1) + timedelta(days=number % 200), by=None)
        merge([made], into=_cell("PA1"), on=date(2026, 1, 1), by=None)
    elif what == "correct":
        event = member.events.filter(voided_at__isnull=True, kind="admitted").first()
        if event is not None:
            draft = EventDraft(
                member, "admitted", organisation=event.organisation, decision_date=event.decision_date
            )
            correct_event(event, draft, reason=f"lần {number}", by=None)
    else:
        elsewhere = [code for code in CELLS if code != member.organisation.code]
        transfer(member, to=_cell(chance.choice(elsewhere)), on=day, by=None)


def _cell(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def _write_until_killed(pipe: int, seed: int) -> None:
    from tongket.core.problems import Refused

    chance = random.Random(seed)
    list(Member.objects.select_related("organisation"))
    os.write(pipe, b"ready\n")
    for number in range(1_000_000):
        try:
            one_act(number, chance)
        except Refused:
            continue
        # Told to the clerk as done: from here on it may not be lost.
        last = LedgerEntry.objects.latest("id")
        os.write(pipe, f"{last.id} {last.hash}\n".encode())


def kill(times: str, seed: str) -> dict[str, Any]:
    """Fork a writer and kill it without warning in its work, again and again; what was told as done must be there."""
    chance = random.Random(int(seed))
    told: dict[int, str] = {}
    killed = 0
    for number in range(int(times)):
        connection.close()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            try:
                _write_until_killed(writing, int(seed) * 1000 + number)
            finally:
                os._exit(3)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            assert pipe.readline() == b"ready\n"
            # After none to three acts told as done, then somewhere inside the next: on a slow machine as well.
            lines = [pipe.readline() for _ in range(chance.randrange(4))]
            time.sleep(chance.uniform(0, 0.040))
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            killed += os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
            for number_and_hash in (b"".join(lines) + pipe.read()).decode().splitlines():
                entry, digest = number_and_hash.split()
                told[int(entry)] = digest
    stored = dict(LedgerEntry.objects.values_list("id", "hash"))
    return {
        "killed": killed,
        "told": len(told),
        "lost": sorted(i for i, h in told.items() if stored.get(i) != h),
        "work": work.work_faults(),
        "done": work.done_work(),
        **judge(),
    }


# --- judging ----------------------------------------------------------------------------------------------


def half_acts() -> list[str]:
    """Rows written at a moment that no ledger entry has, and entries whose rows are not there."""
    moments = set(LedgerEntry.objects.values_list("at", flat=True))
    found = []
    for model in apps.get_models():
        if not (issubclass(model, Recorded) or model in {MembershipSpell, OrganisationPath}):
            continue
        for column in ("recorded_at", "voided_at"):
            rows = model._default_manager.exclude(**{f"{column}__isnull": True})
            strays = set(rows.values_list(column, flat=True)) - moments
            found += [f"{model.__name__}.{column} {moment}" for moment in strays]
    events = set(MemberEvent.objects.values_list("pk", flat=True))
    for entry in LedgerEntry.objects.filter(action__startswith="member."):
        wanted = {entry.data.get("event"), entry.data.get("replaced_by")} - {None}
        found += [f"entry {entry.id} without event {pk}" for pk in wanted - events]
    return found


def judge() -> dict[str, Any]:
    """Everything that can be wrong with the data, in words."""
    from tongket.figures.check_data import check_all

    answer: dict[str, Any] = {
        "half": half_acts(),
        "faults": [fault for check in check_all() for fault in check.faults],
        "broken_at": verify_chain().broken_at,
        "entries": LedgerEntry.objects.count(),
        "integrity": "ok",
    }
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            answer["integrity"] = cursor.fetchone()[0]
    return answer


def dump() -> dict[str, Any]:
    """Every table as sorted rows of text."""
    tables: dict[str, list[str]] = {}
    for model in apps.get_models(include_auto_created=True):
        columns = [f.attname for f in model._meta.concrete_fields]
        rows = model._default_manager.values_list(*columns)
        tables[model._meta.db_table] = sorted(repr([_plain(v) for v in row]) for row in rows)
    return tables


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value


# --- backup and restore -----------------------------------------------------------------------------------


def flips(bundle: str, times: str, seed: str) -> dict[str, Any]:
    """Restore the backup with one byte changed, again and again: noticed and nothing touched, or harmless."""
    from tongket.backup import restore
    from tongket.core.problems import Refused

    good, chance = Path(bundle).read_bytes(), random.Random(int(seed))
    damaged, before = Path(bundle).with_suffix(".damaged.zip"), dump()
    noticed, harmless, wrong = 0, 0, []
    for _ in range(int(times)):
        place, bit = chance.randrange(len(good)), 1 << chance.randrange(8)
        damaged.write_bytes(good[:place] + bytes([good[place] ^ bit]) + good[place + 1 :])
        try:
            restore(damaged)
        except Refused:
            noticed += 1
        else:
            harmless += 1
        if dump() != before:
            wrong.append(f"byte {place}, bit {bit}")
    return {"noticed": noticed, "harmless": harmless, "wrong": wrong}


def refusals(*bundles: str) -> dict[str, Any]:
    """Try to restore each of these; what was said, what was restored all the same, whether anything changed."""
    from tongket.backup import restore
    from tongket.core.problems import Refused

    before, messages, restored = dump(), [], []
    for bundle in bundles:
        try:
            restored.append(restore(Path(bundle)))
        except Refused as refused:
            messages.append(str(refused))
    return {"messages": messages, "restored": restored, "unchanged": dump() == before}


def busy(bundle: str) -> dict[str, Any]:
    """Make a backup while others write; how many acts went on meanwhile."""
    from tongket.backup import back_up

    over = threading.Event()

    def work(n: int) -> None:
        number = 0
        while n and not over.is_set():
            number += 1
            enter_member(MemberDraft(f"B{n}-{number}", {"full_name": f"Người {n} {number}"}), by=None)
        if not n:
            try:
                for _ in range(3):
                    time.sleep(0.1)
                    back_up(Path(bundle))
            finally:
                over.set()

    before = LedgerEntry.objects.count()
    outcomes, errors = _together(4, work)
    return {"outcomes": dict(outcomes), "errors": errors, "written": LedgerEntry.objects.count() - before}


# --- several writers at once ------------------------------------------------------------------------------


def _together(count: int, work: Any) -> tuple[Counter[str], list[str]]:
    """Run `work(n)` in `count` threads that start at once; what each one came to."""
    outcomes: Counter[str] = Counter()
    errors: list[str] = []
    gate, lock = threading.Barrier(count), threading.Lock()

    def run(number: int) -> None:
        try:
            gate.wait()
            work(number)
            outcome = "done"
        except Conflict:
            outcome = "conflict"
        except Exception as error:
            outcome = "error"
            with lock:
                errors.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()
        with lock:
            outcomes[outcome] += 1

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes, errors


def race(rounds: str, writers: str) -> dict[str, Any]:
    """Writers with the same open form: a member's event, a profile, an organisation's name, a correction."""
    lost: list[str] = []
    every: list[str] = []
    for number in range(int(rounds)):
        member, cell = Member.objects.get(code="M1"), Organisation.objects.get(code="PA1")
        day = date(2016, 1, 1) + timedelta(days=number)
        event = transfer_there_and_back(number)

        def work(n: int, number: int = number, member: Any = member, cell: Any = cell, day: date = day,
                 event: Any = event) -> None:  # fmt: skip
            kind = number % 4
            if kind == 0:
                change = {"workplace": f"{number}-{n}"}
                amend_details(
                    member, change, since=day, reason="", by=None, expected_version=member.row_version
                )
            elif kind == 1:
                rename(cell, on=day, name=f"{number}-{n}", by=None, expected_version=cell.row_version)
            elif kind == 2:
                flag = "exempted" if number % 8 == 2 else "exemption_ended"
                draft = EventDraft(member, flag, on=day)
                record_event(draft, by=None, expected_version=member.row_version)
            else:
                draft = EventDraft(event.member, "transferred", on=event.on, organisation=event.organisation)
                correct_event(event, draft, reason=str(n), by=None)

        outcomes, errors = _together(int(writers), work)
        every += errors
        if outcomes["done"] != 1 or outcomes["conflict"] != int(writers) - 1:
            lost.append(f"round {number}: {dict(outcomes)}")
    return {"not_exactly_one": lost, "errors": every, **judge()}


def transfer_there_and_back(number: int) -> Any:
    """A fresh transfer of M3 whose correction the writers of this round want."""
    if number % 4 != 3:
        return None
    member = Member.objects.get(code="M3")
    to = next(c for c in ("PB1", "PB2") if c != member.organisation.code)
    return transfer(member, to=_cell(to), on=date(2020, 1, 1) + timedelta(days=number), by=None)


def crowd(writers: str, each: str) -> dict[str, Any]:
    """Many writers, each with acts of its own; nobody may hear of a lock."""

    def work(n: int) -> None:
        for number in range(int(each)):
            enter_member(MemberDraft(f"T{n}-{number}", {"full_name": f"Người {n} {number}"}), by=None)

    before = LedgerEntry.objects.count()
    outcomes, errors = _together(int(writers), work)
    ids = list(LedgerEntry.objects.order_by("id").values_list("id", flat=True))
    return {
        "outcomes": dict(outcomes),
        "errors": errors,
        "written": LedgerEntry.objects.count() - before,
        "gaps": [n for n, i in enumerate(ids, start=1) if n != i],
        "broken_at": verify_chain().broken_at,
        "people": Member.objects.filter(code__startswith="T").count(),
    }


PARTS = {
    f.__name__: f
    for f in (make, mark_demo, read_and_write, kill, judge, dump, flips, refusals, busy, race, crowd)
} | {
    f.__name__: f
    for f in (papers.issue, papers.keep_files, papers.files, papers.spoil_files, work.begin_work)
}

if __name__ == "__main__":
    print(json.dumps(PARTS[sys.argv[1]](*sys.argv[2:]), ensure_ascii=False, default=str))
