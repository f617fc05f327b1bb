"""Pages of the book of directives: directives with their plans, plans, study sessions."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.core.codelists import DOCUMENT_KIND, GIVER
from tongket.core.dates import BadDate, parse_date, today
from tongket.core.periods import Period
from tongket.directives.acts import DIRECTIVE, PLAN, STUDY_SESSION
from tongket.directives.forms import (
    AttachForm,
    DirectiveForm,
    IssuedForm,
    PasteForm,
    PlanForm,
    StudySessionForm,
)
from tongket.directives.models import Directive
from tongket.directives.papers.changes import chain_of, changes_for, standing_of
from tongket.directives.queries import (
    issued_directives,
    readable_directives,
    received_directives,
    visible_directives,
    visible_plans,
    visible_study_sessions,
)
from tongket.directives.study.more import asked_plan, study_more
from tongket.directives.tables import (
    STANDINGS,
    DirectiveFilters,
    DirectiveTable,
    IssuedFilters,
    IssuedTable,
    PlanFilters,
    PlanTable,
    StudyFilters,
    StudyTable,
    listed,
    state_text,
)
from tongket.files.queries import attachments_of
from tongket.obligations.queries import demands_about, handed_to
from tongket.ui.context import ViewContext
from tongket.ui.gate import gate, get_for_user, held_verbs, verbs_for
from tongket.ui.records.pages import RecordPages, show

_TOLD_DAYS = 30
_MOST_DEMANDS = 50

TABS = (
    (gettext_lazy("Văn bản đến"), "directives:list", "directive.read"),
    (gettext_lazy("Văn bản đi"), "directives:issued_list", "directive.read"),
    (gettext_lazy("Văn bản triển khai"), "directives:plan_list", "directive.read"),
    (gettext_lazy("Học tập, quán triệt"), "directives:study_list", "study.read"),
    (gettext_lazy("Kế hoạch học tập"), "directives:study_plan_list", "study.read"),
    (gettext_lazy("Thông tin thời sự"), "directives:study_talks", "study.read"),
)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The directive named in the address, when a form is opened from its page."""
    text = request.GET.get("van_ban", "")
    found = (
        visible_directives(request.user).filter(pk=int(text)).first()
        if text.isdecimal() and len(text) < 10
        else None
    )
    return {"directive": found.pk} if found else {}


def _held(request: HttpRequest, directive: Directive) -> frozenset[str]:
    """The verbs that the user holds for the paper's organisation, asked once a page."""
    known: frozenset[str] | None = getattr(directive, "_held", None)
    if known is None:
        known = verbs_for(request, directive.organisation)
        directive._held = known  # type: ignore[attr-defined]
    return known


def _more(request: HttpRequest, directive: Directive) -> dict[str, Any]:
    row = listed(Directive.objects.filter(pk=directive.pk)).get()
    text, tone = state_text(row)
    held = _held(request, directive)
    after, before = chain_of(directive)
    handed = handed_to(request.user).filter(demand__about=directive.identity)
    return {
        "title": directive.symbol,
        "standing": None if standing_of(row) == "force" else STANDINGS[standing_of(row)],
        "own": "directive.read" in held,
        "may_write": "directive.write" in held and directive.voided_at is None,
        "attachments": attachments_of(directive.identity),
        "attach_form": AttachForm(user=request.user),
        "after": after,
        "before": before,
        "readable": set(
            readable_directives(request.user)
            .filter(pk__in=[link.paper.pk for link in (*after, *before) if link.paper])
            .values_list("pk", flat=True)
        )
        if after or before
        else set(),
        "handed": handed.select_related("demand__organisation", "organisation")[:20],
        "demands": demands_about(request.user, directive.identity, today())[:_MOST_DEMANDS],
        "state": text,
        "tone": tone,
        "plans": visible_plans(request.user).filter(directive=directive),
        "sessions": visible_study_sessions(request.user).filter(directive=directive),
    }


def _actions(request: HttpRequest, directive: Directive) -> list[tuple[str, str, str]]:
    shown = []
    held = _held(request, directive)
    writes = "directive.write" in held
    if "obligation.write" in held:
        address = reverse("obligations:hand_down", args=[directive.pk])
        shown.append((_("Giao thực hiện"), address, "send"))
    if writes:
        address = reverse("directives:change", args=[directive.pk])
        shown.append((_("Ghi thay đổi"), address, "arrow-left-right"))
    if directive.needs_plan and writes:
        address = reverse("directives:plan_new") + f"?van_ban={directive.pk}"
        shown.append((_("Ghi văn bản triển khai"), address, "file-earmark-plus"))
    if "study.write" in held:
        address = reverse("directives:study_new") + f"?van_ban={directive.pk}"
        shown.append((_("Ghi lớp học tập"), address, "mortarboard"))
    if "study.read" in held:
        address = reverse("directives:study_levels", args=[directive.pk])
        shown.append((_("Học tập ở các cấp"), address, "diagram-3"))
    if "directive.read" in held:
        shown.append((_("Tải edXML"), reverse("intake:edxml_export", args=[directive.pk]), "filetype-xml"))
    return shown


def _in(name: str) -> Any:
    def in_period(rows: Any, period: Period) -> Any:
        return rows.filter(**{f"{name}__gte": period.start, f"{name}__lte": period.end})

    return in_period


