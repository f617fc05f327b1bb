"""The register of members: the list with its filters, and the list of profiles with gaps."""

from typing import Any

import django_filters
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tongket.audit.acts import log_reading
from tongket.core import codelists as codes
from tongket.core.dates import FOREVER, add_years, format_date, today
from tongket.members.fields import REQUIRED
from tongket.members.models import Member, MemberDetail, MembershipSpell
from tongket.members.pages.records import MemberSearch
from tongket.members.queries import field_label, gaps_of, incomplete, visible_to
from tongket.organisations.models import Organisation
from tongket.rules.membership import party_age_years
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate, held_verbs
from tongket.ui.lists import EXPORT, Filters, ListPage, list_response, workbook_response
from tongket.ui.records.lists import OrganisationColumn, below, full_name, organisation_choices
from tongket.ui.sheets import Column as SheetColumn
from tongket.ui.sheets import list_workbook
from tongket.ui.tables import PAGE, CodeColumn, Column, DayColumn, NumberColumn, Table
from tongket.ui.templatetags.ui import lang

# Ages in full years, from and to, as the statistics band them.
AGES = {"30": (0, 30), "31": (31, 40), "41": (41, 50), "51": (51, 60), "61": (61, 150)}
AGE_CHOICES = [
    ("30", _("đến 30 tuổi")),
    ("31", _("31–40 tuổi")),
    ("41", _("41–50 tuổi")),
    ("51", _("51–60 tuổi")),
    ("61", _("trên 60 tuổi")),
]
PARTY_AGES = {"0": (0, 29), "30": (30, 39), "40": (40, 49), "50": (50, 150)}
PARTY_AGE_CHOICES = [
    ("0", _("dưới 30 năm")),
    ("30", _("30–39 năm")),
    ("40", _("40–49 năm")),
    ("50", _("từ 50 năm")),
]
STANDINGS = [
    ("", _("Đang sinh hoạt")),
    ("official", _("Đảng viên chính thức")),
    ("probationary", _("Đảng viên dự bị")),
    ("exempt", _("Được miễn sinh hoạt")),
    ("suspended", _("Bị đình chỉ sinh hoạt")),
    ("ended", _("Đã ra khỏi danh sách (mọi lý do)")),
    *(
        (code, _("Đã ra: %(how)s") % {"how": codes.MEMBER_EVENT.label(code).lower()})
        for code in sorted(codes.ENDINGS)
    ),
    ("none", _("Chưa ghi việc vào Đảng")),
    ("all", _("Tất cả")),
]


def born_between(low: int, high: int) -> Q:
    """Born so that the age in full years lies between `low` and `high` today."""
    now = today()
    return Q(birth_date__lte=add_years(now, -low), birth_date__gt=add_years(now, -high - 1))


class MemberTable(Table):
    """Members, one a line, in Vietnamese name order."""

    full_name = Column(
        verbose_name=_("Họ và tên"),
        order_by=("sort_key", "code"),
        width=30,
        linkify=lambda record: reverse("members:detail", args=[record.uid]),
    )
    code = Column(verbose_name=_("Mã"), width=12)
    birth_date = DayColumn(verbose_name=_("Ngày sinh"))
    gender = CodeColumn(codes.GENDER, verbose_name=_("Giới tính"), width=10)
    organisation = OrganisationColumn(verbose_name=_("Chi bộ"))
    standing = CodeColumn(codes.STANDING, verbose_name=_("Tư cách"), css="nowrap", empty_values=())
    admitted_on = DayColumn(verbose_name=_("Ngày kết nạp"))
    official_on = DayColumn(verbose_name=_("Chính thức"))
    party_age = NumberColumn(
        accessor="party_age_from", verbose_name=_("Tuổi Đảng"), order_by=("-party_age_from",)
    )
    card_number = Column(verbose_name=_("Số thẻ"), width=14)

    class Meta(Table.Meta):
        model = Member
        fields = ()
        order_by = ("full_name",)

    def render_standing(self, record: Member) -> str:
        """The standing in a word, or how membership ended."""
        short = {"official": _("chính thức"), "probationary": _("dự bị")}
        return str(short.get(record.standing, standing_text(record)))

    def value_standing(self, record: Member) -> str:
        """The same for the Excel file."""
        return standing_text(record)

    def render_party_age(self, value: Any, record: Any) -> str:
        """Full years today, of those on the list."""
        return str(party_age_years(value, today())) if record.standing else ""

    def value_party_age(self, value: Any, record: Any) -> Any:
        """The same for the Excel file."""
        return party_age_years(value, today()) if value and record.standing else ""


