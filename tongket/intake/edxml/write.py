"""A `Message` as edXML bytes, in the order of the standard's own samples."""

import base64
import re
from collections.abc import Iterator
from datetime import date, datetime
from xml.sax.saxutils import escape  # nosec B406  # it only escapes

from tongket.intake.edxml.message import NAMESPACE, Attached, Business, Message, Party, Reference

# What XML 1.0 cannot hold at all, escaped or not.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(message: Message) -> bytes:
    """The file. Reading it gives the same message again; a signature is not written, since none is made."""
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns="{NAMESPACE}" xmlns:edXML="{NAMESPACE}">'
    parts = [
        head,
        "<edXML:edXMLEnvelope>",
        "<edXML:edXMLHeader>",
        "<edXML:MessageHeader>",
        *_header(message),
        "</edXML:MessageHeader>",
        "<edXML:TraceHeaderList>",
        *_course(message),
        "</edXML:TraceHeaderList>",
        "</edXML:edXMLHeader>",
        "<edXML:edXMLBody>",
        '<edXML:edXMLManifest edXML:version="1.0">',
        *(_listed(index, file) for index, file in enumerate(message.attachments)),
        "</edXML:edXMLManifest>",
        "</edXML:edXMLBody>",
        "</edXML:edXMLEnvelope>",
        "<AttachmentEncoded>",
        *(_encoded(index, file) for index, file in enumerate(message.attachments)),
        "</AttachmentEncoded>",
        "</edXML>\n",
    ]
    return "\n".join(part for part in parts if part).encode()


def document_id(organ_id: str, on: date, symbol: str) -> str:
    """The key of a paper as the standard makes it: sender, day, number and symbol."""
    return f"{organ_id},{on:%Y/%m/%d},{symbol}"


def _header(message: Message) -> Iterator[str]:
    yield _party("From", message.sender)
    for receiver in message.receivers:
        yield _party("To", receiver)
    yield _line("DocumentId", message.document_id)
    yield _group("Code", _line("CodeNumber", message.number), _line("CodeNotation", message.notation))
    yield _group(
        "PromulgationInfo", _line("Place", message.place), _line("PromulgationDate", _day(message.issued_on))
    )
    yield _group(
        "DocumentType",
        _line("Type", message.type_code),
        _line("TypeDetail", message.type_detail),
        _line("TypeName", message.type_name),
    )
    yield _line("Subject", message.subject)
    yield _given("Content", message.content)
    yield _group(
        "SignerInfo",
        _line("Competence", message.signer.competence),
        _line("Position", message.signer.position),
        _line("FullName", message.signer.name),
    )
    yield _given("DueDate", _day(message.due_on))
    if message.priority is not None:
        yield _group("OtherInfo", _line("Priority", str(message.priority)))
    for reference in message.response_for:
        yield _reference(reference)
    if message.to_places:
        yield _group("ToPlaces", *(_line("Place", place) for place in message.to_places))


def _course(message: Message) -> Iterator[str]:
    for hop in message.trace:
        yield _group("TraceHeader", _line("OrganId", hop.organ_id), _line("Timestamp", _moment(hop.at)))
    keys = message.document_ids
    parts = [
        _line("BussinessDocType", str(int(message.business))),
        _line("BussinessDocReason", message.reason),
    ]
    if message.business is Business.REPLACE:
        parts.append(_line("DocumentId", message.document_id))
    elif message.business is not Business.NEW:
        parts += [_line("DocumentId", key) for key in keys]
    parts.append(_line("Paper", "0"))
    if message.business is Business.REPLACE and keys:
        parts.append(
            _group(
                "ReplacementInfoList", *(_group("ReplacementInfo", _line("DocumentId", key)) for key in keys)
            )
        )
    yield _group("Bussiness", *parts)


def _party(name: str, party: Party) -> str:
    return _group(
        name,
        _line("OrganId", party.organ_id),
        _line("OrganizationInCharge", party.in_charge),
        _line("OrganName", party.name),
        _line("OrganAdd", party.address),
        _line("Email", party.email),
        _line("Telephone", party.telephone),
        _line("Fax", party.fax),
        _line("Website", party.website),
    )


def _reference(reference: Reference) -> str:
    return _group(
        "ResponseFor",
        _line("OrganId", reference.organ_id),
        _line("Code", reference.code),
        _given("PromulgationDate", _day(reference.on)),
        _line("DocumentId", reference.document_id),
    )


def _listed(index: int, file: Attached) -> str:
    return _group(
        "Reference",
        _line("ContentId", f"cid:tep-{index + 1}"),
        _line("ContentType", file.content_type),
        _line("Description", file.description),
        _line("AttachmentName", file.name),
    )


def _encoded(index: int, file: Attached) -> str:
    def line(name: str, text: str) -> str:
        return f"<{name}>{_clean(text)}</{name}>"

    return "\n".join(
        (
            "<Attachment>",
            line("ContentId", f"cid:tep-{index + 1}"),
            line("AttachmentName", file.name),
            line("Description", file.description),
            line("ContentType", file.content_type),
            line("ContentTransferEncoded", base64.b64encode(file.content).decode()),
            "</Attachment>",
        )
    )


def _group(name: str, *parts: str) -> str:
    inside = "\n".join(part for part in parts if part)
    return f"<edXML:{name}>\n{inside}\n</edXML:{name}>"


def _line(name: str, text: str) -> str:
    return f"<edXML:{name}>{_clean(text)}</edXML:{name}>"


def _given(name: str, text: str) -> str:
    return _line(name, text) if text else ""


def _clean(text: str) -> str:
    return escape(_ILLEGAL.sub("", text))


def _day(day: date | None) -> str:
    return f"{day:%Y/%m/%d}" if day else ""


def _moment(at: datetime | None) -> str:
    return f"{at:%Y/%m/%d %H:%M:%S}" if at else ""
