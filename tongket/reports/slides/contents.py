"""The slides of the year's results, one message each. The headline is a whole sentence."""

from tongket.reports import charts
from tongket.reports.news import sentences as told
from tongket.reports.slides.cap import cap_words
from tongket.reports.slides.draft import Draft
from tongket.reports.slides.model import Slide

_PERCENT_GOOD = "hoàn thành tốt nhiệm vụ trở lên"


def glance(d: Draft) -> Slide | None:
    """The year in six numbers."""
    t, s = d.t, d.s
    tiles = d.tiles(
        ("members.admitted", "đảng viên mới kết nạp"),
        ("members.total", "tổng số đảng viên"),
        *((id, f"{who} {_PERCENT_GOOD}") for id, who in _rated_below(d)),
        ("ratings.members.good_or_better_pct", f"đảng viên {_PERCENT_GOOD}"),
        ("honours.badges", "đảng viên được trao Huy hiệu Đảng"),
        ("honours.commended_collectives", "tập thể được khen thưởng"),
        ("honours.commended_individuals", "cá nhân được khen thưởng"),
        ("study.attendance_pct", "đảng viên tham gia học tập, quán triệt"),
        ("obligations.on_time_pct", "nhiệm vụ hoàn thành đúng hạn"),
    )[:6]
    if len(tiles) < 2:
        return None
    if t.above("members.admitted"):
        said = f"{s.Period}, {s.body} kết nạp {t.n('members.admitted')} đảng viên mới"
    else:
        said = f"{s.Body} có {t.n('members.total')} đảng viên"
    return d.slide("glance", _glance_words(d, said), tiles=tiles)


def _glance_words(d: Draft, said: str) -> str:
    """With the share of organisations (cells) rated good or better, where there is one."""
    for id, who in (*_rated_below(d), ("ratings.members.good_or_better_pct", "đảng viên")):
        if d.t.above(id):
            return f"{said}; {d.t.n(id)} {who} {_PERCENT_GOOD}"
    return said


def _rated_below(d: Draft) -> tuple[tuple[str, str], ...]:
    """What hangs below and is rated: grassroots organisations, cells; nothing below a cell."""
    if d.s.is_upper:
        return (("ratings.organisations.good_or_better_pct", "tổ chức cơ sở đảng"),)
    return () if d.s.is_cell else (("ratings.cells.good_or_better_pct", "chi bộ trực thuộc"),)


def admissions(d: Draft) -> Slide | None:
    """Admitted against the target, over the years."""
    t, s = d.t, d.s
    if not t.above("members.admitted") and not t.above("members.admitted.target"):
        return None
    if t.above("members.admitted"):
        headline = f"{s.Body} kết nạp {t.n('members.admitted')} đảng viên mới{told.target_words(t)}"
    else:
        headline = f"{s.Period}, {s.body} chưa kết nạp được đảng viên mới"
    tiles = d.tiles_or_zero(("members.admitted", "đảng viên mới kết nạp"))
    tiles += d.tiles(
        ("members.admitted.target", "chỉ tiêu cấp trên giao"),
        ("members.recognised", "được công nhận chính thức"),
    )
    return d.slide("admissions", headline, tiles=tiles, chart=charts.admissions(d.facts.history))


def members(d: Draft) -> Slide | None:
    """How many they are and how old."""
    t, s = d.t, d.s
    if not t.above("members.total"):
        return None
    change = t.value("members.total.change_pct")
    headline = f"{s.Body} có {t.n('members.total')} đảng viên"
    if change:
        way = "tăng" if change > 0 else "giảm"
        headline += f", {way} {t.n('members.total.change_pct', 'abs')} so với {s.period_before}"
    tiles = d.tiles(
        ("members.women_pct", "là đảng viên nữ"),
        ("members.age.mean", "tuổi đời bình quân"),
        ("members.probationary", "đảng viên dự bị"),
    )
    return d.slide("members", headline, tiles=tiles, chart=charts.ages(d.facts.now))


