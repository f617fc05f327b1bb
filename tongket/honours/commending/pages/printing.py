"""Numbers in the register, certificates on pre-printed paper with their layout, the list for handing out."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.records import current
from tongket.core.dates import BadDate, format_date, parse_date, today
from tongket.core.numbers import BadNumber, format_number, parse_number
from tongket.core.problems import Conflict, Problem, Refused
from tongket.honours.commending.giving.certificates import certificates, test_page, texts_of
from tongket.honours.commending.giving.handed import handed_out
from tongket.honours.commending.giving.handing import Called, called_up, funds_of, groups_of
from tongket.honours.commending.giving.layouts import (
    ALIGNS,
    KEYS,
    LayoutDraft,
    Place,
    layout_of,
    layout_problems,
    save_layout,
)
from tongket.honours.commending.giving.numbers import correct_number, gaps_of, next_number, run_numbers
from tongket.honours.commending.giving.papers import handing_paper
from tongket.honours.commending.models import CertificateNumber, CommendationRound, CommendationTitle
from tongket.honours.commending.pages.forms import NumberForm
from tongket.honours.commending.pages.frame import download, frame, round_for
from tongket.honours.commending.queries import titles_of
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.lists import EXPORT
from tongket.ui.records.pages import conflict_page, form_page
from tongket.ui.sheets import WORKBOOK_TYPE, Column, list_workbook
from tongket.ui.word_paper import WORD_TYPE

_ALIGN_WORDS = {"left": "trái", "center": "giữa", "right": "phải"}


@gate("honour.read", methods=("GET", "HEAD", "POST"))
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """The commended with their numbers; the run of numbers from a given start; printing by title."""
    writing = request.method == "POST"
    round_ = round_for(request, pk, "honour.write" if writing else "honour.read")
    problems: Sequence[Problem] = ()
    if writing:
        try:
            made = _run(request, round_)
        except Refused as refused:
            problems = refused.problems
        except Conflict as conflict:
            problems = [Problem("", str(conflict))]
        else:
            said = {"count": len(made), "first": made[0].number, "last": made[-1].number}
            messages.success(request, _("Đã vào sổ %(count)d giấy khen, số %(first)d đến %(last)d.") % said)
            return redirect(reverse("honours:commending_certificates", args=[pk]))
    called = called_up(round_)
    numbers = {one.proposal: one for one in current(CertificateNumber.objects.filter(round=round_.identity))}
    page = frame(request, round_, _("Giấy khen"), "commending_certificates")
    page |= {
        "called": [(one, numbers.get(one.proposal.identity)) for one in called],
        "left": sum(one.number is None for one in called),
        "parts": [(rows[0].title, len(rows)) for _heading, rows in groups_of(called)],
        "start": request.POST.get("bat_dau") or next_number(round_.organisation, today().year),
        "on": request.POST.get("ngay") or format_date(today()),
        "missing": gaps_of(one.number for one in numbers.values()),
        "problems": problems,
    }
    return render(request, "honours/commending/certificates.html", page, status=422 if problems else 200)


def _run(request: HttpRequest, round_: CommendationRound) -> list[CertificateNumber]:
    text = request.POST.get("bat_dau", "").strip()
    if not text.isdecimal() or len(text) > 9:
        raise Refused([Problem("start", "Số bắt đầu phải là số nguyên, ví dụ 1.")])
    try:
        on = parse_date(request.POST.get("ngay", ""))
    except BadDate as error:
        raise Refused([Problem("issued_on", f"Ngày vào sổ: {error}")]) from None
    return run_numbers(round_, start=int(text), issued_on=on, by=request.user)


@gate("honour.write")
def renumber(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Correct one number: the old record is kept, voided."""
    round_ = round_for(request, pk, "honour.write")
    back = reverse("honours:commending_certificates", args=[pk])
    row = get_for_user(current(CertificateNumber.objects.filter(round=round_.identity)), pk=key)
    form = NumberForm(
        request.POST or None, user=request.user, initial={"number": row.number, "issued_on": row.issued_on}
    )
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        try:
            correct_number(
                row,
                number=entered["number"],
                issued_on=entered["issued_on"],
                reason=entered["why"],
                by=request.user,
            )
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), back)
        else:
            messages.success(request, _("Đã đính chính số vào sổ; bản ghi cũ được giữ lại."))
            return redirect(back)
    title = _("Đính chính số vào sổ %(number)d") % {"number": row.number}
    crumbs = [
        (_("Đợt khen thưởng"), reverse("honours:commending_list")),
        (round_.name, reverse("honours:commending", args=[pk])),
    ]
    return form_page(request, form, title, cancel=back, crumbs=crumbs, template="ui/form_page.html")


def _title(request: HttpRequest, round_: CommendationRound, key: int) -> CommendationTitle:
    known = [one.pk for one in titles_of(round_)]
    return get_for_user(CommendationTitle.objects.filter(pk__in=known), pk=key)


