"""What must hold of any file whatever: an answer in words, nothing written, bounded time."""

import resource

from tongket.intake.door.page import BadWorkbook
from tongket.intake.rehearse import ImportRefused, commit, rehearse
from tongket.intake.returned import returned

#: Of the processor, with the processes that read the old formats: a busy machine makes no file worse.
SECONDS = 10.0


def judge(kind: str, name: str, content: bytes, *, marked: bool) -> str:
    """How the file ended: 'refused', 'errors' or 'fine'; `marked`: ask for the marked copy too, which takes a process.

    Raises AssertionError, or what nobody foresaw.
    """
    start = _processor()
    try:
        told = rehearse(kind, content, by=None, file_name=name)
    except BadWorkbook as error:
        assert len(str(error)) > 10, "a refusal says what to do"
        return "refused"
    finally:
        spent = _processor() - start
        assert spent < SECONDS, f"{spent:.1f} s"
    assert all(finding.message for finding in told.findings)
    if marked:
        assert returned(content, name, told)[:2] == b"PK"
    if told.ok:
        return "fine"
    try:
        commit(kind, content, by=None, file_name=name)
    except ImportRefused:
        return "errors"
    raise AssertionError("a file with errors was written")


def _processor() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