def organisations(d: Draft) -> Slide | None:
    """What hangs below, and what changed in it."""
    t, s = d.t, d.s
    if not s.is_upper and (s.is_cell or not t.above("organisations.cells")):
        return None
    if s.is_upper:
        if not t.above("organisations.grassroots"):
            return None
        headline = f"{s.Body} có {t.n('organisations.grassroots')} tổ chức cơ sở đảng"
        if t.above("organisations.cells"):
            headline += f", {t.n('organisations.cells')} chi bộ trực thuộc"
    else:
        headline = f"{s.Body} có {t.n('organisations.cells')} chi bộ trực thuộc"
    tiles = d.tiles(
        ("organisations.bodies", "đảng bộ cơ sở"),
        ("organisations.base_cells", "chi bộ cơ sở"),
        ("organisations.cells", "chi bộ trực thuộc"),
        ("organisations.village_cells", "chi bộ thôn, khu phố, tổ dân phố"),
        ("committees.members", "cấp ủy viên các cấp"),
        ("committees.women_pct", "cấp ủy viên là nữ"),
        ("organisations.founded", "tổ chức đảng thành lập mới"),
        ("organisations.dissolved", "tổ chức đảng giải thể, sáp nhập, chia tách"),
    )
    if not s.is_upper:
        tiles = [tile for tile in tiles if tile[1] not in ("đảng bộ cơ sở", "chi bộ cơ sở")]
    return d.slide("organisations", headline, tiles=tiles[:6])


def ratings_of_organisations(d: Draft) -> Slide | None:
    """The levels, and the share of excellent by both readings of the cap."""
    if not d.s.is_upper:
        return _ratings_of_cells(d)
    t, prefix = d.t, "ratings.organisations"
    if not t.above(f"{prefix}.rated"):
        return None
    headline = (
        f"{t.of(f'{prefix}.good_or_better', f'{prefix}.rated')} tổ chức cơ sở đảng {_PERCENT_GOOD}"
        f"{t.share(f'{prefix}.good_or_better_pct')}"
    )
    return _rated(
        d, "ratings_organisations", prefix, headline, "organisations", "tổ chức hoàn thành xuất sắc nhiệm vụ"
    )


def _ratings_of_cells(d: Draft) -> Slide | None:
    t, prefix = d.t, "ratings.cells"
    if d.s.is_cell or not t.above(f"{prefix}.rated"):
        return None
    headline = (
        f"{t.of(f'{prefix}.good_or_better', f'{prefix}.rated')} chi bộ trực thuộc {_PERCENT_GOOD}"
        f"{t.share(f'{prefix}.good_or_better_pct')}"
    )
    tiles = d.tiles_or_zero(
        (f"{prefix}.excellent", "chi bộ hoàn thành xuất sắc nhiệm vụ"),
        (f"{prefix}.good", "chi bộ hoàn thành tốt nhiệm vụ"),
        (f"{prefix}.completed", "chi bộ hoàn thành nhiệm vụ"),
        (f"{prefix}.failed", "chi bộ không hoàn thành nhiệm vụ"),
    )
    return d.slide("ratings_organisations", headline, tiles=tiles)


def ratings_of_members(d: Draft) -> Slide | None:
    """The members' levels, with both readings as well."""
    t, prefix = d.t, "ratings.members"
    if not t.above(f"{prefix}.rated", f"{prefix}.good_or_better_pct"):
        return None
    headline = f"{t.n(f'{prefix}.good_or_better_pct')} đảng viên {_PERCENT_GOOD}"
    if t.above(f"{prefix}.excellent_pct"):
        headline += f", trong đó {t.n(f'{prefix}.excellent_pct')} hoàn thành xuất sắc nhiệm vụ"
    return _rated(d, "ratings_members", prefix, headline, "members", "đảng viên hoàn thành xuất sắc nhiệm vụ")


def _rated(d: Draft, key: str, prefix: str, headline: str, group: str, excellent: str) -> Slide:
    tiles = d.tiles(
        (f"{prefix}.excellent", excellent),
        (f"{prefix}.excellent_of_good_or_better_pct", "xuất sắc so với số hoàn thành tốt trở lên"),
        (f"{prefix}.excellent_of_good_pct", "xuất sắc so với số hoàn thành tốt"),
    )
    lines, sources = cap_words(d.facts.as_at) if len(tiles) > 1 else ([], ())
    return d.slide(
        key,
        headline,
        tiles=tiles,
        chart=charts.ratings(d.facts.now, only=(group,)),
        lines=lines,
        sources=sources,
    )


