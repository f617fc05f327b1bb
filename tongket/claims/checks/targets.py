"""Results against a target: “88 …, vượt 3,5% so chỉ tiêu” stands for a target of 85."""

from __future__ import annotations

import re
from fractions import Fraction

from ..model import Number, Verdict
from ..reading.keys import words
from .rounding import fit, fit_bound, fit_ratio, off_side, percent, plain, printed
from .view import COUNTS, View

__all__ = ["check_targets", "implied", "printed_target"]

_TARGET_WORDS = re.compile(words("chỉ tiêu", "kế hoạch", "được giao", "tỉnh giao", "huyện giao", "giao"))
_TARGET_NUMBER = re.compile(
    rf"{words('chỉ tiêu', 'kế hoạch', 'giao', 'mục tiêu')}(?! {{1,2}}hóa)[^,;.0-9%]{{0,40}}$"
    rf"|^[^,;.0-9]{{0,24}}{words('được giao', 'chỉ tiêu')}"
)
_GIVEN = re.compile(words("chỉ tiêu", "kế hoạch", "giao", "nghị quyết", "dự toán", "mục tiêu", "kh"))
#: “15/13 xã hoàn thành chỉ tiêu”: the second number is how many there are, no target.
_WHO_REACHED = re.compile(
    rf"[^,;.()0-9]{{0,30}}{words('hoàn thành', 'đạt', 'vượt', 'đạt và vượt')}[^,;.()0-9]{{0,20}}"
    rf"{words('chỉ tiêu', 'kế hoạch')}"
)
_SET = re.compile(words("đề ra", "chỉ tiêu", "kế hoạch", "mục tiêu", "phấn đấu", "giao", "nghị quyết"))
_ONLY = re.compile(r"[^,;.()0-9]{0,18}\)")
_MOST = 12  # targets named at most in a reason


def check_targets(view: View) -> None:
    """Judge every result that is set against a target, and pairs whose second number is one."""
    for i in view.of_kind("target"):
        claim = view.claims[i]
        if claim.counted is None or claim.tense == "goal":
            continue
        counted = view.claims[claim.counted]
        if counted.kind == "share" and view.percent(i):
            _share_of_share(view, i, claim.counted)
            continue
        if counted.unit in ("chi tieu", "tieu chi") and counted.kind == "count":
            continue  # “7 chỉ tiêu vượt từ 2% đến 15%”: each of them
        known = counted.kind == "pair" or view.number(claim.counted).role in ("count", "amount")
        if counted.kind not in COUNTS or not known:
            continue
        if view.percent(i):
            _percentage(view, i, claim.counted)
        else:
            _difference(view, i, claim.counted)
    for i in view.of_kind("pair"):
        _pair(view, i)


def _share(view: View, i: int) -> Fraction:
    """The result in per cent of the target: 103,5 for “vượt 3,5%”."""
    value = view.value(i)
    direction = view.claims[i].direction
    return 100 + value if direction == "up" else 100 - value if direction == "down" else value


def implied(view: View, i: int, count: Fraction, how: str = "rounded") -> list[int]:
    """The whole targets that give the printed percentage ("rounded"), or give it cut off ("cut")."""
    share, number, claim = _share(view, i), view.number(i), view.claims[i]
    if share <= 0 or count <= 0:
        return []
    middle = int(count * 100 / share)
    reach = min(_MOST * 40, 3 + int(count * 100 / share * (_reach(number, claim.bound) / share)))
    return [t for t in range(max(1, middle - reach), middle + reach + 2) if _gives(view, i, count, t) == how]


def _reach(number: Number, bound: str) -> Fraction:
    unit = Fraction(1, 10**number.decimals)
    return max(2 * unit, Fraction(number.value) / 15) if bound else 2 * unit


def _gives(view: View, i: int, count: Fraction, target: int) -> str:
    claim, number = view.claims[i], view.number(i)
    exact = count * 100 / target
    if claim.direction == "up":
        exact -= 100
    elif claim.direction == "down":
        exact = 100 - exact
    return fit_bound(exact, number, claim.bound) if claim.bound else fit(exact, number)


def _span(targets: list[int]) -> str:
    if len(targets) <= 2:
        return " hoặc ".join(map(plain, targets))
    return f"{plain(targets[0])} đến {plain(targets[-1])}"


