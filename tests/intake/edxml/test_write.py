"""Writing edXML: what is written reads as what was meant, in the standard's order."""

import string
from datetime import UTC, date, datetime

from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.edxml.samples import NS, docx
from tongket.core.text import tidy
from tongket.intake.edxml.message import (
    VIETNAM,
    Attached,
    Business,
    Hop,
    Message,
    Party,
    Reference,
    Signer,
)
from tongket.intake.edxml.read import read
from tongket.intake.edxml.recognise import parts_of, symbol_of
from tongket.intake.edxml.secrecy import mark_in
from tongket.intake.edxml.write import write

ALPHABET = string.ascii_letters + string.digits + string.punctuation + " ăâêôơưđĐẬỆỐừợáàảãạ “”–…😀\t"
texts = st.text(ALPHABET, max_size=40).map(tidy).filter(lambda text: not mark_in(text))
some = texts.filter(bool)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
moments = st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=VIETNAM)
)
parties = st.builds(Party, some, texts, texts, texts, texts, texts, texts, texts)
files = st.builds(
    Attached,
    name=some,
    content_type=st.sampled_from(["application/pdf", "text/plain", "image/png", "x/y"]),
    content=st.one_of(st.binary(min_size=1, max_size=300), st.just(docx())),
    description=texts,
)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    business = draw(st.sampled_from(Business))
    key = draw(some)
    keys = st.lists(some.filter(lambda k: k != key), unique=True, min_size=1, max_size=3).map(tuple)
    return Message(
        sender=draw(parties),
        receivers=tuple(draw(st.lists(parties, max_size=2))),
        document_id=key,
        number=draw(some),
        notation=draw(texts),
        issued_on=draw(days),
        subject=draw(some),
        place=draw(texts),
        type_code=draw(texts),
        type_detail=draw(texts),
        type_name=draw(texts),
        content=draw(texts),
        signer=draw(st.builds(Signer, texts, texts, texts)),
        due_on=draw(st.none() | days),
        priority=draw(st.none() | st.integers(0, 3)),
        response_for=tuple(
            draw(st.lists(st.builds(Reference, texts, texts, st.none() | days, texts), max_size=2))
        ),
        to_places=tuple(draw(st.lists(some, max_size=3))),
        trace=tuple(draw(st.lists(st.builds(Hop, texts, st.none() | moments), max_size=3))),
        business=business,
        reason=draw(texts),
        document_ids=() if business is Business.NEW else draw(keys),
        attachments=tuple(draw(st.lists(files, max_size=2))),
    )


@settings(max_examples=150, deadline=None)
@given(messages())
def test_what_is_written_reads_as_what_was_meant(message):
    assert read(write(message)) == message


@given(
    st.from_regex(r"[0-9]{1,4}[a-z]?[-/](NQ|CT|QĐ|CTr|VPCP|UBND)[-/]?(TU|HU|TTĐT)?", fullmatch=True) | texts
)
def test_number_and_notation_give_the_symbol_again(symbol):
    assert symbol_of(*parts_of(symbol)) == symbol_of("", symbol)


def small(**changes) -> Message:
    values = {
        "sender": Party("QS", "Huyện ủy"),
        "receivers": (Party("PA", "Đảng ủy xã A"),),
        "document_id": "QS,2023/11/20,33-NQ/TU",
        "number": "33",
        "notation": "NQ/TU",
        "issued_on": date(2023, 11, 20),
        "subject": "Về <việc> & “khác”",
    }
    return Message(**values | changes)


def test_elements_stand_in_the_order_of_the_standard():
    content = write(
        small(
            content="Tóm tắt",
            due_on=date(2023, 12, 1),
            priority=1,
            response_for=(Reference("A", "1/CV", None, "x"),),
            to_places=("Như trên",),
            trace=(Hop("QS", datetime(2023, 11, 20, 8, 0, 5, tzinfo=UTC)),),
            business=Business.UPDATE,
            document_ids=("k",),
            attachments=(Attached("a.pdf", "application/pdf", b"%PDF-"),),
        )
    )
    root = ElementTree.fromstring(content)
    local = lambda node: [child.tag.removeprefix(f"{{{NS}}}") for child in node]  # noqa: E731
    assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert b"<AttachmentEncoded>" in content and b"<edXML:MessageHeader>" in content
    assert (root.tag, local(root)) == (f"{{{NS}}}edXML", ["edXMLEnvelope", "AttachmentEncoded"])
    header = root.find(f".//{{{NS}}}MessageHeader")
    assert local(header) == [
        "From", "To", "DocumentId", "Code", "PromulgationInfo", "DocumentType", "Subject", "Content", "SignerInfo",
        "DueDate", "OtherInfo", "ResponseFor", "ToPlaces",
    ]  # fmt: skip
    trace = root.find(f".//{{{NS}}}TraceHeaderList")
    assert local(trace) == ["TraceHeader", "Bussiness"]
    assert local(trace[1]) == ["BussinessDocType", "BussinessDocReason", "DocumentId", "Paper"]
    assert header.find(f"{{{NS}}}DueDate").text == "2023/12/01"


def test_letters_that_xml_cannot_hold_are_left_out():
    assert read(write(small(subject="a\x0bb\ufffec"))).subject == "abc"
