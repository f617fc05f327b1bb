"""Percentages against the count and the whole they are said of."""

from __future__ import annotations

import re
from fractions import Fraction

from ...model import Number
from ...reading.keys import words
from ..rounding import fit, fit_bound, percent, plain, printed, step, whole_bases, whole_counts
from ..targets import printed_target
from ..view import COUNTS, View
from .misfits import bound_misfit, cut_off, misfit, name_the_fault
from .wholes import bases_of, named_by_unit, named_whole, only_whole, sibling_base, slip, tells

__all__ = ["check_shares"]

#: Another whole is named in words after the percentage: “… 23,8% số TCCS đảng hoàn thành tốt”.
_OTHER_WHOLE = re.compile(
    rf"[ ),]{{0,3}}(?:{words('so', 'so với', 'của', 'trên', 'trong', 'trên tổng', 'tổng')} {{1,2}})?"
    rf"{words('số', 'tổng số', 'toàn', 'tổng', 'dân số', 'diện tích', 'kế hoạch')}"
)
#: “đạt 57,9%” without “tỷ lệ” may be of its own plan or area, not of the whole before.
_REACHED = re.compile(rf"{words('đạt', 'bằng', 'hoàn thành')} {{1,2}}(?:trên |hơn |gần )?$")
#: “… 97,4% số nhiệm vụ đến hạn”: named in words, no target.
_OF_THOSE = re.compile(r"[ ),]{0,3}(?:tổng )?số (?![^,;.()]{0,40}(?:giao|chỉ tiêu|kế hoạch|đề ra))")
_PLANNED = re.compile(
    words(
        "chỉ tiêu",
        "kế hoạch",
        "dự toán",
        "giao",
        "mục tiêu",
        "nghị quyết",
        "so",
        "so với",
        "cùng kỳ",
        "phấn đấu",
    )
)


def check_shares(view: View) -> None:
    """Judge every percentage that states a count of a whole, and those that stand alone below a whole."""
    for i in view.of_kind("share"):
        claim = view.claims[i]
        if _is_criterion(view, i):
            continue
        if not view.percent(i) or len(claim.numbers) > 1 or view.number(i).role == "points":
            continue
        said = claim.base is not None and claim.base > i  # “bằng 12,5% so với 88 đầu mối”
        if claim.counted is not None and (view.claims[claim.counted].kind in COUNTS or said):
            _of_count(view, i, claim.counted)
        elif claim.within is not None and view.claims[claim.within].kind == "share":
            _of_share(view, i, claim.within)
        elif claim.base is not None and claim.tense == "done":
            _alone(view, i, claim.base)
    _siblings(view)


_EACH = re.compile(r"[^,;.:()0-9]{1,40}(?<![^\W\d_])(?:đạt|vượt)(?: {1,2}(?:từ|tỷ lệ|trên|hơn|gần))* {1,2}")


def _is_criterion(view: View, i: int) -> bool:
    """“12/14 phường đạt tỷ lệ học tập từ 98% trở lên”: what those counted have reached, not how many they are."""
    counted = view.claims[i].counted
    each = (
        counted is not None
        and view.claims[counted].kind == "count"
        and view.sort(counted) in ("target", "place")
    )
    if each and counted is not None and counted < i and _EACH.fullmatch(view.between(counted, i)):
        return True  # “1 chỉ tiêu đạt 96%”
    if (
        view.claims[i].bound != "at_least"
        or counted is None
        or view.sort(counted) not in ("place", "organisation")
    ):
        return False
    lead = view.before(i, 60)
    return (
        re.search(
            rf"{words('đạt', 'có')}[^,;.()]{{0,50}}{words('từ', 'ít nhất', 'tối thiểu')} {{1,2}}$", lead
        )
        is not None
    )