@gate("honour.read")
def print_title(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """The certificates of one title in one Word file, a page each; `thu`: the test page with the grid."""
    round_ = round_for(request, pk, "honour.read")
    title = _title(request, round_, key)
    layout = layout_of(round_.organisation, title)
    if request.GET.get("thu"):
        return download(request, round_, test_page(layout), WORD_TYPE, f"trang-thu-{title.code}.docx".lower())
    rows = [one for one in called_up(round_) if one.title.identity == title.identity]
    if not rows:
        raise Refused([Problem("", _("Chưa có ai được khen theo danh hiệu này."))])
    content = certificates([texts_of(one, layout) for one in rows], layout)
    return download(request, round_, content, WORD_TYPE, f"giay-khen-{title.code}.docx".lower())


@gate("honour.write")
def layout(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Where each text stands, in mm; saved for the organisation and the title."""
    round_ = round_for(request, pk, "honour.write")
    title = _title(request, round_, key)
    draft = layout_of(round_.organisation, title)
    problems: Sequence[Problem] = ()
    if request.method == "POST":
        draft, unread = _read_layout(request, round_, title)
        problems = [*unread, *layout_problems(draft)]
        if not problems:
            save_layout(draft, by=request.user)
            messages.success(
                request, _("Đã lưu trình bày. Hãy in trang thử lên giấy thường, đặt lên giấy khen để so.")
            )
            return redirect(reverse("honours:commending_layout", args=[pk, key]))
    names = dict(KEYS)
    page = frame(request, round_, _("Trình bày giấy khen"), "commending_layout")
    page |= {
        "award": title,
        "draft": draft,
        "places": [(one, names[one.key], _shown(one)) for one in draft.places],
        "aligns": [(code, _ALIGN_WORDS[code]) for code in ALIGNS],
        "shifts": (format_number(draft.shift_x), format_number(draft.shift_y)),
        "problems": problems,
        "wrong": {problem.field for problem in problems},
    }
    return render(request, "honours/commending/layout.html", page, status=422 if problems else 200)


def _shown(one: Place) -> tuple[str, str, str]:
    return format_number(one.x), format_number(one.y), format_number(one.width)


def _read_layout(
    request: HttpRequest, round_: CommendationRound, title: CommendationTitle
) -> tuple[LayoutDraft, list[Problem]]:
    """The layout as entered; what cannot be read is named and keeps its old value."""
    problems: list[Problem] = []

    def number(field: str, what: str) -> Decimal:
        try:
            return round(parse_number(request.POST.get(field, "")), 1)
        except BadNumber as error:
            problems.append(Problem(field, f"{what}: {error}"))
            return Decimal(0)

    def whole(field: str, what: str) -> int:
        return min(int(number(field, what)), 10_000)

    places = [
        _read_place(request, old.key, number, whole) for old in layout_of(round_.organisation, title).places
    ]
    texts = {name: request.POST.get(name, "")[:120] for name in ("on_behalf", "signer_post", "signer")}
    draft = LayoutDraft(
        round_.organisation,
        title,
        whole("page_width", _("Chiều ngang giấy")),
        whole("page_height", _("Chiều dọc giấy")),
        number("shift_x", _("Dời sang phải")),
        number("shift_y", _("Dời xuống")),
        request.POST.get("place", "")[:80],
        **texts,
        places=tuple(places),
    )
    return draft, problems


def _read_place(
    request: HttpRequest, key: str, number: Callable[[str, str], Decimal], whole: Callable[[str, str], int]
) -> Place:
    what = f"“{dict(KEYS)[key]}”"
    return Place(
        key,
        number(f"{key}-x", what),
        number(f"{key}-y", what),
        number(f"{key}-width", what),
        whole(f"{key}-size", what),
        f"{key}-bold" in request.POST,
        f"{key}-italic" in request.POST,
        request.POST.get(f"{key}-align", ""),
        f"{key}-shown" in request.POST,
    )


@gate("honour.read")
def handing(request: HttpRequest, pk: int) -> HttpResponse:
    """The list for handing out in the order of calling, with the money; Excel and Word."""
    round_ = round_for(request, pk, "honour.read")
    called = called_up(round_)
    asked = request.GET.get(EXPORT)
    funds = funds_of(called)
    if asked == "docx":
        content = handing_paper(round_, called, funds, today())
        return download(request, round_, content, WORD_TYPE, f"danh-sach-trao-thuong-{round_.period}.docx")
    if asked:
        content = _workbook(round_, called)
        return download(
            request, round_, content, WORKBOOK_TYPE, f"danh-sach-trao-thuong-{round_.period}.xlsx"
        )
    given = handed_out(one.row.pk for one in called)
    numbered = {one.row.pk: place for place, one in enumerate(called, start=1)}
    page = frame(request, round_, _("Danh sách trao thưởng"), "commending_handing")
    page |= {
        "parts": [
            (heading, [(numbered[one.row.pk], one, one.row.pk in given) for one in rows])
            for heading, rows in groups_of(called)
        ],
        "count": len(called),
        "given": len(given),
        "funds": funds,
        "day": called[0].row.decided_on if called else today(),
    }
    return render(request, "honours/commending/handing.html", page)


def _workbook(round_: CommendationRound, called: Sequence[Called]) -> bytes:
    columns = [
        Column(_("Thứ tự"), 8, "int"),
        Column(_("Hình thức"), 14),
        Column(_("Danh hiệu"), 44),
        Column(_("Tập thể, cá nhân"), 36),
        Column(_("Đơn vị"), 36),
        Column(_("Số vào sổ"), 10, "int"),
        Column(_("Quyết định"), 18),
        Column(_("Ngày"), 12, "date"),
        Column(_("Tiền thưởng (đồng)"), 18, "int"),
        Column(_("Nguồn"), 26),
        Column(_("Ghi chú"), 20),
    ]
    rows: list[tuple[Any, ...]] = [
        (
            place,
            one.form,
            one.title.name,
            one.name,
            one.unit,
            one.number,
            one.row.decision_number,
            one.row.decided_on,
            one.money,
            one.title.fund,
            _("chưa rõ mức thưởng") if one.money is None else "",
        )
        for place, one in enumerate(called, start=1)
    ]
    return list_workbook(_("Danh sách trao thưởng"), round_.name, columns, rows)
