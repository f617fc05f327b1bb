"""The process that rehearses or brings in one waiting workbook: `python -m tongket.intake.large.child KEY [commit]`.

Says how far it is in lines of JSON on standard output; the last line is the end. It runs beside the server with the
same settings, below it in priority, and gives its memory back when it is done.
"""

import json
import os
import pickle  # nosec B403  # between our own processes
import resource
import sys
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from typing import Any

MEMORY = 2 * 1024**3
_NICE = 5


def main(batch: int, *, commit: bool) -> int:
    """Print one line for each thing to say."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.nice(_NICE)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongket.settings")
    import django

    django.setup()
    work(batch, commit, _say)
    return 0


def _say(said: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def work(batch: int, commit: bool, say: Callable[[dict[str, Any]], None]) -> None:
    """Rehearse or commit a waiting workbook as its owner; `say` hears the stages and then the end."""
    from tongket.intake.large.telling import heard_by
    from tongket.intake.models import ImportBatch

    waiting = ImportBatch.objects.select_related("uploaded_by").get(pk=batch, committed_at=None)
    with heard_by(lambda stage, done, of: say({"stage": stage, "done": done, "of": of})):
        say(_end(waiting, commit))


def _end(waiting: Any, commit: bool) -> dict[str, Any]:
    from tongket.core.problems import Conflict
    from tongket.intake.rehearse import ImportRefused
    from tongket.intake.tables import NoHeader
    from tongket.intake.waiting import bring_in, rehearsed
    from tongket.intake.workbook import BadWorkbook

    try:
        if commit:
            return {"end": "written", "batch": bring_in(waiting).pk}
        return {"end": "told", "told": _packed(rehearsed(waiting))}
    except ImportRefused as refused:
        return {"end": "told", "told": _packed(refused.rehearsal)}
    except NoHeader:
        return {"end": "no header"}
    except (BadWorkbook, Conflict) as error:
        return {"end": "refused", "why": str(error)}


def _packed(told: Any) -> str:
    """Of a hundred thousand rows only those are kept of which a page has something to say."""
    changed = tuple(outcome for outcome in told.outcomes if outcome.changes)
    return b64encode(pickle.dumps(replace(told, outcomes=changed))).decode()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), commit="commit" in sys.argv[2:]))
