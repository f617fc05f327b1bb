"""Targets, next year's tasks, and what stands in for a slide that has nothing to show."""

from tongket.core.numbers import format_number, format_percent
from tongket.figures.targets import Progress, status_code, summary_of
from tongket.indicators.catalogue import INDICATORS
from tongket.reports.news.telling import said, upper
from tongket.reports.slides.draft import Draft
from tongket.reports.slides.model import Grid, Slide
from tongket.reports.targets import GIVER, STATUS

#: Rows of a table that can be read from the back of a hall.
_ROWS = 6
_LINES = 5


def targets(d: Draft) -> Slide | None:
    """All targets of the period; those not met come first."""
    rows = d.facts.targets.rows if d.facts.targets is not None else ()
    if not rows:
        return None
    counted = summary_of(rows)
    shown = sorted(rows, key=lambda row: row not in counted.behind)[:_ROWS]
    met, every = format_number(len(counted.met)), format_number(len(counted.all))
    headline = f"{d.s.Period}, {d.s.body} có {met}/{every} chỉ tiêu đạt và vượt"
    if counted.behind:
        headline += f"; {format_number(len(counted.behind))} chỉ tiêu chưa đạt"
    grid = Grid(
        ("Chỉ tiêu", "Mức giao", "Thực hiện", "Tình trạng"),
        tuple(_target(d, row) for row in shown),
        (0.52, 0.14, 0.15, 0.19),
    )
    left = [f"{_name(row)}: {STATUS[status_code(row)]}" for row in rows if row not in shown]
    notes = [f"Số chỉ tiêu đạt, chưa đạt: tính từ kết quả và mức giao của {every} chỉ tiêu trong sổ."]
    if left:
        notes.append(f"Chỉ tiêu khác, không ghi trên bảng: {'; '.join(left)}.")
    return d.slide("targets", headline, grid=grid, sources=tuple(notes))


def _target(d: Draft, row: Progress) -> tuple[str, str, str, str]:
    known = row.indicator is not None and d.t.has(row.indicator.id)
    done = d.t.n(row.indicator.id) if known and row.indicator is not None else "–"
    asked = row.target.value
    is_percent = row.indicator is not None and row.indicator.unit == "%"
    return (
        _name(row),
        format_percent(asked) if is_percent else format_number(asked),
        done,
        STATUS[status_code(row)],
    )


def _name(row: Progress) -> str:
    id = row.target.indicator
    name = INDICATORS[id].vi if id in INDICATORS else id
    # "cấp trên giao" where the figure's own name does not tell whose target it is.
    return said(
        name if row.target.giver == "above" else f"{name} ({GIVER.get(row.target.giver, row.target.giver)})"
    )


def tasks(d: Draft) -> Slide:
    """Next year's tasks as the conference concluded them; else the room where the office writes them."""
    held = d.records.conference
    if held is not None and held.conclusions:
        lines = [upper(text) for text in held.conclusions]
        more = tuple(f"Kết luận khác: {text}." for text in lines[_LINES:])
        source = f"Kết luận của {held.title}, ghi tại biên bản hội nghị."
        headline = f"{upper(d.s.period_after)}, {d.s.body} tập trung các nhiệm vụ hội nghị đã kết luận"
        return d.slide("tasks", headline, lines=lines[:_LINES], sources=(source, *more))
    headline = f"{upper(d.s.period_after)}, {d.s.body} thực hiện các nhiệm vụ theo kết luận của hội nghị"
    lines = ["[Ghi nhiệm vụ trọng tâm sau khi hội nghị kết luận]"]
    return d.slide(
        "tasks", headline, lines=lines, sources=("Chưa ghi kết luận của hội nghị nào cho kỳ này.",)
    )


def sources(d: Draft) -> Slide:
    """Where the figures come from: can always be shown."""
    s = d.s
    return d.slide(
        "sources",
        f"Mỗi con số trong bài này đều dẫn về hồ sơ của {s.body}",
        lines=[
            f"Số liệu tính đến ngày {s.as_at}",
            f"Nguồn: hồ sơ, sổ sách của {s.name}" + ("" if s.is_cell else " và các tổ chức đảng trực thuộc"),
            "Cách tính từng con số ghi ở phần ghi chú của mỗi trang",
        ],
    )


#: Slide -> what its headline says is not recorded yet.
_MISSING = {
    "glance": "số liệu",
    "admissions": "kết quả và chỉ tiêu kết nạp đảng viên",
    "members": "đảng viên",
    "organisations": "tổ chức đảng trực thuộc",
    "ratings_organisations": "kết quả đánh giá, xếp loại tổ chức đảng",
    "ratings_members": "kết quả đánh giá, xếp loại đảng viên",
    "honours": "Huy hiệu Đảng và khen thưởng",
    "directives": "văn bản và nhiệm vụ đến hạn",
    "targets": "chỉ tiêu",
}


def missing(d: Draft, key: str) -> Slide:
    """What the books lack for the period: the last resort of a year without data."""
    word = _MISSING[key]
    return d.slide(
        f"missing_{key}",
        f"{d.s.Period}, sổ sách của {d.s.body} chưa ghi {word}",
        lines=[f"Ghi {word} vào sổ, rồi làm lại bài trình chiếu"],
    )
