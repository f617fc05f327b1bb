"""What the year brought: the opening and part I."""

# ruff: noqa: E501 - sentences of the report are kept whole

from collections.abc import Iterator

from tongket.reports.word.prose import judging, targets, work
from tongket.reports.word.prose.phrases import Paragraph, change, each, listed, share, some, when


def opening() -> Iterator[Paragraph]:
    """What the report rests on, and the year in one paragraph."""
    yield (
        "p",
        "Thực hiện chương trình công tác {{ ky.ten }}, {{ to_chuc.cap_uy }} báo cáo kết quả công tác xây dựng Đảng "
        "{{ ky.ten }} và phương hướng, nhiệm vụ {{ ky_sau.ten }}. Số liệu tính đến ngày {{ ky.ngay_so_lieu }}, tổng hợp "
        "từ hồ sơ, sổ sách của {{ to_chuc.goi }}{% if to_chuc.co_cap_duoi %} và các {{ to_chuc.goi_cap_duoi }} trực "
        "thuộc{% endif %}.",
    )
    yield (
        "p",
        "{{ ky.ten_hoa }}, {{ to_chuc.goi }} {% if so.members.admitted > 0 %}kết nạp {{ so.members.admitted }} đảng viên "
        "mới{% else %}không kết nạp đảng viên mới{% endif %}"
        "{% if so.members.admitted.vs_target_pct > 0 %}, vượt {{ so.members.admitted.vs_target_pct|khong_dau }} so với "
        "chỉ tiêu giao{% elif so.members.admitted.vs_target_pct == 0 %}, đạt chỉ tiêu giao{% elif "
        "so.members.admitted.vs_target_pct < 0 %}, thấp hơn chỉ tiêu giao {{ so.members.admitted.vs_target_pct|khong_dau "
        "}}{% endif %}; tổng số đảng viên là {{ so.members.total }} đồng chí"
        "{% if so.honours.badges > 0 %}; có {{ so.honours.badges }} đảng viên được trao Huy hiệu Đảng{% endif %}.{% if to_chuc.la_cap_tren %}{% if so.ratings.organisations.rated > 0 %} Đánh giá, xếp loại, "
        "có {{ so.ratings.organisations.good_or_better }}/{{ so.ratings.organisations.rated }} tổ chức cơ sở đảng hoàn "
        "thành tốt nhiệm vụ trở lên, đạt tỷ lệ {{ so.ratings.organisations.good_or_better_pct }}, trong đó có "
        "{{ so.ratings.organisations.excellent }} tổ chức cơ sở đảng hoàn thành xuất sắc nhiệm vụ.{% endif %}{% endif %}",
    )
    yield from targets.met()
    yield ("cap", "Bảng 1. Một số chỉ tiêu chủ yếu")
    yield ("block", "{{ bang.tong_hop }}")


