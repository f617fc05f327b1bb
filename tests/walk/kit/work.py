"""The year's work of the district: papers handed down, obligations, events, bulletins, files. All texts are planted."""

import io
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any

from docx import Document

from tests.intake.edxml.samples import edxml, header_parts, line
from tests.walk.kit.canaries import Planted
from tongket.audit.acts import act
from tongket.bulletins.models import Bulletin
from tongket.directives.acts import add_directive, change_directive
from tongket.directives.drafts import DirectiveDraft
from tongket.directives.handing import Ask, hand_down
from tongket.directives.papers.issuing import level_of
from tongket.directives.study.acts import add_planned_session
from tongket.directives.study.drafts import PlannedSessionDraft
from tongket.events.acts import add_event, add_follow_up, add_twinning, write_programme
from tongket.events.drafts import EventDraft, FollowUpDraft, Line, TwinningDraft
from tongket.files.acts import attach
from tongket.files.drafts import Upload
from tongket.files.models import Attachment
from tongket.intake.edxml.waiting import keep_waiting, waiting_of
from tongket.intake.models import ReceivedMessage
from tongket.obligations.acts import hand_out, set_reminder_days, take_step
from tongket.obligations.drafts import DemandDraft, StepDraft
from tongket.obligations.feeds import make_feed

OBLIGATION = "obligation.read"
#: Whose books hold one record of each kind: above, the sibling, the own, and a cell of each.
BOOKS = ("QS", "PA", "PB", "PA1", "PB1")
#: name of a demand -> (asker, doers). "QS+PB" is asked above of both communes; "QS" is the sibling's alone.
DEMANDS = {
    "QS+PB": ("QS", ("PA", "PB")),
    "QS": ("QS", ("PA",)),
    "PA": ("PA", ("PA1", "PA2")),
    "PB": ("PB", ("PB1", "PB2")),
}
#: Users with a calendar address.
FED = ("all", "b-all", "b-office", "mix", "q-leader")
#: Users with an edXML message that waits, and the book it is for.
RECEIVING = {"all": "QS", "b-all": "PB", "b-office": "PB"}


def upload(
    planted: Planted, where: Any, what: str, *verbs: str, also: Any = (), role: str = "main"
) -> Upload:
    """A Word file whose name and content are planted."""
    name = planted.text(where, f"{what}file", *verbs, also=also, length=100)
    said = planted.text(where, f"{what}content", *verbs, also=also)
    document, saved = Document(), io.BytesIO()
    document.add_paragraph(said)
    document.save(saved)
    return Upload(f"{name}.docx", saved.getvalue(), role, said, "read")


def plant_work(walk: Any) -> None:
    """Records of each kind of the year's work, for the organisations in `BOOKS`."""
    for code in BOOKS:
        _issued(walk, code)
        _planned(walk, code)
        _event(walk, code)
        _bulletin(walk, code)
        _received(walk, code)
    for name, (asker, doers) in DEMANDS.items():
        _demand(walk, name, asker, doers)
    _handed(walk)
    for code in ("QS", "PB"):
        set_reminder_days(walk[code], {"": [-3, 1]}, by=None)


def plant_for_users(walk: Any) -> None:
    """What belongs to a user alone: calendar addresses and messages that wait."""
    for name in FED:
        walk.keep("feed", name, make_feed(walk.users[name]))
    for name, code in RECEIVING.items():
        _waiting(walk, name, code)


def _attach(walk: Any, kind: str, code: str, record: Any, what: str, *verbs: str, role: str = "main") -> None:
    sent = upload(walk.planted, code, what, *verbs, role=role)
    [made] = attach([sent], about=record.identity, organisation=walk[code], by=None)
    walk.keep(kind, code, made)


