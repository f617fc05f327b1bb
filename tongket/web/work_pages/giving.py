"""Handing out: what is asked, and of whom, on one page and in one POST."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.codelists import SECTOR
from tongket.core.dates import today
from tongket.core.problems import Conflict, Problem, Refused
from tongket.directives.handing import hand_down as hand_down_act
from tongket.directives.handing import label_of
from tongket.directives.queries import readable_directives
from tongket.obligations.acts import hand_out as hand_out_act
from tongket.obligations.drafts import DemandDraft
from tongket.obligations.models import Demand
from tongket.obligations.queries import handed_to, own_organisations
from tongket.obligations.receivers import chosen, is_grassroots, offered
from tongket.organisations.models import Organisation
from tongket.organisations.queries import Placed, visible_to
from tongket.rules.organisations import UnknownKind, kind
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.pages import REFUSED, conflict_page
from tongket.ui.shell.errors import Forbidden
from tongket.ui.templatetags.ui import lang
from tongket.web.work_pages.common import WRITE
from tongket.web.work_pages.forms import AskForm

_MOST_PICKED = 5_000


@gate(WRITE)
def hand_out(request: HttpRequest) -> HttpResponse:
    """Ask something of organisations below, on one's own account."""
    askers = askers_among(own_organisations(request.user, WRITE))
    asker = named_among(request, askers)
    form = AskForm(request.POST or None, prefix="viec")

    def do(receivers: Sequence[Organisation]) -> Demand:
        ask = form.ask()
        draft = DemandDraft(
            asker, ask.kind, ask.title, today(), ask.due_on, ask.text, numbers=tuple(ask.numbers)
        )
        return hand_out_act(draft, receivers, by=request.user)

    return _page(
        request,
        asker,
        [form],
        do,
        askers=askers,
        title=_("Giao việc"),
        lead=_("Mỗi tổ chức nhận một việc, một hạn."),
    )


