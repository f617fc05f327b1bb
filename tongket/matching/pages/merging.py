"""Pages that merge two entries of one person, and take a merge apart."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.problems import Conflict, Refused
from tongket.matching import queries
from tongket.matching.merging.acts import merge_people
from tongket.matching.merging.apart import part_people
from tongket.matching.merging.lives import choices
from tongket.matching.merging.profiles import changed_since, to_fill, to_take
from tongket.matching.merging.since import entered
from tongket.matching.models import PersonMerge
from tongket.matching.pages.forms import MergeForm, PartForm
from tongket.matching.pages.lines import choices_of_fields
from tongket.matching.pages.views import crumbs, two
from tongket.matching.queries import VERB, Side
from tongket.members.queries import field_label
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.pages import conflict_page, form_page


@gate(VERB)
def one_person(request: HttpRequest, kept: Any, gone: Any) -> HttpResponse:
    """Merge the second entry into the first: whose life, which fields, on what ground."""
    kept_side, gone_side = queries.sides(two(request, kept, gone))
    ways = choices(kept_side.events, gone_side.events)
    form = _form(request, kept_side, gone_side, ways)
    back = reverse("matching:pair", args=[kept, gone])
    if request.method == "POST" and form.is_valid():
        try:
            merge = merge_people(form.draft(), by=request.user, expected_versions=form.opened_with())
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict:
            said = _("Một trong hai hồ sơ vừa được người khác sửa sau khi bạn mở trang này.")
            return conflict_page(request, said, back)
        else:
            said = _("Đã gộp hồ sơ %(gone)s vào %(kept)s. Có thể tách lại ở mục “Đã gộp”.")
            messages.success(request, said % {"gone": merge.gone.code, "kept": merge.kept.code})
            return redirect("members:detail", merge.kept.uid)
    title = _("Gộp hồ sơ %(gone)s vào hồ sơ %(kept)s") % {
        "gone": gone_side.member.code,
        "kept": kept_side.member.code,
    }
    return form_page(
        request,
        form,
        title,
        crumbs=crumbs((kept_side.member.full_name, back)),
        cancel=back,
        submit=_("Gộp hai hồ sơ"),
        template="matching/merge.html",
        kept=kept_side.member,
        gone=gone_side.member,
        swap=reverse("matching:one_person", args=[gone, kept]),
        impossible=[(words, reasons) for _code, words, reasons in ways if reasons],
    )


def _form(request: HttpRequest, kept: Side, gone: Side, ways: Any) -> MergeForm:
    takeable = to_take(kept.detail, gone.detail)
    return MergeForm(
        request.POST or None,
        user=request.user,
        kept=kept.member,
        gone=gone.member,
        differing=choices_of_fields(kept, gone),
        filled=[name for name in to_fill(kept.detail, gone.detail) if name in takeable],
        possible=[code for code, _words, reasons in ways if not reasons],
    )


@gate(VERB)
def take_apart(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a merge apart: what was of each goes back to each."""
    merge: PersonMerge = get_for_user(queries.merges(request.user), pk=pk)
    since = entered(merge)
    form = PartForm(request.POST or None, user=request.user, merge=merge, since=since)
    back = reverse("matching:merges")
    if request.method == "POST" and form.is_valid():
        try:
            part_people(merge, reason=form.cleaned_data["reason"], by=request.user, owners=form.owners())
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), back)
        else:
            said = _("Đã tách: hồ sơ %(gone)s và %(kept)s lại là hai người như trước khi gộp.")
            messages.success(request, said % {"gone": merge.gone.code, "kept": merge.kept.code})
            return redirect("matching:pair", merge.kept.uid, merge.gone.uid)
    title = _("Tách hồ sơ %(gone)s khỏi hồ sơ %(kept)s") % {"gone": merge.gone.code, "kept": merge.kept.code}
    return form_page(
        request,
        form,
        title,
        crumbs=crumbs(),
        cancel=back,
        submit=_("Tách hai hồ sơ"),
        template="matching/part.html",
        merge=merge,
        since=since,
        changed=[field_label(name) for name in changed_since(merge.kept, merge.recorded_at)],
    )
