"""Two hundred people at the door: four phones check them in at the real server, at the pace of the door and flat out.

    python -m bench.checkin [--demo FOLDER] [--pace SECONDS]

The bar is for the pace of the issue: 200 in ten minutes from four phones is one every twelve seconds a phone; the run
uses two seconds, six times that. At full speed every phone sends the next number as soon as it has the answer. Two
baselines in the same run: a page that writes nothing, at the same pace (what the machine itself takes), and marking by
the manual list, whose answer is the whole list. `--demo` names a data folder
with the demo already loaded (it is copied, not changed).
"""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

from bench.product import report

ROOT = Path(__file__).resolve().parent.parent
PORT = 8767
PHONES, EACH = 4, 50
BAR_MS = 200.0
PASSWORD = "ban-diem-danh-thu-nghiem-7"  # noqa: S105  # of a scratch folder
USERS = [f"cua-{number}" for number in range(1, PHONES + 1)]
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def main() -> int:
    """Measure once; returns 1 when the bar is missed."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--demo", type=Path)
    asked.add_argument("--pace", type=float, default=2.0)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        environment = os.environ | {"TONGKET_DATA_DIR": str(data), "PYTHONPATH": str(ROOT)}
        if given.demo:
            shutil.copytree(given.demo, data)
        else:
            _cli(environment, folder, "--no-serve")
        made = subprocess.run(
            [sys.executable, "-m", "bench.checkin_inside"],
            env=environment,
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        rounds = json.loads(made.stdout.splitlines()[-1])
        return _served(environment, folder, rounds, given.pace)


def _cli(environment: dict[str, str], folder: str, *arguments: str) -> None:
    command = [sys.executable, "-m", "tongket.cli", *arguments]
    subprocess.run(command, env=environment, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def _served(environment: dict[str, str], folder: str, rounds: dict[str, int], pace: float) -> int:
    command = [sys.executable, "-m", "tongket.cli", "--port", str(PORT)]
    server = subprocess.Popen(
        command, env=environment, cwd=folder, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait(server)
        print(f"{PHONES} phones, {EACH} people each; numbers in ms")
        missed = _round(f"number, one every {pace:g} s a phone", rounds["paced"], "number", pace, BAR_MS)
        _round("number, flat out", rounds["flat"], "number", 0, BAR_MS)
        _round("baseline: the login page, which writes nothing, at the same pace", 0, "nothing", pace, BAR_MS)
        _round("baseline: manual list, flat out", rounds["list"], "list", 0, BAR_MS)
        return int(missed)
    finally:
        os.killpg(server.pid, signal.SIGINT)
        server.wait(timeout=20)


def _round(what: str, conference: int, how: str, pace: float, bar: float) -> bool:
    phones = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.checkin_phone", how, str(conference), str(phone), str(pace)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for phone in range(PHONES)
    ]
    # All are logged in before the first person comes: hashing four passwords is not part of what is measured.
    for phone in phones:
        assert phone.stdout is not None
        phone.stdout.readline()
    started = time.monotonic()
    took: list[float] = []
    good = 0
    answers = _answers(phones)
    for place in range(PHONES):
        answer = json.loads(answers[place])
        took += answer["took"]
        good += answer["good"]
    took.sort()
    print(
        f"{what}: {good} of {len(took)} checked in, {len(took) / (time.monotonic() - started):.1f} a second"
    )
    report("  p50", took[len(took) // 2] * 1000, bar, "ms")
    return report("  p99", took[int(len(took) * 0.99)] * 1000, bar, "ms") or good < len(took)


def _answers(phones: list[subprocess.Popen[bytes]]) -> list[bytes]:
    """Let all start at once; what each printed last."""
    for phone in phones:
        assert phone.stdin is not None
        phone.stdin.write(b"go\n")
        phone.stdin.flush()
    return [phone.communicate(timeout=900)[0].splitlines()[-1] for phone in phones]


def _wait(server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while True:
        # Another server may be answering at the address: it is not the one measured.
        if server.poll() is not None:
            raise RuntimeError(f"the server stopped while starting; is port {PORT} taken?")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=15).read()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


class Phone:
    """A browser of one who stands at the door."""

    def __init__(self, user: str = "") -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        if not user:
            return
        login = "/tai-khoan/dang-nhap/"
        token = self.token(login)
        self.post(login, {"csrfmiddlewaretoken": token, "login": user, "password": PASSWORD})

    def get(self, path: str) -> str:
        """A page."""
        return str(self.opener.open(f"http://127.0.0.1:{PORT}{path}", timeout=60).read().decode())

    def token(self, path: str) -> str:
        """The form token of a page."""
        found = _TOKEN.search(self.get(path))
        if found is None:
            raise RuntimeError(f"no form at {path}")
        return found[1]

    def post(self, path: str, values: dict[str, str], htmx: bool = False) -> str:
        """Send a form."""
        address = f"http://127.0.0.1:{PORT}{path}"
        headers = {"Referer": address} | ({"HX-Request": "true"} if htmx else {})
        request = urllib.request.Request(address, urlencode(values).encode(), headers)
        return str(self.opener.open(request, timeout=60).read().decode())


if __name__ == "__main__":
    # Ended from outside, the server that was started is ended too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())
