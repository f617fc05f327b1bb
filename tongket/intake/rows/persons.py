"""Whose person a row is, where the list has no code of ours: the one place in which a row's person is looked up.

Sure ones are joined. Of doubtful ones the user is told who they may be and chooses (`doubts.py`); until then a list of
people brings in somebody new, who waits among the suspected duplicates, and any other list is refused at that row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tongket.audit.among import Among
from tongket.core.identity import clean_digits
from tongket.core.problems import Problem
from tongket.core.text import fold
from tongket.intake.columns import Column, Row
from tongket.intake.rows import doubts
from tongket.intake.rows.findings import finding_at
from tongket.intake.rows.who import Clues, Crowd, Found, folded
from tongket.matching.merging.acts import decide_in
from tongket.matching.models import SuspectedPair
from tongket.matching.queries import kept_by_code
from tongket.members.models import Member
from tongket.members.profile_acts import next_code
from tongket.organisations.models import Organisation

if TYPE_CHECKING:
    from tongket.intake.session import Session


def find(clues: Sequence[Clues], scope: frozenset[int] | None) -> list[Found]:
    """For each who it is or may be. `scope`: the organisations whose members the importer may know of; None: all."""
    return Crowd(scope).find(clues)


def _clues(row: Row, prefix: str) -> Clues:
    birth, year_only = row.get(f"{prefix}birth_date") or (None, False)
    cell = row.get("organisation")
    told = Clues(
        clean_digits(row.get(f"{prefix}national_id", "")),
        clean_digits(row.get(f"{prefix}card_number", "")),
        row.get(f"{prefix}full_name", ""),
        birth,
        year_only,
        cell=cell.pk if isinstance(cell, Organisation) else None,
    )
    if prefix:
        return told
    return replace(  # what only a list of people says
        told,
        old_id_number=clean_digits(row.get("old_id_number", "")),
        gender=row.get("gender", ""),
        home_town=row.get("home_town", ""),
        admitted_on=row.get("first_admitted_on"),
    )


def fill_codes(rows: Sequence[Row], session: "Session") -> None:
    """Give each person of a list of people a code: the one on record, or the next free one for somebody new.

    A row that is told by something else than our code says so in `row.found`.
    """
    _follow_merges(rows, session)
    _look_at_new_codes(rows, session)
    nameless = [row for row in rows if not row.get("code")]
    if not nameless:
        return
    taken = {row.values["code"] for row in rows if row.get("code")}
    clues = [_clues(row, "") for row in nameless]
    number = int(next_code()[2:])
    times: dict[Clues, int] = {}
    twins = _Twins()
    for row, clue, who in zip(nameless, clues, session.crowd().find(clues), strict=True):
        row.names["code"] = next((n for n in ("national_id", "card_number") if n in row.raw), "full_name")
        times[clue] = times.get(clue, 0) + 1
        twins.look(row, clue, session)
        sign = "" if who.code else clue.sign(times[clue])
        known = who.code or _one_of(row, clue, who, sign, session)
        if known:
            row.values["code"], row.found = known, True
            continue
        while f"ĐV{number:06d}" in taken:  # a code that another row of the file brings along
            number += 1
        row.values["code"] = f"ĐV{number:06d}"
        number += 1
        if who.likely:
            session.doubts.became[sign] = row.values["code"]
        elif not clue.tells:
            session.add_finding(row, Problem("full_name", _ONLY_A_NAME, "warning"))


def _look_at_new_codes(rows: Sequence[Row], session: "Session") -> None:
    """A code that nobody has does not make somebody new of a person who is on record under another code."""
    coded = [row for row in rows if row.get("code")]
    known = set(
        Member.objects.filter(Among("code", (row.values["code"] for row in coded))).values_list(
            "code", flat=True
        )
        if coded
        else ()
    )
    fresh = [row for row in coded if row.values["code"] not in known]
    if not fresh or session.crowd().empty:
        return
    found = session.crowd().find([_clues(row, "") for row in fresh])
    sure = session.members({who.code for who in found if who.code})
    for row, who in zip(fresh, found, strict=True):
        same = sure.get(who.code)
        if same is not None or who.likely:
            told = doubts.described(same) if same is not None else doubts.named(who.likely)
            session.add_finding(row, Problem("code", _OTHER_CODE.format(row.values["code"], told), "warning"))
        elif who.elsewhere:
            where = next((n for n in ("national_id", "card_number") if n in row.raw), "code")
            session.add_finding(row, Problem(where, _ELSEWHERE, "warning"))


def _one_of(row: Row, clue: Clues, who: Found, sign: str, session: "Session") -> str:
    """The code of the person chosen for a doubtful row of a list of people; says what becomes of it."""
    if who.elsewhere:
        session.add_finding(row, Problem(row.names["code"], _ELSEWHERE, "warning"))
    if not who.likely:
        return ""
    doubt, member = session.doubts.ask(row, clue, who.likely, sign=sign, may_be_new=True)
    if member is not None:
        _tell_choice(row, f"Đã chọn: dòng này là {doubts.described(member)}.", session)
    elif doubt.chosen == doubts.NEW:
        _tell_choice(row, f"Đã chọn: người mới, không phải {doubts.named(who.likely)}.", session)
    else:
        message = (
            f"Có thể là người đã có trong sổ: {doubts.named(who.likely)}. Chọn ở mục “Cần xác định là ai”; nếu không "
            "chọn thì ghi là người mới và đưa cặp này vào danh sách nghi trùng."
        )
        session.add_finding(row, Problem("full_name", message, "warning"))
    return member.code if member is not None else ""


def _tell_choice(row: Row, message: str, session: "Session") -> None:
    column = session.sheet.column("full_name") or session.sheet.column("member")
    session.findings.append(finding_at(row, column, message, "notice"))


class _Twins:
    """Two rows of one list that are about one person."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._born: dict[tuple[Any, ...], int] = {}

    def look(self, row: Row, clue: Clues, session: "Session") -> None:
        """Refuse a number that an earlier row has; ask about a name and birth that an earlier row has."""
        for name, number in (("national_id", clue.national_id), ("card_number", clue.card_number)):
            first = self._numbers.setdefault(f"{name} {number}", row.number) if number else row.number
            if first != row.number:
                session.refuse(row, name, f"Cùng số với hàng {first} của tệp. Giữ một hàng, hoặc sửa số.")
                return
        if clue.birth_date is not None and clue.full_name:
            first = self._born.setdefault(
                (folded(clue.full_name), clue.birth_date, clue.year_only), row.number
            )
            if first != row.number:
                message = f"Cùng họ tên và ngày sinh với hàng {first} của tệp. Kiểm tra có ghi hai lần một người không."
                session.add_finding(row, Problem("full_name", message, "warning"))


