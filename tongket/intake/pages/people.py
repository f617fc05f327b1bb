"""Who the doubtful people of a waiting workbook are: the user points them out, one by one or all plain ones at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tongket.intake.models import ImportBatch
from tongket.intake.pages.columns import own_batches
from tongket.intake.rehearse import Rehearsal, rehearse
from tongket.intake.rows.doubts import NEW, Doubt, described
from tongket.intake.tables import NoHeader
from tongket.ui.gate import gate, get_for_user

SHOWN = 100


@dataclass(frozen=True, slots=True)
class People:
    """The doubts to be shown: each with its options (value, who, why); how many there are, are open, are plain."""

    shown: Sequence[tuple[Doubt, list[tuple[str, str, str]]]]
    count: int
    open: int
    plain: int


def rehearsed(request: HttpRequest, batch: ImportBatch, *, revealed: bool = False) -> Rehearsal:
    """The rehearsal of a waiting workbook as the books are now, with what its user chose."""
    content = bytes(batch.content or b"")
    return rehearse(
        batch.kind,
        content,
        by=request.user,
        file_name=batch.file_name,
        people=batch.people,
        revealed=revealed,
    )


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
    try:
        told = rehearsed(request, batch)
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
    messages.success(request, _("Đã nhớ người được chọn; chưa có gì được ghi vào sổ."))
    return redirect("intake:detail", pk=batch.pk)
