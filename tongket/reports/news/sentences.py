"""The year's results, sentence by sentence, in the standard phrasing of the indicators.

Each function gives one marked sentence or "". A sentence without what it needs is left out whole; a clause that lacks
its figure is left out of its sentence. No figure of a guarded source is told, not even a masked one.
"""

from tongket.reports.news.setting import Setting
from tongket.reports.news.telling import Sentence, Teller, joined

MARKS = (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95)


def results(setting: Setting, *, long: bool) -> list[list[Sentence]]:
    """The paragraphs of results; the short text has the headlines alone."""
    s = setting
    admissions = [
        s.of(admitted),
        s.of(admitted_target),
        s.of(admitted_change),
        s.of(admitted_who),
        recognised,
    ]
    if not long:
        return [
            [s.of(admitted), s.of(badges)],
            [s.of(organisations_rated), s.of(cells_rated), members_shares],
            [s.of(commended)],
        ]
    return [
        [s.of(received), sessions, talks],
        [*admissions, s.of(stock)],
        [s.of(organisations)],
        [s.of(organisations_rated), s.of(cells_rated), s.of(members_rated)],
        [s.of(badges_in_full)],
        [s.of(inspections)],
        [s.of(commended)],
    ]


# --- members ----------------------------------------------------------------------------------------------


def target_words(t: Teller) -> str:
    """', vượt 3,5% so với chỉ tiêu cấp trên giao', ', đạt 100% …', ', đạt 94,1% …'; nothing without a target."""
    over = t.value("members.admitted.vs_target_pct")
    if over is None or not t.above("members.admitted.target"):
        return ""
    if over > 0:
        return f", vượt {t.n('members.admitted.vs_target_pct', 'abs')} so với chỉ tiêu cấp trên giao"
    return f", đạt {t.n('members.admitted.of_target_pct')} chỉ tiêu cấp trên giao"


def admitted(s: Setting, t: Teller) -> str:
    """Members admitted against the target, and the new total."""
    total, before = t.value("members.total"), t.value("members.total", before=True)
    whole = f"{t.n('members.total')} đồng chí" if total else ""
    if not t.above("members.admitted"):
        if not t.has("members.admitted"):
            return ""
        tail = f"; tổng số đảng viên là {whole}" if whole else ""
        return f"{s.Period}, {s.body} không kết nạp đảng viên mới{tail}."
    said = f"{s.Period}, {s.body} kết nạp {t.n('members.admitted')} đảng viên mới{target_words(t)}"
    if not whole:
        return f"{said}."
    if before is not None and total is not None and total > before:
        return f"{said}, nâng tổng số đảng viên {s.all_of_it} lên {whole}."
    return f"{said}; tổng số đảng viên {s.all_of_it} là {whole}."


def admitted_target(s: Setting, t: Teller) -> str:
    """What was asked for."""
    if not t.above("members.admitted.target"):
        return ""
    return (
        f"Chỉ tiêu kết nạp đảng viên cấp trên giao {s.period} là {t.n('members.admitted.target')} đảng viên."
    )


def admitted_change(s: Setting, t: Teller) -> str:
    """Against the same period of the year before, where that had any."""
    change = t.value("members.admitted.change_pct")
    if not change or not t.above("members.admitted"):
        return ""
    way = "tăng" if change > 0 else "giảm"
    share = t.n("members.admitted.change_pct", "abs")
    return f"Số đảng viên mới kết nạp {way} {share} so với {s.period_before}."


def admitted_who(s: Setting, t: Teller) -> str:
    """Who they are; groups that overlap."""
    if not t.above("members.admitted"):
        return ""
    groups = t.series(
        ("members.admitted.women", "đảng viên nữ"),
        ("members.admitted.youth", "đoàn viên thanh niên"),
        ("members.admitted.degree", "người có trình độ cao đẳng, đại học trở lên"),
    )
    return f"Trong số đảng viên mới kết nạp có {joined(groups)}." if groups else ""


