"""The menu: each page once, with the verb that opens it. What a user's duties do not hold is not shown."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongket.ui.context import ORGANISATION, PERIOD
from tongket.ui.gate import held_verbs


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: text, name of its URL, icon, the verb it needs, and the names of URLs that belong to it."""

    text: str | Promise
    url: str
    icon: str
    verb: str
    prefix: str = ""  # how the names of URLs begin that light this entry up, with spaces between


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading."""

    text: str | Promise
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as one page shows it."""

    text: str | Promise
    href: str
    icon: str
    active: bool


MENU: tuple[Group, ...] = (
    Group(
        _("Tổng kết năm"),
        (
            Item(_("Tổng quan"), "web:overview", "speedometer2", "figure.read"),
            Item(_("Số liệu"), "web:catalogue", "bar-chart-line", "figure.read", "web:figure"),
            Item(_("Biểu thống kê"), "web:forms", "table", "figure.read", "web:form"),
            Item(_("Báo cáo"), "web:reports", "file-earmark-text", "report.read", "web:report"),
            Item(_("Chốt số liệu"), "books:list", "lock", "book.read", "books:"),
            Item(_("Soát số liệu"), "drafts:list", "clipboard2-check", "draft.write", "drafts:"),
        ),
    ),
    Group(
        _("Tổ chức và đảng viên"),
        (
            Item(_("Tổ chức đảng"), "organisations:list", "diagram-3", "organisation.read", "organisations:"),
            Item(_("Sắp xếp tổ chức"), "reforms:list", "shuffle", "register.reorganise", "reforms:"),
            Item(_("Đảng viên"), "members:list", "people", "member.read", "members:"),
            Item(_("Hồ sơ nghi trùng"), "matching:list", "intersect", "register.merge", "matching:"),
            Item(
                _("Đối chiếu sổ đảng viên"),
                "intake:reconcile",
                "arrow-left-right",
                "member.write",
                "intake:reconcile",
            ),
            Item(_("Kết nạp, công nhận"), "admissions:list", "person-plus", "admission.read", "admissions:"),
        ),
    ),
    Group(
        _("Chỉ đạo và theo dõi"),
        (
            Item(_("Việc đến hạn"), "obligations:due", "calendar-check", "obligation.read", "obligations:"),
            Item(
                _("Văn bản"),
                "directives:list",
                "envelope-paper",
                "directive.read",
                "directives: intake:edxml",
            ),
            Item(
                _("Học tập, quán triệt"), "directives:study_list", "easel", "study.read", "directives:study"
            ),
            Item(_("Hội nghị"), "conferences:list", "calendar-event", "conference.read", "conferences:"),
            Item(
                _("Thông báo kiểm tra"),
                "inspections:inspection_announced",
                "megaphone",
                "obligation.read",
            ),
            Item(_("Chỉ tiêu"), "targets:list", "bullseye", "target.read", "targets:"),
            Item(_("Kỷ niệm, kết nghĩa"), "events:list", "flag", "event.read", "events:"),
            Item(
                _("Tình hình tư tưởng"), "bulletins:list", "chat-square-text", "bulletin.read", "bulletins:"
            ),
        ),
    ),
    Group(
        _("Đánh giá, khen thưởng, kỷ luật"),
        (
            Item(_("Đợt xếp loại"), "ratings:round_list", "ui-checks", "rating.read", "ratings:round"),
            Item(_("Xếp loại tổ chức"), "ratings:list", "clipboard-check", "rating.read", "ratings:"),
            Item(
                _("Xếp loại đảng viên"),
                "ratings:member_list",
                "person-check",
                "rating.read",
                "ratings:member",
            ),
            Item(_("Huy hiệu Đảng"), "honours:list", "award", "honour.read", "honours:"),
            Item(
                _("Khen thưởng"),
                "honours:commendation_list",
                "trophy",
                "honour.read",
                "honours:commendation honours:commending honours:title",
            ),
            Item(
                _("Kiểm tra, giám sát"),
                "inspections:inspection_list",
                "search",
                "inspection.read",
                "inspections:inspection inspections:programme inspections:statistics",
            ),
            Item(
                _("Kỷ luật"),
                "inspections:list",
                "shield-exclamation",
                "discipline.read",
                "inspections: cases:",
            ),
        ),
    ),
    Group(
        _("Hệ thống"),
        (
            Item(_("Quy định"), "rules:list", "book", "rule.read", "rules:"),
            Item(_("Nhập từ Excel"), "intake:list", "box-arrow-in-down", "intake.write", "intake:"),
            Item(_("Nhật ký"), "web:ledger", "journal-check", "ledger.read"),
            Item(_("Người dùng"), "web:accounts", "person-gear", "account.write", "web:account"),
            Item(_("Kết nối phần mềm"), "programs:list", "plug", "account.write", "programs:"),
        ),
    ),
)


def menu_for(request: HttpRequest) -> list[tuple[str | Promise, list[Entry]]]:
    """The groups and entries that the user's duties open, the one of the present page marked."""
    held = held_verbs(request)
    here = request.resolver_match.view_name if request.resolver_match else ""
    mine = _nearest(here)
    carried = carried_query(request)
    groups = []
    for group in MENU:
        entries = [
            Entry(item.text, address + carried, item.icon, item is mine)
            for item in group.items
            if item.verb in held and (address := _address(item))
        ]
        if entries:
            groups.append((group.text, entries))
    return groups


def carried_query(request: HttpRequest) -> str:
    """Organisation and period of the present address, for links to other pages; "" when it names none."""
    carried = request.GET.copy()
    for name in list(carried):
        if name not in (ORGANISATION, PERIOD):
            del carried[name]
    return f"?{carried.urlencode()}" if carried else ""


def _nearest(here: str) -> Item | None:
    """The entry that a page belongs to: the one whose URL it is, else the one with the longest prefix of its name."""
    fitting = [
        (len(start), item)
        for group in MENU
        for item in group.items
        for start in (item.url, *item.prefix.split())
        if (here == start if start == item.url else here.startswith(start))
    ]
    return max(fitting, key=lambda pair: pair[0], default=(0, None))[1]


def _address(item: Item) -> str:
    try:
        return reverse(item.url)
    except NoReverseMatch:
        return ""
