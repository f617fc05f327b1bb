"""The signed package: everything of one report in one zip, with the list of checksums, its signature, and the page
that checks them offline."""

import hashlib
from collections.abc import Mapping
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tongket.core.dates import format_date
from tongket.reports.exchange.about import FORMAT, About, about
from tongket.reports.exchange.archive import archive
from tongket.reports.exchange.checking_page import checking_page
from tongket.reports.exchange.definitions import definitions_page
from tongket.reports.exchange.keys import public_pem
from tongket.reports.layer.model import FactSheet
from tongket.reports.layer.table import facts_csv
from tongket.reports.layer.xbrl import xbrl_files

CHECKSUMS, SIGNATURE, KEY = "checksums.txt", "checksums.sig", "khoa-cong-khai.pem"
PAGE, DEFINITIONS, READ_FIRST = "kiem-tra.html", "dinh-nghia.html", "doc-truoc.txt"
FACTS_JSON, FACTS_CSV, XBRL_FOLDER = "so-lieu.json", "so-lieu.csv", "xbrl"


def facts_json(sheet: FactSheet) -> bytes:
    """The open JSON, as it lies in every package and inside every PDF."""
    return sheet.as_json().encode()


def xbrl_zip(sheet: FactSheet) -> bytes:
    """xBRL-JSON with its taxonomy, as one file to hand on. Raises `BadFacts`."""
    return archive(xbrl_files(sheet), sheet.made_at)


def build_package(
    sheet: FactSheet, papers: Mapping[str, bytes], *, key: Ed25519PrivateKey, folder: str, facts: bytes = b""
) -> bytes:
    """The package as one zip. `papers` are the report and its annexes; the same input gives the same bytes.

    `facts` is the open JSON of the sheet, if it has been written already. Raises `BadFacts` for facts whose indicators
    are not of this catalogue.
    """
    told = about(sheet, key)
    files = {
        PAGE: checking_page(told),
        READ_FIRST: _read_first(told),
        **papers,
        FACTS_JSON: facts or facts_json(sheet),
        FACTS_CSV: facts_csv(sheet),
        **{f"{XBRL_FOLDER}/{name}": content for name, content in xbrl_files(sheet).items()},
        DEFINITIONS: definitions_page(),
        KEY: public_pem(key),
    }
    listed = checksums(files, told)
    return archive({**files, CHECKSUMS: listed, SIGNATURE: key.sign(listed)}, sheet.made_at, folder)


def checksums(files: Mapping[str, bytes], told: About) -> bytes:
    """The signed list, in the form that `sha256sum -c` reads; its first lines say what the package is of."""
    head = (
        ("định dạng", FORMAT),
        ("tổ chức", f"{told.organisation} {told.organisation_name}"),
        ("kỳ", told.period),
        ("tính đến", told.as_at),
        ("lập lúc", told.made_at),
        ("số chốt", told.book_digest or "không lập từ sổ đã chốt"),
        ("khóa", told.fingerprint),
    )
    lines = [f"# {name}: {' '.join(value.split())}" for name, value in head]
    lines += [f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in files.items()]
    return ("\n".join(lines) + "\n").encode()


def _read_first(told: About) -> bytes:
    day = format_date(date.fromisoformat(told.as_at))
    lines = (
        f"GÓI BÁO CÁO {told.organisation_name.upper()}, {told.period_name.upper()}",
        f"Số liệu tính đến ngày {day}.",
        "",
        f"Kiểm tra: giải nén gói, mở {PAGE} bằng trình duyệt (không cần mạng, không cần phần mềm nào khác),",
        "rồi kéo chính tệp .zip này, hoặc tất cả các tệp đã giải nén, vào trang.",
        "Trang cho biết tệp nào bị sửa, thiếu hay thêm vào, và chữ ký có đúng không.",
        "",
        "Dấu vân tay của khóa ký (so với dấu in trong phụ lục Excel hoặc trên trang Báo cáo của cơ quan lập):",
        told.fingerprint,
        "",
        "Kiểm tra bằng dòng lệnh:",
        f"  sha256sum -c {CHECKSUMS}",
        f"  openssl pkeyutl -verify -pubin -inkey {KEY} -rawin -in {CHECKSUMS} -sigfile {SIGNATURE}",
        "  ./run verify-package GOI.zip        (ở nơi có cài hệ thống Tổng kết)",
        "",
        f"{FACTS_JSON}, {FACTS_CSV}: mọi số liệu của báo cáo; {XBRL_FOLDER}/: cùng số liệu theo xBRL-JSON;",
        f"{DEFINITIONS}: mỗi chỉ số được tính thế nào.",
        "",
    )
    return "\r\n".join(lines).encode("utf-8-sig")
