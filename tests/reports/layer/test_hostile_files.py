"""Files made to mislead or to break the reader: a clear answer, bounded time and memory."""

import io
import random
import re
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.layer import made
from tongket.reports.layer.word.opening import MAX_PART, Unreadable
from tongket.reports.layer.word.read import NotOurs, read_word
from tongket.reports.layer.word.verify import verify_word


def refused(content: bytes) -> str:
    """What is said of a file that is not read."""
    with pytest.raises(Unreadable) as fault:
        verify_word(content)
    return str(fault.value)


def document(content: bytes) -> bytes:
    """The body of a file."""
    return made.read_part(content, "word/document.xml")


def test_a_word_file_without_our_facts_is_not_ours() -> None:
    from tests.reports.templates import docx

    with pytest.raises(NotOurs, match="không mang số liệu"):
        verify_word(docx("Kết nạp 88 đảng viên."))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "rỗng"),
        (b"%PDF-1.7", "không phải là tài liệu Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096, "mật khẩu"),
        (b"PK\x03\x04" + b"\0" * 100, "đã hỏng"),
    ],
)
def test_what_is_no_docx_is_told_apart(content: bytes, said: str) -> None:
    assert said in refused(content)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_damaged(share: float) -> None:
    content = made.report()
    assert "hỏng" in refused(content[: int(len(content) * share)])


def test_a_macro_file_is_refused() -> None:
    content = made.report()
    assert "mã lệnh" in refused(made.replaced(content, "word/vbaProject.bin", b"x"))
    types = made.read_part(content, "[Content_Types].xml")
    macro = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():
            new.writestr(name, macro if name == "[Content_Types].xml" else old.read(name))
    assert "docm" in refused(saved.getvalue())


@pytest.mark.parametrize("name", ["word/document.xml", "docProps/custom.xml", "part"])
def test_entities_and_document_types_are_refused_wherever_they_stand(name: str) -> None:
    content = made.report()
    target = made.part_of(content) if name == "part" else name
    xml = re.sub(rb"^<\?xml[^>]*\?>", b"", made.read_part(content, target))
    bad = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + xml
    assert "không được phép" in refused(made.replaced(content, target, bad))
    wide = b'<?xml version="1.0" encoding="UTF-16"?>'.decode().encode("utf-16") + bad.decode().encode(
        "utf-16-le"
    )
    assert refused(made.replaced(content, target, wide))


