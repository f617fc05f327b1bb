"""Who is called: the list, calling by post with a preview, guests by hand, replies, and what came in from above."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.conferences.access import about, attempt, invitation_of
from tongket.conferences.calling import acts
from tongket.conferences.calling.forms import GuestForm, ReplyForm
from tongket.conferences.calling.roles import USUAL, roles_for
from tongket.conferences.drafts import InvitationDraft, ReplyDraft
from tongket.conferences.models import Conference, Invitation
from tongket.conferences.queries import marked_list, received_invitations
from tongket.conferences.views import TABS, crumbs
from tongket.core.dates import today
from tongket.core.problems import Conflict, Refused
from tongket.organisations.queries import may
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.forms import ReasonForm
from tongket.ui.records.pages import REFUSED, conflict_page, form_page


def _back(conference: Conference) -> str:
    return reverse("conferences:invited", args=[conference.pk])


@about("conference.read")
def show(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Everybody called, with reply and right to vote; who no longer holds the post is marked."""
    search = request.GET.get("q", "")[:80]
    rows: list[Any] = marked_list(conference, search)
    gone = acts.no_longer_holding(conference, rows)
    for row in rows:
        row.gone = row.pk in gone
    shown = {
        "title": _("Đại biểu được mời"),
        "crumbs": crumbs(conference, _("Đại biểu")),
        "conference": conference,
        "rows": rows,
        "search": search,
        "gone": [row for row in rows if row.gone],
        "voting": sum(row.voting for row in rows),
        "coming": sum(row.reply is not None and row.reply.answer == "coming" for row in rows),
        "excused": sum(row.reply is not None and row.reply.answer == "excused" for row in rows),
        "writes": may(request.user, "conference.write", conference.organisation)
        and conference.state != "closed",
    }
    return render(request, "conferences/invited.html", shown)


