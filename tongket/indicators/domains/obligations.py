"""What was asked of organisations and whether it was done in full and on time ('đầy đủ, kịp thời').

Two days count: the day of handing out (source `handed`) and that of the first deadline (`obligations`). Shares are of
all that fell due by its first deadline; late and returned do not count as done on time, and an extension takes nothing
out of the count. All belong to the organisation that has to do them, but for what it asked of others itself.
"""

from collections.abc import Callable, Iterator
from functools import partial

from tongket.core import worklists as work

from ..family import family, parts_of_list
from ..model import Condition, Count, In, Indicator, Is, Ratio, Sum, Total

_task = partial(Indicator, domain="obligations", unit="nhiệm vụ", units_en="tasks")
_percent = partial(Indicator, domain="obligations", unit="%", units_en="%", decimals=2)
_KINDS = parts_of_list("kind", work.OBLIGATION_KIND)
_ON_TIME, _LATE = Is("outcome", "on_time"), Is("outcome", "late")
_DIRECTIVE = Is("from_directive", True)


def _handed(*conditions: Condition) -> Count:
    return Count("handed", "flow", conditions)


def _due(*conditions: Condition) -> Count:
    return Count("obligations", "flow", conditions)


def _by_kind() -> Iterator[Indicator]:
    """Due, on time and the share, for each kind of task."""
    for part in _KINDS:
        due, on_time = f"obligations.due.{part.key}", f"obligations.on_time.{part.key}"
        yield _task(
            due, f"Nhiệm vụ đến hạn: {part.vi}", f"Tasks due: {part.en}", formula=_due(part.condition)
        )
        yield _task(
            on_time,
            f"Nhiệm vụ hoàn thành đúng hạn: {part.vi}",
            f"Tasks done on time: {part.en}",
            formula=_due(part.condition, _ON_TIME),
            good="up",
        )
        yield _percent(
            f"obligations.on_time_pct.{part.key}",
            f"Tỷ lệ hoàn thành đúng hạn: {part.vi}",
            f"Share done on time: {part.en}",
            formula=Ratio(on_time, due),
            good="up",
        )


def _asked(make: Callable[..., Indicator]) -> Iterator[Indicator]:
    """What the organisation asked of others, and what was handed to it and those below."""
    yield make(
        "obligations.demands",
        "Đầu việc giao cho tổ chức khác",
        "Tasks asked of other organisations",
        unit="đầu việc",
        formula=Count("demands", "flow"),
        note="Một việc giao cho nhiều tổ chức tính một lần, cho tổ chức giao việc.",
    )
    yield make(
        "obligations.demands.receivers",
        "Lượt tổ chức được giao việc",
        "Organisations that tasks were handed to",
        unit="lượt tổ chức",
        units_en="organisations",
        formula=Sum("demands", "flow", "receivers"),
    )
    yield make(
        "obligations.handed",
        "Nhiệm vụ được giao",
        "Tasks handed out",
        formula=_handed(),
        note="Một việc giao cho nhiều tổ chức tính cho mỗi tổ chức một lần, theo ngày giao.",
    )
    yield from family(
        make,
        "obligations.handed",
        "Nhiệm vụ được giao",
        "Tasks handed out",
        _KINDS,
        source="handed",
        when="flow",
    )
    yield make(
        "obligations.handed.from_directive",
        "Nhiệm vụ được giao để triển khai văn bản",
        "Tasks handed out for a paper",
        formula=_handed(_DIRECTIVE),
    )
    yield make(
        "obligations.handed.from_conference",
        "Nhiệm vụ được giao theo kết luận hội nghị",
        "Tasks handed out after a conference",
        formula=_handed(Is("from_conference", True)),
    )


