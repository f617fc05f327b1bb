"""A change in per cent: against the earlier value printed, against the change in number, against its twin."""

from __future__ import annotations

import re
from fractions import Fraction

from ...model import Verdict
from ...reading.keys import words
from ..rounding import fit, fit_ratio, percent, plain, step, whole_bases
from ..view import COUNTS, View
from .finding import earlier as earlier_of
from .finding import said_first

__all__ = ["change_in_percent", "share_of_change", "way"]


_PRICES = re.compile(words("giá", "giá so sánh", "giá hiện hành", "loại trừ"))
_COMPARED = re.compile(words("so", "so với", "cùng kỳ"))


def way(view: View, i: int) -> str:
    """The word for the direction of a change."""
    return {"up": "tăng", "down": "giảm"}.get(view.claims[i].direction, "bằng")


def change_in_percent(view: View, i: int, counted: int) -> None:
    """Judge “tăng 5,2%” of a count by the first of these that the text gives: its twin, the pair, the earlier value."""
    now = view.value(counted)
    if _twin(view, i, counted) is not None:
        return
    if view.claims[counted].kind == "pair" and counted > i:
        if view.claims[i].direction:
            return  # “tăng 1,2% so với năm 2022 (52/53 TCCS đảng)”: the pair may be this year's rate
        _against(view, i, now, view.value(counted, 1), f"{view.shown(counted)}")
        return
    earlier = earlier_of(view, i, counted)
    if earlier is not None and view.value(earlier):
        _against_earlier(view, i, counted, earlier)
        return
    was = _by_number(view, i, counted)
    if was is not None:
        _against(view, i, now, was, f"{plain(now)} so với {plain(was)}")
    elif (view.number(counted).role == "count" and now.denominator == 1 and now > 0) and not view.claims[
        counted
    ].bound:
        _implied(view, i, now)


def _by_number(view: View, i: int, counted: int) -> Fraction | None:
    """The earlier value where the same change is said in number as well: “tăng 8 đồng chí, tương đương 10%”."""
    for j in view.mates(i):
        claim = view.claims[j]
        if claim.kind != "change" or view.percent(j) or claim.counted != counted or len(claim.numbers) > 1:
            continue
        if j < i and view.before(j, 6).endswith("từ ") and view.number(j).role == "count":
            return view.value(j) or None  # “giảm từ 72 đảng viên năm 2022, tức giảm 16,7%”
        if not claim.direction or claim.direction != view.claims[i].direction or claim.bound:
            continue
        if _COMPARED.search(view.between(min(i, j), max(i, j))) and _COMPARED.search(
            view.after(max(i, j), 40)
        ):
            continue  # each is set against a time of its own
        if view.number(j).role != "count" or view.sort(j) not in (view.sort(counted), ""):
            continue
        was = view.value(counted) - view.value(j) * (1 if claim.direction == "up" else -1)
        return was if was > 0 else None
    return None


def _added(view: View, i: int) -> tuple[int, int]:
    """What is taken off a ratio in per cent to make the change, and its sign."""
    return {"up": (100, 1), "down": (100, -1)}.get(view.claims[i].direction, (0, 1))


def _against(view: View, i: int, now: Fraction, was: Fraction, name: str) -> None:
    """Judge a change in per cent by two exact values."""
    number = view.number(i)
    added, sign = _added(view, i)
    if not was:
        return
    exact = sign * (now * 100 / was - added)
    said = f"{name}: {way(view, i)} {plain(exact, number.decimals + 2)}%"
    if view.claims[i].bound or exact < 0:
        return
    right = percent(exact, number.decimals)
    how = fit(exact, number)
    if how == "rounded":
        view.say(i, "right", f"{said}.", before=plain(was))
    elif added and now and fit(abs(now - was) * 100 / now, number) == "rounded":
        view.say(i, "wrong", f"{said}; {number.text} là tính trên số kỳ này.", right, number)
    else:
        view.say(
            i, "doubtful" if how == "cut" else "wrong", f"{said}, không phải {number.text}.", right, number
        )


def _implied(view: View, i: int, now: Fraction) -> None:
    """Nothing earlier is printed: some whole number must give the percentage."""
    number, direction = view.number(i), view.claims[i].direction
    wholes = whole_bases(now, number, {"up": 100, "down": -100}.get(direction, 0))
    if wholes is not None:
        span = plain(wholes[0]) if wholes[0] == wholes[1] else f"{plain(wholes[0])} đến {plain(wholes[1])}"
        reason = f"{plain(now)} {way(view, i)} {number.text} ứng với kỳ trước {span}."
        view.say(i, "right", reason, before=span, implied="1")
        return
    if number.role == "points":
        return  # what has changed is a percentage that the text does not print here
    smallest = Fraction(100) / (now - 1) if direction == "up" and now > 1 else Fraction(100) / (now + 1)
    if direction and 0 < view.value(i) + step(number) / 2 < smallest:
        reason = (
            f"Hơn kém một đã là {plain(smallest, number.decimals + 1)}%: không có số kỳ trước nào để {plain(now)} "
            f"{way(view, i)} {number.text}."
        )
        view.say(i, "wrong", reason)
        return
    reason = f"Không có số nguyên nào của kỳ trước để {plain(now)} {way(view, i)} {number.text}."
    view.say(i, "doubtful", reason)


