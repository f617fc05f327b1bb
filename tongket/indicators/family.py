"""Families of figures that differ by one code or one band, and the gap that makes the parts add up to the whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tongket.core.codelists import CodeList

from .model import Between, Condition, Count, In, Indicator, Unknown, When


@dataclass(frozen=True, slots=True)
class Part:
    """One member of a family: end of the id, Vietnamese and English text, the condition that picks its facts."""

    key: str
    vi: str
    en: str
    condition: Condition


def parts_of_list(field: str, codes: CodeList, *only: str) -> tuple[Part, ...]:
    """One part a code, in the list's order; with `only`, of these codes alone."""
    return tuple(
        Part(code.code, code.vi, code.en, In(field, code.code))
        for code in codes.codes
        if not only or code.code in only
    )


def bands(
    field: str, *spans: tuple[int | None, int | None], noun: str = "tuổi", noun_en: str = "years"
) -> tuple[Part, ...]:
    """One part a span of whole years, both ends included; an open end is None."""
    return tuple(_band(field, low, high, noun, noun_en) for low, high in spans)


def _band(field: str, low: int | None, high: int | None, noun: str, noun_en: str) -> Part:
    condition = Between(field, low, high)
    if low is None:
        return Part(
            f"under_{(high or 0) + 1}",
            f"dưới {(high or 0) + 1} {noun}",
            f"under {(high or 0) + 1}",
            condition,
        )
    if high is None:
        return Part(f"from_{low}", f"từ {low} {noun} trở lên", f"{low} {noun_en} and over", condition)
    return Part(f"{low}_{high}", f"từ {low} đến {high} {noun}", f"{low} to {high} {noun_en}", condition)


def gap(field: str) -> Part:
    """The facts whose field is blank: shown as their own part, so that the family adds up to the whole."""
    return Part("unknown", "chưa có dữ liệu", "not recorded", Unknown(field))


def family(
    make: Callable[..., Indicator],
    prefix: str,
    vi: str,
    en: str,
    parts: Sequence[Part],
    *,
    source: str,
    when: When,
    where: tuple[Condition, ...] = (),
    form: str = "report",
    sensitive: bool = False,
) -> tuple[Indicator, ...]:
    """One count a part: id `prefix.key`, name `vi: text of the part`."""
    return tuple(
        make(
            f"{prefix}.{part.key}",
            f"{vi}: {part.vi}",
            f"{en}: {part.en}",
            formula=Count(source, when, (*where, part.condition)),
            form=form,
            sensitive=sensitive,
        )
        for part in parts
    )