def honours(d: Draft) -> Slide | None:
    """Badges and commendations."""
    t = d.t
    badges = d.tiles(("honours.badges", "đảng viên được trao Huy hiệu Đảng"))
    commended = t.series(
        ("honours.commended_collectives", "tập thể"), ("honours.commended_individuals", "cá nhân")
    )
    if not badges and not commended:
        return None
    parts = [f"{t.n('honours.badges')} đảng viên được trao Huy hiệu Đảng"] if badges else []
    parts += [f"{' và '.join(commended)} được khen thưởng"] if commended else []
    tiles = badges + d.tiles(
        ("honours.commended_collectives", "tập thể được khen thưởng"),
        ("honours.commended_individuals", "cá nhân được khen thưởng"),
    )
    marks = sorted(
        (mark for mark in told.MARKS if t.above(f"honours.badges.{mark}")),
        key=lambda mark: (-(t.value(f"honours.badges.{mark}") or 0), mark),
    )
    tiles += d.tiles(
        *((f"honours.badges.{m}", f"Huy hiệu {m} năm tuổi Đảng") for m in marks[: 6 - len(tiles)])
    )
    return d.slide("honours", f"{d.s.Period}, {d.s.body} có {'; '.join(parts)}", tiles=tiles)


def inspection(d: Draft) -> Slide | None:
    """Inspections; discipline beside them for whoever may know it. What is masked leaves no trace."""
    t, s = d.t, d.s
    if not t.above("inspections.done"):
        return None
    headline = f"Cấp ủy, ủy ban kiểm tra các cấp kết luận {t.n('inspections.done')} cuộc kiểm tra, giám sát"
    if s.is_cell:
        headline = f"Đã kết luận {t.n('inspections.done')} cuộc kiểm tra, giám sát tại chi bộ"
    tiles = d.tiles(
        ("inspections.done.checks", "cuộc kiểm tra"),
        ("inspections.done.supervisions", "cuộc giám sát"),
        ("inspections.planned_done_pct", "chương trình đã thực hiện"),
        ("inspections.organisations", "lượt tổ chức đảng được kiểm tra, giám sát"),
        ("discipline.members", "đảng viên bị thi hành kỷ luật"),
        ("discipline.organisations", "tổ chức đảng bị thi hành kỷ luật"),
    )
    return d.slide("inspection", headline, tiles=tiles) if tiles else None


def directives(d: Draft) -> Slide | None:
    """Papers carried out and tasks done on time."""
    t, s = d.t, d.s
    if t.above("obligations.on_time_pct"):
        headline = (
            f"{t.of('obligations.on_time', 'obligations.due')} nhiệm vụ đến hạn hoàn thành đúng hạn"
            f"{t.share('obligations.on_time_pct')}"
        )
    elif t.above("directives.plans_on_time_pct"):
        headline = (
            f"{t.of('directives.plans_on_time', 'directives.plans_due')} văn bản đến hạn có văn bản triển khai đúng "
            f"hạn{t.share('directives.plans_on_time_pct')}"
        )
    elif t.above("directives.received"):
        headline = f"{s.issuer} tiếp nhận {t.n('directives.received')} văn bản của cấp trên"
    else:
        return None
    tiles = d.tiles(
        ("directives.received", "văn bản của cấp trên đã tiếp nhận"),
        ("directives.plans_issued_pct", "văn bản phải triển khai đã có văn bản triển khai"),
        ("directives.plans_on_time_pct", "ban hành văn bản triển khai đúng hạn"),
        ("obligations.on_time", "nhiệm vụ hoàn thành đúng hạn"),
        ("obligations.late", "nhiệm vụ hoàn thành muộn"),
        ("obligations.overdue", "nhiệm vụ quá hạn chưa hoàn thành"),
    )
    return d.slide("directives", headline, tiles=tiles)
