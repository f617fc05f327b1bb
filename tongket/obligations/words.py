"""A deadline in words."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongket.core.numbers import format_number


def days_left(deadline: date, on: date) -> str:
    """ "còn 5 ngày", "hạn hôm nay", "quá hạn 3 ngày"."""
    days = (deadline - on).days
    if days == 0:
        return _("hạn hôm nay")
    if days > 0:
        return ngettext("còn %(days)s ngày", "còn %(days)s ngày", days) % {"days": format_number(days)}
    return ngettext("quá hạn %(days)s ngày", "quá hạn %(days)s ngày", -days) % {"days": format_number(-days)}


def late_by(fulfilled_on: date, deadline: date) -> str:
    """ "đúng hạn" or "muộn 3 ngày", for what was reported."""
    days = (fulfilled_on - deadline).days
    if days <= 0:
        return _("đúng hạn")
    return ngettext("muộn %(days)s ngày", "muộn %(days)s ngày", days) % {"days": format_number(days)}
