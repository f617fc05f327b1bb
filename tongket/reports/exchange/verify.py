"""Is a package still what was handed out? Files against the list, its signature, the carriers against each other."""

import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from tongket.reports.exchange.archive import BadArchive, unpack
from tongket.reports.exchange.keys import fingerprint, is_signed
from tongket.reports.exchange.package import CHECKSUMS, FACTS_CSV, FACTS_JSON, KEY, SIGNATURE, XBRL_FOLDER
from tongket.reports.exchange.word_numbers import changed_numbers
from tongket.reports.layer.model import BadFacts, FactSheet, from_data
from tongket.reports.layer.table import facts_of_csv
from tongket.reports.layer.xbrl import INSTANCE, xbrl_values

SAME, ALTERED, MISSING, ADDED = "same", "altered", "missing", "added"
GOOD, BAD = "good", "bad"
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
_MAX_FACTS = 64 * 2**20
_MAX_PARTS = 3_000_000


@dataclass(frozen=True, slots=True)
class FileState:
    """One file of the package: same, altered, missing or added."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class CarrierState:
    """One carrier held against the open JSON: `same`, or not, with the reason in Vietnamese."""

    name: str
    same: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check found. `signature` is good, bad or missing; `fingerprint` is of the key inside the package."""

    files: tuple[FileState, ...]
    signature: str
    fingerprint: str
    carriers: tuple[CarrierState, ...]
    organisation: str = ""
    period: str = ""
    as_at: str = ""
    book_digest: str = ""
    faults: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether nothing at all is wrong."""
        return (
            self.signature == GOOD
            and not self.faults
            and all(file.state == SAME for file in self.files)
            and all(carrier.same for carrier in self.carriers)
        )

    def as_data(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"good": self.is_good, **asdict(self)}


def verify_package(content: bytes) -> Verdict:
    """Check a package. Raises `BadArchive` for a file that is no package or breaks a limit."""
    files = _below_folder(unpack(content))
    if CHECKSUMS not in files:
        raise BadArchive(
            f"Gói không có tệp {CHECKSUMS} nên không kiểm tra được. Hãy chọn gói .zip do hệ thống lập."
        )
    listed, faults = _listed(files[CHECKSUMS])
    states = tuple(_states(files, listed))
    signature, of_key = _signature(files)
    sheet, trouble = _sheet(files.get(FACTS_JSON, b""))
    if sheet is None:
        return Verdict(states, signature, of_key, (), faults=(*faults, trouble))
    return Verdict(
        states,
        signature,
        of_key,
        tuple(_carriers(files, sheet)),
        sheet.organisation,
        sheet.period,
        sheet.as_at,
        sheet.book_digest,
        faults,
    )


def _below_folder(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files by their names in the list: the package keeps all below one folder."""
    folders = {name.partition("/")[0] for name in files}
    if CHECKSUMS not in files and len(folders) == 1 and all("/" in name for name in files):
        return {name.partition("/")[2]: content for name, content in files.items()}
    return dict(files)


def _listed(content: bytes) -> tuple[dict[str, str], tuple[str, ...]]:
    listed: dict[str, str] = {}
    for n, line in enumerate(content.decode("utf-8", errors="replace").split("\n"), start=1):
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None or match[2] in listed:
            return listed, (f"{CHECKSUMS}, dòng {n}: không đúng dạng.",)
        listed[match[2]] = match[1]
    return listed, () if listed else (f"{CHECKSUMS}: không có tệp nào.",)


def _states(files: Mapping[str, bytes], listed: Mapping[str, str]) -> Iterator[FileState]:
    for name, digest in listed.items():
        if name not in files:
            yield FileState(name, MISSING)
        else:
            is_same = hashlib.sha256(files[name]).hexdigest() == digest
            yield FileState(name, SAME if is_same else ALTERED)
    for name in files:
        if name not in listed and name not in (CHECKSUMS, SIGNATURE):
            yield FileState(name, ADDED)


