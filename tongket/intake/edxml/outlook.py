"""What taking a message in would do: the paper registered or changed, what stands in the way. Writes nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any
from uuid import UUID

from tongket.audit.records import current
from tongket.core.codelists import DOCUMENT_KIND, GIVER
from tongket.core.dates import format_date, today
from tongket.core.problems import Problem, errors
from tongket.core.text import tidy
from tongket.directives.acts import check_directives
from tongket.directives.drafts import DirectiveDraft
from tongket.directives.models import Directive, DirectiveChange
from tongket.directives.rules import may_move_directive, symbol_key
from tongket.intake.edxml import recognise
from tongket.intake.edxml.message import Business, Message, Reference
from tongket.intake.edxml.papers import Paper, papers_of
from tongket.intake.edxml.read import moment
from tongket.intake.models import ReceivedMessage
from tongket.organisations.models import Organisation

#: What a paper of the message fills beyond the draft's own fields, as long as the draft does not have them.
BEYOND = ("signer", "effective_until", "book")
DRAFT_FIELDS = tuple(f.name for f in fields(DirectiveDraft))
# A paper of these kinds asks to be carried out even when no day is set.
_TO_CARRY_OUT = ("NQ", "CT", "KL")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the clerk decides: what the message does not say, or says in words that we do not know.

    An empty text leaves the message's own word. `as_new`: register the paper although what it changes is unknown here.
    """

    received_on: date | None = None
    symbol: str = ""
    subject: str = ""
    kind: str = ""
    issuer: str = ""
    issuer_level: str = ""
    needs_plan: bool | None = None
    as_new: bool = False


#: The message taken at its word.
AS_IT_SAYS = Choices()


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a registered paper that an update corrects."""

    field: str
    label: str
    old: str
    new: str


@dataclass(slots=True)
class Outlook:
    """What would become of a message. `business` is what is really done (`NEW` when registered as new by choice)."""

    message: Message
    organisation: Organisation
    business: Business
    values: dict[str, Any]
    received_on: date
    papers: list[Paper]
    targets: list[Directive] = field(default_factory=list)
    ended: list[Directive] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    known: Directive | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        """What stands in the way."""
        return errors(self.problems)

    @property
    def warnings(self) -> list[Problem]:
        """What is to be looked at."""
        return [problem for problem in self.problems if problem.severity == "warning"]

    @property
    def ok(self) -> bool:
        """Whether the message can be taken in."""
        return not self.errors

    @property
    def registers(self) -> bool:
        """Whether a paper is newly entered in the book."""
        return self.business in (Business.NEW, Business.REPLACE)

    @property
    def draft(self) -> DirectiveDraft:
        """The paper as it would stand in the book."""
        return DirectiveDraft(**{name: self.values[name] for name in DRAFT_FIELDS if name in self.values})


def outlook(message: Message, organisation: Organisation, choices: Choices = AS_IT_SAYS) -> Outlook:
    """Judge a message against the organisation's book as it is now."""
    received_on = choices.received_on or today()
    papers, of_papers = papers_of(message.attachments)
    targets, unknown = _targets(message, organisation)
    business = Business.NEW if choices.as_new and unknown and not targets else message.business
    told = Outlook(
        message=message,
        organisation=organisation,
        business=business,
        values=_values(message, organisation, choices, received_on),
        received_on=received_on,
        papers=papers,
        targets=targets,
        unknown=unknown,
        problems=[*message.warnings, *of_papers],
    )
    told.known = _known(message, organisation)
    if told.known is not None:
        told.problems.append(_again(told.known))
        return told
    if business is Business.UPDATE and targets:
        told.values = _updated(targets[0], told.values, message)
        told.changes = list(_changes(targets[0], told.values))
        told.problems += _correction_problems(targets[0], told)
    told.problems += _target_problems(told, choices)
    if told.registers:
        told.problems += _paper_problems(told)
    return told


def _values(
    message: Message, organisation: Organisation, choices: Choices, received_on: date
) -> dict[str, Any]:
    symbol = choices.symbol or recognise.symbol_of(message.number, message.notation)
    issuer = choices.issuer or message.sender.name or message.sender.organ_id
    kind = choices.kind or recognise.kind_of(message.type_name, symbol)
    due = message.due_on
    needs_plan = choices.needs_plan if choices.needs_plan is not None else bool(due) or kind in _TO_CARRY_OUT
    return {
        "organisation": organisation,
        "kind": kind,
        "symbol": symbol,
        "issuer": issuer,
        "issuer_level": choices.issuer_level or recognise.level_of(symbol, issuer),
        "issued_on": message.issued_on,
        "subject": choices.subject or message.subject,
        "received_on": received_on,
        "needs_plan": needs_plan,
        "plan_due_on": due if needs_plan else None,
        "signer": tidy(message.signer.name)[:120],
    }


