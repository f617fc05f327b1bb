"""The board of candidates: how many at which stage, the list with its filters, and the counts by organisation."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.admissions.deadlines.desks import desk_body
from tongket.admissions.deadlines.limits import Deadline
from tongket.admissions.joining.derive import OPEN, STAGES
from tongket.admissions.joining.queries import Row, rows_of, visible_candidates
from tongket.admissions.pages.common import TITLE, crumbs, tabs, tone_of, when_text
from tongket.audit.acts import log_reading
from tongket.core.dates import today
from tongket.core.judging import CANDIDATE_STAGE, DEADLINE
from tongket.core.text import fold
from tongket.organisations.models import Organisation, OrganisationPath
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate, held_verbs
from tongket.ui.lists import ListPage, list_response
from tongket.ui.records.lists import OrganisationColumn, below, organisation_choices
from tongket.ui.tables import Column, DayColumn, Table
from tongket.ui.templatetags.ui import lang

_TONES = {"admitted": "good", "closed": "", "decision": "good"}


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A candidate as a line of the list."""

    row: Row
    day: date

    @property
    def full_name(self) -> str:
        """The candidate's name."""
        return self.row.candidate.full_name

    @property
    def sort_key(self) -> str:
        """The key of Vietnamese order."""
        return self.row.candidate.sort_key

    @property
    def organisation(self) -> Organisation:
        """The cell."""
        return self.row.candidate.organisation

    @property
    def birth_date(self) -> date:
        """The birth date."""
        return self.row.candidate.birth_date

    @property
    def stage(self) -> str:
        """The stage in words."""
        return CANDIDATE_STAGE.label(self.row.standing.stage, lang())

    @property
    def stage_place(self) -> int:
        """The stage's place in the order of stages."""
        return STAGES.index(self.row.standing.stage)

    @property
    def since(self) -> date | None:
        """Since when at this stage."""
        return self.row.standing.stage_since

    @property
    def next(self) -> Deadline | None:
        """The nearest deadline; the certificate's end only once it comes near."""
        still = self.row.open_deadlines(self.day)
        near = (one for one in still if one.kind != "class" or one.late(self.day) or one.alert(self.day))
        return next(near, None)

    @property
    def next_on(self) -> date:
        """Its last day, the far future when there is none."""
        return self.next.last if self.next else date.max

    @property
    def desk(self) -> str:
        """Whose desk it is on."""
        return desk_body(self.row.candidate.organisation, self.next.desk, self.day) if self.next else ""


class BoardTable(Table):
    """Candidates, one a line."""

    full_name = Column(
        verbose_name=gettext_lazy("Họ và tên"),
        order_by=("sort_key",),
        width=28,
        css="nowrap",
        linkify=lambda record: reverse("admissions:candidate", args=[record.row.candidate.pk]),
    )
    organisation = OrganisationColumn(verbose_name=gettext_lazy("Chi bộ"))
    birth_date = DayColumn(verbose_name=gettext_lazy("Ngày sinh"))
    stage = Column(verbose_name=gettext_lazy("Giai đoạn"), order_by=("stage_place",), width=24)
    since = DayColumn(verbose_name=gettext_lazy("Từ ngày"))
    next_on = DayColumn(verbose_name=gettext_lazy("Hạn gần nhất"))
    desk = Column(verbose_name=gettext_lazy("Đang ở"), width=24)

    class Meta(Table.Meta):
        order_by = ("full_name",)

    def render_stage(self, value: str, record: BoardRow) -> Any:
        """The stage as a tag."""
        return format_html('<span class="tag {}">{}</span>', _TONES.get(record.row.standing.stage, ""), value)

    def render_next_on(self, value: date, record: BoardRow) -> Any:
        """What is due, when, and how far off."""
        one = record.next
        if one is None:
            return ""
        day = when_text(one, record.day)
        return format_html(
            '<span class="tag {}">{}</span><span class="above">{} · {}</span>',
            tone_of(one, record.day),
            day,
            DEADLINE.label(one.kind, lang()),
            f"{value:%d/%m/%Y}",
        )

    def value_next_on(self, value: date, record: BoardRow) -> Any:
        """The day for the Excel file."""
        return value if record.next else ""


