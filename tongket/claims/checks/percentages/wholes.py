"""What a percentage may be of: the whole that the text names, those said near it, that of the shares beside it."""

import re
from collections.abc import Iterator
from fractions import Fraction

from tongket.core.text import fold

from ...model import Number
from ...reading import cues
from ..rounding import step
from ..view import COUNTS, View

__all__ = ["bases_of", "named_by_unit", "named_whole", "only_whole", "sibling_base", "slip", "tells"]


#: “… chiếm 59,7% số đã học”: the words that say of which.
_NAMED = re.compile(
    r"[ ),]{0,3}(?:(?:so(?: {1,2}với)?|của|trên|trong) {1,2})?(?:tổng {1,2})?số {1,2}(?P<of>[^,;.:()0-9]{2,70})"
)
_EMPTY = frozenset(
    [
        "dang",
        "vien",
        "dong",
        "chi",
        "nguoi",
        "to",
        "chuc",
        "co",
        "so",
        "tccs",
        "tccsd",
        "don",
        "vi",
        "da",
        "duoc",
        "cac",
        "cua",
        "toan",
        "huyen",
        "nhiem",
        "vu",
        "hien",
        "nam",
        "nay",
        "trong",
        "bo",
        "moi",
        "ca",
        "quan",
        "chung",
        "truong",
        "hop",
        "bi",
        "va",
        "so",
        "tren",
        "voi",
    ]
)


def named_whole(view: View, i: int, counted: int) -> int | None:
    """The one count before whose own words are those that name the whole: “số đã học”, “số hoàn thành tốt”."""
    found = _NAMED.match(view.after(i, 90))
    if found is not None and fold(found.group("of")).startswith("dang vien"):
        members = _all_members(view, i, counted)
        if members is not None:
            return members
    wanted = set(fold(found.group("of")).split()) - _EMPTY if found else set()
    named = _by_unit(view, i, counted, fold(found.group("of")).strip()) if found else None
    if named is not None:
        return named
    if not wanted or wanted <= set(view.claims[counted].subject.split()):
        return None
    near = [j for j in view.counts_near(i, 1) if j < counted and view.paragraph(j) == view.paragraph(i)]
    fitting = [
        j
        for j in near
        if wanted
        <= set(view.claims[j].subject.split()) | set(re.findall("[a-z]+", fold(view.claims[j].text)))
        and view.value(j) >= view.value(counted)
        and view.sort(j) in (view.sort(counted), "")
        and view.number(j).role == "count"
        and not view.claims[j].bound
    ]
    return fitting[0] if len(fitting) == 1 else None


def _by_unit(view: View, i: int, counted: int, of: str) -> int | None:
    """“54 nữ …; 21 đồng chí là người dân tộc, chiếm 21,9% số nữ”: the one count before that bears just this word."""
    near = [
        j
        for j in view.mates(i)
        if j < counted and view.claims[j].kind == "count" and not view.claims[j].bound
    ]
    same = [j for j in near if of and view.claims[j].unit == of and view.value(j) >= view.value(counted)]
    if len(same) == 1 and view.claims[counted].unit != of:
        return same[0]
    unit = view.claims[counted].unit
    alike = [j for j in near if unit and view.claims[j].unit == unit and view.value(j) >= view.value(counted)]
    told = of.removeprefix(unit).strip() in _HANDED and of.startswith(unit)
    return alike[0] if told and len(alike) == 1 else None


#: “151 nhiệm vụ, đạt 81,2% số nhiệm vụ được giao”: all that were told before.
_HANDED = frozenset(["duoc giao", "da giao", "giao", "phai thuc hien", "duoc giao trong nam", "da de ra"])


def named_by_unit(view: View, i: int, counted: int) -> bool:
    """Whether the whole is named by its very word, so that no other whole can be meant."""
    found = _NAMED.match(view.after(i, 90))
    return found is not None and _by_unit(view, i, counted, fold(found.group("of")).strip()) is not None


def _all_members(view: View, i: int, counted: int) -> int | None:
    """“Toàn tỉnh có 62.418 đảng viên. … chiếm 36% tổng số đảng viên”: the one count of members that is told so."""
    if "tổng số" not in view.after(i, 24) or view.claims[counted].unit == "":
        return None
    near = [j for j in view.counts_near(i, 1) if j < counted and view.paragraph(j) == view.paragraph(i)]
    members = [
        j
        for j in near
        if view.claims[j].unit == "dang vien"
        and view.claims[j].kind == "count"
        and not view.claims[j].bound
        and _HAS.search(view.before(j, 60))
        and view.value(j) >= view.value(counted)
    ]
    return members[0] if len(members) == 1 else None


_HAS = re.compile(r"(?:toàn|đảng bộ)[^,;.]{0,40}(?:có|là) {1,2}$")


