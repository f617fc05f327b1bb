"""The product's settings, with what a test run needs otherwise: own data folder, quick password hashes."""

import os
from pathlib import Path

os.environ.setdefault("TONGKET_DATA_DIR", str(Path(__file__).resolve().parent.parent / "var" / "test"))

from tongket.settings import *  # noqa: F403
from tongket.settings import DATABASES, STORAGES

# Argon2 is slow by intention; tests of passwords themselves set the product's hashers again.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Hashed file names need collectstatic; the tests that are about them run it.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# The tests' databases are made anew for each run, so the wait for the disk would buy nothing. The tests that
# kill a process start it with the product's own settings.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;"
