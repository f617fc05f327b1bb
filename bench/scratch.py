"""A scratch database for one measurement: made up to size in a process of its own, and gone afterwards."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

__all__ = ["filled", "in_child"]


def in_child(module: str, size: str, rounds: int, url: str) -> dict[str, float]:
    """What `python -m MODULE --one SIZE` prints as JSON on its last line; `url` is PostgreSQL, "" for SQLite."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        env = {**os.environ, "TONGKET_DATA_DIR": folder}
        env.pop("DATABASE_URL", None)
        if url:
            env["DATABASE_URL"] = url
        command = [sys.executable, "-m", module, "--one", size, "--rounds", str(rounds)]
        where = Path(__file__).resolve().parent.parent
        run = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True, cwd=where)
    found: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return found


@contextmanager
def filled(size: str) -> Iterator[Any]:
    """In such a process: the organisation at the top of a made-up district or province."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongket.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench import data
    from tongket.organisations.models import Organisation

    call_command("migrate", verbosity=0)
    try:
        key = data.fill({"district": data.DISTRICT, "province": data.PROVINCE}[size])
        yield Organisation.objects.get(pk=key)
    finally:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
