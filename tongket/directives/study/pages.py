"""Pages of planned study sessions: list, record, forms; “Ghi kết quả” leads to the form of the held session."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.core.codelists import STUDY_FORM, STUDY_KIND
from tongket.core.dates import today
from tongket.core.periods import Period
from tongket.directives.forms import DirectiveChoice
from tongket.directives.models import PlannedSession
from tongket.directives.queries import visible_directives, visible_study_sessions
from tongket.directives.study.acts import PLANNED_SESSION
from tongket.directives.study.drafts import PlannedSessionDraft
from tongket.directives.study.more import PLAN_FILES
from tongket.directives.study.queries import visible_planned_sessions, with_held
from tongket.directives.study.rules import held_of
from tongket.directives.views import TABS
from tongket.organisations.queries import may
from tongket.ui.context import ViewContext
from tongket.ui.forms import OrganisationField
from tongket.ui.records.fields import RecordForm, column
from tongket.ui.records.lists import FoldedSearch, OrganisationColumn, RecordFilters
from tongket.ui.records.pages import RecordPages
from tongket.ui.tables import CodeColumn, Column, DayColumn, NumberColumn, Table
from tongket.ui.templatetags.ui import day as day_text


class PlannedSessionForm(RecordForm):
    """A session that is to be held."""

    draft_class = PlannedSessionDraft
    organisation = OrganisationField(verb="study.write", label=gettext_lazy("Tổ chức mở lớp, hội nghị"))
    title = column(PlannedSession, "title")
    # Not named after its column, which holds an identity: the page of a plan shows the paper itself.
    paper = DirectiveChoice(label=gettext_lazy("Văn bản được học tập"), required=False)
    kind = column(PlannedSession, "kind", initial="study")
    form = column(PlannedSession, "form", initial="direct")
    planned_on = column(PlannedSession, "planned_on")
    place = column(PlannedSession, "place")
    sites = column(PlannedSession, "sites", initial=1)
    audience = column(PlannedSession, "audience")
    groups = (
        (
            gettext_lazy("Dự kiến"),
            ("organisation", "kind", "title", "paper", "audience", "planned_on", "form", "place", "sites"),
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].queryset = visible_directives(self.user).order_by("-issued_on")  # type: ignore[attr-defined]
        if self.correcting is not None and self.correcting.directive:
            known = visible_directives(self.user).filter(identity=self.correcting.directive).first()
            self.initial["paper"] = known.pk if known is not None else None

    def derived(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The paper's identity, which outlives corrections of it."""
        paper = self.cleaned_data.get("paper")
        return {"directive": paper.identity if paper is not None else None}


class PlanStateColumn(Column):
    """Held, to come, or past its day without a result."""

    def render(self, record: Any) -> str:
        """A tag."""
        tone, text = _state(record)
        return format_html('<span class="tag {}">{}</span>', tone, text)

    def value(self, **kwargs: Any) -> str:
        """The state in words."""
        return _state(kwargs["record"])[1]


def _state(row: Any) -> tuple[str, str]:
    if row.held_on is not None:
        return "good", _("đã tổ chức %(on)s") % {"on": day_text(row.held_on)}
    return ("bad", _("quá ngày, chưa ghi kết quả")) if row.planned_on < today() else ("", _("sắp tới"))


class PlannedTable(Table):
    """Planned sessions."""

    title = Column(
        verbose_name=gettext_lazy("Nội dung"),
        width=60,
        linkify=lambda record: reverse("directives:study_plan_detail", args=[record.pk]),
    )
    planned_on = DayColumn(verbose_name=gettext_lazy("Dự kiến"))
    state = PlanStateColumn(verbose_name=gettext_lazy("Kết quả"), empty_values=(), orderable=False)
    kind = CodeColumn(STUDY_KIND, verbose_name=gettext_lazy("Loại"))
    form = CodeColumn(STUDY_FORM, verbose_name=gettext_lazy("Hình thức"))
    sites = NumberColumn(verbose_name=gettext_lazy("Điểm cầu"))
    audience = Column(verbose_name=gettext_lazy("Đối tượng tham dự"), width=30)
    organisation = OrganisationColumn()

    class Meta(Table.Meta):
        model = PlannedSession
        fields = ()


class PlannedFilters(RecordFilters):
    """Search, kind, held or not."""

    q = FoldedSearch("title", "place", "audience", "organisation__name")
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Loại"), choices=STUDY_KIND.choices, empty_label=gettext_lazy("Tất cả")
    )
    ket_qua = django_filters.ChoiceFilter(
        label=gettext_lazy("Kết quả"),
        choices=[("co", gettext_lazy("đã tổ chức")), ("chua", gettext_lazy("chưa tổ chức"))],
        method="by_result",
        empty_label=gettext_lazy("Tất cả"),
    )

    class Meta:
        model = PlannedSession
        fields = ("q", "don_vi", "kind", "ket_qua", "thoi_gian")

    def by_result(self, qs: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Plans by whether a result was recorded."""
        return qs.filter(held_on__isnull=value == "chua")


def _in_period(rows: Any, period: Period) -> Any:
    return rows.filter(planned_on__gte=period.start, planned_on__lte=period.end)


def _start(request: HttpRequest, view: ViewContext) -> dict[str, Any]:
    text = request.GET.get("van_ban", "")
    known = (
        visible_directives(request.user).filter(pk=int(text)).first()
        if text.isdecimal() and len(text) < 10
        else None
    )
    return {"organisation": view.organisation, "paper": known.pk if known else None}


def _more(request: HttpRequest, plan: PlannedSession) -> dict[str, Any]:
    paper = (
        visible_directives(request.user).filter(identity=plan.directive).first() if plan.directive else None
    )
    return {
        "paper": paper,
        "held": visible_study_sessions(request.user).filter(planned=plan.identity).first(),
        **PLAN_FILES.shown(request, plan),
    }


def _actions(request: HttpRequest, plan: PlannedSession) -> list[tuple[str, str, str]]:
    if held_of([plan.identity]) or not may(request.user, "study.write", plan.organisation):
        return []
    return [(_("Ghi kết quả"), reverse("directives:study_new") + f"?ke_hoach={plan.pk}", "check2-square")]


PLANNED = RecordPages(
    kind=PLANNED_SESSION,
    names="directives:study_plan_",
    noun=gettext_lazy("kế hoạch học tập"),
    title=gettext_lazy("Kế hoạch học tập, quán triệt"),
    lead=gettext_lazy("Lớp, hội nghị dự kiến tổ chức; xong thì bấm “Ghi kết quả” ở trang của kế hoạch."),
    new_text=gettext_lazy("Ghi kế hoạch"),
    read="study.read",
    write="study.write",
    visible=visible_planned_sessions,
    in_period=_in_period,
    listed=with_held,
    form=PlannedSessionForm,
    table=PlannedTable,
    filters=PlannedFilters,
    tabs=TABS,
    detail_template="directives/planned_detail.html",
    more=_more,
    actions=_actions,
    start=_start,
)
