"""frictionless on the file of the measure, in an environment of its own: `peer_frictionless.py WRONG SOUND`.

It gets a table schema with the types, the lists and the required field, so it can name row and field of each error.
"""

import json
import sys
import time
from pathlib import Path

from frictionless import Resource, Schema, system

DATES = ("Ngày vào sổ", "Ngày quyết định kết nạp", "Ngày chính thức", "Ngày cấp thẻ")
LISTS = {"Giới tính": ["Nam", "Nữ"], "Dân tộc": ["Kinh"], "Chi bộ": [f"B.{n}" for n in range(1, 61)]}


def main(wrong: Path) -> None:
    """Print seconds of judging and the addresses found."""
    start, own = time.perf_counter(), time.process_time()
    with system.use_context(trusted=True), Resource(path=str(wrong)) as opened:
        headers = list(opened.header)
    with system.use_context(trusted=True):
        report = Resource(path=str(wrong), schema=schema(headers)).validate(limit_errors=100_000)
    cells = set()
    for task in report.tasks:
        for error in task.errors:
            row, place = getattr(error, "row_number", None), getattr(error, "field_number", None)
            if row and place:
                cells.add(f"{letter(place - 1)}{row}")
    judged, judged_cpu = time.perf_counter() - start, time.process_time() - own
    print(json.dumps({"judged": judged, "judged_cpu": judged_cpu, "cells": sorted(cells)}))


def schema(headers: list[str]) -> Schema:
    """The rules that it can say itself."""
    fields = []
    for header in headers:
        field: dict[str, object] = {"name": header, "type": "any"}
        if header == "Ngày sinh":
            field |= {"type": "date"}
        elif header in DATES:
            field |= {"type": "date", "format": "%d/%m/%Y"}
        if header in LISTS:
            field |= {"type": "string", "constraints": {"enum": LISTS[header]}}
        elif header == "Họ và tên":
            field |= {"type": "string", "constraints": {"required": True}}
        fields.append(field)
    return Schema.from_descriptor({"fields": fields})


def letter(place: int) -> str:
    """The name of a column."""
    return chr(65 + place) if place < 26 else f"A{chr(65 + place - 26)}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
