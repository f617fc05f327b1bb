"""The one list page: filter, search without diacritics, sort, page by page, count always shown, all rows to Excel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import django_filters
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.core.dates import format_date
from tongket.core.text import fold
from tongket.ui.forms import DateField, speak
from tongket.ui.page_tables import EXPORT, TABLES
from tongket.ui.sheets import WORKBOOK_TYPE, file_name, list_workbook
from tongket.ui.tables import ORDER, PAGE, Table
from tongket.ui.templatetags.ui import spoken

PER_PAGE = 50
MOST_EXPORTED = 20_000  # rows of a page's own tables in one workbook; the page says "1/2" past that
_MAX_WORDS = 8


class SearchFilter(django_filters.CharFilter):
    """Words in any order, with or without diacritics, found in stored folded keys (`core.text.fold`)."""

    def __init__(self, *keys: str, label: Any = None, **kwargs: Any) -> None:
        self.keys = keys
        super().__init__(label=label or gettext_lazy("Tìm"), **kwargs)
        self.field.widget.input_type = "search"
        self.field.widget.attrs.update({"placeholder": gettext_lazy("không cần dấu"), "autocomplete": "off"})

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows in which every word is found in one of the keys."""
        for word in fold(value or "").split()[:_MAX_WORDS]:
            anywhere = Q()
            for key in self.keys:
                anywhere |= Q(**{f"{key}__contains": word})
            qs = qs.filter(anywhere)
        return qs


class DayFilter(django_filters.Filter):
    """A day written dd/mm/yyyy."""

    field_class = DateField


class Filters(django_filters.FilterSet):
    """Base of the filters of a list."""

    @property
    def form(self) -> Any:
        """The form of the filters, its lists in the page's language."""
        made = hasattr(self, "_form")
        form = super().form
        if not made:
            speak(form)
        return form

    @property
    def narrowed(self) -> bool:
        """Whether something was asked for: then an empty list says so, and not that nothing was ever entered."""
        return any(self.data.get(name) for name in self.filters)

    @property
    def in_words(self) -> str:
        """What was chosen, for the heading of the Excel file: "Giới: Nữ; Từ ngày: 01/01/2023".

        A choice left blank that stands for a part (this year, the whole of an organisation) is said too.
        """
        if not self.form.is_valid():
            return ""
        said = []
        for name, value in self.form.cleaned_data.items():
            field = self.form.fields[name]
            words = _left_blank(field) if value in (None, "", []) else _in_words(field, value)
            if words:
                said.append(f"{field.label or name}: {words}")
        return "; ".join(said)


def _left_blank(form_field: Any) -> str:
    """What a choice left blank stands for; "" where it narrows nothing ("Tất cả") or stands for nothing ("—")."""
    words = next((str(text) for key, text in getattr(form_field, "choices", ()) if key == ""), "")
    return "" if words == _("Tất cả") or not any(letter.isalnum() for letter in words) else words


def _in_words(form_field: Any, value: Any) -> str:
    choices = {str(key): str(spoken(text)) for key, text in getattr(form_field, "choices", ())}
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, list | tuple):
        return ", ".join(choices.get(str(one), str(one)).strip() for one in value)
    return choices.get(str(value), str(value)).strip()


def matching(queryset: QuerySet[Any], text: str, fields: Sequence[str], *, keyed: bool = True) -> Any:
    """Rows whose `fields` hold every word of `text`, without regard to diacritics.

    `keyed`: the fields are stored folded keys and the database does it. Otherwise the fields are read and folded
    here, which is right for hundreds or a few thousand rows: then the answer is a list.
    """
    if keyed:
        return SearchFilter(*fields).filter(queryset, text)
    words = fold(text).split()[:_MAX_WORDS]
    return [
        row
        for row in queryset
        if not words
        or all(word in fold(" ".join(str(getattr(row, name)) for name in fields)) for word in words)
    ]


@dataclass(frozen=True)
class ListPage:
    """A list as declared by a view: what rows, how shown, how filtered.

    `queryset` must already be cut to what the user may see. `on_export` is called with the number of rows before
    a workbook leaves, so that the part that owns the records can note it in the ledger.
    """

    title: str
    queryset: Any
    table: type[Table]
    filters: type[Filters] | None = None
    lead: str = ""
    template: str = "ui/list.html"
    crumbs: Sequence[tuple[str, str]] = ()
    actions: Sequence[tuple[str, str, str]] = ()  # (text, address, icon)
    empty: str = ""
    export: bool = True
    on_export: Callable[[int], None] | None = None
    filter_kwargs: dict[str, Any] = field(default_factory=dict)
    table_kwargs: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)


def list_response(request: HttpRequest, page: ListPage) -> HttpResponse:
    """Answer with the list page, its results alone (htmx), or the workbook of ALL rows chosen (``?xuat=xlsx``)."""
    filters = (
        page.filters(request.GET, queryset=page.queryset, request=request, **page.filter_kwargs)
        if page.filters
        else None
    )
    rows = filters.qs if filters is not None else page.queryset
    table = page.table(rows, order_by=_order(request, page.table), request=request, **page.table_kwargs)
    if page.export and request.GET.get(EXPORT) in ("xlsx", TABLES):
        return _workbook(page, table, filters)
    table.paginate(_LenientPaginator, page=request.GET.get(PAGE, 1), per_page=PER_PAGE)
    shown = {
        "list": page,
        "title": page.title,
        "crumbs": page.crumbs,
        "table": table,
        "filter": filters,
        "narrowed": filters is not None and filters.narrowed,
        **page.context,
    }
    fragment = request.headers.get("HX-Target") == "ket-qua"
    return render(request, "ui/list_results.html" if fragment else page.template, shown)


def numbered(request: HttpRequest, rows: Any, number: Any = None) -> Any:
    """The page of these rows that the address asks for; all of them where the page's tables leave as Excel.

    For pages that are no `ListPage`: a table of theirs that comes page by page must not leave cut.
    """
    per_page = MOST_EXPORTED if request.GET.get(EXPORT) == TABLES else PER_PAGE
    return Paginator(rows, per_page).get_page(request.GET.get(PAGE, 1) if number is None else number)


class _LenientPaginator(Paginator):
    """A page number that is none, or past the end, gives the nearest page: an old link still shows the list."""

    def page(self, number: Any) -> Any:
        return super().page(self._nearest(number))

    def _nearest(self, number: Any) -> int:
        try:
            return min(max(int(number), 1), self.num_pages)
        except (TypeError, ValueError):
            return 1


def _order(request: HttpRequest, table: type[Table]) -> list[str] | None:
    asked = request.GET.get(ORDER, "")
    column = table.base_columns.get(asked.lstrip("-"))
    return [asked] if column is not None and column.orderable is not False else None


def _workbook(page: ListPage, table: Table, filters: Filters | None) -> HttpResponse:
    rows = list(table.sheet_rows())
    if page.on_export is not None:
        page.on_export(len(rows))
    chosen = filters.in_words if filters is not None else ""
    counted = _("%(count)s dòng") % {"count": len(rows)}
    said = "; ".join(text for text in (chosen, counted) if text)
    content = list_workbook(page.title, said, table.sheet_columns(), rows)
    return workbook_response(content, page.title)


def workbook_response(content: bytes, title: str) -> HttpResponse:
    """A workbook as a download named after its title."""
    headers = {"Content-Disposition": f'attachment; filename="{file_name(title)}"'}
    return HttpResponse(content, content_type=WORKBOOK_TYPE, headers=headers)
