"""The lists of directives, plans and study sessions."""

from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from tongket.audit.records import current
from tongket.core.codelists import DOCUMENT_KIND, GIVER, STUDY_FORM, STUDY_KIND
from tongket.core.dates import today
from tongket.directives.models import Directive, Plan, StudySession
from tongket.directives.papers.changes import in_force, standing_of, with_standing
from tongket.directives.papers.search import matching, snippets
from tongket.obligations.models import Obligation
from tongket.ui.lists import SearchFilter
from tongket.ui.records.lists import FoldedSearch, OrganisationColumn, RecordFilters
from tongket.ui.tables import CodeColumn, Column, DayColumn, NumberColumn, Table
from tongket.ui.templatetags.ui import day as day_text
from tongket.ui.templatetags.ui import percent

STATES = {
    "none": (_("không phải triển khai"), ""),
    "on_time": (_("đúng hạn"), "good"),
    "late": (_("chậm"), "bad"),
    "issued": (_("đã triển khai"), "good"),
    "overdue": (_("quá hạn, chưa có"), "bad"),
    "waiting": (_("chưa đến hạn"), "warn"),
    "missing": (_("chưa có"), "warn"),
}


def with_plans(rows: QuerySet[Directive]) -> QuerySet[Directive]:
    """Directives with the day of their first plan (`first_plan_on`).

    The plan with which an organisation below answers is that one's own: the receiver has not issued his by it.
    """
    handed = current(
        Obligation.objects.filter(
            demand__about=OuterRef(OuterRef("identity")), organisation=OuterRef("organisation")
        )
    )
    plans = current(Plan.objects.filter(directive=OuterRef("pk"))).filter(
        Q(organisation=OuterRef("organisation")) | ~Exists(handed)
    )
    return rows.annotate(first_plan_on=plans.order_by("issued_on").values("issued_on")[:1])


def plan_state(directive: Any) -> str:
    """How a directive stands with its plan: a key of `STATES`."""
    issued, due = directive.first_plan_on, directive.plan_due_on
    if not directive.needs_plan:
        return "none"
    if issued is not None:
        return "issued" if due is None else "on_time" if issued <= due else "late"
    return "missing" if due is None else "overdue" if due < today() else "waiting"


STANDINGS = {
    "force": (_("còn hiệu lực"), "good"),
    "replaced": (_("đã được thay thế"), "warn"),
    "revoked": (_("đã thu hồi"), "bad"),
    "expired": (_("hết hiệu lực"), "warn"),
}


def listed(rows: QuerySet[Directive]) -> QuerySet[Directive]:
    """Papers with what their list shows of plans and changes."""
    return with_standing(with_plans(rows))


class SubjectColumn(Column):
    """The subject; below it the words of a file in which the paper was found."""

    def render(self, record: Any, value: Any, table: Any) -> str:
        """The subject, and the place where a search found it."""
        found = table.found_in(record)
        return format_html('{}<span class="above">{}</span>', value, found) if found else str(value)


class StandingColumn(Column):
    """Whether a paper holds; said only where it does not."""

    def render(self, record: Any) -> str:
        """A tag."""
        standing = standing_of(record)
        text, tone = STANDINGS[standing]
        # Most papers hold; only what does not is to catch the eye.
        if standing == "force":
            return ""
        return format_html('<span class="tag {}">{}</span>', tone, text)

    def value(self, **kwargs: Any) -> str:
        """In words."""
        return str(STANDINGS[standing_of(kwargs["record"])][0])


class PaperTable(Table):
    """What the lists of papers share: the place where a search found each."""

    def found_in(self, record: Any) -> str:
        """Words around the place in a file of `record` that the search found; "" where the row itself shows it."""
        known: dict[int, str] | None = getattr(self, "_found", None)
        if known is None:
            asked = self.request.GET.get("q", "") if getattr(self, "request", None) is not None else ""
            shown = [row.record for row in self.paginated_rows] if asked and hasattr(self, "page") else []
            known = snippets(shown, asked)
            self._found = known
        return known.get(record.pk, "")


