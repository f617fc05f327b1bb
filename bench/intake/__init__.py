"""A register of 3,724 people × 40 columns with twenty planted errors: found, at which address, in what time.

    python -m bench.intake [--rounds 3] [--large] [--peers FOLDER]

Each measure runs in a process of its own on a database of its own. "read" is the door alone; "rehearsed" is from the
bytes to every finding; "committed" is the sound file from the bytes to history and ledger. `--large` adds 100,000 rows.
`--peers` names a folder with the virtual environments `v_dj` (Django, django-import-export[xlsx]) and `v_fric`
(frictionless[excel]); each reads the very same file with the rules that it can say itself.
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

from bench.intake.planted import ROWS, sound, with_errors

ROOT = Path(__file__).resolve().parent.parent.parent
#: Seconds; MB.
REHEARSED, COMMITTED, LARGE, MEMORY, TIMES = 1.0, 2.0, 30.0, 1000.0, 10.0
PEERS = {
    "django-import-export": ("v_dj", "peer_import_export.py"),
    "frictionless": ("v_fric", "peer_frictionless.py"),
}


def main() -> int:
    """Returns 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--peers", type=Path, help="a folder with the peers' virtual environments")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        folder = Path(scratch)
        planted = with_errors(folder / "sai.xlsx", ROWS)
        sound(folder / "dung.xlsx", ROWS)
        passed = _ours(folder, planted, options.rounds)
        passed &= not options.peers or _peers(folder, planted, options)
        passed &= not options.large or _large(folder)
    return 0 if passed else 1


def _ours(folder: Path, planted: set[str], rounds: int) -> bool:
    told = [_inside(folder, "sai.xlsx") for _ in range(rounds)]
    done = [_inside(folder, "dung.xlsx", "--commit") for _ in range(rounds)]
    found = set(told[0]["cells"])
    rehearsed, committed = _median(told, "rehearsed"), _median(done, "committed")
    memory = max(run["memory"] for run in (*told, *done))
    print(f"read        {_median(told, 'read'):6.2f} s")
    print(f"rehearsed   {rehearsed:6.2f} s  (bar {REHEARSED:.0f} s)")
    print(f"committed   {committed:6.2f} s  (bar {COMMITTED:.0f} s)")
    print(f"marked copy {_median(told, 'returned'):6.2f} s")
    print(f"memory      {memory:6.0f} MB (bar {MEMORY:.0f} MB)")
    print(
        f"planted     {len(planted & found)} of {len(planted)} at their address, {len(found - planted)} others"
    )
    for cell in sorted(planted - found):
        print(f"  not found: {cell}")
    return rehearsed < REHEARSED and committed < COMMITTED and planted <= found and memory < MEMORY


def _large(folder: Path) -> bool:
    sound(folder / "lon.xlsx", 100_000)
    run = _inside(folder, "lon.xlsx", "--commit")
    print(
        f"100,000 rows: read {run['read']:.1f} s, rehearsed {run['rehearsed']:.1f} s, "
        f"committed {run['committed']:.1f} s "
        f"(bar {LARGE:.0f} s), {run['memory']:.0f} MB"
    )
    return bool(run["committed"] < LARGE and run["memory"] < MEMORY)


def _peers(folder: Path, planted: set[str], options: Any) -> bool:
    """The baseline of the same run; a peer that is missing is said and passes."""
    ours = _median([_inside(folder, "dung.xlsx", "--commit") for _ in range(options.rounds)], "committed")
    passed = True
    for name, (environment, script) in PEERS.items():
        python = options.peers / environment / "bin" / "python"
        if not python.exists():
            print(f"{name}: no {python}")
            continue
        command = [
            str(python),
            str(Path(__file__).with_name(script)),
            str(folder / "sai.xlsx"),
            str(folder / "dung.xlsx"),
        ]
        runs = [
            json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
            for _ in range(options.rounds)
        ]
        found = set(runs[0]["cells"])
        line = f"{name:22} judged {_median(runs, 'judged'):6.2f} s, {len(planted & found)} of {len(planted)} planted"
        if "saved" in runs[0]:
            saved = _median(runs, "saved")
            line += f", saved {saved:.2f} s: {saved / ours:.1f} times ours (bar {TIMES:.0f})"
            passed &= saved / ours >= TIMES
        print(line)
    return passed


def _inside(folder: Path, file: str, *more: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="bench-db-") as data:
        env = {**os.environ, "TONGKET_DATA_DIR": data, "TONGKET_DEBUG": "0", "PYTHONPATH": str(ROOT)}
        env.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "bench.intake.inside", str(folder / file), *more]
        done = subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _median(runs: list[dict[str, Any]], name: str) -> float:
    return statistics.median(run[name] for run in runs)
