"""Bytes of a file in edXML to a `Message`: everything by its name, whatever order, prefix or envelope it came in."""

import hashlib
import re
from datetime import date, datetime

from tongket.core.problems import Problem
from tongket.core.text import tidy
from tongket.intake.edxml.message import (
    VIETNAM,
    BadMessage,
    Business,
    Hop,
    Message,
    Party,
    Reference,
    Signer,
    refuse,
)
from tongket.intake.edxml.payload import attachments_in
from tongket.intake.edxml.secrecy import secret_problems
from tongket.intake.edxml.xml import Node, parse

_YEAR_FIRST = re.compile(r"(\d{4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:[T\s]+(.*))?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})(?:[T\s]+(.*))?", re.ASCII)
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{6}.*))?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_PRIORITIES = range(4)
_ORGAN_LENGTH, _KEY_LENGTH = 100, 300  # of the columns that keep them
_EMPTY = Node("", "", {})


def read(content: bytes) -> Message:
    """The message in a file. Raises `BadMessage` with everything found that stands in the way.

    What is merely odd (a date that is none, a file named but missing) is in the message's `warnings`.
    """
    root = parse(content)
    header = _header(root)
    problems: list[Problem] = []
    fields = _fields(header, problems)
    fields |= _course(root, fields["document_id"], problems)
    files, of_files = attachments_in(root)
    problems += of_files
    problems += secret_problems(root, fields["subject"], fields["content"], files)
    refuse(problems)
    return Message(
        **fields,
        attachments=files,
        sha256=hashlib.sha256(content).hexdigest(),
        signed=any(root.anywhere(name) for name in ("signaturevalue", "digitalsignature")),
        warnings=tuple(problems),
    )


def _header(root: Node) -> Node:
    if root.name not in ("edxml", "edxmlenvelope"):
        raise BadMessage.because(
            f"Tệp là XML nhưng không phải edXML (phần tử gốc là “{root.name[:40]}”). Hãy chọn đúng tệp văn bản."
        )
    header = root.anywhere("messageheader")
    if header is None:
        raise BadMessage.because(
            "Tệp edXML không có phần MessageHeader (số, ngày, trích yếu). Hãy đề nghị nơi gửi xuất lại tệp."
        )
    if header.one("statuscode") is not None:
        raise BadMessage.because(
            "Đây là tệp báo trạng thái xử lý (StatusCode), không phải văn bản. Hãy chọn tệp của chính văn bản."
        )
    return header


def _fields(header: Node, problems: list[Problem]) -> dict:
    """Everything of the header; what must be there and is not becomes a finding."""
    code = header.one("code") or _EMPTY
    promulgation = header.one("promulgationinfo") or _EMPTY
    kind = header.one("documenttype") or _EMPTY
    signer = header.one("signerinfo") or _EMPTY
    places = header.one("toplaces") or _EMPTY
    number, notation = code.line_of("codenumber"), code.line_of("codenotation")
    fields = {
        "sender": _party(header.one("from") or _EMPTY),
        "receivers": tuple(_party(node) for node in header.all("to")),
        "document_id": header.line_of("documentid"),
        "number": number,
        "notation": notation or ("" if number else code.line),
        "place": promulgation.line_of("place"),
        "issued_on": _day(promulgation, "promulgationdate", problems, "Ngày ban hành", needed=True),
        "type_code": kind.line_of("type"),
        "type_detail": kind.line_of("typedetail"),
        "type_name": kind.line_of("typename") or kind.line,
        "subject": header.line_of("subject"),
        "content": header.line_of("content"),
        "signer": Signer(
            signer.line_of("competence"), signer.line_of("position"), signer.line_of("fullname", "signer")
        ),
        "due_on": _day(header, "duedate", problems, "Hạn giải quyết"),
        "priority": _priority(header.one("otherinfo") or _EMPTY),
        "response_for": tuple(_reference(node, problems) for node in header.all("responsefor")),
        "to_places": tuple(filter(None, (node.line for node in places.all("place")))),
    }
    problems += _missing(fields)
    return fields


def _missing(fields: dict) -> list[Problem]:
    ask = "Hãy đề nghị nơi gửi xuất lại tệp, hoặc ghi văn bản bằng tay."
    needed = (
        (fields["sender"].organ_id, "sender", "Thiếu mã cơ quan gửi (From/OrganId)."),
        (fields["document_id"], "document_id", "Thiếu mã văn bản (DocumentId)."),
        (fields["number"] or fields["notation"], "symbol", "Thiếu số và ký hiệu văn bản (Code)."),
        (fields["subject"], "subject", "Thiếu trích yếu (Subject)."),
    )
    found = [Problem(name, f"{said} {ask}") for value, name, said in needed if not value]
    if len(fields["sender"].organ_id) > _ORGAN_LENGTH or len(fields["document_id"]) > _KEY_LENGTH:
        said = "Mã cơ quan gửi hoặc mã văn bản dài bất thường"
        found.append(
            Problem("document_id", f"{said} (nhiều nhất {_ORGAN_LENGTH} và {_KEY_LENGTH} ký tự). {ask}")
        )
    return found


