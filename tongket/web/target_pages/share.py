"""Sharing a target out: a grid of the organisations below with what a share may rest on, proposals, the sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.core.numbers import format_number
from tongket.core.periods import Period, parse_period
from tongket.core.problems import Conflict, Problem, Refused
from tongket.core.shares import apportion, step_of
from tongket.figures.engine import compute
from tongket.figures.types import Figure
from tongket.indicators.catalogue import INDICATORS
from tongket.organisations.models import Organisation
from tongket.organisations.queries import visible_to
from tongket.targets.forms import PAPER, SHARE, ShareForm
from tongket.targets.models import Target
from tongket.targets.pasting import read_pasted
from tongket.targets.queries import Share, Shares, is_superseded, shares_of
from tongket.targets.sharing import check_share, is_summed, share_out
from tongket.targets.views import PAGES
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate
from tongket.ui.records.pages import CONFIRMED, REFUSED, conflict_page
from tongket.ui.templatetags.ui import indicator_name, indicator_unit, lang, period_name

PROPOSAL, PASTE, PASTED = "de_xuat", "dan", "cot_dan"
MEMBERS = "members.total"
BASES: Mapping[str, str | Promise] = {
    "nam-truoc": gettext_lazy("Theo kết quả kỳ trước"),
    "dang-vien": gettext_lazy("Theo số đảng viên"),
    "deu": gettext_lazy("Chia đều"),
}
SAME: Mapping[str, str | Promise] = {"cung-muc": gettext_lazy("Cùng mức với cấp mình")}


@dataclass
class Sheet:
    """The grid: the target, what is given, who still may be given, what the shares may rest on."""

    target: Target
    shares: Shares
    open: list[Organisation]
    summed: bool
    period: Period
    before: dict[int, Figure] = field(default_factory=dict)
    members: dict[int, Figure] = field(default_factory=dict)

    @property
    def left(self) -> Decimal:
        """What of the target is not given yet; negative when more was given."""
        return self.target.value - self.shares.shared


@gate("target.write")
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Share a target out to the organisations directly below that have no part yet: one form, one act."""
    target = PAGES.mine(request, pk)
    if is_superseded(target) and request.method != "POST":
        messages.warning(request, _("Mức này đã được điều chỉnh. Hãy mở chỉ tiêu hiện hành rồi giao từ đó."))
        return redirect("targets:detail", pk)
    sheet = _sheet(request, target)
    if request.method != "POST":
        return _proposed(request, sheet)
    if PASTE in request.POST:
        return _pasted(request, sheet)
    given_before = [row.organisation for row in sheet.shares.rows if row.target is not None]
    form = ShareForm(request.POST, user=request.user, open_shares=sheet.open, closed=given_before)
    if form.is_valid() and _accepted(request, form, sheet):
        paper = {name: form.cleaned_data[name] for name in PAPER}
        given = form.shares()
        values = {child: value for _name, child, value in given}
        try:
            made = share_out(target, values, by=request.user, **paper)
        except Refused as refused:
            problems_to_form(form, _at_rows(refused.problems, [name for name, _c, _v in given], sheet, form))
        except Conflict as conflict:
            return conflict_page(request, str(conflict), reverse("targets:detail", args=[pk]))
        else:
            messages.success(request, _done(sheet, made))
            return redirect("targets:detail", pk)
    return _page(request, sheet, form, status=REFUSED)


def _sheet(request: HttpRequest, target: Target) -> Sheet:
    shares = shares_of(target)
    mine = set(visible_to(request.user, "target.write").values_list("pk", flat=True))
    rows = [row for row in shares.rows if row.organisation.pk in mine]
    missing = [row.organisation for row in rows if row.target is None]
    shares = Shares(shares.shared, shares.difference, tuple(rows))
    return Sheet(target, shares, missing, is_summed(target), parse_period(target.period))


