"""New members of a period: form 2, the target set for them and the comparison with last year.

Re-admissions count among the admissions and are shown apart (form 2). The day that counts is the day of the event;
which of decision and ceremony that is, the rule `adm.counted-day` says.
"""

from functools import partial

from tongket.core import codelists as codes

from ..family import bands, family, gap, parts_of_list
from ..model import Condition, Count, In, Indicator, Is, Known, Not, Ratio, Sum

_figure = partial(
    Indicator, domain="admissions", unit="đảng viên", units_en="members", basis="adm.counted-day"
)
_percent = partial(Indicator, domain="admissions", unit="%", units_en="%", decimals=2)
_FORM = "Biểu 2"
_NEW = (In("kind", "admitted", "readmitted"),)

_AGES = bands("age", (18, 30), (31, 35), (36, 40), (41, 45), (46, 50), (51, 55), (56, 60), (61, None))
# Two occupations have ids of their own.
_NAMED = {"worker": "workers", "armed_forces": "armed"}
_OCCUPATIONS = tuple(part for part in parts_of_list("occupation", codes.OCCUPATION) if part.key not in _NAMED)
_family = partial(family, _figure, source="events", when="flow", where=_NEW, form=_FORM)


def _of_them(
    key: str, vi: str, en: str, *conditions: Condition, form: str = _FORM, sensitive: bool = False
) -> Indicator:
    """An 'of which' row of form 2."""
    return _figure(
        f"members.admitted.{key}",
        vi,
        en,
        formula=Count("events", "flow", (*_NEW, *conditions)),
        form=form,
        sensitive=sensitive,
    )


def _target(key: str, vi: str, en: str, giver: str) -> Indicator:
    return _figure(
        f"members.admitted.{key}",
        vi,
        en,
        formula=Sum(
            "targets",
            "flow",
            "value",
            (Is("indicator", "members.admitted"), Is("giver", giver)),
            empty_is_none=True,
        ),
        basis="",
    )


_GROUPS = (
    _of_them("women", "Đảng viên nữ mới kết nạp", "Women admitted", Is("gender", "female")),
    _of_them(
        "minority",
        "Người dân tộc thiểu số mới kết nạp",
        "Ethnic minority admitted",
        Not("ethnicity", codes.MAJORITY_ETHNICITY),
        sensitive=True,
    ),
    _of_them(
        "religious",
        "Người theo tôn giáo mới kết nạp",
        "Religious people admitted",
        Not("religion", "none"),
        form="Biểu 2; Biểu 2B",
        sensitive=True,
    ),
    _of_them("youth", "Đoàn viên thanh niên mới kết nạp", "Youth admitted", Is("youth_union", True)),
    _of_them(
        "students",
        "Học sinh, sinh viên mới kết nạp",
        "Pupils and students admitted",
        In("occupation", "student", "pupil"),
        form="report",
    ),
    _of_them(
        "workers",
        "Nghề nghiệp khi kết nạp: Công nhân, lao động trực tiếp trong doanh nghiệp",
        "Workers admitted",
        Is("occupation", "worker"),
    ),
    _of_them(
        "armed",
        "Nghề nghiệp khi kết nạp: Lực lượng vũ trang",
        "Armed forces admitted",
        Is("occupation", "armed_forces"),
    ),
    _of_them(
        "enterprise",
        "Kết nạp trong doanh nghiệp ngoài khu vực nhà nước",
        "Admitted in non-state enterprises",
        Is("sector", "private_enterprise"),
        form="report",
    ),
    _of_them(
        "village_heads",
        "Trưởng thôn, phó thôn mới kết nạp",
        "Village heads admitted",
        Is("village_head", True),
        form="report",
    ),
    _of_them(
        "degree",
        "Người có trình độ cao đẳng, đại học trở lên mới kết nạp",
        "Admitted with college or more",
        In("education", "college", "university", "master", "doctor"),
        form="report",
    ),
    _of_them(
        "population_policy",
        "Quần chúng từng vi phạm chính sách dân số được kết nạp",
        "Admitted after a breach of the population policy",
        Is("population_breach", True),
        sensitive=True,
    ),
    _of_them(
        "foreign_spouse",
        "Người kết hôn với người nước ngoài được kết nạp",
        "Admitted, married to a foreigner",
        Is("foreign_spouse", True),
        sensitive=True,
    ),
)

