"""Changes against an earlier time: what they make of the earlier value, points against per cent, new totals."""

from __future__ import annotations

import re
from fractions import Fraction

from .earlier.finding import earlier as earlier_of
from .earlier.finding import earlier_share, moved, said_first
from .earlier.percentages import change_in_percent, share_of_change, way
from .rounding import fit, plain, printed, step
from .view import COUNTS, View

__all__ = ["check_changes"]


def check_changes(view: View) -> None:
    """Judge every change against an earlier time and every new total."""
    for i in view.of_kind("change"):
        claim = view.claims[i]
        if len(claim.numbers) == 2 and claim.bound != "about":
            _from_to(view, i)
        elif (end := moved(view, i)) is not None:
            _over_a_year(view, i, end)
        elif (
            claim.counted is not None
            and claim.tense == "done"
            and (not claim.bound or view.number(i).role == "other")
            and not (claim.counted < i and said_first(view, claim.counted))
        ):
            _of(view, i, claim.counted)
            if any(said.verdict in ("wrong", "doubtful") for said in view.found.get(i, ())):
                _try_others(view, i, claim.counted)
    for i in view.of_kind("share"):
        counted = view.claims[i].counted
        if counted is not None and view.claims[counted].kind == "change" and view.percent(i):
            share_of_change(view, i, counted, view.claims[counted].counted)
    for i in view.of_kind("change"):
        _over_earlier(view, i)
    for i in view.of_kind("new_total"):
        _new_total(view, i)


def _over_earlier(view: View, i: int) -> None:
    """“So với năm 2019 (2.310 đồng chí), số kết nạp giảm 126 đồng chí (giảm 5,5%)”: over the earlier value."""
    claim = view.claims[i]
    judged = any(said.verdict in ("right", "wrong") for said in view.found.get(i, ()))
    if (
        not view.percent(i)
        or not claim.direction
        or claim.bound
        or not i
        or (judged and claim.counted is not None)
    ):
        return
    by = view.claims[i - 1]
    same = by.kind == "change" and by.sentence == claim.sentence and by.direction == claim.direction
    if (
        not same
        or view.percent(i - 1)
        or view.number(i - 1).role != "count"
        or len(view.between(i - 1, i)) > 40
    ):
        return
    was = [j for j in view.mates(i) if j < i - 1 and view.claims[j].kind == "count" and said_first(view, j)]
    if len(was) != 1 or not view.value(was[0]) or view.sort(was[0]) not in (view.sort(i - 1), ""):
        return
    number = view.number(i)
    exact = view.value(i - 1) * 100 / view.value(was[0])
    said = f"{view.shown(i - 1)} trên {view.shown(was[0])} là {plain(exact, number.decimals + 1)}%"
    view.say_percent(i, exact, said)


def _try_others(view: View, i: int, counted: int) -> None:
    """Before a change is called wrong: another count just before it may be what has changed."""
    if view.number(i).role == "points":
        return
    before = [j for j in view.mates(i) if j < i and j != counted and view.claims[j].kind in COUNTS]
    was = earlier_of(view, i, counted)
    kept = view.found.pop(i)
    for j in reversed(before[-3:]):
        if j == was:
            continue
        _of(view, i, j)
        sharp = any(said.verdict == "right" for said in view.found.get(i, ())) and _sharp(view, i)
        if sharp and not (was is not None and any("implied" in said.data for said in view.found[i])):
            return
        view.found.pop(i, None)
    view.found[i] = kept


def _sharp(view: View, i: int) -> bool:
    """Whether being right says something: the earlier value is printed, or only few could be meant."""
    return any("before" not in said.data or "đến" not in said.data["before"] for said in view.found[i])


def _from_to(view: View, i: int) -> None:
    """“tăng từ 44,2 lên 48,4”: the direction must be that of the numbers."""
    old, new = view.value(i), view.value(i, 1)
    rises = new > old
    said = f"Từ {plain(old)} đến {plain(new)} là {'tăng' if rises else 'giảm'} {plain(abs(new - old))}"
    if new == old or rises != (view.claims[i].direction == "up"):
        view.say(i, "wrong", f"{said}, không phải {way(view, i)}.")
    else:
        view.say(i, "right", f"{said}.")


