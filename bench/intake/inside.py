"""One measure in a process of its own: `python -m bench.intake.inside FILE [--commit]` answers in a line of JSON."""

import json
import os
import resource
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from bench.intake.planted import CELLS


def main(file: Path, *, write: bool) -> int:
    """Rehearse, and with `write` commit."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongket.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _organisations()
    from tongket.intake.rehearse import commit, rehearse
    from tongket.intake.returned import returned
    from tongket.intake.workbook import open_workbook

    content = file.read_bytes()
    told: dict[str, Any] = {}
    rehearse("targets", _tiny(), by=None)  # imports and first queries are no part of the measure
    told["read"] = _timed(lambda: open_workbook(content))[0]
    told["rehearsed"], rehearsal = _timed(lambda: rehearse("members", content, by=None, file_name=file.name))
    told["cells"] = sorted({f.cell for f in rehearsal.errors})
    told["first"] = [f.message for f in rehearsal.errors[:3]]
    if write:
        told["committed"] = _timed(lambda: commit("members", content, by=None, file_name=file.name))[0]
    else:
        told["returned"] = _timed(lambda: returned(content, file.name, rehearsal))[0]
    told["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(told))
    return 0


def _timed(work: Any) -> tuple[float, Any]:
    start = time.perf_counter()
    answer = work()
    return time.perf_counter() - start, answer


def _tiny() -> bytes:
    from tongket.intake.kinds import KINDS
    from tongket.intake.templates import filled

    return filled(KINDS["targets"], {"Chỉ tiêu": []})


def _organisations() -> None:
    from tongket.intake.kinds import KINDS
    from tongket.intake.rehearse import commit
    from tongket.intake.templates import filled

    said = [("A", "Đảng bộ huyện A", "district_committee", ""), ("B", "Đảng bộ xã B", "grassroots_body", "A")]
    said += [(f"B.{n}", f"Chi bộ thôn {n}", "cell", "B") for n in range(1, CELLS + 1)]
    founded = {"act": "found", "on": date(2014, 1, 1)}
    rows = [founded | {"code": c, "name": n, "kind": k, "parent": p} for c, n, k, p in said]
    commit("organisations", filled(KINDS["organisations"], {"Tổ chức": rows}), by=None, file_name="a.xlsx")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), write="--commit" in sys.argv))
