"""Who the doubtful people of a waiting workbook are: the user points them out, one by one or all plain ones at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tongket.intake.large import works
from tongket.intake.pages.columns import own_batches
from tongket.intake.rehearse import Rehearsal
from tongket.intake.rows.doubts import NEW, Doubt, described
from tongket.intake.tables import NoHeader
from tongket.intake.waiting import rehearsed
from tongket.ui.gate import gate, get_for_user

SHOWN = 100


@dataclass(frozen=True, slots=True)
class People:
    """The doubts to be shown: each with its options (value, who, why); how many there are, are open, are plain."""

    shown: Sequence[tuple[Doubt, list[tuple[str, str, str]]]]
    count: int
    open: int
    plain: int


def doubts_shown(told: Rehearsal) -> People | None:
    """The doubtful people of a rehearsal, the undecided ones first; None without any."""
    if not told.doubts:
        return None
    ordered = sorted(told.doubts, key=lambda d: bool(d.chosen))
    shown = [(doubt, _options(doubt)) for doubt in ordered[:SHOWN]]
    undecided = [doubt for doubt in told.doubts if not doubt.chosen]
    return People(shown, len(ordered), len(undecided), sum(bool(doubt.plain) for doubt in undecided))


def _options(doubt: Doubt) -> list[tuple[str, str, str]]:
    found = [(one.member.code, described(one.member), "; ".join(one.reasons)) for one in doubt.likely]
    return [*found, (NEW, _("Người khác, chưa có trong sổ"), "")] if doubt.may_be_new else found


@gate("intake.write", methods=("POST",))
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep who the doubtful people are; nothing is written to the register."""
    batch = get_for_user(own_batches(request).filter(committed_at=None), pk=pk)
    work = works.of(batch.pk, request.user.pk or 0)
    try:
        told = work.told if work and work.told else rehearsed(batch)
    except NoHeader:
        return redirect("intake:columns", pk=batch.pk)
    plain = "plain" in request.POST
    chosen = dict(batch.people)
    for doubt in told.doubts:
        if plain:
            value = doubt.chosen or doubt.plain
        else:
            value = request.POST.get(f"p-{doubt.sign}", doubt.chosen)
        # "" takes a choice back, also one that was remembered from an earlier file.
        if value in {"", *(code for code, _who, _why in _options(doubt))}:
            chosen[doubt.sign] = value
    batch.people = chosen
    batch.save(update_fields=["people"])
    works.forget(batch.pk)
    messages.success(request, _("Đã nhớ người được chọn; chưa có gì được ghi vào sổ."))
    return redirect("intake:detail", pk=batch.pk)