def _over_a_year(view: View, i: int, end: int) -> None:
    """“tăng từ 20 cuộc năm 2022 lên 25 cuộc năm 2023”, and what is said of it: “tăng 25%”."""
    old, new = view.value(i), view.value(end)
    if new == old or (new > old) != (view.claims[i].direction == "up"):
        said = (
            f"Từ {plain(old)} đến {plain(new)} là {'tăng' if new > old else 'giảm'} {plain(abs(new - old))}"
        )
        view.say(i, "wrong", f"{said}, không phải {way(view, i)}.")
        return
    view.say(i, "right", f"Từ {plain(old)} đến {plain(new)} là {way(view, i)} {plain(abs(new - old))}.")
    for j in view.mates(i):
        after = view.claims[j].kind == "change" and j > end and len(view.claims[j].numbers) == 1
        if after and view.claims[j].counted in (i, end) and not view.claims[j].bound:
            view.found.pop(j, None)
            _moved_by(view, j, old, new, view.percent(end))


def _times(view: View, i: int, counted: int) -> None:
    """“tăng gấp đôi so với năm 2018 (76 đảng viên)”: so many times the earlier value, within a tenth."""
    earlier = earlier_of(view, i, counted)
    if earlier is None or not view.value(earlier) or view.claims[counted].kind not in COUNTS:
        return
    ratio, times, bound = view.value(counted) / view.value(earlier), view.value(i), view.claims[i].bound
    said = f"{view.shown(counted)} so với {view.shown(earlier)} là gấp {plain(ratio, 2)} lần"
    low, high = {"near": (8, 10), "over": (10, 13)}.get(bound, (9, 11))
    below, above = times * low / 10, times * high / 10
    if below <= ratio <= above:
        view.say(i, "right", f"{said}.")
    else:
        far = abs(ratio - times) * 5 > times
        view.say(i, "wrong" if far else "doubtful", f"{said}, không phải {view.number(i).text}.")


def _of(view: View, i: int, counted: int) -> None:
    other = view.claims[counted]
    both = _both_ends(view, i) if view.percent(i) and view.claims[i].direction else None
    if both is not None:
        _points_from(view, i, *both)
    elif view.number(i).role == "other":
        _times(view, i, counted)
    elif other.kind == "change" and len(other.numbers) == 2:
        _after_from_to(view, i, counted)
    elif other.kind == "share" or (view.percent(counted) and view.percent(i)):
        _points(view, i, counted)
    elif other.kind in COUNTS and view.percent(i):
        change_in_percent(view, i, counted)
    elif other.kind in COUNTS:
        _number(view, i, counted)


def _both_ends(view: View, i: int) -> tuple[int, int] | None:
    """“tăng 1,92 điểm phần trăm (98,08% so với 96,16%)”: now and then, in the bracket after."""
    ends = [j for j in view.mates(i) if j > i and view.claims[j].kind not in ("date", "plain")][:2]
    if len(ends) < 2 or not all(view.percent(j) for j in ends):
        return None
    opened = re.fullmatch(r"[^,;.:()0-9]{0,40}\( {0,2}(?:từ {1,2})?", view.between(i, ends[0]))
    against = re.search(r"so {1,2}với[^,;:()]{0,30}$", view.between(*ends))
    return (ends[0], ends[1]) if opened and against else None


def _points(view: View, i: int, counted: int) -> None:
    now, by = view.value(counted), view.value(i)
    before = now - by if view.claims[i].direction == "up" else now + by
    if not view.claims[i].direction:
        return
    earlier = earlier_share(view, i, counted)
    if earlier is not None:
        _points_from(view, i, counted, earlier)
        return
    reason = (
        f"Cái {way(view, i)} là một tỷ lệ nên hiểu là điểm phần trăm: kỳ trước {plain(before)}%. "
        "Văn bản không nêu số kỳ trước để so."
    )
    if before < 0 or before > 100:
        view.say(i, "doubtful", f"Nếu là điểm phần trăm thì kỳ trước là {plain(before)}%, không thể có.")
    else:
        view.say(i, "not_checked", reason, before=plain(before))


