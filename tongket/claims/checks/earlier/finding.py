"""The value of the earlier time that a change is set against, where the text prints it."""

from __future__ import annotations

import re

from ...reading.keys import words
from ..view import View

__all__ = ["earlier", "then"]

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


def earlier(view: View, i: int, counted: int) -> int | None:
    """A count of the earlier time that the text prints: “so với năm 2022 (195)”, “cùng kỳ là 195”."""
    bracket = then(view, i)
    if bracket is not None and view.claims[bracket].kind == "count" and bracket != counted:
        return bracket if view.sort(bracket) in (view.sort(counted), "") else None
    if (
        counted
        and view.claims[counted - 1].kind == "count"
        and view.claims[counted - 1].sentence == view.claims[counted].sentence
        and _BECAME.fullmatch(view.between(counted - 1, counted))
    ):
        return counted - 1
    year_before = _year_before(view, counted)
    if year_before is not None:
        return year_before
    claims = view.mates(i)
    for j in claims:
        if j in (i, counted) or view.claims[j].kind != "count" or view.percent(j) or j < counted:
            continue
        if j > i and view.sort(j) == view.sort(counted) and _said_again(view, i, j):
            return j
        if j > i and _EARLIER.search(view.between(i, j)[-70:]) and not re.search(r"[,;]", view.between(i, j)):
            return j
    return None


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
