"""The tables of the report, described as plain data; `word.blocks` sets them in Word, `pdf` reads them from there."""

from collections.abc import Iterable, Sequence
from typing import Any

from tongket.core.codelists import RATING_LEVEL
from tongket.figures.types import Child
from tongket.indicators.catalogue import INDICATORS
from tongket.reports.facts import ReportFacts

Row = dict[str, Any]
Spec = dict[str, Any]

#: Columns of the data sent to the template: this period, the one before, the differences, then the children.
NOW, BEFORE, CHANGE, FIRST_CHILD = 0, 1, 2, 3

SUMMARY = (
    "members.total",
    "members.official",
    "members.probationary",
    "members.admitted",
    "members.admitted.target",
    "members.admitted.vs_target_pct",
    "organisations.grassroots",
    "organisations.cells",
    "ratings.organisations.rated",
    "ratings.organisations.good_or_better",
    "ratings.organisations.good_or_better_pct",
    "ratings.organisations.excellent",
    "ratings.members.rated",
    "ratings.members.good_or_better_pct",
    "ratings.members.excellent_pct",
    "honours.badges",
    "honours.commended_collectives",
    "honours.commended_individuals",
    "directives.received",
    "directives.plans_issued_pct",
    "directives.plans_on_time_pct",
    "obligations.due",
    "obligations.on_time_pct",
    "study.sessions",
    "study.attendance_pct",
    "conference.held",
    "conference.attended_pct",
    "discipline.organisations",
    "discipline.members",
)

#: Rows of the summary that are left out where neither year has anything: not every office keeps these books yet.
_WHERE_KEPT = ("obligations.", "conference.")

STRUCTURE = (
    ("Theo đối tượng", ("members.women", "members.minority", "members.youth", "members.exempt")),
    ("Độ tuổi", "members.age."),
    ("Tuổi Đảng", "members.party_age."),
    ("Trình độ chuyên môn", "members.education."),
    ("Lý luận chính trị", "members.theory."),
)

LEVELS = ("excellent", "good", "completed", "failed")


def all_tables(facts: ReportFacts) -> dict[str, Spec]:
    """Every table that a template can name, by its name."""
    return {
        "tong_hop": summary(facts),
        "bien_dong": movement(facts),
        "co_cau": structure(facts),
        "xep_loai": ratings(facts),
        "huy_hieu": badges(facts),
        "theo_to_chuc": by_organisation(facts),
    }


def family(prefix: str, *, leave_out: Iterable[str] = ("mean",)) -> tuple[str, ...]:
    """The declared figures one part below a prefix, in report order."""
    return tuple(
        id
        for id in INDICATORS
        if id.startswith(prefix) and "." not in (rest := id.removeprefix(prefix)) and rest not in leave_out
    )


