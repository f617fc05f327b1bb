"""django-import-export on the file of the measure, in an environment of its own: `peer_import_export.py WRONG SOUND`.

Given its best: bulk mode, no HTML difference, dates by its date widget, lists and required fields by the model's own
validation. It says the row and the field; the address is worked out from the header here.
"""

import json
import sys
import time
from pathlib import Path

import django
from django.conf import settings

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": sys.argv[3]}},
    INSTALLED_APPS=["django.contrib.contenttypes", "import_export"],
    USE_TZ=False,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

from django.db import connection, models  # noqa: E402
from import_export import fields, resources, widgets  # noqa: E402
from import_export.formats.base_formats import XLSX  # noqa: E402

DATES = ("Ngày sinh", "Ngày vào sổ", "Ngày quyết định kết nạp", "Ngày chính thức", "Ngày cấp thẻ")
LISTS = {"Giới tính": ("Nam", "Nữ"), "Dân tộc": ("Kinh",), "Chi bộ": tuple(f"B.{n}" for n in range(1, 61))}


def resource(headers: list[str]) -> tuple[type[models.Model], resources.ModelResource]:
    """A model with a column for every header, and the resource that imports it."""
    made: dict[str, object] = {"__module__": __name__, "Meta": type("Meta", (), {"app_label": "peer"})}
    own: dict[str, object] = {}
    for place, header in enumerate(headers):
        name = f"f{place}"
        if header in DATES:
            made[name] = models.DateField(null=True, blank=True)
            own[name] = fields.Field(name, header, widgets.DateWidget("%d/%m/%Y"))
        else:
            choices = [(value, value) for value in LISTS[header]] if header in LISTS else None
            made[name] = models.CharField(max_length=250, blank=header != "Họ và tên", choices=choices)
            own[name] = fields.Field(name, header)
    model = type("Person", (models.Model,), made)
    key = f"f{headers.index('Mã đảng viên')}"
    meta = {
        "model": model,
        "fields": tuple(own),
        "import_id_fields": (key,),
        "force_init_instance": True,
        "use_bulk": True,
        "batch_size": 1000,
        "skip_diff": True,
        "report_skipped": False,
        "clean_model_instances": True,
    }
    own["Meta"] = type("Meta", (), meta)
    return model, type("PersonResource", (resources.ModelResource,), own)()


def main(wrong: Path, sound: Path) -> None:
    """Print seconds of judging and of saving, and the addresses found."""
    start, own = time.perf_counter(), time.process_time()
    table = XLSX().create_dataset(wrong.read_bytes())
    headers = list(table.headers)
    model, imported = resource(headers)
    with connection.schema_editor() as editor:
        editor.create_model(model)
    result = imported.import_data(table, dry_run=True)
    judged, judged_cpu = time.perf_counter() - start, time.process_time() - own
    cells = set()
    for row in result.invalid_rows:
        for name in row.field_specific_errors:
            place = int(name[1:]) if name[:1] == "f" and name[1:].isdigit() else headers.index(name)
            cells.add(f"{letter(place)}{row.number + 1}")
    start, own = time.perf_counter(), time.process_time()
    imported.import_data(XLSX().create_dataset(sound.read_bytes()), dry_run=False, raise_errors=False)
    saved, saved_cpu = time.perf_counter() - start, time.process_time() - own
    told = {"judged": judged, "judged_cpu": judged_cpu, "saved": saved, "saved_cpu": saved_cpu}
    print(json.dumps(told | {"rows": model._default_manager.count(), "cells": sorted(cells)}))


def letter(place: int) -> str:
    """The name of a column."""
    return chr(65 + place) if place < 26 else f"A{chr(65 + place - 26)}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
