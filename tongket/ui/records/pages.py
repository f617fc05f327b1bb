"""The five pages of a kind of record: list, record, new, correct, void.

A domain app declares `RecordPages` once a kind and puts `urls()` into its address table. Who may see a row is said by
`visible`, who may change it by the verb `write` for the organisation of the row; what may be entered by the rules of
the kind (`audit.records`). A finding is shown at its field with HTTP 422; a doubtful entry is shown once and
written when the clerk confirms it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tongket.audit import records
from tongket.audit.acts import log_reading
from tongket.core.periods import Period
from tongket.core.problems import Conflict, Problem, Refused
from tongket.organisations.models import Organisation
from tongket.organisations.queries import may, visible_to
from tongket.ui.context import ViewContext, view_context
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user, held_verbs
from tongket.ui.lists import ListPage, list_response
from tongket.ui.records.fields import RecordForm, shown_value
from tongket.ui.records.forms import ReasonForm
from tongket.ui.records.lists import ALL_TIMES, WHEN, RecordFilters, below, ever_below
from tongket.ui.tables import Table

#: Text that may be read only when the page's language is known.
Text = str | Promise

CONFIRMED = "da_kiem_tra"
REFUSED = 422


@dataclass(frozen=True)
class RecordPages:
    """One kind of record on the screen.

    `names` begins the URL names ("ratings:member_" gives "ratings:member_list"), `noun` is the record in a sentence,
    `in_period` cuts the list to the period in the header. `personal` records name people: their export is logged.
    """

    kind: records.RecordKind[Any, Any]
    names: str
    noun: Text
    title: Text
    read: str
    write: str
    visible: Callable[..., QuerySet[Any]]
    in_period: Callable[[QuerySet[Any], Period], QuerySet[Any]]
    form: type[RecordForm]
    table: type[Table]
    filters: type[RecordFilters]
    lead: Text = ""
    empty: Text = ""
    new_text: Text = ""
    tabs: Sequence[tuple[Text, str, str]] = ()  # (text, URL name, verb): the sister lists
    personal: bool = False
    list_template: str = "ui/records/list.html"
    list_more: Callable[[HttpRequest, ViewContext], dict[str, Any]] | None = None
    detail_template: str = "ui/records/detail.html"
    form_template: str = "ui/records/form.html"
    more: Callable[[HttpRequest, Any], dict[str, Any]] | None = None
    start: Callable[[HttpRequest, ViewContext], dict[str, Any]] | None = None
    actions: Callable[[HttpRequest, Any], Sequence[tuple[str, str, str]]] | None = None
    links: Callable[[HttpRequest, Any], dict[str, str]] | None = None  # field -> address of what it names
    listed: Callable[[QuerySet[Any]], QuerySet[Any]] = field(default=lambda rows: rows)

    def url(self, page: str, *args: Any) -> str:
        """Address of one of the five pages."""
        return reverse(self.names + page, args=args)

    def urls(self) -> list[URLPattern]:
        """The address table of this kind, below the prefix where it is included."""
        short = self.names.partition(":")[2]

        def view(function: Callable[..., HttpResponse], verb: str) -> Callable[..., HttpResponse]:
            return gate(verb)(partial(function, self))

        return [
            path("", view(show_list, self.read), name=f"{short}list"),
            path("moi/", view(enter, self.write), name=f"{short}new"),
            path("<int:pk>/", view(show, self.read), name=f"{short}detail"),
            path("<int:pk>/dinh-chinh/", view(correct, self.write), name=f"{short}correct"),
            path("<int:pk>/huy/", view(void, self.write), name=f"{short}void"),
        ]

    def mine(self, request: HttpRequest, pk: int) -> Any:
        """The standing row that the user may change; 404 for any other."""
        organisations = visible_to(request.user, self.write)
        return get_for_user(self.visible(request.user).filter(organisation__in=organisations), pk=pk)


def show_list(pages: RecordPages, request: HttpRequest) -> HttpResponse:
    """The records of the organisation and period looked at, newest first; all of them to Excel."""
    view = view_context(request, pages.read)
    rows = pages.visible(request.user).select_related("organisation__parent")
    if request.GET.get(WHEN) == ALL_TIMES:
        rows = rows.filter(organisation__in=ever_below(view.organisation))
    else:
        rows = pages.in_period(
            rows.filter(organisation__in=below(view.organisation, view.period)), view.period
        )
    held = held_verbs(request)
    new = [(str(pages.new_text or _("Ghi mới")), pages.url("new"), "plus-lg")] if pages.write in held else []
    tabs = [
        (text, reverse(name), name == pages.names + "list") for text, name, verb in pages.tabs if verb in held
    ]
    page = ListPage(
        title=str(pages.title),
        queryset=pages.listed(rows),
        table=pages.table,
        filters=pages.filters,
        lead=str(pages.lead),
        template=pages.list_template,
        actions=new,
        empty=_empty(pages, view, bool(new)),
        on_export=_log_export(pages, request, view) if pages.personal else None,
        context={"view": view, "tabs": tabs, **(pages.list_more(request, view) if pages.list_more else {})},
    )
    return list_response(request, page)


def _empty(pages: RecordPages, view: ViewContext, may_write: bool) -> str:
    said = str(pages.empty) or _("Chưa ghi %(noun)s nào cho %(period)s.") % {
        "noun": pages.noun,
        "period": view.period.label(),
    }
    advice = (
        _("Bấm “%(button)s” để ghi, hoặc chọn kỳ khác ở đầu trang.")
        % {"button": pages.new_text or _("Ghi mới")}
        if may_write
        else _("Thử chọn kỳ khác ở đầu trang.")
    )
    return f"{said} {advice}"


def _log_export(pages: RecordPages, request: HttpRequest, view: ViewContext) -> Callable[[int], None]:
    def note(rows: int) -> None:
        log_reading(
            f"{pages.kind.name}.export",
            by=request.user,
            subject=view.organisation,
            organisation=view.organisation,
            rows=rows,
            period=view.period.code,
        )

    return note


def show(pages: RecordPages, request: HttpRequest, pk: int) -> HttpResponse:
    """One record: what it says, on what paper, who entered it; a voided one struck through with the reason."""
    rows = pages.visible(request.user, with_voided=True).select_related("recorded_by", "voided_by")
    record = get_for_user(rows, pk=pk)
    changeable = record.voided_at is None and may(request.user, pages.write, record.organisation)
    form = pages.form(user=request.user)
    links = _links(pages, request, record)
    groups = [(title, _facts(record, bound, links)) for title, bound in form.grouped()]
    if "organisation" not in form.fields and groups:
        label = _("Chi bộ, tổ chức đảng")
        groups[0][1].insert(1, (label, record.organisation.name, links["organisation"]))
    shown = {
        "title": str(pages.noun)[:1].upper() + str(pages.noun)[1:],
        "crumbs": [(str(pages.title), pages.url("list")), (_("Bản ghi"), "")],
        "pages": pages,
        "record": record,
        "origin": origin_text(record.origin),
        "fact_groups": [(title, facts) for title, facts in groups if facts],
        "correct_url": pages.url("correct", pk) if changeable else "",
        "void_url": pages.url("void", pk) if changeable else "",
        "more_actions": pages.actions(request, record) if pages.actions and record.voided_at is None else (),
    }
    shown |= pages.more(request, record) if pages.more else {}
    return render(request, pages.detail_template, shown)


def _links(pages: RecordPages, request: HttpRequest, record: Any) -> dict[str, str]:
    own = {"organisation": reverse("organisations:detail", args=[record.organisation.code])}
    return own | (pages.links(request, record) if pages.links else {})


def _facts(record: Any, bound: Sequence[Any], links: dict[str, str]) -> list[tuple[Any, Any, str]]:
    facts = [(one.label, _shown(record, one), links.get(one.name, "")) for one in bound]
    return [fact for fact in facts if fact[1] not in ("", None)]


def _shown(record: Any, bound: Any) -> Any:
    """A column as the page writes it; a code that only the form has words for, in those words."""
    value = shown_value(record, bound.name)
    for key, text in getattr(bound.field, "choices", ()) if isinstance(value, str) else ():
        # A group of a select is (name, [(key, text), ...]).
        inner = text if isinstance(text, list | tuple) else [(key, text)]
        value = next((words for code, words in inner if code and code == value), value)
    return value


def origin_text(origin: str) -> str:
    """Where a record came from, in words: entered on a page, or a line of a workbook brought in."""
    if origin == "form":
        return _("nhập trên trang")
    if origin == "demo":
        return _("dữ liệu minh họa")
    if origin == "cli":
        return _("lệnh trên máy chủ")
    batch, _dot, place = origin.removeprefix("import ").partition(" · ")
    if origin.startswith("import ") and place:
        sheet, _mark, line = place.rpartition("!")
        said = {"batch": batch, "sheet": sheet, "line": line}
        return _("tệp Excel nhập lần %(batch)s, trang “%(sheet)s”, dòng %(line)s") % said
    return origin


def enter(pages: RecordPages, request: HttpRequest) -> HttpResponse:
    """Enter a new record."""
    view = view_context(request, pages.write)
    start = (
        pages.start(request, view)
        if pages.start
        else {"organisation": view.organisation, "period": view.period.code}
    )
    form = pages.form(request.POST or None, user=request.user, initial=start)
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        found = [*_outside(pages, request, draft), *records.check(pages.kind, [draft])]
        if _passes(request, form, found):
            try:
                record = records.add_one(pages.kind, draft, by=request.user)
            except Refused as refused:
                problems_to_form(form, refused)
            else:
                messages.success(request, _("Đã ghi %(noun)s.") % {"noun": pages.noun})
                return redirect(pages.url("detail", record.pk))
    title = str(pages.new_text or _("Ghi %(noun)s") % {"noun": pages.noun})
    return form_page(request, form, title, pages, cancel=pages.url("list"), template=pages.form_template)


def correct(pages: RecordPages, request: HttpRequest, pk: int) -> HttpResponse:
    """Put the right record in the place of a wrong one, with the reason."""
    record = pages.mine(request, pk) if request.method != "POST" else _opened(pages, request, pk)
    if record.voided_at is not None:
        return conflict_page(request, records.GONE, pages.url("detail", pk))
    form = pages.form(request.POST or None, user=request.user, correcting=record)
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        doubts = [p for p in records.check(pages.kind, [draft]) if p.severity == "warning"]
        if _passes(request, form, [*_outside(pages, request, draft), *doubts]):
            try:
                fresh = records.correct(
                    pages.kind, record, draft, reason=form.cleaned_data["why"], by=request.user
                )
            except Refused as refused:
                problems_to_form(form, refused)
            except Conflict as conflict:
                return conflict_page(request, str(conflict), pages.url("detail", pk))
            else:
                messages.success(
                    request, _("Đã đính chính %(noun)s; bản ghi cũ được giữ lại.") % {"noun": pages.noun}
                )
                return redirect(pages.url("detail", fresh.pk))
    title = _("Đính chính %(noun)s") % {"noun": pages.noun}
    cancel = pages.url("detail", pk)
    return form_page(request, form, title, pages, cancel=cancel, template=pages.form_template)


def void(pages: RecordPages, request: HttpRequest, pk: int) -> HttpResponse:
    """Void a record that should not have been entered, with the reason."""
    record = pages.mine(request, pk) if request.method != "POST" else _opened(pages, request, pk)
    if record.voided_at is not None:
        return conflict_page(request, records.GONE, pages.url("detail", pk))
    form = ReasonForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            records.void(pages.kind, record, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), pages.url("detail", pk))
        else:
            messages.success(
                request, _("Đã hủy %(noun)s; bản ghi được giữ lại, gạch bỏ.") % {"noun": pages.noun}
            )
            return redirect(pages.url("list"))
    title = _("Hủy %(noun)s") % {"noun": pages.noun}
    return form_page(
        request, form, title, pages, cancel=pages.url("detail", pk), record=record, submit=_("Hủy bản ghi")
    )


def _opened(pages: RecordPages, request: HttpRequest, pk: int) -> Any:
    """The row a form was opened on, voided meanwhile or not: the second of two clerks is told, not shown a 404."""
    rows = pages.visible(request.user, with_voided=True).filter(
        organisation__in=visible_to(request.user, pages.write)
    )
    return get_for_user(rows, pk=pk)


def _outside(pages: RecordPages, request: HttpRequest, draft: Any) -> list[Problem]:
    """A record goes only into books that the user keeps, also where its organisation follows from the entry."""
    organisation = _books_of(draft)
    if organisation is None or may(request.user, pages.write, organisation):
        return []
    field_name = "organisation" if "organisation" in pages.form.base_fields else "member"
    return [
        Problem(
            field_name, _("“%(name)s” không thuộc phạm vi được giao cho bạn.") % {"name": organisation.name}
        )
    ]


def _books_of(draft: Any) -> Organisation | None:
    own: Organisation | None = getattr(draft, "organisation", None)
    return own or getattr(getattr(draft, "directive", None), "organisation", None)


def _passes(request: HttpRequest, form: RecordForm, found: Sequence[Problem]) -> bool:
    """Show findings at the form. True when there is no error and every doubt was confirmed."""
    problems_to_form(form, list(found))
    return form.is_valid() and (not form.warnings or request.POST.get(CONFIRMED) == "1")


def form_page(
    request: HttpRequest,
    form: Any,
    title: str,
    pages: Any = None,
    *,
    cancel: str,
    submit: str = "",
    **more: Any,
) -> HttpResponse:
    """A page with one form; what was sent and not accepted comes back with 422."""
    crumbs = [(pages.title, pages.url("list"))] if pages is not None else more.pop("crumbs", [])
    shown = {
        "title": title,
        "crumbs": [*crumbs, (title, "")],
        "form": form,
        "cancel": cancel,
        "submit": submit,
        "confirm": CONFIRMED if form.is_bound and form.is_valid() and getattr(form, "warnings", None) else "",
        **more,
    }
    template = more.get("template") or "ui/records/form.html"
    return render(request, template, shown, status=REFUSED if form.is_bound else 200)


def conflict_page(request: HttpRequest, message: str, back: str, **more: Any) -> HttpResponse:
    """Someone else was faster (409): say so, show where the present state is; nothing was written."""
    shown = {"title": _("Người khác vừa sửa bản ghi này"), "message": message, "back": back, **more}
    return render(request, "ui/records/conflict.html", shown, status=409)
