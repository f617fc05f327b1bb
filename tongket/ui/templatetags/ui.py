"""Template tags of every page: figures as links, numbers and dates by language, icons, paging, sorting."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from defusedxml import ElementTree
from django import template
from django.forms.utils import flatatt
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tongket.core import codelists, judging, masks, numbers, worklists
from tongket.core.codelists import CodeList
from tongket.core.dates import FOREVER, format_date
from tongket.core.periods import Period
from tongket.ui.context import ViewContext

register = template.Library()

NOTHING = "–"
#: What a share takes off when it says by how much something lies above or below: such a figure shows its sign.
_HUNDRED = 100


def lang() -> str:
    """ "vi" or "en", the language of the page."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    """The English of every text of the code lists, by its Vietnamese."""
    lists = (
        held
        for module in (codelists, judging, worklists)
        for held in vars(module).values()
        if isinstance(held, CodeList)
    )
    return {code.vi: code.en for held in lists for code in held.codes}


@register.filter
def spoken(label: Any) -> Any:
    """A code list's Vietnamese text in the page's language; anything else as it is.

    For `get_..._display` and the choices of fields: models hold the Vietnamese text alone, as papers print it.
    """
    return _english().get(str(label), label) if lang() == "en" else label


@register.filter
def number(value: Any, decimals: int = 0) -> str:
    """`3.724`; an en dash when there is nothing to say."""
    if value is None or value == "":
        return NOTHING
    return numbers.format_number(value, decimals, lang())


@register.filter
def percent(value: Any, decimals: int = 2) -> str:
    """`98,11%` of a value already in percent."""
    if value is None or value == "":
        return NOTHING
    return numbers.format_percent(value, decimals, lang())


@register.filter
def day(value: date | None) -> str:
    """`31/12/2023`; "" for no date, "nay" for an open end."""
    if value is None:
        return ""
    if value == FOREVER:
        return _("nay")
    return format_date(value, lang())


@register.filter
def moment(value: datetime | None) -> str:
    """`17:05 31/12/2023`, in the office's own time."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{local:%H:%M} {format_date(local.date(), lang())}"


@register.filter
def period_name(value: Period) -> str:
    """`năm 2023`."""
    return value.label(lang())


@register.filter
def code_label(code: str, codelist: CodeList) -> str:
    """The text of a code of a list, in the page's language."""
    return codelist.label(code, lang())


def figure_text(figure: Any) -> str:
    """A figure's value as it is published: decimals and percent sign of its indicator."""
    indicator = figure.indicator
    if figure.mask:
        return masks.mask_text(figure.mask, lang())
    if figure.value is None:
        return NOTHING
    if indicator.unit == "%":
        sign = "+" if figure.value > 0 and getattr(indicator.formula, "minus", 0) == _HUNDRED else ""
        return sign + numbers.format_percent(figure.value, indicator.decimals, lang())
    return numbers.format_number(figure.value, indicator.decimals, lang())


def in_cell(figure: Any) -> Any:
    """A figure's value for a cell of a workbook: the number, or the words of its mask."""
    return masks.mask_text(figure.mask, lang()) if figure.mask else figure.value


def figure_url(indicator_id: str, view: ViewContext, *, organisation: str = "", period: Any = None) -> str:
    """Address of the page of one figure for the organisation and period of `view`, or for others."""
    return reverse("web:figure", args=[indicator_id]) + view.query(organisation=organisation, period=period)


@register.simple_tag(takes_context=True)
def figure_link(
    context: Context,
    figure: Any,
    organisation: str = "",
    period: Any = None,
    css: str = "",
    brief: bool = False,
) -> SafeString:
    """A figure's number as a link to its page, with its definition as the title.

    Uses the template's `view` (a ViewContext); `organisation` (a code) and `period` name another organisation or
    period. `brief` leaves the definition out: for dense tables whose column heading already carries it.
    """
    view: ViewContext = context["view"]
    attributes = {"href": figure_url(figure.indicator.id, view, organisation=organisation, period=period)}
    # A mask is words: a page that sets numbers large must not set them so.
    masked = "masked" if figure.mask else ""
    attributes["class"] = " ".join(filter(None, ("figure", css, masked)))
    if not brief:
        attributes["title"] = definition(figure.indicator)
    return format_html("<a{}>{}</a>", flatatt(attributes), figure_text(figure))


@register.filter
def definition(indicator: Any) -> str:
    """What the figure counts, in words."""
    return _definition(indicator.id, lang())


@lru_cache(maxsize=1024, typed=True)  # a text known to be safe is not the same as one that is not
def _definition(indicator_id: str, language: str) -> str:
    from tongket.indicators import words

    return words.definition(indicator_id, language)


@register.filter
def indicator_name(indicator: Any) -> str:
    """The figure's name in the page's language."""
    return indicator.en if lang() == "en" else indicator.vi


