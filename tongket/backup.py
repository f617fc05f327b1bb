"""Backup to one file and back. A backup says what it holds and proves it: checksums and the ledger's last hash.

It holds the database, the key and the files handed in, each under its own hash.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess  # nosec B404  # pg_dump and pg_restore, called with a list, names ours
import tempfile
import time
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from tongket.aside import keep_aside, put_in_place
from tongket.audit.queries import ChainReport, verify_chain
from tongket.core.problems import Problem, Refused
from tongket.files import store

_MANIFEST, _KEY, _FILES = "manifest.json", "secret-key", "files/"
_HASH = re.compile(r"[0-9a-f]{64}")


def back_up(target: Path) -> str:
    """Write database, key and files into `target` (a new file; the old one is replaced only by a whole one).

    Files that are no longer what was handed in are left out and named in the answer.
    """
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        work = Path(folder)
        database, chain = _dump(work)
        key = settings.DATA_DIR / _KEY
        if key.exists():
            shutil.copy(key, work / _KEY)
        files = [path for path in (work / database, work / _KEY) if path.exists()]
        # Read after the database: bytes are on disk before their row is, and are never removed.
        held, spoilt = _files_on_disk()
        manifest = {
            "made": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
            "vendor": connection.vendor,
            "ledger": {"entries": chain.entries, "last_hash": chain.last_hash, "broken_at": chain.broken_at},
            "sha256": {path.name: _sha256(path) for path in files},
            "files": sorted(held),
        }
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr(_MANIFEST, json.dumps(manifest, indent=2))
            for path in files:
                bundle.write(path, path.name)
            for digest in sorted(held):
                bundle.write(held[digest], _FILES + digest)
        part.chmod(0o600)
        part.replace(target)
    said = f"Đã sao lưu vào {target}: {chain.entries} mục nhật ký, mã cuối {chain.last_hash[:12]}, {len(held)} tệp"
    if spoilt:
        named = ", ".join(digest[:12] for digest in spoilt[:5])
        said += (
            f". CẢNH BÁO: bỏ qua {len(spoilt)} tệp đã hỏng trên đĩa ({named}); chạy ./run check-data để xem"
        )
    return said


def _files_on_disk() -> tuple[dict[str, Path], list[str]]:
    """The files handed in by their hash, and the hashes of those that were changed on disk."""
    held, spoilt = {}, []
    for digest, path in store.kept():
        if _HASH.fullmatch(digest) and _sha256(path) == digest:
            held[digest] = path
        else:
            spoilt.append(digest)
    return held, spoilt


def _dump(work: Path) -> tuple[str, ChainReport]:
    """Copy the database as it is at one moment, while others go on writing; with the ledger of that moment."""
    if connection.vendor == "sqlite":
        with (
            closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as source,
            closing(sqlite3.connect(work / "database.sqlite3")) as copy,
        ):
            source.backup(copy)
            last = copy.execute("SELECT max(id) FROM audit_ledgerentry").fetchone()[0]
        # Entries never change, so up to its last one the copy's ledger is the present one.
        return "database.sqlite3", verify_chain(until=last or 0)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        chain = verify_chain()
        _run(["pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}",
              "--file", str(work / "database.dump")])  # fmt: skip
    return "database.dump", chain


def _run(command: list[str]) -> None:
    database = settings.DATABASES["default"]
    options = database.get("OPTIONS", {})
    environment = os.environ | {
        "PGDATABASE": str(database["NAME"]),
        "PGUSER": str(database.get("USER") or ""),
        "PGPASSWORD": str(database.get("PASSWORD") or ""),
        "PGHOST": str(database.get("HOST") or options.get("host") or ""),
        "PGPORT": str(database.get("PORT") or options.get("port") or ""),
        "PGSSLMODE": str(options.get("sslmode") or ""),
        "PGSSLROOTCERT": str(options.get("sslrootcert") or ""),
    }
    environment = {name: value for name, value in environment.items() if value}
    try:
        subprocess.run(command, check=True, env=environment, capture_output=True)  # noqa: S603  # nosec B603
    except FileNotFoundError:
        raise _refused(f"Chưa có lệnh {command[0]}. Trên Debian: apt-get install postgresql-client") from None
    except subprocess.CalledProcessError as error:
        raise _refused(
            f"{command[0]} không chạy được: {error.stderr.decode(errors='replace').strip()}"
        ) from None


def restore(source: Path) -> str:
    """Put a backup in the place of the present database, after every byte of it has been checked.

    The present SQLite file is set aside, not deleted. Nothing is touched when the backup is damaged or of the other
    kind of database.
    """
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        work = Path(folder)
        manifest = _unpack(source, work)
        if manifest["vendor"] != connection.vendor:
            raise _refused(
                f"Tệp này sao lưu từ {manifest['vendor']}, cơ sở dữ liệu đang dùng là {connection.vendor}."
            )
        # First the files: they are added to what is there under their hashes, and rows then never lack theirs.
        _put_files(work, manifest)
        connection.close()
        if connection.vendor == "sqlite":
            kept = _replace_sqlite(work / "database.sqlite3")
        else:
            _run(["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "-d",
                  str(settings.DATABASES["default"]["NAME"]), str(work / "database.dump")])  # fmt: skip
            kept = ""
        if (work / _KEY).exists():
            (work / _KEY).chmod(0o600)
            (work / _KEY).replace(settings.DATA_DIR / _KEY)
    chain = verify_chain()
    if chain.last_hash != manifest["ledger"]["last_hash"]:
        raise _refused("Đã khôi phục nhưng chuỗi nhật ký không khớp với tệp sao lưu. Báo người quản trị.")
    files = len(manifest.get("files", ()))
    return f"Đã khôi phục: {chain.entries} mục nhật ký, mã cuối {chain.last_hash[:12]}, {files} tệp{kept}"


def _put_files(work: Path, manifest: dict[str, Any]) -> None:
    for digest in manifest.get("files", ()):
        place = store.path_of(digest)
        if place.exists() and _sha256(place) == digest:
            continue
        place.unlink(missing_ok=True)
        store.keep((work / digest).read_bytes())


def _unpack(source: Path, work: Path) -> dict[str, Any]:
    if not source.exists():
        raise _refused(f"Không có tệp {source}.")
    try:
        with zipfile.ZipFile(source) as bundle:
            manifest: dict[str, Any] = json.loads(bundle.read(_MANIFEST))
            for name in manifest["sha256"]:
                if name not in {"database.sqlite3", "database.dump", _KEY}:
                    raise KeyError(name)
                _extract(bundle, name, work / name)
            for digest in manifest.get("files", ()):
                # The name is a hash and nothing else, so that no entry can lead out of the folder.
                if not _HASH.fullmatch(digest):
                    raise KeyError(digest)
                _extract(bundle, _FILES + digest, work / digest)
    except Exception as error:  # a flipped bit may raise nearly anything in zipfile, zlib and json
        raise _refused(
            f"Tệp sao lưu {source} bị hỏng ({error}). Dùng tệp khác; chưa có gì thay đổi."
        ) from None
    hashes = manifest["sha256"] | {digest: digest for digest in manifest.get("files", ())}
    for name, wanted in hashes.items():
        if _sha256(work / name) != wanted:
            raise _refused(f"Tệp sao lưu {source} bị hỏng ở {name}. Dùng tệp khác; chưa có gì thay đổi.")
    return manifest


def _extract(bundle: zipfile.ZipFile, name: str, place: Path) -> None:
    with bundle.open(name) as packed, place.open("wb") as plain:
        shutil.copyfileobj(packed, plain)


def _replace_sqlite(fresh: Path) -> str:
    database = Path(settings.DATABASES["default"]["NAME"])
    kept = f"; bản trước giữ ở {keep_aside(database)}" if database.exists() else ""
    put_in_place(fresh, database)
    return kept


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refused(message: str) -> Refused:
    return Refused([Problem("file", message)])
