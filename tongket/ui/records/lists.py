"""What the lists of dated records share: the part of the tree, the period, search without diacritics."""

from typing import Any, ClassVar

import django_filters
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.core.periods import Period
from tongket.core.text import fold
from tongket.organisations.models import Organisation, OrganisationPath
from tongket.organisations.queries import subtree_on
from tongket.ui.context import ViewContext
from tongket.ui.lists import Filters, SearchFilter
from tongket.ui.tables import Column
from tongket.ui.templatetags.ui import lang

ALL_TIMES = "tat-ca"
WHEN, WHERE = "thoi_gian", "don_vi"


def below(organisation: Organisation, period: Period | None = None) -> QuerySet[Any]:
    """Ids of the organisation and all that hung below it: on some day of `period`, else in their latest place."""
    paths = OrganisationPath.objects.filter(ancestor=organisation, voided_at__isnull=True)
    if period is None:
        paths = paths.filter(valid_to=F("descendant__ends_on"))
    else:
        paths = paths.filter(valid_from__lte=period.end, valid_to__gt=period.start)
    return paths.values("descendant")


def ever_below(organisation: Organisation) -> QuerySet[Any]:
    """Ids of the organisation and all that ever hung below it."""
    return OrganisationPath.objects.filter(ancestor=organisation, voided_at__isnull=True).values("descendant")


class FoldedSearch(SearchFilter):
    """Words in any order, with or without diacritics, in columns that have no stored key.

    The rows are read and folded here, which is right for the hundreds or few thousands of a year's records.
    """

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows in which every word is found in the columns taken together."""
        words = fold(value or "").split()[:8]
        if not words:
            return qs
        found = [
            pk
            for pk, *texts in qs.order_by().values_list("pk", *self.keys)
            if all(word in fold(" ".join(str(t or "") for t in texts)) for word in words)
        ]
        return qs.filter(pk__in=found)


def organisation_choices(view: ViewContext) -> list[tuple[str, str]]:
    """The organisations under the one looked at, indented by level, as they stood at the as-at date."""
    rows = subtree_on(view.organisation, view.as_at)
    return [(row.code, "\u2003" * (row.depth - 1) + row.name) for row in rows if row.depth]


class RecordFilters(Filters):
    """Period and part of the tree: what every list of records is filtered by."""

    don_vi = django_filters.ChoiceFilter(label=gettext_lazy("Đơn vị"), method="in_part", empty_label=None)
    thoi_gian = django_filters.ChoiceFilter(label=gettext_lazy("Thời gian"), method="keep", empty_label=None)

    # Filters that a list puts before the two common ones.
    first: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        view: ViewContext = self.request.view_context
        where, when = self.form.fields.get(WHERE), self.form.fields.get(WHEN)
        if where is not None:
            where.choices = [
                ("", _("Toàn %(name)s") % {"name": view.organisation.name}),
                *organisation_choices(view),
            ]
        if when is not None:
            period = view.period.label(lang())
            when.choices = [("", period[:1].upper() + period[1:]), (ALL_TIMES, _("Mọi thời gian"))]

    @property
    def narrowed(self) -> bool:
        """The period alone narrows nothing: of a period without records the list says that none was entered."""
        return any(self.data.get(name) for name in self.filters if name != WHEN)

    def in_part(self, qs: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Only the records of one organisation and what is below it."""
        chosen = Organisation.objects.filter(code=value).first()
        return qs.none() if chosen is None else qs.filter(Q(organisation__in=ever_below(chosen)))

    def keep(self, qs: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        """The period is applied by the page, which knows its default."""
        return qs


def full_name(organisation: Organisation) -> tuple[str, str]:
    """Name, and the name of the organisation above: a hundred cells may be called "Chi bộ thôn 1".

    The second is "" for those directly below the top, whose own name tells them apart.
    """
    above = organisation.parent
    return organisation.name, above.name if above is not None and above.parent_id is not None else ""


class OrganisationColumn(Column):
    """The organisation of a row with the one above it, as a link to its page. Wants `organisation__parent` selected."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("accessor", "organisation")
        kwargs.setdefault("verbose_name", gettext_lazy("Tổ chức"))
        kwargs.setdefault("order_by", ("organisation__position", "organisation__code"))
        kwargs.setdefault(
            "linkify", lambda record: reverse("organisations:detail", args=[record.organisation.code])
        )
        super().__init__(*args, width=44, **kwargs)

    def render(self, value: Any) -> Any:
        """The name, with the one above in small."""
        name, above = full_name(value)
        return format_html('{}<span class="above">{}</span>', name, above) if above else name

    def value(self, **kwargs: Any) -> str:
        """Both names for the Excel file."""
        return ", ".join(part for part in full_name(kwargs["value"]) if part)