def leadership() -> Iterator[Paragraph]:
    """Directives received, plans, papers issued, tasks, study, conferences."""
    yield ("h2", "1. Công tác lãnh đạo, chỉ đạo, quán triệt và triển khai nghị quyết, chỉ thị")
    yield (
        "p",
        "{% if so.directives.received > 0 %}Trong kỳ, {{ to_chuc.cap_uy }} tiếp nhận {{ so.directives.received }} văn "
        "bản của cấp trên"
        + change("directives.received", "văn bản")
        + listed(
            ("directives.by_level.central", "văn bản của Trung ương"),
            ("directives.by_level.province", "văn bản của Tỉnh ủy"),
            ("directives.by_level.district", "văn bản của cấp ủy huyện"),
        )
        + ". {% else %}Trong kỳ chưa ghi nhận văn bản nào của cấp trên được tiếp nhận.{% endif %}"
        "{% if so.directives.needing_plan > 0 %}Có {{ so.directives.plans_issued }}/{{ so.directives.needing_plan }} "
        "văn bản phải triển khai đã được cụ thể hóa bằng chương trình, kế hoạch"
        + share("directives.plans_issued_pct")
        + "{% if so.directives.plans_due > 0 %}; ban hành đúng hạn {{ so.directives.plans_on_time }}/"
        "{{ so.directives.plans_due }} văn bản đến hạn"
        + share("directives.plans_on_time_pct")
        + "{% endif %}."
        "{% elif so.directives.received > 0 %}Không có văn bản nào yêu cầu ban hành văn bản triển khai.{% endif %}",
    )
    yield from work.issued()
    yield from work.tasks()
    yield from when("van_ban", ("p", "Các văn bản trọng tâm đã được tổ chức học tập, quán triệt:"))
    yield from each("v", "van_ban", ("li", "- {{ v.ten }}{% if loop.last %}.{% else %};{% endif %}"))
    yield (
        "p",
        "{% if so.study.sessions > 0 %}Tổ chức {{ so.study.sessions }} lớp, hội nghị học tập, quán triệt"
        + change("study.sessions", "lớp")
        + ", với {{ so.study.members_attended }} lượt đảng viên tham gia"
        + share("study.attendance_pct")
        + some("study.others_attended", "; {{ so.study.others_attended }} lượt người ngoài Đảng cùng dự")
        + ".{% else %}Trong kỳ chưa ghi nhận lớp, hội nghị học tập, quán triệt nào.{% endif %}"
        + work.study_plan()
        + work.talks()
        + some(
            "study.candidate_courses", " Mở {{ so.study.candidate_courses }} lớp bồi dưỡng nhận thức về Đảng."
        )
        + some(
            "study.new_member_courses", " Mở {{ so.study.new_member_courses }} lớp bồi dưỡng đảng viên mới."
        ),
    )
    yield from work.conferences()


def organisations() -> Iterator[Paragraph]:
    """The organisations below; nothing for a cell, which has none."""
    yield from when(
        "to_chuc.co_cap_duoi",
        ("h2", "{{ muc.to_chuc }}. Xây dựng, củng cố tổ chức cơ sở đảng"),
        (
            "p",
            "{% if to_chuc.la_cap_tren %}{{ to_chuc.ten_goi }} hiện có {{ so.organisations.grassroots }} tổ chức cơ sở "
            "đảng"
            + change("organisations.grassroots", "tổ chức")
            + ", gồm {{ so.organisations.bodies }} đảng bộ cơ sở "
            "và {{ so.organisations.base_cells }} chi bộ cơ sở; có {{ so.organisations.cells }} chi bộ trực thuộc đảng "
            "ủy cơ sở. {% else %}{{ to_chuc.ten_goi }} hiện có {{ so.organisations.cells }} chi bộ trực thuộc"
            + change("organisations.cells", "chi bộ")
            + ". {% endif %}Trong kỳ "
            "{% if so.organisations.founded > 0 %}thành lập mới {{ so.organisations.founded }} tổ chức đảng"
            "{% else %}không thành lập mới tổ chức đảng{% endif %}; {% if so.organisations.dissolved > 0 %}giải thể, sáp "
            "nhập, chia tách {{ so.organisations.dissolved }} tổ chức đảng{% else %}không có tổ chức đảng giải thể, sáp "
            "nhập, chia tách{% endif %}."
            + some(
                "organisations.village_cells",
                " Có {{ so.organisations.village_cells }} chi bộ thôn, khu phố, tổ dân phố.",
            )
            + "{% if to_chuc.la_cap_tren %}"
            + some(
                "organisations.admitting",
                " Có {{ so.organisations.admitting }} tổ chức cơ sở đảng kết nạp được đảng viên mới"
                "{% if so.organisations.admitting_pct is not none %}, chiếm {{ so.organisations.admitting_pct }}{% endif %}.",
            )
            + "{% endif %}"
            + some(
                "committees.members",
                " Cấp ủy các cấp có {{ so.committees.members }} đồng chí"
                "{% if so.committees.women_pct is not none %}, trong đó nữ {{ so.committees.women }} đồng chí, chiếm "
                "{{ so.committees.women_pct }}{% endif %}.",
            ),
        ),
    )


