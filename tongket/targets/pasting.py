"""A column pasted from Excel, read into the rows of the grid."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tongket.core.numbers import BadNumber, parse_number
from tongket.core.text import fold
from tongket.organisations.models import Organisation


@dataclass
class Pasted:
    """What was read: organisation's key -> the number as written; what was wrong, a sentence a line."""

    values: dict[int, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_pasted(text: str, organisations: Sequence[Organisation]) -> Pasted:
    """Read lines copied from a sheet.

    Lines with two or more cells name the organisation (its code or whole name, in any cell before the last) and end
    with the value. Lines of one cell each are values in the order of the grid; then there must be as many lines as
    organisations, an empty line being nothing assigned.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    if any("\t" in line for line in lines):
        return _named(lines, organisations)
    return _in_order(lines, organisations)


def _in_order(lines: list[str], organisations: Sequence[Organisation]) -> Pasted:
    found = Pasted()
    if len(lines) != len(organisations):
        found.problems.append(
            f"Dán {len(lines)} dòng cho {len(organisations)} đơn vị chưa giao. Hãy chép đúng số dòng theo thứ tự "
            "của bảng, hoặc chép hai cột: mã (hoặc tên) đơn vị và mức giao."
        )
        return found
    for number, (line, organisation) in enumerate(zip(lines, organisations, strict=True), start=1):
        _take(found, number, organisation, line)
    return found


def _named(lines: list[str], organisations: Sequence[Organisation]) -> Pasted:
    found = Pasted()
    names: dict[str, list[Organisation]] = {}
    for organisation in organisations:
        for name in {fold(organisation.code), fold(organisation.name)}:
            names.setdefault(name, []).append(organisation)
    first_line: dict[int, int] = {}
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not any(cells):
            continue
        named = next((names[key] for cell in cells[:-1] if (key := fold(cell)) in names), [])
        said = " ".join(cell for cell in cells[:-1] if cell)[:60]
        if len(named) != 1:
            why = "trùng tên, hãy ghi mã" if named else "không có trong bảng các đơn vị chưa giao"
            found.problems.append(f"Dòng {number}: “{said}” {why}.")
        elif named[0].pk in first_line:
            found.problems.append(
                f"Dòng {number}: “{said}” đã có ở dòng {first_line[named[0].pk]}. Mỗi đơn vị chỉ ghi một dòng."
            )
        else:
            first_line[named[0].pk] = number
            _take(found, number, named[0], cells[-1])
    return found


def _take(found: Pasted, number: int, organisation: Organisation, text: str) -> None:
    written = text.strip()
    if not written:
        return
    try:
        parse_number(written)
    except BadNumber as error:
        found.problems.append(f"Dòng {number}, {organisation.name}: {error}")
    found.values[organisation.pk] = written
