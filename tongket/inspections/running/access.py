"""How a page about one inspection gets it: the standing row, for whoever holds the verb for its body; else 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from tongket.audit.records import current
from tongket.core.problems import Conflict
from tongket.inspections.programmes.queries import visible_inspections, visible_programmes
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.pages import conflict_page

_ROWS = {"inspection": visible_inspections, "programme": visible_programmes}


def about(what: str, verb: str, *, methods: tuple[str, ...] | None = None) -> Callable[..., Any]:
    """Gate a view `f(request, row, ...)` whose address names an inspection or a programme by `pk`.

    An address of a row that was corrected meanwhile leads to the row put in its place. A `Conflict` becomes a 409.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def found(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
            row = row_for(request, what, pk, verb)
            try:
                return view(request, row, **kwargs)
            except Conflict as conflict:
                return conflict_page(request, str(conflict), request.path)

        return gate(verb, methods=methods)(found)

    return decorate


def row_for(request: HttpRequest, what: str, pk: int, verb: str) -> Any:
    """The standing row that the address names; one voided without another in its place is 404."""
    rows: Any = _ROWS[what](request.user, with_voided=True, verb=verb)
    row: Any = get_for_user(rows, pk=pk)
    return row if row.voided_at is None else get_for_user(current(rows), identity=row.identity)
