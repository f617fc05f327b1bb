"""The mapping page: which column of an unknown list is which of ours, and what holds for every row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.problems import Problem, Refused
from tongket.intake.cells import is_blank, shown
from tongket.intake.columns import Column, Kind, Sheet
from tongket.intake.door.page import letter
from tongket.intake.headers.keys import bare
from tongket.intake.headers.mapping import Remembered, remember, remembered
from tongket.intake.headers.recognise import Heading, Said, columns_of, guess, recognise
from tongket.intake.kinds import KINDS
from tongket.intake.large import works
from tongket.intake.models import ImportBatch
from tongket.intake.tables import choose_pages
from tongket.intake.workbook import BadWorkbook, Page, open_workbook
from tongket.ui.gate import gate, get_for_user

VERB = "intake.write"
REFUSED = 422
_SAMPLES = 3
#: What a list as a whole may leave unsaid because it holds for every row.
_FOR_ALL = frozenset({"date", "period", "organisation"})
#: What no two rows of a list can have in common.
_EACH_ITS_OWN = frozenset({"code", "full_name", "member", "number", "symbol"})


@dataclass(frozen=True, slots=True)
class Header:
    """One header of the user's list: where it stands, what stands below, what it is read as."""

    name: str
    letter: str
    label: str
    samples: str
    chosen: str


@dataclass(frozen=True, slots=True)
class Source:
    """One sheet to be explained."""

    number: int
    sheet: Sheet
    page: Page
    heading: Heading
    said: Said

    def headers(self, posted: Mapping[str, str]) -> list[Header]:
        """Every header with its samples; what was just posted goes before what is known."""
        fields = {place: name for name, place in self.heading.places.items()}
        found = []
        for place, label in sorted(self.heading.labels.items()):
            name = f"c{self.number}-{place}"
            chosen = posted.get(name, fields.get(place, ""))
            found.append(Header(name, letter(place), label, self._samples(place), chosen))
        return found

    def _samples(self, place: int) -> str:
        below = self.page.rows[self.heading.last + 1 :]
        texts = (shown(c[place]) for c in below if place < len(c) and not is_blank(c[place]))
        return " · ".join(text for text, _ in zip(texts, range(_SAMPLES), strict=False))

    def choices(self) -> list[tuple[str, str]]:
        """The fields that a column can be, by the names of their columns."""
        own = {column.field for column in self.sheet.columns}
        return [
            (name, column.header + (" *" if column.required else ""))
            for name, column in sorted(columns_of(self.sheet).items(), key=lambda item: item[0] not in own)
        ]

    def for_all(self, posted: Mapping[str, str]) -> list[tuple[str, Column, str]]:
        """The columns that may be said once for every row: name of the input, column, what stands in it."""
        return [
            (name, column, posted.get(name, self.said.values.get(column.field, "")))
            for column in self.sheet.columns
            if column.field not in self.heading.places
            and column.field not in _EACH_ITS_OWN
            and (column.required or column.type in _FOR_ALL)
            for name in [f"v{self.number}-{column.field}"]
        ]

    def told(self, posted: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
        """What was posted: by bare header the field, by field the value for every row."""
        fields = {
            bare(label): posted[name]
            for place, label in self.heading.labels.items()
            if (name := f"c{self.number}-{place}") in posted and bare(label)
        }
        start = f"v{self.number}-"
        values = {n.removeprefix(start): v for n, v in posted.items() if n.startswith(start)}
        return fields, values


def _sources(kind: Kind, pages: Sequence[Page], said: Remembered) -> list[Source]:
    chosen = choose_pages(kind, pages, said)
    if not chosen:
        page = next((p for p in sorted(pages, key=lambda p: p.hidden) if guess(kind.sheets[0], p)), None)
        chosen = [(kind.sheets[0], page)] if page else []
    found = []
    for number, (sheet, page) in enumerate(chosen):
        own = said.get(sheet.title, {})
        heading = recognise(sheet, page, own) or guess(sheet, page)
        if heading is not None:
            found.append(Source(number, sheet, page, heading, own.get(heading.signature, Said())))
    return found


def own_batches(request: HttpRequest) -> QuerySet[ImportBatch]:
    """The user's own workbooks: what another brought in is seen at the records' own provenance."""
    return ImportBatch.objects.filter(uploaded_by=request.user.pk, kind__in=KINDS)


@gate(VERB, methods=("GET", "HEAD", "POST"))
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the headers of a waiting workbook are; kept for the next file of the same source."""
    batch = get_for_user(own_batches(request).filter(committed_at=None), pk=pk)
    kind = KINDS[batch.kind]
    try:
        pages = open_workbook(bytes(batch.content or b""), batch.file_name)
    except BadWorkbook as error:
        messages.error(request, str(error))
        return redirect("intake:list")
    sources = _sources(kind, pages, remembered(kind, request.user))
    problems: list[Problem] = []
    if request.method == "POST":
        problems = _save(request, batch, kind, sources)
        if not problems:
            works.forget(batch.pk)
            messages.success(request, _("Đã nhớ cách ghép cột; tệp cùng mẫu sau này không phải ghép lại."))
            return redirect("intake:detail", pk=batch.pk)
    posted: Mapping[str, str] = request.POST.dict() if problems else {}
    shown_to_user: dict[str, Any] = {
        "title": _("Ghép cột") + f" · {batch.file_name}",
        "crumbs": [
            (_("Nhập từ Excel"), reverse("intake:list")),
            (batch.file_name, reverse("intake:detail", args=[batch.pk])),
            (_("Ghép cột"), ""),
        ],
        "batch": batch,
        "sources": [(s, s.headers(posted), s.choices(), s.for_all(posted)) for s in sources],
        "problems": problems,
    }
    return render(request, "intake/columns.html", shown_to_user, status=REFUSED if problems else 200)


def _save(request: HttpRequest, batch: ImportBatch, kind: Kind, sources: Sequence[Source]) -> list[Problem]:
    posted = request.POST.dict()
    for source in sources:
        fields, values = source.told(posted)
        try:
            remember(
                kind,
                source.sheet,
                source.heading.signature,
                fields,
                values,
                by=request.user,
                file_name=batch.file_name,
            )
        except Refused as refused:
            return list(refused.problems)
    return []
