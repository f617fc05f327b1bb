"""Every address of the program with the objects that fill it, and the values of its query parameters."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLResolver, get_resolver, reverse

from tests.walk.kit.judging.addresses import DISCIPLINE, SEALED, SPECS, filled
from tests.walk.kit.world import Walk
from tongket.indicators.catalogue import DOMAINS
from tongket.intake.kinds import KINDS

#: Argument names of an address pattern -> how they are filled. By the address's name where one word is not enough.
RECORDS = {
    "targets": "target",
    "directives": "directive",
    "directives:plan_": "plan",
    "directives:study_": "study",
    "ratings": "organisation_rating",
    "directives:issued_": "issued",
    "directives:study_plan_": "planned",
    "events": "event_held",
    "events:twinning_": "twinning",
    "bulletins": "bulletin",
    "conferences": "conference",
    "ratings:member_": "member_rating",
    "honours": "badge",
    "honours:commendation_": "commendation",
    "inspections": "member_discipline",
    "inspections:organisation_": "organisation_discipline",
}
FIGURES = (
    "members.total",
    "members.religious",
    "members.moved_out",
    "members.departed",
    "members.carried_out",
    "members.balance",
    "organisations.cells",
    "organisations.dissolved",
    "committees.secretaries",
    "directives.received",
    "study.sessions",
    "targets.set",
    "ratings.members.rated",
    "ratings.organisations.rated",
    "honours.badges",
    "honours.commended_individuals",
    "discipline.members",
    "discipline.organisations",
)
#: Addresses with arguments that name no record: address name -> the values tried.
PLAIN: dict[str, tuple[dict[str, Any], ...]] = {
    "web:chart": tuple({"name": name} for name in ("ket-nap", "xep-loai", "do-tuoi")),
    "web:catalogue_domain": tuple({"code": d.code} for d in DOMAINS),
    "web:figure": tuple({"id": id} for id in FIGURES),
    "web:figure_years": ({"id": "members.total"},),
    "web:figure_records": tuple({"id": id} for id in FIGURES),
    "web:figure_by_child": ({"id": "members.total"}, {"id": "discipline.members"}),
    "web:figure_over_years": ({"id": "members.total"},),
    "web:form": tuple({"number": n} for n in ("1", "2", "3", "6")),
    "web:form_differences": ({"number": "1"}, {"number": "2"}),
    "web:report_file": tuple({"kind": kind} for kind in ("docx", "xlsx", "pdf")),
    "intake:template": tuple({"kind": kind} for kind in list(KINDS)[:2]),
    "mfa_remove_webauthn": ({"pk": 1},),
    "mfa_edit_webauthn": ({"pk": 1},),
    # A draft is its owner's alone: tests/drafts tries the real ones with every other user.
    **{f"drafts:{page}": ({"pk": 1_000_000},) for page in ("detail", "correct", "undo", "delete")},
    "drafts:file": ({"pk": 1_000_000, "kind": "docx"},),
    # Without a token everything below is shut; what programs are told is walked in test_programs.py.
    "api:organisation": ({"code": "PA"},),
    "api:member": ({"id": "00000000-0000-4000-8000-000000000000"},),
    "api:directive": ({"id": "00000000-0000-4000-8000-000000000000"},),
    "api:records": ({"id": "members.total"},),
    # Real addresses of feeds are read in test_feeds.py: who holds one needs no login.
    "obligations:feed": ({"token": "x" * 43},),
}
#: Above, the sibling, the own, one that has ended, one merged away, one come from the sibling.
BODIES = ("QS", "PA", "PB", "PB3", "PC", "PX")
#: One of the sibling, of the own cell, gone, come, come with a cell, gone with a cell, and who is told of elsewhere.
PEOPLE = ("M-PA1", "M-PB1", "F1", "F2", "M-PX", "M-PC1", "M-PY", "M-PB3", "D-PB1", "H-PA1")
_OF_MEMBER = {
    "members:edit",
    "members:card",
    "members:event",
    "members:detail",
    "members:reveal",
}
_OF_ORGANISATION = {
    "organisations:detail",
    "organisations:rename",
    "organisations:move",
    "organisations:merge",
    "organisations:split",
    "organisations:dissolve",
    "organisations:term",
    "organisations:post",
}
#: address name -> (kind of record, name of the argument of its owner, name of the argument of its own key)
_NESTED = {
    "members:card_void": ("card", "uid", "pk"),
    "members:event_correct": ("event", "uid", "pk"),
    "members:event_void": ("event", "uid", "pk"),
    "organisations:act_void": ("act", "code", "pk"),
    "organisations:post_end": ("post", "code", "pk"),
    "organisations:post_void": ("post", "code", "pk"),
}
_ALONE = {
    "web:report_template_withdraw": "template",
    "web:account": "account",
    "web:account_assign": "account",
    "web:account_open": "account",
    "web:account_password": "account",
    "web:account_email": "account",
    "directives:attach": "directive",
    "directives:change": "directive",
    "directives:study_levels": "directive",
    "directives:study_attach": "study",
    "directives:study_plan_attach": "planned",
    "events:attach": "event_held",
    "events:twinning_attach": "twinning",
    **{
        f"events:{page}": "event_held"
        for page in ("ask", "link", "note", "programme", "programme_print", "programme_word")
    },
    "bulletins:answer": "bulletin_open",
    "obligations:hand_down": "directive",
    **{f"obligations:{page}": "obligation" for page in ("obligation", "step", "undo", "withdraw")},
    **{f"obligations:{page}": "demand" for page in ("demand", "demand_void", "accept_many", "remind_late")},
    "obligations:file": "step_file",
    "programs:client": "program",
    "programs:token_new": "program",
    "programs:close": "program",
    **{f"books:{page}": "book" for page in ("book", "sign", "return", "verify", "deeds", "file")},
    "intake:edxml_export": "directive",
    "intake:edxml_accept": "edxml",
    "intake:edxml_detail": "edxml",
    "intake:edxml_discard": "edxml",
    **{
        f"intake:reconcile_{page}": "comparison"
        for page in ("detail", "reveal", "decide", "newcomers", "discard")
    },
    "intake:reconcile_take_back": "compared_decision",
    **{
        f"intake:{page}": "batch"
        for page in ("detail", "columns", "returned", "people", "reveal", "accept", "discard")
    },
    "intake:undo": "batch_done",
    **{f"reforms:{page}": "reform" for page in ("detail", "edit", "effects", "execute", "undo", "delete")},
}
#: The steps of a plan: address name -> the argument beside its key.
_OF_REFORM: dict[str, dict[str, Any]] = {
    **{f"reforms:{page}": {"index": 1} for page in ("remove", "raise", "share")},
    "reforms:add": {"word": "tach-mot-phan"},
}

#: address name -> (argument, kind) of the record above, (argument, kind) of the one below it
_BELOW = {
    "directives:file": ("pk", "directive", "attachment", "directive_file"),
    "directives:detach": ("pk", "directive", "attachment", "directive_file"),
    "directives:void_change": ("pk", "directive", "change_pk", "change"),
    "directives:study_file": ("pk", "study", "file", "study_file"),
    "directives:study_detach": ("pk", "study", "file", "study_file"),
    "directives:study_plan_file": ("pk", "planned", "file", "planned_file"),
    "directives:study_plan_detach": ("pk", "planned", "file", "planned_file"),
    "events:file": ("pk", "event_held", "file", "event_file"),
    "events:detach": ("pk", "event_held", "file", "event_file"),
    "events:twinning_file": ("pk", "twinning", "file", "twinning_file"),
    "events:twinning_detach": ("pk", "twinning", "file", "twinning_file"),
    "events:finish": ("pk", "event_held", "note", "note"),
    "events:note_void": ("pk", "event_held", "note", "note"),
    **{
        f"conferences:{page}": ("pk", "conference", "conclusion", "conclusion")
        for page in ("conclusion_assign", "conclusion_void")
    },
    **{
        f"conferences:invitation_{page}": ("pk", "conference", "invitation_pk", "invitation")
        for page in ("edit", "reply", "void", "vote")
    },
    **{
        f"conferences:item_{page}": ("pk", "conference", "item_pk", "item")
        for page in ("edit", "move", "papers", "void")
    },
    "conferences:vote_void": ("pk", "conference", "vote", "vote"),
    "programs:token_revoke": ("pk", "program", "token", "program_token"),
}
#: Pages of a conference that is over (its minutes); all others are tried with the one that runs.
_AFTERWARDS = {"minutes", "minutes_word", "notice_word", "packed", "honours", "attendance", "undo"}


@dataclass(frozen=True, slots=True)
class Place:
    """A filled address and the organisation (or person) that it is about ("" for none)."""

    name: str
    path: str
    about: str
    view: Callable[..., Any]


def patterns(
    resolver: URLResolver | None = None, space: str = "", above: frozenset[str] = frozenset()
) -> Iterator[tuple[str, frozenset[str], Callable[..., Any]]]:
    """Every address pattern: its full name, the names of its arguments, its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        arguments = above | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{space}{entry.namespace}:" if entry.namespace else space, arguments)
        else:
            yield f"{space}{entry.name}", arguments, entry.callback