def _start_received(request: HttpRequest, view: ViewContext) -> dict[str, Any]:
    """What the address says of a paper that a text named."""
    asked = request.GET
    start: dict[str, Any] = {"organisation": view.organisation}
    texts = (("symbol", "so", 40), ("issuer", "co_quan", 200), ("subject", "trich_yeu", 500))
    start |= {name: asked[key][:most] for name, key, most in texts if asked.get(key)}
    if asked.get("loai") in DOCUMENT_KIND.values:
        start["kind"] = asked["loai"]
    if asked.get("cap") in GIVER.values:
        start["issuer_level"] = asked["cap"]
    with suppress(BadDate):
        start["issued_on"] = parse_date(asked.get("ngay", ""))
    return start


def _list_more(request: HttpRequest, view: ViewContext) -> dict[str, Any]:
    since = timezone.now() - timedelta(days=_TOLD_DAYS)
    return {
        "told": list(changes_for(request.user, since)[:5]),
        "paste_form": PasteForm(user=request.user),
        "edxml_url": reverse("intake:edxml") if "directive.write" in held_verbs(request) else "",
    }


def _issued_more(request: HttpRequest, view: ViewContext) -> dict[str, Any]:
    return {"numbers_url": reverse("directives:numbers")}


def _paper_links(request: HttpRequest, directive: Directive) -> dict[str, str]:
    return {} if "organisation.read" in _held(request, directive) else {"organisation": ""}


@gate("directive.read")
def show_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper of one's own books or one handed down; an old address leads to the row as it stands now."""
    found = readable_directives(request.user, with_voided=True).filter(pk=pk).first()
    if found is None:
        old = Directive.objects.filter(pk=pk).values("identity")
        fresh = readable_directives(request.user).filter(identity__in=old)
        return redirect("directives:detail", get_for_user(fresh).pk)
    pages = ISSUED if found.book == "issued" else DIRECTIVES
    return show(replace(pages, visible=readable_directives), request, pk)


def _start_session(request: HttpRequest, view: ViewContext) -> dict[str, Any]:
    return {"organisation": view.organisation, **_asked(request), **asked_plan(request)}


DIRECTIVES = RecordPages(
    kind=DIRECTIVE,
    names="directives:",
    noun=gettext_lazy("văn bản"),
    title=gettext_lazy("Văn bản của cấp trên"),
    lead=gettext_lazy("Văn bản đã tiếp nhận, hạn và kết quả ban hành văn bản triển khai."),
    new_text=gettext_lazy("Ghi văn bản đến"),
    read="directive.read",
    write="directive.write",
    visible=received_directives,
    in_period=_in("received_on"),
    listed=listed,
    form=DirectiveForm,
    table=DirectiveTable,
    filters=DirectiveFilters,
    tabs=TABS,
    start=_start_received,
    list_template="directives/list.html",
    list_more=_list_more,
    detail_template="directives/detail.html",
    more=_more,
    actions=_actions,
    links=_paper_links,
)
ISSUED = RecordPages(
    kind=DIRECTIVE,
    names="directives:issued_",
    noun=gettext_lazy("văn bản đi"),
    title=gettext_lazy("Văn bản đi"),
    lead=gettext_lazy("Văn bản do chính tổ chức ban hành; số chạy theo từng loại trong cả nhiệm kỳ."),
    new_text=gettext_lazy("Ghi văn bản đi"),
    read="directive.read",
    write="directive.write",
    visible=issued_directives,
    in_period=_in("issued_on"),
    listed=listed,
    form=IssuedForm,
    table=IssuedTable,
    filters=IssuedFilters,
    tabs=TABS,
    list_template="directives/issued_list.html",
    list_more=_issued_more,
    detail_template="directives/detail.html",
    more=_more,
    actions=_actions,
    links=_paper_links,
)
PLANS = RecordPages(
    kind=PLAN,
    names="directives:plan_",
    noun=gettext_lazy("văn bản triển khai"),
    title=gettext_lazy("Văn bản triển khai"),
    lead=gettext_lazy("Chương trình, kế hoạch, công văn đã ban hành để thực hiện văn bản của cấp trên."),
    new_text=gettext_lazy("Ghi văn bản triển khai"),
    read="directive.read",
    write="directive.write",
    visible=visible_plans,
    in_period=_in("issued_on"),
    form=PlanForm,
    table=PlanTable,
    filters=PlanFilters,
    tabs=TABS,
    start=lambda request, view: _asked(request),
)
SESSIONS = RecordPages(
    kind=STUDY_SESSION,
    names="directives:study_",
    noun=gettext_lazy("lớp, hội nghị"),
    title=gettext_lazy("Học tập, quán triệt nghị quyết"),
    lead=gettext_lazy("Chỉ ghi số người tham gia từng lớp, hội nghị; không ghi tên ai."),
    new_text=gettext_lazy("Ghi lớp, hội nghị"),
    read="study.read",
    write="study.write",
    visible=visible_study_sessions,
    in_period=_in("held_on"),
    form=StudySessionForm,
    table=StudyTable,
    filters=StudyFilters,
    tabs=TABS,
    detail_template="directives/study_detail.html",
    form_template="directives/study_form.html",
    more=study_more,
    start=_start_session,
)
