"""Template filters of the pages of what is asked."""

from decimal import Decimal, InvalidOperation

from django import template

from tongket.core import numbers
from tongket.ui.templatetags.ui import lang

register = template.Library()


@register.filter
def written_number(value: str) -> str:
    """A number kept as text as offices write it: `3.724`, `98,5`; other text unchanged."""
    try:
        return numbers.format_number(Decimal(value), lang=lang())
    except InvalidOperation:
        return value