def _follow_merges(rows: Sequence[Row], session: "Session") -> None:
    """An old list still names the code of an entry that was merged into another since."""
    kept = kept_by_code([row.values["code"] for row in rows if row.get("code")])
    for row in rows if kept else ():
        member = kept.get(row.get("code", ""))
        if member is not None:
            row.values["code"] = member.code


def fill_members(rows: Sequence[Row], column: Column, session: "Session") -> None:
    """Put the code of the member in the place where other lists have a number, a card or a name."""
    field = column.field
    nameless = [row for row in rows if not row.get(field)]
    clues = [_clues(row, "person.") for row in nameless]
    told = [(row, clue) for row, clue in zip(nameless, clues, strict=True) if _says_who(clue)]
    for row, clue in zip(nameless, clues, strict=True):
        row.names[field] = next((n for n in _SIGNS if n in row.raw), "")
        if column.required and not _says_who(clue):
            row.names[field] = next((n for n in _SIGNS if n in row.letters), "")
            session.refuse(row, field, _NOBODY)
    found = session.crowd().find([clue for _, clue in told]) if told else []
    for (row, clue), who in zip(told, found, strict=True):
        code = who.code or _pointed_out(row, field, clue, who, session)
        if code:
            row.values[field] = code


def _says_who(clue: Clues) -> bool:
    return bool(clue.national_id or clue.card_number or clue.full_name)


