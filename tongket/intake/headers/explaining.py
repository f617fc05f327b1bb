"""Saying on the command line what the headers of a file are, as the mapping page does."""

from collections.abc import Mapping

from tongket.core.problems import Problem, Refused
from tongket.intake.columns import Kind
from tongket.intake.headers.keys import bare
from tongket.intake.headers.mapping import remember, remembered
from tongket.intake.headers.recognise import Heading, columns_of, guess, recognise
from tongket.intake.tables import choose_pages
from tongket.intake.workbook import open_workbook


def explain(
    kind: Kind, content: bytes, file_name: str, columns: Mapping[str, str], values: Mapping[str, str]
) -> None:
    """Remember, for the administrator, a mapping of every sheet of this file that it fits.

    A field may be given by its name or by the header of our template. Raises `Refused`, `BadWorkbook`.
    """
    pages = open_workbook(content, file_name)
    said = remembered(kind, None)
    chosen = choose_pages(kind, pages, said) or [
        (kind.sheets[0], page) for page in pages if guess(kind.sheets[0], page)
    ]
    for sheet, page in chosen[: len(kind.sheets)]:
        heading = recognise(sheet, page, said.get(sheet.title)) or guess(sheet, page)
        if heading is None:
            continue
        by_header = {bare(column.header): name for name, column in columns_of(sheet).items()}
        fields = _present(heading)
        for header, name in columns.items():
            if bare(header) not in {bare(label) for label in heading.labels.values()}:
                raise Refused([Problem(header, f"Tệp không có cột “{header}”. Kiểm tra hàng tiêu đề.")])
            fields[bare(header)] = by_header.get(bare(name), name) if name else ""
        given = {by_header.get(bare(name), name): text for name, text in values.items()}
        remember(kind, sheet, heading.signature, fields, given, by=None, file_name=file_name)


def _present(heading: Heading) -> dict[str, str]:
    """What is recognised without being told, so that saying one column does not forget the others."""
    return {
        bare(heading.labels[place]): name for name, place in heading.places.items() if place in heading.labels
    }
