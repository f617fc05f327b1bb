"""Who is on the list at a date: the rows of form 3 and what year reports add to them."""

from datetime import date
from functools import partial

from tongket.core import codelists as codes

from ..family import Part, bands, family, gap, parts_of_list
from ..model import Between, Count, In, Indicator, Is, Known, Not, Ratio, Sum

_figure = partial(Indicator, domain="members", unit="đảng viên", units_en="members")
_FORM = "Biểu 3"

_AGES = bands("age", (18, 30), (31, 40), (41, 50), (51, 60), (61, None))
_PARTY_AGES = bands(
    "party_age", (None, 29), (30, 39), (40, 49), (50, None), noun="năm", noun_en="years in the Party"
)
_JOINED = (
    Part("to_1975", "đến 30/4/1975", "to 30/4/1975", Between("admitted_on", None, date(1975, 4, 30))),
    Part(
        "1975_1985",
        "từ 01/5/1975 đến 31/12/1985",
        "1/5/1975 to 31/12/1985",
        Between("admitted_on", date(1975, 5, 1), date(1985, 12, 31)),
    ),
    Part(
        "1986_1996",
        "từ 1986 đến 1996",
        "1986 to 1996",
        Between("admitted_on", date(1986, 1, 1), date(1996, 12, 31)),
    ),
    Part(
        "1997_2010",
        "từ 1997 đến 2010",
        "1997 to 2010",
        Between("admitted_on", date(1997, 1, 1), date(2010, 12, 31)),
    ),
    Part("from_2011", "từ 2011 đến nay", "since 2011", Between("admitted_on", date(2011, 1, 1), None)),
)
_THEORY = (
    *parts_of_list("theory", codes.THEORY, "none", "elementary", "intermediate"),
    # Form 3 prints cử nhân and cao cấp in one row.
    Part("advanced", "Cao cấp, cử nhân", "Advanced or bachelor", In("theory", "advanced", "bachelor")),
)
_OCCUPATIONS = parts_of_list(
    "occupation", codes.OCCUPATION, *(code for code in codes.OCCUPATION.values if code != "retired")
)
_on_list = partial(family, _figure, source="members", when="stock")

