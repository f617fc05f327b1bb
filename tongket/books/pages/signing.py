"""Signing a book and sending it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.books.acts import return_book, sign
from tongket.books.pages.common import asked_book, crumbs, title_of
from tongket.books.pages.forms import ReturnForm
from tongket.core.problems import Conflict, Refused
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate
from tongket.ui.records.pages import conflict_page, form_page


@gate("book.sign", methods=("POST",))
def sign_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the step that is due, with the digest that the page showed."""
    book = asked_book(request, pk, "book.sign")
    back = reverse("books:book", args=[pk])
    try:
        sign(book, request.POST.get("step", ""), by=request.user, digest=request.POST.get("digest", ""))
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, problem.message)
    except Conflict as conflict:
        return conflict_page(request, str(conflict), back)
    else:
        messages.success(request, _("Đã ký. Chữ ký gắn với mã sổ đang hiển thị."))
    return redirect(back)


@gate("book.sign")
def return_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a book back to whoever drew it up, with the reason."""
    book = asked_book(request, pk, "book.sign")
    back = reverse("books:book", args=[pk])
    form = ReturnForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return_book(book, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), back)
        else:
            messages.success(request, _("Đã trả lại sổ cho người lập."))
            return redirect(back)
    title = _("Trả lại sổ")
    return form_page(
        request,
        form,
        title,
        cancel=back,
        submit=_("Trả lại"),
        crumbs=[*crumbs(book)[:1], (title_of(book), back)],
        lead=title_of(book),
    )