def _signature(files: Mapping[str, bytes]) -> tuple[str, str]:
    if SIGNATURE not in files or KEY not in files:
        return MISSING, ""
    try:
        good = is_signed(files[CHECKSUMS], files[SIGNATURE], files[KEY])
        return GOOD if good else BAD, fingerprint(files[KEY])
    except ValueError:
        return BAD, ""


def _sheet(content: bytes) -> tuple[FactSheet | None, str]:
    if not content:
        return None, f"Thiếu tệp {FACTS_JSON}."
    # A few bytes of JSON may become a whole object: their number is bounded before any is made.
    if len(content) > _MAX_FACTS or sum(map(content.count, (b"[", b"{", b","))) > _MAX_PARTS:
        return None, f"Tệp {FACTS_JSON} quá lớn nên không đọc."
    try:
        return from_data(json.loads(content)), ""
    except BadFacts as wrong:
        return None, f"{FACTS_JSON}: {wrong}"
    except (ValueError, RecursionError):
        return None, f"Tệp {FACTS_JSON} không đọc được."


def _carriers(files: Mapping[str, bytes], sheet: FactSheet) -> Iterator[CarrierState]:
    """Each carrier that is there; a missing one is named with the files."""
    found = {
        kind: next((name for name in files if name.endswith(f".{kind}")), "") for kind in ("docx", "pdf")
    }
    found |= {"csv": FACTS_CSV, "xbrl": f"{XBRL_FOLDER}/{INSTANCE}"}
    compare: dict[str, Callable[[bytes], str]] = {
        "docx": lambda content: _word_difference(content, sheet),
        "pdf": lambda content: _pdf_difference(content, files[FACTS_JSON]),
        "csv": lambda content: _csv_difference(content, sheet),
        "xbrl": lambda content: _xbrl_difference(content, sheet),
    }
    for kind, name in found.items():
        if name not in files:
            continue
        try:
            if len(files[name]) > _MAX_FACTS:
                raise BadFacts("Tệp quá lớn nên không đọc.")
            reason = compare[kind](files[name])
        except BadFacts as wrong:
            reason = str(wrong)
        yield CarrierState(name, not reason, reason)


def _word_difference(content: bytes, sheet: FactSheet) -> str:
    changed = list(changed_numbers(content, sheet))
    if not changed:
        return ""
    told = "; ".join(f"{key}: “{text}”, số liệu là “{fact}”" for key, text, fact in changed[:5])
    return f"{len(changed)} con số trong tệp Word khác với số liệu: {told}"


def _pdf_difference(content: bytes, facts: bytes) -> str:
    try:
        carried = PdfReader(io.BytesIO(content)).attachments.get(FACTS_JSON, [])
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
    ) as wrong:
        raise BadFacts("Tệp PDF không đọc được.") from wrong
    if not carried:
        return "Tệp PDF không mang theo số liệu."
    return "" if carried == [facts] else "Số liệu mang trong tệp PDF khác với tệp JSON."


def _csv_difference(content: bytes, sheet: FactSheet) -> str:
    rows = facts_of_csv(content)
    if len(rows) != len(sheet.facts):
        return f"Có {len(rows)} dòng, tệp JSON có {len(sheet.facts)} số liệu."
    for row, fact in zip(rows, sheet.facts, strict=True):
        if row != fact:
            return f"Dòng “{fact.name}”, {fact.organisation}, kỳ {fact.period} khác với tệp JSON."
    return ""


def _xbrl_difference(content: bytes, sheet: FactSheet) -> str:
    values = xbrl_values(content)
    expected = {n: fact for n, fact in enumerate(sheet.facts) if not fact.mask}
    if values.keys() != expected.keys():
        return "Có số liệu thừa hoặc thiếu so với tệp JSON."
    for n, fact in expected.items():
        if values[n] != fact.value:
            return f"Số liệu “{fact.name}”, {fact.organisation}, kỳ {fact.period} khác với tệp JSON."
    return ""
