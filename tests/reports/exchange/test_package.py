"""The signed package: whole as handed out, and whatever is altered in it is found and named."""

import base64
import hashlib
import io
import json
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests import needs
from tests.once import made_once
from tests.reports.exchange.sheets import MADE, district_sheet
from tests.reports.templates import docx
from tests.world import make_world
from tongket import backup
from tongket.audit.queries import ChainReport
from tongket.books.acts import lock
from tongket.books.models import FigureBook
from tongket.cli import main
from tongket.core.periods import parse_period
from tongket.core.problems import Refused
from tongket.organisations.models import Organisation
from tongket.reports.exchange import keys
from tongket.reports.exchange.archive import BadArchive, archive, unpack
from tongket.reports.exchange.command import in_words, verify_file
from tongket.reports.exchange.package import CHECKSUMS, FACTS_JSON, KEY, SIGNATURE, build_package, facts_json
from tongket.reports.exchange.verify import verify_package
from tongket.reports.layer.model import from_data
from tongket.reports.pack import ENDINGS, build_pack
from tongket.reports.pdf import Attachment, make_pdf

pytestmark = pytest.mark.django_db

FOLDER = "bao-cao-tong-ket-QS-2023"
BOOK = "ab" * 32
FACTS = f"{FOLDER}/so-lieu.json"


def _book() -> str:
    """The digest of the locked book that the pack is made from."""
    return FigureBook.objects.get().digest


def _pack(**more: Any) -> dict[str, bytes]:
    organisation, period = Organisation.objects.get(code="QS"), parse_period("2023")
    book = FigureBook.objects.filter(organisation=organisation).first() or lock(organisation, period, by=None)
    asked: dict[str, Any] = {"kinds": tuple(ENDINGS), "book": book, "made_at": MADE, **more}
    return build_pack(organisation, period, base_url="http://127.0.0.1:8000", **asked)


def _world_and_pack() -> dict[str, bytes]:
    make_world()
    return _pack()


@pytest.fixture(scope="module")
def pack(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, bytes]]:
    """Every kind of file of the small district's report, made once; the district stays for the module's tests."""
    with made_once(django_db_blocker, _world_and_pack) as made:
        yield made


@pytest.fixture(scope="module")
def whole(pack: dict[str, bytes]) -> dict[str, bytes]:
    """The files of the package."""
    return unpack(pack[f"{FOLDER}.zip"])


def zipped(files: dict[str, bytes]) -> bytes:
    return archive(files, MADE.isoformat())


def test_the_package_holds_everything_and_is_good(pack: dict[str, bytes], whole: dict[str, bytes]) -> None:
    names = {name.removeprefix(f"{FOLDER}/") for name in whole}
    assert {
        "kiem-tra.html", "doc-truoc.txt", "dinh-nghia.html", "so-lieu.json", "so-lieu.csv", "xbrl/so-lieu-xbrl.json",
        "xbrl/tongket.xsd", CHECKSUMS, SIGNATURE, KEY, *(FOLDER + end for end in (".docx", ".pdf", ".xlsx")),
    } <= names  # fmt: skip
    verdict = verify_package(pack[f"{FOLDER}.zip"])
    assert verdict.is_good, verdict
    assert (verdict.organisation, verdict.period, verdict.book_digest) == ("QS", "2023", _book())
    assert verdict.fingerprint == keys.own_fingerprint()
    assert {carrier.name.rpartition(".")[2] for carrier in verdict.carriers} == {"docx", "pdf", "csv", "json"}


def test_the_same_input_gives_the_same_bytes(pack: dict[str, bytes], db: None) -> None:
    again = _pack(kinds=("docx", "xlsx", "zip"))
    assert again == {name: pack[name] for name in again}


def test_openssl_and_sha256sum_agree(whole: dict[str, bytes], tmp_path: Path) -> None:
    for name, content in whole.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    folder = tmp_path / FOLDER
    subprocess.run(["sha256sum", "--strict", "--quiet", "-c", CHECKSUMS], cwd=folder, check=True)
    if shutil.which("openssl"):
        told = (folder / "doc-truoc.txt").read_text("utf-8-sig")
        (command,) = re.findall(r"openssl pkeyutl .*", told)
        said = subprocess.run(command.split(), cwd=folder, check=True, capture_output=True, text=True).stdout
        assert "Signature Verified Successfully" in said


class Files(dict[str, bytes]):
    """Files that a failing property test does not print."""

    def __repr__(self) -> str:
        return f"<{len(self)} files>"


@pytest.fixture(scope="module")
def little() -> dict[str, bytes]:
    """A package with few facts and a one-line report, quick to check again and again."""
    sheet = district_sheet(children=0, book_digest=BOOK)
    sheet = replace(
        sheet, facts=tuple(fact for fact in sheet.facts if fact.indicator.startswith("honours.badges"))
    )
    word = docx("Trao 158 Huy hiệu Đảng.")
    inside = Attachment(FACTS_JSON, facts_json(sheet), "application/json", "")
    papers = {f"{FOLDER}.docx": word, f"{FOLDER}.pdf": make_pdf(word, attached=[inside])}
    return Files(unpack(build_package(sheet, papers, key=keys.signing_key(), folder=FOLDER)))


