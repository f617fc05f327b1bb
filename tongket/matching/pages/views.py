"""The queue of suspected duplicates, two entries side by side, and what is decided about them."""

from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.accounts.models import User
from tongket.audit.acts import log_reading
from tongket.core.problems import Conflict, Refused
from tongket.matching import queries
from tongket.matching.acts import ask_again, find_duplicates, keep_apart
from tongket.matching.models import SuspectedPair
from tongket.matching.pages.forms import CompareForm, WhyForm
from tongket.matching.pages.lines import life_lines, profile_lines, verdict
from tongket.matching.queries import VERB, Side, mergeable
from tongket.members.fields import RESTRICTED
from tongket.members.models import Member
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user, held_verbs
from tongket.ui.lists import EXPORT, TABLES, numbered
from tongket.ui.records.pages import conflict_page, form_page
from tongket.ui.shell.errors import Missing

READ = ("GET", "HEAD")
TITLE = "Hồ sơ nghi trùng"


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back."""
    return [(_("Đảng viên"), reverse("members:list")), (_(TITLE), reverse("matching:list")), *more]


def _numbered(request: HttpRequest, rows: Any) -> Any:
    """The page asked for; all pairs where they leave as Excel, which is noted like every list of people."""
    page = numbered(request, rows)
    if request.GET.get(EXPORT) == TABLES and page.object_list:
        by: Any = request.user
        log_reading("member.export", by=by, subject=by, rows=len(page.object_list), page=request.path)
        log_reading(
            "member.export",
            by=request.user,
            subject=cast(User, request.user),
            rows=len(page.object_list),
            layout=request.path,
        )
    return page


def _tabs(here: str) -> list[tuple[str, str, bool]]:
    said = (
        (_("Chờ kết luận"), "list"),
        (_("Đã kết luận là hai người"), "apart"),
        (_("Đã gộp"), "merges"),
    )
    return [(text, reverse(f"matching:{name}"), name == here) for text, name in said]


@gate(VERB, methods=READ)
def suspected(request: HttpRequest) -> HttpResponse:
    """Pairs that wait for a decision; any two entries may be compared by their codes."""
    searched = SuspectedPair.objects.order_by("-found_at").values_list("found_at", flat=True).first()
    shown = {
        "title": _(TITLE),
        "crumbs": crumbs(),
        "tabs": _tabs("list"),
        "page": _numbered(request, queries.open_pairs(request.user)),
        "searched": searched,
        "form": CompareForm(user=request.user),
    }
    return render(request, "matching/suspected.html", shown)


@gate(VERB, methods=("POST",))
def search(request: HttpRequest) -> HttpResponse:
    """Search the user's part of the register anew."""
    found = find_duplicates(mergeable(request.user), by=request.user)
    messages.success(
        request, _("Đã tìm xong: %(count)s cặp hồ sơ trùng hoặc nghi trùng.") % {"count": len(found)}
    )
    return redirect("matching:list")


@gate(VERB, methods=READ)
def apart(request: HttpRequest) -> HttpResponse:
    """Pairs that were found to be two persons, with who said so and why."""
    page = _numbered(request, queries.kept_apart(request.user))
    shown = {"title": _(TITLE), "crumbs": crumbs(), "tabs": _tabs("apart"), "page": page}
    return render(request, "matching/apart.html", shown)


@gate(VERB, methods=READ)
def merged(request: HttpRequest) -> HttpResponse:
    """Merges that stand."""
    page = _numbered(request, queries.merges(request.user))
    shown = {"title": _(TITLE), "crumbs": crumbs(), "tabs": _tabs("merges"), "page": page}
    return render(request, "matching/merges.html", shown)


def _coded(members: QuerySet[Member], code: str) -> Member | None:
    found = members.filter(code__iexact=code).first()
    return found or members.filter(pk__in=queries.kept_by_old_code(code)).first()