def _percentage(view: View, i: int, counted: int) -> None:
    """A percentage of a target: the one printed near it, else a whole one that it implies."""
    number, count = view.number(i), view.value(counted)
    printed = printed_target(view, i, counted)
    if printed is not None and printed[0] <= 0:
        return
    if printed is None and _twice_over(view, i, count):
        return
    if view.claims[counted].bound:
        return
    if printed is not None and printed[1] == counted:
        _against(view, i, count, printed[0])
    elif view.number(counted).role != "count":
        if printed is not None:
            _amounts(view, i, counted, printed[1])
    elif count.denominator == 1 and printed is not None:
        _of_printed(view, i, counted, printed)
    elif count.denominator == 1:
        _of_implied(view, i, count, number)


def _twice_over(view: View, i: int, count: Fraction) -> bool:
    """“vượt 103,5%” would be more than twice the target: most likely “đạt” is meant."""
    number = view.number(i)
    if view.claims[i].direction != "up" or count.denominator != 1:
        return False
    if not (number.value >= 100 and (number.decimals or number.value < 150)):
        return False
    less = number.text.replace(str(int(number.value)), str(int(number.value) - 100), 1)
    reason = (
        f"“Vượt {number.text}” nghĩa là bằng {plain(100 + view.value(i))}% chỉ tiêu; "
        f"có phải “đạt {number.text}” không?"
    )
    view.say(i, "doubtful", reason, less, number)
    return True


def _of_printed(view: View, i: int, counted: int, printed: tuple[Fraction, int]) -> None:
    count, (target, where) = view.value(counted), printed
    whole = implied(view, i, count)
    said = f"{plain(count)} {_manner(view, i)}"
    named = [view.value(j) for j in view.mates(i) if _is_target(view, j, counted)]
    target = next((one for one in named if one in whole), target)
    if target not in whole and _of_another(view, i, counted, target):
        _of_implied(view, i, count, view.number(i))
    elif target in whole:
        view.say(i, "right", f"{said} chỉ tiêu {plain(target)}.", target=plain(target))
    elif _own_target(view, i, counted, where):
        _against(view, i, count, target)
    elif whole:
        view.say(i, "doubtful", f"{said} ứng với chỉ tiêu {_span(whole)}, văn bản lại nêu {plain(target)}.")


def _of_another(view: View, i: int, counted: int, target: Fraction) -> bool:
    """“đạt 103,5% chỉ tiêu tỉnh giao, 97,8% kế hoạch của huyện (90 đảng viên)”: the target printed is the other's."""
    others = [j for j in view.mates(i) if view.claims[j].kind == "target" and j != i and view.percent(j)]
    return any(
        view.claims[j].counted == counted and target in implied(view, j, view.value(counted)) for j in others
    )


def _of_implied(view: View, i: int, count: Fraction, number: Number) -> None:
    whole = implied(view, i, count)
    said = f"{plain(count)} {_manner(view, i)}"
    if whole:
        view.say(i, "right", f"{said} ứng với chỉ tiêu {_span(whole)}.", target=_span(whole))
        return
    cut = implied(view, i, count, "cut")
    if cut:
        exact = abs(count * 100 / cut[0] - (100 if view.claims[i].direction else 0))
        right = percent(exact, number.decimals)
        said = f"Với chỉ tiêu {_span(cut)}, tỷ lệ là {plain(exact)}%"
        reason = f"{said}: số in ra bị cắt bớt chữ số, làm tròn phải là {right}."
        view.say(i, "doubtful", reason, right, number)
    else:
        view.say(i, "doubtful", f"Không có chỉ tiêu nguyên nào để {said} (theo số chữ số đã in).")


def _manner(view: View, i: int) -> str:
    word = {"up": "vượt", "down": "thấp hơn"}.get(view.claims[i].direction, "đạt")
    return f"{word} {view.number(i).text}"


def printed_target(view: View, i: int, counted: int) -> tuple[Fraction, int] | None:
    """A target that the text prints near the result."""
    if view.claims[counted].kind == "pair":
        return view.value(counted, 1), counted
    again = _pair_after(view, i, counted)
    if again is not None:
        return view.value(again, 1), again
    for one in (i, *(k for k in view.mates(i) if k < i and view.claims[k].kind == "target")):
        bracket = view.in_bracket_after(one)
        if bracket is None or view.claims[one].counted != counted or view.claims[bracket].kind != "count":
            continue
        if not _GIVEN.search(view.between(one, bracket)):
            continue
        if view.number(bracket).role == view.number(counted).role and _ONLY.match(view.after(bracket, 20)):
            return view.value(bracket), bracket
        break
    for j in view.counts_near(i, 0):
        if _is_target(view, j, counted):
            return view.value(j), j
    return _set_before(view, i, counted)