def test_the_little_package_is_good(little: dict[str, bytes]) -> None:
    assert verify_package(zipped(little)).is_good


@given(st.data())
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_altered_digit_anywhere_is_found_and_its_file_named(
    little: dict[str, bytes], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(little)))
    content = bytearray(little[name])
    digits = [place for place, byte in enumerate(content) if 48 <= byte <= 57]
    place = data.draw(st.sampled_from(digits)) if digits else 0
    content[place] = (content[place] - 48 + data.draw(st.integers(1, 9))) % 10 + 48
    verdict = verify_package(zipped({**little, name: bytes(content)}))
    assert not verdict.is_good
    plain = name.removeprefix(f"{FOLDER}/")
    if plain in (CHECKSUMS, SIGNATURE):
        assert verdict.signature == "bad"
    else:
        assert [file.name for file in verdict.files if file.state == "altered"] == [plain]


def test_a_missing_and_an_added_file_are_named(whole: dict[str, bytes]) -> None:
    files = {name: content for name, content in whole.items() if not name.endswith(".pdf")}
    verdict = verify_package(zipped({**files, f"{FOLDER}/moi.txt": b"x"}))
    states = {file.name: file.state for file in verdict.files if file.state != "same"}
    assert states == {f"{FOLDER}.pdf": "missing", "moi.txt": "added"}


@pytest.mark.parametrize("without", [SIGNATURE, KEY])
def test_a_package_without_signature_or_key_is_not_good(whole: dict[str, bytes], without: str) -> None:
    verdict = verify_package(
        zipped({name: c for name, c in whole.items() if not name.endswith(f"/{without}")})
    )
    assert (verdict.signature, verdict.is_good) == ("missing", False)


def _forged(whole: dict[str, bytes], altered: dict[str, bytes]) -> bytes:
    """A package whose list and signature were made anew by somebody with a key of their own."""
    key = Ed25519PrivateKey.generate()
    files = {**whole, **altered, f"{FOLDER}/{KEY}": keys.public_pem(key)}
    lines = [
        f"{hashlib.sha256(content).hexdigest()}  {name.removeprefix(f'{FOLDER}/')}"
        for name, content in files.items()
        if not name.endswith((CHECKSUMS, SIGNATURE))
    ]
    listed = ("\n".join(lines) + "\n").encode()
    return zipped({**files, f"{FOLDER}/{CHECKSUMS}": listed, f"{FOLDER}/{SIGNATURE}": key.sign(listed)})


