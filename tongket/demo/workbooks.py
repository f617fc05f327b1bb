"""The demo district as the workbooks that an office would hand in: our own templates, filled."""

from pathlib import Path

from tongket.demo.draw.plain import District
from tongket.demo.generate import generate
from tongket.intake.kinds import KINDS
from tongket.intake.templates import filled


def workbook(district: District, kind: str) -> bytes:
    """The workbook of a kind, filled with the district's rows."""
    declared = KINDS[kind]
    return filled(declared, {sheet.title: district.sheets.get(sheet.title, []) for sheet in declared.sheets})


def write_workbooks(out: Path, district: District | None = None) -> list[Path]:
    """Write all workbooks of the demo into a folder, named in the order in which they are imported."""
    drawn = district or generate()
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for number, kind in enumerate(KINDS, start=1):
        path = out / f"{number:02d}-{kind}.xlsx"
        path.write_bytes(workbook(drawn, kind))
        files.append(path)
    return files
