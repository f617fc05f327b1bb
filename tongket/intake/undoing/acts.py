"""Taking an import back: what it wrote is voided, what it put aside is recorded anew, derived state follows.

Nothing is lost: the register as known in between still reads as it did.
"""

from typing import Any

from tongket.audit.acts import Act, act
from tongket.audit.records import chunks, written_reason
from tongket.audit.room import room_for_many
from tongket.core.problems import Conflict, Problem, refuse_if_any
from tongket.intake.kinds import KINDS
from tongket.intake.models import ImportBatch
from tongket.intake.undoing.built import Built, built_on, refusals
from tongket.intake.undoing.written import Written, hits, moment_of, recorded_models, written_at
from tongket.matching.models import SuspectedPair
from tongket.members import derive
from tongket.organisations import tree
from tongket.organisations.models import OrganisationAct
from tongket.organisations.queries import visible_to

_GONE = "Lần nhập này chưa ghi, hoặc đã được hoàn tác. Mở lại trang để xem hiện trạng."


def standing_in_the_way(batch: ImportBatch, by: Any) -> tuple[list[Problem], list[Built]]:
    """Why an import cannot be taken back by this user now: what is not the user's, what was built on it since."""
    written = written_at(moment_of(batch))
    return _beyond(batch, written, by), built_on(written)


@room_for_many()
def undo(batch: ImportBatch, *, reason: str, by: Any) -> ImportBatch:
    """Take an import back whole, as one act.

    Raises `Refused` with everything that was built on it since (then nothing is changed), or where the user may not
    write to all its books; `Conflict` when it was taken back already. `by` None: the system's own command line.
    """
    said = written_reason(reason, ask="Hãy ghi vì sao hoàn tác.")
    with act("intake.undo", by=by, origin="undo", subject=batch) as current:
        row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if row.committed_at is None or row.undone_at is not None:
            raise Conflict(_GONE)
        written = written_at(moment_of(row))
        refuse_if_any([*_beyond(row, written, by), *refusals(built_on(written))])
        back = _take_back(written, said, current)
        row.undone_at, row.undone_by, row.undo_reason = current.at, by, said
        row.save(update_fields=["undone_at", "undone_by", "undo_reason"])
        current.note(file=row.file_name, voided=written.count, restored=back, reason=said)
    return row


def _beyond(batch: ImportBatch, written: Written, by: Any) -> list[Problem]:
    """Books that the user does not keep (any more)."""
    if by is None:
        return []
    verb = KINDS[batch.kind].sheets[0].verb
    mine = set(visible_to(by, verb).values_list("pk", flat=True))
    if written.organisations - mine:
        said = (
            "Tệp đã ghi vào sổ của tổ chức ngoài phạm vi được giao hiện nay. Đề nghị quản trị hệ thống hoàn tác lần "
            f"nhập số {batch.pk}, hoặc giao lại nhiệm vụ."
        )
        return [Problem("reason", said)]
    return []


def _take_back(written: Written, reason: str, current: Act) -> int:
    gone = {"voided_at": current.at, "voided_by": current.by, "void_reason": reason}
    for model, rows in written.rows.items():
        for part in chunks(row.pk for row in rows):
            model._default_manager.filter(pk__in=part, voided_at__isnull=True).update(**gone)
    aside = hits((model, _put_aside(model, written)) for model in recorded_models())
    restored = sum(_restore(model, written, current) for model in aside)
    pairs = SuspectedPair.objects
    for part in chunks(written.entered):
        pairs.filter(one__in=part).delete()
        pairs.filter(other__in=part).delete()
    if OrganisationAct in written.rows:
        tree.refresh(current.at, current.by)
    derive.refresh(sorted(written.people), current.at)
    return restored


def _put_aside(model: type[Any], written: Written) -> Any:
    return model._default_manager.filter(voided_at=written.at, recorded_at__lt=written.at)


def _restore(model: type[Any], written: Written, current: Act) -> int:
    """Record anew what the import voided: a record that is put aside is never taken up again itself."""
    rows = list(_put_aside(model, written).order_by("pk"))
    for row in rows:
        row.pk = None
        row.voided_at, row.voided_by, row.void_reason = None, None, ""
        row.recorded_at, row.recorded_by = current.at, current.by  # where it came from stays
    model._default_manager.bulk_create(rows, batch_size=500)
    return len(rows)
