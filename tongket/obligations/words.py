"""A deadline in words."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def days_left(deadline: date, on: date) -> str:
    """ "còn 5 ngày", "hạn hôm nay", "quá hạn 3 ngày"."""
    days = (deadline - on).days
    if days == 0:
        return _("hạn hôm nay")
    if days > 0:
        return ngettext("còn %(days)d ngày", "còn %(days)d ngày", days) % {"days": days}
    return ngettext("quá hạn %(days)d ngày", "quá hạn %(days)d ngày", -days) % {"days": -days}


def late_by(fulfilled_on: date, deadline: date) -> str:
    """ "đúng hạn" or "muộn 3 ngày", for what was reported."""
    days = (fulfilled_on - deadline).days
    if days <= 0:
        return _("đúng hạn")
    return ngettext("muộn %(days)d ngày", "muộn %(days)d ngày", days) % {"days": days}
