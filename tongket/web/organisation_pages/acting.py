"""Pages of acts on organisations: found, rename, move, merge, split, dissolve, void a wrong act."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tongket.core.codelists import ORGANISATION_ACT
from tongket.core.dates import format_date
from tongket.core.problems import Problem, refuse_if_any
from tongket.members.reorganise import children_on, dissolve, members_on, merge, split
from tongket.organisations.acts import found, move, rename, void_act
from tongket.organisations.drafts import FoundingDraft
from tongket.organisations.models import Organisation, OrganisationAct
from tongket.organisations.queries import visible_to
from tongket.ui.context import view_context
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.forms import ReasonForm
from tongket.web.organisation_pages.common import asked, run
from tongket.web.organisation_pages.forms import (
    WRITE,
    DissolveForm,
    FoundForm,
    MergeForm,
    MoveForm,
    RenameForm,
    SplitForm,
)


@gate(WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Found an organisation."""
    view = view_context(request, WRITE)
    code = request.GET.get("truc_thuoc", "")
    parent = asked(request, code, WRITE) if code else view.organisation
    form = FoundForm(request.POST or None, user=request.user, initial={"parent": parent})

    def do() -> Organisation:
        data = form.cleaned_data
        draft = FoundingDraft(
            code=data["code"].strip(),
            name=data["name"].strip(),
            kind=data["kind"],
            on=data["on"],
            parent_code=data["parent"].code,
            sector=data["sector"],
            **form.decision(),
        )
        return found(draft, by=request.user)

    return run(
        request,
        form,
        do,
        organisation=parent,
        title=_("Thành lập tổ chức"),
        done=_("Đã ghi việc thành lập."),
        names={"parent_code": "parent"},
    )


@gate(WRITE)
def renaming(request: HttpRequest, code: str) -> HttpResponse:
    """Another name, kind or sector from a day on."""
    organisation = asked(request, code, WRITE)
    start = {n: getattr(organisation, n) for n in ("name", "kind", "sector", "row_version")}
    form = RenameForm(request.POST or None, user=request.user, initial=start)

    def do() -> None:
        data = form.cleaned_data
        changed: dict[str, Any] = {
            n: data[n] for n in ("name", "kind", "sector") if data[n] != getattr(organisation, n)
        }
        rename(
            organisation,
            on=data["on"],
            by=request.user,
            expected_version=data["row_version"],
            **changed,
            **form.decision(),
        )

    title = _("Đổi tên, loại hình: %(name)s") % {"name": organisation.name}
    return run(
        request, form, do, organisation=organisation, title=title, done=_("Đã ghi việc đổi tên, loại hình.")
    )


@gate(WRITE)
def moving(request: HttpRequest, code: str) -> HttpResponse:
    """Hang the organisation, with all below it, under another."""
    organisation = asked(request, code, WRITE)
    form = MoveForm(
        request.POST or None, user=request.user, initial={"row_version": organisation.row_version}
    )

    def do() -> None:
        data = form.cleaned_data
        move(
            organisation,
            to=data["to"],
            on=data["on"],
            by=request.user,
            expected_version=data["row_version"],
            **form.decision(),
        )

    title = _("Chuyển về tổ chức khác: %(name)s") % {"name": organisation.name}
    return run(
        request,
        form,
        do,
        organisation=organisation,
        title=title,
        done=_("Đã ghi việc chuyển."),
        names={"parent": "to"},
    )


def handed_over(organisations: list[Organisation], on: date) -> list[dict[str, Any]]:
    """Who and what goes along when organisations end on a day."""
    return [
        {"organisation": one, "people": members_on(one, on), "children": children_on(one, on)}
        for one in organisations
    ]