def _issued(walk: Any, code: str) -> None:
    def text(what: str, length: int = 200) -> str:
        return walk.planted.text(code, f"i{what}", "directive.read", length=length)

    received = walk.records["directive"][code]
    paper = add_directive(
        DirectiveDraft(
            walk[code],
            "KH",
            text("symbol", 40),
            text("issuer"),
            level_of(walk[code]),
            date(2021, 5, 1),
            text("subject"),
            date(2021, 5, 1),
            needs_plan=False,
            book="issued",
            signer=text("signer", 120),
        ),
        by=None,
    )
    walk.keep("issued", code, paper)
    change = change_directive(
        received, kind="updated", on=date(2021, 6, 1), reason=text("change"), by_directive=paper, by=None
    )
    walk.keep("change", code, change)
    _attach(walk, "directive_file", code, received, "d", "directive.read")
    _attach(walk, "issued_file", code, paper, "i", "directive.read")
    _attach(walk, "study_file", code, walk.records["study"][code], "s", "study.read")


def _planned(walk: Any, code: str) -> None:
    planted = walk.planted
    plan = PlannedSessionDraft(
        walk[code],
        planted.text(code, "ltitle", "study.read"),
        date(2023, 11, 5),
        walk.records["directive"][code].identity,
        place=planted.text(code, "lplace", "study.read"),
        audience=planted.text(code, "laudience", "study.read"),
    )
    row = walk.keep("planned", code, add_planned_session(plan, by=None))
    _attach(walk, "planned_file", code, row, "l", "study.read")


def _event(walk: Any, code: str) -> None:
    def text(what: str, length: int = 200) -> str:
        return walk.planted.text(code, f"e{what}", "event.read", length=length)

    place = walk[code]
    friend = add_twinning(
        TwinningDraft(
            place,
            text("twin"),
            text("partner"),
            1973,
            place=text("twinplace"),
            agreement_symbol=text("agreement", 60),
            agreement_date=date(1973, 5, 1),
        ),
        by=None,
    )
    walk.keep("twinning", code, friend)
    held = add_event(
        EventDraft(
            place,
            "commemoration",
            text("title"),
            date(2021, 3, 26),
            date(2021, 3, 27),
            text("occasion"),
            text("place"),
            text("partners"),
            marks_year=1975,
        ),
        by=None,
    )
    walk.keep("event_held", code, held)
    write_programme(held, [Line(text("time", 40), text("line"), text("who"))], by=None)
    note = add_follow_up(FollowUpDraft(place, held.identity, text("note")), by=None)
    walk.keep("note", code, note)
    _attach(walk, "twinning_file", code, friend, "et", "event.read")
    _attach(walk, "event_file", code, held, "e", "event.read")


def _bulletin(walk: Any, code: str) -> None:
    def text(what: str) -> str:
        return walk.planted.text(code, f"b{what}", "bulletin.read")

    # Not by its own act: hostile texts would be refused as traces of a person, and shown they must be all the same.
    with act("test.bulletin", by=None, origin="test") as current:
        for open_ in (False, True):
            more = {} if open_ else {"answer": text("answer"), "answering_body": text("body")}
            row = Bulletin.objects.create(
                organisation=walk[code],
                month=date(2021, 5, 1),
                topic="land",
                text=text("open" if open_ else "text"),
                answered_on=None if open_ else date(2021, 6, 1),
                **more,
                **current.stamp(),
            )
            walk.keep("bulletin_open" if open_ else "bulletin", code, row)


def _received(walk: Any, code: str) -> None:
    with act("test.received", by=None, origin="test") as current:
        ReceivedMessage.objects.create(
            organisation=walk[code],
            sender=walk.planted.text(code, "xsender", "directive.read", length=100),
            document_id=walk.planted.text(code, "xid", "directive.read"),
            business_type=0,
            sha256="0" * 64,
            directive=walk.records["directive"][code].identity,
            **current.stamp(),
        )


