"""The page on which the cap on "excellent" is read: both bases side by side, every pool, who is on the line."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.audit.records import current
from tongket.core.judging import CAP_BASE, RATED
from tongket.core.problems import Conflict, Refused
from tongket.ratings.quota.access import frame, name_of, round_for
from tongket.ratings.quota.acts import mark_special, void_special
from tongket.ratings.quota.forms import SpecialForm
from tongket.ratings.quota.queries import RULES, Judged, judge_decided, judge_round
from tongket.ratings.quota.words import (
    DECIDES,
    POOL_KINDS,
    outcome_of,
    pool_name,
    said,
    share_of,
    sum_of,
)
from tongket.ratings.rounds.models import RatingCandidate, RatingRound, RatingSpecial
from tongket.rules.catalogue import NoRuleInForce, in_force
from tongket.rules.quota import BASES, Pool, Reading
from tongket.ui.context import view_context
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.records.asking import reason_page
from tongket.ui.records.pages import REFUSED, conflict_page
from tongket.ui.sheets import Column, list_workbook

LINE_SHOWN = 60  # names of those on the line; the workbook has all


@gate("rating.read", methods=("GET", "HEAD", "POST"))
def quota(request: HttpRequest, pk: int) -> HttpResponse:
    """The verdict on a round. POST marks a special case (needs `rating.write` at the organisation that rates)."""
    round = round_for(request, pk, "rating.write" if request.method == "POST" else "rating.read")
    judged = judge_round(round)
    if request.GET.get(EXPORT) == "xlsx":
        return _workbook(request, round, judged)
    form = SpecialForm(request.POST or None, user=request.user, choices=_choices(judged))
    if request.method == "POST" and form.is_valid():
        rows = RatingCandidate.objects.select_related("organisation", "round")
        candidate = get_for_user(rows, round=round, pk=form.cleaned_data["candidate"])
        try:
            mark_special(candidate, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), request.path)
        else:
            messages.success(request, _("Đã ghi trường hợp đặc biệt; không tính vào số so với trần."))
            return redirect(request.path)
    shown = {
        **frame(request, round, _("Tỷ lệ hoàn thành xuất sắc"), "quota"),
        **_shown(judged),
        "form": form,
        "choices": len(form.fields["candidate"].choices) > 1,  # type: ignore[attr-defined]
        "specials": _specials(round),
    }
    return render(request, "ratings/quota.html", shown, status=REFUSED if form.is_bound else 200)


@gate("rating.read")
def quota_decided(request: HttpRequest) -> HttpResponse:
    """The verdict on the ratings decided for the period looked at: also for years that had no round here."""
    view = view_context(request, "rating.read")
    subject = "members" if request.GET.get("loai") == "members" else "organisations"
    words = {"name": view.organisation.name, "period": view.period.label()}
    shown = {
        "title": _("Tỷ lệ hoàn thành xuất sắc"),
        "round_name": _("%(name)s: kết quả xếp loại đã quyết định, %(period)s") % words,
        "view": view,
        "subject": subject,
        "subjects": [(code, text, view.query(loai=code)) for code, text in RATED.choices],
        **_shown(judge_decided(view.organisation, view.period, subject)),
    }
    return render(request, "ratings/quota.html", shown)


@gate("rating.write")
def special_void(request: HttpRequest, pk: int, special: int) -> HttpResponse:
    """Take a special case back, with the reason."""
    round = round_for(request, pk, "rating.write")
    row = get_for_user(_specials(round), pk=special)
    back = reverse("ratings:round_quota", args=[pk])
    title = _("Hủy trường hợp đặc biệt")
    return reason_page(
        request,
        title,
        lambda reason: void_special(row, reason=reason, by=request.user),
        back=back,
        crumbs=[(name_of(round), back)],
    )


def _specials(round: RatingRound) -> Any:
    rows = current(RatingSpecial.objects.filter(candidate__round=round, candidate__voided_at__isnull=True))
    return rows.select_related(
        "candidate__member", "candidate__organisation", "candidate__round", "recorded_by"
    )


def _choices(judged: Judged) -> list[tuple[int, str]]:
    named = judged.rows.named
    return [
        (row.key, " · ".join(t for t in (named[row.key].name, named[row.key].organisation_name) if t))
        for row in judged.rows.rated
        if row.level == "excellent" and not row.special
    ]


def _shown(judged: Judged) -> dict[str, Any]:
    if judged.verdict is None:
        return {"missing": judged.missing, "on": judged.rows.on}
    rule = judged.verdict.rule
    pools = [_pool(pool, judged) for pool in judged.verdict.pools]
    kinds = [
        {
            "kind": kind,
            "name": POOL_KINDS[kind],
            "binding": kind == rule.binding,
            "pools": [pool for pool in pools if pool["pool"].kind == kind],
        }
        for kind in rule.pools
    ]
    whole = next((pool for pool in pools if pool["pool"].kind == "all"), None)
    return {
        "on": judged.rows.on,
        "rule": rule,
        "whole": whole,
        "kinds": [kind for kind in kinds if kind["pools"]],
        "over": {code: len(judged.verdict.over(code)) for code in BASES},
        "over_deciding": len(judged.verdict.over()),
        "lines": [pool for pool in pools if pool["line"]],
        "rules": [(rule, DECIDES[rule]) for rule in RULES if _in_force(rule, judged)],
        "base_name": CAP_BASE.label(rule.base),
    }


def _in_force(rule: str, judged: Judged) -> bool:
    try:
        in_force(rule, judged.rows.on)
    except NoRuleInForce:
        return False
    return True


def _pool(pool: Pool, judged: Judged) -> dict[str, Any]:
    deciding = pool.readings[judged.verdict.rule.base]  # type: ignore[union-attr]
    line = deciding.line
    return {
        "pool": pool,
        "name": pool_name(pool, judged.rows.pool_names),
        "readings": [_reading(pool.readings[code], deciding, judged) for code in BASES],
        "outstanding": [said(pool.outstanding[code]) for code in BASES if code in pool.outstanding],
        "line": [judged.rows.named[key] for key in line[:LINE_SHOWN]],
        "line_more": max(0, len(line) - LINE_SHOWN),
        "over": deciding.over,
        "by_score": deciding.by_score,
    }


def _reading(reading: Reading, deciding: Reading, judged: Judged) -> dict[str, Any]:
    return {
        "reading": reading,
        "name": CAP_BASE.label(reading.base_code),
        "sum": sum_of(reading),
        "outcome": outcome_of(reading),
        "words": said(reading),
        "share": share_of(reading),
        "deciding": reading is deciding,
        "tone": "bad" if reading.over else "good",
    }


def _workbook(request: HttpRequest, round: RatingRound, judged: Judged) -> HttpResponse:
    title = _("Tỷ lệ hoàn thành xuất sắc")
    rows = [_line(pool, judged) for pool in judged.verdict.pools] if judged.verdict else []
    log_reading(
        "rating_round.export", by=request.user, subject=round, organisation=round.organisation, rows=len(rows)
    )
    heads: list[Column] = [Column(_("Phạm vi"), 34), Column(_("Tên"), 34)]
    for text in (_("Danh sách"), _("Đã xếp loại"), _("Chưa đánh giá"), _("Chưa có mức"), _("Xuất sắc")):
        heads.append(Column(text, 12, "int"))
    heads += [Column(_("Tốt"), 12, "int"), Column(_("Đặc biệt"), 12, "int")]
    for code in BASES:
        name = CAP_BASE.label(code)
        heads += [Column(f"{_('Gốc')}: {name}", 16, "int"), Column(_("Tỷ lệ của gốc"), 14, "number")]
        heads += [Column(_("Trần"), 10, "int"), Column(_("Vượt"), 10, "int"), Column(_("Cách tính"), 60)]
    heads.append(Column(_("Ở ranh giới (theo cách tính đang áp dụng)"), 60))
    return workbook_response(list_workbook(title, name_of(round), heads, rows), title)


def _line(pool: Pool, judged: Judged) -> list[Any]:
    cells: list[Any] = [POOL_KINDS[pool.kind], pool_name(pool, judged.rows.pool_names)]
    cells += [pool.listed, pool.rated, pool.not_rated, pool.open, pool.excellent, pool.good, pool.specials]
    for code in BASES:
        reading = pool.readings[code]
        cells += [reading.base, reading.exact, reading.cap, reading.over, said(reading)]
    deciding = pool.readings[judged.verdict.rule.base]  # type: ignore[union-attr]
    cells.append("; ".join(judged.rows.named[key].name for key in deciding.line))
    return cells