@gate(WRITE)
def merging(request: HttpRequest, code: str) -> HttpResponse:
    """Merge the organisation, perhaps with others, into one that exists or a new one; shown before it is done."""
    organisation = asked(request, code, WRITE)
    form = MergeForm(request.POST or None, user=request.user)

    def ending() -> list[Organisation]:
        chosen = [organisation, *(form.cleaned_data[name] for name in form.others)]
        unique = {one.pk: one for one in chosen if one is not None}
        into = form.cleaned_data["into"]
        return [one for pk, one in unique.items() if into is None or pk != into.pk]

    def do() -> Organisation:
        data = form.cleaned_data
        target = data["into"] or FoundingDraft(
            code=data["code"].strip(),
            name=data["name"].strip(),
            kind=organisation.kind,
            on=data["on"],
            parent_code=organisation.parent.code if organisation.parent else "",
            sector=organisation.sector,
            position=organisation.position,
            **form.decision(),
        )
        return merge(ending(), into=target, on=data["on"], by=request.user, **form.decision())

    return run(
        request,
        form,
        do,
        organisation=organisation,
        title=_("Sáp nhập: %(name)s") % {"name": organisation.name},
        done=_("Đã ghi việc sáp nhập; đảng viên và tổ chức trực thuộc đã chuyển theo."),
        preview=lambda: handed_over(ending(), form.cleaned_data["on"]),
        submit=_("Xem trước"),
    )


@gate(WRITE)
def splitting(request: HttpRequest, code: str) -> HttpResponse:
    """Split the organisation into two new ones. The day is asked first, for it says who is there to be assigned."""
    organisation = asked(request, code, WRITE)
    day = date.today()
    form = SplitForm(
        request.POST or None,
        user=request.user,
        children=children_on(organisation, day),
        people=members_on(organisation, day),
        initial={"on": day},
    )

    def do() -> None:
        data = form.cleaned_data
        drafts = [
            FoundingDraft(
                code=data[f"code_{n}"].strip(),
                name=data[f"name_{n}"].strip(),
                kind=organisation.kind,
                on=data["on"],
                parent_code=organisation.parent.code if organisation.parent else "",
                sector=organisation.sector,
                position=organisation.position,
                **form.decision(),
            )
            for n in (1, 2)
        ]
        split(
            organisation,
            into=drafts,
            members_to=form.shared(form.people),
            children_to=form.shared(form.children),
            on=data["on"],
            by=request.user,
            **form.decision(),
        )

    title = _("Chia tách: %(name)s") % {"name": organisation.name}
    return run(request, form, do, organisation=organisation, title=title, done=_("Đã ghi việc chia tách."))


@gate(WRITE)
def dissolving(request: HttpRequest, code: str) -> HttpResponse:
    """End the organisation; who goes where is shown before it is done."""
    organisation = asked(request, code, WRITE)
    form = DissolveForm(request.POST or None, user=request.user)

    def do() -> None:
        data = form.cleaned_data
        dissolve(
            organisation, on=data["on"], members_to=data["members_to"], by=request.user, **form.decision()
        )

    return run(
        request,
        form,
        do,
        organisation=organisation,
        title=_("Giải thể, kết thúc hoạt động: %(name)s") % {"name": organisation.name},
        done=_("Đã ghi việc kết thúc hoạt động."),
        preview=lambda: handed_over([organisation], form.cleaned_data["on"]),
        submit=_("Xem trước"),
    )


@gate(WRITE)
def void(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Void an act that was recorded wrongly; the tree is made anew without it."""
    organisation = asked(request, code, WRITE)
    row = get_for_user(OrganisationAct.objects.filter(organisation=organisation), pk=pk)
    form = ReasonForm(request.POST or None, user=request.user)
    said = {"what": ORGANISATION_ACT.label(row.kind), "day": format_date(row.on)}

    def do() -> None:
        refuse_if_any(_beyond(request, row))
        void_act(row, reason=form.cleaned_data["reason"], by=request.user)

    return run(
        request,
        form,
        do,
        organisation=organisation,
        title=_("Hủy việc: %(what)s ngày %(day)s") % said,
        done=_("Đã hủy việc ghi sai; nó được giữ lại, gạch bỏ."),
        submit=_("Hủy việc này"),
    )


def _beyond(request: HttpRequest, row: OrganisationAct) -> list[Problem]:
    """What was decided above, between one's own organisation and another, is not undone by one side of it alone."""
    named = {row.changes.get("parent"), *row.links.values_list("successor", flat=True)}
    if row.kind in ("found", "move"):
        named.add(row.parent_id)
    mine = visible_to(request.user, WRITE).values("pk")
    others = Organisation.objects.filter(pk__in=named - {None}).exclude(pk__in=mine)
    text = _("“%(name)s” không thuộc phạm vi được giao cho bạn.")
    return [Problem("reason", text % {"name": other.name}) for other in others]
