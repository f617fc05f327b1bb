"""Locking a book: what is about to be locked first, then the act."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.books.acts import lock
from tongket.books.checking.preview import Preview, preview
from tongket.books.pages.common import name_of, value_text
from tongket.books.pages.forms import LockForm
from tongket.books.queries import standing_book
from tongket.books.rules import check_lock
from tongket.core.dates import today
from tongket.core.problems import Refused
from tongket.ui.context import ViewContext, view_context
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate
from tongket.ui.records.pages import CONFIRMED, form_page
from tongket.ui.templatetags.ui import period_name

_MOST_SHOWN = 30


@gate("book.write")
def lock_page(request: HttpRequest) -> HttpResponse:
    """Show what would be locked for the organisation and period in the header; lock it when asked."""
    view = view_context(request, "book.write")
    day = min(view.as_at, today())
    standing = standing_book(view.organisation, view.period)
    form = LockForm(
        request.POST or None, user=request.user, initial={"as_at": day}, again=standing is not None
    )
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["as_at"]
        problems_to_form(form, list(check_lock(view.organisation, view.period, day, by=request.user)))
        if form.is_valid() and (not form.warnings or request.POST.get(CONFIRMED) == "1"):
            try:
                book = lock(
                    view.organisation,
                    view.period,
                    by=request.user,
                    as_at=day,
                    reason=form.cleaned_data.get("reason", ""),
                )
            except Refused as refused:
                problems_to_form(form, refused)
            else:
                messages.success(request, _("Đã chốt. Tiếp theo là ký, theo thứ tự bên dưới."))
                return redirect(reverse("books:book", args=[book.pk]))
    return form_page(
        request,
        form,
        _("Chốt số liệu %(period)s") % {"period": period_name(view.period)},
        template="books/lock.html",
        cancel=reverse("books:list") + view.query(),
        submit=_("Chốt lại") if standing else _("Chốt sổ"),
        crumbs=[(_("Chốt số liệu"), reverse("books:list") + view.query())],
        view=view,
        **_shown(view, day),
    )


def _shown(view: ViewContext, day: date) -> dict[str, Any]:
    """What the page says about what would be locked, where the day can be locked at all."""
    found = list(check_lock(view.organisation, view.period, day, by=view.user))
    if any(problem.severity == "error" for problem in found):
        return {"impossible": [problem.message for problem in found if problem.severity == "error"]}
    seen = preview(view.organisation, view.period, day, viewer=view.user)
    return {
        "preview": seen,
        "day": day,
        "doubts": [problem.message for problem in found],
        "changes": _changes(seen),
        "more_changes": max(len(seen.changed) - _MOST_SHOWN, 0),
    }


def _changes(seen: Preview) -> list[dict[str, str]]:
    if seen.differs is None:
        return []
    definitions = seen.differs.content.definitions
    return [
        {
            "name": name_of(line.id, definitions[line.id]),
            "then": value_text(line.then.value, definitions[line.id]),
            "now": "" if line.now is None else value_text(line.now.value, definitions[line.id]),
            "said": _(line.said),
            "address": reverse("books:change", args=[seen.differs.book.pk, line.id]),
        }
        for line in seen.changed[:_MOST_SHOWN]
    ]
