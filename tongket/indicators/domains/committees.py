"""Who sits in the committees at a date."""

from functools import partial

from ..model import Between, Count, Indicator, Is, Ratio

_figure = partial(Indicator, domain="committees", unit="người", units_en="people", form="Biểu 9")
_percent = partial(Indicator, domain="committees", unit="%", units_en="%", decimals=2, form="Biểu 9")

_POSTS = (
    ("secretaries", "secretary", "Bí thư cấp ủy", "Secretaries"),
    ("deputy_secretaries", "deputy_secretary", "Phó bí thư cấp ủy", "Deputy secretaries"),
    ("standing_members", "standing_member", "Ủy viên ban thường vụ", "Standing committee members"),
)

INDICATORS: tuple[Indicator, ...] = (
    _figure(
        "committees.members",
        "Cấp ủy viên",
        "Committee members",
        formula=Count("committee_people", "stock"),
        note="Một người ở hai cấp ủy được tính ở từng cấp ủy.",
    ),
    _figure(
        "committees.members.grassroots",
        "Cấp ủy viên của tổ chức cơ sở đảng",
        "Members of grassroots committees",
        formula=Count("committee_people", "stock", (Is("grassroots", True),)),
    ),
    _figure(
        "committees.women",
        "Cấp ủy viên nữ",
        "Women in committees",
        formula=Count("committee_people", "stock", (Is("gender", "female"),)),
    ),
    _percent(
        "committees.women_pct",
        "Tỷ lệ cấp ủy viên nữ",
        "Share of women in committees",
        formula=Ratio("committees.women", "committees.members"),
        good="up",
    ),
    _figure(
        "committees.young",
        "Cấp ủy viên từ 40 tuổi trở xuống",
        "Committee members aged 40 or under",
        formula=Count("committee_people", "stock", (Between("age", None, 40),)),
    ),
    _percent(
        "committees.young_pct",
        "Tỷ lệ cấp ủy viên từ 40 tuổi trở xuống",
        "Share of committee members aged 40 or under",
        formula=Ratio("committees.young", "committees.members"),
    ),
    *(
        _figure(
            f"committees.{key}",
            vi,
            en,
            formula=Count("posts", "stock", (Is("post", post),)),
        )
        for key, post, vi, en in _POSTS
    ),
    _figure(
        "committees.secretaries.women",
        "Bí thư cấp ủy là nữ",
        "Women secretaries",
        formula=Count("posts", "stock", (Is("post", "secretary"), Is("gender", "female"))),
    ),
)
