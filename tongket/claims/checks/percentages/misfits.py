"""What is said of a percentage that does not fit: which of its numbers is most likely the slip."""

from __future__ import annotations

from fractions import Fraction

from ...model import Number, Verdict
from ..rounding import fit, fit_bound, percent, plain, printed, step, whole_bases, whole_counts
from ..view import View

__all__ = ["bound_misfit", "cut_off", "misfit", "name_the_fault"]

_SURE = Fraction(2, 100)  # how often a wrong percentage may fit some whole count by chance


def cut_off(said: str, number: Number, exact: Fraction) -> str:
    """What is said of a percentage whose last digits were cut off instead of rounded."""
    return f"{said}: số in ra bị cắt bớt chữ số, làm tròn phải là {printed(number, exact)}."


def name_the_fault(view: View, i: int, pair: int, exact: Fraction, said: str) -> None:
    """Numerator, whole or percentage: where just one change makes it fit, and not by chance, that one is named."""
    number = view.number(i)
    count, base = view.value(pair), view.value(pair, 1)
    counts = [n for n in whole_counts(number, base) if n <= base or number.value > 100]
    bases = whole_bases(count, number)
    chance = base * step(number) / 100
    right = percent(exact, number.decimals)
    plainly = f"{said}, không phải {number.text}."
    count_fits = len(counts) == 1 and chance <= _SURE
    base_fits = bases is not None and bases[0] == bases[1] and chance <= _SURE
    if count_fits and not base_fits:
        at = view.number(pair)
        view.say(
            pair,
            "wrong",
            f"{plainly} {number.text} của {plain(base)} là {counts[0]}.",
            printed(at, counts[0]),
            at,
        )
        view.say(i, "doubtful", f"{plainly} Tỷ lệ khớp nếu tử số là {counts[0]}.", right, number)
        return
    if base_fits and not count_fits and bases is not None:
        at = view.number(pair, 1)
        reason = f"{plainly} {plain(count)} là {number.text} của {bases[0]}."
        view.say(pair, "wrong", reason, printed(at, bases[0]), at)
        view.say(i, "doubtful", f"{plainly} Tỷ lệ khớp nếu mẫu số là {bases[0]}.", right, number)
        return
    hints = []
    if counts and len(counts) <= 3:
        hints.append(f"tử số là {' hoặc '.join(map(str, counts))}")
    if bases is not None and bases[1] - bases[0] <= 2:
        hints.append(f"mẫu số là {' hoặc '.join(str(n) for n in range(bases[0], bases[1] + 1))}")
    more = f" Nếu tỷ lệ đúng thì {'; hoặc '.join(hints)}." if hints else ""
    view.say(i, "wrong", plainly + more, right, number)


def bound_misfit(view: View, i: int, counted: int, exact: Fraction, said: str) -> None:
    """A hedged percentage that does not hold: near it doubtful, on the wrong side or far away wrong."""
    claim, number = view.claims[i], view.number(i)
    value = Fraction(number.value)
    word = {"over": "trên", "near": "gần", "at_least": "từ … trở lên", "under": "dưới", "about": "khoảng"}[
        claim.bound
    ]
    wrong_side = (claim.bound in ("over", "at_least") and exact < value) or (
        claim.bound in ("near", "under") and exact > value
    )
    far = abs(exact - value) > max(value / 2, Fraction(5))
    right = percent(exact, number.decimals)
    verdict: Verdict = "wrong" if wrong_side or far else "doubtful"
    view.say(i, verdict, f"{said}: “{word} {number.text}” không sát.", right, number)


def _hedged_misfit(view: View, i: int, counted: int, base: Fraction, said: str) -> None:
    """A hedged percentage of a whole bound to it: the edge itself, a slip of the count, or not close."""
    claim, number = view.claims[i], view.number(i)
    exact = view.value(counted) * 100 / base
    if fit_bound(exact, number, claim.bound) == "edge":
        view.say(i, "wrong", f"{said}: đúng bằng {number.text}.", number.text, number)
        return
    tried = range(1, int(base) + 1) if base < 2000 else ()
    wholes = [n for n in tried if _holds(n, base, number, claim.bound)]
    if len(wholes) == 1 and exact > 2 * Fraction(number.value):
        at = view.number(counted)
        reason = f"{said}, không phải “{view.shown(i)}”; số khớp với tỷ lệ là {wholes[0]}."
        view.say(counted, "wrong", reason, printed(at, wholes[0]), at)
        return
    bound_misfit(view, i, counted, exact, said)


def misfit(view: View, i: int, counted: int, base: Fraction, name: str) -> None:
    """A percentage whose whole is bound to it by the text, and which fits no whole near it."""
    claim, number = view.claims[i], view.number(i)
    if base <= 0:
        return
    count = view.value(counted)
    exact = count * 100 / base
    said = view.fraction(count, base, number.decimals)
    where = f" (số gốc là {name})"
    if claim.bound:
        _hedged_misfit(view, i, counted, base, said + where)
        return
    if fit(exact, number) == "cut":
        view.say(i, "doubtful", cut_off(said + where, number, exact), printed(number, exact), number)
        return
    if _made_hundred(view, i) and abs(exact - Fraction(number.value)) * 2 <= 3 * step(number):
        reason = f"{said}{where}; số in ra có lẽ được sửa để các tỷ lệ cộng đủ 100%."
        view.say(i, "doubtful", reason, printed(number, exact), number)
        return
    counts = [n for n in whole_counts(number, base) if n <= base]
    sure = len(counts) == 1 and base * step(number) / 100 <= _SURE
    right = percent(exact, number.decimals)
    plainly = f"{said}{where}, không phải {number.text}."
    if sure:
        at = view.number(counted)
        view.say(
            counted,
            "wrong",
            f"{plainly} {number.text} của {plain(base)} là {counts[0]}.",
            printed(at, counts[0]),
            at,
        )
        view.say(i, "doubtful", f"{plainly} Tỷ lệ khớp nếu số lượng là {counts[0]}.", right, number)
        return
    view.say(i, "wrong", plainly, right, number)


def _holds(count: int, base: Fraction, number: Number, bound: str) -> bool:
    return fit_bound(Fraction(count) * 100 / base, number, bound) == "rounded"


def _made_hundred(view: View, i: int) -> bool:
    shares = [j for j in view.mates(i) if view.claims[j].kind == "share"]
    return len(shares) > 1 and sum(view.value(j) for j in shares) == 100