def _against_earlier(view: View, i: int, counted: int, earlier: int) -> None:
    number, now, was = view.number(i), view.value(counted), view.value(earlier)
    added, sign = _added(view, i)
    exact = sign * (now * 100 / was - added)
    said = f"{view.shown(counted)} so với {view.shown(earlier)}: {way(view, i)} {plain(exact, number.decimals + 2)}%"
    measured = "amount" in (view.number(counted).role, view.number(earlier).role)
    if fit_ratio(view.number(counted), view.number(earlier), number, added, sign):
        view.say(i, "right", f"{said}.")
    elif exact < 0:
        view.say(
            i, "wrong", f"{view.shown(counted)} so với {view.shown(earlier)} không phải là {way(view, i)}."
        )
    else:
        prices = measured and _PRICES.search(view.sentence(i)) is not None
        verdict: Verdict = "doubtful" if prices or fit(exact, number) == "cut" else "wrong"
        view.say(i, verdict, f"{said}, không phải {number.text}.", percent(exact, number.decimals), number)


def _twin(view: View, i: int, counted: int) -> int | None:
    """“bằng 58,58% so cùng kỳ, giảm 41,42%”: both percentages of one change must add to 100."""
    if not view.claims[i].direction:
        return None
    for j in view.mates(i):
        claim = view.claims[j]
        if (
            j >= i
            or claim.kind != "change"
            or claim.direction
            or claim.counted != counted
            or not view.percent(j)
        ):
            continue
        share, by, number = view.value(j), view.value(i), view.number(i)
        exact = 100 - share if view.claims[i].direction == "down" else share - 100
        if exact < 0:
            view.say(
                i,
                "wrong",
                f"Bằng {plain(share)}% kỳ trước là {'giảm' if share < 100 else 'tăng'} {plain(abs(100 - share))}%.",
            )
        elif abs(exact - by) <= max(step(number), step(view.number(j))):
            view.say(i, "right", f"Bằng {plain(share)}% kỳ trước tức {way(view, i)} {plain(exact)}%.")
        else:
            reason = (
                f"Bằng {plain(share)}% kỳ trước tức {way(view, i)} {plain(exact)}%, không phải {number.text}."
            )
            view.say(i, "wrong", reason, percent(exact, number.decimals), number)
        return j
    return None


def share_of_change(view: View, i: int, change: int, counted: int | None) -> None:
    """“49 …, giảm 2, tỷ lệ 3,92%”: the change over the earlier value."""
    number = view.number(i)
    ends = _ends_of(view, change, counted)
    if ends is None or ends[0] <= 0:
        return
    before, now, told = ends
    by = abs(now - before)
    exact = by * 100 / before
    said = f"{view.fraction(by, before, number.decimals)} (kỳ trước là {plain(before)})"
    right = percent(exact, number.decimals)
    how = fit(exact, number)
    if how == "rounded":
        view.say(i, "right", f"{said}.", base=plain(before))
    elif how == "cut":
        view.say(i, "doubtful", f"{said}: số in ra bị cắt bớt chữ số.", right, number)
    elif now and fit(by * 100 / now, number) == "rounded":
        reason = f"{said}; tỷ lệ in ra tính trên số kỳ này."
        view.say(i, "wrong" if told else "doubtful", reason, right, number)
    else:
        view.say(i, "wrong", f"{said}, không phải {number.text}.", right, number)


def _ends_of(view: View, change: int, counted: int | None) -> tuple[Fraction, Fraction, bool] | None:
    """The earlier and the later value of a change, and whether the text prints the earlier one."""
    if view.percent(change) or view.claims[change].bound:
        return None
    by, sign = view.value(change), 1 if view.claims[change].direction == "up" else -1
    if len(view.claims[change].numbers) == 2:  # “tăng từ 42 lên 63 (50%)”
        return by, view.value(change, 1), True
    first = [
        j for j in view.mates(change) if j < change and view.claims[j].kind == "count" and said_first(view, j)
    ]
    if counted is None and len(first) == 1 and view.sort(first[0]) in (view.sort(change), ""):
        counted = first[0]
    if counted is None or view.claims[counted].kind not in COUNTS:
        return None
    now = view.value(counted)
    if counted in first:  # “So với năm 2018 (151 đảng viên), … tăng 13 đồng chí, tương ứng 8,6%”
        return now, now + sign * by, True
    return now - sign * by, now, False
