"""Changes against an earlier time: what they make of the earlier value, points against per cent, new totals."""

from __future__ import annotations

import re
from fractions import Fraction

from ..model import Verdict
from ..reading.keys import words
from .rounding import fit, fit_ratio, percent, plain, printed, step, whole_bases
from .view import COUNTS, View

__all__ = ["check_changes"]

_EARLIER = re.compile(
    rf"{words('so', 'so với')}[^;.]{{0,50}}$|{words('năm trước', 'cùng kỳ', 'năm ngoái', 'kỳ trước')}[^;.]{{0,20}}$"
)


_TIME = re.compile(words("so", "so với", "cùng kỳ", "năm", "trước", "đầu năm", "kỳ trước"))
_ALONE = re.compile(r"[^,;.()0-9]{0,18}\)")
#: “96 thôn thành 61 thôn”: the number before is the earlier one.
_BECAME = re.compile(rf"[^,;.:()]{{0,30}}{words('thành', 'còn', 'xuống', 'xuống còn', 'nay còn')} {{1,2}}")


def check_changes(view: View) -> None:
    """Judge every change against an earlier time and every new total."""
    for i in view.of_kind("change"):
        claim = view.claims[i]
        if len(claim.numbers) == 2 and claim.bound != "about":
            _from_to(view, i)
        elif claim.counted is not None and claim.tense == "done" and not claim.bound:
            _of(view, i, claim.counted)
            if any(said.verdict in ("wrong", "doubtful") for said in view.found.get(i, ())):
                _try_others(view, i, claim.counted)
    for i in view.of_kind("share"):
        counted = view.claims[i].counted
        if counted is not None and view.claims[counted].kind == "change" and view.percent(i):
            _share_of_change(view, i, counted, view.claims[counted].counted)
    for i in view.of_kind("new_total"):
        _new_total(view, i)


def _try_others(view: View, i: int, counted: int) -> None:
    """Before a change is called wrong: another count just before it may be what has changed."""
    before = [j for j in view.mates(i) if j < i and j != counted and view.claims[j].kind in COUNTS]
    kept = view.found.pop(i)
    for j in reversed(before[-4:]):
        _of(view, i, j)
        if any(said.verdict == "right" for said in view.found.get(i, ())) and _sharp(view, i):
            return
        view.found.pop(i, None)
    view.found[i] = kept


def _sharp(view: View, i: int) -> bool:
    """Whether being right says something: the earlier value is printed, or only few could be meant."""
    return any("before" not in said.data or "đến" not in said.data["before"] for said in view.found[i])


def _way(view: View, i: int) -> str:
    return {"up": "tăng", "down": "giảm"}.get(view.claims[i].direction, "bằng")


def _from_to(view: View, i: int) -> None:
    """“tăng từ 44,2 lên 48,4”: the direction must be that of the numbers."""
    old, new = view.value(i), view.value(i, 1)
    rises = new > old
    said = f"Từ {plain(old)} đến {plain(new)} là {'tăng' if rises else 'giảm'} {plain(abs(new - old))}"
    if new == old or rises != (view.claims[i].direction == "up"):
        view.say(i, "wrong", f"{said}, không phải {_way(view, i)}.")
    else:
        view.say(i, "right", f"{said}.")


def _of(view: View, i: int, counted: int) -> None:
    other = view.claims[counted]
    if other.kind == "change" and len(other.numbers) == 2:
        _after_from_to(view, i, counted)
    elif other.kind == "share" or (view.percent(counted) and view.percent(i)):
        _points(view, i, counted)
    elif other.kind in COUNTS and view.percent(i):
        _percentage(view, i, counted)
    elif other.kind in COUNTS:
        _number(view, i, counted)