def members() -> Iterator[Paragraph]:
    """Admissions, movement, structure."""
    yield ("h2", "{{ muc.dang_vien }}. Công tác đảng viên")
    yield ("h3", "a) Kết nạp và công nhận đảng viên")
    yield (
        "p",
        "{% if so.members.admitted > 0 %}Kết nạp {{ so.members.admitted }} đảng viên mới{% else %}Trong kỳ không kết nạp "
        "đảng viên mới{% endif %}"
        + change("members.admitted", "đảng viên")
        + ". {% if so.members.admitted.target is none %}Cấp trên chưa giao chỉ tiêu kết nạp.{% else %}So với chỉ tiêu "
        "giao ({{ so.members.admitted.target }} đảng viên), kết quả "
        "{% if so.members.admitted.vs_target_pct > 0 %}vượt {{ so.members.admitted.vs_target_pct|khong_dau }}"
        "{% elif so.members.admitted.vs_target_pct == 0 %}đạt 100%"
        "{% elif so.members.admitted.vs_target_pct < 0 %}đạt {{ so.members.admitted.of_target_pct }}, thấp hơn chỉ tiêu "
        "{{ so.members.admitted.vs_target_pct|khong_dau }}{% else %}chưa có số liệu để so{% endif %}.{% endif %}"
        + some(
            "members.admitted",
            " Trong số đảng viên mới có {{ so.members.admitted.women }} nữ, {{ so.members.admitted.youth }} đoàn viên "
            "thanh niên, {{ so.members.admitted.degree }} người có trình độ cao đẳng, đại học trở lên"
            "{% if so.members.admitted.age.mean is not none %}; tuổi bình quân khi kết nạp là "
            "{{ so.members.admitted.age.mean }}{% endif %}.",
        )
        + some(
            "members.recognised", " Công nhận chính thức cho {{ so.members.recognised }} đảng viên dự bị."
        ),
    )
    yield from when(
        "co_bieu_do.ket_nap",
        ("block", "{{ bieu_do.ket_nap }}"),
        ("cap", "Biểu đồ 1. Kết nạp đảng viên qua các năm"),
    )
    yield from judging.admissions()
    yield ("h3", "b) Tăng, giảm và cơ cấu đội ngũ đảng viên")
    yield (
        "p",
        "Đầu kỳ có {{ so.members.opening }} đảng viên; trong kỳ tăng {{ so.members.increase }}, giảm "
        "{{ so.members.decrease }}; cuối kỳ có {{ so.members.total }} đảng viên"
        + change("members.total", "đảng viên")
        + ", gồm {{ so.members.official }} đảng viên chính thức và {{ so.members.probationary }} đảng viên dự bị. Trong "
        "số giảm: từ trần {{ so.members.died }}, chuyển đi {{ so.members.moved_out }}, khai trừ {{ so.members.expelled }}, "
        "xóa tên {{ so.members.struck_off }}, xin ra khỏi Đảng {{ so.members.left }}."
        + some(
            "members.carried_in",
            " Đến theo tổ chức đảng được chuyển về: {{ so.members.carried_in }} đảng viên.",
        )
        + some(
            "members.carried_out",
            " Đi theo tổ chức đảng được chuyển đi: {{ so.members.carried_out }} đảng viên.",
        ),
    )
    yield (
        "p",
        "Đảng viên nữ có {{ so.members.women }} đồng chí{% if so.members.women_pct is not none %}, chiếm "
        "{{ so.members.women_pct }}{% endif %}; người dân tộc thiểu số {{ so.members.minority }}; đoàn viên thanh niên "
        "{{ so.members.youth }}; được miễn công tác và sinh hoạt {{ so.members.exempt }}."
        "{% if so.members.age.mean is not none %} Tuổi đời bình quân của đảng viên là {{ so.members.age.mean }}."
        "{% endif %}",
    )
    yield ("cap", "Bảng 2. Tăng, giảm đảng viên")
    yield ("block", "{{ bang.bien_dong }}")
    yield ("cap", "Bảng 3. Cơ cấu đội ngũ đảng viên")
    yield ("block", "{{ bang.co_cau }}")
    yield from when(
        "co_bieu_do.do_tuoi", ("block", "{{ bieu_do.do_tuoi }}"), ("cap", "Biểu đồ 2. Đảng viên theo độ tuổi")
    )


