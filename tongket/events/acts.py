"""What happens to events and twinnings: recorded, voided, corrected; programmes written; what follows asked for."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from tongket.audit import records
from tongket.audit.acts import Act, act
from tongket.audit.records import GONE, current
from tongket.core.problems import Conflict, Problem, refuse_if_any
from tongket.core.text import tidy
from tongket.events import rules
from tongket.events.drafts import EventDraft, FollowUpDraft, Line, TwinningDraft
from tongket.events.models import Event, FollowUp, ProgrammeItem, Twinning
from tongket.obligations.acts import hand_out
from tongket.obligations.drafts import DemandDraft
from tongket.obligations.models import Demand
from tongket.organisations.models import Organisation

REWRITTEN = "Viết lại chương trình"
DONE = "Ghi đã xong"


def _event_keys(row: Event) -> dict[str, Any]:
    return {"organisation": row.organisation.code, "kind": row.kind, "on": row.starts_on}


def _twinning_keys(row: Twinning) -> dict[str, Any]:
    return {"organisation": row.organisation.code, "since": row.since_year}


def _follow_up_keys(row: FollowUp) -> dict[str, Any]:
    return {"organisation": row.organisation.code, "event": str(row.event)}


EVENT = records.RecordKind("event", Event, rules.event_rules, _event_keys, may_void=rules.may_void_event)
TWINNING = records.RecordKind(
    "twinning", Twinning, rules.twinning_rules, _twinning_keys, may_void=rules.may_void_twinning
)
FOLLOW_UP = records.RecordKind("follow_up", FollowUp, rules.follow_up_rules, _follow_up_keys)


def check_events(drafts: Sequence[EventDraft]) -> list[Problem]:
    """Judge events: days in order, years that agree with what is commemorated (a doubt)."""
    return records.check(EVENT, drafts)


def add_events(
    drafts: Sequence[EventDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[Event]:
    """Record events inside an open act. Raises `Refused` with every error."""
    return records.add(EVENT, drafts, act=act, origins=origins)


def add_event(draft: EventDraft, *, by: Any, origin: str = "form") -> Event:
    """Record one event. Raises `Refused`."""
    return records.add_one(EVENT, draft, by=by, origin=origin)


def void_event(record: Event, *, reason: str, by: Any) -> Event:
    """Void an event from which nothing is asked. Raises `Refused`, `Conflict`."""
    return records.void(EVENT, record, reason=reason, by=by)


def correct_event(record: Event, draft: EventDraft, *, reason: str, by: Any) -> Event:
    """Correct an event; programme, files and follow-ups stand at its identity. Raises `Refused`, `Conflict`."""
    return records.correct(EVENT, record, draft, reason=reason, by=by)


def check_twinnings(drafts: Sequence[TwinningDraft]) -> list[Problem]:
    """Judge twinnings: a year that has been, each partner once."""
    return records.check(TWINNING, drafts)


def add_twinning(draft: TwinningDraft, *, by: Any, origin: str = "form") -> Twinning:
    """Record one twinning. Raises `Refused`."""
    return records.add_one(TWINNING, draft, by=by, origin=origin)


def void_twinning(record: Twinning, *, reason: str, by: Any) -> Twinning:
    """Void a twinning to which no event belongs. Raises `Refused`, `Conflict`."""
    return records.void(TWINNING, record, reason=reason, by=by)


def correct_twinning(record: Twinning, draft: TwinningDraft, *, reason: str, by: Any) -> Twinning:
    """Correct a twinning; its events stand at its identity. Raises `Refused`, `Conflict`."""
    return records.correct(TWINNING, record, draft, reason=reason, by=by)


def write_programme(event: Event, lines: Sequence[Line], *, by: Any) -> list[ProgrammeItem]:
    """Put a programme in the place of the one that stands: its old lines are voided. Raises `Refused`, `Conflict`."""
    kept = [line for line in lines if tidy(line.time_text + line.content + line.who)]
    refuse_if_any(rules.programme_rules(kept))
    with act("event.programme", by=by, organisation=event.organisation, subject=event) as current_act:
        row = current(Event.objects.filter(pk=event.pk)).first()
        if row is None:
            raise Conflict(GONE)
        write_programme_in(row, kept, act=current_act)
        current_act.note(rows=len(kept))
    return list(current(ProgrammeItem.objects.filter(event=event.identity)))


def write_programme_in(event: Event, lines: Sequence[Line], *, act: Act) -> None:
    """The inner part of `write_programme`, for lines already judged."""
    current(ProgrammeItem.objects.filter(event=event.identity)).update(
        voided_at=act.at, voided_by=act.by, void_reason=REWRITTEN
    )
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(
            event=event.identity,
            position=position,
            time_text=tidy(line.time_text),
            content=tidy(line.content),
            who=tidy(line.who),
            **act.stamp(),
        )
        for position, line in enumerate(lines, start=1)
    )


def ask_after(
    event: Event,
    receivers: Sequence[Organisation],
    *,
    title: str,
    asked_on: date,
    due_on: date,
    text: str = "",
    by: Any,
) -> Demand:
    """Hand out a task that an event led to, one obligation a receiver. Raises `Refused`."""
    draft = DemandDraft(
        organisation=event.organisation,
        kind="task",
        title=title,
        text=text,
        asked_on=asked_on,
        due_on=due_on,
        about=event.identity,
        about_label=event.title[:200],
    )
    return hand_out(draft, receivers, by=by)


def add_follow_up(draft: FollowUpDraft, *, by: Any, origin: str = "form") -> FollowUp:
    """Note what an event led to, or link a demand handed out on another ground. Raises `Refused`."""
    return records.add_one(FOLLOW_UP, draft, by=by, origin=origin)


def finish_follow_up(record: FollowUp, *, done_on: date, by: Any) -> FollowUp:
    """Say on which day a follow-up was done. Raises `Refused`, `Conflict`."""
    with act("follow_up.finish", by=by, organisation=record.organisation) as current_act:
        row = current(FollowUp.objects.filter(pk=record.pk)).select_related("organisation").first()
        if row is None:
            raise Conflict(GONE)
        kept = {f.name: getattr(row, f.name) for f in fields(FollowUpDraft)}
        draft = FollowUpDraft(**kept | {"done_on": done_on})
        new = records.replace_in(FOLLOW_UP, row, draft, reason=DONE, act=current_act)
        current_act.about(new)
        current_act.note(**_follow_up_keys(new), on=done_on)
    return new


def void_follow_up(record: FollowUp, *, reason: str, by: Any) -> FollowUp:
    """Void a follow-up or link. Raises `Refused`, `Conflict`."""
    return records.void(FOLLOW_UP, record, reason=reason, by=by)
