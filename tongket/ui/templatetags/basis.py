"""The rule behind what a page decides: the text in force on the day, and how sure we are of it."""

from datetime import date
from typing import Any

from django import template

from tongket.core.citations import MARKS
from tongket.rules.catalogue import NoRuleInForce, in_force, rule
from tongket.ui.templatetags.ui import lang

register = template.Library()


@register.inclusion_tag("ui/basis.html")
def basis(rule_id: str, on: date, note: str = "") -> dict[str, Any]:
    """One line: what is decided (`note`), the document and article in force on `on`, a mark unless it is confirmed.

    A rule that was seen in unofficial material only, or nowhere, says so wherever it decides something. Raises
    `UnknownRule` when the page names a rule that is not there.
    """
    try:
        version = in_force(rule_id, on)
    except NoRuleInForce as missing:
        return {"rule_id": rule_id, "missing": str(missing), "note": note}
    language = lang()
    return {
        "rule_id": rule_id,
        "name": rule(rule_id).name(language),
        "note": note,
        "text": version.citation().document_and_article(language),
        "mark": version.mark,
        "doubt": "" if version.mark == "C" else MARKS[version.mark][1 if language == "en" else 0],
    }