@gate(VERB, methods=READ)
def compare(request: HttpRequest) -> HttpResponse:
    """From two codes to the page of the two."""
    found = []
    for name in ("mot", "hai"):
        code = request.GET.get(name, "").strip()
        member = _coded(mergeable(request.user), code) if code else None
        if member is None:
            said = _("Không có đảng viên mã “%(code)s” trong phạm vi được giao cho bạn. Kiểm tra lại mã.")
            messages.error(request, said % {"code": code[:20]})
            return redirect("matching:list")
        found.append(member)
    if found[0].pk == found[1].pk:
        messages.error(request, _("Hai mã này là của cùng một hồ sơ. Nhập hai mã khác nhau."))
        return redirect("matching:list")
    return redirect("matching:pair", found[0].uid, found[1].uid)


def two(request: HttpRequest, one: Any, other: Any, verb: str = VERB) -> tuple[Member, Member]:
    """Two different entries that the user may compare, in one question. Raises `Missing` (404)."""
    rows = queries.visible_to(request.user, verb).filter(uid__in=(one, other))
    found = {member.uid: member for member in rows.select_related("organisation__parent")}
    if len(found) != 2:
        raise Missing(_("Không tìm thấy hai hồ sơ này, hoặc bạn không được giao xem."))
    return found[one], found[other]


@gate(VERB, methods=READ)
def pair(request: HttpRequest, one: Any, other: Any) -> HttpResponse:
    """Two entries side by side; opening them is logged, restricted fields only say whether they agree."""
    members = two(request, one, other)
    log_reading(
        "register.compare",
        by=request.user,
        subject=members[0],
        organisation=members[0].organisation,
        members=[member.code for member in members],
    )
    return _pair_page(request, *queries.sides(members), revealed=False)


@gate("member.sensitive", methods=("POST",))
def reveal(request: HttpRequest, one: Any, other: Any) -> HttpResponse:
    """Show the restricted fields of both, and log that they were read."""
    if VERB not in held_verbs(request):
        raise Missing(_("Không tìm thấy hai hồ sơ này, hoặc bạn không được giao xem."))
    two(request, one, other)
    members = two(request, one, other, "member.sensitive")
    log_reading(
        "register.compare_sensitive",
        by=request.user,
        subject=members[0],
        organisation=members[0].organisation,
        members=[member.code for member in members],
        fields=sorted(RESTRICTED),
    )
    return _pair_page(request, *queries.sides(members), revealed=True)


def _pair_page(request: HttpRequest, one: Side, other: Side, *, revealed: bool) -> HttpResponse:
    judgement = queries.judged(one, other)
    title = f"{one.member.full_name} – {other.member.full_name}"
    shown = {
        "title": title,
        "crumbs": crumbs((title, "")),
        "one": one.member,
        "other": other.member,
        "judgement": judgement,
        "verdict": verdict(judgement),
        "lines": profile_lines(one, other, revealed=revealed),
        "lives": life_lines(one, other),
        "decision": queries.decision_on(one.member, other.member),
        "revealed": revealed,
        "may_reveal": "member.sensitive" in held_verbs(request),
    }
    return render(request, "matching/pair.html", shown)


@gate(VERB)
def two_persons(request: HttpRequest, one: Any, other: Any) -> HttpResponse:
    """Decide that two entries are two persons."""
    members = two(request, one, other)
    form = WhyForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            keep_apart(*members, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã ghi: đây là hai người. Cặp này không còn trong danh sách chờ."))
            return redirect("matching:list")
    title = _("Là hai người: %(one)s (%(a)s) và %(other)s (%(b)s)") % {
        "one": members[0].full_name,
        "other": members[1].full_name,
        "a": members[0].code,
        "b": members[1].code,
    }
    back = reverse("matching:pair", args=[one, other])
    return form_page(
        request, form, title, crumbs=crumbs(), cancel=back, submit=_("Ghi kết luận là hai người")
    )


@gate(VERB)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the decision that two entries are two persons."""
    decision = get_for_user(queries.kept_apart(request.user), pk=pk)
    form = WhyForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            ask_again(decision, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), reverse("matching:apart"))
        else:
            messages.success(request, _("Cặp này được xem xét lại."))
            return redirect("matching:pair", decision.one.uid, decision.other.uid)
    title = _("Xem xét lại: %(one)s và %(other)s") % {
        "one": decision.one.full_name,
        "other": decision.other.full_name,
    }
    back = reverse("matching:apart")
    return form_page(request, form, title, crumbs=crumbs(), cancel=back, submit=_("Xem xét lại"))