class StateColumn(Column):
    """The state of the plan, coloured, with its day."""

    def render(self, record: Any) -> str:
        """A tag."""
        text, tone = STATES[plan_state(record)]
        if plan_state(record) == "none":
            return format_html('<span class="muted">{}</span>', text)
        issued = (
            format_html('<span class="above">{}</span>', day_text(record.first_plan_on))
            if record.first_plan_on
            else ""
        )
        return format_html('<span class="tag {}">{}</span>{}', tone, text, issued)

    def value(self, **kwargs: Any) -> str:
        """The state in words."""
        return str(STATES[plan_state(kwargs["record"])][0])


class DirectiveTable(PaperTable):
    """Directives received."""

    symbol = Column(
        verbose_name=_("Số, ký hiệu"),
        linkify=lambda record: reverse("directives:detail", args=[record.pk]),
        css="nowrap",
    )
    issued_on = DayColumn(verbose_name=_("Ngày ban hành"))
    subject = SubjectColumn(verbose_name=_("Trích yếu"), width=60)
    issuer = Column(verbose_name=_("Cơ quan ban hành"), width=28)
    organisation = OrganisationColumn(verbose_name=_("Nơi nhận"))
    received_on = DayColumn(verbose_name=_("Ngày nhận"))
    plan_due_on = DayColumn(verbose_name=_("Hạn triển khai"))
    first_plan_on = DayColumn(verbose_name=_("Triển khai ngày"), visible=False)  # in the Excel file only
    state = StateColumn(verbose_name=_("Triển khai"), empty_values=(), orderable=False)
    standing = StandingColumn(verbose_name=_("Hiệu lực"), empty_values=(), orderable=False)
    signer = Column(verbose_name=_("Người ký"), visible=False)  # in the Excel file only

    class Meta(Table.Meta):
        model = Directive
        fields = ()


class IssuedTable(PaperTable):
    """Papers issued."""

    symbol = Column(
        verbose_name=_("Số, ký hiệu"),
        linkify=lambda record: reverse("directives:detail", args=[record.pk]),
        css="nowrap",
    )
    kind = CodeColumn(DOCUMENT_KIND, verbose_name=_("Loại"))
    issued_on = DayColumn(verbose_name=_("Ngày ban hành"))
    subject = SubjectColumn(verbose_name=_("Trích yếu"), width=60)
    organisation = OrganisationColumn(verbose_name=_("Nơi ban hành"))
    signer = Column(verbose_name=_("Người ký"))
    standing = StandingColumn(verbose_name=_("Hiệu lực"), empty_values=(), orderable=False)

    class Meta(Table.Meta):
        model = Directive
        fields = ()


class PaperSearch(SearchFilter):
    """Full text: what the book says of a paper and what its files hold."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Papers in which every word is found."""
        return matching(qs, value or "")


class StandingFilter(django_filters.ChoiceFilter):
    """Papers that hold today, or no longer do."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("con", _("còn hiệu lực")), ("het", _("không còn hiệu lực"))]
        super().__init__(label=_("Hiệu lực"), choices=choices, empty_label=_("Tất cả"), **kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """By how each stands today."""
        if value == "con":
            return in_force(qs)
        if value == "het":
            return qs.exclude(pk__in=in_force(Directive.objects.all()).values("pk"))
        return qs


class DirectiveFilters(RecordFilters):
    """Search, kind, level, state of the plan."""

    q = PaperSearch()
    hieu_luc = StandingFilter()
    kind = django_filters.ChoiceFilter(
        label=_("Loại văn bản"), choices=DOCUMENT_KIND.choices, empty_label=_("Tất cả")
    )
    issuer_level = django_filters.ChoiceFilter(
        label=_("Cấp ban hành"), choices=GIVER.choices, empty_label=_("Tất cả")
    )
    trien_khai = django_filters.ChoiceFilter(
        label=_("Triển khai"),
        choices=[
            ("co", _("đã có văn bản")),
            ("cham", _("ban hành chậm")),
            ("chua", _("chưa có")),
            ("qua", _("quá hạn, chưa có")),
        ],
        method="by_state",
        empty_label=_("Tất cả"),
    )

    class Meta:
        model = Directive
        fields = ("q", "don_vi", "kind", "issuer_level", "trien_khai", "hieu_luc", "thoi_gian")

    def by_state(self, qs: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Directives by whether and when a plan was issued for them."""
        has = Exists(current(Plan.objects.filter(directive=OuterRef("pk"))))
        if value == "co":
            return qs.filter(has)
        if value == "cham":
            return qs.filter(plan_due_on__lt=F("first_plan_on"))
        rows = qs.filter(~has, needs_plan=True)
        return rows.filter(plan_due_on__lt=today()) if value == "qua" else rows


