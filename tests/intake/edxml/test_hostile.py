"""Files made to do harm: never another answer than the package's own, in bounded time, with nothing read or called."""

import random
import re
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.intake.edxml.samples import (
    NS,
    attachment,
    business,
    edxml,
    group,
    header_parts,
    line,
    other_envelope,
    zipped,
)
from tongket.intake.edxml.message import BadMessage
from tongket.intake.edxml.papers import papers_of
from tongket.intake.edxml.read import read
from tongket.intake.edxml.xml import MAX_BYTES, MAX_DEPTH, MAX_NODES

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XINCLUDE = "http://www.w3.org/2001/XInclude"
STRAY = [
    b"<",
    b">",
    b"&",
    b"&x;",
    b"\0",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"<!DOCTYPE a>",
    b"\xff\xfe",
    b"PK\x03\x04",
]
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10))


def refused(content: bytes) -> str:
    with pytest.raises(BadMessage) as caught:
        read(content)
    return str(caught.value)


def with_dtd(declared: str, used: str = "Về việc") -> str:
    """A whole message with a document type ahead of it."""
    text = edxml(header_parts(Subject=line("Subject", used)))
    return text.replace("?>", f"?><!DOCTYPE edXML {declared}>", 1)


def test_billion_laughs_is_refused_at_once():
    begun = time.process_time()
    assert "DTD" in refused(with_dtd(f"[{LAUGHS}]", "&l9;").encode())
    assert time.process_time() - begun < 0.5


def test_quadratic_growth_and_any_document_type_are_refused():
    assert "DTD" in refused(with_dtd(f'[<!ENTITY a "{"x" * 50_000}">]', "&a;" * 1000).encode())
    assert "DTD" in refused(with_dtd("").encode())
    assert "DTD" in refused(with_dtd('PUBLIC "-//X" "x.dtd"').encode())


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_another_coding_does_not_hide_a_document_type(coding):
    text = with_dtd(f"[{LAUGHS}]", "&l9;").replace("UTF-8", "UTF-16")
    assert "DTD" in refused(text.encode(coding))


@pytest.mark.parametrize("declared", ["UTF-7", "cp037", "ISO-2022-JP", "hz", "x-unknown", "UTF-32"])
def test_other_codings_are_not_opened(declared):
    assert refused(edxml().replace("UTF-8", declared).encode())


def test_a_document_type_behind_much_space_is_still_found():
    text = edxml().replace("?>", "?>" + " " * 2_000_000 + f"<!DOCTYPE edXML [{LAUGHS}]>", 1)
    assert "DTD" in refused(text.encode())


@pytest.fixture
def witness() -> Iterator[tuple[int, list[str]]]:
    """A socket on this machine that tells whether anybody called."""
    calls: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.05)
    done = threading.Event()

    def listen() -> None:
        while not done.is_set():
            try:
                connection, _ = server.accept()
            except TimeoutError:
                continue
            calls.append("called")
            connection.close()

    thread = threading.Thread(target=listen)
    thread.start()
    yield server.getsockname()[1], calls
    time.sleep(0.1)
    done.set()
    thread.join()
    server.close()


def test_an_external_entity_reads_no_file_and_calls_nobody(witness, tmp_path):
    port, calls = witness
    secret = tmp_path / "bi-mat.txt"
    secret.write_text("NOI-DUNG-RIENG")
    address = f"http://127.0.0.1:{port}/x"
    hostile = [
        with_dtd(f'[<!ENTITY x SYSTEM "file://{secret}">]', "&x;"),
        with_dtd(f'[<!ENTITY x SYSTEM "{address}">]', "&x;"),
        with_dtd(f'[<!ENTITY % p SYSTEM "{address}"> %p;]'),
        with_dtd(f'SYSTEM "{address}"'),
        edxml().replace("?>", f'?><?xml-stylesheet href="{address}"?>', 1),
        edxml(extra=f'<xi:include xmlns:xi="{XINCLUDE}" href="file://{secret}" parse="text"/>'),
        edxml().replace("<edXML xmlns", f'<edXML xmlns:i="{XSI}" i:schemaLocation="{NS} {address}" xmlns', 1),
    ]  # fmt: skip
    for text in hostile:
        try:
            shown = repr(read(text.encode()))
        except BadMessage as error:
            shown = str(error)
        assert "NOI-DUNG-RIENG" not in shown
    time.sleep(0.1)
    assert calls == []


def test_too_much_of_anything_is_refused_in_little_time():
    deep = "<a>" * (MAX_DEPTH + 1)
    cases = [
        b"<edXML>" + b"x" * MAX_BYTES,
        f"<edXML>{deep}".encode(),
        ("<edXML>" + "<a>" * 500_000).encode(),
        ("<edXML>" + "<a/>" * (MAX_NODES + 1) + "</edXML>").encode(),
        ("<edXML " + " ".join(f'a{n}="1"' for n in range(100)) + "/>").encode(),
    ]
    for content in cases:
        begun = time.process_time()
        assert refused(content)
        assert time.process_time() - begun < 1