def recognised(t: Teller) -> str:
    """Probationary members recognised as full ones."""
    if not t.above("members.recognised"):
        return ""
    return f"Công nhận đảng viên chính thức cho {t.n('members.recognised')} đảng viên."


def stock(s: Setting, t: Teller) -> str:
    """The members at the end of the period by standing, and the share of women."""
    if not t.above("members.total"):
        return ""
    said = f"{s.At_end}, tổng số đảng viên của {s.body} là {t.n('members.total')} đồng chí"
    if t.above("members.official", "members.probationary"):
        said += f", gồm {t.n('members.official')} đảng viên chính thức và {t.n('members.probationary')} đảng viên dự bị"
    if t.above("members.women", "members.women_pct"):
        said += f"; đảng viên nữ có {t.n('members.women')} đồng chí, chiếm {t.n('members.women_pct')} tổng số đảng viên"
    return f"{said}."


# --- organisations and ratings ----------------------------------------------------------------------------


def organisations(s: Setting, t: Teller) -> str:
    """What hangs below: grassroots organisations by form, cells."""
    if not s.is_upper:
        if s.is_cell or not t.above("organisations.cells"):
            return ""
        return f"{s.Body} có {t.n('organisations.cells')} chi bộ trực thuộc."
    if not t.above("organisations.grassroots"):
        return ""
    said = f"{s.Body} có {t.n('organisations.grassroots')} tổ chức cơ sở đảng"
    if t.above("organisations.bodies", "organisations.base_cells"):
        said += f", gồm {t.n('organisations.bodies')} đảng bộ cơ sở và {t.n('organisations.base_cells')} chi bộ cơ sở"
    said += "."
    if t.above("organisations.cells"):
        said += f" Dưới đảng bộ cơ sở có {t.n('organisations.cells')} chi bộ trực thuộc."
    return said


def organisations_rated(s: Setting, t: Teller) -> str:
    """Grassroots organisations good or better, of them excellent; only above the grassroots."""
    if not s.is_upper or not t.above("ratings.organisations.rated", "ratings.organisations.good_or_better"):
        return ""
    prefix = "ratings.organisations"
    said = (
        f"Kết quả đánh giá, xếp loại {s.period} có {t.of(f'{prefix}.good_or_better', f'{prefix}.rated')} tổ chức cơ "
        f"sở đảng hoàn thành tốt nhiệm vụ trở lên{t.share(f'{prefix}.good_or_better_pct')}"
    )
    if t.above(f"{prefix}.excellent"):
        said += f", trong đó có {t.n(f'{prefix}.excellent')} tổ chức cơ sở đảng hoàn thành xuất sắc nhiệm vụ"
    return f"{said}."


def cells_rated(s: Setting, t: Teller) -> str:
    """Cells of a grassroots body, likewise."""
    prefix = "ratings.cells"
    if s.is_upper or s.is_cell or not t.above(f"{prefix}.rated", f"{prefix}.good_or_better"):
        return ""
    said = (
        f"Kết quả đánh giá, xếp loại {s.period} có {t.of(f'{prefix}.good_or_better', f'{prefix}.rated')} chi bộ trực "
        f"thuộc hoàn thành tốt nhiệm vụ trở lên{t.share(f'{prefix}.good_or_better_pct')}"
    )
    if t.above(f"{prefix}.excellent"):
        said += f", trong đó có {t.n(f'{prefix}.excellent')} chi bộ trực thuộc hoàn thành xuất sắc nhiệm vụ"
    return f"{said}."


def members_shares(t: Teller) -> str:
    """The shares of members good or better, and excellent."""
    prefix = "ratings.members"
    if not t.above(f"{prefix}.good_or_better_pct"):
        return ""
    said = f"Có {t.n(f'{prefix}.good_or_better_pct')} đảng viên hoàn thành tốt nhiệm vụ trở lên"
    if t.above(f"{prefix}.excellent_pct"):
        said += f", trong đó {t.n(f'{prefix}.excellent_pct')} đảng viên hoàn thành xuất sắc nhiệm vụ"
    return f"{said}."


