"""What matching has to say on the overview: pairs that wait for a decision."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.dueitems import DueItem
from tongket.matching.queries import open_pairs


def due_items(user: Any, day: date) -> list[DueItem]:
    """One line when pairs of entries wait to be looked at. One query."""
    count = open_pairs(user).count()
    if not count:
        return []
    said = _("%(count)s cặp hồ sơ đảng viên nghi trùng chờ kết luận") % {"count": count}
    return [DueItem(said, reverse("matching:list"))]
