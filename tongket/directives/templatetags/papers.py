"""Words of papers in templates."""

from django import template

from tongket.core.codelists import DOCUMENT_KIND
from tongket.ui.templatetags.ui import lang

register = template.Library()


@register.filter
def document_kind(code: str) -> str:
    """The name of a kind of paper in the page's language."""
    return DOCUMENT_KIND.label(code, lang())
