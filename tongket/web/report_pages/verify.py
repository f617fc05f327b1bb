"""A Word report handed back: which of its figures are still as computed, which were edited, what has changed since.

The file is read and forgotten: nothing of it is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.core.masks import DUTY, mask_text
from tongket.indicators.catalogue import INDICATORS
from tongket.organisations.queries import visible_to
from tongket.reports.layer.model import FactSheet, LayerFact
from tongket.reports.layer.word.command import book_state, day_words, period_words
from tongket.reports.layer.word.opening import Unreadable
from tongket.reports.layer.word.since import Today, organisation_of, today
from tongket.reports.layer.word.verify import Checked, Verified, verify_word
from tongket.ui.context import AS_AT, ORGANISATION, PERIOD
from tongket.ui.forms import UserForm
from tongket.ui.gate import SAFE, gate, held_verbs
from tongket.ui.templatetags.ui import lang

#: So many lines are shown at most; a report has some 800.
MAX_LINES = 3_000


class VerifyForm(UserForm):
    """The file to be checked."""

    file = forms.FileField(
        label=gettext_lazy("Tệp báo cáo Word (.docx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        help_text=gettext_lazy(
            "Tệp tải từ trang Báo cáo, đã sửa hay chưa, lưu bằng Word hoặc LibreOffice đều được."
        ),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One place of the report as the page shows it."""

    row: Checked
    now: Today
    name: str
    printed: str
    period: str
    against: str
    href: str

    @property
    def groups(self) -> str:
        """The filters under which the line is shown."""
        lost = " lost" if self.row.way in ("bookmark", "position") else ""
        return f"{self.row.state}{lost}{' changed' if self.now.state == 'changed' else ''}"


@gate("report.read", methods=(*SAFE, "POST"))
def verify_page(request: HttpRequest) -> HttpResponse:
    """Ask for a Word file; then show what has become of its figures."""
    form = VerifyForm(user=request.user)
    if request.method != "POST":
        return _page(request, form)
    form = VerifyForm(request.POST, request.FILES, user=request.user)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        verified = verify_word(form.cleaned_data["file"].read())
    except Unreadable as fault:
        form.add_error("file", str(fault))
        return _page(request, form, status=422)
    shown = _shown(request, verified)
    return _page(request, VerifyForm(user=request.user), name=form.cleaned_data["file"].name, **shown)


def _page(request: HttpRequest, form: VerifyForm, status: int = 200, **shown: Any) -> HttpResponse:
    crumbs = [(_("Báo cáo"), reverse("web:reports")), (_("Đối chiếu tệp Word"), "")]
    return render(request, "web/verify.html", {"form": form, "crumbs": crumbs, **shown}, status=status)


def _shown(request: HttpRequest, verified: Verified) -> dict[str, Any]:
    sheet = verified.file.embedded.sheet
    now = dict(zip(sheet.facts, today(sheet, request.user), strict=True))
    state, book = book_state(verified, request.user)
    addresses = _addresses(request, sheet)
    lines = [_line(row, now[row.fact], addresses) for row in verified.rows]
    filters = _filters(verified, lines)
    if len(lines) > MAX_LINES:  # no report has so many: a file full of copies
        lines = sorted(lines, key=lambda line: line.row.state == "same")[:MAX_LINES]
    return {
        "verified": verified,
        "sheet": sheet,
        "period": period_words(sheet.period, lang()),
        "as_at": day_words(sheet.as_at, lang()),
        "is_ours": organisation_of(sheet, request.user) is not None,
        "book_state": state,
        "book": book,
        "lines": lines,
        "filters": filters,
        "more": len(verified.rows) - len(lines),
        "changed": sum(one.state == "changed" for one in now.values()),
        "compared": sum(one.state in ("same", "changed") for one in now.values()),
        "hidden": sum(one.state == "masked" for one in now.values()),
    }


def _filters(verified: Verified, lines: Iterable[Line]) -> list[tuple[str, str, int]]:
    listed = list(lines)
    changed = sum(line.now.state == "changed" for line in listed)
    counts = [
        ("edited", _("Bị sửa tay"), verified.count("edited")),
        ("missing", _("Không còn trong văn bản"), verified.count("missing")),
        ("lost", _("Mất ô nội dung"), verified.lost_control()),
        ("changed", _("Sổ sách nay đã khác"), changed),
        ("same", _("Đúng như đã tính"), verified.count("same")),
    ]
    return [("", _("Tất cả"), len(listed)), *(one for one in counts if one[2])]


def _line(row: Checked, now: Today, addresses: dict[LayerFact, str]) -> Line:
    fact = row.fact
    # What this reader may not know is not told from the file either.
    printed = mask_text(DUTY, lang()) if now.state == "masked" and not fact.mask else row.printed
    against = period_words(fact.against, lang()) if fact.against else ""
    name = INDICATORS[fact.indicator].en if lang() == "en" and fact.indicator in INDICATORS else fact.name
    period = period_words(fact.period, lang())
    return Line(row, now, name, printed, period, against, addresses.get(fact, ""))


def _addresses(request: HttpRequest, sheet: FactSheet) -> dict[LayerFact, str]:
    """The page of each figure, where the user may open it."""
    if "figure.read" not in held_verbs(request):
        return {}
    codes = {fact.organisation for fact in sheet.facts}
    open_ones = set(
        visible_to(request.user, "figure.read").filter(code__in=codes).values_list("code", flat=True)
    )
    found = {}
    for fact in sheet.facts:
        if fact.indicator in INDICATORS and fact.organisation in open_ones:
            asked = {ORGANISATION: fact.organisation, PERIOD: fact.period, AS_AT: day_words(fact.as_at)}
            found[fact] = f"{reverse('web:figure', args=[fact.indicator])}?{urlencode(asked)}"
    return found
