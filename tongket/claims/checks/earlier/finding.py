"""The value of the earlier time that a change is set against, where the text prints it."""

from __future__ import annotations

import re

from tongket.core.text import fold

from ...reading.keys import words
from ..view import View

__all__ = ["earlier", "earlier_share", "moved", "said_first", "then"]

_EARLIER = re.compile(
    rf"{words('so', 'so với')}[^;.]{{0,50}}$|{words('năm trước', 'cùng kỳ', 'năm ngoái', 'kỳ trước')}[^;.]{{0,20}}$"
)


_TIME = re.compile(words("so", "so với", "cùng kỳ", "năm", "trước", "đầu năm", "kỳ trước"))
_ALONE = re.compile(r"[^,;.()0-9]{0,18}\)")
#: “96 thôn thành 61 thôn”: the number before is the earlier one.
_BECAME = re.compile(rf"[^,;.:()]{{0,30}}{words('thành', 'còn', 'xuống', 'xuống còn', 'nay còn')} {{1,2}}")
#: “giảm 12 Huy hiệu so với năm 2017, tức năm 2017 trao 101 Huy hiệu”
_SAID_AGAIN = re.compile(rf"[,;(] {{0,2}}{words('tức', 'tức là', 'nghĩa là')}[^;.]{{0,60}}$")
_PAST = re.compile(words("năm trước", "năm ngoái", "cùng kỳ", "kỳ trước"))
#: What stands before the earlier value itself: “cùng kỳ 45”, “đầu nhiệm kỳ có 3.100”, “năm trước trao 98”.
_WHY = re.compile(words("do", "vì", "nhờ", "chuyển", "tiếp nhận", "trong đó", "gồm"))
_OF_THEN = re.compile(
    words(
        "cùng kỳ", "năm trước", "năm ngoái", "kỳ trước", "đầu năm", "đầu nhiệm kỳ", "đầu kỳ", "nhiệm kỳ trước",
        "khóa trước", "năm học trước", "năm liền kề trước", "trước đó", "quý trước", "trước đây", "trước khi sắp xếp",
    )
)  # fmt: skip
_NOT_VALUE = re.compile(
    words(
        "tăng",
        "giảm",
        "thêm",
        "chỉ tiêu",
        "kế hoạch",
        "giao",
        "vượt",
        "nhiều hơn",
        "ít hơn",
        "bình quân",
        "bằng",
    )
)
_PLAIN = frozenset(
    [
        "co",
        "la",
        "dat",
        "chi",
        "duoc",
        "so",
        "con",
        "tong",
        "nam",
        "20",
        "cua",
        "va",
        "o",
        "muc",
        "khi",
        "do",
        "nay",
        "ket",
        "qua",
        "thuc",
        "hien",
        "da",
        "toan",
        "huyen",
        "dang",
        "bo",
        "khoang",
        "so",
        "voi",
    ]
)
_NO_FIGURE = frozenset({"date", "plain", "span"})
_OF_LAST = re.compile(r"[^,;.()0-9]{0,24}(?<![^\W\d_])(?:năm|kỳ|cùng) {1,2}(?:trước|ngoái|kỳ)(?![^\W\d_])")
_STEP = 90  # characters between the earlier value and what is set against it


def earlier(view: View, i: int, counted: int) -> int | None:
    """A count of the earlier time that the text prints, of the year that the change itself names."""
    found = _earlier(view, i, counted)
    named = _YEAR_NAMED.match(view.after(i, 60))
    if found is None or named is None:
        return found
    then_, now = view.claims[found].period, view.claims[counted].period
    return (
        None if then_ not in (named[1], now) else found
    )  # “…, tăng 20% so với năm 2021”: a time farther back


def _earlier(view: View, i: int, counted: int) -> int | None:
    """A count of the earlier time that the text prints: “so với năm 2022 (195)”, “cùng kỳ là 195”."""
    bracket = then(view, i)
    if bracket is not None and view.claims[bracket].kind == "count" and bracket != counted:
        return bracket if view.sort(bracket) in (view.sort(counted), "") or not view.sort(counted) else None
    if (
        counted
        and view.claims[counted - 1].kind == "count"
        and view.claims[counted - 1].sentence == view.claims[counted].sentence
        and (_BECAME.fullmatch(view.between(counted - 1, counted)) or _now_only(view, counted))
    ):
        return counted - 1
    mates = view.mates(i)
    for k in mates[: mates.index(i)]:  # “bằng 75% so với cùng kỳ (48 đơn), giảm 12 đơn”
        again = view.claims[k].kind == "change" and view.claims[k].counted == counted
        said = then(view, k) if again else None
        if said is not None and view.claims[said].kind == "count" and _comparable(view, said, counted):
            return said
    year_before = _year_before(view, counted)
    if year_before is not None:
        return year_before
    for j in mates[mates.index(i) + 1 :][:8]:
        if j in (i, counted) or view.claims[j].kind != "count" or view.percent(j) or j < counted:
            continue
        if view.sort(j) == view.sort(counted) and _said_again(view, i, j):
            return j
        alike = view.sort(j) in (view.sort(counted), "")
        if (
            alike
            and _EARLIER.search(view.between(i, j)[-70:])
            and not _WHY.search(view.between(i, j))
            and not re.search(r"[,;]", view.between(i, j))
        ):
            return j
    return _beside(view, i, counted)