class IssuedFilters(RecordFilters):
    """Search, kind, whether in force."""

    q = PaperSearch()
    kind = django_filters.ChoiceFilter(
        label=_("Loại văn bản"), choices=DOCUMENT_KIND.choices, empty_label=_("Tất cả")
    )
    hieu_luc = StandingFilter()

    class Meta:
        model = Directive
        fields = ("q", "don_vi", "kind", "hieu_luc", "thoi_gian")


class PlanTable(Table):
    """Plans issued."""

    symbol = Column(
        verbose_name=_("Số, ký hiệu"),
        linkify=lambda record: reverse("directives:plan_detail", args=[record.pk]),
    )
    kind = CodeColumn(DOCUMENT_KIND, verbose_name=_("Loại"))
    issued_on = DayColumn(verbose_name=_("Ngày ban hành"))
    subject = Column(verbose_name=_("Trích yếu"), width=60)
    organisation = OrganisationColumn(verbose_name=_("Nơi ban hành"))
    directive = Column(
        accessor="directive__symbol",
        verbose_name=_("Triển khai văn bản"),
        linkify=lambda record: reverse("directives:detail", args=[record.directive_id]),
    )
    due = DayColumn(accessor="directive__plan_due_on", verbose_name=_("Hạn"))

    class Meta(Table.Meta):
        model = Plan
        fields = ()


class PlanFilters(RecordFilters):
    """Search and kind."""

    q = FoldedSearch("symbol", "subject", "directive__symbol", "organisation__name")
    kind = django_filters.ChoiceFilter(
        label=_("Loại văn bản"), choices=DOCUMENT_KIND.choices, empty_label=_("Tất cả")
    )

    class Meta:
        model = Plan
        fields = ("q", "don_vi", "kind", "thoi_gian")


class ShareColumn(NumberColumn):
    """Attended over those who had to attend (rule `study.base`)."""

    def render(self, record: Any) -> str:
        """In percent."""
        return percent(self.value(record=record))

    def value(self, **kwargs: Any) -> Any:
        """The percentage, or "" where nobody had to attend."""
        row = kwargs["record"]
        base = row.members_total - row.members_exempt
        return round(row.members_attended * 100 / base, 2) if base > 0 else ""


class StudyTable(Table):
    """Study sessions with attendance."""

    title = Column(
        verbose_name=_("Nội dung"),
        width=60,
        linkify=lambda record: reverse("directives:study_detail", args=[record.pk]),
    )
    kind = CodeColumn(STUDY_KIND, verbose_name=_("Loại"))
    form = CodeColumn(STUDY_FORM, verbose_name=_("Hình thức"))
    held_on = DayColumn(verbose_name=_("Ngày"))
    audience = Column(verbose_name=_("Đối tượng tham dự"), width=30)
    organisation = OrganisationColumn()
    members_total = NumberColumn(verbose_name=_("Tổng số"))
    members_exempt = NumberColumn(verbose_name=_("Được miễn"))
    members_attended = NumberColumn(verbose_name=_("Tham gia"))
    share = ShareColumn(verbose_name=_("Tỷ lệ %"), empty_values=(), orderable=False, decimals=2)

    class Meta(Table.Meta):
        model = StudySession
        fields = ()


class StudyFilters(RecordFilters):
    """Search, kind, form."""

    q = FoldedSearch("title", "place", "organisation__name", "directive__symbol")
    audience = FoldedSearch("audience", label=_("Đối tượng tham dự"))
    kind = django_filters.ChoiceFilter(label=_("Loại"), choices=STUDY_KIND.choices, empty_label=_("Tất cả"))
    form_ = django_filters.ChoiceFilter(
        field_name="form", label=_("Hình thức"), choices=STUDY_FORM.choices, empty_label=_("Tất cả")
    )

    class Meta:
        model = StudySession
        fields = ("q", "don_vi", "kind", "audience", "form_", "thoi_gian")


def state_text(directive: Any) -> tuple[str, str]:
    """Text and colour of the state of one directive's plan."""
    text, tone = STATES[plan_state(directive)]
    return str(text), tone
