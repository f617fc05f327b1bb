"""The facts of the demo district (about 71,000) in each carrier, the signed package, and the check of it.

    python -m bench.exchange [--rounds 3] [--data FOLDER] [--arelle]

The demo is loaded afresh into a scratch folder unless `--data` names one that holds it. Times are those of the whole
answer, from the records to the bytes, as a click on the report page pays them; "written" is the writing alone. The
baseline of the open JSON is what the standard library gives for the same dataclasses. With `--arelle` the reference
reader judges the XBRL files (scripts/arelle.sh).
"""

import argparse
import dataclasses
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench.product import report

ROOT = Path(__file__).resolve().parent.parent
#: Seconds, MB.
WHOLE = {"docx": 4.0, "xlsx": 2.0, "pdf": 7.0, "json": 2.0, "csv": 2.5, "xbrl": 3.0, "zip": 10.0}
WRITTEN = {"json": 1.0, "csv": 1.0, "xbrl": 2.0}
VERIFY, MEMORY, ARELLE = 5.0, 500.0, 30.0


def main() -> int:
    """Run in a process of its own. Returns 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--data", type=Path, help="a data folder with the demo in it")
    parser.add_argument("--arelle", action="store_true")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return int(measure(options.rounds, with_arelle=options.arelle))
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        folder = str(options.data or scratch)
        env = {**os.environ, "TONGKET_DATA_DIR": folder, "TONGKET_DEBUG": "0", "PYTHONPATH": str(ROOT)}
        env.pop("DATABASE_URL", None)
        if options.data is None:
            demo = [sys.executable, "-m", "tongket.cli", "--no-serve"]
            subprocess.run(demo, env=env, cwd=scratch, check=True, stdout=subprocess.DEVNULL)
        inside = [sys.executable, "-m", "bench.exchange", "--inside", "--rounds", str(options.rounds)]
        inside += ["--arelle"] if options.arelle else []
        return subprocess.run(inside, env=env, cwd=ROOT, check=False).returncode


def measure(rounds: int, *, with_arelle: bool) -> bool:
    """Time everything on the demo, in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongket.settings")
    import django

    django.setup()
    from django.utils import timezone

    from tongket.core.periods import parse_period
    from tongket.organisations.queries import by_code
    from tongket.reports.exchange.package import facts_json
    from tongket.reports.facts import gather
    from tongket.reports.layer.model import sheet_of
    from tongket.reports.layer.table import facts_csv
    from tongket.reports.layer.xbrl import xbrl_files
    from tongket.reports.pack import build_pack

    district, period = by_code("QS"), parse_period("2023")
    sheet = sheet_of(gather(district, period), made_at=timezone.now())
    print(f"{len(sheet.facts)} facts", flush=True)
    missed = False
    writers: dict[str, Callable[[], Any]] = {
        "json": lambda: facts_json(sheet), "csv": lambda: facts_csv(sheet), "xbrl": lambda: xbrl_files(sheet)
    }  # fmt: skip
    for kind, write in writers.items():
        missed |= _timed(f"{kind} written", write, rounds, WRITTEN[kind])
    _timed("   baseline: json.dumps(asdict(sheet))", lambda: json.dumps(dataclasses.asdict(sheet)), 1, 99.0)
    sizes = {}
    for kind, bar in WHOLE.items():
        ask = partial(build_pack, district, period, kinds=(kind,))
        missed |= _timed(f"{kind} whole", lambda ask=ask: sizes.update(ask()), rounds, bar)
    for name, content in sizes.items():
        print(f"   {name:<43} {len(content) / 2**20:9.1f} MB", flush=True)
    missed |= _check(next(content for name, content in sizes.items() if name.endswith("2023.zip")), rounds)
    return _judge(xbrl_files(sheet)) | missed if with_arelle else missed


def _check(package: bytes, rounds: int) -> bool:
    """In a process of its own, whose memory is then the check's."""
    code = "import sys; from bench.exchange import check; sys.exit(check())"
    ended = subprocess.run(
        [sys.executable, "-c", code], input=package, capture_output=True, cwd=ROOT, check=True
    )
    seconds, peak = map(float, ended.stdout.split())
    return report("verify-package", seconds, VERIFY, "s") | report(
        "   memory at its peak", peak, MEMORY, "MB"
    )


def check() -> int:
    """Check the package on standard input; print seconds and the peak of memory."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongket.settings")
    django.setup()
    from tongket.reports.exchange.verify import verify_package

    content = sys.stdin.buffer.read()
    started = time.perf_counter()
    is_good = verify_package(content).is_good
    took = time.perf_counter() - started
    print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return int(not is_good)


def _judge(files: dict[str, bytes]) -> bool:
    from tongket.reports.layer.xbrl import INSTANCE

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in files.items():
            (folder / file).write_bytes(content)
        run = [str(ROOT / ".venv-arelle/bin/arelleCmdLine"), "--file", str(folder / INSTANCE), "--plugins"]
        run += [
            "loadFromOIM",
            "--validate",
            "--validateDuplicateFacts",
            "inconsistent",
            "--internetConnectivity",
        ]
        run += ["offline", "--disablePersistentConfig", "--logFormat", "%(levelname)s|%(message)s"]
        started = time.perf_counter()
        said = subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()
        faults = [line for line in said if line.startswith(("ERROR|", "WARNING|", "INCONSISTENCY|"))]
        missed = report("Arelle: load and validate", time.perf_counter() - started, ARELLE, "s")
    return report("   errors and warnings", len(faults), 0, "") | missed


def _timed(what: str, call: Callable[[], Any], rounds: int, bar: float) -> bool:
    """The median of the rounds by the clock, which others on the machine share, beside the processor's time."""
    clock, spent = [], []
    for _ in range(rounds):
        before, started = _processor(), time.perf_counter()
        call()
        clock.append(time.perf_counter() - started)
        spent.append(_processor() - before)
    return report(f"{what} (processor {statistics.median(spent):.1f} s)", statistics.median(clock), bar, "s")


def _processor() -> float:
    """Seconds of the processor that this process and its ended children have used."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    sys.exit(main())
