"""The examiner's own arithmetic: what a claim of the test set must be judged, from the formula that stands beside it.

Nothing of `tongket` is used here. A formula reads
    52/53=98.11%        a share, judged to the digits printed
    12+24=36            a sum or difference, exact
    88/85-1=3.5%        over a target
    274>270             a comparison
    over(274,270)       "trên", "hơn": above and close      near(41.2,50)   "gần": below and close
    whole(88,103.5)     some whole target (or base) gives this per cent of it
Several may be joined with "&"; the worst verdict holds.
"""

import ast
import operator
import re
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

__all__ = ["CLOSE", "verdict_of"]

#: How far "gần" and "hơn" may be from what they hedge.
CLOSE = Fraction(5, 100)
_ORDER = ("wrong", "doubtful", "right")
_OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
_COMPARISONS = {">=": operator.ge, "<=": operator.le, "==": operator.eq, ">": operator.gt, "<": operator.lt}


def verdict_of(formula: str) -> str:
    """ "right", "wrong" or "doubtful" for one formula. Raises ValueError for what is none."""
    verdicts = [_one(part.strip()) for part in formula.split("&")]
    return min(verdicts, key=_ORDER.index)


def _one(part: str) -> str:
    called = re.fullmatch(r"(over|near|whole)\((.+),(.+)\)", part)
    if called:
        return _called(called.group(1), _value(called.group(2)), called.group(3).strip())
    for sign, compare in _COMPARISONS.items():
        if sign in part:
            left, right = part.split(sign)
            return "right" if compare(_value(left), _value(right)) else "wrong"
    left, sign, right = part.partition("=")
    if not sign:
        raise ValueError(f"no formula: {part}")
    percent = right.endswith("%")
    return _printed(_value(left) * (100 if percent else 1), right.rstrip("%").strip())


def _printed(exact: Fraction, printed: str) -> str:
    """Right when rounding gives the printed digits (an exact half either way), doubtful when cutting off does."""
    shown = Decimal(printed)
    step = Decimal(1).scaleb(int(shown.as_tuple().exponent))
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    up, down = (value.quantize(step, rounding=how) for how in (ROUND_HALF_UP, ROUND_DOWN))
    half = abs(exact - Fraction(down)) == Fraction(step) / 2
    if shown == up or (half and shown == down):
        return "right"
    return "doubtful" if shown == down else "wrong"


def _called(name: str, value: Fraction, other: str) -> str:
    if name == "whole":
        per_cent = Fraction(other)
        guess = value * 100 / per_cent
        tried = [
            _printed(value * 100 / whole, other)
            for whole in range(max(1, int(guess * 98 / 100)), int(guess * 102 / 100) + 2)
        ]
        return "right" if "right" in tried else "doubtful"
    bound = _value(other)
    above = value > bound if name == "over" else value < bound
    if not above:
        return "wrong"
    return "right" if abs(value - bound) <= bound * CLOSE else "doubtful"


def _value(expression: str) -> Fraction:
    return _of(ast.parse(expression.strip(), mode="eval").body, expression)


def _of(node: ast.expr, source: str) -> Fraction:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Fraction(ast.get_source_segment(source.strip(), node) or "0")
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return Fraction(_OPERATORS[type(node.op)](_of(node.left, source), _of(node.right, source)))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_of(node.operand, source)
    raise ValueError(f"no number: {source}")