def _siblings(view: View) -> None:
    """“(16,49%); … (79,46%)”: one share is right of a whole, its neighbour fits nothing: it is of the same whole."""
    for i in view.of_kind("share"):
        claim = view.claims[i]
        counted = claim.counted
        if counted is None or view.claims[counted].kind != "count" or claim.bound or claim.tense == "goal":
            continue
        if any(said.verdict != "not_checked" for said in view.found.get(i, ())) or not view.percent(i):
            continue
        if _OTHER_WHOLE.match(view.after(i)) or _REACHED.search(view.before(i, 24)) or len(claim.numbers) > 1:
            continue
        base = sibling_base(view, i, counted)
        if base is not None and view.value(counted) <= base:
            view.found.pop(i, None)
            misfit(view, i, counted, base, f"{plain(base)}, như các tỷ lệ bên cạnh")


def _swapped(view: View, i: int, counted: int) -> bool:
    """Two digits that changed places: 31,7% for 37,1% of a total said just before."""
    number, count = view.number(i), view.value(counted)
    digits = number.text
    for base, name, how in bases_of(view, i, counted):
        if how == "far" or base < count or base <= 0:
            continue
        right = percent(count * 100 / base, number.decimals)
        at = [k for k, (a, b) in enumerate(zip(digits, right, strict=False)) if a != b]
        near = (
            len(at) == 2
            and len(digits) == len(right)
            and digits[at[0]] == right[at[1]]
            and digits[at[1]] == right[at[0]]
        )
        if near and sum(c.isdigit() for c in digits) >= 3:
            reason = (
                f"{view.fraction(count, base, number.decimals)} (số gốc là {name}), không phải {number.text}."
            )
            view.say(i, "wrong", reason, right, number)
            return True
    return False


def _whole(view: View, base: int) -> tuple[Fraction, Number]:
    """The number of a claim that serves as a whole: a pair's second when it is its own base."""
    number = view.number(base)
    return Fraction(number.value), number


def _of_count(view: View, i: int, counted: int) -> None:
    """A count with its percentage: judged by the whole that the text names, else by the first near it that fits."""
    if view.claims[counted].kind == "pair":
        _of_pair(view, i, counted)
        return
    if _of_named(view, i, counted):
        return
    claim, number = view.claims[i], view.number(i)
    reached = _REACHED.search(view.before(i, 24)) is not None
    # without a target in the sentence “đạt 94%” is of the whole, too, where it can be a slip
    open_to = reached and _PLANNED.search(view.sentence(i)) is not None
    other = _OTHER_WHOLE.match(view.after(i)) is not None or open_to
    # “trong tổng số 41” names it with its number
    named = claim.base is not None and claim.base > i
    elsewhere = other and not named
    fits, bound = _first_fit(view, i, counted, elsewhere)
    if fits or claim.tense == "goal":
        return
    set_by = bound is None and (reached or number.value >= 100) and not _OF_THOSE.match(view.after(i, 60))
    target = printed_target(view, i, counted) if set_by else None
    count = view.value(counted)
    if target is not None and target[0] > 0 and target[1] != counted and count < 3 * target[0] < 9 * count:
        if fit_bound(count * 100 / target[0], number, claim.bound) == "rounded":
            view.say(
                i, "right", f"{view.fraction(count, target[0], number.decimals)} chỉ tiêu {plain(target[0])}."
            )
            return
        misfit(view, i, counted, target[0], f"chỉ tiêu {plain(target[0])}")
        return
    if bound is None and not other:
        bound = only_whole(view, i, counted)
    bound = bound if bound is not None and bound[0] > 0 else None
    if bound is not None and reached and not named and not slip(count * 100 / bound[0], number):
        bound = None
    if bound is not None and not elsewhere:
        misfit(view, i, counted, *bound)
    else:
        _open_base(view, i, counted)


