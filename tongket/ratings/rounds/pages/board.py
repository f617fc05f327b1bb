"""The rounds, and one round: its plan, how far each cell or body is, the rounds below it, what was decided."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.dates import today
from tongket.core.judging import RATED
from tongket.core.problems import Conflict, Refused
from tongket.members.models import Member
from tongket.organisations.models import Organisation
from tongket.organisations.queries import visible_to
from tongket.ratings.rounds.acts import (
    check_round,
    correct_round,
    open_round,
    open_rounds_below,
    refresh_list,
    void_round,
)
from tongket.ratings.rounds.chain.undo import last_saving, undo_last
from tongket.ratings.rounds.deciding.acts import Readiness
from tongket.ratings.rounds.deciding.queries import corrections_of
from tongket.ratings.rounds.lists import Listed, changes_of_list
from tongket.ratings.rounds.models import RatingCandidate
from tongket.ratings.rounds.pages.access import (
    attempt,
    frame,
    held_round,
    passes,
    round_for,
    round_name,
    told,
)
from tongket.ratings.rounds.pages.forms import RoundForm
from tongket.ratings.rounds.progress import parts_of, progress_of, rounds_below, stages_of
from tongket.ratings.rounds.queries import standing_of, visible_rounds
from tongket.ui.context import ViewContext, view_context
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, held_verbs
from tongket.ui.lists import numbered
from tongket.ui.records.asking import reason_page
from tongket.ui.records.lists import below
from tongket.ui.records.pages import conflict_page, form_page
from tongket.ui.templatetags.ui import spoken


@gate("rating.read")
def round_list(request: HttpRequest) -> HttpResponse:
    """The rounds of the period for the organisation looked at and what is below it, with how far each is."""
    view = view_context(request, "rating.read")
    inside = below(view.organisation, view.period)
    listed = RatingCandidate.objects.filter(organisation__in=inside, voided_at__isnull=True).values("round")
    here = visible_rounds(request.user).filter(Q(organisation__in=inside) | Q(pk__in=listed))
    rows = here.filter(period_end__gte=view.period.start, period_end__lte=view.period.end)
    subject = request.GET.get("loai", "")
    if subject in RATED.values:
        rows = rows.filter(subject=subject)
    rows = rows.order_by("-period_end", "-subject", "organisation__position", "organisation__code")
    page = numbered(request, rows)
    shown = {
        "title": _("Đợt xếp loại"),
        "view": view,
        "rounds": [
            (one, part, round_name(one))
            for one, part in zip(page.object_list, progress_of(list(page.object_list)), strict=True)
        ],
        "page": page,
        "other_years": _other_years(view, here),
        "subject": subject,
        "subjects": [(code, spoken(text)) for code, text in RATED.choices],
        "day": today(),
        "may_write": "rating.write" in held_verbs(request),
    }
    return render(request, "ratings/rounds/list.html", shown)


def _other_years(view: ViewContext, rows: Any) -> list[tuple[int, int, str]]:
    """The years outside the period looked at that have rounds: year, how many, where they are listed."""
    outside = rows.exclude(period_end__gte=view.period.start, period_end__lte=view.period.end)
    years = outside.order_by().values_list("period_end__year").annotate(number=Count("pk", distinct=True))
    return [(year, number, view.query(period=str(year))) for year, number in sorted(years, reverse=True)]


@gate("rating.write")
def round_new(request: HttpRequest) -> HttpResponse:
    """Open a round; its list is made at once."""
    view = view_context(request, "rating.write")
    start = {"organisation": view.organisation, "period": view.period.code, "opened_on": today()}
    form = RoundForm(request.POST or None, user=request.user, initial=start)
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        if passes(request, form, check_round(draft)):
            try:
                opened = open_round(draft, by=request.user)
            except Refused as refused:
                problems_to_form(form, refused)
            else:
                told(request, _("Đã mở đợt và lập danh sách."))
                return redirect("ratings:round", opened.pk)
    crumbs = [(_("Đợt xếp loại"), reverse("ratings:round_list"))]
    return form_page(
        request,
        form,
        _("Mở đợt xếp loại"),
        cancel=reverse("ratings:round_list"),
        crumbs=crumbs,
        submit=_("Mở đợt và lập danh sách"),
        lead=_(
            "Danh sách lấy theo sổ vào ngày cuối kỳ (kỳ chưa hết: theo sổ hôm nay) và có thể đọc lại sau."
        ),
    )


@gate("rating.read")
def round_board(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: stages by counts, each cell or body with its bar, deadlines, the rounds below, the decision."""
    standing = round_for(request, pk)
    round = standing.round
    states = standing_of(round, organisations=visible_to(request.user, "rating.read"))
    ready = Readiness(tuple(states))
    decision = standing.decision
    shown: dict[str, Any] = {
        **frame(standing),
        "states": states,
        "ready": ready,
        "stages": stages_of(round, states),
        "parts": parts_of(round, states),
        "one": {state.organisation_id: state for state in states} if round.subject == "organisations" else {},
        "below": rounds_below(round) if standing.reads and round.subject == "organisations" else [],
        "corrections": corrections_of(decision) if decision else [],
        "saving": last_saving(round, request.user) if standing.stages else None,
        "day": today(),
        "levels_rule": "rate.levels.member" if round.subject == "members" else "rate.levels.organisation",
    }
    return render(request, "ratings/rounds/board.html", shown)