def _with_bases(sheet: Sheet, viewer: Any) -> Sheet:
    """Fill in the result of the period before and the members, of each organisation below."""
    own = sheet.target.organisation
    before = sheet.period.comparison()
    if sheet.target.indicator in INDICATORS and before.end >= own.founded_on:
        found = compute(own, before, ids=(sheet.target.indicator,), viewer=viewer).by_child
        sheet.before = {key: figures[sheet.target.indicator] for key, figures in found.items()}
    if sheet.period.end >= own.founded_on:
        day = max(sheet.period.start, own.founded_on)
        found = compute(own, sheet.period, as_at=day, ids=(MEMBERS,), viewer=viewer).by_child
        sheet.members = {key: figures[MEMBERS] for key, figures in found.items()}
    return sheet


def _proposed(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The empty grid, or one filled with the proposal asked for."""
    _with_bases(sheet, request.user)
    basis = request.GET.get(PROPOSAL, "")
    values, said = _proposal(sheet, basis)
    start: dict[str, Any] = {"valid_from": max(sheet.target.valid_from, sheet.period.start)}
    start |= {name: getattr(sheet.target, name) for name in PAPER[1:]}
    start |= {f"{SHARE}{key}": value for key, value in values.items()}
    form = ShareForm(user=request.user, open_shares=sheet.open, initial=start)
    return _page(request, sheet, form, basis=basis, said=said)


def _proposal(sheet: Sheet, basis: str) -> tuple[dict[int, Decimal], str]:
    """(organisation -> part, why there is none). What is already given stays; the rest is divided exactly."""
    if basis in SAME and not sheet.summed:
        return {child.pk: sheet.target.value for child in sheet.open}, ""
    if basis not in BASES or not sheet.summed or not sheet.open:
        return {}, ""
    if sheet.left <= 0:
        return {}, _("Chỉ tiêu đã giao hết: không còn gì để chia.")
    entry = INDICATORS.get(sheet.target.indicator)
    weights = _weights(sheet, basis)
    if not any(weights):
        return {}, _("Chưa đủ số liệu để chia theo cách này: mọi đơn vị đều bằng 0. Hãy chọn cách khác.")
    parts = apportion(sheet.left, weights, step_of(sheet.left, entry.decimals if entry else 0))
    return {child.pk: part for child, part in zip(sheet.open, parts, strict=True) if part}, ""


def _weights(sheet: Sheet, basis: str) -> list[Decimal]:
    if basis == "deu":
        return [Decimal(1)] * len(sheet.open)
    figures = sheet.before if basis == "nam-truoc" else sheet.members
    values = [figures[child.pk].value if child.pk in figures else None for child in sheet.open]
    return [max(Decimal(value or 0), Decimal(0)) for value in values]


def _pasted(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Put a column copied from a sheet into the grid, for a look before anything is written."""
    _with_bases(sheet, request.user)
    found = read_pasted(request.POST.get(PASTED, ""), sheet.open)
    data = request.POST.copy()
    if not found.problems:
        for child in sheet.open:
            if child.pk in found.values:
                data[f"{SHARE}{child.pk}"] = found.values[child.pk]
    initial = {name: data.get(name, "") for name in (*PAPER, *(f"{SHARE}{child.pk}" for child in sheet.open))}
    form = ShareForm(user=request.user, open_shares=sheet.open, initial=initial)
    shown = {"paste_problems": found.problems, "pasted": request.POST.get(PASTED, "")}
    return _page(request, sheet, form, status=REFUSED if found.problems else 200, **shown)


def _accepted(request: HttpRequest, form: ShareForm, sheet: Sheet) -> bool:
    """No error; and each doubt (more than was assigned, a late decision) confirmed for just these values."""
    given = form.shares()
    if not given:
        form.add_error(None, _("Chưa ghi mức giao cho đơn vị nào."))
        return False
    paper = {name: form.cleaned_data[name] for name in PAPER}
    values = {child: value for _name, child, value in given}
    problems = check_share(sheet.target, values, shares=sheet.shares, **paper)
    problems_to_form(form, _at_rows(problems, [name for name, _c, _v in given], sheet, form))
    total = sheet.shares.shared + sum(values.values(), Decimal(0))
    # What is lacking can still be given: it is named when done. More than was assigned may be a reserve or a slip;
    # where all was given before, the page has said that any more is a reserve.
    if sheet.summed and sheet.left > 0 and total > sheet.target.value:
        form.warnings.append(
            _("Cộng các đơn vị %(total)s, chỉ tiêu %(value)s: %(said)s.")
            % {
                "total": format_number(total, 2, lang()),
                "value": format_number(sheet.target.value, 2, lang()),
                "said": difference_words(total - sheet.target.value),
            }
        )
    form.warnings = list(dict.fromkeys(form.warnings))
    return form.is_valid() and (not form.warnings or request.POST.get(CONFIRMED) == _seal(form))


def _seal(form: ShareForm) -> str:
    """What a confirmation is for: other values or another paper have to be confirmed anew."""
    written = [f"{child.pk}={value.normalize():f}" for _n, child, value in form.shares()]
    return ";".join([*written, *(str(form.cleaned_data.get(name, "")) for name in PAPER)])


def _at_rows(problems: Sequence[Problem], names: list[str], sheet: Sheet, form: ShareForm) -> list[Problem]:
    """Findings about one organisation's part go to that organisation's box; those about the paper stay there, once."""
    late = form.cleaned_data["valid_from"] > sheet.period.end
    paper = PAPER if late else PAPER[1:]
    placed = [
        Problem(p.field if p.field in paper else names[p.index], p.message, p.severity) for p in problems
    ]
    return list(dict.fromkeys(placed))


def difference_words(difference: Decimal) -> str:
    """The difference by its name: «còn thiếu 3», «giao thừa 2: dự phòng», «vừa đủ»."""
    if difference < 0:
        return _("còn thiếu %(number)s") % {"number": format_number(-difference, 2, lang())}
    if difference > 0:
        return _("giao thừa %(number)s: dự phòng") % {"number": format_number(difference, 2, lang())}
    return _("vừa đủ")


def _done(sheet: Sheet, made: list[Target]) -> str:
    said = _("Đã giao chỉ tiêu cho %(count)s đơn vị.") % {"count": len(made)}
    if not sheet.summed:
        return said
    total = sheet.shares.shared + sum((row.value for row in made), Decimal(0))
    return f"{said} {_('Tổng mức giao')}: {difference_words(total - sheet.target.value)}."


def _entered(form: ShareForm, sheet: Sheet) -> Decimal:
    """The sum as the boxes stand; what cannot be read counts nothing."""
    total = sheet.shares.shared
    for name, box in ((name, form[name]) for name in form.open_shares):
        try:
            total += Decimal(form.fields[name].to_python(box.value()) or 0)
        except ValidationError:  # the box itself says what is wrong with it
            continue
    return total


def _page(
    request: HttpRequest, sheet: Sheet, form: ShareForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    if status == REFUSED and not sheet.members:
        _with_bases(sheet, request.user)
    target, entry = sheet.target, INDICATORS.get(sheet.target.indicator)
    title = _("Giao chỉ tiêu cho đơn vị trực thuộc")
    total = _entered(form, sheet)
    detail = reverse("targets:detail", args=[target.pk])
    confirm = bool(form.is_bound and form.is_valid() and form.warnings)
    shown = {
        "title": title,
        "crumbs": [(PAGES.title, PAGES.url("list")), (_("Bản ghi"), detail), (title, "")],
        "target": target,
        "entry": entry,
        "name": indicator_name(entry) if entry else target.indicator,
        "unit": indicator_unit(entry) if entry else "",
        "period": period_name(sheet.period),
        "before": period_name(sheet.period.comparison()),
        "form": form,
        "rows": [_row(form, sheet, row) for row in sheet.shares.rows],
        "summed": sheet.summed,
        "given": sheet.shares.shared,
        "all_given": sheet.summed and sheet.left <= 0,
        "total": total,
        "said": "",
        "difference": total - target.value,
        "difference_words": difference_words(total - target.value),
        "bases": [
            (key, text, key == more.get("basis")) for key, text in (BASES if sheet.summed else SAME).items()
        ],
        "confirm": _seal(form) if confirm else "",
        "cancel": detail,
        **more,
    }
    return render(request, "targets/share.html", shown, status=status)


def _row(form: ShareForm, sheet: Sheet, row: Share) -> dict[str, Any]:
    key = row.organisation.pk
    name = f"{SHARE}{key}"
    return {
        "organisation": row.organisation,
        "given": row.target,
        "box": form[name] if name in form.open_shares else None,
        "before": sheet.before.get(key),
        "members": sheet.members.get(key),
    }