def sibling_base(view: View, i: int, counted: int) -> Fraction | None:
    """The whole of which the other shares of the sentence are, where all that are known agree."""
    bases = set()
    for j in view.mates(i):
        other = view.claims[j].counted
        if (
            j == i
            or view.claims[j].kind != "share"
            or other is None
            or view.claims[other].kind not in ("count", "pair")
        ):
            continue
        if view.sort(other) not in (view.sort(counted), ""):
            continue
        for said in view.found.get(j, ()):
            if said.verdict == "right" and "base" in said.data:
                bases.add(said.data["base"])
    if len(bases) != 1:
        return None
    base = bases.pop().replace(".", "")
    return Fraction(int(base)) if base.isdigit() else None


def bases_of(view: View, i: int, counted: int) -> Iterator[tuple[Fraction, str, str]]:
    """What the whole may be, the likeliest first: value, name for the reason, and how the text leads to it.

    "bound": named by the text as the whole of this; "near": said before in the same breath; "far": elsewhere.
    """
    claim = view.claims[i]
    count = view.claims[counted]
    seen: set[Fraction] = set()
    named = claim.base if claim.base is not None else count.within
    if named is not None and named != counted:
        for place in range(len(view.claims[named].numbers)):
            value = view.value(named, place)
            seen.add(value)
            yield value, view.shown(named), "near" if place else "bound"
    sort = view.sort(counted)
    for j in view.counts_near(i):
        if j == counted or (sort and view.sort(j) and view.sort(j) != sort):
            continue
        for place in range(len(view.claims[j].numbers)):
            value = view.value(j, place)
            if value not in seen and value > 0 and value != view.value(counted):
                seen.add(value)
                yield value, view.shown(j), "near" if _same_breath(view, j, i) else "far"


def _same_breath(view: View, j: int, i: int) -> bool:
    """A total said before, in the sentence itself or a little earlier in its paragraph and of the same time."""
    first, second = view.claims[j], view.claims[i]
    if j > i or (first.sentence != second.sentence and view.paragraph(j) != view.paragraph(i)):
        return False
    return first.period == second.period


def only_whole(view: View, i: int, counted: int) -> tuple[Fraction, str] | None:
    """The one total of the sentence that can be meant: its first count, greater, of the same unit, no share itself."""
    count = view.claims[counted]
    before = [
        j
        for j in view.mates(i)
        if j < counted and view.claims[j].kind in COUNTS and view.sort(j) in (view.sort(counted), "")
    ]
    if not before or not count.unit or _another_act(view, before[0], counted):
        return None
    first = before[0]
    stated = any(view.claims[j].counted == first for j in view.mates(i) if view.claims[j].kind == "share")
    greater = [
        j for j in before if view.value(j) > view.value(counted) and view.sort(j) == view.sort(counted)
    ]
    if stated or greater[:1] != [first] or view.claims[first].bound or view.claims[first].within is not None:
        return None
    others = [j for j in greater[1:] if view.claims[j].within is None and not _has_share(view, j)]
    return None if others else (view.value(first), view.shown(first))


def _another_act(view: View, first: int, counted: int) -> bool:
    """Whether the count belongs to another act than the total: “có 3.204 đảng viên; kết nạp 88 đảng viên”."""
    lead = view.key[view.number(first).end : view.number(counted).start]
    acts = {found.group() for found in cues.NEW_CLAUSE.finditer(lead)}
    return bool(acts - _SELECTS) or (bool(acts) and view.claims[first].unit != view.claims[counted].unit)


#: Acts that choose among those there are: what they count is a part of them.
_SELECTS = frozenset(
    {"công nhận", "đề nghị", "giải quyết", "khen thưởng", "kỷ luật", "thi hành kỷ luật", "xử lý kỷ luật", "kiểm tra",
     "giám sát", "tuyên dương", "biểu dương", "hỗ trợ"}
)  # fmt: skip


def slip(exact: Fraction, number: Number) -> bool:
    """Whether a printed percentage can be a slip for the exact one: close to it, or digits changed or exchanged."""
    value = Fraction(number.value)
    if exact * 3 <= value * 4 and value * 3 <= exact * 4:
        return True
    right, said = (format(round(one * 10**number.decimals)) for one in (exact, value))
    return len(right) == len(said) > 1 and (
        sorted(right) == sorted(said) or sum(a != b for a, b in zip(right, said, strict=True)) == 1
    )


def _has_share(view: View, j: int) -> bool:
    return any(view.claims[k].counted == j and view.claims[k].kind == "share" for k in view.mates(j))


def tells(base: Fraction, number: Number) -> bool:
    """Whether a fit with this base says something: few whole counts share one printed percentage."""
    return base * step(number) / 100 < 1
