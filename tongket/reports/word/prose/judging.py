"""The year's judging in part I: candidates and probations, rounds, proposals, inspections, cases. Nothing where nothing was.

Numbers that the reader may not know have no value here, so nothing is said of them.
"""

# ruff: noqa: E501 - sentences of the report are kept whole

from collections.abc import Iterator

from tongket.reports.word.prose.phrases import Paragraph, above_0, series, share, some, when
from tongket.reports.word.prose.work import grown


def admissions() -> Iterator[Paragraph]:
    """Candidates nominated and prepared, votes that failed, what came late; decisions on official status."""
    yield from when(
        above_0("candidates.nominated", "candidates.class", "candidates.decisions", "candidates.total"),
        (
            "p",
            "Về tạo nguồn và xét kết nạp:"
            + series(
                ("candidates.nominated", "giới thiệu {} quần chúng ưu tú"),
                ("candidates.class", "{} quần chúng hoàn thành lớp bồi dưỡng nhận thức về Đảng"),
                ("candidates.decisions", "ban hành {} quyết định kết nạp"),
                ("candidates.votes_failed", "{} lượt biểu quyết không đủ phiếu"),
                ("candidates.closed", "thôi xét {} quần chúng"),
                ("candidates.total", "cuối kỳ còn {} quần chúng trong nguồn"),
                end=".",
            )
            + series(
                ("candidates.decisions.late", "{} quyết định kết nạp ban hành quá hạn"),
                ("candidates.ceremonies.late", "{} lễ kết nạp tổ chức quá hạn"),
                ("candidates.decision_overdue", "{} quần chúng cuối kỳ đã quá hạn quyết định"),
                ("candidates.ceremony_overdue", "{} quần chúng cuối kỳ đã quá hạn tổ chức lễ kết nạp"),
                begin=" Có ",
                end=".",
            ),
        ),
    )
    yield from when(
        above_0("probations.decided"),
        (
            "p",
            "Có {{ so.probations.decided }} đảng viên dự bị được quyết định công nhận đảng viên chính thức theo hồ sơ xét"
            + some(
                "probations.decided.in_time",
                ", trong đó đúng hạn {{ so.probations.decided.in_time }}"
                + share("probations.decided.in_time_pct"),
            )
            + "."
            + some(
                "probations.late",
                " Cuối kỳ còn {{ so.probations.late }} đảng viên dự bị quá hạn xét, quyết định công nhận chính thức.",
            ),
        ),
    )


def rounds() -> Iterator[Paragraph]:
    """How far the rounds of organisations and of members are, who was left out and why, what was set aside."""
    for subject, name in (("organisations", "tổ chức đảng"), ("members", "đảng viên")):
        prefix = f"rounds.{subject}"
        reasons = series(
            (f"{prefix}.excluded.exempt", "miễn công tác và sinh hoạt {}"),
            (f"{prefix}.excluded.suspended", "đang bị đình chỉ sinh hoạt {}"),
            (f"{prefix}.excluded.under_six_months", "kết nạp chưa đủ 6 tháng {}"),
            (f"{prefix}.excluded.founded_recently", "mới thành lập {}"),
            (f"{prefix}.excluded.other", "lý do khác {}"),
            begin=" (",
            between=", ",
            end=")",
        )
        yield from when(
            above_0(f"{prefix}.listed"),
            (
                "p",
                f"Danh sách đợt đánh giá, xếp loại có {{{{ so.{prefix}.listed }}}} {name}"
                + some(f"{prefix}.to_rate", f"; phải đánh giá {{{{ so.{prefix}.to_rate }}}}")
                + some(
                    f"{prefix}.excluded", f"; để ngoài diện đánh giá {{{{ so.{prefix}.excluded }}}}{reasons}"
                )
                + some(
                    f"{prefix}.decided",
                    f"; đã quyết định xếp loại {{{{ so.{prefix}.decided }}}}"
                    + share(f"{prefix}.decided_pct"),
                )
                + "."
                + series(
                    (f"{prefix}.special", "{} trường hợp đặc biệt"),
                    (f"{prefix}.set_aside", "{} trường hợp bỏ qua kiểm tra tự động kèm lý do"),
                    (f"{prefix}.corrected", "{} trường hợp đính chính sau quyết định"),
                    begin=" Có ",
                    between=", ",
                    end=".",
                ),
            ),
        )


def badges() -> Iterator[Paragraph]:
    """Badges proposed and what came of it."""
    yield from when(
        above_0("honours.badge_proposals"),
        (
            "p",
            "Đã lập {{ so.honours.badge_proposals }} đề nghị tặng Huy hiệu Đảng"
            + series(
                ("honours.badge_proposals.early", "tặng sớm {}"),
                ("honours.badge_proposals.posthumous", "truy tặng {}"),
                begin=", trong đó ",
                between=", ",
            )
            + series(
                ("honours.badge_proposals.sent", "đã trình cấp quyết định {}"),
                ("honours.badge_proposals.approved", "có quyết định {}"),
                ("honours.badge_proposals.refused", "không được duyệt {}"),
                begin="; ",
            )
            + ".",
        ),
    )