def _course(root: Node, own_id: str, problems: list[Problem]) -> dict:
    """The way the message went, and what the sender wants done with which papers."""
    trace = root.anywhere("traceheaderlist") or _EMPTY
    business = root.anywhere("bussiness") or root.anywhere("business") or _EMPTY
    kind = _business(business, problems)
    return {
        "trace": tuple(_hop(node) for node in trace.all("traceheader")),
        "business": kind,
        "reason": business.line_of("bussinessdocreason", "businessdocreason"),
        "document_ids": _meant(business, kind, own_id),
    }


def _business(node: Node, problems: list[Problem]) -> Business:
    said = node.line_of("bussinessdoctype", "businessdoctype") or "0"
    try:
        return Business(int(said)) if said.isascii() and len(said) < 4 else Business(-1)
    except ValueError:
        problems.append(
            Problem(
                "business",
                f"Loại nghiệp vụ “{said[:20]}” (BussinessDocType) không phải 0 (mới), 1 (thu hồi), 2 (cập nhật) hay "
                "3 (thay thế). Hãy đề nghị nơi gửi xuất lại tệp.",
            )
        )
        return Business.NEW


def _meant(business: Node, kind: Business, own_id: str) -> tuple[str, ...]:
    """Keys of the papers to be revoked, updated or replaced. A replacing paper's own key is not one of them."""
    if kind is Business.NEW:
        return ()
    listed = [
        node.line_of("documentid")
        for group in business.all("replacementinfolist")
        for node in group.all("replacementinfo")
    ]
    direct = [node.line for node in business.all("documentid")]
    if kind is Business.REPLACE:
        found = [key for key in (listed or direct) if key != own_id]
    else:
        found = direct + listed
    return tuple(dict.fromkeys(filter(None, found)))


def _party(node: Node) -> Party:
    return Party(
        organ_id=node.line_of("organid"),
        name=node.line_of("organname"),
        in_charge=node.line_of("organizationincharge"),
        address=node.line_of("organadd"),
        email=node.line_of("email"),
        telephone=node.line_of("telephone"),
        fax=node.line_of("fax"),
        website=node.line_of("website"),
    )


def _reference(node: Node, problems: list[Problem]) -> Reference:
    code = node.one("code") or _EMPTY
    parts = [code.line_of("codenumber"), code.line_of("codenotation")]
    return Reference(
        organ_id=node.line_of("organid"),
        code=code.line or "/".join(filter(None, parts)),
        on=_day(node, "promulgationdate", problems, "Ngày của văn bản được trả lời"),
        document_id=node.line_of("documentid"),
    )


def _hop(node: Node) -> Hop:
    organ = node.line_of("organid")
    if not organ:
        inner = node.anywhere("organid")
        organ = inner.line if inner else ""
    return Hop(organ, moment(node.line_of("timestamp", "time")))


def _priority(node: Node) -> int | None:
    said = node.line_of("priority")
    return int(said) if said in {str(number) for number in _PRIORITIES} else None


def _day(node: Node, name: str, problems: list[Problem], what: str, *, needed: bool = False) -> date | None:
    said = node.line_of(name)
    found = moment(said)
    if found is not None:
        return found.date()
    if needed:
        shown = f"“{said[:40]}” không phải là ngày" if said else "bị thiếu"
        problems.append(
            Problem(
                "issued_on",
                f"{what} {shown}. Ngày trong edXML viết năm/tháng/ngày, ví dụ 2023/11/20. "
                "Hãy đề nghị nơi gửi xuất lại tệp.",
            )
        )
    elif said:
        problems.append(
            Problem(
                "plan_due_on" if name == "duedate" else "",
                f"{what} “{said[:40]}” không phải là ngày nên bỏ qua. Hãy đối chiếu với văn bản.",
                "warning",
            )
        )
    return None


def moment(said: str) -> datetime | None:
    """A day, with its time where there is one, in any of the writings met; None for what is none of them."""
    bare = tidy(said)[:60]
    if match := _YEAR_FIRST.fullmatch(bare) or _RUN.fullmatch(bare):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := _DAY_FIRST.fullmatch(bare):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
    else:
        return None
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return _at(datetime(year, month, day, tzinfo=VIETNAM), match[4] or "")
    except ValueError:
        return None


def _at(day: datetime, clock: str) -> datetime:
    """The moment; a time that cannot be read leaves the day. A zone that is given is turned into Vietnam's."""
    match = _CLOCK.match(clock)
    if match is None:
        return day
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return day
    found = day.replace(hour=hour, minute=minute, second=second)
    if zone := match[4]:
        offset = datetime.strptime(zone.replace("Z", "+0000"), "%z").tzinfo
        found = found.replace(tzinfo=offset).astimezone(VIETNAM)
    return found
