"""Made-up edXML files in the variants met, put together by hand so that the writer is not its own judge."""

import base64
import io
import zipfile
from typing import Any

NS = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
PDF = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer << >>\n%%EOF\n"
SENDER = "000.00.00.H47"
KEY = f"{SENDER},2023/11/20,33/NQ-TU"


def line(name: str, text: str, prefix: str = "edXML:") -> str:
    """One element with text."""
    return f"<{prefix}{name}>{text}</{prefix}{name}>"


def group(name: str, *parts: str, prefix: str = "edXML:") -> str:
    """One element with elements."""
    return f"<{prefix}{name}>{''.join(parts)}</{prefix}{name}>"


def header_parts(prefix: str = "edXML:", **changes: str) -> dict[str, str]:
    """The elements of the header by name; a change "" leaves one out, a change with text puts that in its place."""
    e = lambda name, text: line(name, text, prefix)  # noqa: E731
    g = lambda name, *parts: group(name, *parts, prefix=prefix)  # noqa: E731
    parts = {
        "From": g(
            "From", e("OrganId", SENDER), e("OrganName", "Ban Thường vụ Tỉnh ủy"), e("Email", "vptu@vi.du")
        ),
        "To": g("To", e("OrganId", "QS"), e("OrganName", "Huyện ủy Thử")),
        "DocumentId": e("DocumentId", KEY),
        "Code": g("Code", e("CodeNumber", "33"), e("CodeNotation", "NQ/TU")),
        "PromulgationInfo": g("PromulgationInfo", e("Place", "Tam Kỳ"), e("PromulgationDate", "2023/11/20")),
        "DocumentType": g("DocumentType", e("Type", "18"), e("TypeDetail", "0"), e("TypeName", "Nghị quyết")),
        "Subject": e("Subject", "Về chuyển đổi số &amp; cải cách"),
        "Content": e("Content", "Tóm tắt"),
        "SignerInfo": g(
            "SignerInfo",
            e("Competence", "TM. BAN THƯỜNG VỤ"),
            e("Position", "Bí thư"),
            e("FullName", "Nguyễn Văn Mẫu"),
        ),
        "DueDate": e("DueDate", "2023/12/31"),
        "OtherInfo": g("OtherInfo", e("Priority", "2"), e("PageAmount", "8")),
        "ResponseFor": "",
        "ToPlaces": g("ToPlaces", e("Place", "Như trên"), e("Place", "Lưu VPTU")),
    }
    return parts | changes


def trace(kind: str = "0", *more: str, reason: str = "", prefix: str = "edXML:") -> str:
    """The list of hops with what is to be done."""
    hops = "".join(
        group("TraceHeader", line("OrganId", o, prefix), line("Timestamp", at, prefix), prefix=prefix)
        for o, at in ((SENDER, "2023/11/21 08:15:00"), ("TRUC", "2023/11/21 08:15:09"))
    )
    business = group(
        "Bussiness",
        line("BussinessDocType", kind, prefix),
        line("BussinessDocReason", reason, prefix),
        *more,
        line("Paper", "0", prefix),
        prefix=prefix,
    )
    return group("TraceHeaderList", hops, business, prefix=prefix)


def attachment(
    name: str = "nq33.pdf", data: Any = PDF, kind: str = "application/pdf", cid: str = "cid:a1"
) -> str:
    """One encoded file; `data` as bytes, or as the text to stand there."""
    text = base64.b64encode(data).decode() if isinstance(data, bytes) else data
    inner = line("ContentId", cid, "") + line("AttachmentName", name, "") + line("ContentType", kind, "")
    return group("Attachment", inner, line("ContentTransferEncoded", text, ""), prefix="")


def reference(
    name: str = "nq33.pdf", kind: str = "application/pdf", cid: str = "cid:a1", prefix: str = "edXML:"
) -> str:
    """One line of the manifest."""
    return group(
        "Reference",
        line("ContentId", cid, prefix),
        line("ContentType", kind, prefix),
        line("Description", "Toàn văn", prefix),
        line("AttachmentName", name, prefix),
        prefix=prefix,
    )


