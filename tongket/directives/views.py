"""Pages of the book of directives: directives with their plans, plans, study sessions."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.core.periods import Period
from tongket.directives.acts import DIRECTIVE, PLAN, STUDY_SESSION
from tongket.directives.forms import DirectiveForm, PlanForm, StudySessionForm
from tongket.directives.models import Directive
from tongket.directives.queries import visible_directives, visible_plans, visible_study_sessions
from tongket.directives.study_more import asked_plan, study_more
from tongket.directives.tables import (
    DirectiveFilters,
    DirectiveTable,
    PlanFilters,
    PlanTable,
    StudyFilters,
    StudyTable,
    state_text,
    with_plans,
)
from tongket.organisations.queries import may
from tongket.ui.context import ViewContext
from tongket.ui.records.pages import RecordPages

TABS = (
    (gettext_lazy("Văn bản đến"), "directives:list", "directive.read"),
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


def _more(request: HttpRequest, directive: Directive) -> dict[str, Any]:
    row = with_plans(Directive.objects.filter(pk=directive.pk)).get()
    text, tone = state_text(row)
    return {
        "title": directive.symbol,
        "state": text,
        "tone": tone,
        "plans": visible_plans(request.user).filter(directive=directive),
        "sessions": visible_study_sessions(request.user).filter(directive=directive),
    }


def _actions(request: HttpRequest, directive: Directive) -> list[tuple[str, str, str]]:
    shown = []
    if directive.needs_plan and may(request.user, "directive.write", directive.organisation):
        address = reverse("directives:plan_new") + f"?van_ban={directive.pk}"
        shown.append((_("Ghi văn bản triển khai"), address, "file-earmark-plus"))
    if may(request.user, "study.write", directive.organisation):
        address = reverse("directives:study_new") + f"?van_ban={directive.pk}"
        shown.append((_("Ghi lớp học tập"), address, "mortarboard"))
    if may(request.user, "study.read", directive.organisation):
        address = reverse("directives:study_levels", args=[directive.pk])
        shown.append((_("Học tập ở các cấp"), address, "diagram-3"))
    return shown


def _in(name: str) -> Any:
    def in_period(rows: Any, period: Period) -> Any:
        return rows.filter(**{f"{name}__gte": period.start, f"{name}__lte": period.end})

    return in_period


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
    visible=visible_directives,
    in_period=_in("received_on"),
    listed=with_plans,
    form=DirectiveForm,
    table=DirectiveTable,
    filters=DirectiveFilters,
    tabs=TABS,
    detail_template="directives/detail.html",
    more=_more,
    actions=_actions,
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