def members_rated(s: Setting, t: Teller) -> str:
    """The same with the numbers behind it."""
    prefix = "ratings.members"
    if not t.above(f"{prefix}.rated", f"{prefix}.good_or_better"):
        return ""
    said = (
        f"Kết quả đánh giá, xếp loại đảng viên {s.period} có {t.of(f'{prefix}.good_or_better', f'{prefix}.rated')} "
        f"đảng viên hoàn thành tốt nhiệm vụ trở lên{t.share(f'{prefix}.good_or_better_pct')}."
    )
    if t.above(f"{prefix}.excellent"):
        said += (
            f" Có {t.of(f'{prefix}.excellent', f'{prefix}.rated')} đảng viên hoàn thành xuất sắc nhiệm vụ"
            f"{t.share(f'{prefix}.excellent_pct')}."
        )
    return said


# --- badges, commendations --------------------------------------------------------------------------------


def badges(s: Setting, t: Teller) -> str:
    """Badges given; nothing where there was none."""
    if not t.above("honours.badges"):
        return ""
    return f"{s.Within}, đã trao tặng Huy hiệu Đảng cho {t.n('honours.badges')} đảng viên."


def badges_in_full(s: Setting, t: Teller) -> str:
    """Badges by mark; the list is told only when it adds up to the whole."""
    if not t.above("honours.badges"):
        return ""
    marks = [mark for mark in MARKS if t.above(f"honours.badges.{mark}")]
    whole = sum(t.value(f"honours.badges.{mark}") or 0 for mark in marks) == t.value("honours.badges")
    listed = [f"{t.n(f'honours.badges.{mark}')} đồng chí {mark} năm tuổi Đảng" for mark in marks]
    said = f"{s.Within}, đã trao tặng Huy hiệu Đảng cho {t.n('honours.badges')} đảng viên"
    return f"{said}, gồm {joined(listed)}." if whole and len(listed) > 1 else f"{said}."


def commended(s: Setting, t: Teller) -> str:
    """Collectives and persons commended for the period's achievements."""
    groups = t.series(
        ("honours.commended_collectives", "tập thể"), ("honours.commended_individuals", "cá nhân")
    )
    if not groups:
        return ""
    return f"{s.Within}, đã khen thưởng {joined(groups)} có thành tích trong công tác xây dựng Đảng."


# --- the year's work --------------------------------------------------------------------------------------


def received(s: Setting, t: Teller) -> str:
    """Papers received from above."""
    if not t.above("directives.received"):
        return ""
    levels = t.series(
        ("directives.by_level.central", "văn bản của Trung ương"),
        ("directives.by_level.province", "văn bản của Tỉnh ủy"),
        ("directives.by_level.district", "văn bản của cấp ủy cấp huyện"),
    )
    tail = f", trong đó có {joined(levels)}" if len(levels) > 1 else ""
    return f"{s.Period}, {s.issuer} tiếp nhận {t.n('directives.received')} văn bản của cấp trên{tail}."


def sessions(t: Teller) -> str:
    """Study sessions and attendance."""
    if not t.above("study.sessions"):
        return ""
    said = f"Đã tổ chức {t.n('study.sessions')} lớp học tập, quán triệt"
    if t.above("study.attendances"):
        said += f", với {t.n('study.attendances')} lượt người tham gia"
    if t.above("study.attendance_pct"):
        said += f"; có {t.n('study.attendance_pct')} đảng viên tham gia học tập, quán triệt"
    return f"{said}."


def talks(t: Teller) -> str:
    """Talks on current affairs."""
    if not t.above("study.talks"):
        return ""
    return f"Tổ chức {t.n('study.talks')} buổi thông tin thời sự."


def inspections(s: Setting, t: Teller) -> str:
    """Inspections concluded. Whom they met and what they found is not for the public."""
    if not t.above("inspections.done"):
        return ""
    return f"{s.Within}, đã kết luận {t.n('inspections.done')} cuộc kiểm tra, giám sát."
