"""The naive check that everybody writes first: `52/53 … 98,11%`, one pattern, the pair and the next percentage.

It stands beside the product in the same run; the ratio says what reading a claim with its base is worth.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

from bench.claims.reader import Said

__all__ = ["naive"]

_NUMBER = r"([0-9]{1,3}(?:\.[0-9]{3})*|[0-9]+)"
_PAIR = re.compile(rf"{_NUMBER}/{_NUMBER}[^%\n]{{0,120}}?([0-9]+(?:,[0-9]+)?)\s?%")


def naive(text: str) -> tuple[Said, ...]:
    """ "wrong" wherever a/b does not give the next percentage to the digits printed."""
    found = []
    for match in _PAIR.finditer(text):
        top, bottom = (Decimal(group.replace(".", "")) for group in match.group(1, 2))
        printed = Decimal(match.group(3).replace(",", "."))
        if not bottom:
            continue
        step = Decimal(1).scaleb(int(printed.as_tuple().exponent))
        exact = (top / bottom * 100).quantize(step, rounding=ROUND_HALF_UP)
        verdict = "right" if exact == printed else "wrong"
        found.append(Said(match.start(), match.end(), "share", verdict, f"{exact}%".replace(".", ","), "a/b"))
    return tuple(found)
