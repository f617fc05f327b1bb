"""A directive of the book as an edXML message, with its files."""

from collections.abc import Sequence
from datetime import datetime

from tongket.audit.records import current
from tongket.core.codelists import DOCUMENT_KIND
from tongket.core.problems import Problem, Refused
from tongket.directives.models import Directive, DirectiveChange
from tongket.files import store
from tongket.files.kinds import KINDS
from tongket.files.queries import attachments_of
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
from tongket.intake.edxml.recognise import parts_of
from tongket.intake.edxml.write import document_id
from tongket.intake.models import ReceivedMessage
from tongket.organisations.models import Organisation

_CHANGE = {Business.REVOKE: "revoked", Business.UPDATE: "updated", Business.REPLACE: "replaced"}


def organ_id(organisation: Organisation) -> str:
    """How an organisation is called on the exchange: by its code, which is unique here."""
    return organisation.code


def message_of(
    directive: Directive,
    *,
    business: Business = Business.NEW,
    receivers: Sequence[Organisation] = (),
    at: datetime | None = None,
) -> Message:
    """The message that hands a directive on. Without `receivers` it goes to the organisations directly below.

    A revoking, updating or replacing message is made from the change that is on record; its reason goes along. A
    paper that came in by edXML keeps its sender and key, so that whoever has it already knows it again.
    Raises `Refused` when no such change is recorded, or a file is missing on disk.
    """
    sender, key = _key(directive)
    targets, reason = _meant(directive, business, key)
    number, notation = parts_of(directive.symbol)
    moment = (at or datetime.now(VIETNAM)).astimezone(VIETNAM).replace(microsecond=0)
    return Message(
        sender=Party(sender, directive.issuer),
        receivers=tuple(Party(organ_id(to), to.name) for to in receivers or _below(directive.organisation)),
        document_id=key,
        number=number,
        notation=notation,
        issued_on=directive.issued_on,
        subject=directive.subject,
        type_name=DOCUMENT_KIND.label(directive.kind),
        signer=Signer(name=directive.signer),
        due_on=directive.plan_due_on,
        response_for=_answered(directive, business, sender, key),
        trace=(Hop(organ_id(directive.organisation), moment),),
        business=business,
        reason=reason,
        document_ids=targets,
        attachments=tuple(_files(directive)),
    )


def file_name_of(directive: Directive) -> str:
    """A plain name for the file: 33-NQ-TU.edxml."""
    plain = "".join(c if c.isalnum() or c in "-_" else "-" for c in directive.symbol)
    return f"{plain.strip('-') or 'van-ban'}.edxml"


def _key(directive: Directive) -> tuple[str, str]:
    row = current(
        ReceivedMessage.objects.filter(
            directive=directive.identity, business_type__in=(Business.NEW, Business.REPLACE)
        )
    ).last()
    if row is not None:
        return row.sender, row.document_id
    sender = organ_id(directive.organisation)
    return sender, document_id(sender, directive.issued_on, directive.symbol)


def _meant(directive: Directive, business: Business, key: str) -> tuple[tuple[str, ...], str]:
    if business is Business.NEW:
        return (), ""
    changes = current(DirectiveChange.objects.filter(kind=_CHANGE[business]))
    if business is Business.REPLACE:
        found = list(changes.filter(by_directive=directive.identity))
        replaced = [change.directive for change in found]
        old = current(Directive.objects.filter(identity__in=replaced)).select_related("organisation")
        keys = tuple(_key(row)[1] for row in old)
    else:
        found = list(changes.filter(directive=directive.identity))
        keys = (key,)
    if not found or not keys:
        words = {
            Business.REVOKE: "thu hồi",
            Business.UPDATE: "cập nhật",
            Business.REPLACE: "thay thế văn bản nào",
        }
        raise Refused(
            [
                Problem(
                    "business",
                    f"{directive.symbol} chưa được ghi là {words[business]}. Hãy ghi thay đổi đó trước, rồi xuất lại.",
                )
            ]
        )
    return keys, found[-1].reason


def _answered(directive: Directive, business: Business, sender: str, key: str) -> tuple[Reference, ...]:
    """A revocation also names the paper where other papers name what they answer."""
    if business is not Business.REVOKE:
        return ()
    return (Reference(sender, directive.symbol, directive.issued_on, key),)


def _below(organisation: Organisation) -> list[Organisation]:
    children = [child for child in Organisation.objects.filter(parent=organisation) if child.is_alive]
    return children or [organisation]


def _files(directive: Directive) -> list[Attached]:
    files = []
    for row in attachments_of(directive.identity).exclude(role="original"):
        kind = KINDS.get(row.stored.kind)
        try:
            content = store.read(row.stored.sha256)
        except (OSError, ValueError):
            raise Refused(
                [
                    Problem(
                        "attachments",
                        f"Tệp “{row.name}” không còn nguyên trên máy chủ. "
                        "Hãy báo người quản trị khôi phục từ bản sao lưu.",
                    )
                ]
            ) from None
        mime = kind.mime.partition(";")[0] if kind else "application/octet-stream"
        files.append(Attached(row.name, mime, content, row.get_role_display()))
    return files
