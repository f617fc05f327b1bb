"""The same statement made again with another number, in other words and farther on.

Two counts are held against each other only where every word beside both is understood: what was done, of what body, and
words that tell nothing apart (“là kết quả nổi bật”). One word more (“nữ”, “đợt 2/9”, “xã Quế Phú”, “năm trước”) and they
are two things, unless both have it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from tongket.core.text import fold

from ...reading.keys import plain_key
from ..rounding import off_side, plain, printed
from ..view import View

__all__ = ["check_again"]

_BODY_UNITS = frozenset({"tccs dang", "tccsd", "to chuc co so dang"})


@dataclass(frozen=True, slots=True)
class _Statement:
    """What is stated: words of which one must be there, the sorts that it counts, and all words that belong to it."""

    name: str
    said: re.Pattern[str]
    sorts: frozenset[str]
    own: frozenset[str]


def _statement(name: str, said: str, sorts: str, own: str) -> _Statement:
    return _Statement(name, re.compile(rf"\b(?:{said})\b"), frozenset(sorts.split()), frozenset(own.split()))


_MEMBERS = "dang vien dong chi nguoi moi quan chung uu tu truong hop"
_STATEMENTS = (
    _statement("kết nạp", "ket nap|phat trien dang vien|dang vien moi", "person", f"ket nap phat trien vao {_MEMBERS}"),
    _statement(
        "kỷ luật đảng viên", "ky luat", "person", f"thi hanh ky luat xu ly bi hinh thuc {_MEMBERS}"
    ),
    _statement("kỷ luật tổ chức", "ky luat", "organisation", "thi hanh ky luat xu ly bi to chuc dang"),
    _statement("Huy hiệu Đảng", "huy hieu", "person award", f"huy hieu trao tang nhan le buoi to chuc {_MEMBERS}"),
    _statement(
        "tổng số đảng viên", "toan dang bo|toan (?:huyen|tinh|thanh pho|thi xa|xa|phuong)|dang bo (?:huyen|tinh|thanh pho|thi xa|xa|phuong)|tong so dang vien",
        "person",
        f"hien sinh hoat tinh thanh pho thi xa phuong noi {_MEMBERS}",
    ),
    _statement("kiểm tra dấu hiệu", "dau hieu vi pham", "organisation person", f"kiem tra khi dau hieu vi pham to chuc {_MEMBERS}"),
    _statement("chi bộ trực thuộc", "chi bo truc thuoc", "organisation", "chi bo truc thuoc dang uy co so hien"),
    _statement("lớp", "lop", "event", "mo to chuc lop hoc ket thuc sau cac khai giang"),
    _statement("TCCS đảng", "tccs|to chuc co so dang|tccsd", "organisation", "tccs tccsd to chuc co so dang truc thuoc hien"),
)  # fmt: skip
_SORTS = frozenset().union(*(one.sorts for one in _STATEMENTS))
#: Words that tell nothing apart.
_EMPTY = frozenset(
    ["gan", "hon", "tren", "khoang", "duoi", "d", "c", "trong", "nam", "ca", "qua", "nay", "vua", "viec", "con", "so", "ket", "qua", "la", "dat", "duoc", "da", "co", "dang", "ghi", "nhan", "noi", "bat", "quan", "trong", "toan", "cua", "dang", "bo", "huyen", "uy", "nhu", "vay", "tren", "cho", "thay", "voi", "tong", "hop", "chung", "luong", "tinh", "den", "cuoi", "het", "thoi", "diem", "hien", "deu", "nhin", "cac", "cap", "cong", "tac", "ban", "thuong", "vu", "mot", "su", "kien", "phan", "khoi", "dau", "tich", "cuc", "chuyen", "bien", "cho", "thay", "y", "nghia", "vuot", "ke", "hoach", "no", "luc", "lon", "con", "phai", "khang", "dinh", "muc", "cao", "nhat", "tu", "truoc", "toi", "nay", "thanh", "tich", "don", "vi", "minh", "chung", "the", "hien", "ro", "net", "do", "tat", "ca", "kip", "thuc", "hien", "do", "ra", "ve"]
) - frozenset({"ke", "hoach", "truoc"})  # fmt: skip
_OTHER = frozenset(["khac", "them", "lai", "tiep", "rieng", "chi", "tieu", "moi", "nam", "truoc", "cung", "ky", "so", "voi", "ke", "hoach", "binh", "quan", "tung", "cua"]) - {
    "moi", "nam", "so", "voi", "chi", "cua", "cung",
}  # fmt: skip
_LED = re.compile(r"(?<![^\W\d_])(?:với|con {1,2}số|trong {1,2}số|rằng|việc)(?![^\W\d_])")
_SAID_OF_IT = re.compile(
    r"(?<![^\W\d_])(?:đều|có(?! {1,2}(?:dấu|vi|liên))|thể {1,2}hiện|cho {1,2}thấy|tăng|giảm|nói {1,2}trên|nêu {1,2}trên|là|khẳng {1,2}định|chứng {1,2}tỏ|phản {1,2}ánh|góp {1,2}phần|vượt|đạt"
    r"|đã(?! {1,2}được)|chiếm|so {1,2}với {1,2}(?:chỉ {1,2}tiêu|kế {1,2}hoạch)|của {1,2}(?:cấp|toàn|đảng {1,2}bộ))(?![^\W\d_])"
)
_JOINED = re.compile(r"[0-9][0-9.,/]{0,12}[^0-9]{0,40}(?<![^\W\d_])và {1,2}$")
#: Times and parts that tell two counts apart even where a comma stands between.
_TIMES = re.compile(
    r"(?<![^\W\d_])(?:đầu {1,2}(?:năm|kỳ|nhiệm {1,2}kỳ)|(?:năm|kỳ|quý|tháng|nhiệm {1,2}kỳ) {1,2}trước|năm {1,2}ngoái"
    r"|cùng {1,2}kỳ|nhiệm {1,2}kỳ|quý {1,2}[ivx0-9]+|[0-9]+ {1,2}tháng|tháng {1,2}[0-9]+|đợt {1,2}[0-9/]+|dịp {1,2}[0-9/]+"
    r"|giai {1,2}đoạn|trước {1,2}đó|[0-9]+ {1,2}năm|tuần|ngày {1,2}[0-9/]+)(?![^\W\d_])"
)
_PART = re.compile(
    r"(?<![^\W\d_])(?:khối|xã|phường|thị trấn|chi bộ|trường|thôn|cơ quan|đơn vị|cơ sở|cấp|chi hội|đoàn)(?![^\W\d_])"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_SIDE = re.compile(r"[,;:()\n\"]|\.(?![0-9])")
_NEAR, _SHORT = 4, 30  # sentences


@dataclass(frozen=True, slots=True)
class _Said:
    """A count as a statement: what it states, of what, and by which further words it is told apart."""

    i: int
    name: str
    sort: str
    apart: frozenset[str]
    whole: bool


def check_again(view: View) -> None:
    """Judge every statement against those made before with the same words."""
    before: dict[tuple[str, str, frozenset[str]], list[_Said]] = {}
    for i in view.of_kind("count", "new_total"):
        said = _said(view, i)
        if said is None:
            continue
        same = before.setdefault((said.name, said.sort, said.apart), [])
        for other in same[-4:]:
            if _may_be_held(view, other, said):
                _hold(view, other.i, i)
                break
        same.append(said)
    _percentages(view)


_RATES = (
    _statement("học tập", "hoc tap|quan triet", "", f"ty le dang vien can bo tham gia hoc tap quan triet nghi quyet chi thi du {_MEMBERS}"),
    _statement(
        "tổ chức tốt trở lên", "(?:to chuc|tccs|chi bo|dang bo).*tot.*tro len|tot.*tro len.*(?:to chuc|tccs|chi bo)", "",
        "ty le to chuc co so dang tccs hoan thanh tot nhiem vu tro len duoc xep loai danh gia",
    ),
    _statement(
        "đảng viên tốt trở lên", "dang vien.*tot.*tro len|tot.*tro len.*dang vien", "",
        f"ty le hoan thanh tot nhiem vu tro len duoc xep loai danh gia {_MEMBERS}",
    ),
)  # fmt: skip


def _percentages(view: View) -> None:
    """“tỷ lệ đảng viên học tập đạt 97,6% … tỷ lệ đảng viên tham gia học tập đạt 96,7%”: shares that stand alone."""
    before: dict[tuple[str, frozenset[str]], int] = {}
    for i in view.of_kind("share"):
        claim = view.claims[i]
        alone = (
            claim.counted is None and claim.base is None and claim.within is None and claim.tense == "done"
        )
        if not alone or not view.percent(i) or claim.bound or len(claim.numbers) > 1 or view.faulty(i):
            continue
        phrase = plain_key(f"{_SIDE.split(view.before(i, 120))[-1]} {_SIDE.split(view.after(i, 90))[0]}")
        words_of_it = set(re.findall(r"[a-z]+|[0-9][0-9/.-]*", phrase))
        for one in _RATES:
            if not one.said.search(phrase):
                continue
            apart = frozenset(
                w for w in words_of_it - one.own - _EMPTY - view.own_name if not _YEAR.fullmatch(w)
            )
            first = before.setdefault((one.name + claim.period, apart), i)
            near = claim.sentence - view.claims[first].sentence <= _NEAR
            if (
                first != i
                and len(apart) <= 3
                and near
                and view.value(first) != view.value(i)
                and not apart & _OTHER
            ):
                reason = f"Cùng một tỷ lệ được nêu hai lần khác nhau: {view.shown(first)} ở trên, {view.shown(i)} ở đây."
                view.say(i, "wrong", reason, printed(view.number(i), view.value(first)), view.number(i))
            break


def _phrase(view: View, i: int) -> str:
    """The words of a statement: not what is said of it afterwards (“… đều được thăm hỏi”), nor what led to it."""
    before = _LED.split(_SIDE.split(view.before(i, 120))[-1])[-1]
    before = _JOINED.sub(" ", before)  # “3 tổ chức đảng và 27 đảng viên”
    after = re.split(r"(?<![^\W\d_])và {1,2}[0-9]", _SIDE.split(view.after(i, 110))[0])[0]
    return plain_key(f"{before} {_SAID_OF_IT.split(after)[0]}")


def _said(view: View, i: int) -> _Said | None:
    claim = view.claims[i]
    plainly = claim.tense == "done" and claim.within is None and len(claim.numbers) == 1
    if not plainly or view.number(i).role != "count" or view.sort(i) not in _SORTS:
        return None
    if view.before(i, 2).endswith("(") or _in_row(view, i):
        return None
    phrase = _phrase(view, i)
    words_of_it = set(re.findall(r"[a-z]+|[0-9][0-9/.-]*", phrase))
    for one in _STATEMENTS:
        if not one.said.search(phrase) or view.sort(i) not in one.sorts:
            continue
        if one.name == "TCCS đảng" and claim.unit not in _BODY_UNITS:
            continue
        apart = frozenset(w for w in words_of_it - one.own - _EMPTY - view.own_name if not _YEAR.fullmatch(w))
        clause = re.split(r"[;\n]|\.(?![0-9])", view.before(i, 160))[-1]
        apart |= frozenset(found.group() for found in _TIMES.finditer(clause)) | _place(clause)
        if (
            apart & _OTHER
            or len(apart) > (8 if one.name == "lớp" else 4)
            or (one.name == "lớp" and len(apart) < 2)
        ):
            return None
        whole = "toan " in phrase or "dang bo huyen" in phrase or "tong so" in phrase
        return _Said(i, one.name, view.sort(i), apart, whole)
    return None


def _in_row(view: View, i: int) -> bool:
    """“lần lượt 12, 15 và 18 Huy hiệu”: one of several numbers of a row."""
    beside = [j for j in (i - 1, i) if 0 <= j < len(view.claims) - 1]
    return any(
        view.claims[j].sentence == view.claims[j + 1].sentence
        and _COMMA.fullmatch(view.between(j, j + 1)) is not None
        for j in beside
    )


_COMMA = re.compile(r" {0,2}(?:,|và|, và) {0,2}")


def _place(clause: str) -> frozenset[str]:
    """“Tại xã Quế Phú, kết nạp 6 …”, “Khối trường học, …”: what the clause speaks of before its first comma."""
    lead, comma, _ = clause.rpartition(",")
    return frozenset([plain_key(lead)]) if comma and _PART.search(lead) else frozenset()


def _may_be_held(view: View, first: _Said, second: _Said) -> bool:
    one, other = view.claims[first.i], view.claims[second.i]
    if one.period[:4] != other.period[:4] or one.period[4:] != other.period[4:]:
        return False
    own = view.own_name
    bodies = {
        frozenset(fold(claim.body).split()) - own - _EMPTY - {"thi", "thanh", "tinh"}
        for claim in (one, other)
    }
    if len(bodies) > 1 or view.faulty(first.i) or view.faulty(second.i):
        return False
    away = other.sentence - one.sentence
    near = away <= _NEAR or len(view.reading.sentences) <= _SHORT
    if first.apart:
        near = near and away <= _NEAR
    return near or (first.whole and second.whole)


def _hold(view: View, first: int, second: int) -> None:
    """Judge two numbers that must be one; hedged ones must lie on their side of the exact one."""
    one, other = view.claims[first], view.claims[second]
    if one.bound and other.bound:
        return
    value, said = view.value(first), view.value(second)
    number = view.number(second)
    if one.bound or other.bound:
        hedged, exact = (first, said) if one.bound else (second, value)
        if off_side(exact, view.number(hedged), view.claims[hedged].bound):
            reason = f"“{view.shown(hedged)}” không khớp với {view.shown(second if one.bound else first)} trong cùng văn bản."
            view.say(hedged, "wrong", reason, printed(view.number(hedged), exact), view.number(hedged))
        return
    if value == said or _parts(view, first, second):
        return
    reason = (
        f"Cùng một số liệu được nêu hai lần khác nhau: {view.shown(first)} ở trên, {view.shown(second)} ở đây "
        f"({plain(value)} và {plain(said)})."
    )
    view.say(second, "wrong", reason, printed(number, value), number)


def _parts(view: View, first: int, second: int) -> bool:
    """Whether one sentence states both as two of several: “… 12 …; … 9 …, tổng cộng 21”."""
    if view.claims[first].sentence != view.claims[second].sentence:
        return False
    total: Fraction = view.value(first) + view.value(second)
    return any(view.value(j) == total for j in view.mates(second))