def _first_fit(view: View, i: int, counted: int, elsewhere: bool) -> tuple[bool, tuple[Fraction, str] | None]:
    """Say the first whole that fits, if any; and which whole the text has bound to the count."""
    claim, count, number = view.claims[i], view.value(counted), view.number(i)
    bound: tuple[Fraction, str] | None = None
    for base, name, how in bases_of(view, i, counted):
        if base <= 0:
            continue
        if fit_bound(count * 100 / base, number, claim.bound) == "rounded":
            said = f"{view.fraction(count, base, number.decimals)}; số gốc là {name}."
            if how == "far" and bound is not None and not elsewhere:
                right = percent(count * 100 / bound[0], number.decimals)
                said = f"{said} Số gốc nêu ngay trước là {bound[1]}: khi đó là {right}."
                view.say(i, "doubtful", said, right, number, base=plain(base))
            else:
                view.say(i, "right", said, base=plain(base))
            return True, bound
        if how == "bound":
            bound = (base, name)
    return False, bound


def _of_named(view: View, i: int, counted: int) -> bool:
    """“chiếm 59,7% số đã học”: judged by the count that bears the words; whether that was possible."""
    whole = named_whole(view, i, counted)
    claim, count, number = view.claims[i], view.value(counted), view.number(i)
    if whole is None or claim.tense == "goal" or view.value(whole) <= 0:
        return False
    base = view.value(whole)
    said = f"{view.fraction(count, base, number.decimals)}; số gốc là {view.shown(whole)}"
    if fit_bound(count * 100 / base, number, claim.bound) == "rounded":
        view.say(i, "right", f"{said}.", base=plain(base))
        return True
    # “số hoàn thành tốt” may leave out those that are excellent
    rest = base - count
    if claim.bound or (rest > 0 and fit(count * 100 / rest, number) != "far"):
        return False
    right = percent(count * 100 / base, number.decimals)
    for other, name, _ in bases_of(view, i, counted):
        if named_by_unit(view, i, counted):
            break
        if other > 0 and tells(other, number) and fit(count * 100 / other, number) == "rounded":
            reason = f"{said}, không phải {number.text}. Tỷ lệ này tính trên {plain(other)} ({name})."
            view.say(i, "doubtful", reason, right, number, base=plain(other))
            return True
    misfit(view, i, counted, base, view.shown(whole))
    return True


def _of_pair(view: View, i: int, pair: int) -> None:
    claim, number = view.claims[i], view.number(i)
    count, base = view.value(pair), view.value(pair, 1)
    if _of_others(view, i, pair):
        return
    if base == 0:
        view.say(i, "wrong", f"Không thể có tỷ lệ {number.text} của số gốc 0.")
        return
    exact = count * 100 / base
    said = view.fraction(count, base, number.decimals)
    how = fit_bound(exact, number, claim.bound)
    if how == "rounded":
        if number.value == 100 and count != base:
            view.say(
                i,
                "doubtful",
                f"{said}: làm tròn thành 100% dù chưa đủ {plain(base)}.",
                percent(exact, 1),
                number,
            )
        else:
            view.say(i, "right", f"{said}; số gốc là {plain(base)}.", base=plain(base))
            if number.decimals and not claim.bound and tells(base, number):
                view.say(pair, "right", f"Khớp với tỷ lệ {number.text}: {said}.")
        return
    if how == "edge":
        word = "trên" if claim.bound == "over" else "gần"
        view.say(i, "wrong", f"{said}: đúng bằng {number.text}, không phải “{word}”.", number.text, number)
        return
    if not claim.bound and fit(exact, number) == "cut":
        view.say(i, "doubtful", cut_off(said, number, exact), printed(number, exact), number)
        return
    if not claim.bound and _other_base(view, i, pair, said):
        return
    if claim.bound:
        bound_misfit(view, i, pair, exact, said)
        return
    name_the_fault(view, i, pair, exact, said)


def _of_others(view: View, i: int, pair: int) -> bool:
    """“15/16 tốt trở lên, đạt 93,8%, số xuất sắc bằng 20% số …”: a second share, of what its own words name."""
    first = any(view.claims[j].counted == pair and view.claims[j].kind == "share" for j in range(pair + 1, i))
    return first and _OWN_SUBJECT.search(view.before(i, 80)) is not None


_OWN_SUBJECT = re.compile(
    r"[,;] {0,2}(?:trong đó )?(?:số|riêng)(?! (?:này|trên|đó)) [^,;.()0-9]{2,50}(?:bằng|chiếm|đạt|là) {1,2}$"
)


