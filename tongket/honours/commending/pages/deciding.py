"""The council's view (counts only) and the decision, each for the whole list on one page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.records import GONE, current
from tongket.core.dates import BadDate, format_date, parse_date, today
from tongket.core.problems import Conflict, Problem, Refused
from tongket.honours.commending.acts import decide, record_views
from tongket.honours.commending.drafts import Choice, DecisionDraft, ViewDraft
from tongket.honours.commending.giving.papers import council_minutes, decision_paper
from tongket.honours.commending.models import CommendationDecision, CommendationRound, CouncilView
from tongket.honours.commending.pages.frame import Line, Work, download, frame, round_for, work_of
from tongket.honours.commending.queries import decisions_of
from tongket.honours.commending.undoing import void_decision
from tongket.organisations.paper_names import issuer_of
from tongket.ui.gate import gate, get_for_user
from tongket.ui.lists import EXPORT
from tongket.ui.records.asking import reason_page
from tongket.ui.records.pages import conflict_page
from tongket.ui.word_paper import WORD_TYPE


def _day(text: str, field: str) -> date:
    try:
        return parse_date(text)
    except BadDate as error:
        raise Refused([Problem(field, str(error))]) from None


def _votes(text: str, what: str, index: int) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not text.isdecimal() or len(text) > 6:
        raise Refused(
            [Problem("", f"Dòng {index + 1}: “{what}” phải là số nguyên, từ 0 trở lên.", index=index)]
        )
    return int(text)


def _groups(work: Work, lines: Sequence[Line]) -> list[tuple[Any, list[tuple[int, Line]]]]:
    """By title, each line with its number in the whole list (messages name it)."""
    numbered = list(enumerate(lines, start=1))
    found = [(title, [one for one in numbered if one[1].title is title]) for title in work.titles.values()]
    return [group for group in found if group[1]]


@gate("honour.read", methods=("GET", "HEAD", "POST"))
def council(request: HttpRequest, pk: int) -> HttpResponse:
    """Votes for, of how many, recommended or not with the reason; the minutes in Word."""
    writing = request.method == "POST"
    round_ = round_for(request, pk, "honour.write" if writing else "honour.read")
    work = work_of(request, round_)
    lines = [line for line in work.lines if line.proposal.commended is None]
    held = (
        current(CouncilView.objects.filter(round=round_.identity))
        .order_by("-on")
        .values_list("on", flat=True)
    )
    on = held.first()
    if request.GET.get(EXPORT) == "docx":
        rows = [line.proposal for line in work.lines]
        content = council_minutes(round_, rows, list(work.titles.values()), on or today())
        return download(request, round_, content, WORD_TYPE, f"bien-ban-hoi-dong-{round_.period}.docx")
    problems: Sequence[Problem] = ()
    if writing:
        try:
            views, day = _views(request, lines), _day(request.POST.get("ngay", ""), "on")
            count = record_views(round_, views, on=day, by=request.user)
        except Refused as refused:
            problems = refused.problems
        except Conflict as conflict:
            problems = [Problem("", str(conflict))]
        else:
            messages.success(request, _("Đã ghi ý kiến hội đồng về %(count)d đề nghị.") % {"count": count})
            return redirect(reverse("honours:commending_council", args=[pk]))
    page = frame(request, round_, _("Hội đồng xét"), "commending_council")
    page |= {
        "parts": _groups(work, lines),
        "count": len(lines),
        "viewed": sum(line.proposal.view_recommended is not None for line in lines),
        "on": request.POST.get("ngay") if writing else format_date(on or today()),
        "base": request.POST.get("tong", "") if writing else "",
        "problems": problems,
        "posted": request.POST if writing else None,
        "values": _shown_views(request, lines, writing),
    }
    return render(request, "honours/commending/council.html", page, status=422 if problems else 200)


def _shown_views(request: HttpRequest, lines: Sequence[Line], writing: bool) -> dict[int, dict[str, Any]]:
    shown = {}
    for line in lines:
        one, key = line.proposal, line.proposal.pk
        if writing:
            shown[key] = {
                "agree": request.POST.get(f"phieu-{key}", ""),
                "opinion": request.POST.get(f"y-kien-{key}", ""),
                "reason": request.POST.get(f"ly-do-{key}", ""),
            }
            continue
        opinion = {True: "co", False: "khong", None: ""}[one.view_recommended]
        shown[key] = {
            "agree": "" if one.view_agree is None else one.view_agree,
            "base": one.view_base,
            "opinion": opinion,
            "reason": one.view_reason or "",
        }
    return shown


def _views(request: HttpRequest, lines: Sequence[Line]) -> list[ViewDraft]:
    """The rows that say something; the rest waits for another meeting."""
    common = _votes(request.POST.get("tong", ""), "Số thành viên", 0)
    found = []
    for index, line in enumerate(lines):
        key = line.proposal.pk
        opinion = request.POST.get(f"y-kien-{key}", "")
        if opinion not in ("co", "khong"):
            continue
        agree = _votes(request.POST.get(f"phieu-{key}", ""), "Phiếu tán thành", index)
        base = common if common is not None else line.proposal.view_base
        found.append(
            ViewDraft(
                line.proposal.identity,
                opinion == "co",
                base if agree is not None else None,
                agree,
                request.POST.get(f"ly-do-{key}", ""),
                index + 1,
            )
        )
    if not found:
        raise Refused(
            [Problem("", "Chưa ghi ý kiến về đề nghị nào. Hãy chọn Đề nghị hoặc Không ở từng dòng.")]
        )
    return found


@gate("honour.write")
def deciding(request: HttpRequest, pk: int) -> HttpResponse:
    """Which are commended, why others are not, why a failed check is set aside; one act writes it all."""
    round_ = round_for(request, pk, "honour.write")
    work = work_of(request, round_)
    if request.GET.get(EXPORT) == "docx":
        return _paper(request, round_, work)
    lines = [line for line in work.lines if line.proposal.commended is None]
    problems: Sequence[Problem] = ()
    if request.method == "POST":
        try:
            draft = _decision(request, lines)
            decide(round_, draft, by=request.user)
        except Refused as refused:
            problems = refused.problems
        except Conflict as conflict:
            problems = [Problem("", str(conflict))]
        else:
            said = {"count": sum(one.commended for one in draft.choices), "all": len(draft.choices)}
            messages.success(request, _("Đã ghi quyết định: khen %(count)d trong %(all)d đề nghị.") % said)
            return redirect(reverse("honours:commending", args=[pk]))
    page = frame(request, round_, _("Quyết định khen thưởng"), "commending_decide")
    name, committee = issuer_of(round_.organisation.name, round_.organisation.kind)
    standing = committee not in ("Đảng ủy", "Chi bộ")
    page |= {
        "parts": _groups(work, lines),
        "count": len(lines),
        "values": _shown_choices(request, lines),
        "problems": problems,
        "number": request.POST.get("so", ""),
        "on": request.POST.get("ngay") or format_date(today()),
        "body": request.POST.get("co_quan") or (f"Ban Thường vụ {name}" if standing else name),
        "cap_reason": request.POST.get("ly-do-so-luong", ""),
        "over": any(problem.field == "cap_reason" for problem in problems),
        "decisions": decisions_of(round_),
        "day": round_.period_end,
    }
    return render(request, "honours/commending/decide.html", page, status=422 if problems else 200)


@gate("honour.write")
def decision_void(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Void a decision entered wrongly, with the reason."""
    round_ = round_for(request, pk, "honour.write")
    decision = get_for_user(CommendationDecision.objects.filter(round=round_.identity), pk=key)
    back = reverse("honours:commending", args=[pk])
    if decision.voided_at is not None:
        return conflict_page(request, GONE, back)
    title = _("Hủy quyết định %(number)s") % {"number": decision.decision_number}
    return reason_page(
        request,
        title,
        lambda reason: void_decision(round_, decision, reason=reason, by=request.user),
        back=back,
        done=_("Đã hủy quyết định; các đề nghị lại chờ quyết định."),
        lead=_(
            "Khen thưởng và số vào sổ theo quyết định này bị hủy cùng lúc; các đề nghị lại chờ quyết định."
        ),
        crumbs=[(_("Đợt khen thưởng"), reverse("honours:commending_list")), (round_.name, back)],
    )


