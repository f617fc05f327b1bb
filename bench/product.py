"""The product as its user meets it: from nothing to report, second start, pages, report pack, memory of the server.

    python -m bench.product

Works in a scratch data folder; the demo district is loaded afresh. Server time of a page is measured inside the process
(median of 5 after one warm-up); queries are counted.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORT = 8765
BARS = {
    "first": 60.0,
    "second": 3.0,
    "overview": 100.0,
    "page": 150.0,
    "queries": 15,
    "pack": 3.0,
    "memory": 250.0,
}


def main() -> int:
    """Measure everything once; returns 1 when a bar is missed."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"TONGKET_DATA_DIR": folder, "PYTHONPATH": str(ROOT)}
        missed = _first_start(environment, folder)
        missed |= _second_start(environment, folder)
        inside = [sys.executable, "-m", "bench.product_inside"]
        missed |= subprocess.run(inside, env=environment, cwd=ROOT, check=False).returncode != 0
    return int(missed)


def report(what: str, value: float, bar: float, unit: str) -> bool:
    """Print one measured value beside its bar; True when missed."""
    missed = value > bar
    print(f"{what:<46} {value:9.1f} {unit:<3} bar {bar:g}{'   MISSED' if missed else ''}", flush=True)
    return missed


def _run(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tongket.cli", *arguments]


def _first_start(environment: dict[str, str], folder: str) -> bool:
    started = time.monotonic()
    subprocess.run(_run("--no-serve"), env=environment, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return report("demo from nothing to report files", time.monotonic() - started, BARS["first"], "s")


def _second_start(environment: dict[str, str], folder: str) -> bool:
    started = time.monotonic()
    server = subprocess.Popen(
        _run("--port", str(PORT)),
        env=environment,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=1).read()
                break
            except urllib.error.URLError:
                if time.monotonic() - started > 60:
                    raise
                time.sleep(0.02)
        missed = report("second start to serving", time.monotonic() - started, BARS["second"], "s")
        return missed | report("memory of the server's processes", _memory(server.pid), BARS["memory"], "MB")
    finally:
        os.killpg(server.pid, signal.SIGINT)
        server.wait(timeout=20)


def _memory(parent: int) -> float:
    """Proportional set size of the process and its children in MB (shared pages counted once)."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return sum(_pss(int(pid)) for pid in [parent, *map(int, children)])


def _pss(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    sys.exit(main())
