"""Every field of a person that the register keeps: why, by what paper, how sensitive, how long.

A field without purpose, basis, class and keeping period does not exist: a test compares this table with the model
(Luật 91/2025/QH15; NĐ 356/2025/NĐ-CP art. 4). The register as such reveals a political tie, so no class is 'public':
`ordinary` is shown to whoever may read the file, `restricted` is hidden until asked for and each reading is logged.
"""

from dataclasses import dataclass
from typing import Literal

from tongket.core import codelists as codes

Sensitivity = Literal["ordinary", "restricted"]

_LIFE = "Suốt thời gian quản lý đảng viên, sau đó theo quy định lưu trữ của Đảng"
_PROFILE = "12-HD/BTCTW (2022), 38-HD/BTCTW (2025): phiếu đảng viên 2-HSĐV"
_STATISTICS = "11-HD/BTCTW (2021): biểu thống kê cơ bản"


@dataclass(frozen=True, slots=True)
class PersonField:
    """One field of a member's profile. `required`: the profile is incomplete while it is blank."""

    name: str
    purpose: str
    basis: str
    sensitivity: Sensitivity = "ordinary"
    keep: str = _LIFE
    required: bool = False
    versioned: bool = True  # may change in the course of life; else a change is a correction


FIELDS: tuple[PersonField, ...] = (
    PersonField("full_name", "Nhận biết", _PROFILE, required=True),
    PersonField("birth_name", "Nhận biết, đối chiếu hồ sơ", _PROFILE, versioned=False),
    PersonField("other_names", "Nhận biết, đối chiếu hồ sơ", _PROFILE),
    PersonField("gender", "Thống kê cơ cấu", _STATISTICS, required=True, versioned=False),
    PersonField("birth_date", "Tuổi đời, đối chiếu", _STATISTICS, required=True, versioned=False),
    PersonField("birth_year_only", "Ghi đúng mức độ biết ngày sinh", _PROFILE, versioned=False),
    PersonField(
        "national_id", "Đối chiếu với cơ sở dữ liệu đảng viên", _PROFILE, "restricted", required=True
    ),
    PersonField("old_id_number", "Đối chiếu hồ sơ cũ", _PROFILE, "restricted"),
    PersonField("profile_number", "Quản lý hồ sơ", _PROFILE),
    PersonField("ethnicity", "Biểu 3, 4-BTCTW", _STATISTICS, "restricted", required=True, versioned=False),
    PersonField("religion", "Biểu 3, 4-BTCTW", _STATISTICS, "restricted", required=True),
    PersonField("birthplace", "Hồ sơ", _PROFILE, "restricted", versioned=False),
    PersonField("home_town", "Hồ sơ, danh sách Huy hiệu Đảng", _PROFILE, required=True, versioned=False),
    PersonField("permanent_address", "Nơi cư trú, giới thiệu sinh hoạt", _PROFILE, "restricted"),
    PersonField("permanent_address_new", "Địa danh sau sắp xếp đơn vị hành chính", _PROFILE, "restricted"),
    PersonField("temporary_address", "Nơi cư trú", _PROFILE, "restricted"),
    PersonField("occupation_before", "Biểu 2-BTCTW", _STATISTICS, versioned=False),
    PersonField("occupation", "Biểu 2, 3-BTCTW", _STATISTICS, required=True),
    PersonField("workplace", "Hồ sơ", _PROFILE),
    PersonField("position", "Hồ sơ", _PROFILE),
    PersonField("schooling", "Biểu 2, 3-BTCTW", _STATISTICS, required=True),
    PersonField("education", "Biểu 2, 3-BTCTW", _STATISTICS, required=True),
    PersonField("academic_title", "Biểu 2, 3-BTCTW", _STATISTICS),
    PersonField("theory", "Biểu 3-BTCTW", _STATISTICS, required=True),
    PersonField("foreign_language", "Hồ sơ", _PROFILE),
    PersonField("it_skill", "Hồ sơ", _PROFILE),
    PersonField("youth_union", "Biểu 2-BTCTW", _STATISTICS),
    PersonField("phone", "Liên hệ công tác", _PROFILE, "restricted"),
)

BY_NAME: dict[str, PersonField] = {field.name: field for field in FIELDS}
REQUIRED: tuple[str, ...] = tuple(field.name for field in FIELDS if field.required)
RESTRICTED: frozenset[str] = frozenset(field.name for field in FIELDS if field.sensitivity == "restricted")
#: The fields that hold a code: the list that it is of.
LISTS = {
    "gender": codes.GENDER,
    "ethnicity": codes.ETHNICITY,
    "religion": codes.RELIGION,
    "occupation": codes.OCCUPATION,
    "schooling": codes.SCHOOLING,
    "education": codes.EDUCATION,
    "academic_title": codes.ACADEMIC_TITLE,
    "theory": codes.THEORY,
}
