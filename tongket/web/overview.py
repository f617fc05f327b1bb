"""The overview of a year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongket.ui.context import view_context
from tongket.ui.gate import gate


@gate("figure.read")
def overview(request: HttpRequest) -> HttpResponse:
    """The first page."""
    return render(request, "web/overview.html", {"view": view_context(request)})