def _beside(view: View, i: int, counted: int) -> int | None:
    """The nearest count that says its earlier time itself: “38 đảng viên (cùng kỳ 45), giảm 7”."""
    near = range(max(0, min(i, counted) - 6), min(len(view.claims), max(i, counted) + 6))
    sentence = view.claims[i].sentence
    figures = [
        j for j in near if view.claims[j].sentence == sentence and view.claims[j].kind not in _NO_FIGURE
    ]
    at = figures.index(counted) if counted in figures else -1
    if at < 0:
        return None
    after = figures[at + 1 :]
    for j in after[: after.index(i) + 3 if i in after else 2]:
        if j != i and _comparable(view, j, counted) and _of_then(view, j, counted):
            return j
        if view.claims[j].kind in ("count", "pair"):
            break
    before = figures[at - 1] if at else None
    close = before is not None and len(view.between(before, counted)) < _STEP
    if (
        before is not None
        and close
        and _comparable(view, before, counted)
        and _of_then(view, before, counted)
    ):
        return before
    return None


def _now_only(view: View, counted: int) -> bool:
    """“42 tổ dân phố, sau sáp nhập còn 30 tổ dân phố”: what is left is of the same unit."""
    same = view.claims[counted].unit != "" and view.claims[counted].unit == view.claims[counted - 1].unit
    return same and _NOW_ONLY.fullmatch(view.between(counted - 1, counted)) is not None


_NOW_ONLY = re.compile(
    rf"[^;.:()]{{0,20}}, {{0,2}}[^;.:()0-9,]{{0,40}}{words('còn', 'còn lại', 'chỉ còn', 'nay còn')} {{1,2}}"
)


def earlier_share(view: View, i: int, counted: int) -> int | None:
    """The percentage of the earlier time: “92,3% (năm 2021: 90,1%), tăng 2,2%”, “… (nhiệm kỳ trước 18,3%)”."""
    bracket = then(view, i)
    if bracket is not None and view.percent(bracket):
        return bracket
    alone = view.in_bracket_after(i)
    only = alone is not None and view.percent(alone) and _ALONE.match(view.after(alone, 20)) is not None
    if only and _TIME.search(view.before(i, 50)):
        return alone  # “cao hơn năm 2022 là 1,1 điểm phần trăm (97,1%)”
    for j in range(counted + 1, min(i + 4, len(view.claims))):
        claim = view.claims[j]
        if j == i or claim.kind in _NO_FIGURE:
            continue
        if claim.sentence != view.claims[i].sentence:
            return None
        plainly = claim.kind == "share" and view.percent(j) and not claim.bound and claim.counted is None
        if plainly and _of_then(view, j, counted):
            return j
        against = plainly and j == i + 1 and _AGAINST.fullmatch(view.between(i, j))
        if against and _PAST.search(view.after(j, 40)):
            return j  # “… so với mức 80% của năm trước”
        if claim.kind in ("share", "count", "pair") and claim.counted != counted:
            break
    return _share_before(view, counted)


_AGAINST = re.compile(r" {0,2}so {1,2}với(?: {1,2}(?:mức|tỷ lệ|tỉ lệ|con số))?(?: {1,2}là)? {1,2}")
_UP_TO = re.compile(rf"[^,;:()]{{0,40}}{words('lên', 'xuống', 'còn', 'lên đến', 'xuống còn')} {{1,2}}")


def _share_before(view: View, counted: int) -> int | None:
    """“từ 14,2% năm 2020 lên 16,9% năm 2021”, “năm 2023 là 20%, năm 2024 là 18%”: the percentage just before."""
    j = counted - 1
    while j >= 0 and view.claims[j].kind in _NO_FIGURE and counted - j < 4:
        j -= 1
    if j < 0 or view.claims[j].sentence != view.claims[counted].sentence or view.claims[j].kind != "share":
        return None
    if not view.percent(j) or view.claims[j].bound or view.claims[j].counted is not None:
        return None
    rises = view.before(j, 6).rstrip().endswith("từ") and _UP_TO.fullmatch(view.between(j, counted))
    return j if rises or _years_apart(view, j, counted) else None


def _years_apart(view: View, j: int, counted: int) -> bool:
    """“năm 2023 là 20%, năm 2024 là 18%”: a year right before each, the first the earlier one."""
    if counted - 1 <= j or not j or view.claims[j - 1].kind != "date" or len(view.between(j, counted)) > 40:
        return False
    first, second = view.number(j - 1), view.number(counted - 1)
    leads = (view.key[first.end : view.number(j).start], view.key[second.end : view.number(counted).start])
    return (
        first.role == second.role == "year"
        and first.value < second.value
        and all(len(one) < 14 for one in leads)
    )