@gate("admission.read")
def board(request: HttpRequest) -> HttpResponse:
    """The stages with their counts, and the candidates chosen; all of them to Excel."""
    view, day = view_context(request, "admission.read"), today()
    rows = _rows(request, view)
    stage, late = request.GET.get("giai_doan", ""), request.GET.get("cham") == "1"
    counts = Counter(row.standing.stage for row in rows)
    chosen = [row for row in rows if _is_chosen(row, stage, late, day)]
    new = [(_("Ghi quần chúng ưu tú"), reverse("admissions:new"), "person-plus")]
    page = ListPage(
        title=str(TITLE),
        queryset=[BoardRow(row, day) for row in chosen],
        table=BoardTable,
        lead=f"{view.organisation.name}",
        template="admissions/list.html",
        actions=new if "admission.write" in held_verbs(request) else (),
        empty=_("Không có quần chúng ưu tú nào ở giai đoạn này. Chọn giai đoạn khác, hoặc bỏ điều kiện lọc."),
        on_export=lambda number: log_reading(
            "candidate.export",
            by=request.user,
            subject=view.organisation,
            organisation=view.organisation,
            rows=number,
        ),
        context={
            "view": view,
            "day": day,
            "tabs": tabs("admissions:list"),
            "stages": [(code, CANDIDATE_STAGE.label(code, lang()), counts[code]) for code in STAGES],
            "stage": stage,
            "late": late,
            "late_count": sum(row.is_late(day) for row in rows),
            "open_count": sum(counts[code] for code in OPEN),
            "places": organisation_choices(view),
            "place": request.GET.get("don_vi", ""),
            "q": request.GET.get("q", ""),
            "year": request.GET.get("nam", ""),
        },
    )
    return list_response(request, page)


def _rows(request: HttpRequest, view: ViewContext) -> list[Row]:
    """The candidates below the organisation looked at: filtered by part, year and name."""
    people = visible_candidates(request.user).filter(organisation__in=below(view.organisation))
    place, year = request.GET.get("don_vi", ""), request.GET.get("nam", "").strip()
    if place:
        part = Organisation.objects.filter(code=place).first()
        people = people.filter(organisation__in=below(part)) if part else people.none()
    if year:
        people = (
            people.filter(source_year=int(year)) if year.isdecimal() and len(year) == 4 else people.none()
        )
    for word in fold(request.GET.get("q", "")).split()[:8]:
        people = people.filter(folded_name__contains=word)
    return rows_of(people)


def _is_chosen(row: Row, stage: str, late: bool, day: date) -> bool:
    """Without a stage asked for: all who are still on the way."""
    if late and not row.is_late(day):
        return False
    if stage == "tat-ca":
        return True
    return row.standing.stage == stage if stage in STAGES else row.standing.is_open


@gate("admission.read")
def plan(request: HttpRequest) -> HttpResponse:
    """Own counts by organisation for the year: nominated, class, resolution, decision, admitted, closed."""
    view = view_context(request, "admission.read")
    rows = rows_of(visible_candidates(request.user).filter(organisation__in=below(view.organisation)))
    parts = _parts(view.organisation)
    table: dict[int, Counter[str]] = {}
    for row in rows:
        own = table.setdefault(parts.get(row.candidate.organisation_id, view.organisation.pk), Counter())
        own.update(_of_period(row, view))
    named = Organisation.objects.in_bulk(table)
    ordered = sorted(table.items(), key=lambda item: (named[item[0]].position, named[item[0]].code))
    lines = [(named[pk], [(text, counts[name]) for name, text in COUNTED]) for pk, counts in ordered]
    shown = {
        "view": view,
        "title": _("Nguồn và kết nạp theo đơn vị"),
        "tabs": tabs("admissions:plan"),
        "heads": [text for _name, text in COUNTED],
        "lines": lines,
        "total": [(text, sum(counts[name] for counts in table.values())) for name, text in COUNTED],
        "crumbs": crumbs((_("Theo đơn vị"), "")),
    }
    return render(request, "admissions/plan.html", shown)


COUNTED = (
    ("open", gettext_lazy("Đang trong nguồn")),
    ("nominated", gettext_lazy("Giới thiệu trong kỳ")),
    ("class", gettext_lazy("Học lớp nhận thức")),
    ("resolution", gettext_lazy("Chi bộ đề nghị")),
    ("decision", gettext_lazy("Có quyết định")),
    ("ceremony", gettext_lazy("Đã tổ chức lễ")),
    ("closed", gettext_lazy("Thôi xét")),
)


def _of_period(row: Row, view: ViewContext) -> list[str]:
    """Which columns a candidate counts in: what happened in the period, and whether still on the way now."""
    now = row.standing
    days = {"nominated": row.candidate.nominated_on}
    days |= {kind: step.on for kind, step in now.at.items()}
    counted = [name for name, _text in COUNTED if (on := days.get(name)) and view.period.contains(on)]
    return [*counted, "open"] if now.is_open else counted


def _parts(organisation: Organisation) -> dict[int, int]:
    """Which child of the organisation each one below it lies in (itself: a cell directly below)."""
    paths = OrganisationPath.objects.filter(ancestor=organisation, depth__gt=0, voided_at__isnull=True)
    return dict(paths.order_by("valid_to").values_list("descendant_id", "via_id"))
