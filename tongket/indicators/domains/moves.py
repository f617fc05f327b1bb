"""Increase and decrease of the list: form 1, with its balance said as figures of its own.

Form 1 counts what crosses the border of the organisation that reports. For the whole register that is what comes from
and goes to elsewhere; for an organisation within it also the transfers from and to its sisters (`arrived`,
`departed`) and the members who come or go with their cell when a reorganisation moves it (`carried_in`,
`carried_out`). The balance must come out at the list itself; a gap is named, never adjusted.
"""

from functools import partial

from tongket.core import codelists as codes

from ..model import Condition, Count, Indicator, Is, Total, Unknown

_figure = partial(
    Indicator, domain="moves", unit="đảng viên", units_en="members", basis="Hướng dẫn 11-HD/BTCTW, Biểu 1"
)


def _event(id: str, vi: str, en: str, kind: str, *conditions: Condition, form: str) -> Indicator:
    return _figure(id, vi, en, formula=Count("events", "flow", (Is("kind", kind), *conditions)), form=form)


def _by_elsewhere(prefix: str, vi: str, en: str, kind: str, row: str) -> tuple[Indicator, ...]:
    """Moves across the register's border by where from or to, with those that do not say."""
    return (
        *(
            _event(
                f"{prefix}.{code.code}",
                f"{vi}: {code.vi}",
                f"{en}: {code.en}",
                kind,
                Is("elsewhere", code.code),
                form=f"Biểu 1, dòng {row}",
            )
            for code in codes.ELSEWHERE.codes
        ),
        _event(
            f"{prefix}.unknown",
            f"{vi}: chưa ghi nơi",
            f"{en}: place not recorded",
            kind,
            Unknown("elsewhere"),
            form=f"Biểu 1, dòng {row}",
        ),
    )


_INCREASE = (
    _event(
        "members.registered",
        "Đưa vào sổ ban đầu",
        "Entered from an earlier register",
        "registered",
        form="Biểu 1, dòng B",
    ),
    _figure(
        "members.moved_in",
        "Đảng viên chuyển đến",
        "Moved in",
        formula=Total(("members.moved_in.outside", "members.arrived")),
        form="Biểu 1, dòng B2",
        note="Mọi trường hợp chuyển qua ranh giới của tổ chức; chuyển trong nội bộ tổ chức không tính.",
    ),
    _event(
        "members.moved_in.outside",
        "Chuyển đến từ ngoài đảng bộ lập sổ",
        "Moved in from outside the register",
        "moved_in",
        form="Biểu 1, dòng B2",
    ),
    *_by_elsewhere("members.moved_in", "Chuyển đến từ", "Moved in from", "moved_in", "B2"),
    _figure(
        "members.arrived",
        "Chuyển đến từ tổ chức khác trong đảng bộ lập sổ",
        "Arrived from another organisation of the register",
        formula=Count("arrivals", "flow"),
        form="Biểu 1, dòng B2",
    ),
    _event(
        "members.restored", "Phục hồi đảng tịch", "Membership restored", "restored", form="Biểu 1, dòng B3"
    ),
    _figure(
        "members.carried_in",
        "Đến theo tổ chức đảng được chuyển về",
        "Came with an organisation moved here",
        formula=Count("carried_in", "flow"),
        form="Biểu 1, dòng B",
    ),
    _figure(
        "members.increase",
        "Đảng viên tăng trong kỳ",
        "Members added in the period",
        formula=Total(
            (
                "members.admitted",
                "members.moved_in",
                "members.restored",
                "members.registered",
                "members.carried_in",
            )
        ),
        form="Biểu 1, dòng B",
    ),
)

_DECREASE = (
    _event("members.died", "Đảng viên từ trần", "Deceased", "died", form="Biểu 1, dòng C1"),
    _event("members.expelled", "Đảng viên bị khai trừ", "Expelled", "expelled", form="Biểu 1, dòng C2"),
    _event("members.struck_off", "Đảng viên bị xóa tên", "Struck off", "struck_off", form="Biểu 1, dòng C3"),
    _event(
        "members.struck_off.probationary",
        "Đảng viên dự bị bị xóa tên",
        "Probationary members struck off",
        "struck_off",
        Is("standing_before", "probationary"),
        form="Biểu 1, dòng C3",
    ),
    _event("members.left", "Đảng viên xin ra khỏi Đảng", "Left on request", "left", form="Biểu 1, dòng C4"),
    _figure(
        "members.moved_out",
        "Đảng viên chuyển đi",
        "Moved out",
        formula=Total(("members.moved_out.outside", "members.departed")),
        form="Biểu 1, dòng C5",
        note="Mọi trường hợp chuyển qua ranh giới của tổ chức; chuyển trong nội bộ tổ chức không tính.",
    ),
    _event(
        "members.moved_out.outside",
        "Chuyển đi ngoài đảng bộ lập sổ",
        "Moved out of the register",
        "moved_out",
        form="Biểu 1, dòng C5",
    ),
    *_by_elsewhere("members.moved_out", "Chuyển đi đến", "Moved out to", "moved_out", "C5"),
    _figure(
        "members.departed",
        "Chuyển đi tổ chức khác trong đảng bộ lập sổ",
        "Departed to another organisation of the register",
        formula=Count("departures", "flow"),
        form="Biểu 1, dòng C5",
    ),
    _figure(
        "members.carried_out",
        "Đi theo tổ chức đảng được chuyển đi",
        "Went with an organisation moved away",
        formula=Count("carried_out", "flow"),
        form="Biểu 1, dòng C",
    ),
    _figure(
        "members.decrease",
        "Đảng viên giảm trong kỳ",
        "Members lost in the period",
        formula=Total(
            (
                "members.died",
                "members.expelled",
                "members.struck_off",
                "members.left",
                "members.moved_out",
                "members.carried_out",
            )
        ),
        form="Biểu 1, dòng C",
    ),
    _figure(
        "members.removed_all",
        "Đảng viên đưa ra khỏi Đảng (khai trừ, xóa tên, xin ra)",
        "Removed from the Party, all ways",
        formula=Total(("members.expelled", "members.struck_off", "members.left")),
    ),
)

INDICATORS: tuple[Indicator, ...] = (
    _figure(
        "members.opening",
        "Đảng viên kỳ trước chuyển sang",
        "Members carried over",
        formula=Count("members", "opening"),
        form="Biểu 1, dòng A",
    ),
    *_INCREASE,
    *_DECREASE,
    _figure(
        "members.net_change",
        "Tăng, giảm thuần đảng viên",
        "Net change",
        formula=Total(("members.total",), ("members.opening",)),
        form="Biểu 1",
        note="Số dương là tăng, số âm là giảm.",
    ),
    _figure(
        "members.balance",
        "Đảng viên cuối kỳ theo tăng, giảm (A + B − C)",
        "Members at the end by increase and decrease (A + B - C)",
        formula=Total(("members.opening", "members.increase"), ("members.decrease",)),
        form="Biểu 1, dòng D",
    ),
    _figure(
        "members.balance_gap",
        "Chênh lệch giữa danh sách và tăng, giảm (D − (A + B − C))",
        "Gap between the list and the balance",
        formula=Total(("members.total",), ("members.balance",)),
        form="Biểu 1, dòng D",
        note="Phải bằng 0. Khác 0 là có việc chưa ghi hoặc ghi sai ngày; không tự điều chỉnh.",
    ),
)
