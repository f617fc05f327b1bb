"""Taking an edXML message into the book: one act, wholly or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tongket.audit import records
from tongket.audit.acts import Act, act
from tongket.core.problems import refuse_if_any
from tongket.directives.acts import DIRECTIVE, add_directives, change_directive_in
from tongket.directives.models import Directive
from tongket.files.acts import attach_files, prepare
from tongket.files.drafts import Upload
from tongket.files.models import Attachment
from tongket.intake.edxml.message import Business, Message
from tongket.intake.edxml.outlook import AS_IT_SAYS, BEYOND, DRAFT_FIELDS, Choices, Outlook, outlook
from tongket.intake.edxml.papers import original_of, secret_papers
from tongket.intake.models import ReceivedMessage
from tongket.organisations.models import Organisation

_CHANGE = {Business.REVOKE: "revoked", Business.UPDATE: "updated", Business.REPLACE: "replaced"}
_REASON_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a message: the paper that stands for it, the papers it changed, its row."""

    directive: Directive
    changed: tuple[Directive, ...]
    received: ReceivedMessage


def rehearse(
    message: Message, organisation: Organisation, choices: Choices = AS_IT_SAYS, *, open_files: bool = True
) -> Outlook:
    """What `take_in` would do and what it would refuse; writes nothing.

    `open_files` looks into the files for marks of secrecy, which takes about a second each.
    """
    told = outlook(message, organisation, choices)
    if open_files:
        told.problems += secret_papers(told.papers)
    return told


def take_in(
    message: Message,
    organisation: Organisation,
    by: Any,
    *,
    original: bytes,
    file_name: str = "",
    choices: Choices = AS_IT_SAYS,
) -> Taken:
    """Register the paper of a message, or change the one that it names, with its files and the original file.

    `original` are the bytes that were read, kept with the paper. A revoking message marks the paper revoked; an
    updating one corrects its fields (the old row is voided) and adds its files; a replacing one registers the new paper
    and marks the old. Raises `Refused` with everything that stands in the way; then nothing is written.
    """
    # Papers marked secret are found before anything of them is kept on disk.
    first = outlook(message, organisation, choices)
    refuse_if_any(secret_papers(first.papers))
    refuse_if_any(first.problems)
    ready = {paper.sha256: prepare([paper.upload])[0] for paper in first.papers if paper.upload}
    origin = f"edXML {message.sender.organ_id}"[:120]
    with act("directive.receive", by=by, origin=origin, organisation=organisation) as current_act:
        told = outlook(message, organisation, choices)
        refuse_if_any(told.problems)
        directive, changed = _write(told, current_act)
        _attach(told, directive, ready, original_of(original, file_name), current_act)
        received = _received(message, organisation, directive, current_act)
        current_act.about(directive)
        current_act.note(
            symbol=directive.symbol,
            sender=message.sender.organ_id,
            kind=_CHANGE.get(told.business, "new"),
            sha256=message.sha256,
        )
    return Taken(directive, changed, received)


def _received(
    message: Message, organisation: Organisation, directive: Directive, act: Act
) -> ReceivedMessage:
    return ReceivedMessage.objects.create(
        organisation=organisation,
        sender=message.sender.organ_id,
        document_id=message.document_id,
        business_type=int(message.business),
        sha256=message.sha256,
        directive=directive.identity,
        sent_at=_sent_at(message),
        **act.stamp(),
    )


def _write(told: Outlook, act: Act) -> tuple[Directive, tuple[Directive, ...]]:
    """The rows of the book; returns the paper that stands for the message and those that it changed."""
    if told.business is Business.UPDATE:
        target = _correct(told, act)
    elif told.business is Business.REVOKE:
        target = told.targets[0]
    else:
        target = _beyond(add_directives([told.draft], act=act)[0], told)
    if told.business is Business.NEW:
        return target, ()
    by_directive = target if told.business is Business.REPLACE else None
    meant = [target] if told.business is Business.UPDATE else told.targets
    changed = tuple(directive for directive in meant if directive not in told.ended)
    for directive in changed:
        change_directive_in(
            directive,
            kind=_CHANGE[told.business],
            on=_day_of_change(told, directive),
            reason=_reason(told),
            by_directive=by_directive,
            act=act,
        )
    return target, changed


def _correct(told: Outlook, act: Act) -> Directive:
    [old] = told.targets
    if not told.changes:
        return old
    new = records.replace_in(DIRECTIVE, old, told.draft, reason=_reason(told), act=act)
    return _beyond(new, told)


def _beyond(directive: Directive, told: Outlook) -> Directive:
    """Columns that the message fills and the draft does not have."""
    names = [name for name in BEYOND if name not in DRAFT_FIELDS and name in told.values]
    for name in names:
        setattr(directive, name, told.values[name])
    directive.save(update_fields=names)
    return directive


def _attach(
    told: Outlook, directive: Directive, ready: Mapping[str, Upload], original: Upload, act: Act
) -> None:
    """The files that the paper does not have yet, and the file of the message."""
    there = set(
        records.current(Attachment.objects.filter(about=directive.identity)).values_list(
            "stored__sha256", flat=True
        )
    )
    uploads = [ready[paper.sha256] for paper in told.papers if paper.upload and paper.sha256 not in there]
    attach_files([*uploads, original], about=directive.identity, organisation=directive.organisation, act=act)


def _reason(told: Outlook) -> str:
    words = {
        Business.REVOKE: "Nơi gửi thu hồi qua edXML",
        Business.UPDATE: "Nơi gửi cập nhật qua edXML",
        Business.REPLACE: f"Được thay thế bằng {told.values['symbol']}",
    }[told.business]
    return (f"{words}: {told.message.reason}" if told.message.reason else words)[:_REASON_LENGTH]


def _day_of_change(told: Outlook, directive: Directive) -> date:
    """The day the message was sent, as far as that is a day between the papers' issue and its arrival here."""
    sent = _sent_at(told.message)
    day = min(sent.date(), told.received_on) if sent else told.received_on
    issued = told.values["issued_on"] if told.business is Business.REPLACE else directive.issued_on
    return max(day, directive.issued_on, issued)


def _sent_at(message: Message) -> Any:
    moments = [hop.at for hop in message.trace if hop.at is not None]
    return max(moments, default=None)
