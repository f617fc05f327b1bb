"""Pages that change the register: new member, profile, cards."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.core.codelists import MEMBER_EVENT
from tongket.core.dates import today
from tongket.core.problems import Conflict, Refused
from tongket.members.drafts import EventDraft
from tongket.members.fields import BY_NAME, RESTRICTED
from tongket.members.models import Member, MemberCard, MemberDetail
from tongket.members.pages.entry import enter_with_event
from tongket.members.pages.forms import CardForm, EditForm, EventForm, NewMemberForm
from tongket.members.profile.judging import check_details, check_members
from tongket.members.profile_acts import (
    amend_details,
    give_card,
    next_code,
    void_card,
)
from tongket.members.queries import detail_on, field_label, visible_to
from tongket.organisations.queries import may
from tongket.ui.context import view_context
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.fields import shown_value
from tongket.ui.records.forms import ReasonForm
from tongket.ui.records.pages import CONFIRMED, conflict_page, form_page

COMES_BY = ("registered", "admitted", "moved_in")
TITLE = "Đảng viên"


def mine(request: HttpRequest, uid: Any) -> Member:
    """The member whose file the user may change."""
    return get_for_user(visible_to(request.user, "member.write").select_related("organisation"), uid=uid)


def crumbs(member: Member | None = None) -> list[tuple[str, str]]:
    """The way back."""
    way = [(_(TITLE), reverse("members:list"))]
    return way if member is None else [*way, (member.full_name, address(member))]


def address(member: Member) -> str:
    """The member's page."""
    return reverse("members:detail", args=[member.uid])


@gate("member.write")
def new(request: HttpRequest) -> HttpResponse:
    """Enter a person with the event by which he or she comes onto the register."""
    view = view_context(request, "member.write")
    kind = request.GET.get("viec", "")
    if kind not in COMES_BY:
        return _choose_beginning(request)
    sensitive = may(request.user, "member.sensitive")
    form = NewMemberForm(
        request.POST or None, user=request.user, sensitive=sensitive, initial={"code": next_code()}
    )
    event = EventForm(
        request.POST or None,
        user=request.user,
        kind=kind,
        member=None,
        prefix="viec",
        initial={"organisation": view.organisation},
    )
    if request.method == "POST" and form.is_valid() & event.is_valid():
        draft = form.member_draft()
        problems_to_form(form, check_members([draft], by=request.user))
        if form.is_valid() and (not form.warnings or request.POST.get(CONFIRMED) == "1"):
            member = _enter(request, form, event)
            if member is not None:
                messages.success(request, _("Đã ghi đảng viên %(name)s vào sổ.") % {"name": member.full_name})
                return redirect(address(member))
    title = _("Ghi đảng viên mới: %(kind)s") % {"kind": MEMBER_EVENT.label(kind).lower()}
    return form_page(
        request,
        form,
        title,
        crumbs=crumbs(),
        cancel=reverse("members:list"),
        event=event,
        template="members/new.html",
    )


def _enter(request: HttpRequest, form: NewMemberForm, event: EventForm) -> Member | None:
    draft: EventDraft = event.draft()
    try:
        return enter_with_event(form.member_draft(), draft, by=request.user)
    except Refused as refused:
        problems_to_form(event, [p for p in refused.problems if p.field in event.fields])
        problems_to_form(form, [p for p in refused.problems if p.field not in event.fields])
        return None


def _choose_beginning(request: HttpRequest) -> HttpResponse:
    said = {
        "admitted": _("Người mới được kết nạp lần đầu."),
        "moved_in": _("Đảng viên chuyển sinh hoạt từ đảng bộ khác đến."),
        "registered": _("Đảng viên đã sinh hoạt ở đây từ trước khi dùng hệ thống này."),
    }
    kinds = [(MEMBER_EVENT.label(k), text, f"?viec={k}") for k, text in said.items()]
    shown = {"title": _("Ghi đảng viên mới"), "crumbs": [*crumbs(), (_("Ghi mới"), "")], "kinds": kinds}
    return render(request, "members/choose_event.html", shown)