def _record_kind(name: str) -> str:
    space, _colon, page = name.partition(":")
    if page in ("change", "share") and space == "targets":
        return "target"
    prefix, _mark, last = page.rpartition("_")
    if last not in ("detail", "correct", "void"):
        return ""
    return RECORDS.get(f"{space}:{prefix}_" if prefix else space, "")


def places(walk: Walk) -> Iterator[Place]:
    """All addresses filled with every object of the table. Raises LookupError for an address the table lacks."""
    for name, arguments, view in patterns():
        if not arguments:
            yield Place(name, reverse(name), "", view)
        else:
            for kwargs, about in _filled(walk, name):
                if set(kwargs) != arguments:
                    raise LookupError(f"{name} takes {sorted(arguments)}, the table fills {sorted(kwargs)}")
                yield Place(name, reverse(name, kwargs=kwargs), about, view)


def _filled(walk: Walk, name: str) -> Iterator[tuple[dict[str, Any], str]]:
    if name in SPECS:
        yield from filled(walk, name)
    elif name in PLAIN:
        yield from ((kwargs, "") for kwargs in PLAIN[name])
    elif name in _OF_MEMBER:
        yield from (({"uid": walk[code].uid}, code) for code in PEOPLE)
        if name == "members:detail":  # an entry that was merged: its address leads to the one kept
            yield from (({"uid": gone.uid}, code) for code, gone in walk.records["merged"].items())
    elif name in ("members:paper", "members:full_paper"):
        yield from (({"uid": walk[code].uid, "kind": "docx"}, code) for code in PEOPLE)
        yield {"uid": walk["M-PB1"].uid, "kind": "pdf"}, "M-PB1"
    elif name in _OF_ORGANISATION:
        codes = walk.organisations if name == "organisations:detail" else BODIES
        yield from (({"code": code}, code) for code in codes)
    elif name in _BELOW:
        yield from _below(walk, *_BELOW[name])
    elif name.startswith("conferences:") and name not in _ALONE and not _record_kind(name):
        yield from _of_conference(walk, name.partition(":")[2])
    elif name == "books:change":
        yield from (
            ({"pk": row.pk, "id": id}, code)
            for code, row in walk.records["book"].items()
            for id in ("members.total", "study.sessions", "discipline.members")
        )
    elif name == "intake:reconcile_sheet":
        yield from (
            ({"pk": row.pk, "kind": kind}, code)
            for code, row in walk.records["comparison"].items()
            for kind in ("de-nghi", "tat-ca")
        )
    elif name == "obligations:calendar_revoke":
        yield from (({"pk": feed.pk}, owner) for owner, (feed, _token) in walk.records["feed"].items())
    elif name in _OF_REFORM:
        more = _OF_REFORM[name]
        yield from (({"pk": row.pk, **more}, code) for code, row in walk.records["reform"].items())
    elif name in _NESTED:
        yield from _nested(walk, *_NESTED[name])
    elif name == "web:account_revoke":
        for code, row in walk.records["assignment"].items():
            yield {"pk": row.user_id, "assignment": row.pk}, code
        # Another's assignment under one's own account.
        mine, theirs = walk.records["assignment"]["PB"], walk.records["assignment"]["PA"]
        yield {"pk": mine.user_id, "assignment": theirs.pk}, "PA"
    elif kind := _ALONE.get(name) or _record_kind(name):
        changing = name.endswith(("_correct", "_void", ":correct", ":void"))
        yield from (
            ({"pk": row.pk}, code)
            for code, row in walk.records[kind].items()
            if not changing or code in (*BODIES, "PA1", "PB1")
        )
        if name in DISCIPLINE:
            yield from (({"pk": row.pk}, SEALED) for row in walk.records["sealed_case_discipline"].values())
    else:
        raise LookupError(f"{name}: declare in tests/walk/kit/addresses.py what fills it")