def test_a_field_of_many_megabytes_costs_little_time():
    text = edxml(header_parts(Subject=line("Subject", "x " * 5_000_000)))
    begun = time.process_time()
    assert len(read(text.encode()).subject) < 100_000
    assert time.process_time() - begun < 2


def test_many_bombs_in_one_message_open_no_further_than_one():
    bomb = zipped(("a", b"\0" * 12_000_000))[:]
    packed = zipped(*[("a", b"\0" * 12_000_000)])
    assert len(bomb) == len(packed) < 100_000
    files = tuple(
        attachment(f"t{n}.pdf", zipped(("a", b"\0" * 900_000)), "application/zip", f"cid:{n}")
        for n in range(40)
    )
    begun = time.process_time()
    message = read(edxml(files=files, references=()).encode())
    assert sum(len(file.content) for file in message.attachments) <= 2 * MAX_BYTES
    assert "phình to" in refused(edxml(files=(attachment("a.pdf", bomb, "application/zip"),)).encode())
    assert time.process_time() - begun < 3


def test_too_many_files_are_refused():
    files = tuple(attachment(f"t{n}.pdf", cid=f"cid:{n}") for n in range(201))
    assert "tách nhỏ" in refused(edxml(files=files).encode())


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..\\..\\x.pdf",
        "a\0.pdf",
        "CON.pdf",
        "x" * 500 + ".pdf",
        "a\u202efdp.exe",
        'a"\r\nSet-Cookie: x.pdf',
    ],
)
def test_a_hostile_file_name_becomes_a_plain_one(name):
    file = attachment(name.replace("\0", "").replace('"', "&quot;"))
    [paper] = papers_of(read(edxml(files=(file,), references=()).encode()).attachments)[0]
    assert not set(paper.name) & set('/\\\r\n\0"\u202e')
    assert len(paper.name) <= 120 and not paper.name.startswith(".")


SAMPLES = [
    edxml().encode(),
    edxml(prefix="").encode(),
    edxml().replace("UTF-8", "UTF-16").encode("utf-16"),
    other_envelope("e"),
    business("3", "a", "b", key="c"),
    edxml(files=(attachment("a.pdf", zipped(("x", b"%PDF-1.4")), "application/zip"),)).encode(),
    edxml(extra=group("Signature", line("SignatureValue", "YQ=="))).encode(),
]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The bytes with a few things done to them that go wrong on the way, or are meant to."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        at = chance.randrange(len(data) or 1)
        match chance.randrange(6):
            case 0:
                data[at : at + 1] = bytes([data[at] ^ (1 << chance.randrange(8))]) if data else b"x"
            case 1:
                del data[at:]
            case 2:
                del data[at : at + chance.randint(1, 200)]
            case 3:
                end = at + chance.randint(1, 400)
                data[at:at] = data[at:end] * chance.randint(1, 20)
            case 4:
                data[at:at] = chance.choice(STRAY)
            case 5:
                data[at : at + 8] = chance.randbytes(8)
        if not data:
            data = bytearray(b"<")
    return bytes(data)


def test_no_damage_gives_another_error_than_our_own_and_none_takes_long():
    chance = random.Random(102)
    read_anyway = 0
    begun = time.process_time()
    for number in range(700):
        content = mutated(SAMPLES[number % len(SAMPLES)], chance)
        started = time.process_time()
        try:
            read(content)
            read_anyway += 1
        except BadMessage as error:
            assert error.problems and all(p.message.endswith((".", "!")) for p in error.problems)
        assert time.process_time() - started < 1
    assert time.process_time() - begun < 15
    assert 5 < read_anyway < 695


GARBAGE = [
    "", " ", "&#0;", "&#8238;", "&lt;script&gt;", "A" * 30_000, "=" * 50, "2023/13/45", "-1", "9" * 400, "1e9",
    "%s%n{0}", "٣", "\u202e\u200b", "cid:", "base64,", "data:;base64,", "UEsDBA==", "&#x1F4A9;", "NaN", "../..",
    "'; --", "Mật",
]  # fmt: skip


def test_garbage_in_any_field_is_read_or_refused_in_words():
    chance = random.Random(2016)
    texts = [
        edxml(),
        edxml(prefix=""),
        other_envelope("e").decode(),
        business("3", "a", "b", key="c").decode(),
    ]
    told = set()
    for number in range(600):
        pieces = re.split(r"(?<=>)([^<>]*)(?=</)", texts[number % len(texts)])
        for _ in range(chance.randint(1, 4)):
            pieces[chance.randrange(len(pieces) // 2) * 2 + 1] = chance.choice(GARBAGE)
        started = time.process_time()
        try:
            message = read("".join(pieces).encode())
            papers_of(message.attachments)
            told.add("read")
        except BadMessage as error:
            told.update(p.field for p in error.problems)
        assert time.process_time() - started < 1
    assert {"read", "subject", "document_id", "sender", "issued_on", "business", "attachments"} <= told


def test_every_truncation_is_refused_or_read_whole():
    whole = edxml().encode()
    for end in range(0, len(whole) - 1, 7):
        with pytest.raises(BadMessage):
            read(whole[:end])
