"""The page that asks why before something is voided, withdrawn, taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tongket.core.problems import Conflict, Refused
from tongket.ui.forms import problems_to_form
from tongket.ui.records.forms import ReasonForm
from tongket.ui.records.pages import conflict_page, form_page


def reason_page(
    request: HttpRequest,
    title: str,
    do: Callable[[str], Any],
    *,
    back: str,
    then: str = "",
    done: str | Callable[[Any], str] = "",
    submit: str = "",
    **more: Any,
) -> HttpResponse:
    """Ask for the reason and do it with `do(reason)`; then to `then`, by default where one came from.

    What is refused stands at the field (422); someone faster is said (409). `done` is the sentence when it was done, a
    function makes it from what `do` returned; by default it says that the record was voided and kept.
    """
    form = ReasonForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            result = do(form.cleaned_data["reason"])
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), back)
        else:
            said = done(result) if callable(done) else done
            messages.success(request, said or _("Đã hủy; bản ghi được giữ lại, gạch bỏ."))
            return redirect(then or back)
    return form_page(request, form, title, cancel=back, submit=submit or title, **more)