def _demand(walk: Any, name: str, asker: str, doers: tuple[str, ...]) -> None:
    planted, key = walk.planted, name.replace("+", "").lower()

    def text(what: str, length: int = 200) -> str:
        return planted.text((asker, *doers), f"o{key}{what}", OBLIGATION, length=length)

    number = text("number", 80)
    asked = hand_out(
        DemandDraft(
            walk[asker],
            "report",
            text("title"),
            date(2023, 1, 5),
            date(2023, 3, 31),
            text("text"),
            about_label=text("label"),
            numbers=(number,),
        ),
        [walk[code] for code in doers],
        by=None,
    )
    walk.keep("demand", name, asked)
    for part in asked.obligations.all():
        doer = next(code for code in doers if walk[code].pk == part.organisation_id)
        walk.keep("obligation", doer, part)
        if doer == "PB2":
            continue  # one is late
        both = (asker, doer)
        sent = upload(planted, both, f"r{key}{doer.lower()}", OBLIGATION, role="evidence")
        report = StepDraft(
            "reported",
            date(2023, 2, 1),
            planted.text(both, f"r{key}{doer.lower()}text", OBLIGATION),
            {number: Decimal(7)},
            files=(sent,),
        )
        step = take_step(part, report, by=None)
        walk.keep("step_file", doer, _file_of(step))
        back = planted.text(both, f"r{key}{doer.lower()}back", OBLIGATION)
        take_step(part, StepDraft("returned", date(2023, 2, 5), back), by=None)


def _file_of(step: Any) -> Any:
    return Attachment.objects.get(about=step.identity)


def _handed(walk: Any) -> None:
    """A paper of the district handed to PB, and by PB to PB1: theirs to read, its plans and what came of it not."""
    planted = walk.planted
    readers = (("directive.read", "QS"), (OBLIGATION, "PB"), (OBLIGATION, "PB1"))

    def text(what: str, length: int = 200) -> str:
        return planted.text("QS", f"h{what}", also=readers, length=length)

    def asked(what: str, *to: str) -> str:
        return planted.text(("QS", *to), f"h{what}", OBLIGATION)

    paper = add_directive(
        DirectiveDraft(
            walk["QS"],
            "NQ",
            text("symbol", 40),
            text("issuer"),
            "province",
            date(2022, 2, 1),
            text("subject"),
            date(2022, 2, 5),
            plan_due_on=date(2022, 4, 1),
            signer=text("signer", 120),
        ),
        by=None,
    )
    walk.keep("directive", "QS+PB", paper)
    file = upload(planted, "QS", "h", also=readers)
    [made] = attach([file], about=paper.identity, organisation=walk["QS"], by=None)
    walk.keep("directive_file", "QS+PB", made)
    # By which paper it was changed is said to its readers, with no more than that paper's symbol.
    changing = add_directive(
        DirectiveDraft(
            walk["QS"],
            "NQ",
            text("changing", 40),
            planted.text("QS", "hnewissuer", "directive.read"),
            "province",
            date(2022, 6, 1),
            planted.text("QS", "hnewsubject", "directive.read"),
            date(2022, 6, 1),
            needs_plan=False,
            signer=planted.text("QS", "hnewsigner", "directive.read", length=120),
        ),
        by=None,
    )
    change = change_directive(
        paper,
        kind="updated",
        on=date(2022, 6, 1),
        reason=text("change"),
        by_directive=changing,
        by=None,
    )
    walk.keep("change", "QS+PB", change)
    above = Ask("study", asked("title", "PB"), date(2022, 5, 1), asked("text", "PB"))
    hand_down(paper, [above], [walk["PB"]], by=None, asked_on=date(2022, 3, 1))
    further = planted.text(("PB", "PB1"), "hfurther", OBLIGATION)
    hand_down(
        paper,
        [Ask("study", further, date(2022, 6, 1))],
        [walk["PB1"]],
        by=None,
        asked_on=date(2022, 3, 2),
        organisation=walk["PB"],
    )


def _waiting(walk: Any, owner: str, code: str) -> None:
    mark = f"batch{owner.replace('-', '')}"

    def text(what: str) -> str:
        return walk.planted.text(code, f"x{what}{mark}")

    parts = header_parts(
        Subject=line("Subject", escape(text("subject")), "edXML:"),
        Content=line("Content", escape(text("content")), "edXML:"),
    )
    keep_waiting(
        edxml(parts).encode(),
        file_name=f"{text('name')}.edxml",
        files=1,
        organisation=walk[code],
        by=walk.users[owner],
    )
    walk.keep("edxml", owner, waiting_of(walk.users[owner]).latest("pk"))
