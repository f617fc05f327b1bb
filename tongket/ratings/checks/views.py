"""The page of findings: what the automatic checks say about a round, and what was set aside with a reason."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.audit.acts import log_reading
from tongket.core.codelists import RATING_LEVEL
from tongket.core.problems import Conflict, Refused
from tongket.ratings.checks.acts import override_check, void_override
from tongket.ratings.checks.declarations import BY_CODE, NO_LEVEL
from tongket.ratings.checks.queries import Checked, Finding, checked
from tongket.ratings.quota.access import frame, name_of, round_for
from tongket.ratings.rounds.models import RatingCandidate, RatingOverride, RatingRound
from tongket.ui.gate import gate, get_for_user
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.records.asking import reason_page
from tongket.ui.records.pages import REFUSED, conflict_page
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.templatetags.ui import lang

PER_PAGE = 50
SEVERITY = {
    "bad": gettext_lazy("Cần xử lý"),
    "warn": gettext_lazy("Cần xem lại"),
    "info": gettext_lazy("Không có số liệu"),
}
STATES = (
    ("", gettext_lazy("Tất cả")),
    ("mo", gettext_lazy("Chưa xử lý")),
    ("da-ghi", gettext_lazy("Đã ghi lý do giữ nguyên")),
    ("thieu", gettext_lazy("Không có số liệu")),
)


@gate("rating.read", methods=("GET", "HEAD", "POST"))
def check_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Findings, filtered by check and state. POST sets one aside (needs `rating.write` at the rating organisation)."""
    round = round_for(request, pk, "rating.write" if request.method == "POST" else "rating.read")
    refused: dict[str, Any] = {}
    if request.method == "POST":
        try:
            return _set_aside(request, round)
        except Refused as fault:
            said = " ".join(problem.message for problem in fault.problems)
            refused = {
                "refused": said,
                "refused_key": f"{request.POST.get('candidate')}:{request.POST.get('check')}",
                "refused_reason": request.POST.get("reason", ""),
            }
        except Conflict as conflict:
            return conflict_page(request, str(conflict), request.path)
    found = checked(round, request.user)
    rows = _chosen(request, found)
    if request.GET.get(EXPORT) == "xlsx":
        return _workbook(request, round, found, rows)
    # Who has no level yet: one line instead of hundreds.
    waiting = sum(one.check.code == NO_LEVEL for one in found.open)
    if request.GET.get("kiem-tra", "") != NO_LEVEL:
        rows = [one for one in rows if one.check.code != NO_LEVEL]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    shown = {
        **frame(request, round, _("Kiểm tra tự động"), "checks"),
        "found": found,
        "waiting": waiting,
        "unanswered": len(found.open) - waiting,
        "page": page,
        "rows": [_row(one, found) for one in page],
        "chosen_check": request.GET.get("kiem-tra", ""),
        "chosen_state": request.GET.get("tinh-trang", ""),
        "states": STATES,
        "counts": _counts(found),
        "overrides": [_override(row) for row in found.overrides],
        **refused,
    }
    return render(request, "ratings/checks.html", shown, status=REFUSED if refused else 200)


@gate("rating.write")
def override_void(request: HttpRequest, pk: int, override: int) -> HttpResponse:
    """Take an override back, with the reason; only one that the user may know of."""
    round = round_for(request, pk, "rating.write")
    known = {row.pk for row in checked(round, request.user).overrides}
    rows = RatingOverride.objects.filter(pk__in=known).select_related("candidate__organisation")
    row = get_for_user(rows, pk=override)
    back = reverse("ratings:round_checks", args=[pk])
    title = _("Hủy lý do giữ nguyên")
    return reason_page(
        request,
        title,
        lambda reason: void_override(row, reason=reason, by=request.user),
        back=back,
        crumbs=[(name_of(round), back)],
    )


def _set_aside(request: HttpRequest, round: RatingRound) -> HttpResponse:
    rows = RatingCandidate.objects.filter(voided_at__isnull=True).select_related("organisation", "round")
    candidate = get_for_user(rows, round=round, pk=request.POST.get("candidate") or 0)
    override_check(
        candidate, request.POST.get("check", ""), reason=request.POST.get("reason", ""), by=request.user
    )
    messages.success(request, _("Đã ghi lý do giữ nguyên, kèm tên bạn và ngày ghi."))
    return redirect(request.get_full_path())


def _chosen(request: HttpRequest, found: Checked) -> list[Finding]:
    rows = list(found.findings)
    code, state = request.GET.get("kiem-tra", ""), request.GET.get("tinh-trang", "")
    if code in BY_CODE:
        rows = [one for one in rows if one.check.code == code]
    if state == "mo":
        rows = [one for one in rows if one.severity != "info" and one.key not in found.answered]
    elif state == "da-ghi":
        rows = [one for one in rows if one.key in found.answered]
    elif state == "thieu":
        rows = [one for one in rows if one.severity == "info"]
    return rows


def _counts(found: Checked) -> list[dict[str, Any]]:
    return [
        {"check": check, "count": sum(one.check.code == check.code for one in found.findings)}
        for check in found.ran
    ]


def _row(one: Finding, found: Checked) -> dict[str, Any]:
    return {
        "one": one,
        "key": f"{one.state.candidate_id}:{one.check.code}",
        "level": RATING_LEVEL.label(one.state.level, lang()) if one.state.level else "",
        "severity": SEVERITY[one.severity],
        "override": next((o for o in found.overrides if (o.candidate_id, o.check_code) == one.key), None),
        "links": [
            (
                reverse(
                    "inspections:detail" if told.kind == "member" else "inspections:organisation_detail",
                    args=[told.pk],
                ),
                told.on,
            )
            for told in one.disciplines
            if told.readable
        ],
    }


def _override(row: RatingOverride) -> dict[str, Any]:
    check = BY_CODE.get(row.check_code)
    who: Any = row.candidate.member or row.candidate.organisation
    return {"row": row, "check": check.title if check else row.check_code, "who": str(who)}


def _workbook(request: HttpRequest, round: RatingRound, found: Checked, rows: list[Finding]) -> HttpResponse:
    title = _("Kiểm tra tự động")
    log_reading(
        "rating_round.export", by=request.user, subject=round, organisation=round.organisation, rows=len(rows)
    )
    reasons = {(row.candidate_id, row.check_code): row for row in found.overrides}
    lines = []
    for one in rows:
        kept = reasons.get(one.key)
        level = RATING_LEVEL.label(one.state.level, lang()) if one.state.level else ""
        who = [one.state.code, one.state.name, one.state.organisation_name, level]
        by = [kept.reason, str(kept.recorded_by or ""), kept.recorded_at] if kept else ["", "", None]
        lines.append([*who, one.check.title, SEVERITY[one.severity], one.text, *by])
    heads = [
        Column(_("Mã"), 14),
        Column(_("Tên"), 30),
        Column(_("Tổ chức"), 30),
        Column(_("Mức"), 30),
        Column(_("Kiểm tra"), 36),
        Column(_("Mức độ"), 16),
        Column(_("Nội dung"), 70),
        Column(_("Lý do giữ nguyên"), 50),
        Column(_("Người ghi"), 24),
        Column(_("Ngày ghi"), 18, "moment"),
    ]
    return workbook_response(list_workbook(title, name_of(round), heads, lines), title)