def _declared(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(id for id in ids if id in INDICATORS)


def _heading(*texts: str) -> Row:
    return {"kind": "heading", "cells": [{"text": text} for text in texts]}


def _label(id: str) -> str:
    text = INDICATORS[id].vi.rpartition(": ")[2]
    return text[:1].upper() + text[1:]


def _compared(number: str, id: str, label: str = "", *, unit: bool = False, kind: str = "row") -> Row:
    cells: list[dict[str, Any]] = [{"text": number}, {"text": label or _label(id)}]
    if unit:
        cells.append({"text": INDICATORS[id].unit})
    cells += [
        {"figure": [NOW, id]},
        {"figure": [BEFORE, id]},
        {"figure": [CHANGE, id], "form": "signed_bare"},
    ]
    return {"kind": kind, "cells": cells}


def comparison(facts: ReportFacts, title: str, rows: list[Row], *, unit: bool = False) -> Spec:
    now, before = _short(facts)
    heads = ["TT", "Nội dung", *(["ĐVT"] if unit else []), now, before, "Tăng, giảm"]
    widths = [10, 70, 23, 20, 20, 22] if unit else [10, 89, 22, 22, 22]
    return {
        "title": title,
        "widths": widths,
        "align": ["center", "left", *(["center"] if unit else []), "right", "right", "right"],
        "size": 12,
        "rows": [_heading(*heads), *rows],
    }


def _short(facts: ReportFacts) -> tuple[str, str]:
    now, before = facts.period.label(), facts.compared.label()
    return now[:1].upper() + now[1:], before[:1].upper() + before[1:]


def summary(facts: ReportFacts) -> Spec:
    """The year's main figures beside last year's."""
    shown = [
        id
        for id in _declared(SUMMARY)
        if not id.startswith(_not_below(facts))
        and (not id.startswith(_WHERE_KEPT) or facts.value(id) or facts.value(id, before=True))
    ]
    rows = [_compared(str(n), id, unit=True) for n, id in enumerate(shown, start=1)]
    return comparison(facts, "Một số chỉ tiêu chủ yếu", rows, unit=True)


def _not_below(facts: ReportFacts) -> tuple[str, ...]:
    """Starts of the ids that say nothing of organisations below this one: it has none of that kind."""
    kind = facts.organisation.kind
    if kind in ("cell", "grassroots_cell", "group"):
        return ("organisations.", "ratings.organisations.", "ratings.cells.", "discipline.organisations")
    if kind in ("grassroots_body", "sub_body"):
        return ("organisations.grassroots", "ratings.organisations.")
    return ()


def movement(facts: ReportFacts) -> Spec:
    """Members carried over, increase, decrease, members at the end: the rows of form 1."""
    rows = []
    for number, label, id, is_main in MOVEMENT:
        is_rare = not number and not (facts.value(id) or facts.value(id, before=True))
        if id in INDICATORS and not is_rare:
            rows.append(_compared(number, id, label, kind="total" if is_main else "row"))
    return comparison(facts, "Tăng, giảm đảng viên", rows)


#: (number, label, figure, whether it is a main row), after Biểu số 1-BTCTW.
MOVEMENT = (
    ("A", "Số đảng viên kỳ trước chuyển sang", "members.opening", True),
    ("B", "Tăng trong kỳ", "members.increase", True),
    ("1", "Kết nạp", "members.admitted", False),
    ("2", "Chuyển đến", "members.moved_in", False),
    ("3", "Phục hồi đảng tịch", "members.restored", False),
    ("", "Đến theo tổ chức đảng được chuyển về", "members.carried_in", False),
    ("", "Đưa vào sổ ban đầu", "members.registered", False),
    ("C", "Giảm trong kỳ", "members.decrease", True),
    ("1", "Từ trần", "members.died", False),
    ("2", "Khai trừ", "members.expelled", False),
    ("3", "Xóa tên", "members.struck_off", False),
    ("4", "Xin ra khỏi Đảng", "members.left", False),
    ("5", "Chuyển đi", "members.moved_out", False),
    ("", "Đi theo tổ chức đảng được chuyển đi", "members.carried_out", False),
    ("D", "Số đảng viên cuối kỳ (D = A + B - C)", "members.total", True),
)


def structure(facts: ReportFacts) -> Spec:
    """Who the members are: groups, age, Party age, schooling."""
    rows: list[Row] = [_compared("", "members.total", "Tổng số đảng viên", kind="total")]
    for number, (title, chosen) in enumerate(STRUCTURE, start=1):
        ids = family(chosen) if isinstance(chosen, str) else _declared(chosen)
        ids = tuple(
            id for id in ids if not id.endswith(".unknown") or facts.value(id) or facts.value(id, before=True)
        )
        if ids:
            rows.append(
                {"kind": "group", "keep": True, "cells": [{"text": str(number)}, {"text": title, "span": 4}]}
            )
            rows += [_compared("", id) for id in ids]
    return comparison(facts, "Cơ cấu đội ngũ đảng viên", rows)


def ratings(facts: ReportFacts) -> Spec:
    """How organisations, cells and members were rated, level by level."""
    rows: list[Row] = []
    for title, prefix in (
        ("Tổ chức cơ sở đảng", "ratings.organisations."),
        ("Chi bộ trực thuộc đảng ủy cơ sở", "ratings.cells."),
        ("Đảng viên", "ratings.members."),
    ):
        ids = _declared(f"{prefix}{key}" for key in ("rated", *LEVELS))
        if not ids or prefix.startswith(_not_below(facts)):
            continue
        number = sum(row["kind"] == "group" for row in rows) + 1
        rows.append(
            {"kind": "group", "keep": True, "cells": [{"text": str(number)}, {"text": title, "span": 4}]}
        )
        for id in ids:
            level = id.removeprefix(prefix)
            rows.append(_compared("", id, "Được đánh giá" if level == "rated" else RATING_LEVEL.label(level)))
    return comparison(facts, "Kết quả đánh giá, xếp loại chất lượng", rows)


def badge_marks() -> tuple[str, ...]:
    """The figures of badges by mark, from 30 years up."""
    return tuple(id for id in family("honours.badges.") if id.rpartition(".")[2].isdigit())


def badges(facts: ReportFacts) -> Spec:
    """Badges by mark; marks given in neither year are left out."""
    shown = [id for id in badge_marks() if facts.value(id) or facts.value(id, before=True)]
    rows = [
        _compared(str(n), id, f"Huy hiệu {id.rpartition('.')[2]} năm tuổi Đảng")
        for n, id in enumerate(shown, start=1)
    ]
    rows.append(_compared("", "honours.badges", "Tổng số", kind="total"))
    return comparison(facts, "Huy hiệu Đảng", rows)


def by_organisation(facts: ReportFacts) -> Spec:
    """Each child organisation's year on one line, and the whole below."""
    figures = (
        "members.total",
        "members.admitted",
        "members.admitted.target",
        "members.admitted.of_target_pct",
    )
    badges_column = "honours.badges"
    columns = (*_declared(figures), badges_column)
    heads = {
        "members.total": "Tổng số đảng viên",
        "members.admitted": "Kết nạp",
        "members.admitted.target": "Chỉ tiêu kết nạp",
        "members.admitted.of_target_pct": "Tỷ lệ đạt (%)",
        badges_column: "Huy hiệu Đảng",
    }
    rows = [_heading("TT", "Tổ chức đảng", *(heads[id] for id in columns), "Xếp loại")]
    for number, child in enumerate(facts.now.children):
        column = FIRST_CHILD + 2 * number
        cells: list[dict[str, Any]] = [{"text": str(number + 1)}, {"text": child.name}]
        cells += [{"figure": [column, id]} for id in columns]
        cells.append(_rating_cell(facts, child, column))
        rows.append({"kind": "row", "cells": cells})
    total: list[dict[str, Any]] = [{"text": ""}, {"text": "Tổng cộng"}]
    total += [{"figure": [NOW, id]} for id in columns]
    rows.append({"kind": "total", "cells": [*total, {"text": ""}]})
    fixed = 15 * len(columns)
    return {
        "title": "Kết quả của từng tổ chức đảng trực thuộc",
        "widths": [10, 165 - 10 - 24 - fixed, *([15] * len(columns)), 24],
        "align": ["center", "left", *(["right"] * len(columns)), "center"],
        "size": 11,
        "rows": rows,
    }


_SHORT_LEVELS = {
    "excellent": "Xuất sắc",
    "good": "Tốt",
    "completed": "Hoàn thành",
    "failed": "Không hoàn thành",
}


def _rating_cell(facts: ReportFacts, child: Child, column: int) -> dict[str, Any]:
    """A child's own level: the one of the four counts that is 1 for it (its kind decides which family counts it)."""
    prefix = "ratings.organisations." if "grassroots" in child.kind else "ratings.cells."
    for level in LEVELS:
        if facts.value(f"{prefix}{level}", child=child) == 1:
            return {"figure": [column, f"{prefix}{level}"], "text": _SHORT_LEVELS[level]}
    return {"text": "–"}


def unmet(facts: ReportFacts) -> Sequence[Child]:
    """Children that fell short of their target of admissions."""
    return tuple(
        child
        for child in facts.now.children
        if (target := facts.value("members.admitted.target", child=child))
        and (facts.value("members.admitted", child=child) or 0) < target
    )
