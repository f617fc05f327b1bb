"""The records behind a figure as a user may read them: the one rule for the page, its workbook and other programs."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.figures.masking import guards_of, open_rows
from tongket.figures.records import records
from tongket.figures.sealing import counts_sealed
from tongket.figures.types import Child, RecordList
from tongket.indicators.catalogue import INDICATORS, depends_on
from tongket.indicators.model import Indicator
from tongket.indicators.sources import SOURCES
from tongket.ui.context import ViewContext
from tongket.web.rights import verbs_at


@dataclass(frozen=True, slots=True)
class Access:
    """Whether the records may be listed, and if not, why."""

    granted: bool
    reason: str = ""


def access_to(view: ViewContext, declared: Indicator) -> Access:
    """Records are listed to whoever may read their source at the organisation; of sensitive figures, with the duty."""
    verbs = {SOURCES[INDICATORS[id].formula.source].read for id in depends_on(declared.id)}  # type: ignore[union-attr]
    if declared.sensitive:
        verbs.add("member.sensitive")
    if not verbs <= verbs_at(view.user, view.organisation):
        return Access(
            False,
            _(
                "Bạn xem được con số; danh sách hồ sơ đứng sau nó chỉ dành cho người được giao nhiệm vụ tương ứng."
            ),
        )
    return Access(True)


def _records(
    view: ViewContext,
    declared: Indicator,
    branch: Child | None,
    offset: int,
    limit: int | None,
    listed_at: datetime | None,
) -> RecordList:
    if declared.sensitive:
        log_reading(
            "figure.records",
            by=view.user,
            subject=view.organisation,
            organisation=view.organisation,
            indicator=declared.id,
            period=view.period.code,
        )
    return records(
        declared.id,
        view.organisation,
        view.period,
        as_at=view.as_at,
        as_known_at=view.as_known_at or listed_at,
        child=branch.id if branch else None,
        offset=offset,
        limit=limit,
    )


def open_records(
    view: ViewContext,
    declared: Indicator,
    branch: Child | None,
    offset: int = 0,
    limit: int | None = None,
    *,
    listed_at: datetime | None = None,
) -> tuple[RecordList, int]:
    """A page of the records, and how many sealed ones not open to the user the figure counts.

    Where the figure counts them (`figures.sealing`) they are said to be there, but neither named nor dated.
    `listed_at` holds a list that is read in several requests at the moment of the first, so that none of its rows
    moves while others are recorded; unlike `view.as_known_at` it asks no other question.
    """
    if not guards_of(INDICATORS, declared):
        return _records(view, declared, branch, offset, limit, listed_at), 0
    every = _records(view, declared, branch, 0, None, listed_at)
    rows = open_rows(view.user, every.rows)
    page = rows[offset:] if limit is None else rows[offset : offset + limit]
    place = (view.organisation, view.period, view.as_at, view.as_known_at)
    counted = branch is None and counts_sealed(view.user, *place, declared, INDICATORS)
    sealed = len(every.rows) - len(rows) if counted else 0
    return RecordList(len(rows) + sealed, every.total_amount, tuple(page)), sealed
