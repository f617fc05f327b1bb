"""Inspection and supervision: planned, carried out, by whom and of what kind; whom it met, what was found and remedied.

Inspections belong to the organisation whose body acts; what has to be put right, to the organisation that has to do it.
Numbers of the inspected are masked for whoever lacks the inspection duty, as discipline is.
"""

from collections.abc import Callable, Iterator
from functools import partial

from tongket.core import judging as lists

from ..family import family, parts_of_list
from ..model import Condition, Count, In, Indicator, Is, Not, Ratio

_figure = partial(
    Indicator,
    domain="inspections",
    unit="cuộc",
    units_en="inspections",
    form="Thống kê 885-QĐ/UBKTTW",
    basis="insp.who",
)
_percent = partial(
    Indicator, domain="inspections", unit="%", units_en="%", decimals=2, basis="insp.who", good="up"
)
_SUPERVISION = tuple(sorted(lists.SUPERVISION))


def _done(key: str, vi: str, en: str, *conditions: Condition) -> Indicator:
    return _figure(f"inspections.{key}", vi, en, formula=Count("inspections", "flow", conditions))


def _programme() -> Iterator[Indicator]:
    yield _figure(
        "inspections.planned",
        "Cuộc kiểm tra, giám sát theo chương trình",
        "Inspections of the programme",
        formula=Count("programme_items", "flow"),
        note="Theo ngày dự kiến xong ghi trong chương trình.",
    )
    yield from family(
        _figure,
        "inspections.planned",
        "Cuộc theo chương trình",
        "Planned",
        parts_of_list("kind", lists.INSPECTION_KIND),
        source="programme_items",
        when="flow",
    )
    yield _figure(
        "inspections.planned_done",
        "Cuộc theo chương trình đã kết luận",
        "Inspections of the programme concluded",
        formula=Count("programme_items", "flow", (Is("done", True),)),
        good="up",
    )
    yield _percent(
        "inspections.planned_done_pct",
        "Tỷ lệ thực hiện chương trình kiểm tra, giám sát",
        "Share of the programme carried out",
        formula=Ratio("inspections.planned_done", "inspections.planned"),
    )


def _inspected() -> Iterator[Indicator]:
    for key, of_member, unit, en in (
        ("organisations", False, "tổ chức", "organisations"),
        ("members", True, "đảng viên", "members"),
    ):
        name = "Tổ chức đảng" if not of_member else "Đảng viên"
        for part, said, said_en, *conditions in (
            ("", "được kiểm tra, giám sát", "inspected"),
            (
                ".shortcomings",
                "có khuyết điểm qua kiểm tra, giám sát",
                "with shortcomings",
                Is("shortcoming", True),
            ),
            (".violations", "có vi phạm qua kiểm tra, giám sát", "with violations", Is("violation", True)),
        ):
            yield _figure(
                f"inspections.{key}{part}",
                f"{name} {said}",
                f"{en.capitalize()} {said_en}",
                unit=unit,
                units_en=en,
                formula=Count("inspected", "flow", (Is("member", of_member), *conditions)),
                note="" if part else "Lượt: được kiểm tra, giám sát hai cuộc thì tính hai lần.",
                good="down" if part else "",
            )


def _remedies() -> Iterator[Indicator]:
    make: Callable[..., Indicator] = partial(
        Indicator, domain="inspections", unit="việc", units_en="remedies"
    )
    about = Is("from_inspection", True)
    yield make(
        "inspections.remedies",
        "Việc khắc phục giao sau kiểm tra, giám sát",
        "Remedies handed out",
        formula=Count("handed", "flow", (about,)),
    )
    for key, vi, en, good, *conditions in (
        ("due", "Việc khắc phục sau kiểm tra, giám sát đến hạn", "Remedies due", ""),
        (
            "on_time",
            "Việc khắc phục sau kiểm tra, giám sát hoàn thành đúng hạn",
            "Remedies done on time",
            "up",
            Is("outcome", "on_time"),
        ),
        (
            "overdue",
            "Việc khắc phục sau kiểm tra, giám sát quá hạn chưa hoàn thành",
            "Remedies overdue",
            "down",
            Is("outcome", "overdue"),
        ),
    ):
        yield make(
            f"inspections.remedies.{key}",
            vi,
            en,
            formula=Count("obligations", "flow", (about, *conditions)),
            good=good,
        )
    yield _percent(
        "inspections.remedies.on_time_pct",
        "Tỷ lệ việc khắc phục sau kiểm tra, giám sát hoàn thành đúng hạn",
        "Share of remedies done on time",
        formula=Ratio("inspections.remedies.on_time", "inspections.remedies.due"),
    )


INDICATORS: tuple[Indicator, ...] = (
    *_programme(),
    _done("done", "Cuộc kiểm tra, giám sát đã kết luận", "Inspections concluded"),
    _done(
        "done.checks", "Cuộc kiểm tra đã kết luận", "Inspections proper concluded", Not("kind", *_SUPERVISION)
    ),
    _done(
        "done.supervisions", "Cuộc giám sát đã kết luận", "Supervisions concluded", In("kind", *_SUPERVISION)
    ),
    _done(
        "done.unplanned",
        "Cuộc ngoài chương trình đã kết luận",
        "Inspections outside the programme concluded",
        Is("planned", False),
    ),
    *family(
        _figure,
        "inspections.done.kind",
        "Cuộc đã kết luận",
        "Concluded",
        parts_of_list("kind", lists.INSPECTION_KIND),
        source="inspections",
        when="flow",
    ),
    *family(
        _figure,
        "inspections.done.by",
        "Cuộc đã kết luận, do",
        "Concluded by",
        parts_of_list("subject", lists.INSPECTION_SUBJECT),
        source="inspections",
        when="flow",
    ),
    *_inspected(),
    *_remedies(),
)