def _updated(old: Directive, new: Mapping[str, Any], message: Message) -> dict[str, Any]:
    """The registered paper with what the message corrects; what the clerk had settled (issuer, day received) stays."""
    values = {name: getattr(old, name) for name in (*DRAFT_FIELDS, *BEYOND)}
    for name in ("symbol", "issued_on", "subject"):
        values[name] = new[name]
    if kind := recognise.kind_named(message.type_name):
        values["kind"] = kind
    if new["signer"]:
        values["signer"] = new["signer"]
    if message.due_on is not None:
        values |= {"plan_due_on": message.due_on, "needs_plan": True}
    return values


def _changes(old: Directive, values: Mapping[str, Any]) -> Iterator[Change]:
    for name in (*DRAFT_FIELDS, *BEYOND):
        before, after = getattr(old, name), values[name]
        if name != "organisation" and before != after:
            label = str(getattr(Directive._meta.get_field(name), "verbose_name", name))
            yield Change(name, label, _said(name, before), _said(name, after))


def _said(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return format_date(value)
    if name == "kind" and value:
        return DOCUMENT_KIND.label(value)
    if name == "issuer_level" and value:
        return GIVER.label(value)
    return "" if value is None else str(value)


# --- which papers are meant -------------------------------------------------------------------------------


def _known(message: Message, organisation: Organisation) -> Directive | None:
    """The paper that this very message, or the same paper sent again, has already brought into the book."""
    rows = ReceivedMessage.objects.filter(
        organisation=organisation, sender=message.sender.organ_id, document_id=message.document_id
    )
    brought = (Business.NEW, Business.REPLACE)
    for row in current(rows):
        if row.sha256 == message.sha256 or (message.business in brought and row.business_type in brought):
            standing = _standing(organisation, [row.directive])
            if standing:
                return standing[0]
    return None


def _targets(message: Message, organisation: Organisation) -> tuple[list[Directive], list[str]]:
    """The registered papers that a message revokes, updates or replaces, and the names of those not found."""
    if message.business is Business.NEW:
        return [], []
    keys = list(message.document_ids)
    if not keys:
        keys = [reference.document_id for reference in message.response_for if reference.document_id]
    if not keys and message.business is not Business.REPLACE:
        keys = [message.document_id]
    found: list[Directive] = []
    unknown: list[str] = []
    for key in keys:
        directive = _by_key(key, message, organisation)
        if directive is None:
            unknown.append(key)
        elif directive not in found:
            found.append(directive)
    if not found:
        for reference in message.response_for:
            directive = _by_symbol(reference.code, reference.on, organisation)
            if directive is not None and directive not in found:
                found.append(directive)
        unknown = [] if found else unknown or _shown(message.response_for) or ["(không nêu mã văn bản)"]
    return found, unknown


def _shown(references: tuple[Reference, ...]) -> list[str]:
    return [reference.code for reference in references if reference.code]


def _by_key(key: str, message: Message, organisation: Organisation) -> Directive | None:
    rows = current(
        ReceivedMessage.objects.filter(
            organisation=organisation, sender=message.sender.organ_id, document_id=key
        )
    )
    standing = _standing(organisation, [row.directive for row in rows])
    if standing:
        return standing[0]
    # The standard's own key says day and symbol: enough to find a paper that was entered by hand.
    _organ, _comma, rest = key.partition(",")
    day, _comma, symbol = rest.partition(",")
    at = moment(day)
    return _by_symbol(symbol, at.date() if at else None, organisation)


def _by_symbol(symbol: str, on: date | None, organisation: Organisation) -> Directive | None:
    if not symbol or on is None:
        return None
    wanted = symbol_key(symbol)
    rows = current(Directive.objects.filter(organisation=organisation, issued_on=on))
    # The standard's key joins number and symbol by a stroke also where the paper has a hyphen.
    same = [
        row
        for row in rows
        if symbol_key(row.symbol) == wanted or symbol_key("/".join(recognise.parts_of(row.symbol))) == wanted
    ]
    return same[0] if len(same) == 1 else None


def _standing(organisation: Organisation, identities: list[UUID]) -> list[Directive]:
    rows = current(Directive.objects.filter(organisation=organisation, identity__in=identities))
    return list(rows.order_by("-id").select_related("organisation"))


# --- what stands in the way -------------------------------------------------------------------------------


def _again(directive: Directive) -> Problem:
    return Problem(
        "document_id",
        f"Tệp này đã được tiếp nhận: {directive.symbol} ngày {format_date(directive.issued_on)}. "
        "Không ghi lần nữa; hãy mở văn bản đã có.",
    )


def _paper_problems(told: Outlook) -> list[Problem]:
    own: list[Problem] = []
    message, values = told.message, told.values
    if not values["kind"]:
        said = f"“{message.type_name[:60]}”" if message.type_name else "(không ghi)"
        own.append(
            Problem(
                "kind", f"Không nhận ra loại văn bản {said} của {values['symbol']}. Hãy chọn loại văn bản."
            )
        )
    elif message.type_name and recognise.kind_named(message.type_name) != values["kind"]:
        label = DOCUMENT_KIND.label(values["kind"])
        own.append(
            Problem(
                "kind",
                f"Nơi gửi ghi loại “{message.type_name[:60]}”, sổ sẽ ghi {label}. Hãy đối chiếu với văn bản.",
                "warning",
            )
        )
    elif values["kind"] == "QĐ" and not message.type_name:
        own.append(
            Problem("kind", "Ký hiệu QĐ có thể là quyết định hoặc quy định. Hãy đối chiếu.", "warning")
        )
    if not values["issuer_level"]:
        own.append(
            Problem(
                "issuer_level",
                f"Không rõ “{values['issuer'][:80]}” thuộc cấp nào. Hãy chọn cấp ban hành.",
            )
        )
    named = {problem.field for problem in own if problem.severity == "error"}
    return own + [problem for problem in check_directives([told.draft]) if problem.field not in named]


def _correction_problems(old: Directive, told: Outlook) -> Iterator[Problem]:
    """What a correction of the registered paper would be refused for: its own rules, and what rests on it."""
    if not told.changes:
        return
    yield from may_move_directive(old, told.values["issued_on"])
    itself = not {"kind", "symbol", "issuer", "issued_on"} & {change.field for change in told.changes}
    for problem in check_directives([told.draft]):
        # A paper whose name stays is found in the book as the very one that is corrected.
        if not (itself and problem.field == "symbol"):
            yield problem


_DEED = {Business.REVOKE: "thu hồi", Business.UPDATE: "cập nhật", Business.REPLACE: "thay thế"}


def _target_problems(told: Outlook, choices: Choices) -> Iterator[Problem]:
    if told.business is Business.NEW:
        return
    deed = _DEED[told.business]
    if told.unknown and not (choices.as_new and told.business is Business.REPLACE):
        names = ", ".join(f"“{key[:120]}”" for key in told.unknown[:5])
        yield Problem(
            "document_ids",
            f"Không tìm thấy trong sổ của {told.organisation.name} văn bản bị {deed}: {names}. "
            "Nếu đúng nơi nhận, hãy đánh dấu “Ghi như văn bản mới”, hoặc nhập văn bản gốc trước.",
        )
    if told.business is Business.UPDATE and len(told.targets) > 1:
        yield Problem(
            "document_ids", "Tệp cập nhật nêu nhiều văn bản cùng lúc. Hãy đính chính từng văn bản trên trang."
        )
    ends = ("revoked", "replaced")
    identities = [target.identity for target in told.targets]
    for change in current(DirectiveChange.objects.filter(directive__in=identities, kind__in=ends)):
        target = next(t for t in told.targets if t.identity == change.directive)
        said = f"{target.symbol} {change.get_kind_display().lower()} từ {format_date(change.on)}"
        if told.business is Business.REVOKE:
            yield Problem("document_ids", f"{said}, không thu hồi lần nữa. Hãy mở văn bản đã có.")
        elif told.business is Business.REPLACE:
            told.ended.append(target)
            yield Problem(
                "document_ids", f"{said}: chỉ ghi văn bản mới, không ghi thay thế lần nữa.", "warning"
            )
        else:
            yield Problem("document_ids", f"{said}. Hãy đối chiếu.", "warning")