def _other_base(view: View, i: int, pair: int, said: str) -> bool:
    """Before the percentage of a pair is called wrong: another whole near it that it fits is told."""
    number, count, base = view.number(i), view.value(pair), view.value(pair, 1)
    for other, name, _ in bases_of(view, i, pair):
        if 0 < other != base and tells(other, number) and fit(count * 100 / other, number) == "rounded":
            reason = (
                f"{said}, không phải {number.text}. Tỷ lệ này khớp với số gốc khác: "
                f"{view.fraction(count, other, number.decimals)} ({name})."
            )
            right = percent(count * 100 / base, number.decimals)
            view.say(i, "doubtful", reason, right, number, base=plain(other))
            return True
    return False


def _open_base(view: View, i: int, counted: int) -> None:
    """No whole near it fits: say which whole it would take, and doubt it when no whole number can give it."""
    claim, number = view.claims[i], view.number(i)
    count = view.value(counted)
    if claim.bound or number.value <= 0 or count.denominator != 1 or not view.percent(i):
        return
    if _swapped(view, i, counted):
        return
    bases = whole_bases(count, number)
    cut = _cut_off_base(view, i, counted) if bases is None else None
    if cut is not None:
        exact = count * 100 / cut[0]
        said = f"{view.fraction(count, cut[0], number.decimals)} (số gốc là {cut[1]})"
        view.say(i, "doubtful", cut_off(said, number, exact), printed(number, exact), number)
    elif bases is None and number.value <= 100:
        reason = f"Không có số gốc nguyên nào để {plain(count)} bằng {number.text} (làm tròn theo số chữ số đã in)."
        view.say(i, "doubtful", reason)
    elif bases is not None:
        span = plain(bases[0]) if bases[0] == bases[1] else f"{plain(bases[0])} đến {plain(bases[1])}"
        view.say(
            i,
            "not_checked",
            f"Văn bản không nêu số gốc; {plain(count)} bằng {number.text} của {span}.",
            base=span,
        )


def _cut_off_base(view: View, i: int, counted: int) -> tuple[Fraction, str] | None:
    """A whole printed near it of which the percentage is right but for digits cut off."""
    number, count = view.number(i), view.value(counted)
    for base, name, _ in bases_of(view, i, counted):
        if base > 0 and tells(base, number) and fit(count * 100 / base, number) == "cut":
            return base, name
    return None


def _of_share(view: View, i: int, parent: int) -> None:
    """A percentage below another one (“trên 93% …, trong đó hơn 17% …”) is no greater."""
    if (
        view.value(i) > view.value(parent)
        and view.number(parent).role == "percent"
        and not _OTHER_WHOLE.match(view.after(i))
    ):
        reason = f"{view.number(i).text} là phần của {view.number(parent).text} mà lại lớn hơn."
        view.say(i, "doubtful", reason)


def _alone(view: View, i: int, base: int) -> None:
    """A bare percentage of a printed total must give a whole count."""
    claim, number = view.claims[i], view.number(i)
    whole, _ = _whole(view, base)
    if view.sort(base) not in ("person", "organisation", "household", "place", "target", ""):
        return
    if claim.bound or whole.denominator != 1 or whole < 2 or number.decimals == 0 or view.claims[base].bound:
        return
    counts = whole_counts(number, whole)
    if counts:
        shown = plain(counts[0]) if len(counts) == 1 else f"{plain(counts[0])} đến {plain(counts[-1])}"
        view.say(i, "right", f"{number.text} của {plain(whole)} là {shown}.", base=plain(whole))
    elif whole * step(number) / 100 <= Fraction(1, 2):
        near = round(Fraction(number.value) * whole / 100)
        exact = Fraction(near) * 100 / whole
        reason = (
            f"Không có số nguyên nào bằng {number.text} của {plain(whole)}; gần nhất: "
            f"{view.fraction(Fraction(near), whole, number.decimals)}."
        )
        view.say(i, "doubtful", reason, percent(exact, number.decimals), number)