INDICATORS: tuple[Indicator, ...] = (
    _figure(
        "members.admitted",
        "Đảng viên mới kết nạp",
        "Members admitted",
        formula=Count("events", "flow", _NEW),
        form="Biểu 1, dòng B1; Biểu 2",
        note="Gồm cả kết nạp lại.",
        good="up",
    ),
    _target("target", "Chỉ tiêu kết nạp đảng viên cấp trên giao", "Admissions target from above", "above"),
    _percent(
        "members.admitted.vs_target_pct",
        "Kết nạp đảng viên vượt (+), hụt (−) so với chỉ tiêu cấp trên giao",
        "Admissions above or below target",
        formula=Ratio("members.admitted", "members.admitted.target", minus=100),
        decimals=1,
        good="up",
    ),
    _percent(
        "members.admitted.of_target_pct",
        "Kết nạp đảng viên đạt so với chỉ tiêu cấp trên giao",
        "Admissions reached of target",
        formula=Ratio("members.admitted", "members.admitted.target"),
        good="up",
    ),
    _target(
        "own_target",
        "Chỉ tiêu kết nạp đảng viên theo nghị quyết của cấp mình",
        "Admissions target of the own resolution",
        "own",
    ),
    _percent(
        "members.admitted.of_own_target_pct",
        "Kết nạp đảng viên đạt so với chỉ tiêu của cấp mình",
        "Admissions reached of the own target",
        formula=Ratio("members.admitted", "members.admitted.own_target"),
        good="up",
    ),
    _percent(
        "members.admitted.change_pct",
        "Kết nạp đảng viên tăng, giảm so cùng kỳ năm trước",
        "Admissions, change on last year",
        formula=Ratio("members.admitted", "members.admitted", minus=100, denominator_last_year=True),
        note="Cột 4 của biểu in tỷ lệ so cùng kỳ (bằng số này cộng 100).",
        good="up",
    ),
    _percent(
        "members.admitted.of_stock_pct",
        "Tỷ lệ kết nạp so với đảng viên đầu kỳ",
        "Admissions as a share of the opening stock",
        formula=Ratio("members.admitted", "members.opening"),
        good="up",
    ),
    _figure(
        "members.readmitted",
        "Kết nạp lại",
        "Re-admitted",
        formula=Count("events", "flow", (Is("kind", "readmitted"),)),
        form=_FORM,
        basis="adm.readmit",
    ),
    *_GROUPS,
    *_family(
        "members.admitted.occupation",
        "Nghề nghiệp khi kết nạp",
        "Occupation when admitted",
        (*_OCCUPATIONS, gap("occupation")),
    ),
    *_family("members.admitted.age", "Tuổi khi kết nạp", "Age when admitted", (*_AGES, gap("age"))),
    _figure(
        "members.admitted.age_known",
        "Đảng viên mới kết nạp đã có ngày sinh trong hồ sơ",
        "Admitted members whose age is known",
        formula=Count("events", "flow", (*_NEW, Known("age"))),
        form=_FORM,
    ),
    _figure(
        "members.admitted.age_sum",
        "Tổng số tuổi khi kết nạp",
        "Ages of the admitted, added up",
        unit="tuổi",
        units_en="years",
        formula=Sum("events", "flow", "age", (*_NEW, Known("age"))),
        form=_FORM,
        note="Chỉ dùng để tính tuổi bình quân.",
    ),
    _figure(
        "members.admitted.age.mean",
        "Tuổi bình quân khi kết nạp",
        "Mean age when admitted",
        unit="tuổi",
        units_en="years",
        formula=Ratio("members.admitted.age_sum", "members.admitted.age_known", scale=1),
        decimals=1,
        form=_FORM,
    ),
    *_family(
        "members.admitted.schooling",
        "Giáo dục phổ thông khi kết nạp",
        "Schooling when admitted",
        (*parts_of_list("schooling", codes.SCHOOLING), gap("schooling")),
    ),
    *_family(
        "members.admitted.education",
        "Trình độ chuyên môn khi kết nạp",
        "Education when admitted",
        (*parts_of_list("education", codes.EDUCATION), gap("education")),
    ),
    *_family(
        "members.admitted.title",
        "Chức danh khoa học khi kết nạp",
        "Academic title when admitted",
        parts_of_list("academic_title", codes.ACADEMIC_TITLE),
    ),
    _figure(
        "members.recognised",
        "Công nhận đảng viên chính thức",
        "Recognised as official members",
        formula=Count("events", "flow", (Is("kind", "recognised"),)),
        form="Biểu 7",
        basis="prob.date",
    ),
)