def _done(make: Callable[..., Indicator], percent: Callable[..., Indicator]) -> Iterator[Indicator]:
    """What fell due and what became of it: the parts add up to the whole."""
    yield make(
        "obligations.due",
        "Nhiệm vụ đến hạn",
        "Tasks due",
        formula=_due(),
        note="Theo hạn ban đầu: việc được gia hạn vẫn tính ở kỳ có hạn ban đầu.",
    )
    for code, vi, en, good, note in (
        ("on_time", "Nhiệm vụ hoàn thành đúng hạn", "Tasks done on time", "up", ""),
        ("late", "Nhiệm vụ hoàn thành muộn", "Tasks done late", "down", ""),
        ("overdue", "Nhiệm vụ quá hạn chưa hoàn thành", "Tasks overdue", "down", "Gồm cả việc bị trả lại."),
        (
            "waiting",
            "Nhiệm vụ đến hạn chưa hoàn thành, còn trong hạn",
            "Tasks due that still have time",
            "",
            "Được gia hạn, hoặc hết hạn đúng ngày tính số liệu.",
        ),
    ):
        yield make(f"obligations.{code}", vi, en, formula=_due(Is("outcome", code)), good=good, note=note)
    yield percent(
        "obligations.on_time_pct",
        "Tỷ lệ nhiệm vụ hoàn thành đúng hạn",
        "Share of tasks done on time",
        formula=Ratio("obligations.on_time", "obligations.due"),
        note="Trên tổng số nhiệm vụ đến hạn theo hạn ban đầu; muộn hoặc bị trả lại không tính là đúng hạn.",
        good="up",
    )
    yield make(
        "obligations.done",
        "Nhiệm vụ đến hạn đã hoàn thành",
        "Tasks due that were done",
        formula=Total(("obligations.on_time", "obligations.late")),
        good="up",
    )
    yield percent(
        "obligations.done_pct",
        "Tỷ lệ nhiệm vụ đến hạn đã hoàn thành",
        "Share of tasks due that were done",
        formula=Ratio("obligations.done", "obligations.due"),
        note="Kể cả hoàn thành muộn: đầy đủ, chưa chắc kịp thời.",
        good="up",
    )


INDICATORS: tuple[Indicator, ...] = (
    *_asked(_task),
    *_done(_task, _percent),
    *_by_kind(),
    _task(
        "obligations.accepted",
        "Nhiệm vụ đến hạn đã được chấp nhận kết quả",
        "Tasks whose report was accepted",
        formula=_due(Is("state", "accepted")),
        good="up",
    ),
    _task(
        "obligations.returned",
        "Nhiệm vụ đến hạn bị trả lại, chưa báo cáo lại",
        "Tasks returned and not reported again",
        formula=_due(Is("state", "returned")),
        good="down",
    ),
    _task(
        "obligations.extended",
        "Nhiệm vụ đến hạn đã được gia hạn",
        "Tasks extended",
        formula=_due(Is("extended", True)),
        good="down",
    ),
    _task(
        "obligations.on_behalf",
        "Nhiệm vụ đến hạn do văn phòng nhập thay",
        "Tasks entered on behalf",
        formula=_due(Is("on_behalf", True)),
    ),
    _task(
        "obligations.reminders",
        "Lượt đôn đốc",
        "Reminders",
        unit="lượt",
        units_en="reminders",
        formula=Count("reminders", "flow"),
    ),
    _task(
        "directives.units_due",
        "Nhiệm vụ triển khai văn bản đến hạn",
        "Tasks due that carry out a paper",
        formula=_due(_DIRECTIVE),
    ),
    _task(
        "directives.units_done",
        "Nhiệm vụ triển khai văn bản đến hạn đã hoàn thành",
        "Tasks done that carry out a paper",
        formula=_due(_DIRECTIVE, In("outcome", "on_time", "late")),
        good="up",
    ),
    _percent(
        "directives.units_done_pct",
        "Tỷ lệ đơn vị đã triển khai văn bản được giao",
        "Share of units that carried out the papers",
        formula=Ratio("directives.units_done", "directives.units_due"),
        good="up",
    ),
)