def standing_text(member: Member) -> str:
    """The standing of a member in words, or how membership ended."""
    if member.standing:
        return codes.STANDING.label(member.standing)
    return codes.MEMBER_EVENT.label(member.ended_by) if member.ended_by else str(_("chưa vào Đảng"))


def _list_choices(codelist: codes.CodeList) -> list[tuple[str, Any]]:
    return [*codelist.choices, ("blank", _("(chưa ghi)"))]


class MemberFilters(Filters):
    """Who is in the list."""

    q = MemberSearch("folded_name", prefix="", label=_("Tìm theo tên, mã, số thẻ"))
    don_vi = django_filters.ChoiceFilter(label=_("Đơn vị"), method="in_part", empty_label=None)
    tu_cach = django_filters.ChoiceFilter(
        label=_("Tư cách"), method="keep", choices=STANDINGS[1:], empty_label=STANDINGS[0][1]
    )
    gender = django_filters.ChoiceFilter(
        label=_("Giới tính"), choices=codes.GENDER.choices, empty_label=_("Tất cả")
    )
    tuoi = django_filters.ChoiceFilter(
        label=_("Tuổi đời"), choices=AGE_CHOICES, method="by_age", empty_label=_("Tất cả")
    )
    tuoi_dang = django_filters.ChoiceFilter(
        label=_("Tuổi Đảng"), choices=PARTY_AGE_CHOICES, method="by_party_age", empty_label=_("Tất cả")
    )
    education = django_filters.ChoiceFilter(
        label=_("Trình độ chuyên môn"),
        choices=_list_choices(codes.EDUCATION),
        method="by_detail",
        empty_label=_("Tất cả"),
    )
    theory = django_filters.ChoiceFilter(
        label=_("Lý luận chính trị"),
        choices=_list_choices(codes.THEORY),
        method="by_detail",
        empty_label=_("Tất cả"),
    )
    occupation = django_filters.ChoiceFilter(
        label=_("Nghề nghiệp"),
        choices=_list_choices(codes.OCCUPATION),
        method="by_detail",
        empty_label=_("Tất cả"),
    )
    ho_so = django_filters.ChoiceFilter(
        label=_("Hồ sơ"),
        choices=[("thieu", _("Còn thiếu thông tin")), ("du", _("Đủ thông tin"))],
        method="by_gaps",
        empty_label=_("Tất cả"),
    )

    class Meta:
        model = Member
        fields = (
            "q",
            "don_vi",
            "tu_cach",
            "gender",
            "tuoi",
            "tuoi_dang",
            "education",
            "theory",
            "occupation",
            "ho_so",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        view: ViewContext = self.request.view_context
        whole = ("", _("Toàn %(name)s") % {"name": view.organisation.name})
        self.form.fields["don_vi"].choices = [whole, *organisation_choices(view)]

    def in_part(self, qs: QuerySet[Member], _name: str, value: str) -> QuerySet[Member]:
        """Only members whose present or last cell lies under one organisation."""
        chosen = Organisation.objects.filter(code=value).first()
        return qs.none() if chosen is None else qs.filter(organisation__in=below(chosen))

    def keep(self, qs: QuerySet[Member], _name: str, _value: str) -> QuerySet[Member]:
        """The standing is applied by the page, which knows its default."""
        return qs

    def by_age(self, qs: QuerySet[Member], _name: str, value: str) -> QuerySet[Member]:
        """Age in full years today."""
        return qs.filter(born_between(*AGES[value]))

    def by_party_age(self, qs: QuerySet[Member], _name: str, value: str) -> QuerySet[Member]:
        """Party age in full years today."""
        low, high = PARTY_AGES[value]
        now = today()
        # Not one question per member: SQLite would search all open spells for each.
        spells = MembershipSpell.objects.filter(
            voided_at__isnull=True,
            valid_to=FOREVER,
            party_age_from__lte=add_years(now, -low),
            party_age_from__gt=add_years(now, -high - 1),
        )
        return qs.filter(pk__in=spells.values("member"))

    def by_detail(self, qs: QuerySet[Member], name: str, value: str) -> QuerySet[Member]:
        """What the latest profile says."""
        wanted = "" if value == "blank" else value
        latest = MemberDetail.objects.filter(member=OuterRef("pk"), voided_at__isnull=True, valid_to=FOREVER)
        return qs.filter(Exists(latest.filter(**{name: wanted})))

    def by_gaps(self, qs: QuerySet[Member], _name: str, value: str) -> QuerySet[Member]:
        """Profiles with or without a gap among the required fields."""
        with_gaps = incomplete(Member.objects.all(), today()).values("member")
        return qs.filter(pk__in=with_gaps) if value == "thieu" else qs.exclude(pk__in=with_gaps)


def of_standing(rows: QuerySet[Member], asked: str) -> QuerySet[Member]:
    """Members of a standing or way of leaving; "" is those on the list now."""
    match asked:
        case "":
            return rows.exclude(standing="")
        case "all":
            return rows
        case "official" | "probationary":
            return rows.filter(standing=asked)
        case "exempt" | "suspended":
            now = MembershipSpell.objects.filter(voided_at__isnull=True, valid_to=FOREVER, **{asked: True})
            return rows.filter(pk__in=now.values("member"))
        case "ended":
            return rows.exclude(ended_by="")
        case "none":
            return rows.filter(standing="", ended_by="")
        case _:
            return rows.filter(ended_by=asked)


def with_spell(rows: QuerySet[Member]) -> QuerySet[Member]:
    """Members with the dates of their latest spell, for the columns of the list."""
    latest = MembershipSpell.objects.filter(member=OuterRef("pk"), voided_at__isnull=True).order_by(
        "-valid_from"
    )
    names = ("admitted_on", "official_on", "party_age_from")
    return rows.annotate(**{name: Subquery(latest.values(name)[:1]) for name in names})


def of_part(request: HttpRequest, view: ViewContext, verb: str = "member.read") -> QuerySet[Member]:
    """The members that the list begins with: of the organisation looked at, of the standing chosen."""
    rows = visible_to(request.user, verb).filter(organisation__in=below(view.organisation))
    return of_standing(rows, request.GET.get("tu_cach", ""))


def chosen_members(
    request: HttpRequest, view: ViewContext, verb: str = "member.read"
) -> tuple[QuerySet[Member], str]:
    """The members whom the list shows for this address, in its order, and what was chosen in words."""
    rows = of_part(request, view, verb)
    filters = MemberFilters(request.GET, queryset=rows, request=request)
    return filters.qs.order_by("sort_key", "code"), filters.in_words


def _lead(organisation: Organisation) -> str:
    """What the list is; of an organisation that has ended, why nobody is in it."""
    if organisation.ends_on <= today():
        said = {"name": organisation.name, "day": format_date(organisation.ends_on, lang())}
        return (
            gettext(
                "%(name)s đã kết thúc hoạt động từ ngày %(day)s; đảng viên nay ở tổ chức kế tục. "
                "Hãy chọn tổ chức ấy ở đầu trang."
            )
            % said
        )
    return gettext("Sổ đảng viên của %(name)s, theo những gì đã ghi đến hôm nay.") % {
        "name": organisation.name
    }


@gate("member.read")
def members(request: HttpRequest) -> HttpResponse:
    """The register of the organisation looked at, as it is today; all rows chosen to Excel, logged."""
    view = view_context(request, "member.read")
    rows = of_part(request, view)
    actions = [(str(_("Hồ sơ thiếu thông tin")), reverse("members:incomplete"), "clipboard-x")]
    query = request.GET.copy()
    for name in (EXPORT, PAGE):
        query.pop(name, None)
    asked = f"?{query.urlencode()}" if query else ""
    actions.append((str(_("Phiếu rà soát")), reverse("members:check_sheets") + asked, "card-checklist"))
    if "member.sensitive" in held_verbs(request):
        actions.append((str(_("Xuất theo mẫu")), reverse("members:export") + asked, "box-arrow-up"))
    if "member.write" in held_verbs(request):
        actions.insert(0, (str(_("Ghi đảng viên mới")), reverse("members:new"), "person-plus"))
    if "register.merge" in held_verbs(request):
        actions.append((str(_("Hồ sơ nghi trùng")), reverse("matching:list"), "people"))

    def note(count: int) -> None:
        chosen = {k: v for k, v in request.GET.items() if k not in ("xuat", "q") and v}
        log_reading(
            "member.export",
            by=request.user,
            subject=view.organisation,
            organisation=view.organisation,
            rows=count,
            chosen=chosen,
        )

    page = ListPage(
        title=str(_("Đảng viên")),
        queryset=with_spell(rows).select_related("organisation__parent"),
        table=MemberTable,
        filters=MemberFilters,
        lead=_lead(view.organisation),
        template="ui/records/list.html",
        actions=actions,
        empty=str(
            _("Không có đảng viên nào khớp. Bỏ bớt điều kiện lọc, hoặc chọn tổ chức khác ở đầu trang.")
        ),
        on_export=note,
        context={"view": view},
    )
    return list_response(request, page)


@gate("member.read")
def gaps(request: HttpRequest) -> HttpResponse:
    """Profiles with gaps: how many in each cell, and whose with what missing in the cell chosen."""
    view = view_context(request, "member.read")
    people = visible_to(request.user).filter(organisation__in=below(view.organisation)).exclude(standing="")
    missing = incomplete(people, today())
    cells = (
        missing.values(code=F("member__organisation__code"), name=F("member__organisation__name"))
        .annotate(people=Count("pk"))
        .order_by("-people", "name")
    )
    chosen = request.GET.get("chi_bo", "")
    if request.GET.get(EXPORT) == "xlsx":
        return _gaps_workbook(request, view, missing, chosen)
    rows = missing.filter(member__organisation__code=chosen).order_by("member__sort_key") if chosen else []
    shown = {
        "title": _("Hồ sơ thiếu thông tin"),
        "crumbs": [(_("Đảng viên"), reverse("members:list")), (_("Hồ sơ thiếu thông tin"), "")],
        "view": view,
        "cells": cells,
        "total": sum(cell["people"] for cell in cells),
        "chosen": chosen,
        "rows": [(detail.member, [field_label(name) for name in gaps_of(detail)]) for detail in rows],
        "required": [field_label(name) for name in REQUIRED],
    }
    return render(request, "members/gaps.html", shown)


def _gaps_workbook(
    request: HttpRequest, view: ViewContext, missing: QuerySet[MemberDetail], chosen: str
) -> HttpResponse:
    """Whose profile lacks what, of one cell or of all of them; logged like every list of people that leaves."""
    rows = missing.select_related("member__organisation__parent").order_by(
        "member__organisation__position", "member__organisation__code", "member__sort_key"
    )
    if chosen:
        rows = rows.filter(member__organisation__code=chosen)
    columns = [
        SheetColumn(str(_("Họ và tên")), 30),
        SheetColumn(str(_("Mã")), 12),
        SheetColumn(str(_("Chi bộ")), 44),
        SheetColumn(str(_("Còn thiếu")), 70),
        SheetColumn(str(_("Số mục thiếu")), 12, "int"),
    ]
    lines = []
    for detail in rows:
        lacking = gaps_of(detail)
        place = detail.member.organisation
        cell = ", ".join(part for part in full_name(place) if part) if place is not None else ""
        said = ", ".join(field_label(name) for name in lacking)
        lines.append([detail.member.full_name, detail.member.code, cell, said, len(lacking)])
    log_reading(
        "member.export",
        by=request.user,
        subject=view.organisation,
        organisation=view.organisation,
        rows=len(lines),
        chosen={"ho_so": "thieu"} | ({"chi_bo": chosen} if chosen else {}),
    )
    title = str(_("Hồ sơ thiếu thông tin"))
    said = "; ".join(
        part for part in (view.organisation.name, chosen, str(_("%d hồ sơ")) % len(lines)) if part
    )
    return workbook_response(list_workbook(title, said, columns, lines), title)