@gate(WRITE)
def hand_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask several things about a directive: to study it, to issue a plan, to report, to do."""
    directive = get_for_user(_directives(request), pk=pk)
    handed = handed_to(request.user, WRITE).filter(demand__about=directive.identity).values("organisation")
    # The book's own organisation, and those of one's own that were handed the paper and ask further down.
    holders = Q(pk=directive.organisation_id) | Q(
        pk__in=own_organisations(request.user, WRITE).filter(pk__in=handed).values("pk")
    )
    askers = askers_among(visible_to(request.user, WRITE).filter(holders))
    asker = named_among(request, askers)
    label = label_of(directive)
    titles = (
        ("study", "", _("Học tập, quán triệt %(paper)s") % {"paper": label}),
        ("plan", "", _("Ban hành văn bản triển khai %(paper)s") % {"paper": label}),
        ("report", "", _("Báo cáo kết quả thực hiện %(paper)s") % {"paper": label}),
        ("task", " 1", ""),
        ("task", " 2", ""),
    )
    forms = [
        AskForm(request.POST or None, prefix=f"viec{place}", kind=code, title=title, mark=mark)
        for place, (code, mark, title) in enumerate(titles)
    ]

    def do(receivers: Sequence[Organisation]) -> Demand:
        wanted = [form.ask() for form in forms if form.is_wanted]
        return hand_down_act(directive, wanted, receivers, by=request.user, organisation=asker)[0]

    return _page(
        request,
        asker,
        forms,
        do,
        askers=askers,
        title=_("Giao thực hiện văn bản"),
        lead=f"{label}: {directive.subject}",
        after=reverse("directives:detail", args=[directive.pk]),
    )


def _directives(request: HttpRequest) -> Any:
    """The papers that the user may hand down: those in his book, and those handed to his organisations."""
    mine = Q(organisation__in=visible_to(request.user, WRITE).values("pk"))
    handed = Q(identity__in=handed_to(request.user, WRITE).values("demand__about"))
    return readable_directives(request.user).filter(mine | handed)


def askers_among(organisations: Any) -> list[Organisation]:
    """Who may ask, the highest first. Raises `Forbidden` when there is nobody."""
    rows = sorted(organisations.order_by("position", "code"), key=lambda row: row.parent_id is not None)
    if not rows:
        raise Forbidden(
            _("Bạn chưa được giao nhiệm vụ giao việc ở tổ chức nào. Hãy hỏi người quản trị hệ thống.")
        )
    return rows


def named_among(request: HttpRequest, askers: Sequence[Organisation]) -> Organisation:
    """The one named in the address or form, else the first."""
    code = request.GET.get("cua") or request.POST.get("cua")
    return next((row for row in askers if row.code == code), askers[0])


def _page(
    request: HttpRequest,
    asker: Organisation,
    forms: Sequence[AskForm],
    do: Callable[[Sequence[Organisation]], Demand],
    after: str = "",
    **shown: Any,
) -> HttpResponse:
    """The form; what was given out leads to its page, several things at once to `after`, which shows them all."""
    tree = offered(asker, today())
    found: list[str] = []
    if request.method == "POST":
        try:
            made = _post(request, tree, forms, do)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), reverse("obligations:due"))
        except Refused as refused:
            found = _place(refused, [form for form in forms if form.is_wanted])
        else:
            if made is not None:
                asked = sum(form.is_wanted for form in forms)
                said = {"tasks": asked, "count": made.obligations.count()}
                messages.success(request, _("Đã giao %(tasks)s việc cho %(count)s tổ chức.") % said)
                return redirect(
                    after if after and asked > 1 else reverse("obligations:demand", args=[made.pk])
                )
    shown |= {
        "crumbs": [(_("Việc đến hạn"), reverse("obligations:due")), (shown["title"], "")],
        "asker": asker,
        "forms": forms,
        "many": len(forms) > 1,
        "tree": [(one, is_grassroots(one.kind)) for one in tree],
        "sectors": [(c, SECTOR.label(c, lang())) for c in SECTOR.values if any(o.sector == c for o in tree)],
        "kinds": [(code, _kind_name(code)) for code in dict.fromkeys(one.kind for one in tree)],
        "how": request.POST.get("cach", "below"),
        "sector": request.POST.get("khoi", ""),
        "kind": request.POST.get("loai", ""),
        "picked": _picked(request),
        "found": found,
    }
    return render(request, "work/hand_out.html", shown, status=REFUSED if request.method == "POST" else 200)


def _post(
    request: HttpRequest,
    tree: Sequence[Placed],
    forms: Sequence[AskForm],
    do: Callable[[Sequence[Organisation]], Demand],
) -> Demand | None:
    wanted = [form for form in forms if form.is_wanted]
    sound = [form.is_valid() for form in wanted]
    how = request.POST.get("cach", "")
    value = request.POST.get({"sector": "khoi", "kind": "loai"}.get(how, ""), "")
    receivers = chosen(tree, how, value, _picked(request))
    if not wanted:
        raise Refused([Problem("", _("Chưa chọn việc nào để giao. Hãy đánh dấu ít nhất một việc."))])
    return do(receivers) if all(sound) else None


def _place(refused: Refused, wanted: Sequence[AskForm]) -> list[str]:
    """Show each finding at its ask; those about the receivers or the whole come back as sentences."""
    whole = [p.message for p in refused.problems if p.field in ("receivers", "", "organisation")]
    for place, form in enumerate(wanted):
        of_form = [
            p
            for p in refused.problems
            if p.index == place and p.field not in ("receivers", "", "organisation")
        ]
        if form.is_bound and form.is_valid():
            problems_to_form(form, of_form, {"asked_on": "due_on"})
    return whole


def _picked(request: HttpRequest) -> set[int]:
    texts = request.POST.getlist("den")[:_MOST_PICKED]
    return {int(text) for text in texts if text.isdecimal() and len(text) < 18}


def _kind_name(code: str) -> str:
    try:
        return kind(code).name(lang())
    except UnknownKind:
        return code
