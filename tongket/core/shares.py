"""Dividing a whole into parts that add up exactly: largest remainder."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

__all__ = ["apportion", "step_of"]


def step_of(total: Decimal, decimals: int) -> Decimal:
    """The smallest part that can be given: the figure's own step, finer when the total itself is written finer."""
    exponent = total.normalize().as_tuple().exponent
    written = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Decimal(1).scaleb(-max(decimals, written))


def apportion(
    total: Decimal, weights: Sequence[int | Decimal | Fraction], step: Decimal = Decimal(1)
) -> list[Decimal]:
    """Parts of `total` by `weights`, each a multiple of `step`, that add up to `total` exactly.

    Everyone gets the whole steps of the exact part; the steps left over go to the largest remainders (of equal ones to
    the greater weight, then to whoever comes first). Raises ValueError for a negative total or weight, when all weights
    are 0, or when the total is no multiple of the step.
    """
    if total < 0 or any(weight < 0 for weight in weights):
        raise ValueError("Không chia được số âm.")
    whole = Fraction(total) / Fraction(step)
    if whole.denominator != 1:
        raise ValueError(f"{total} không chia hết cho bước {step}.")
    exact = [Fraction(weight) for weight in weights]
    everything = sum(exact, Fraction(0))
    if not everything:
        raise ValueError("Không có căn cứ để chia: mọi trọng số bằng 0.")
    quotas = [whole * weight / everything for weight in exact]
    parts = [quota.numerator // quota.denominator for quota in quotas]
    left = int(whole) - sum(parts)
    order = sorted(range(len(exact)), key=lambda i: (parts[i] - quotas[i], -exact[i], i))
    for i in order[:left]:
        parts[i] += 1
    return [part * step for part in parts]
