"""Pages of committees: terms, who takes and leaves a post."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tongket.members.drafts import PostDraft
from tongket.members.models import PostHolding
from tongket.members.post_acts import appoint, end_post, void_post
from tongket.organisations.acts import open_term
from tongket.organisations.drafts import TermDraft
from tongket.organisations.models import Organisation
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.forms import ReasonForm
from tongket.web.organisation_pages.common import asked, run
from tongket.web.organisation_pages.forms import WRITE, EndPostForm, PostForm, TermForm


def _terms(organisation: Organisation) -> Any:
    return organisation.terms.filter(voided_at__isnull=True).order_by("-valid_from")


@gate(WRITE)
def term(request: HttpRequest, code: str) -> HttpResponse:
    """Record a committee's term."""
    organisation = asked(request, code, WRITE)
    form = TermForm(request.POST or None, user=request.user)

    def do() -> None:
        open_term(TermDraft(organisation=organisation, **form.cleaned_data), by=request.user)

    title = _("Ghi khóa của cấp ủy")
    return run(request, form, do, organisation=organisation, title=title, done=_("Đã ghi khóa của cấp ủy."))


@gate(WRITE)
def new_post(request: HttpRequest, code: str) -> HttpResponse:
    """A member takes a post."""
    organisation = asked(request, code, WRITE)
    terms = _terms(organisation)
    form = PostForm(request.POST or None, user=request.user, terms=terms, initial={"term": terms.first()})

    def do() -> None:
        appoint(PostDraft(organisation=organisation, **form.cleaned_data), by=request.user)

    title = _("Ghi chức vụ: %(name)s") % {"name": organisation.name}
    return run(request, form, do, organisation=organisation, title=title, done=_("Đã ghi chức vụ."))


def _post(request: HttpRequest, code: str, pk: int) -> tuple[Organisation, PostHolding]:
    organisation = asked(request, code, WRITE)
    rows = PostHolding.objects.filter(organisation=organisation).select_related("member", "organisation")
    return organisation, get_for_user(rows, pk=pk)


@gate(WRITE)
def end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The holder leaves the post."""
    organisation, row = _post(request, code, pk)
    form = EndPostForm(request.POST or None, user=request.user)

    def do() -> None:
        end_post(row, on=form.cleaned_data["on"], reason=form.cleaned_data["reason"], by=request.user)

    title = _("Thôi giữ chức vụ: %(name)s") % {"name": row.member.full_name}
    return run(
        request, form, do, organisation=organisation, title=title, done=_("Đã ghi việc thôi giữ chức vụ.")
    )


@gate(WRITE)
def void(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Void a wrongly recorded post."""
    organisation, row = _post(request, code, pk)
    form = ReasonForm(request.POST or None, user=request.user)

    def do() -> None:
        void_post(row, reason=form.cleaned_data["reason"], by=request.user)

    title = _("Hủy chức vụ ghi sai: %(name)s") % {"name": row.member.full_name}
    return run(
        request,
        form,
        do,
        organisation=organisation,
        title=title,
        done=_("Đã hủy chức vụ ghi sai."),
        submit=_("Hủy chức vụ"),
    )