def _points(view: View, i: int, counted: int) -> None:
    now, by = view.value(counted), view.value(i)
    before = now - by if view.claims[i].direction == "up" else now + by
    if not view.claims[i].direction:
        return
    earlier = _then(view, i)
    if earlier is not None and view.percent(earlier):
        _points_from(view, i, counted, earlier)
        return
    reason = (
        f"Cái {_way(view, i)} là một tỷ lệ nên hiểu là điểm phần trăm: kỳ trước {plain(before)}%. "
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
    if exact == view.value(i):
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
        view.say(i, "wrong", f"{said} và đi ngược chiều: không phải {_way(view, i)}.")
    else:
        view.say(i, "wrong", f"{said}, không phải {number.text}.", printed(number, exact), number)


def _after_from_to(view: View, i: int, counted: int) -> None:
    old, new = view.value(counted), view.value(counted, 1)
    number = view.number(i)
    points = view.percent(counted)
    exact = abs(new - old)
    if view.percent(i) and not points:
        if old == 0:
            return
        exact = exact * 100 / old
    elif number.role == "percent" and old and fit(exact, number) == "far" != fit(exact * 100 / old, number):
        view.say(i, "doubtful", f"Từ {plain(old)}% đến {plain(new)}% là {plain(exact)} điểm phần trăm.")
        return
    said = f"Từ {plain(old)} đến {plain(new)} là {_way(view, i)} {plain(exact, number.decimals + 2)}"
    how = fit(exact, number)
    if how == "rounded":
        view.say(i, "right", f"{said}.")
    else:
        right = printed(number, exact)
        view.say(
            i, "doubtful" if how == "cut" else "wrong", f"{said}, không phải {number.text}.", right, number
        )


def _earlier(view: View, i: int, counted: int) -> int | None:
    """A count of the earlier time that the text prints: “so với năm 2022 (195)”, “cùng kỳ là 195”."""
    bracket = _then(view, i)
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
        if j > i and _EARLIER.search(view.between(i, j)[-70:]) and not re.search(r"[,;]", view.between(i, j)):
            return j
    return None


def _then(view: View, i: int) -> int | None:
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


def _number(view: View, i: int, counted: int) -> None:
    now, by = view.value(counted), view.value(i)
    direction = view.claims[i].direction
    if not direction:
        return
    before = now - by if direction == "up" else now + by
    earlier = _earlier(view, i, counted)
    if earlier is not None:
        was = view.value(earlier)
        if was == before:
            view.say(i, "right", f"{plain(now)} so với {plain(was)}: {_way(view, i)} {plain(by)}.")
        else:
            exact = now - was if direction == "up" else was - now
            number = view.number(i)
            said = f"{plain(now)} so với {plain(was)} là {'tăng' if now > was else 'giảm'} {plain(abs(now - was))}"
            view.say(
                i,
                "wrong",
                f"{said}, không phải {_way(view, i)} {plain(by)}.",
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


def _percentage(view: View, i: int, counted: int) -> None:
    number, now = view.number(i), view.value(counted)
    direction = view.claims[i].direction
    added = {"up": 100, "down": -100}.get(direction, 0)
    twin = _twin(view, i, counted)
    if twin is not None:
        return
    earlier = _earlier(view, i, counted)
    if earlier is not None and view.value(earlier):
        _against_earlier(view, i, counted, earlier)
        return
    if view.number(counted).role != "count" or now.denominator != 1 or view.claims[counted].bound or now <= 0:
        return
    wholes = whole_bases(now, number, added)
    if wholes is not None:
        span = plain(wholes[0]) if wholes[0] == wholes[1] else f"{plain(wholes[0])} đến {plain(wholes[1])}"
        view.say(
            i, "right", f"{plain(now)} {_way(view, i)} {number.text} ứng với kỳ trước {span}.", before=span
        )
        return
    smallest = Fraction(100) / (now - 1) if direction == "up" and now > 1 else Fraction(100) / (now + 1)
    if direction and 0 < view.value(i) + step(number) / 2 < smallest:
        reason = (
            f"Hơn kém một đã là {plain(smallest, number.decimals + 1)}%: không có số kỳ trước nào để {plain(now)} "
            f"{_way(view, i)} {number.text}."
        )
        view.say(i, "wrong", reason)
    else:
        view.say(
            i,
            "doubtful",
            f"Không có số nguyên nào của kỳ trước để {plain(now)} {_way(view, i)} {number.text}.",
        )


def _against_earlier(view: View, i: int, counted: int, earlier: int) -> None:
    number, now, was = view.number(i), view.value(counted), view.value(earlier)
    direction = view.claims[i].direction
    added, sign = (100, 1) if direction == "up" else (100, -1) if direction == "down" else (0, 1)
    exact = sign * (now * 100 / was - added)
    said = f"{view.shown(counted)} so với {view.shown(earlier)}: {_way(view, i)} {plain(exact, number.decimals + 2)}%"
    measured = "amount" in (view.number(counted).role, view.number(earlier).role)
    if fit_ratio(view.number(counted), view.number(earlier), number, added, sign):
        view.say(i, "right", f"{said}.")
    elif exact < 0:
        view.say(
            i, "wrong", f"{view.shown(counted)} so với {view.shown(earlier)} không phải là {_way(view, i)}."
        )
    else:
        verdict: Verdict = "doubtful" if measured or fit(exact, number) == "cut" else "wrong"
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
            view.say(i, "right", f"Bằng {plain(share)}% kỳ trước tức {_way(view, i)} {plain(exact)}%.")
        else:
            reason = f"Bằng {plain(share)}% kỳ trước tức {_way(view, i)} {plain(exact)}%, không phải {number.text}."
            view.say(i, "wrong", reason, percent(exact, number.decimals), number)
        return j
    return None


def _share_of_change(view: View, i: int, change: int, counted: int | None) -> None:
    """“49 …, giảm 2, tỷ lệ 3,92%”: the change over the earlier value."""
    if counted is None or view.percent(change) or view.claims[counted].kind not in COUNTS:
        return
    by, now, number = view.value(change), view.value(counted), view.number(i)
    before = now - by if view.claims[change].direction == "up" else now + by
    if before <= 0:
        return
    exact = by * 100 / before
    said = f"{view.fraction(by, before, number.decimals)} (kỳ trước là {plain(before)})"
    how = fit(exact, number)
    if how == "rounded":
        view.say(i, "right", f"{said}.", base=plain(before))
    elif how == "cut":
        view.say(
            i, "doubtful", f"{said}: số in ra bị cắt bớt chữ số.", percent(exact, number.decimals), number
        )
    elif fit(by * 100 / now, number) == "rounded" if now else False:
        view.say(
            i,
            "doubtful",
            f"{said}; tỷ lệ in ra tính trên số kỳ này.",
            percent(exact, number.decimals),
            number,
        )
    else:
        view.say(i, "wrong", f"{said}, không phải {number.text}.", percent(exact, number.decimals), number)


def _new_total(view: View, i: int) -> None:
    """The new total holds at least those newly admitted; more cannot be known from the text."""
    total = view.value(i)
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