def edxml(
    header: dict[str, str] | None = None,
    course: str | None = None,
    files: tuple[str, ...] | None = None,
    references: tuple[str, ...] | None = None,
    *,
    prefix: str = "edXML:",
    order: list[str] | None = None,
    extra: str = "",
) -> str:
    """A whole file as text."""
    parts = header if header is not None else header_parts(prefix)
    names = order or list(parts)
    message = group("MessageHeader", *(parts[name] for name in names), prefix=prefix)
    head = group(
        "edXMLHeader", message, trace(prefix=prefix) if course is None else course, extra, prefix=prefix
    )
    manifest = "".join((reference(prefix=prefix),) if references is None else references)
    body = group(
        "edXMLBody", f'<{prefix}edXMLManifest version="1.0">{manifest}</{prefix}edXMLManifest>', prefix=prefix
    )
    encoded = group("AttachmentEncoded", *((attachment(),) if files is None else files), prefix="")
    space = f'xmlns:edXML="{NS}"' if prefix else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><edXML xmlns="{NS}" {space}>'
        f"{group('edXMLEnvelope', head, body, prefix=prefix)}{encoded}</edXML>"
    )


def business(kind: str, *keys: str, key: str = "", reason: str = "Sai thẩm quyền", **changes: str) -> bytes:
    """A revoking (1), updating (2) or replacing (3) message about the papers of these keys."""
    parts = header_parts(**changes)
    if key:
        parts["DocumentId"] = line("DocumentId", key)
    if kind == "3":
        infos = "".join(
            group("ReplacementInfo", line("DocumentId", k), group("OrganIdList", line("OrganId", "QS")))
            for k in keys
        )
        more = [line("DocumentId", key), group("ReplacementInfoList", infos)]
    else:
        more = [line("DocumentId", k) for k in keys]
    return edxml(parts, trace(kind, *more, reason=reason)).encode()


def zipped(*entries: tuple[str, bytes]) -> bytes:
    """A ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(text: str = "Nghị quyết") -> bytes:
    """A Word file of one paragraph."""
    from docx import Document

    document = Document()
    document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def other_envelope(prefix: str = "", data: bytes = PDF) -> bytes:
    """The envelope that its author later called wrong: other root and names, ISO days, files inline."""
    p = f"{prefix}:" if prefix else ""
    space = f"xmlns:{prefix}" if prefix else "xmlns"
    e = lambda name, text: line(name, text, p)  # noqa: E731
    g = lambda name, *parts: group(name, *parts, prefix=p)  # noqa: E731
    message = g(
        "MessageHeader",
        g("From", e("OrganId", "H37.DN.001"), e("OrganName", "UBND tỉnh Mẫu")),
        g("To", e("OrganId", "H37.DN.002"), e("OrganName", "Huyện ủy Thử")),
        g("Code", e("CodeNumber", "123/UBND-VP"), e("CodeNotation", "UBND-VP")),
        g(
            "PromulgationInfo",
            e("Promulgator", "UBND tỉnh Mẫu"),
            e("PromulgationDate", "2023-05-20T00:00:00.000Z"),
        ),
        e("DocumentType", "Công văn"),
        e("Subject", "Về việc báo cáo"),
        g("SignerInfo", e("Signer", "Trần Thị Ví Dụ"), e("Position", "Chủ tịch"), e("Competence", "")),
        g("OtherInfo", e("PageAmount", "1")),
        e("DocumentId", "ab535a99-cb2a-404f-8fe8-a762bf4010cc"),
        g(
            "TraceHeaderList",
            g("TraceHeader", e("Time", "2023-05-20T08:00:00Z"), g("Path", g("From", e("OrganId", "H37")))),
        ),
    )
    file = g(
        "Attachment",
        e("AttachmentName", "cv123.pdf"),
        e("ContentType", "application/pdf"),
        e("Content", base64.b64encode(data).decode()),
    )
    root = f"{p}EdXMLEnvelope"
    inside = message + g("Manifest", file)
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}<{root} {space}="http://www.go.vn/eDoc">{inside}</{root}>'.encode()