@gate("rating.write")
def round_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the plan of a round, with the reason."""
    standing = held_round(request, pk)
    back = reverse("ratings:round", args=[standing.round.pk])
    form = RoundForm(request.POST or None, user=request.user, correcting=standing.round)
    if request.method == "POST" and form.is_valid():
        try:
            new = correct_round(
                standing.round, form.draft(), reason=form.cleaned_data["why"], by=request.user
            )
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), back)
        else:
            told(request, _("Đã sửa kế hoạch của đợt."))
            return redirect("ratings:round", new.pk)
    title = _("Sửa kế hoạch của đợt")
    return form_page(request, form, title, cancel=back, crumbs=frame(standing, title)["crumbs"][:-1])


@gate("rating.write")
def round_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Void a round opened by mistake."""
    standing = held_round(request, pk)
    back = reverse("ratings:round", args=[standing.round.pk])
    title = _("Hủy đợt xếp loại")
    crumbs = frame(standing, title)["crumbs"][:-1]
    return reason_page(
        request,
        title,
        lambda reason: void_round(standing.round, reason=reason, by=request.user),
        back=back,
        then="ratings:round_list",
        done=_("Đã hủy đợt; bản ghi được giữ lại, gạch bỏ."),
        crumbs=crumbs,
    )


@gate("rating.write")
def round_refresh(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how the register differs from the list; on confirmation take it over."""
    standing = held_round(request, pk)
    back = reverse("ratings:round", args=[standing.round.pk])
    if request.method == "POST":
        done = _("Đã cập nhật danh sách theo sổ.")
        return attempt(request, lambda: refresh_list(standing.round, by=request.user), done, back)
    changes = changes_of_list(standing.round)
    names = _names(changes.came)
    shown = {
        **frame(standing, _("Đọc lại danh sách theo sổ")),
        "changes": changes,
        "came": [(names.get(one.key, ""), one.reason) for one in changes.came],
    }
    return render(request, "ratings/rounds/refresh.html", shown)


def _names(listed: Sequence[Listed]) -> dict[int, str]:
    members = Member.objects.filter(pk__in=[one.member_id for one in listed if one.member_id])
    bodies = Organisation.objects.filter(pk__in=[one.organisation_id for one in listed if not one.member_id])
    return {**dict(members.values_list("pk", "full_name")), **dict(bodies.values_list("pk", "name"))}


@gate("rating.write", methods=("POST",))
def round_open_below(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the members' rounds of all grassroots organisations on the list."""
    standing = held_round(request, pk)
    back = reverse("ratings:round", args=[standing.round.pk])
    done = _("Đã mở đợt xếp loại đảng viên cho các tổ chức cơ sở trong danh sách.")
    return attempt(request, lambda: open_rounds_below(standing.round, by=request.user), done, back)


@gate("rating.write", methods=("POST",))
def round_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the user's own last saving."""
    standing = round_for(request, pk, "rating.write")
    back = reverse("ratings:round", args=[standing.round.pk])
    done = _("Đã hoàn tác lần ghi vừa rồi.")
    return attempt(request, lambda: undo_last(standing.round, by=request.user), done, back)
