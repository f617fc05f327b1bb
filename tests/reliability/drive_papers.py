"""Parts of `drive` about papers: many clerks issuing at once, papers with files, files lost and put back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from django.db import connection

from tongket.audit.queries import verify_chain
from tongket.directives.acts import issue_directive
from tongket.directives.models import Directive
from tongket.directives.papers.issuing import issued_draft
from tongket.files import store
from tongket.files.acts import attach
from tongket.files.drafts import Upload
from tongket.files.models import StoredFile
from tongket.organisations.models import Organisation


def issue(clerks: str) -> dict[str, Any]:
    """As many threads as clerks, each issuing a paper without a number of its own."""
    draft = issued_draft(Organisation.objects.get(code="QS"), "KH", "", date(2023, 3, 1), "Kế hoạch")

    def one(_number: int) -> str:
        try:
            return issue_directive(draft, by=None).symbol
        except Exception as error:
            return repr(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(int(clerks)) as pool:
        symbols = sorted(pool.map(one, range(int(clerks))))
    return {"symbols": symbols, "rows": Directive.objects.count(), "broken_at": verify_chain().broken_at}


def keep_files() -> dict[str, Any]:
    """A paper with two files."""
    organisation = Organisation.objects.get(code="QS")
    draft = issued_draft(organisation, "KH", "", date(2023, 3, 1), "Kế hoạch")
    paper = issue_directive(draft, by=None)
    uploads = [Upload("a.txt", "Quán triệt nghị quyết".encode()), Upload("b.txt", b"Hai")]
    attach(uploads, about=paper.identity, organisation=organisation, by=None)
    return files()


def files() -> dict[str, Any]:
    """The files that rows point to and what of each is on disk."""
    found = {}
    for digest in StoredFile.objects.values_list("sha256", flat=True):
        try:
            found[digest] = store.read(digest).decode()
        except (OSError, ValueError) as error:
            found[digest] = type(error).__name__
    return found


def spoil_files() -> dict[str, Any]:
    """Lose one file, change another, and leave one that no row knows."""
    first, second = (
        store.path_of(digest) for digest in sorted(StoredFile.objects.values_list("sha256", flat=True))
    )
    first.unlink()
    second.write_bytes(b"x" * second.stat().st_size)
    store.keep(b"nobody's")
    return files()
