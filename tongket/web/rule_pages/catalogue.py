"""The catalogue of rules: what is in force on a day, and each rule's history."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongket.rules.catalogue import UnknownRule, all_rules, rule
from tongket.ui.gate import gate
from tongket.ui.shell.errors import Missing


@gate("rule.read")
def rules(request: HttpRequest) -> HttpResponse:
    """All rules."""
    return render(request, "rules/list.html", {"rules": all_rules()})


@gate("rule.read")
def rule_page(request: HttpRequest, id: str) -> HttpResponse:
    """One rule with its versions."""
    try:
        found = rule(id)
    except UnknownRule as error:
        raise Missing(str(error)) from None
    return render(request, "rules/rule.html", {"rule": found})