@gate("member.write")
def edit(request: HttpRequest, uid: Any) -> HttpResponse:
    """Change or correct the profile. Someone else's change since the form was opened is shown, not overwritten."""
    member = mine(request, uid)
    sensitive = may(request.user, "member.sensitive", member.organisation)
    latest = member.details.filter(voided_at__isnull=True).order_by("-valid_from").first()
    start = _whole(latest) | {"row_version": member.row_version, "mode": "change"}
    form = EditForm(request.POST or None, user=request.user, sensitive=sensitive, initial=start)
    if request.method != "POST" and sensitive:
        log_reading(
            "member.sensitive",
            by=request.user,
            subject=member,
            organisation=member.organisation,
            fields=sorted(RESTRICTED),
            page="edit",
        )
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["row_version"] != member.row_version:
            return _told(request, member, form, latest)
        answer = _amend(request, member, form, latest)
        if answer is not None:
            return answer
    lead = _(
        "Chọn trước đây là thay đổi trong đời sống hay là sửa điều đã ghi sai; hai việc được lưu khác nhau."
    )
    title = _("Sửa thông tin: %(name)s") % {"name": member.full_name}
    return form_page(request, form, title, crumbs=crumbs(member), cancel=address(member), lead=lead)


def _amend(
    request: HttpRequest, member: Member, form: EditForm, latest: MemberDetail | None
) -> HttpResponse | None:
    changes = form.changes()
    if not changes:
        messages.info(request, _("Không có gì thay đổi."))
        return redirect(address(member))
    problems_to_form(
        form, [p for p in check_details({**_whole(latest), **changes}) if p.severity == "warning"]
    )
    if form.warnings and request.POST.get(CONFIRMED) != "1":
        return None
    since = form.cleaned_data["since"] if form.cleaned_data["mode"] == "change" else None
    try:
        amend_details(
            member,
            changes,
            since=since,
            reason=form.cleaned_data["reason"],
            by=request.user,
            expected_version=form.cleaned_data["row_version"],
        )
    except Refused as refused:
        problems_to_form(form, refused)
        return None
    except Conflict:
        member.refresh_from_db()
        return _told(
            request,
            member,
            form,
            member.details.filter(voided_at__isnull=True).order_by("-valid_from").first(),
        )
    messages.success(request, _("Đã ghi thay đổi; điều đã ghi trước đó được giữ lại."))
    return redirect(address(member))


def _told(request: HttpRequest, member: Member, form: EditForm, latest: MemberDetail | None) -> HttpResponse:
    """The second of two clerks sees what stands now beside what was typed."""
    entered = form.profile()
    rows = [
        (field_label(name).capitalize(), shown_value(latest, name), shown_value(_as_detail(entered), name))
        for name in entered
        if latest is not None and getattr(latest, name) != entered[name]
    ]
    message = _("Thông tin của %(name)s vừa được người khác sửa sau khi bạn mở trang này.") % {
        "name": member.full_name
    }
    return conflict_page(request, message, address(member), differences=rows)


def _whole(latest: MemberDetail | None) -> dict[str, Any]:
    return {name: getattr(latest, name) for name in BY_NAME} if latest else {}


def _as_detail(entered: dict[str, Any]) -> MemberDetail:
    return MemberDetail(**entered)


@gate("member.write")
def card(request: HttpRequest, uid: Any) -> HttpResponse:
    """Record a Party card."""
    member = mine(request, uid)
    form = CardForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            give_card(form.draft(member), by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã ghi thẻ đảng viên."))
            return redirect(address(member))
    return form_page(request, form, _("Ghi thẻ đảng viên"), crumbs=crumbs(member), cancel=address(member))


@gate("member.write")
def card_void(request: HttpRequest, uid: Any, pk: int) -> HttpResponse:
    """Void a wrongly recorded card."""
    member = mine(request, uid)
    row = get_for_user(MemberCard.objects.filter(member=member), pk=pk)
    form = ReasonForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            void_card(row, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), address(member))
        else:
            messages.success(request, _("Đã hủy thẻ ghi sai."))
            return redirect(address(member))
    title = _("Hủy thẻ số %(number)s") % {"number": row.number}
    return form_page(request, form, title, crumbs=crumbs(member), cancel=address(member), submit=_("Hủy thẻ"))


def present_detail(member: Member) -> MemberDetail | None:
    """The profile as it holds today, else the last known."""
    return (
        detail_on(member, today())
        or member.details.filter(voided_at__isnull=True).order_by("-valid_from").first()
    )
