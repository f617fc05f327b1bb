"""The page of a workbook that takes long: how far its reading is. It reloads itself, so it needs no script."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.intake.kinds import KINDS
from tongket.intake.large import works
from tongket.intake.large.works import STAGES, Work
from tongket.intake.models import ImportBatch

RELOAD_SECONDS = 2
_WORDS = {
    "open": gettext_lazy("Mở tệp"),
    "rows": gettext_lazy("Đọc từng dòng"),
    "match": gettext_lazy("Đối chiếu với sổ"),
    "judge": gettext_lazy("Kiểm tra theo quy định"),
    "write": gettext_lazy("Ghi vào sổ"),
}


def written(request: HttpRequest, pk: int) -> HttpResponse | None:
    """Where to go when this workbook has just been brought in and waits no more."""
    work = works.of(pk, request.user.pk or 0)
    if work is None or not work.written:
        return None
    works.forget(pk)
    messages.success(request, _("Đã ghi tất cả các dòng của tệp."))
    return redirect("intake:detail", pk=work.written)


def progress(request: HttpRequest, batch: ImportBatch, work: Work) -> HttpResponse:
    """How far the reading is, or why it came to nothing."""
    stages = STAGES if work.commit else STAGES[:-1]
    reached = stages.index(work.stage) if work.stage in stages else -1
    shown = {
        "title": f"{KINDS[batch.kind].title} · {batch.file_name}",
        "crumbs": [(_("Nhập từ Excel"), reverse("intake:list")), (batch.file_name, "")],
        "batch": batch,
        "work": work,
        "stages": [(_WORDS[name], place < reached, place == reached) for place, name in enumerate(stages)],
    }
    answer = render(request, "intake/reading.html", shown)
    if work.end:
        works.forget(batch.pk)  # opened again, it is read again
    else:
        answer["Refresh"] = str(RELOAD_SECONDS)
    return answer
