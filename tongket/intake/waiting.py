"""A workbook that waits for its owner's word: rehearsed against the books as they are, or brought in."""

from tongket.intake.door.package import sizes
from tongket.intake.models import ImportBatch
from tongket.intake.rehearse import Rehearsal, commit, rehearse

#: Bytes of cells beyond which a file takes longer than a page may: about 15,000 people in forty columns.
LARGE = 15_000_000
_CELLS = ("xl/worksheets/", "content.xml")


def rehearsed(batch: ImportBatch, *, revealed: bool = False) -> Rehearsal:
    """What bringing it in would do now, with the people its owner pointed out. Raises `BadWorkbook`."""
    return rehearse(
        batch.kind,
        bytes(batch.content or b""),
        by=batch.uploaded_by,
        file_name=batch.file_name,
        people=batch.people,
        revealed=revealed,
    )


def bring_in(batch: ImportBatch) -> ImportBatch:
    """Write it and let the waiting one go, in one act. Raises `ImportRefused`, `BadWorkbook`, `Conflict`."""
    return commit(
        batch.kind,
        bytes(batch.content or b""),
        by=batch.uploaded_by,
        file_name=batch.file_name,
        people=batch.people,
        waiting=batch,
    )


def is_large(content: bytes) -> bool:
    """Whether a file is read in a process of its own. A file that is no workbook is not: it is refused at once."""
    if not content.startswith(b"PK"):
        return len(content) > LARGE
    return sum(size for name, size in sizes(content).items() if name.startswith(_CELLS)) > LARGE
