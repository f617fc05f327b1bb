"""The long readings under way in this server: one at a time, each in a process of its own, their ends kept a while."""

import json
import os
import pickle  # nosec B403  # between our own processes
import subprocess  # nosec B404  # our own interpreter, a list, no shell
import sys
import threading
import time
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tongket
from tongket.intake.rehearse import Rehearsal

#: The stages in their order, as the page lists them.
STAGES = ("open", "rows", "match", "judge", "write")
FRESH_SECONDS = 15 * 60
_KEPT = 4
_ROOT = str(Path(tongket.__file__).resolve().parent.parent)


@dataclass
class Work:
    """One reading: how far it is, and what came of it. `end`: "" while it runs; "failed" when nobody foresaw it."""

    batch: int
    owner: int
    commit: bool = False
    stage: str = ""  # "" while another file is being read
    done: int = 0
    of: int = 0
    end: str = ""
    why: str = ""
    told: Rehearsal | None = None
    written: int = 0
    began: float = field(default_factory=time.monotonic)
    ended: float = 0.0

    @property
    def percent(self) -> int:
        """Of the whole, as far as can be said: every stage the same part."""
        stages = STAGES if self.commit else STAGES[:-1]
        if self.stage not in stages:
            return 0
        within = self.done / self.of if self.of else 0.0
        return int(100 * (stages.index(self.stage) + within) / len(stages))

    @property
    def seconds(self) -> int:
        """For how long it has run."""
        return int((self.ended or time.monotonic()) - self.began)

    def hear(self, said: dict[str, Any]) -> None:
        """Take a line of the process."""
        if "stage" in said:
            self.stage, self.done, self.of = said["stage"], said["done"], said["of"]
            return
        if "told" in said:
            self.told = pickle.loads(b64decode(said["told"]))  # noqa: S301  # nosec B301  # our own child
        self.why, self.written = said.get("why", ""), said.get("batch", 0)
        self.ended = time.monotonic()
        self.end = said["end"]


_works: dict[int, Work] = {}
_registry, _one_at_a_time = threading.Lock(), threading.Lock()


def of(batch: int, owner: int) -> Work | None:
    """The reading of a user's waiting workbook, under way or ended not long ago."""
    work = _works.get(batch)
    if work is None or work.owner != owner:
        return None
    if work.end and time.monotonic() - work.ended > FRESH_SECONDS:
        return None
    return work


def begin(batch: int, owner: int, *, commit: bool = False) -> Work:
    """Start reading, unless it is being read already."""
    with _registry:
        work = _works.get(batch)
        if work is not None and work.owner == owner and not work.end:
            return work
        work = _works[batch] = Work(batch, owner, commit)
        ended = sorted((w for w in _works.values() if w.end), key=lambda w: w.ended)
        for old in ended[: max(0, len(_works) - _KEPT)]:
            del _works[old.batch]
    launch(work)
    return work


def forget(batch: int) -> None:
    """What was said holds no longer: other columns, or no file any more."""
    with _registry:
        if (work := _works.get(batch)) is not None and work.end:
            del _works[batch]


def _in_a_thread(work: Work) -> None:
    threading.Thread(target=_run, args=(work,), name=f"intake-{work.batch}", daemon=True).start()


#: How a reading is started; tests, whose database no other process sees, read at once.
launch: Callable[[Work], None] = _in_a_thread


def _run(work: Work) -> None:
    try:
        with _one_at_a_time:
            work.stage = STAGES[0]
            _listen(work)
    finally:
        if not work.end:
            work.hear({"end": "failed"})


def _listen(work: Work) -> None:
    command = [sys.executable, "-m", "tongket.intake.large.child", str(work.batch)]
    child = subprocess.Popen(  # noqa: S603  # nosec B603
        [*command, "commit"] if work.commit else command,
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": _ROOT},
        cwd=_ROOT,
        text=True,
    )
    with child:
        for line in child.stdout or ():
            work.hear(json.loads(line))