def _points_from(view: View, i: int, counted: int, earlier: int) -> None:
    """“tỷ lệ 92,74%, tăng 1,12% so với năm trước (91,62%)”: points, and both ends are printed."""
    now, was, number = view.value(counted), view.value(earlier), view.number(i)
    exact = (now - was) * (1 if view.claims[i].direction == "up" else -1)
    said = f"{plain(now)}% so với {plain(was)}% là {plain(abs(exact))} điểm phần trăm"
    # both ends and the difference are rounded each for itself
    slack = (step(view.number(counted)) + step(view.number(earlier)) + step(number)) / 2
    if exact == view.value(i) or (exact > 0 and abs(exact - view.value(i)) < slack):
        view.say(i, "right", f"{said}.")
    elif number.role != "points" and exact > 0 and was and fit(exact * 100 / was, number) == "rounded":
        view.say(
            i,
            "doubtful",
            f"{said}; {number.text} là tính theo tỷ lệ kỳ trước.",
            printed(number, exact),
            number,
        )
    elif exact < 0:
        view.say(i, "wrong", f"{said} và đi ngược chiều: không phải {way(view, i)}.")
    else:
        view.say(i, "wrong", f"{said}, không phải {number.text}.", printed(number, exact), number)


def _after_from_to(view: View, i: int, counted: int) -> None:
    old, new = view.value(counted), view.value(counted, 1)
    _moved_by(view, i, old, new, view.percent(counted))


def _moved_by(view: View, i: int, old: Fraction, new: Fraction, points: bool) -> None:
    """“từ 195 lên 200, tăng 5”; `points`: both ends are percentages."""
    number = view.number(i)
    exact = abs(new - old)
    if view.percent(i) and not points:
        if old == 0:
            return
        exact = exact * 100 / old
    elif number.role == "percent" and old and fit(exact, number) == "far" != fit(exact * 100 / old, number):
        view.say(i, "doubtful", f"Từ {plain(old)}% đến {plain(new)}% là {plain(exact)} điểm phần trăm.")
        return
    said = f"Từ {plain(old)} đến {plain(new)} là {way(view, i)} {plain(exact, number.decimals + 2)}"
    how = fit(exact, number)
    if how == "rounded":
        view.say(i, "right", f"{said}.")
    else:
        right = printed(number, exact)
        view.say(
            i, "doubtful" if how == "cut" else "wrong", f"{said}, không phải {number.text}.", right, number
        )


def _number(view: View, i: int, counted: int) -> None:
    now, by = view.value(counted), view.value(i)
    direction = view.claims[i].direction
    if not direction:
        return
    before = now - by if direction == "up" else now + by
    earlier = earlier_of(view, i, counted)
    if earlier is not None:
        was = view.value(earlier)
        if was == before:
            view.say(i, "right", f"{plain(now)} so với {plain(was)}: {way(view, i)} {plain(by)}.")
        else:
            exact = now - was if direction == "up" else was - now
            number = view.number(i)
            said = f"{plain(now)} so với {plain(was)} là {'tăng' if now > was else 'giảm'} {plain(abs(now - was))}"
            view.say(
                i,
                "wrong",
                f"{said}, không phải {way(view, i)} {plain(by)}.",
                printed(number, abs(exact)),
                number,
            )
    elif before < 0:
        view.say(i, "wrong", f"{plain(now)} mà tăng {plain(by)}: kỳ trước thành số âm.")
    else:
        view.say(
            i,
            "not_checked",
            f"Kỳ trước suy ra là {plain(before)}; văn bản không nêu để so.",
            before=plain(before),
        )


def _new_total(view: View, i: int) -> None:
    """The new total holds at least those newly admitted; more cannot be known from the text."""
    total = view.value(i)
    if "giảm" in view.before(i, 24):
        return
    for j in view.mates(i):
        claim = view.claims[j]
        if (
            j < i
            and claim.kind == "count"
            and view.sort(j) == view.sort(i)
            and view.value(j) > total
            and claim.tense == "done"
        ):
            view.say(i, "doubtful", f"Tổng số mới {plain(total)} lại nhỏ hơn {view.shown(j)} vừa nêu.")
            return
