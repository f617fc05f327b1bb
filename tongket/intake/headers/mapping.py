"""What a user said about the headers of a source, remembered under the signature of its header row."""

from collections.abc import Mapping
from typing import Any

from tongket.audit.acts import act
from tongket.core.problems import Problem, refuse_if_any
from tongket.intake.cells import BadCell, is_blank, read
from tongket.intake.columns import Kind, Sheet
from tongket.intake.headers.recognise import Said, columns_of
from tongket.intake.models import ColumnMapping

Remembered = Mapping[str, Mapping[str, Said]]
"""By title of the sheet, then by signature."""


def remembered(kind: Kind, by: Any) -> Remembered:
    """What this user said of the sources of a kind; `by` None is the administrator on the command line.

    Each user's own: nobody can quietly change what another's file is read as.
    """
    rows = ColumnMapping.objects.filter(kind=kind.name, recorded_by=by, voided_at__isnull=True)
    found: dict[str, dict[str, Said]] = {}
    for row in rows.order_by("recorded_at"):
        found.setdefault(row.sheet, {})[row.signature] = Said(row.fields, row.values)
    return found


def remember(
    kind: Kind,
    sheet: Sheet,
    signature: str,
    fields: Mapping[str, str],
    values: Mapping[str, str],
    *,
    by: Any,
    file_name: str = "",
) -> ColumnMapping:
    """Keep what the user said: by bare header a field ("" for none), by field a value for every row.

    What was said before of the same source is voided, not lost. Raises `Refused`.
    """
    refuse_if_any(check(sheet, fields, values))
    with act("intake.map_columns", by=by) as current:
        for former in ColumnMapping.objects.filter(
            kind=kind.name, sheet=sheet.title, signature=signature, recorded_by=by, voided_at__isnull=True
        ):
            current.void(former, "ghép cột lại")
        made = ColumnMapping.objects.create(
            kind=kind.name,
            sheet=sheet.title,
            signature=signature,
            fields=dict(fields),
            values={name: text for name, text in values.items() if not is_blank(text)},
            file_name=file_name[:255],
            **current.stamp(),
        )
        current.about(made)
        current.note(kind=kind.name, sheet=sheet.title, columns=len(fields))
    return made


def check(sheet: Sheet, fields: Mapping[str, str], values: Mapping[str, str]) -> list[Problem]:
    """Judge a mapping: known fields, each once; values that their columns can read."""
    columns = columns_of(sheet)
    problems = []
    taken: dict[str, str] = {}
    for header, name in fields.items():
        if name and name not in columns:
            problems.append(Problem(header, f"Không có cột “{name}” trong mẫu “{sheet.title}”."))
        elif name and name in taken:
            problems.append(
                Problem(
                    header, f"Cột “{columns[name].header}” đã ghép với “{taken[name]}”. Chọn một cột thôi."
                )
            )
        elif name:
            taken[name] = header
    for name, text in values.items():
        if is_blank(text):
            continue
        if name not in columns:
            problems.append(Problem(name, f"Không có cột “{name}” trong mẫu “{sheet.title}”."))
            continue
        try:
            read(columns[name], text)
        except BadCell as error:
            problems.append(Problem(name, str(error)))
    return problems
