"""What the pages of organisations share: the one asked for, its address, running an act from a form."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.problems import Conflict, Refused
from tongket.organisations.models import Organisation
from tongket.organisations.queries import visible_to
from tongket.ui.forms import UserForm, problems_to_form
from tongket.ui.gate import get_for_user
from tongket.ui.records.pages import CONFIRMED, conflict_page, form_page


def asked(request: HttpRequest, code: str, verb: str = "organisation.read") -> Organisation:
    """The organisation of that code, if the user holds `verb` for it; else 404."""
    return get_for_user(visible_to(request.user, verb).select_related("parent"), code=code)


def address(organisation: Organisation) -> str:
    """The organisation's page."""
    return reverse("organisations:detail", args=[organisation.code])


def crumbs(organisation: Organisation) -> list[tuple[str, str]]:
    """The way back."""
    return [(_("Tổ chức đảng"), reverse("organisations:list")), (organisation.name, address(organisation))]


def run(
    request: HttpRequest,
    form: UserForm,
    do: Callable[[], Organisation | None],
    *,
    organisation: Organisation,
    title: str,
    done: str,
    names: dict[str, str] | None = None,
    preview: Callable[[], list[dict[str, Any]]] | None = None,
    submit: str = "",
    lead: str = "",
) -> HttpResponse:
    """Show the form; once it is valid do the act. With `preview`, what follows is shown first and has to be confirmed.

    Refusals come back at their fields (422), a faster colleague is named (409); `do` may return where to go.
    """
    shown: dict[str, Any] = {"lead": lead, "submit": submit}
    if request.method == "POST" and form.is_valid():
        if preview is not None and request.POST.get(CONFIRMED) != "1":
            shown |= {"preview": preview(), "template": "organisations/preview.html"}
            form.warnings.append(_("Chưa ghi gì. Xem lại những ai và tổ chức nào sẽ chuyển theo bên dưới."))
        else:
            try:
                went = do()
            except Refused as refused:
                problems_to_form(form, refused, names)
            except Conflict as conflict:
                return conflict_page(request, str(conflict), address(organisation))
            else:
                messages.success(request, done)
                return redirect(address(went or organisation))
    return form_page(request, form, title, crumbs=crumbs(organisation), cancel=address(organisation), **shown)