def test_a_package_signed_anew_by_another_is_told_by_its_key(whole: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(_forged(whole, {}))
    verdict, is_own = verify_file(tmp_path / "a.zip")
    assert verdict.is_good
    assert not is_own
    assert "không phải khóa của hệ thống này" in "\n".join(in_words(verdict, is_own=is_own))


def test_carriers_that_tell_different_numbers_are_found_even_when_signed_anew(
    whole: dict[str, bytes],
) -> None:
    sheet = json.loads(whole[FACTS])
    fact = next(fact for fact in sheet["facts"] if fact["value"] not in ("", "0"))
    fact["value"] = str(int(float(fact["value"])) + 1)
    content = json.dumps(sheet, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    verdict = verify_package(_forged(whole, {FACTS: content}))
    assert verdict.signature == "good"
    assert {carrier.name.rpartition(".")[2] for carrier in verdict.carriers if not carrier.same} >= {
        "pdf",
        "csv",
        "json",
    }


def test_a_number_changed_in_the_word_file_is_named_with_its_fact(whole: dict[str, bytes]) -> None:
    name = f"{FOLDER}/{FOLDER}.docx"
    parts = unpack(whole[name])
    body = parts["word/document.xml"].decode()
    changed = re.sub(
        r'("members\.admitted\|QS\|2023\|2023-12-31"/>.*?<w:t[^>]*>)1(<)',
        r"\g<1>7\2",
        body,
        count=1,
        flags=re.S,
    )
    assert changed != body
    spoilt = zipped({**parts, "word/document.xml": changed.encode()})
    (carrier,) = [c for c in verify_package(_forged(whole, {name: spoilt})).carriers if not c.same]
    assert carrier.name == f"{FOLDER}.docx"
    assert "members.admitted|QS|2023|2023-12-31: “7”, số liệu là “1”" in carrier.reason


@pytest.mark.parametrize(
    "facts",
    [b"", b"{", b"[1]", b"[" * 2_000_000, b'{"format":"tongket-facts/1","facts":[{}]}', b"\xff"],
    ids=["empty", "cut", "list", "deep", "bare", "bytes"],
)
def test_facts_that_cannot_be_read_are_said_to_be_so(whole: dict[str, bytes], facts: bytes) -> None:
    verdict = verify_package(zipped({**whole, FACTS: facts}))
    assert not verdict.is_good
    assert verdict.faults
    assert "so-lieu.json" in [file.name for file in verdict.files if file.state == "altered"]


@pytest.mark.parametrize("content", [b"", b"PK", b"%PDF-1.7", zipped({"a": b"x"})])
def test_what_is_no_package_is_refused(content: bytes) -> None:
    with pytest.raises(BadArchive):
        verify_package(content)


# The PDF


@needs.poppler
def test_the_pdf_carries_the_facts(pack: dict[str, bytes], whole: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pack[f"{FOLDER}.pdf"])
    run = ["pdfdetach", "-save", "1", "-o", tmp_path / "facts.json", tmp_path / "a.pdf"]
    subprocess.run(run, check=True, capture_output=True)
    carried = (tmp_path / "facts.json").read_bytes()
    assert carried == whole[FACTS] == pack[f"{FOLDER}.json"]
    assert from_data(json.loads(carried)).book_digest == _book()


# The key


def test_the_annexes_print_the_fingerprint_and_the_book(pack: dict[str, bytes]) -> None:
    book = load_workbook(io.BytesIO(pack[f"{FOLDER}.xlsx"]))
    said = {str(cell.value) for row in book["Xác thực"].iter_rows() for cell in row if cell.value}
    assert {keys.own_fingerprint(), _book()} <= said


def test_the_key_is_made_once_and_only_its_owner_reads_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    assert keys.existing_fingerprint() == ""
    assert not (tmp_path / keys.KEY_FILE).exists()
    first = keys.own_fingerprint()
    assert stat.S_IMODE((tmp_path / keys.KEY_FILE).stat().st_mode) == 0o600
    assert keys.own_fingerprint() == keys.existing_fingerprint() == first
    assert re.fullmatch(r"([0-9a-f]{4} ){15}[0-9a-f]{4}", first)


def test_a_spoilt_key_file_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    (tmp_path / keys.KEY_FILE).write_bytes(b"spoilt")
    with pytest.raises(Refused, match=keys.KEY_FILE):
        keys.signing_key()


@pytest.mark.parametrize("pem", [b"", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
def test_what_is_no_key_is_refused(pem: bytes) -> None:
    with pytest.raises(ValueError):
        keys.is_signed(b"a", b"b", pem)


def test_the_key_never_leaves_the_data_folder(pack: dict[str, bytes], whole: dict[str, bytes]) -> None:
    key = keys.signing_key()
    seed = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    body = b"".join(pem.splitlines()[1:-1])
    secrets = (seed, body, base64.b64encode(seed), seed.hex().encode(), b"PRIVATE KEY")
    for name, content in {**pack, **whole}.items():
        assert not any(secret in content for secret in secrets), name


# The commands


def test_a_package_is_made_and_checked_on_the_command_line(
    pack: dict[str, bytes], db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "goi.zip"
    assert main(["package", "--org", "QS", "--period", "2023", "--out", str(target)]) == 0
    assert capsys.readouterr().out.strip() == str(target)
    assert main(["verify-package", str(target), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["good"], answer["own_key"], answer["signature"]) == (True, True, "good")
    files = unpack(target.read_bytes())
    files[FACTS] = files[FACTS].replace(b'"value":"6"', b'"value":"7"', 1)
    target.write_bytes(zipped(files))
    assert main(["verify-package", str(target)]) == 1
    out = capsys.readouterr().out
    assert out.startswith("KHÔNG ĐẠT")
    assert re.search(r"ĐÃ BỊ SỬA +so-lieu\.json", out)


def test_a_package_by_the_locked_book_names_its_digest_and_without_a_book_there_is_none(
    pack: dict[str, bytes], db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = str(tmp_path / "goi.zip")
    asked = ["package", "--org", "QS", "--period", "2023", "--book", "--out", target]
    assert main(asked) == 0
    assert main(["verify-package", target]) == 0
    book = FigureBook.objects.get(period="2023", voided_at__isnull=True)
    assert f"Số chốt: {book.digest}" in capsys.readouterr().out
    asked[4] = "2022"
    assert main(asked) == 2
    assert "chưa" in capsys.readouterr().err


def test_a_file_that_is_no_package_is_refused_in_one_line(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.zip").write_bytes(b"x")
    for path in (tmp_path / "a.zip", tmp_path / "none.zip", tmp_path):
        assert main(["verify-package", str(path)]) == 2
        (line,) = capsys.readouterr().err.strip().splitlines()
        assert str(path) in line


def test_a_backup_does_not_hold_the_package_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    keys.own_fingerprint()
    monkeypatch.setattr(backup, "_dump", lambda work: ("database.sqlite3", ChainReport(0, "", None)))
    backup.back_up(tmp_path / "backup.zip")
    held = unpack((tmp_path / "backup.zip").read_bytes())
    assert "secret-key" in held or not (settings.DATA_DIR / "secret-key").exists()
    assert b"PRIVATE KEY" not in b"".join(held.values())
