"""The report pack of a period: papers, facts and the signed package from one reckoning of the figures."""

import os
import tempfile
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from tongket.books.models import FigureBook
from tongket.core.periods import Period
from tongket.organisations.models import Organisation
from tongket.reports.excel import annexes
from tongket.reports.exchange.archive import redated
from tongket.reports.exchange.keys import own_fingerprint, signing_key
from tongket.reports.exchange.package import FACTS_JSON, build_package, facts_json, xbrl_zip
from tongket.reports.facts import ReportFacts, gather
from tongket.reports.layer.model import FactSheet, sheet_of
from tongket.reports.layer.table import facts_csv
from tongket.reports.layer.word.embed import embed
from tongket.reports.layer.word.seal import sign
from tongket.reports.locked import mark_of, require_same
from tongket.reports.payload import payload
from tongket.reports.pdf import Attachment, make_pdf
from tongket.reports.queries import charts_named, template_content
from tongket.reports.word.package import check_package
from tongket.reports.word.render import render

#: Kinds of file → how their names end. The papers come first: `./run report` writes these three.
ENDINGS = {
    "docx": ".docx",
    "xlsx": ".xlsx",
    "pdf": ".pdf",
    "json": ".json",
    "csv": ".csv",
    "xbrl": "-xbrl.zip",
    "zip": ".zip",
}
PAPERS = ("docx", "xlsx", "pdf")


def build_pack(
    organisation: Organisation,
    period: Period,
    *,
    as_at: date | None = None,
    as_known_at: datetime | None = None,
    template: bytes | None = None,
    base_url: str = "",
    viewer: Any = None,
    kinds: Collection[str] = PAPERS,
    made_at: datetime | None = None,
    book: FigureBook | None = None,
) -> dict[str, bytes]:
    """File name → content of the Word report, its PDF and the Excel annexes, or of the `kinds` (of `ENDINGS`) asked.

    `template` is a .docx to use instead of the organisation's own (or the built-in) one. With `base_url`, or the
    office's own address (TONGKET_ADDRESS), the figures of the PDF link to their pages. Raises what
    `figures.engine.compute` raises for a bad question, and `TemplateRefused` for a template that may not be used.
    Guarded figures are masked for the `viewer` (None: the machine's operator). `made_at` is now unless told.

    With a locked `book` (of this organisation and period) the report is made as at its day and as known when it was
    locked, and names it; raises `Refused` when that does not give the book's own figures.
    """
    if book is not None:
        as_at, as_known_at = book.as_at, book.known_at
    facts = gather(organisation, period, as_at=as_at, as_known_at=as_known_at, viewer=viewer)
    if book is not None:
        require_same(facts.now, book)
        facts = replace(facts, book=mark_of(book))
    moment = made_at or timezone.now()
    digest = book.digest if book is not None else ""
    stem = file_stem(organisation, period)
    wanted = {*kinds, *(PAPERS if "zip" in kinds else ())}
    if "pdf" in wanted:  # it carries the facts
        wanted.add("json")
    made: dict[str, bytes] = {}
    # The facts are written while other processes draw the charts and fill the template.
    with ThreadPoolExecutor(max_workers=1) as aside:
        carried = aside.submit(_carried, facts, moment, digest, wanted)
        if wanted & {"docx", "pdf"}:
            made["docx"] = _word(facts, template, moment, digest)
        sheet, others = carried.result()
    made |= others
    made |= _set(facts, moment, digest, made, wanted, base_url or settings.TONGKET_ADDRESS)
    if sheet is not None and "zip" in wanted:
        papers = {stem + ENDINGS[kind]: made[kind] for kind in PAPERS}
        made["zip"] = build_package(sheet, papers, key=signing_key(), folder=stem, facts=made["json"])
    return {stem + ENDINGS[kind]: made[kind] for kind in ENDINGS if kind in kinds}


def _word(facts: ReportFacts, template: bytes | None, moment: datetime, digest: str) -> bytes:
    """The report by a template, its facts put in and sealed."""
    chosen = template if template is not None else template_content(facts.organisation, facts.as_at)
    check_package(chosen)
    data = payload(facts, draw=charts_named(chosen))
    word = embed(render(chosen, data), facts, data, made_at=moment, sign=sign, book_digest=digest)
    return redated(word, moment.isoformat(timespec="seconds"))


def _carried(
    facts: ReportFacts, moment: datetime, digest: str, wanted: Collection[str]
) -> tuple[FactSheet | None, dict[str, bytes]]:
    """The sheet of all facts, when a file that carries it is wanted, and those files."""
    if not {*_CARRIERS, "zip"} & set(wanted):
        return None, {}
    sheet = sheet_of(facts, made_at=moment, book_digest=digest)
    return sheet, {kind: carry(sheet) for kind, carry in _CARRIERS.items() if kind in wanted}


def _set(
    facts: ReportFacts,
    moment: datetime,
    digest: str,
    made: Mapping[str, bytes],
    wanted: Collection[str],
    base_url: str,
) -> dict[str, bytes]:
    """PDF and annexes: another process sets the first while the second are written here."""
    done: dict[str, bytes] = {}
    with ThreadPoolExecutor(max_workers=1) as pool:
        setting = None
        if "pdf" in wanted:
            attached = [_inside(made["json"])]
            setting = pool.submit(make_pdf, made["docx"], base_url=base_url, attached=attached)
        if "xlsx" in wanted:
            whole = moment.replace(microsecond=0)
            done["xlsx"] = annexes(facts, sealed=_sealed(digest), made_at=whole)
        if setting is not None:
            done["pdf"] = setting.result()
    return done


_CARRIERS: dict[str, Callable[[FactSheet], bytes]] = {"json": facts_json, "csv": facts_csv, "xbrl": xbrl_zip}


def _inside(facts: bytes) -> Attachment:
    """The facts as the PDF carries them."""
    return Attachment(FACTS_JSON, facts, "application/json", "Số liệu của báo cáo (tongket-facts/1)")


def _sealed(digest: str) -> tuple[tuple[str, str], ...]:
    """What the annexes print so that a package can be told from a forged one."""
    return (
        ("Số của sổ số liệu đã chốt", digest or "không lập từ sổ đã chốt"),
        ("Dấu vân tay của khóa ký gói báo cáo", own_fingerprint()),
    )


def file_stem(organisation: Organisation, period: Period) -> str:
    """`bao-cao-tong-ket-QS-2023`: the name of a pack's files without the ending."""
    code = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in organisation.code)
    return f"bao-cao-tong-ket-{code}-{period.code}"


def write_pack(
    out: Path,
    organisation: Organisation,
    period: Period,
    *,
    as_at: date | None = None,
    as_known_at: datetime | None = None,
    template: bytes | None = None,
    base_url: str = "",
    viewer: Any = None,
    book: FigureBook | None = None,
) -> list[Path]:
    """Build the pack and write it to the folder `out`, made if missing; returns the files.

    Each file is written under another name and then renamed, so a reader never meets half a file.
    """
    files = build_pack(
        organisation,
        period,
        as_at=as_at,
        as_known_at=as_known_at,
        template=template,
        base_url=base_url,
        viewer=viewer,
        book=book,
    )
    return write_files(out, files)


def write_files(out: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write finished files to a folder, each wholly or not at all."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in files.items():
        handle, temporary = tempfile.mkstemp(prefix=f".{name}.", dir=out)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            Path(temporary).chmod(0o644)
            Path(temporary).replace(out / name)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        written.append(out / name)
    return written