@register.filter
def indicator_unit(indicator: Any) -> str:
    """The figure's unit in the page's language."""
    return (indicator.units_en or indicator.unit) if lang() == "en" else indicator.unit


@register.filter
def indicator_short(indicator: Any) -> str:
    """The name as a column heading: with the percent sign where the figure is a share."""
    name = indicator_name(indicator)
    return f"{name} (%)" if indicator.unit == "%" and "%" not in name else name


@register.filter
def figure_value(figure: Any) -> str:
    """A figure's value as it is published, without a link: for the figure's own page."""
    return figure_text(figure)


@register.filter
def written_day(value: date) -> str:
    """A date as it is typed into a field, whatever the language: 31/12/2023."""
    return format_date(value)


@register.simple_tag
def organisation_url(code: str) -> str:
    """The address of an organisation's page."""
    return url_if("organisations:detail", code)


@register.simple_tag
def with_query_of(view: ViewContext, **more: Any) -> str:
    """The query string of what a page is about, with more values."""
    return view.query(**more)


@register.simple_tag
def icon(name: str, label: str = "", size: int = 16) -> SafeString:
    """One Bootstrap icon, drawn in the text's own colour. Without `label` it is decoration."""
    return _drawn(name, str(label), size)


@lru_cache(maxsize=1024, typed=True)  # a text known to be safe is not the same as one that is not
def _drawn(name: str, label: str, size: int) -> SafeString:
    """An icon as it stands on the page: there are dozens on each, so one is put together once."""
    box, shapes = _icon(name)
    parts = format_html_join("", "<{}{}/>", ((tag, flatatt(attributes)) for tag, attributes in shapes))
    said = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    attributes = {
        "class": "icon",
        "width": size,
        "height": size,
        "viewBox": box,
        "fill": "currentColor",
        **said,
    }
    return format_html("<svg{}>{}</svg>", flatatt(attributes), parts)


@lru_cache(maxsize=256)
def _icon(name: str) -> tuple[str, tuple[tuple[str, dict[str, str]], ...]]:
    spec = find_spec("js_lib_bootstrap_icons")
    if spec is None or spec.origin is None or not name.replace("-", "").isalnum():
        raise ValueError(f"no such icon: {name}")
    file = Path(spec.origin).parent / "static" / "bootstrap-icons" / f"{name}.svg"
    root = ElementTree.fromstring(file.read_text(encoding="utf-8"))
    shapes = tuple((child.tag.rpartition("}")[2], dict(child.attrib)) for child in root)
    return root.get("viewBox", "0 0 16 16"), shapes


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: Any) -> str:
    """The present address's query string with some values changed; None or "" removes one."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else context["request"].path


@register.inclusion_tag("ui/sort_head.html", takes_context=True)
def sort_head(
    context: Context, key: str, text: str, name: str = "sap_xep", end: bool = False, title: str = ""
) -> dict[str, Any]:
    """A table heading that sorts by `key` (again: the other way round), in the query value `name`."""
    now = context["request"].GET.get(name, "")
    state = "ascending" if now == key else "descending" if now == f"-{key}" else ""
    following = f"-{key}" if state == "ascending" else key
    href = with_query(context, **{name: following, "trang": None})
    return {"text": text, "href": href, "state": state, "end": end, "title": title}


@register.simple_tag
def table_rows(table: Any) -> SafeString:
    """The body of a list's table. Written here and not in a template: several hundred cells a page add up."""
    lines = []
    for row in table.paginated_rows:
        cells = format_html_join(
            "", "<td{}{}>{}</td>", ((_label(c), _css(c), cell) for c, cell in row.items())
        )
        lines.append(format_html("<tr{}>{}</tr>", flatatt(dict(row.attrs)), cells))
    return format_html_join("\n", "{}", ((line,) for line in lines))


def _label(column: Any) -> SafeString:
    return format_html(' data-label="{}"', column.header)


def _css(column: Any) -> SafeString | str:
    css = getattr(column.column, "css", "")
    return format_html(' class="{}"', css) if css else ""


@register.inclusion_tag("ui/paging.html", takes_context=True)
def paging(context: Context, page: Any, name: str = "trang") -> dict[str, Any]:
    """First, previous, the pages around, next, last; nothing when all fits on one page."""
    numbers_shown = list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    links = [
        {
            "text": n,
            "href": with_query(context, **{name: n}) if isinstance(n, int) else "",
            "here": n == page.number,
        }
        for n in numbers_shown
    ]
    before = with_query(context, **{name: page.previous_page_number()}) if page.has_previous() else ""
    after = with_query(context, **{name: page.next_page_number()}) if page.has_next() else ""
    return {"page": page, "links": links, "before": before, "after": after}


@register.simple_tag
def url_if(name: str, *args: Any) -> str:
    """The address of a named page, or "" where this installation does not have it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.filter
def plain(value: Decimal | int | None) -> str:
    """A number as machines read it, for `value=` of `<progress>` and `data-` attributes."""
    return "" if value is None else str(value)