def _shown_choices(request: HttpRequest, lines: Sequence[Line]) -> dict[int, dict[str, Any]]:
    posted = request.method == "POST"
    shown = {}
    for line in lines:
        one, key = line.proposal, line.proposal.pk
        start = {True: "co", False: "khong", None: ""}[one.view_recommended]
        shown[key] = {
            "choice": request.POST.get(f"chon-{key}", "") if posted else start,
            "reason": request.POST.get(f"ly-do-{key}", "") if posted else one.view_reason or "",
            "aside": request.POST.get(f"bo-qua-{key}", "") if posted else "",
        }
    return shown


def _decision(request: HttpRequest, lines: Sequence[Line]) -> DecisionDraft:
    choices = []
    for index, line in enumerate(lines):
        key = line.proposal.pk
        chosen = request.POST.get(f"chon-{key}", "")
        if chosen in ("co", "khong"):
            choices.append(
                Choice(
                    line.proposal.identity,
                    chosen == "co",
                    request.POST.get(f"ly-do-{key}", ""),
                    request.POST.get(f"bo-qua-{key}", ""),
                    index + 1,
                )
            )
    return DecisionDraft(
        request.POST.get("so", ""),
        _day(request.POST.get("ngay", ""), "on"),
        request.POST.get("co_quan", ""),
        tuple(choices),
        request.POST.get("ly-do-so-luong", ""),
    )


def _paper(request: HttpRequest, round_: CommendationRound, work: Work) -> HttpResponse:
    """The decision of those commended; before there is one, the draft of those the council recommends."""
    decision = next(iter(decisions_of(round_)[::-1]), None)
    rows = [
        line.proposal
        for line in work.lines
        if (
            line.proposal.view_recommended
            if decision is None
            else line.proposal.commended and line.proposal.decision_pk == decision.pk
        )
    ]
    content = decision_paper(round_, rows, list(work.titles.values()), today(), decision)
    return download(request, round_, content, WORD_TYPE, f"quyet-dinh-khen-thuong-{round_.period}.docx")