def test_a_bomb_is_refused_before_it_is_parsed() -> None:
    content = made.report()
    tracemalloc.start()
    begin = time.monotonic()
    try:
        bomb = b"<w:t>" + b" " * (201 * 2**20)
        assert "giải nén" in refused(made.replaced(content, "word/document.xml", bomb))
        del bomb
        big = document(content).replace(b"</w:body>", b"<w:p/>" * (MAX_PART // 6) + b"</w:body>")
        assert "lớn quá" in refused(made.replaced(content, "word/document.xml", big))
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 500 * 2**20
    assert time.monotonic() - begin < 20


@pytest.mark.parametrize("kind", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_kind_of_packing_that_word_does_not_write_is_refused(kind: int) -> None:
    content = made.report()
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(saved, "w", kind) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert "nén" in refused(saved.getvalue())


def test_a_bomb_among_the_properties_is_not_unpacked() -> None:
    import base64
    import zlib

    packed = base64.b64encode(zlib.compress(b'["' + b"a" * (40 * 2**20))).decode()
    properties = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f'<property name="tongket_so_lieu_001"><vt:lpwstr>{packed}</vt:lpwstr></property></Properties>'
    )
    content = made.replaced(made.report(), "docProps/custom.xml", properties.encode())
    assert verify_word(content).file.trust == "sealed"  # by the part; the packed copy is as good as none


def test_five_thousand_controls_are_read_in_a_second_or_two() -> None:
    content = made.report()
    body = document(content)
    control = re.search(rb"<w:sdt>.*?</w:sdt>", body, re.DOTALL)
    assert control
    many = body.replace(b"</w:body>", (b"<w:p>" + control[0] + b"</w:p>") * 5000 + b"</w:body>")
    begin = time.monotonic()
    verified = verify_word(made.replaced(content, "word/document.xml", many))
    assert time.monotonic() - begin < 10
    assert sum(row.is_copy for row in verified.rows) == 5000


def test_thousands_of_lost_places_among_thousands_of_numbers_take_bounded_time() -> None:
    content = made.report()
    file = read_word(content)
    from dataclasses import replace

    from tongket.reports.layer.word.stream import Stream
    from tongket.reports.layer.word.verify import verify

    rng = random.Random(5)
    text = " ".join(str(rng.randrange(100)) for _ in range(20_000))
    place = file.embedded.places[0]
    places = tuple(replace(place, order=n, text=str(n % 100), before="1 2 3 4 5 6 ") for n in range(3000))
    begin = time.monotonic()
    verify(replace(file, embedded=replace(file.embedded, places=places), stream=Stream(text, [])))
    assert time.monotonic() - begin < 20


def test_nesting_without_end_is_no_crash() -> None:
    content = made.report()
    deep = document(content).replace(b"</w:body>", b"<w:p>" * 50_000 + b"</w:p>" * 50_000 + b"</w:body>")
    assert "hỏng" in refused(made.replaced(content, "word/document.xml", deep))
    shallow = document(content).replace(b"</w:body>", b"<w:sdt>" * 200 + b"</w:sdt>" * 200 + b"</w:body>")
    assert verify_word(made.replaced(content, "word/document.xml", shallow)).is_clean()


# --- forged facts -----------------------------------------------------------------------------------------


def forged(content: bytes, *, new_digest: bool) -> bytes:
    """88 admitted becomes 95 in the facts, what is bound and the text; with `new_digest` the digest fits again."""
    from tongket.reports.layer.word.embedded import from_xml
    from tongket.reports.layer.word.opening import safe_xml

    name = made.part_of(content)
    part = made.read_part(content, name).decode()
    part = part.replace('value="88" text="88"', 'value="95" text="95"').replace(
        'printed="88"', 'printed="95"'
    )
    part = part.replace("<text>88</text>", "<text>95</text>")
    if new_digest:
        digest = from_xml(safe_xml(part.encode())).digest()
        part = re.sub(r'digest="[0-9a-f]{64}"', f'digest="{digest}"', part)
    content = made.replaced(content, name, part.encode())
    body = document(content).decode().replace(">88<", ">95<")
    return made.replaced(content, "word/document.xml", body.encode())


@pytest.mark.parametrize("new_digest", [False, True])
def test_facts_changed_in_the_part_are_judged_by_the_sealed_copy(new_digest: bool) -> None:
    verified = verify_word(forged(made.report(), new_digest=new_digest))
    assert verified.file.trust == "changed"
    assert not verified.is_clean()
    edited = [row for row in verified.rows if row.state == "edited"]
    assert {(row.printed, row.found) for row in edited} == {("88", "95")}
    assert len(edited) == 2


def test_facts_changed_in_both_copies_do_not_pass_for_ours() -> None:
    without = made.replaced(made.report(), "docProps/custom.xml", None)
    plain = verify_word(forged(without, new_digest=False))
    assert plain.file.trust == "broken"
    clever = verify_word(forged(without, new_digest=True))
    assert clever.file.trust == "unsealed"
    assert not clever.is_clean()


def test_another_book_named_in_the_part_breaks_the_seal() -> None:
    content = made.report()
    name = made.part_of(content)
    part = made.read_part(content, name).replace(b'book_digest=""', b'book_digest="' + b"a" * 64 + b'"')
    verified = verify_word(made.replaced(content, name, part))
    assert verified.file.trust == "changed"
    assert verified.file.embedded.sheet.book_digest == ""


def test_a_key_that_was_changed_still_knows_its_old_seals(settings) -> None:
    content = made.report()
    old, settings.SECRET_KEY = settings.SECRET_KEY, "x" * 60
    assert verify_word(content).file.trust == "unsealed"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert verify_word(content).file.trust == "sealed"


def test_control_characters_in_the_packed_copy_reach_no_terminal() -> None:
    from dataclasses import replace

    from tongket.reports.layer.word.embed import _properties
    from tongket.reports.layer.word.embedded import as_pieces, digest_of
    from tongket.reports.layer.word.seal import sign

    embedded = read_word(made.report()).embedded
    bad = replace(embedded, sheet=replace(embedded.sheet, organisation_name="\x1b]0;x\x07"))
    said = bad.sealed_text()
    without = made.replaced(made.report(), made.part_of(made.report()), None)
    properties = made.read_part(without, "docProps/custom.xml")
    packed = _properties(properties, as_pieces(said, sign(digest_of(said))))
    with pytest.raises(NotOurs):
        verify_word(made.replaced(without, "docProps/custom.xml", packed))


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_bytes_changed_anywhere_are_an_answer_or_a_clear_refusal(data: st.DataObject) -> None:
    content = bytearray(made.report())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        verify_word(bytes(content))
    except Unreadable as fault:
        assert str(fault)


@given(
    st.sampled_from(["word/document.xml", "docProps/custom.xml", "part"]), st.randoms(use_true_random=False)
)
@settings(max_examples=150, deadline=None)
def test_xml_changed_anywhere_is_an_answer_or_a_clear_refusal(name: str, rng: random.Random) -> None:
    content = made.report()
    target = made.part_of(content) if name == "part" else name
    xml = bytearray(made.read_part(content, target))
    for _ in range(rng.randint(1, 5)):
        at = rng.randrange(len(xml))
        stop = min(at + rng.randint(0, 30), len(xml))
        xml[at:stop] = rng.choice(
            [b"", b'"', b"<", b"</w:p>", b"9999999999", b"-1", bytes(xml[:20]), b"&#0;"]
        )
    try:
        verify_word(made.replaced(content, target, bytes(xml)))
    except Unreadable as fault:
        assert str(fault)