def _is_target(view: View, j: int, counted: int) -> bool:
    if j == counted or view.claims[j].kind != "count" or view.number(j).role != view.number(counted).role:
        return False
    before = re.sub(r"(?<=năm )[0-9]{4} ", "", view.before(j, 60))
    return _TARGET_NUMBER.search(before) is not None and view.sort(j) in (view.sort(counted), "")


def _pair_after(view: View, i: int, counted: int) -> int | None:
    """“kết nạp 64 đảng viên, đạt 82,1% chỉ tiêu (64/78)”: result and target once more."""
    for j in view.mates(i):
        if j > i and view.claims[j].kind == "pair" and view.value(j) == view.value(counted):
            between = view.between(i, j)
            if len(between) < 60 and between.rstrip().endswith("(") and ")" not in between:
                return j
    return None


def _set_before(view: View, i: int, counted: int) -> tuple[Fraction, int] | None:
    """The one target that the clauses or the sentence before have set: “Nghị quyết đề ra kết nạp từ 100 …; …”."""
    own = [j for j in view.mates(i) if j < counted and _was_goal(view, j, counted)]
    if own:
        return (view.value(own[-1]), own[-1]) if len(own) == 1 else None
    before = view.by_sentence.get(view.claims[i].sentence - 1, [])
    if not before or view.paragraph(before[-1]) != view.paragraph(i):
        return None
    set_there = [j for j in before if _is_target(view, j, counted) or _was_goal(view, j, counted)]
    counts = [j for j in before if view.claims[j].kind in COUNTS and not view.percent(j)]
    alike = view.sort(counted) != "" and len(set_there) == 1 and view.sort(set_there[0]) == view.sort(counted)
    return (view.value(set_there[0]), set_there[0]) if alike and len(counts) <= 2 else None


def _was_goal(view: View, j: int, counted: int) -> bool:
    """A count that is said as a goal: “phấn đấu kết nạp 100 đảng viên”, “từ 100 đảng viên trở lên”."""
    claim = view.claims[j]
    if claim.kind != "count" or view.sort(j) != view.sort(counted) or view.percent(j):
        return False
    return claim.tense == "goal" or (
        claim.bound == "at_least" and _SET.search(view.before(j, 60)) is not None
    )


def _own_target(view: View, i: int, counted: int, where: int) -> bool:
    """Whether the printed target belongs to this percentage alone: the only one of a target in the sentence."""
    if view.claims[i].sentence - view.claims[where].sentence not in (0, 1):
        return False
    if view.in_bracket_after(i) == where:
        return True
    others = [j for j in view.mates(i) if view.claims[j].kind == "target"]
    return len([j for j in others if view.percent(j)]) == 1


def _against(view: View, i: int, count: Fraction, target: Fraction) -> None:
    number, direction = view.number(i), view.claims[i].direction
    if not target:
        return
    exact = count * 100 / target
    exact = exact - 100 if direction == "up" else 100 - exact if direction == "down" else exact
    said = f"{plain(count)} so với chỉ tiêu {plain(target)} là {plain(count * 100 / target, number.decimals + 2)}%"
    if exact < 0:
        view.say(i, "wrong", f"{said}: không “{_manner(view, i)}”.")
        return
    right = percent(exact, number.decimals)
    bound = view.claims[i].bound
    if fit_bound(exact, number, bound) == "rounded":
        view.say(i, "right", f"{said}.", target=plain(target))
    elif bound:
        sharper = percent(exact, max(1, number.decimals))
        verdict: Verdict = "wrong" if off_side(exact, number, bound) else "doubtful"
        view.say(i, verdict, f"{said}: “{view.shown(i)}” không sát.", sharper, number)
    elif fit(exact, number) == "cut":
        view.say(
            i, "doubtful", f"{said}: số in ra bị cắt bớt chữ số, làm tròn phải là {right}.", right, number
        )
    else:
        view.say(
            i,
            "wrong",
            f"{said}, tức {_manner(view, i).split()[0]} {right}, không phải {number.text}.",
            right,
            number,
        )