def _comparable(view: View, j: int, counted: int) -> bool:
    claim = view.claims[j]
    if claim.kind not in ("count", "new_total") or view.percent(j) or claim.bound or claim.tense != "done":
        return False
    roles = {view.number(j).role, view.number(counted).role}
    return len(roles) == 1 and view.sort(j) in (view.sort(counted), "")


def _of_then(view: View, j: int, counted: int) -> bool:
    """Whether a count is said to be of an earlier time, by a word or by the year right before it."""
    lead = re.split(r"[,;:)]", view.before(j, 60))[-1]
    if _NOT_VALUE.search(lead):
        return False
    own_words = set(view.claims[counted].subject.split()) | _PLAIN
    said = set(re.findall("[a-z]+", fold(_OF_THEN.sub(" ", lead))))
    if not said <= own_words | set(view.claims[counted].unit.split()):
        return False  # another group: “số bị khai trừ năm trước là 4”
    if lead.rstrip().endswith("so với") and _OF_LAST.match(view.after(j, 50)):
        return True  # “so với 120 đồng chí của năm ngoái”
    if _OF_THEN.search(lead) or re.search(r"so {1,2}với[^,;]*\( {0,2}$", lead):
        return True
    if not j or view.claims[j - 1].kind != "date" or view.claims[j - 1].sentence != view.claims[j].sentence:
        return False
    year, own = view.number(j - 1), view.claims[counted].period[:4]
    between = view.key[year.end : view.number(j).start]
    aside = len(between) < 40 and not re.search(r"[,;)]", between)
    return aside and year.role == "year" and own.isdigit() and int(own) > int(year.value)


def moved(view: View, i: int) -> int | None:
    """The claim that a change leads to over a year: “tăng từ 20 cuộc năm 2022 lên 25 cuộc năm 2023”."""
    if not _FROM_HERE.search(view.before(i, 70)):
        return None
    for j in range(i + 1, min(i + 3, len(view.claims))):
        if view.claims[j].sentence != view.claims[i].sentence or view.claims[j].kind == "date":
            continue
        lead = view.between(i, j)
        same = view.number(j).role == view.number(i).role and len(view.claims[j].numbers) == 1
        return j if same and len(lead) < 70 and _TO_THERE.search(lead) and not _STOPS.search(lead) else None
    return None


_FROM_HERE = re.compile(rf"{words('tăng', 'giảm', 'nâng', 'hạ')}[^,;.:()]{{0,50}}{words('từ')} {{1,2}}$")
_TO_THERE = re.compile(rf"{words('lên', 'xuống', 'còn', 'lên đến', 'xuống còn', 'lên thành')} {{1,2}}$")
_STOPS = re.compile(r"[;:]|\.(?![0-9])")


_YEAR_NAMED = re.compile(r"[^,;.()0-9]{0,30}so (?:với )?năm ((?:19|20)[0-9]{2})")


def said_first(view: View, j: int) -> bool:
    """Whether a count is the earlier value, told before what is set against it: “So với năm 2018 (151 …), …”."""
    return _THEN_FIRST.search(view.before(j, 70)) is not None


_THEN_FIRST = re.compile(r"so {1,2}với {1,2}[^,;.()]{2,50}\( {0,2}$")


def then(view: View, i: int) -> int | None:
    """The value of the earlier time in a bracket: “so với năm trước (91,62%)”, but not “tăng 5 đảng viên (3 nữ)”."""
    bracket = view.in_bracket_after(i)
    if (
        bracket is None
        or not _TIME.search(view.between(i, bracket))
        or not _ALONE.match(view.after(bracket, 20))
    ):
        return None
    return bracket


def _year_before(view: View, counted: int) -> int | None:
    """“Năm 2022 kết nạp 80 đảng viên, năm 2023 kết nạp 88 đảng viên”: the same count of the year before."""
    claim = view.claims[counted]
    for j in view.mates(counted):
        other = view.claims[j]
        same = j < counted and other.kind == "count" and other.unit == claim.unit and other.within is None
        years = (
            other.period.isdigit() and claim.period.isdigit() and int(claim.period) - int(other.period) == 1
        )
        if same and years and set(other.subject.split()) <= set(claim.subject.split()) | {"nam"}:
            return j
    return None


def _said_again(view: View, i: int, j: int) -> bool:
    """“…, tức năm 2017 trao 101 Huy hiệu”: the earlier value is said after the change, with its time."""
    found = _SAID_AGAIN.search(view.between(i, j)[-80:])
    if found is None:
        return False
    years = [k for k in range(i + 1, j) if view.claims[k].kind == "date"]
    if any(view.claims[k].kind not in ("date", "plain") for k in range(i + 1, j)):
        return False
    same = len({view.value(k) for k in years}) == 1 and len(years) > 1
    return same or _PAST.search(found.group()) is not None