def ratings() -> Iterator[Paragraph]:
    """Ratings of organisations and members, with both readings of the cap on 'excellent'."""
    yield ("h2", "{{ muc.xep_loai }}. Đánh giá, xếp loại chất lượng")
    yield from when(
        "to_chuc.la_cap_tren",
        (
            "p",
            "{% if so.ratings.organisations.rated > 0 %}Có {{ so.ratings.organisations.rated }} tổ chức cơ sở đảng được "
            "đánh giá, xếp loại; trong đó {{ so.ratings.organisations.good_or_better }}/"
            "{{ so.ratings.organisations.rated }} tổ chức hoàn thành tốt nhiệm vụ trở lên"
            + share("ratings.organisations.good_or_better_pct")
            + "; {{ so.ratings.organisations.excellent }} tổ chức hoàn thành xuất sắc nhiệm vụ"
            "{% if so.ratings.organisations.excellent_of_good_or_better_pct is not none %}, bằng "
            "{{ so.ratings.organisations.excellent_of_good_or_better_pct }} số hoàn thành tốt nhiệm vụ trở lên"
            "{% endif %}{% if so.ratings.organisations.excellent_of_good_pct is not none %} và bằng "
            "{{ so.ratings.organisations.excellent_of_good_pct }} số hoàn thành tốt nhiệm vụ{% endif %}; "
            "{{ so.ratings.organisations.completed }} tổ chức hoàn thành nhiệm vụ; {% if "
            "so.ratings.organisations.failed > 0 %}{{ so.ratings.organisations.failed }} tổ chức{% else %}không có tổ "
            "chức{% endif %} không hoàn thành nhiệm vụ."
            "{% else %}Chưa có kết quả đánh giá, xếp loại tổ chức cơ sở đảng.{% endif %}",
        ),
    )
    yield from when(
        "to_chuc.xep_loai", ("p", "{{ to_chuc.ten_goi }} được cấp trên xếp loại: {{ to_chuc.xep_loai }}.")
    )
    yield from when(
        "so.ratings.cells.rated > 0",
        (
            "p",
            "Có {{ so.ratings.cells.rated }} chi bộ trực thuộc được đánh giá, xếp loại; "
            "{{ so.ratings.cells.good_or_better }} chi bộ hoàn thành tốt nhiệm vụ trở lên"
            + share("ratings.cells.good_or_better_pct")
            + ", trong đó {{ so.ratings.cells.excellent }} chi bộ hoàn thành xuất sắc nhiệm vụ.",
        ),
    )
    yield (
        "p",
        "{% if so.ratings.members.rated > 0 %}Có {{ so.ratings.members.rated }} đảng viên được đánh giá, xếp loại; "
        "{{ so.ratings.members.good_or_better }} đảng viên hoàn thành tốt nhiệm vụ trở lên"
        + share("ratings.members.good_or_better_pct")
        + "; {{ so.ratings.members.excellent }} đảng viên hoàn thành xuất sắc nhiệm vụ"
        + share("ratings.members.excellent_pct")
        + "; {{ so.ratings.members.failed }} đảng viên không hoàn thành nhiệm vụ. Số đảng viên chưa, miễn đánh giá là "
        "{{ so.ratings.members.not_rated }}.{% else %}Chưa có kết quả đánh giá, xếp loại đảng viên.{% endif %}",
    )
    yield from judging.rounds()
    yield ("cap", "Bảng 4. Kết quả đánh giá, xếp loại chất lượng")
    yield ("block", "{{ bang.xep_loai }}")
    yield from when(
        "co_bieu_do.xep_loai",
        ("block", "{{ bieu_do.xep_loai }}"),
        ("cap", "Biểu đồ 3. Cơ cấu kết quả đánh giá, xếp loại"),
    )


