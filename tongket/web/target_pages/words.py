"""How targets stand, in words: status, forecast, what the forecast rests on."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from tongket.core.numbers import format_number, format_percent
from tongket.core.pace import Forecast
from tongket.figures.targets import Progress, status_code
from tongket.indicators.model import Indicator
from tongket.ui.templatetags.ui import NOTHING, indicator_name, lang

#: Percentages of a target are shown with this many digits after the comma: 88 of 85 is +3,5%.
_DIGITS = 1


def status_words(row: Progress) -> tuple[str, str]:
    """(words, class of the tag) of how a target stands."""
    return {
        "exceeded": (_("Vượt"), "good"),
        "met": (_("Đạt"), "good"),
        "within": (_("Trong mức"), "good"),
        "ahead": (_("Vượt tiến độ"), "good"),
        "on_pace": (_("Đúng tiến độ"), ""),
        "below": (_("Chưa đạt"), "warn"),
        "near_limit": (_("Gần quá mức"), "warn"),
        "behind": (_("Chậm tiến độ"), "warn"),
        "over_limit": (_("Quá mức"), "bad"),
        "missed": (_("Không đạt"), "bad"),
        "at_end": (_("Chờ xếp loại"), ""),
        "unknown": (_("Chưa đủ số liệu"), ""),
    }[status_code(row)]


def percent_words(percent: Fraction | None) -> str:
    """`103,5%`."""
    return NOTHING if percent is None else format_percent(_decimal(percent), _DIGITS, lang())


def beyond_words(percent: Fraction | None) -> str:
    """How far above or below the target: `+3,5%`."""
    if percent is None:
        return ""
    over = percent - 100
    return ("+" if over > 0 else "") + format_percent(_decimal(over), _DIGITS, lang())


def value_words(value: Any, indicator: Indicator | None) -> str:
    """A value of the figure's kind, with its percent sign."""
    if value is None:
        return NOTHING
    number = _decimal(value) if isinstance(value, Fraction) else value
    decimals = indicator.decimals if indicator is not None else 2
    if indicator is not None and indicator.unit == "%":
        return format_percent(number, max(decimals, 2), lang())
    return format_number(number, max(decimals, _DIGITS if isinstance(value, Fraction) else 2), lang())


def forecast_words(row: Progress) -> tuple[str, str]:
    """(the forecast, what it rests on or why there is none)."""
    told = row.forecast
    if told.method == "final":
        return "", _("kỳ đã hết, là kết quả cuối kỳ")
    if told.value is None:
        return "", _why_none(told)
    shown = format_number(_decimal(told.value), row.indicator.decimals if row.indicator else 0, lang())
    if told.method == "season":
        share = format_percent(_decimal((told.share or Fraction(0)) * 100), 0, lang())
        return shown, _(
            "theo mùa vụ: bình quân %(years)s năm trước, đến ngày này đã đạt %(share)s cả năm"
        ) % {
            "years": told.years,
            "share": share,
        }
    return shown, _("theo nhịp hiện nay: chưa đủ hai năm trước có kết quả để so mùa vụ")


def _why_none(told: Forecast) -> str:
    match told.reason:
        case "none_done":
            return _("chưa đủ số liệu: chưa có kết quả nào để suy ra")
        case "too_early":
            return _("chưa đủ số liệu: kỳ mới bắt đầu")
        case "not_paced":
            return _("so trực tiếp, không tính theo thời gian")
    return _("chưa đủ số liệu")


def name_of(row: Progress) -> str:
    """The figure's name; its id when it is no longer declared."""
    return indicator_name(row.indicator) if row.indicator is not None else row.target.indicator


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