def _below(walk: Walk, upper: str, kind: str, lower: str, below: str) -> Iterator[tuple[dict[str, Any], str]]:
    above, rows = walk.records[kind], walk.records[below]
    for code, row in rows.items():
        yield {upper: above[code].pk, lower: row.pk}, code
    # Another's under one's own, and one's own under another's.
    yield {upper: above["PB"].pk, lower: rows["PA"].pk}, "PA"
    yield {upper: above["PA"].pk, lower: rows["PB"].pk}, "PA"


def _of_conference(walk: Walk, page: str) -> Iterator[tuple[dict[str, Any], str]]:
    if page == "card":
        yield from (({"code": row.code}, code) for code, row in walk.records["invitation"].items())
    elif page == "answer":
        # Who is called by the district may answer, who is called by the sibling may not.
        theirs = {"QS": "QS+PB", "PA": "PA", "PB": "PB"}
        for code, row in walk.records["invitation"].items():
            yield {"invitation_pk": row.pk}, theirs[code]
    elif page in ("item_paper", "item_paper_off"):
        for code, row in walk.records["conference"].items():
            item, paper = walk.records["item"][code], walk.records["item_paper"][code]
            yield {"pk": row.pk, "item_pk": item.pk, "paper_pk": paper.pk}, code
        own, item = walk.records["conference"]["PB"], walk.records["item"]["PB"]
        other = walk.records["item_paper"]["PA"]
        yield {"pk": own.pk, "item_pk": item.pk, "paper_pk": other.pk}, "PA"
    else:
        steps = [{"name": name} for name in ("trieu-tap", "khai-mac", "be-mac")] if page == "step" else [{}]
        kinds = ["conference_closed"] if page in _AFTERWARDS else ["conference"]
        for kind in kinds + (["conference_draft"] if page == "invited" else []):
            for code, row in walk.records[kind].items():
                yield from (({"pk": row.pk, **step}, code) for step in steps)


def _nested(walk: Walk, kind: str, owner: str, own: str) -> Iterator[tuple[dict[str, Any], str]]:
    rows = (
        {code: o.acts.order_by("pk").last() for code, o in walk.organisations.items()}
        if kind == "act"
        else {code: row for code, row in walk.records[kind].items() if owner == "code" or code in PEOPLE}
    )
    for code, row in rows.items():
        key = walk[code].uid if owner == "uid" else code
        yield {owner: key, own: row.pk}, code
    # Another's record under one's own member or organisation.
    mine, theirs = ("M-PB1", "M-PA1") if owner == "uid" else ("PB", "PA")
    yield {owner: walk[mine].uid if owner == "uid" else mine, own: rows[theirs].pk}, theirs