def honours_and_discipline() -> Iterator[Paragraph]:
    """Badges, inspection and discipline, commendation."""
    yield ("h2", "{{ muc.huy_hieu }}. Tặng, truy tặng Huy hiệu Đảng")
    yield (
        "p",
        "{% if so.honours.badges > 0 %}Trao Huy hiệu Đảng cho {{ so.honours.badges }} đảng viên"
        + change("honours.badges", "đảng viên")
        + some("honours.badges.posthumous", ", trong đó truy tặng {{ so.honours.badges.posthumous }}")
        + ".{% else %}Trong kỳ không có đảng viên được trao Huy hiệu Đảng.{% endif %}",
    )
    yield from judging.badges()
    yield from when(
        "so.honours.badges > 0", ("cap", "Bảng 5. Huy hiệu Đảng theo mức"), ("block", "{{ bang.huy_hieu }}")
    )
    yield ("h2", "{{ muc.kiem_tra }}. Công tác kiểm tra, giám sát, kỷ luật Đảng")
    yield from judging.inspections()
    yield (
        "p",
        # Without the inspection duty the numbers are masked: then nothing may be said beyond the mask itself.
        "{% if so.discipline.members.reprimand is none %}Đảng viên bị thi hành kỷ luật: {{ so.discipline.members }}; "
        "tổ chức đảng bị thi hành kỷ luật: {{ so.discipline.organisations }}.{% else %}"
        "{% if so.discipline.members > 0 %}Thi hành kỷ luật {{ so.discipline.members }} đảng viên"
        + change("discipline.members", "đảng viên")
        + ": khiển trách {{ so.discipline.members.reprimand }}, cảnh cáo {{ so.discipline.members.warning }}, cách chức "
        "{{ so.discipline.members.removal }}, khai trừ {{ so.discipline.members.expulsion }}"
        + some(
            "discipline.members.committee", "; trong đó có {{ so.discipline.members.committee }} cấp ủy viên"
        )
        + ".{% else %}Trong kỳ không có đảng viên bị thi hành kỷ luật.{% endif %}"
        " {% if so.discipline.organisations > 0 %}Thi hành kỷ luật {{ so.discipline.organisations }} tổ chức đảng: khiển "
        "trách {{ so.discipline.organisations.reprimand }}, cảnh cáo {{ so.discipline.organisations.warning }}, giải tán "
        "{{ so.discipline.organisations.dissolution }}.{% else %}Không có tổ chức đảng bị thi hành kỷ luật.{% endif %}{% endif %}",
    )
    yield from judging.cases()
    yield ("h2", "{{ muc.khen_thuong }}. Công tác khen thưởng")
    yield (
        "p",
        "{% if so.honours.commended_collectives > 0 or so.honours.commended_individuals > 0 %}"
        "Khen thưởng {{ so.honours.commended_collectives }} tập thể và {{ so.honours.commended_individuals }} cá nhân có "
        "thành tích trong công tác xây dựng Đảng{% else %}Trong kỳ chưa ghi nhận khen thưởng{% endif %}{% if truoc.honours.commended_collectives is not none %} "
        "({{ ky_truoc.ten }}: {{ truoc.honours.commended_collectives }} tập thể, "
        "{{ truoc.honours.commended_individuals }} cá nhân){% endif %}.",
    )
    yield from judging.commendations()


def by_organisation() -> Iterator[Paragraph]:
    """The table of the organisations below."""
    yield from when(
        "to_chuc.co_cap_duoi",
        ("h2", "{{ muc.tung_to_chuc }}. Kết quả của từng tổ chức đảng trực thuộc"),
        ("cap", "Bảng 6. Kết quả của từng tổ chức đảng trực thuộc"),
        ("block", "{{ bang.theo_to_chuc }}"),
    )