def _pointed_out(row: Row, field: str, clue: Clues, who: Found, session: "Session") -> str:
    """The code of the person chosen for a doubtful row of another list; refused while nobody was chosen."""
    if not who.likely:
        session.refuse(row, field, _ELSEWHERE if who.elsewhere else _NOBODY)
        return ""
    _, member = session.doubts.ask(row, clue, who.likely, sign=clue.sign(), may_be_new=False)
    if member is None:
        message = f"Chưa rõ là ai. Có thể là: {doubts.named(who.likely)}."
        how = "Chọn ở mục “Cần xác định là ai”, hoặc ghi mã đảng viên vào tệp."
        session.refuse(row, field, f"{message} {how}")
        row.asked = True
        return ""
    _tell_choice(row, f"Đã chọn: {doubts.described(member)}.", session)
    return member.code


def keep_doubts(members: Mapping[str, Member], session: "Session") -> None:
    """After people were written: pairs that the user found to be two stay so, the others wait to be looked at.

    `members`: those just written, by code.
    """
    if session.rehearsal:
        return
    for sign, code in session.doubts.became.items():
        new, doubt = members.get(code), session.doubts.found.get(sign)
        if new is None or doubt is None or code == doubt.chosen:
            continue
        for one in doubt.likely:
            if doubt.chosen == doubts.NEW:
                reason = "Người nhập chọn: là hai người."
                decide_in(new, one.member, same=False, reason=reason, act=session.act)
            else:
                first, second = sorted((new.pk, one.member.pk))
                SuspectedPair.objects.update_or_create(
                    one_id=first,
                    other_id=second,
                    defaults={"outcome": one.outcome, "points": one.points, "found_at": session.act.at},
                )


def compare_names(rows: Sequence[Row], field: str, session: "Session") -> None:
    """A code that belongs to somebody of another name is a slip of a line: doubtful."""
    for row in rows:
        member, name = row.get(field), row.get("person.full_name", "")
        if isinstance(member, Member) and name and fold(name) != member.folded_name:
            message = f"Mã {member.code} trong sổ là {member.full_name}, tệp ghi “{name}”. Kiểm tra có lệch dòng không."
            session.add_finding(row, Problem("person.full_name", message, "warning"))


_SIGNS = ("person.national_id", "person.card_number", "person.full_name", "person.birth_date")
_NOBODY = (
    "Không tìm thấy đảng viên này trong phạm vi được giao theo số CCCD, số thẻ, hay họ tên và ngày sinh. Kiểm tra lại, "
    "nhập người này trước, hoặc thêm cột Mã đảng viên."
)
_ELSEWHERE = (
    "Số này đã có trong sổ, ở tổ chức ngoài phạm vi được giao. Kiểm tra số; nếu đúng là người đó thì ghi việc chuyển "
    "sinh hoạt, không nhập người mới."
)
_OTHER_CODE = (
    "Mã {} chưa có trong sổ, nhưng người này có thể đã có dưới mã khác: {}. Nếu là một người thì ghi mã trong sổ; nếu "
    "ghi như tệp thì thành người mới."
)
_ONLY_A_NAME = (
    "Chỉ có họ tên, không có ngày sinh, số CCCD hay số thẻ: không biết có phải người đã có trong sổ không. Ghi thêm, "
    "hoặc ghi mã đảng viên."
)


def differing_cell(row: Row, members: Mapping[str, Member]) -> str:
    """What to tell of a known person whom the list sees in another cell; "" where both agree or one is silent."""
    member, cell = members.get(row.values["code"]), row.get("organisation")
    if member is None or cell is None or member.organisation_id in (None, cell.pk):
        return ""
    return (
        f"Sổ ghi người này đang sinh hoạt ở nơi khác với “{cell.name}”. "
        "Nếu đã chuyển, ghi việc chuyển ở sổ Biến động."
    )
