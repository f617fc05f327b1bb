"""Lists read page by page without a cut: a page ends at a row, not at a number.

The next page begins after the last row's own key, which no correction changes, so that what is recorded meanwhile
neither shifts a row past the reader nor shows one twice. A cursor says for which question it was given.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, TypeVar

from django.core import signing
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tongket.api.problems import wrong

M = TypeVar("M", bound=Model)

PER_PAGE = 100
MOST_PER_PAGE = 500
_LASTS = 24 * 60 * 60
_SALT = "tongket.api.cursor"


def read_cursor(request: HttpRequest, cursor: str) -> Any:
    """What the cursor says to go on after; None at the beginning.

    Raises a problem with the field `cursor` for one that is not ours or was given for another question.
    """
    if not cursor:
        return None
    try:
        said = signing.loads(cursor, salt=_SALT, max_age=_LASTS)
    except signing.BadSignature:
        said = {}
    if not isinstance(said, Mapping) or said.get("of") != _question(request):
        raise wrong("cursor", _("Con trỏ không phải của danh sách này. Hãy đọc lại từ trang đầu."))
    return said["after"]


def one_page(rows: QuerySet[M], limit: int) -> tuple[list[M], bool]:
    """The first `limit` of rows in their order, and whether there are more."""
    found = list(rows[: limit + 1])
    return found[:limit], len(found) > limit


def next_cursor(request: HttpRequest, after: Any) -> str:
    """The cursor that goes on after a row of this question."""
    return signing.dumps({"of": _question(request), "after": after}, salt=_SALT)


def _question(request: HttpRequest) -> str:
    asked = sorted(
        (name, value)
        for name, values in request.GET.lists()
        if name not in ("cursor", "limit")
        for value in values
    )
    return hashlib.sha256(f"{request.user.pk} {request.path} {asked}".encode()).hexdigest()[:16]
