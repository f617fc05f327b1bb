"""The data folder with the demo district as a first start makes it: once for a state of the code and a day.

`python -m tests.e2e.preparing` makes it ahead of the tests.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.migrated import alone, stamp
from tongket.core.dates import today

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT = 900  # seconds for loading the demo on a slow, busy machine


def environment(data: Path) -> dict[str, str]:
    """What the product's own process needs to work on this data folder, with its own settings."""
    foreign = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE")
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return kept | {"TONGKET_DATA_DIR": str(data), "PYTHONPATH": str(ROOT)}


def prepared() -> Path:
    """The folder, to be copied; made by the first process to come, while the others wait."""
    with alone("prepared") as folder:
        data = folder / f"{stamp()}-{today().isoformat()}"
        if not data.exists():
            for old in folder.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            part = folder / "part" / "var"
            part.parent.mkdir()
            first = subprocess.run(
                [sys.executable, "-m", "tongket.cli", "--no-serve"],
                cwd=part.parent,
                env=environment(part),
                capture_output=True,
                text=True,
                timeout=START_LIMIT,
                check=False,
            )
            assert first.returncode == 0, f"{first.stdout[-2000:]}\n{first.stderr[-2000:]}"
            part.rename(data)
    return data


if __name__ == "__main__":
    prepared()
