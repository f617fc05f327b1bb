"""The ledger as the auditor reads it: who did or read what, and whether the chain is whole."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.audit.models import LedgerEntry
from tongket.audit.queries import verify_chain
from tongket.organisations.queries import visible_to
from tongket.ui.gate import gate
from tongket.ui.lists import DayFilter, Filters, ListPage, list_response
from tongket.ui.tables import Column, MomentColumn, NumberColumn, Table
from tongket.web.office_pages.ledger_words import action_text, facts_text, subject_text


def visible_entries(user: Any) -> QuerySet[LedgerEntry]:
    """The entries that touch books in the auditor's scope.

    Entries about no organisation (logins, accounts) are for an auditor of the whole: of an organisation with none
    above it.
    """
    seen = visible_to(user, "ledger.read")
    shown = Q(organisation_code__in=seen.values("code"))
    if seen.filter(parent__isnull=True).exists():
        shown |= Q(organisation_code="")
    return LedgerEntry.objects.filter(shown)


class LedgerTable(Table):
    """One row an entry, the newest first."""

    id = NumberColumn(verbose_name=gettext_lazy("Số"))
    at = MomentColumn(verbose_name=gettext_lazy("Lúc"), width=18)
    actor_name = Column(verbose_name=gettext_lazy("Ai"), css="nowrap")
    action = Column(verbose_name=gettext_lazy("Việc"), css="nowrap")
    organisation_code = Column(verbose_name=gettext_lazy("Tổ chức"), width=14)
    subject = Column(verbose_name=gettext_lazy("Về"), css="nowrap", accessor="subject_type", orderable=False)
    data = Column(verbose_name=gettext_lazy("Chi tiết"), orderable=False, width=60)
    hash = Column(verbose_name=gettext_lazy("Mã băm"), orderable=False, width=20)

    class Meta(Table.Meta):
        model = LedgerEntry
        fields = ("id", "at", "actor_name", "action", "organisation_code", "subject", "data", "hash")
        order_by = ("-id",)

    def render_action(self, value: str) -> str:
        """What was done, in words."""
        return action_text(value)

    def value_action(self, value: str) -> str:
        """The same for the workbook, with the code."""
        return f"{action_text(value)} ({value})"

    def render_subject(self, record: LedgerEntry) -> str:
        """Kind and key of the record that the entry is about."""
        return subject_text(record.subject_type, record.subject_id)

    def value_subject(self, record: LedgerEntry) -> str:
        """The same for the workbook."""
        return self.render_subject(record)

    def render_data(self, value: dict[str, Any]) -> str:
        """The facts noted, as "name: value"."""
        return facts_text(value)

    def value_data(self, value: dict[str, Any]) -> str:
        """The same for the workbook."""
        return self.render_data(value)

    def render_hash(self, value: str) -> str:
        """Enough of the hash to compare by eye."""
        return value[:12]

    def value_hash(self, value: str) -> str:
        """The whole hash for the workbook."""
        return value


class LedgerFilters(Filters):
    """By text, actor's name, day."""

    q = django_filters.CharFilter(method="search", label=gettext_lazy("Tìm theo người, việc, mã tổ chức"))
    since = DayFilter(field_name="at", lookup_expr="date__gte", label=gettext_lazy("Từ ngày"))
    until = DayFilter(field_name="at", lookup_expr="date__lte", label=gettext_lazy("Đến ngày"))

    class Meta:
        model = LedgerEntry
        fields = ("q", "since", "until")

    def search(self, queryset: QuerySet[LedgerEntry], _name: str, value: str) -> QuerySet[LedgerEntry]:
        """Entries whose actor, action, subject or organisation holds the text."""
        text = value.strip()
        return queryset.filter(
            Q(actor_name__icontains=text)
            | Q(action__icontains=text)
            | Q(subject_id=text)
            | Q(organisation_code__iexact=text)
        )


@gate("ledger.read")
def ledger(request: HttpRequest) -> HttpResponse:
    """The ledger's entries in the auditor's scope."""
    return list_response(
        request,
        ListPage(
            title=_("Nhật ký"),
            lead=_("Mọi việc làm thay đổi dữ liệu và mọi lần xem hồ sơ nhạy cảm. Không sửa, không xóa được."),
            queryset=visible_entries(request.user),
            table=LedgerTable,
            filters=LedgerFilters,
            template="web/ledger.html",
            empty=_("Không có dòng nhật ký nào khớp."),
        ),
    )


@gate("ledger.read")
def chain(request: HttpRequest) -> HttpResponse:
    """Walk the whole chain and say whether every entry still fits (htmx)."""
    return render(request, "web/_chain.html", {"chain": verify_chain()})
