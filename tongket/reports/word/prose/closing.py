"""Shortcomings and the tasks ahead: parts II and III."""

# ruff: noqa: E501 - sentences of the report are kept whole

from collections.abc import Iterator

from tongket.reports.word.prose.phrases import Paragraph, some, when


def shortcomings() -> Iterator[Paragraph]:
    """Written from the figures alone; says so when they show none."""
    yield ("h1", "II. HẠN CHẾ")
    yield from when(
        "han_che.khong",
        (
            "p",
            "Đối chiếu số liệu trong kỳ với chỉ tiêu, thời hạn được giao: không có nội dung nào không đạt.",
        ),
    )
    yield from when(
        "so.members.admitted.vs_target_pct < 0",
        (
            "p",
            "- Kết nạp đảng viên chưa đạt chỉ tiêu: {{ so.members.admitted }}/{{ so.members.admitted.target }} đảng viên, "
            "đạt {{ so.members.admitted.of_target_pct }}.",
        ),
    )
    yield from when(
        "chua_dat",
        (
            "p",
            "- Còn {{ han_che.so_chua_dat }} {{ to_chuc.goi_cap_duoi }} chưa đạt chỉ tiêu kết nạp: {% for t in chua_dat %}"
            "{{ t.ten }} ({{ t.so.members.admitted }}/{{ t.so.members.admitted.target }}){% if loop.last %}.{% else %}; "
            "{% endif %}{% endfor %}",
        ),
    )
    yield from when(
        "so.directives.plans_on_time_pct < 100",
        (
            "p",
            "- Việc ban hành văn bản triển khai có lúc chưa kịp thời: {{ so.directives.plans_on_time }}/"
            "{{ so.directives.plans_due }} văn bản đến hạn được triển khai đúng hạn"
            + some(
                "directives.plans_overdue",
                "; {{ so.directives.plans_overdue }} văn bản quá hạn chưa triển khai",
            )
            + ".",
        ),
    )
    yield from when(
        "han_che.viec_cham",
        (
            "p",
            "- Việc thực hiện nhiệm vụ được giao có nơi chưa đầy đủ, kịp thời:"
            + some("obligations.late", " {{ so.obligations.late }} nhiệm vụ hoàn thành muộn")
            + "{% if so.obligations.late > 0 and so.obligations.overdue > 0 %};{% endif %}"
            + some("obligations.overdue", " {{ so.obligations.overdue }} nhiệm vụ quá hạn chưa hoàn thành")
            + ".",
        ),
    )
    yield from when(
        "han_che.xep_loai_thap",
        (
            "p",
            "- {% if so.ratings.organisations.completed > 0 %}Còn {{ so.ratings.organisations.completed }} tổ chức cơ sở "
            "đảng xếp loại hoàn thành nhiệm vụ (chưa đạt mức tốt){% if so.ratings.organisations.failed > 0 %}; "
            "{% else %}.{% endif %}{% endif %}{% if so.ratings.organisations.failed > 0 %}"
            "{{ so.ratings.organisations.failed }} tổ chức cơ sở đảng không hoàn thành nhiệm vụ.{% endif %}",
        ),
    )
    yield from when(
        "so.ratings.organisations.missing > 0",
        (
            "p",
            "- {% if to_chuc.la_cap_tren %}Còn {{ so.ratings.organisations.missing }} tổ chức cơ sở đảng chưa ghi kết quả "
            "xếp loại{% else %}Chưa ghi kết quả xếp loại của {{ to_chuc.goi }}{% endif %}.",
        ),
    )
    yield from when(
        "so.members.profile_gaps > 0",
        ("p", "- Còn {{ so.members.profile_gaps }} đảng viên có hồ sơ thiếu mục bắt buộc, cần bổ sung."),
    )
    yield from when(
        "han_che.lech",
        (
            "p",
            "- Số đảng viên cuối kỳ theo danh sách và theo tăng, giảm chênh lệch {{ so.members.balance_gap|co_dau }}, cần "
            "rà soát.",
        ),
    )
    yield ("note", "[Văn phòng bổ sung: nguyên nhân khách quan, chủ quan]")


def tasks() -> Iterator[Paragraph]:
    """Next year's tasks, for the office to write."""
    yield ("h1", "III. PHƯƠNG HƯỚNG, NHIỆM VỤ {{ ky_sau.ten_in }}")
    yield ("note", "[Văn phòng bổ sung: phương hướng chung]")
    yield ("note", "[Văn phòng bổ sung: chỉ tiêu phấn đấu {{ ky_sau.ten }}]")
    yield ("note", "[Văn phòng bổ sung: nhiệm vụ, giải pháp trọng tâm]")