def commendations() -> Iterator[Paragraph]:
    """Commendations proposed, the council's view, the decision, the certificates."""
    yield from when(
        above_0("honours.proposals"),
        (
            "p",
            "Tiếp nhận {{ so.honours.proposals }} đề nghị khen thưởng"
            + series(
                ("honours.proposals.collectives", "{} tập thể"),
                ("honours.proposals.individuals", "{} cá nhân"),
                begin=" (",
                between=", ",
                end=")",
            )
            + series(
                ("honours.proposals.recommended", "hội đồng đồng ý {}"),
                ("honours.proposals.not_recommended", "hội đồng không đồng ý {}"),
                ("honours.proposals.commended", "quyết định khen {}"),
                ("honours.proposals.refused", "không khen {}"),
                ("honours.proposals.certificates", "cấp {} giấy khen"),
                begin="; ",
            )
            + ".",
        ),
    )


def inspections() -> Iterator[Paragraph]:
    """The programme and its share carried out, who inspected what, whom it met, what was remedied."""
    yield from when(
        above_0("inspections.planned", "inspections.done"),
        (
            "p",
            some(
                "inspections.planned",
                "Theo chương trình có {{ so.inspections.planned }} cuộc kiểm tra, giám sát; "
                "{% if so.inspections.planned_done > 0 %}đã kết luận {{ so.inspections.planned_done }} cuộc"
                + share("inspections.planned_done_pct")
                + "{% else %}chưa kết luận cuộc nào{% endif %}."
                + some("inspections.done", " "),
            )
            + some(
                "inspections.done",
                "Trong kỳ kết luận {{ so.inspections.done }} cuộc"
                + grown("inspections.done", "cuộc")
                + series(
                    ("inspections.done.checks", "{} cuộc kiểm tra"),
                    ("inspections.done.supervisions", "{} cuộc giám sát"),
                    begin=", gồm ",
                    between=", ",
                )
                + series(
                    ("inspections.done.by.committee", "cấp ủy {}"),
                    ("inspections.done.by.standing", "ban thường vụ {}"),
                    ("inspections.done.by.commission", "ủy ban kiểm tra {}"),
                    ("inspections.done.by.advisory", "cơ quan tham mưu, giúp việc {}"),
                    ("inspections.done.by.grassroots", "đảng ủy cơ sở {}"),
                    ("inspections.done.by.sub_body", "đảng ủy bộ phận {}"),
                    ("inspections.done.by.cell", "chi bộ {}"),
                    begin="; chủ thể: ",
                    between=", ",
                )
                + some(
                    "inspections.done.unplanned",
                    "; ngoài chương trình {{ so.inspections.done.unplanned }} cuộc",
                )
                + ".",
            ),
        ),
    )
    yield from when(
        above_0("inspections.organisations", "inspections.members"),
        (
            "p",
            "Kiểm tra, giám sát"
            + series(
                ("inspections.organisations", "{} lượt tổ chức đảng"),
                ("inspections.members", "{} lượt đảng viên"),
                between=", ",
            )
            + series(
                ("inspections.organisations.shortcomings", "{} tổ chức có khuyết điểm"),
                ("inspections.organisations.violations", "{} tổ chức có vi phạm"),
                ("inspections.members.shortcomings", "{} đảng viên có khuyết điểm"),
                ("inspections.members.violations", "{} đảng viên có vi phạm"),
                begin="; qua đó phát hiện ",
                between=", ",
            )
            + ".",
        ),
    )
    yield from when(
        above_0("inspections.remedies", "inspections.remedies.due"),
        (
            "p",
            "Về khắc phục sau kiểm tra, giám sát:"
            + series(
                ("inspections.remedies", "giao {} việc"),
                ("inspections.remedies.due", "đến hạn {} việc"),
                ("inspections.remedies.on_time", "hoàn thành đúng hạn {} việc"),
                ("inspections.remedies.overdue", "quá hạn chưa hoàn thành {} việc"),
            )
            + ".",
        ),
    )


def cases() -> Iterator[Paragraph]:
    """Cases opened, decided, closed, under way; appeals."""
    yield from when(
        above_0("cases.opened", "cases.decided", "cases.closed", "cases.pending"),
        (
            "p",
            "Về xem xét kỷ luật:"
            + series(
                ("cases.opened", "xem xét mới {} vụ việc"),
                ("cases.decided", "quyết định kỷ luật {} vụ việc"),
                ("cases.closed", "kết thúc, không kỷ luật {} vụ việc"),
                ("cases.pending", "cuối kỳ còn đang xem xét {} vụ việc"),
            )
            + ".",
        ),
    )
    yield from when(
        above_0("cases.appeals", "cases.appeals.answered"),
        (
            "p",
            "Về khiếu nại kỷ luật:"
            + series(
                ("cases.appeals", "nhận {} khiếu nại"),
                ("cases.appeals.answered", "giải quyết {} khiếu nại"),
            )
            + series(
                ("cases.appeals.outcome.upheld", "giữ nguyên {}"),
                ("cases.appeals.outcome.lighter", "giảm hình thức {}"),
                ("cases.appeals.outcome.harsher", "tăng hình thức {}"),
                ("cases.appeals.outcome.annulled", "hủy quyết định {}"),
                begin=" (",
                between=", ",
                end=")",
            )
            + ".",
        ),
    )


def annex() -> Iterator[Paragraph]:
    """The numbers of all this beside last year's, after the signature."""
    yield from when(
        "phu_luc.co",
        ("annex", "PHỤ LỤC{% if chi_tieu.co %} 2{% endif %}"),
        (
            "cap",
            "Bảng số liệu kiểm tra, giám sát, kỷ luật; đánh giá, khen thưởng; phát triển đảng {{ ky.ten }}",
        ),
        ("block", "{{ bang.danh_gia }}"),
    )