INDICATORS: tuple[Indicator, ...] = (
    _figure(
        "members.total",
        "Tổng số đảng viên",
        "Members",
        formula=Count("members", "stock"),
        form="Biểu 1, dòng D; Biểu 3; Biểu 6",
    ),
    _figure(
        "members.total.change_pct",
        "Tổng số đảng viên tăng, giảm so cùng kỳ năm trước",
        "Members, change on last year",
        unit="%",
        units_en="%",
        formula=Ratio("members.total", "members.total", minus=100, denominator_last_year=True),
        decimals=2,
        good="up",
    ),
    _figure(
        "members.official",
        "Đảng viên chính thức",
        "Official members",
        formula=Count("members", "stock", (Is("standing", "official"),)),
        form=_FORM,
    ),
    _figure(
        "members.probationary",
        "Đảng viên dự bị",
        "Probationary members",
        formula=Count("members", "stock", (Is("standing", "probationary"),)),
        form=_FORM,
        basis="prob.months",
    ),
    _figure(
        "members.women",
        "Đảng viên nữ",
        "Women",
        formula=Count("members", "stock", (Is("gender", "female"),)),
        form=_FORM,
    ),
    _figure(
        "members.women_pct",
        "Tỷ lệ đảng viên nữ",
        "Share of women",
        unit="%",
        units_en="%",
        formula=Ratio("members.women", "members.total"),
        decimals=2,
    ),
    _figure(
        "members.minority",
        "Đảng viên là người dân tộc thiểu số",
        "Ethnic minority members",
        formula=Count("members", "stock", (Not("ethnicity", codes.MAJORITY_ETHNICITY),)),
        form=_FORM,
        sensitive=True,
    ),
    _figure(
        "members.religious",
        "Đảng viên theo tôn giáo",
        "Religious members",
        formula=Count("members", "stock", (Not("religion", "none"),)),
        form=_FORM,
        sensitive=True,
    ),
    _figure(
        "members.youth",
        "Đảng viên là đoàn viên thanh niên",
        "Members in the youth union",
        formula=Count("members", "stock", (Is("youth_union", True),)),
    ),
    _figure(
        "members.exempt",
        "Đảng viên được miễn công tác và sinh hoạt",
        "Exempt from work and meetings",
        formula=Count("members", "stock", (Is("exempt", True),)),
        form=_FORM,
    ),
    _figure(
        "members.suspended",
        "Đảng viên đang bị đình chỉ sinh hoạt",
        "Suspended members",
        formula=Count("members", "stock", (Is("suspended", True),)),
        basis="disc.suspend",
    ),
    _figure(
        "members.committee",
        "Đảng viên là cấp ủy viên",
        "Members who sit in a committee",
        formula=Count("members", "stock", (Is("committee_member", True),)),
        note="Đếm người; một người ở nhiều cấp ủy chỉ tính một lần.",
    ),
    *_on_list("members.age", "Tuổi đời", "Age", (*_AGES, gap("age")), form=_FORM),
    _figure(
        "members.age_known",
        "Đảng viên đã có ngày sinh trong hồ sơ",
        "Members whose age is known",
        formula=Count("members", "stock", (Known("age"),)),
        form=_FORM,
    ),
    _figure(
        "members.age_sum",
        "Tổng số tuổi đời của đảng viên",
        "Ages of the members, added up",
        unit="tuổi",
        units_en="years",
        formula=Sum("members", "stock", "age", (Known("age"),)),
        form=_FORM,
        note="Chỉ dùng để tính tuổi bình quân.",
    ),
    _figure(
        "members.age.mean",
        "Tuổi bình quân của đảng viên",
        "Mean age",
        unit="tuổi",
        units_en="years",
        formula=Ratio("members.age_sum", "members.age_known", scale=1),
        decimals=1,
        form=_FORM,
    ),
    *_on_list(
        "members.party_age", "Tuổi Đảng", "Years in the Party", (*_PARTY_AGES, gap("party_age")), form=_FORM
    ),
    *_on_list("members.joined", "Vào Đảng", "Joined", (*_JOINED, gap("admitted_on")), form=_FORM),
    *_on_list(
        "members.schooling",
        "Giáo dục phổ thông",
        "Schooling",
        (*parts_of_list("schooling", codes.SCHOOLING), gap("schooling")),
        form=_FORM,
    ),
    *_on_list(
        "members.education",
        "Trình độ chuyên môn",
        "Education",
        (*parts_of_list("education", codes.EDUCATION), gap("education")),
        form=_FORM,
    ),
    *_on_list(
        "members.title",
        "Chức danh khoa học",
        "Academic title",
        parts_of_list("academic_title", codes.ACADEMIC_TITLE),
        form=_FORM,
    ),
    *_on_list(
        "members.theory", "Lý luận chính trị", "Political theory", (*_THEORY, gap("theory")), form=_FORM
    ),
    *_on_list("members.occupation", "Nghề nghiệp", "Occupation", (*_OCCUPATIONS, gap("occupation"))),
    _figure(
        "members.retired",
        "Đảng viên nghỉ hưu, nghỉ mất sức",
        "Pensioners",
        formula=Count("members", "stock", (Is("occupation", "retired"),)),
    ),
    _figure(
        "members.profile_complete",
        "Đảng viên có hồ sơ đủ các mục bắt buộc",
        "Members whose profile has no gap",
        formula=Count("members", "stock", (Is("complete", True),)),
        good="up",
    ),
    _figure(
        "members.profile_gaps",
        "Đảng viên có hồ sơ còn thiếu mục bắt buộc",
        "Members whose profile has gaps",
        formula=Count("members", "stock", (Is("complete", False),)),
        good="down",
    ),
    _figure(
        "members.profile_complete_pct",
        "Tỷ lệ hồ sơ đảng viên đủ các mục bắt buộc",
        "Share of profiles without a gap",
        unit="%",
        units_en="%",
        formula=Ratio("members.profile_complete", "members.total"),
        decimals=2,
        good="up",
    ),
    _figure(
        "members.cards",
        "Thẻ đảng viên phát, đổi, cấp lại",
        "Party cards given, changed, replaced",
        unit="thẻ",
        units_en="cards",
        formula=Count("cards", "flow"),
        form="Biểu 7",
    ),
    *(
        _figure(
            f"members.cards.{code.code}",
            f"Thẻ đảng viên: {code.vi}",
            f"Cards: {code.en}",
            unit="thẻ",
            units_en="cards",
            formula=Count("cards", "flow", (Is("kind", code.code),)),
            form="Biểu 7",
        )
        for code in codes.CARD_KIND.codes
    ),
)
