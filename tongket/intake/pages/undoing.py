"""Taking an import back: what stands in the way is said before a reason is asked for."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.problems import Conflict, Refused
from tongket.intake.pages.columns import own_batches
from tongket.intake.undoing import acts
from tongket.intake.undoing.built import Built, described
from tongket.members.queries import visible_to
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.forms import ReasonForm
from tongket.ui.records.pages import conflict_page, form_page


def _linked(one: Built, request: HttpRequest) -> list[tuple[str, str]]:
    """The records by name, each with the page of its person or organisation where the user may open it."""
    people = {row.member.pk for row in one.rows if getattr(row, "member", None)}
    seen = (
        set(visible_to(request.user).filter(pk__in=people).values_list("pk", flat=True)) if people else set()
    )
    found = []
    for row in one.rows:
        person = getattr(row, "member", None)
        address = reverse("members:detail", args=[person.uid]) if person and person.pk in seen else ""
        found.append((described(row), address))
    return found


@gate("intake.write", methods=("GET", "HEAD", "POST"))
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a workbook that was brought in, whole, with a reason."""
    batch = get_for_user(own_batches(request).exclude(committed_at=None), pk=pk)
    address = reverse("intake:detail", args=[batch.pk])
    if batch.undone_at is not None:
        return redirect(address)
    form = ReasonForm(request.POST or None, user=request.user)
    beyond, built = acts.standing_in_the_way(batch, request.user)
    if request.method == "POST" and form.is_valid():
        try:
            acts.undo(batch, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), address)
        else:
            messages.success(request, _("Đã hoàn tác: sổ trở lại như trước khi nhập tệp này."))
            return redirect(address)
    return form_page(
        request,
        form,
        _("Hoàn tác lần nhập"),
        crumbs=[(_("Nhập từ Excel"), reverse("intake:list")), (batch.file_name, address)],
        cancel=address,
        template="intake/undo.html",
        beyond=[problem.message for problem in beyond],
        built=[(one, _linked(one, request)) for one in built],
        submit=_("Hoàn tác cả tệp"),
        lead=_(
            "Mọi bản ghi của tệp này bị hủy cùng lúc và sổ trở lại như trước; lịch sử vẫn giữ. Chỉ hoàn tác được khi "
            "chưa có việc nào dựa vào các bản ghi đó."
        ),
    )
