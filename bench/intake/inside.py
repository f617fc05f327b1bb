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


def main(file: Path, *, write: bool, alone: bool) -> int:
    """Rehearse, and with `write` commit (with `alone` nothing before it, so that the memory is its own)."""
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
    if not alone:
        _take(told, "read", lambda: open_workbook(content))
        rehearsal = _take(
            told, "rehearsed", lambda: rehearse("members", content, by=None, file_name=file.name)
        )
        told["cells"] = sorted({f.cell for f in rehearsal.errors})
        if not write:
            _take(told, "returned", lambda: returned(content, file.name, rehearsal))
    if write:
        _take(told, "committed", lambda: commit("members", content, by=None, file_name=file.name))
    told["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(told))
    return 0


def _take(told: dict[str, Any], name: str, work: Any) -> Any:
    """Do it and note the time that passed and the processor's own, children's included."""
    start, own = time.perf_counter(), _processor()
    answer = work()
    told[name], told[f"{name}_cpu"] = time.perf_counter() - start, _processor() - own
    return answer


def _processor() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


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
    sys.exit(main(Path(sys.argv[1]), write="--commit" in sys.argv, alone="--alone" in sys.argv))