@about("conference.write")
def by_roles(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Choose the rules, see whom they call and which posts are vacant, then call all in one act."""
    roles = roles_for(conference.kind)
    asked = request.POST if request.method == "POST" else request.GET
    chosen = [role.id for role in roles if role.id in asked.getlist("roles")]
    if request.method != "POST" and "xem" not in request.GET:
        chosen = [role.id for role in roles if role.id in USUAL.get(conference.kind, ())]
    problems: list[str] = []
    if request.method == "POST":
        try:
            done = acts.invite_by_roles(conference, chosen, by=request.user)
        except Refused as refused:
            problems = [problem.message for problem in refused.problems]
        else:
            messages.success(request, _said(done))
            return redirect(_back(conference))
    found, would = acts.preview(conference, chosen)
    shown = {
        "title": _("Mời theo chức vụ"),
        "crumbs": [
            *crumbs(conference, "")[:-1],
            (_("Đại biểu"), _back(conference)),
            (_("Mời theo chức vụ"), ""),
        ],
        "conference": conference,
        "roles": [(role, role.id in chosen) for role in roles],
        "preview": found,
        "would": would,
        "problems": problems,
    }
    return render(request, "conferences/by_roles.html", shown, status=REFUSED if problems else 200)


def _said(done: acts.Invited) -> str:
    said = _("Đã mời thêm %(count)s người; giữ nguyên %(kept)s người đã mời.") % {
        "count": len(done.added),
        "kept": done.kept,
    }
    if done.gone:
        names = ", ".join(row.name for row in done.gone[:10])
        said += " " + _("Không còn giữ chức vụ vào ngày hội nghị: %(names)s.") % {"names": names}
    return said


@about("conference.write")
def guest(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Call one person by hand."""
    form = GuestForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            row = acts.invite(InvitationDraft(conference, **form.cleaned_data), by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(
                request, _("Đã mời %(name)s, số %(number)s.") % {"name": row.name, "number": row.number}
            )
            return redirect(_back(conference))
    title = _("Mời khách")
    return form_page(request, form, title, crumbs=crumbs(conference, title)[:-1], cancel=_back(conference))


@about("conference.write")
def edit(request: HttpRequest, conference: Conference, *, invitation_pk: int) -> HttpResponse:
    """Put an invitation right: name, post, body, right to vote."""
    row = invitation_of(conference, invitation_pk)
    start = {"name": row.name, "post": row.post, "organisation": row.organisation, "voting": row.voting}
    form = GuestForm(request.POST or None, user=request.user, correcting=True, initial=start)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        why = data.pop("why")
        draft = InvitationDraft(conference, member=row.member, rule=row.rule, **data)
        try:
            acts.correct_invitation(row, draft, reason=why, by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã sửa giấy mời số %(number)s.") % {"number": row.number})
            return redirect(_back(conference))
    title = _("Sửa giấy mời số %(number)s") % {"number": row.number}
    return form_page(request, form, title, crumbs=crumbs(conference, title)[:-1], cancel=_back(conference))


@about("conference.write", methods=("POST",))
def vote(request: HttpRequest, conference: Conference, *, invitation_pk: int) -> HttpResponse:
    """Give or take the right to vote."""
    row = invitation_of(conference, invitation_pk)
    voting = request.POST.get("voting") == "1"
    return attempt(
        request,
        lambda: acts.set_voting(row, voting, by=request.user),
        _("Đã ghi quyền biểu quyết của %(name)s.") % {"name": row.name},
        _back(conference),
    )


@about("conference.write")
def withdraw(request: HttpRequest, conference: Conference, *, invitation_pk: int) -> HttpResponse:
    """Withdraw an invitation."""
    row = invitation_of(conference, invitation_pk)
    form = ReasonForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            acts.withdraw(row, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã rút giấy mời của %(name)s.") % {"name": row.name})
            return redirect(_back(conference))
    title = _("Rút giấy mời của %(name)s") % {"name": row.name}
    return form_page(
        request,
        form,
        title,
        crumbs=crumbs(conference, title)[:-1],
        cancel=_back(conference),
        submit=_("Rút giấy mời"),
    )


@about("conference.write")
def reply(request: HttpRequest, conference: Conference, *, invitation_pk: int) -> HttpResponse:
    """An answer entered by the office that calls."""
    row = invitation_of(conference, invitation_pk)
    return _reply(request, row, _back(conference), crumbs(conference, "")[:-1])


def _reply(request: HttpRequest, row: Invitation, back: str, way: list[tuple[str, str]]) -> HttpResponse:
    form = ReplyForm(request.POST or None, user=request.user, initial={"on": today(), "answer": "coming"})
    if request.method == "POST" and form.is_valid():
        try:
            acts.reply(ReplyDraft(row, **form.cleaned_data), by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã ghi trả lời của %(name)s.") % {"name": row.name})
            return redirect(back)
    title = _("Trả lời giấy mời: %(name)s") % {"name": row.name}
    lead = _("%(post)s · %(title)s, %(when)s") % {
        "post": row.post,
        "title": row.conference.title,
        "when": row.conference.get_starts_at_display(),
    }
    return form_page(request, form, title, crumbs=way, cancel=back, submit=_("Ghi trả lời"), lead=lead)


@gate("conference.write", methods=("GET", "HEAD"))
def received(request: HttpRequest) -> HttpResponse:
    """Invitations that came to the organisations for which the user acts, with their answers."""
    rows: list[Any] = list(received_invitations(request.user)[:300])
    for row in rows:
        row.reply = row.standing_replies[-1] if row.standing_replies else None
    shown = {
        "title": _("Giấy mời đến"),
        "tabs": [(text, reverse(name), name == "conferences:received") for text, name, _verb in TABS],
        "rows": rows,
    }
    return render(request, "conferences/received.html", shown)


@gate("conference.write")
def answer(request: HttpRequest, invitation_pk: int) -> HttpResponse:
    """An answer entered by the office of the body for which the person comes."""
    row = get_for_user(received_invitations(request.user), pk=invitation_pk)
    back = reverse("conferences:received")
    try:
        return _reply(request, row, back, [(_("Giấy mời đến"), back)])
    except Conflict as conflict:
        return conflict_page(request, str(conflict), back)
