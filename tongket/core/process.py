"""Heavy work in processes of their own: the server stays small, and a crash or a limit ends only the child."""

import subprocess  # nosec B404  # our own interpreter, a list, no shell
import sys
from pathlib import Path

import tongket

#: Longer than any child's own limit of processor time, for a machine that is busy with other work.
WAIT_SECONDS = 60

_ROOT = str(Path(tongket.__file__).resolve().parent.parent)
# Isolated mode ignores the environment and the current folder; the path to this very code is put back by hand.
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from importlib import import_module; "
    "sys.exit(import_module(sys.argv[2]).main())"
)


def run(module: str, sent: bytes) -> subprocess.CompletedProcess[bytes]:
    """Run `main()` of one of our modules on `sent` and return how it ended and what it wrote.

    The child has no environment of ours (no secret, no database) and works in no folder of ours.
    Raises `subprocess.TimeoutExpired`.
    """
    return subprocess.run(  # noqa: S603  # nosec B603
        [sys.executable, "-I", "-c", _START, _ROOT, module],
        input=sent,
        capture_output=True,
        env={"LANG": "C.UTF-8", "PATH": ""},
        cwd="/",
        timeout=WAIT_SECONDS,
        check=False,
    )


def run_checked(module: str, sent: bytes) -> bytes:
    """What the child wrote. Raises RuntimeError with the end of its error output when it failed."""
    ended = run(module, sent)
    if ended.returncode != 0:
        raise RuntimeError(f"{module} failed: {ended.stderr.decode(errors='replace')[-2000:]}")
    return ended.stdout
