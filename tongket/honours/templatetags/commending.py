"""Small helpers of the pages of campaigns."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from tongket.core.codelists import COMMENDATION_FORM, GIVER
from tongket.core.numbers import format_number
from tongket.honours.commending.giving.layouts import LayoutDraft
from tongket.ui.templatetags.ui import lang

register = template.Library()


@register.filter
def of(table: Mapping[Any, Any], key: Any) -> Any:
    """What a table holds for a key, {} for none."""
    return table.get(key, {})


@register.filter
def form_word(code: str) -> str:
    """A form of commendation in words."""
    return COMMENDATION_FORM.label(code, lang())


@register.filter
def giver_word(code: str) -> str:
    """A giving level in words."""
    return GIVER.label(code, lang())


@register.filter
def layout_fields(draft: LayoutDraft) -> list[tuple[str, str, Any]]:
    """The fields of a layout that are not places: name, label, value."""
    return [
        ("page_width", _("Giấy: chiều ngang (mm)"), draft.page_width),
        ("page_height", _("Giấy: chiều dọc (mm)"), draft.page_height),
        ("shift_x", _("Dời tất cả sang phải (mm)"), format_number(draft.shift_x)),
        ("shift_y", _("Dời tất cả xuống (mm)"), format_number(draft.shift_y)),
        ("place", _("Nơi ký"), draft.place),
        ("on_behalf", _("Thay mặt (dòng 1)"), draft.on_behalf),
        ("signer_post", _("Chức vụ người ký (dòng 2)"), draft.signer_post),
        ("signer", _("Người ký"), draft.signer),
    ]