def _share_of_share(view: View, i: int, counted: int) -> None:
    """“đạt 97,44%, vượt 7,44 điểm phần trăm so với chỉ tiêu (90%)”: both are percentages, so they subtract."""
    target = view.in_bracket_after(i)
    if target is None or not view.percent(target):
        set_before = [
            j
            for j in view.mates(i)
            if j < counted
            and view.claims[j].kind in ("share", "target")
            and view.percent(j)
            and _GIVEN.search(view.before(j, 60))
        ]
        target = set_before[0] if len(set_before) == 1 else None
    if target is None or not view.claims[i].direction or view.claims[i].bound:
        return
    number, up = view.number(i), view.claims[i].direction == "up"
    exact = (view.value(counted) - view.value(target)) * (1 if up else -1)
    said = (
        f"{view.number(counted).text} so với {view.number(target).text} là {plain(abs(exact))} điểm phần trăm"
    )
    if exact == view.value(i):
        view.say(i, "right", f"{said}.")
    elif (
        exact > 0 and number.role == "percent" and fit(exact * 100 / view.value(target), number) == "rounded"
    ):
        view.say(i, "right", f"{said}, bằng {number.text} của {view.number(target).text}.")
    else:
        view.say(i, "wrong", f"{said}, không phải {number.text}.", printed(number, abs(exact)), number)


def _amounts(view: View, i: int, counted: int, target: int) -> None:
    """Money and measures are rounded themselves: only what no rounding can explain is doubted."""
    number, direction = view.number(i), view.claims[i].direction
    part, whole = view.number(counted), view.number(target)
    added, sign = (100, 1) if direction == "up" else (100, -1) if direction == "down" else (0, 1)
    ratio = Fraction(part.value) * 100 / Fraction(whole.value) if whole.value else Fraction(0)
    said = f"{view.shown(counted)} so với {view.shown(target)} là {plain(ratio, number.decimals + 1)}%"
    if view.claims[i].bound or not ratio:
        return
    if fit_ratio(part, whole, number, added, sign):
        view.say(i, "right", f"{said}.")
    else:
        right = percent(abs(ratio - added), number.decimals)
        near = abs(abs(ratio - added) - Fraction(number.value)) <= Fraction(1, 10)
        verdict: Verdict = "doubtful" if near or not _own_target(view, i, counted, target) else "wrong"
        view.say(i, verdict, f"{said}, không phải {_manner(view, i)}.", right, number)


def _difference(view: View, i: int, counted: int) -> None:
    """“vượt chỉ tiêu 18 đảng viên”: the target is what remains."""
    count, over = view.value(counted), view.value(i)
    short = view.claims[i].direction == "down"
    target = count + over if short else count - over
    printed = printed_target(view, i, counted)
    number, verb = view.number(i), "thiếu" if short else "vượt"
    if printed is not None and printed[1] != i:
        first, second = (printed[0], count) if short else (count, printed[0])
        said = f"{plain(first)} − {plain(second)} = {plain(first - second)}"
        if printed[0] == target:
            view.say(i, "right", f"{said}.")
        else:
            right = plain(first - second) if first > second else ""
            view.say(i, "wrong", f"{said}, không phải {verb} {plain(over)}.", right, number)
    elif target <= 0:
        view.say(i, "wrong", f"Vượt {plain(over)} mà chỉ có {plain(count)}: chỉ tiêu suy ra không lớn hơn 0.")
    else:
        said = f"Chỉ tiêu suy ra là {plain(count)} {'+' if short else '−'} {plain(over)} = {plain(target)}."
        view.say(i, "not_checked", said, target=plain(target))


def _pair(view: View, i: int) -> None:
    """a of b: no more than b, unless b is a target."""
    first, second = view.value(i), view.value(i, 1)
    if first <= second or view.claims[i].bound or view.faulty(i):
        return
    around = view.before(i, 90) + " " + view.after(i, 60)
    if view.number(i).role == "amount" or view.number(i, 1).role == "amount":
        return
    reached = _WHO_REACHED.match(view.after(i, 60)) is not None and view.sort(i) in ("place", "organisation")
    if _TARGET_WORDS.search(around) and not reached:
        view.say(
            i, "right", f"{plain(first)}/{plain(second)}: số sau là chỉ tiêu nên số trước có thể lớn hơn."
        )
    elif not reached and re.search(words("kết nạp", "phát triển"), view.sentence(i)):
        view.say(
            i,
            "not_checked",
            f"{plain(first)}/{plain(second)}: nếu số sau là chỉ tiêu thì đúng, nếu là tổng số thì sai.",
        )
    else:
        view.say(i, "wrong", f"{plain(first)} không thể lớn hơn tổng số {plain(second)}.")
