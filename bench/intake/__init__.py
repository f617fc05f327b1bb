"""A register of 3,724 people × 40 columns with twenty planted errors: found, at which address, in what time.

    python -m bench.intake [--rounds 3] [--large] [--no-peers]

Each measure runs in a process of its own on a database of its own (`DATABASE_URL` names a PostgreSQL to use instead:
one that may be filled). "read" is the door alone; "rehearsed" is from the bytes to every finding; "committed" is the
sound file from the bytes to history and ledger. Beside the time that passed stands the processor's own, which other
work on the machine does not stretch; where the machine is busy, that one is held against the bar. `--large` adds
100,000 rows.

The baseline of the same run, in the same turns: django-import-export (bulk mode) and frictionless read the very same
files with the rules that they can say themselves, in `.venv-peers`, which is made when it is missing (`peers.py`).
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.intake.peers import python as peers_python
from bench.intake.planted import ROWS, sound, with_errors

ROOT = Path(__file__).resolve().parent.parent.parent
#: Seconds; MB.
REHEARSED, COMMITTED, LARGE, MEMORY, TIMES = 1.0, 2.0, 30.0, 1000.0, 10.0
PEERS = {"django-import-export": "peer_import_export.py", "frictionless": "peer_frictionless.py"}
Runs = list[dict[str, Any]]


def main() -> int:
    """Returns 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--no-peers", action="store_true", help="only ours")
    options = parser.parse_args()
    python = None if options.no_peers else peers_python()
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        folder = Path(scratch)
        planted = with_errors(folder / "sai.xlsx", ROWS)
        sound(folder / "dung.xlsx", ROWS)
        told: Runs = []
        done: Runs = []
        others: dict[str, Runs] = {name: [] for name in PEERS} if python else {}
        # In turns, so that what else the machine does falls on all alike.
        for _ in range(options.rounds):
            told.append(_inside(folder, "sai.xlsx"))
            done.append(_inside(folder, "dung.xlsx", "--commit"))
            for name in others:
                others[name].append(_peer(str(python), PEERS[name], folder))
        passed = _ours(told, done, planted)
        for name, runs in others.items():
            passed &= _beside(name, runs, told, done, planted)
        if options.large:
            passed &= _large(folder)
    return 0 if passed else 1


def _ours(told: Runs, done: Runs, planted: set[str]) -> bool:
    found = set(told[0]["cells"])
    memory = max(run["memory"] for run in (*told, *done))
    passed = planted <= found and memory < MEMORY
    for what, runs, bar in (
        ("read", told, None),
        ("rehearsed", told, REHEARSED),
        ("committed", done, COMMITTED),
        ("returned", told, None),
    ):
        passed &= _told(f"{ROWS} rows {what}", runs, what, bar)
    print(f"{'memory':<32} {memory:6.0f} MB  bar {MEMORY:.0f} MB")
    print(
        f"{'planted errors':<32} {len(planted & found)} of {len(planted)} at their address, "
        f"{len(found - planted)} others"
    )
    for cell in sorted(planted - found):
        print(f"  not found: {cell}")
    return passed


def _told(line: str, runs: Runs, what: str, bar: float | None) -> bool:
    """Print a measure beside its bar; whether it is met."""
    passed, own = _median(runs, what), _median(runs, f"{what}_cpu")
    missed = bar is not None and min(passed, own) >= bar
    said = f"  bar {bar:.0f} s{'   MISSED' if missed else ''}" if bar else ""
    print(f"{line:<32} {passed:6.2f} s  (processor {own:.2f} s){said}", flush=True)
    return not missed


def _large(folder: Path) -> bool:
    sound(folder / "lon.xlsx", 100_000)
    run = _inside(folder, "lon.xlsx")
    passed = _told("100,000 rows rehearsed", [run], "rehearsed", LARGE)
    print(f"{'memory':<32} {run['memory']:6.0f} MB  bar {MEMORY:.0f} MB")
    run = _inside(folder, "lon.xlsx", "--commit", "--alone")
    _told("100,000 rows committed", [run], "committed", None)
    print(f"{'memory':<32} {run['memory']:6.0f} MB")
    return passed and bool(run["memory"] < MEMORY)


def _beside(name: str, runs: Runs, told: Runs, done: Runs, planted: set[str]) -> bool:
    """The baseline of the same run, and how many times ours it takes."""
    found = set(runs[0]["cells"])
    judged = _median(runs, "judged_cpu") / _median(told, "rehearsed_cpu")
    _told(f"{name}: judged", runs, "judged", None)
    print(f"  {judged:.1f} times ours; {len(planted & found)} of {len(planted)} planted at their address")
    if "saved" not in runs[0]:
        return True
    # What an import is to its user: first told what is wrong, then written.
    ours = _median(told, "rehearsed_cpu") + _median(done, "committed_cpu")
    times = (_median(runs, "judged_cpu") + _median(runs, "saved_cpu")) / ours
    alone = _median(runs, "saved_cpu") / _median(done, "committed_cpu")
    _told(f"{name}: saved", runs, "saved", None)
    missed = "" if times >= TIMES else "   MISSED"
    print(f"  {alone:.1f} times ours; judged and saved {times:.1f} times ours, bar {TIMES:.0f}{missed}")
    return times >= TIMES


def _peer(python: str, script: str, folder: Path) -> dict[str, Any]:
    files = [str(folder / name) for name in ("sai.xlsx", "dung.xlsx")]
    with tempfile.TemporaryDirectory(prefix="bench-db-") as data:
        command = [python, str(Path(__file__).with_name(script)), *files, f"{data}/peer.sqlite3"]
        done = subprocess.run(command, capture_output=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _inside(folder: Path, file: str, *more: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="bench-db-") as data:
        env = {**os.environ, "TONGKET_DATA_DIR": data, "TONGKET_DEBUG": "0", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "bench.intake.inside", str(folder / file), *more]
        done = subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _median(runs: Runs, name: str) -> float:
    return statistics.median(run[name] for run in runs)
