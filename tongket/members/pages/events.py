"""Pages that record, correct and void the events of a member's life."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.codelists import ENDINGS, MEMBER_EVENT
from tongket.core.dates import FOREVER, format_date
from tongket.core.problems import Conflict, Refused
from tongket.members.acts import check_events, correct_event, record_event, void_event
from tongket.members.models import Member, MemberEvent
from tongket.members.pages.editing import address, crumbs, mine
from tongket.members.pages.forms import EventForm
from tongket.members.queries import visible_to
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.forms import ReasonForm
from tongket.ui.records.pages import CONFIRMED, conflict_page, form_page

# Who left so may be re-admitted, or restored when the decision itself was wrong.
_OUT = ("expelled", "struck_off", "left")


def possible_kinds(member: Member) -> list[str]:
    """The kinds of event that can come next in this life."""
    if not member.standing:
        return _beginnings(member)
    spell = member.spells.filter(voided_at__isnull=True, valid_to=FOREVER).first()
    kinds = ["recognised"] if member.standing == "probationary" else []
    kinds.append("transferred")
    kinds.append("exemption_ended" if spell and spell.exempt else "exempted")
    kinds.append("suspension_ended" if spell and spell.suspended else "suspended")
    return [*kinds, *(code for code in MEMBER_EVENT.values if code in ENDINGS)]


def _beginnings(member: Member) -> list[str]:
    if not member.ended_by:
        return ["admitted", "moved_in", "registered"]
    if member.ended_by == "died":
        return []
    return ["readmitted", "restored", "moved_in"] if member.ended_by in _OUT else ["moved_in", "readmitted"]


@gate("member.write")
def new_event(request: HttpRequest, uid: Any) -> HttpResponse:
    """Record what happened: first which kind (only what can come next), then its facts."""
    member = mine(request, uid)
    kinds = possible_kinds(member)
    kind = request.GET.get("viec", "")
    if kind not in kinds:
        shown = {
            "title": _("Ghi việc: %(name)s") % {"name": member.full_name},
            "crumbs": [*crumbs(member), (_("Ghi việc"), "")],
            "kinds": [(MEMBER_EVENT.label(k), "", f"?viec={k}") for k in kinds],
            "nothing": _(
                "Không còn việc nào có thể ghi tiếp. Nếu có việc ghi sai, hãy hủy hoặc đính chính việc đó trước."
            ),
        }
        return render(request, "members/choose_event.html", shown)
    start = {"row_version": member.row_version}
    form = EventForm(request.POST or None, user=request.user, kind=kind, member=member, initial=start)
    if request.method == "POST" and form.is_valid():
        answer = _record(request, member, form)
        if answer is not None:
            return answer
    title = f"{MEMBER_EVENT.label(kind)}: {member.full_name}"
    return form_page(request, form, title, crumbs=crumbs(member), cancel=address(member))


def _record(request: HttpRequest, member: Member, form: EventForm) -> HttpResponse | None:
    draft = form.draft()
    version = form.cleaned_data.get("row_version")
    if version != member.row_version:
        return _told(request, member)
    problems_to_form(form, check_events([draft]))
    if not form.is_valid() or (form.warnings and request.POST.get(CONFIRMED) != "1"):
        return None
    try:
        event = record_event(draft, by=request.user, expected_version=version)
    except Refused as refused:
        problems_to_form(form, refused)
        return None
    except Conflict:
        return _told(request, member)
    said = {"what": MEMBER_EVENT.label(event.kind), "day": format_date(event.on)}
    messages.success(request, _("Đã ghi: %(what)s, ngày %(day)s.") % said)
    return redirect(address(member))


def _told(request: HttpRequest, member: Member) -> HttpResponse:
    said = _("Hồ sơ của %(name)s vừa được người khác sửa sau khi bạn mở trang này.") % {
        "name": member.full_name
    }
    return conflict_page(request, said, address(member))


def _event(member: Member, pk: int) -> MemberEvent:
    return get_for_user(
        MemberEvent.objects.filter(member=member).select_related("organisation", "member"), pk=pk
    )


@gate("member.write")
def event_correct(request: HttpRequest, uid: Any, pk: int) -> HttpResponse:
    """Replace a wrongly recorded event by the right one."""
    member = mine(request, uid)
    event = _event(member, pk)
    if event.voided_at is not None:
        return _told(request, member)
    form = EventForm(
        request.POST or None, user=request.user, kind=event.kind, member=member, correcting=event
    )
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        problems_to_form(form, [p for p in check_events([draft]) if p.severity == "warning"])
        if not form.warnings or request.POST.get(CONFIRMED) == "1":
            try:
                correct_event(event, draft, reason=form.cleaned_data["why"], by=request.user)
            except Refused as refused:
                problems_to_form(form, refused)
            except Conflict:
                return _told(request, member)
            else:
                messages.success(request, _("Đã đính chính; việc ghi sai được giữ lại, gạch bỏ."))
                return redirect(address(member))
    title = _("Đính chính: %(what)s") % {"what": MEMBER_EVENT.label(event.kind)}
    return form_page(request, form, title, crumbs=crumbs(member), cancel=address(member))


@gate("member.write")
def event_void(request: HttpRequest, uid: Any, pk: int) -> HttpResponse:
    """Void an event that did not happen."""
    member = mine(request, uid)
    event = _event(member, pk)
    if event.voided_at is not None:
        return _told(request, member)
    form = ReasonForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            void_event(event, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict:
            return _told(request, member)
        else:
            messages.success(request, _("Đã hủy việc ghi sai; nó được giữ lại, gạch bỏ."))
            # Without any event a person is in no cell, and so in nobody's scope: then back to the list.
            seen = visible_to(request.user).filter(pk=member.pk).exists()
            return redirect(address(member) if seen else reverse("members:list"))
    said = {"what": MEMBER_EVENT.label(event.kind), "day": format_date(event.on)}
    title = _("Hủy việc: %(what)s ngày %(day)s") % said
    return form_page(
        request, form, title, crumbs=crumbs(member), cancel=address(member), submit=_("Hủy việc này")
    )
