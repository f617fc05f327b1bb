"""In which order commendations are called up: collectives before individuals, the highest form first, then by place.

The list for handing out, the register of certificates and the conference keep the same order.
"""

from typing import Any

from tongket.core.codelists import COMMENDATION_FORM, RECIPIENT
from tongket.core.text import name_sort_key, text_sort_key
from tongket.honours.models import Commendation
from tongket.honours.tables import recipient_of

#: The highest form is called up first.
_RANK = {code: place for place, code in enumerate(reversed(COMMENDATION_FORM.values))}


def calling_order(row: Commendation, top: int) -> tuple[Any, ...]:
    """The sort key of a commendation as called up at a conference of the organisation `top` (its id)."""
    kind, form = RECIPIENT.values.index(row.recipient_kind), _RANK.get(row.form, len(_RANK))
    if row.recipient_kind == "individual":
        return kind, form, name_sort_key(recipient_of(row)), row.pk
    own, above = row.organisation, row.organisation.parent
    # Bodies directly below come in the office's own order, each followed by its cells.
    inner = above is not None and above.pk != top
    body = above if inner and above is not None else own
    place = (body.position, text_sort_key(body.code), int(inner), own.position)
    return kind, form, place, text_sort_key(recipient_of(row)), row.pk
