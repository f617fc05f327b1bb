"""The official statistics forms as data: rows, the figure behind each, and the sums that must hold.

Rows follow Biểu số 1, 2, 3 and 6-BTCTW (Hướng dẫn 11-HD/BTCTW of 13/12/2021) as far as they are known; those of form 3
are known from a near copy, the columns of form 6 are not known. A row of ours that makes the parts add up to the whole
(`own`) is no row of the official form. A row that the form has and no source answers stays, with a note.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tongket.core.citations import Mark
from tongket.core.codelists import RATING_LEVEL
from tongket.core.problems import NotFound

from .catalogue import INDICATORS

__all__ = ["FORMS", "NO_SOURCE", "Check", "Column", "Form", "Row", "form"]

NO_SOURCE = "chưa có số liệu"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number, its text, the figure it shows, how far it is indented.

    Without a figure it is a heading, or (with `note`) a row that no source answers yet. `own`: ours, not the form's.
    `of_districts`: how the form calls it for as long as the Party has a district level.
    """

    number: str
    text: str
    indicator: str | None = None
    level: int = 0
    note: str = ""
    own: bool = False
    of_districts: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """`result` = sum of the rows `plus` less the rows `minus`, or `result` >= that sum ('of which'); row numbers.

    A check that fails is shown with its difference and never adjusted.
    """

    result: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    relation: Literal["=", ">="] = "="

    @property
    def text(self) -> str:
        """The check as it is written: `D = A + B − C`."""
        right = " + ".join(self.plus) + "".join(f" − {number}" for number in self.minus)
        return f"{self.result} {'=' if self.relation == '=' else '≥'} {right}"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds and its heading. `ratio` is 100 × value / last_year."""

    key: Literal["text", "value", "last_year", "ratio"]
    title: str


@dataclass(frozen=True, slots=True)
class Form:
    """An official form: code ("1"), symbol, title, rows, checks and columns. `note` says how it is to be read.

    `mark` says how sure its layout is (R: from unofficial material, U: unconfirmed), `known_from` what it follows.
    `carried`: the first of these rows must be the second of the period before (A = last year's D).
    """

    code: str
    symbol: str
    title_vi: str
    rows: tuple[Row, ...]
    checks: tuple[Check, ...]
    columns: tuple[Column, ...]
    note: str = ""
    carried: tuple[str, str] | None = None
    mark: Mark = "U"
    known_from: str = ""

    def row(self, number: str) -> Row:
        """The row of a number. Raises KeyError."""
        return {row.number: row for row in self.rows}[number]


_COMPARED = (
    Column("text", "Tiêu chí"),
    Column("value", "Kỳ này"),
    Column("last_year", "Cùng kỳ năm trước"),
    Column("ratio", "Tỷ lệ (%) so với cùng kỳ năm trước"),
)
_OF_A_PROVINCE = (
    "Các dòng theo bộ biểu đang dùng ở một tỉnh; cần đối chiếu với mẫu kèm Hướng dẫn 11-HD/BTCTW."
)
_OF_MEMBERS = (
    "Các dòng theo một biểu cùng loại (bản sao gần đúng); cần đối chiếu với mẫu kèm Hướng dẫn 11-HD/BTCTW."
)
_OF_RATINGS = (
    "Chưa tìm được danh mục dòng, cột chính thức của biểu; cần đối chiếu với mẫu kèm Hướng dẫn 11-HD/BTCTW."
)


# Parts that the official lists lack: blanks, pensioners, no training.
_OWN = (".unknown", ".retired", ".none")


def _short(indicator: str) -> str:
    """The figure's name without the name of its family."""
    text = INDICATORS[indicator].vi.rpartition(": ")[2]
    return text[:1].upper() + text[1:]


def _part_rows(number: str, indicators: Iterable[str], level: int, first: int = 1) -> tuple[Row, ...]:
    """Rows `number.1`, `number.2` ... of a family; the gap and what the official list lacks are rows of ours."""
    return tuple(
        Row(f"{number}.{n}", _short(id), id, level, own=id.endswith(_OWN))
        for n, id in enumerate(indicators, start=first)
    )


def _family(prefix: str) -> tuple[str, ...]:
    return tuple(
        id
        for id in INDICATORS
        if id.startswith(f"{prefix}.") and "." not in id[len(prefix) + 1 :] and not id.endswith(".mean")
    )


def _numbers(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(row.number for row in rows)


def _moves_rows(number: str, word: str, prefix: str, within: str) -> tuple[Row, ...]:
    """Where members came from or went to: two official rows, and ours for the rest."""
    return (
        Row(f"{number}a", f"{word} tỉnh, thành phố khác", f"{prefix}.other_province", 2),
        Row(
            f"{number}b",
            f"{word} đảng bộ khác trong tỉnh",
            f"{prefix}.other_district",
            2,
            of_districts=f"{word} huyện khác trong tỉnh",
        ),
        Row(f"{number}c", f"{word} tổ chức khác trong đảng bộ lập sổ", within, 2, own=True),
        Row(f"{number}d", "Chưa ghi nơi", f"{prefix}.unknown", 2, own=True),
    )


_FORM_1 = Form(
    "1",
    "Biểu số 1-BTCTW",
    "Tăng, giảm đảng viên",
    rows=(
        Row("A", "Đảng viên kỳ trước chuyển sang", "members.opening"),
        Row("B", "Đảng viên tăng trong kỳ", "members.increase"),
        Row("B1", "Kết nạp", "members.admitted", 1),
        Row("B2", "Chuyển đến", "members.moved_in", 1),
        *_moves_rows("B2", "Từ", "members.moved_in", "members.arrived"),
        Row("B3", "Phục hồi đảng tịch", "members.restored", 1),
        Row("B4", "Đưa vào sổ ban đầu", "members.registered", 1, own=True),
        Row("B5", "Đến theo tổ chức đảng được chuyển về", "members.carried_in", 1, own=True),
        Row("C", "Đảng viên giảm trong kỳ", "members.decrease"),
        Row("C1", "Từ trần", "members.died", 1),
        Row("C2", "Khai trừ", "members.expelled", 1),
        Row("C3", "Xóa tên", "members.struck_off", 1),
        Row("C3a", "Trong đó: đảng viên dự bị", "members.struck_off.probationary", 2),
        Row("C4", "Xin ra khỏi Đảng", "members.left", 1),
        Row("C5", "Chuyển đi", "members.moved_out", 1),
        *_moves_rows("C5", "Đến", "members.moved_out", "members.departed"),
        Row("C6", "Đi theo tổ chức đảng được chuyển đi", "members.carried_out", 1, own=True),
        Row("D", "Đảng viên có trong danh sách cuối kỳ", "members.total"),
    ),
    checks=(
        Check("D", ("A", "B"), ("C",)),
        Check("B", ("B1", "B2", "B3", "B4", "B5")),
        Check("B2", ("B2a", "B2b", "B2c", "B2d")),
        Check("C", ("C1", "C2", "C3", "C4", "C5", "C6")),
        Check("C3", ("C3a",), relation=">="),
        Check("C5", ("C5a", "C5b", "C5c", "C5d")),
    ),
    columns=_COMPARED,
    note="Chuyển sinh hoạt trong nội bộ đảng bộ lập biểu không tính.",
    carried=("A", "D"),
    mark="R",
    known_from=_OF_A_PROVINCE,
)


def _form_2() -> Form:
    ages = _part_rows("II.2", _family("members.admitted.age"), 1)
    schooling = _part_rows("II.3", _family("members.admitted.schooling"), 1)
    education = _part_rows("II.4", _family("members.admitted.education"), 1)
    titles = _part_rows("II.5", _family("members.admitted.title"), 1)
    of_which = (
        Row("I.1", "Người dân tộc thiểu số", "members.admitted.minority", 1),
        Row("I.2", "Đoàn viên Đoàn TNCS Hồ Chí Minh", "members.admitted.youth", 1),
        Row("I.3", "Chủ doanh nghiệp tư nhân", None, 1, note=NO_SOURCE),
        Row("I.4", "Quần chúng vi phạm chính sách dân số", "members.admitted.population_policy", 1),
        Row("I.5", "Hôn nhân với người nước ngoài", "members.admitted.foreign_spouse", 1),
        Row("I.6", "Kết nạp lại", "members.readmitted", 1),
        Row("I.7", "Phụ nữ", "members.admitted.women", 1, own=True),
        Row("I.8", "Người theo tôn giáo", "members.admitted.religious", 1, own=True),
    )
    occupations, parts = _occupations()
    return Form(
        "2",
        "Biểu số 2-BTCTW",
        "Đảng viên mới kết nạp",
        rows=(
            Row("I", "Tổng số đảng viên mới kết nạp", "members.admitted"),
            *of_which,
            Row("II", "Phân tích đảng viên mới kết nạp"),
            Row("II.1", "Nghề nghiệp khi kết nạp"),
            *occupations,
            Row("II.2", "Tuổi khi kết nạp"),
            *ages,
            Row("II.2.b", "Tuổi bình quân", "members.admitted.age.mean", 1),
            Row("II.3", "Trình độ giáo dục phổ thông"),
            *schooling,
            Row("II.4", "Trình độ chuyên môn, nghiệp vụ"),
            *education,
            Row("II.5", "Chức danh khoa học"),
            *titles,
            Row("III", "Tổ chức cơ sở đảng có đến cuối kỳ", "organisations.grassroots"),
            Row("III.1", "Đảng bộ cơ sở", "organisations.bodies", 1),
            Row("III.1a", "Có kết nạp đảng viên", "organisations.bodies.admitting", 2),
            Row("III.1b", "Không còn nguồn kết nạp", None, 2, note=NO_SOURCE),
            Row("III.2", "Chi bộ cơ sở", "organisations.base_cells", 1),
            Row("III.2a", "Có kết nạp đảng viên", "organisations.base_cells.admitting", 2),
            Row("III.2b", "Không còn nguồn kết nạp", None, 2, note=NO_SOURCE),
        ),
        checks=(
            *(Check("I", (row.number,), relation=">=") for row in of_which if row.indicator),
            Check("I", parts),
            Check("I", _numbers(ages)),
            Check("I", _numbers(schooling)),
            Check("I", _numbers(education)),
            Check("III", ("III.1", "III.2")),
            Check("III.1", ("III.1a",), relation=">="),
            Check("III.2", ("III.2a",), relation=">="),
        ),
        columns=_COMPARED,
        mark="R",
        known_from=_OF_A_PROVINCE,
    )


def _occupations() -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Rows of II.1, those in enterprises under one heading, and the numbers of the rows that add up to I."""
    prefix = "members.admitted.occupation"
    before = ("state_official", "party_official", "commune_official", "village_worker", "public_employee")
    enterprise = (f"{prefix}.enterprise_manager", f"{prefix}.enterprise_staff", "members.admitted.workers")
    after = ("student", "pupil", "retired", "other", "unknown")
    first = _part_rows("II.1", (f"{prefix}.{key}" for key in (*before, "nonpublic_employee")), 1)
    inside = _part_rows("II.1.7", enterprise, 2)
    others = (f"{prefix}.farmer", "members.admitted.armed", *(f"{prefix}.{key}" for key in after))
    rest = _part_rows("II.1", others, 1, first=8)
    rows = (*first, Row("II.1.7", "Làm việc trong doanh nghiệp", None, 1), *inside, *rest)
    return rows, _numbers((*first, *inside, *rest))


def _form_3() -> Form:
    joined = _part_rows("2", _family("members.joined"), 1)
    ages = _part_rows("3", _family("members.age"), 1)
    schooling = _part_rows("4", _family("members.schooling"), 1)
    education = _part_rows("5", _family("members.education"), 1)
    theory = _part_rows("7", _family("members.theory"), 1)
    party_ages = _part_rows("8", _family("members.party_age"), 1)
    of_which = (
        Row("1.1", "Đảng viên dự bị", "members.probationary", 1),
        Row("1.2", "Phụ nữ", "members.women", 1),
        Row("1.3", "Dân tộc thiểu số", "members.minority", 1),
        Row("1.4", "Theo tôn giáo", "members.religious", 1),
        Row("1.5", "Giới thiệu về nơi cư trú", None, 1, note=NO_SOURCE),
        Row("1.6", "Được miễn công tác và sinh hoạt", "members.exempt", 1),
        Row("1.7", "Đảng viên chính thức", "members.official", 1, own=True),
    )
    return Form(
        "3",
        "Biểu số 3-BTCTW",
        "Đội ngũ đảng viên",
        rows=(
            Row("1", "Tổng số đảng viên", "members.total"),
            *of_which,
            Row("2", "Thời kỳ vào Đảng"),
            *joined,
            Row("3", "Tuổi đời"),
            *ages,
            Row("3.b", "Tuổi bình quân", "members.age.mean", 1),
            Row("4", "Trình độ giáo dục phổ thông"),
            *schooling,
            Row("5", "Trình độ chuyên môn cao nhất"),
            *education,
            Row("6", "Chức danh khoa học"),
            *_part_rows("6", _family("members.title"), 1),
            Row("7", "Trình độ lý luận chính trị"),
            *theory,
            Row("8", "Tuổi Đảng"),
            *party_ages,
        ),
        checks=(
            Check("1", ("1.7", "1.1")),
            *(Check("1", (row.number,), relation=">=") for row in of_which if row.indicator),
            *(
                Check("1", _numbers(rows))
                for rows in (joined, ages, schooling, education, theory, party_ages)
            ),
        ),
        columns=(Column("text", "Tiêu chí"), Column("value", "Kỳ này")),
        mark="R",
        known_from=_OF_MEMBERS,
    )


def _rated(number: str, title: str, total: str, prefix: str) -> tuple[Row, ...]:
    levels = ("excellent", "good", "completed", "failed")
    return (
        Row(number, title, total),
        Row(f"{number}.1", "Được đánh giá, xếp loại", f"{prefix}.rated", 1),
        *(
            Row(f"{number}.1{letter}", RATING_LEVEL.label(level), f"{prefix}.{level}", 2)
            for letter, level in zip("abcd", levels, strict=True)
        ),
        Row(f"{number}.2", "Chưa, miễn đánh giá", f"{prefix}.not_rated", 1),
    )


def _rated_checks(number: str) -> tuple[Check, ...]:
    return (
        Check(number, (f"{number}.1", f"{number}.2")),
        Check(f"{number}.1", tuple(f"{number}.1{letter}" for letter in "abcd")),
    )


_FORM_6 = Form(
    "6",
    "Biểu số 6-BTCTW",
    "Kết quả đánh giá, xếp loại chất lượng tổ chức đảng, đảng viên",
    rows=(
        *_rated("I", "Tổ chức cơ sở đảng", "organisations.grassroots", "ratings.organisations"),
        *_rated("II", "Chi bộ trực thuộc đảng ủy cơ sở", "organisations.cells", "ratings.cells"),
        *_rated("III", "Đảng viên", "members.total", "ratings.members"),
    ),
    checks=(*_rated_checks("I"), *_rated_checks("II"), *_rated_checks("III")),
    columns=(Column("text", "Tiêu chí"), Column("value", "Kỳ này")),
    mark="U",
    known_from=_OF_RATINGS,
)

FORMS: dict[str, Form] = {entry.code: entry for entry in (_FORM_1, _form_2(), _form_3(), _FORM_6)}


def form(code: str) -> Form:
    """The form of a code. Raises `NotFound` with the codes there are."""
    if code in FORMS:
        return FORMS[code]
    raise NotFound(f"Không có biểu “{code[:20]}”. Các biểu đang có: {', '.join(FORMS)}.")
