"""Organisations from a workbook: foundings and what decisions did to them, in order of day; committee terms."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.db import transaction

from tongket.core.codelists import ORGANISATION_ACT, SECTOR, Code, CodeList
from tongket.core.problems import Problem, Refused
from tongket.intake.columns import Column, Row, Sheet, decision_columns
from tongket.intake.session import Session
from tongket.members.reorganise import inner_dissolve, inner_merge, inner_split
from tongket.organisations.acts import (
    add_organisations,
    add_terms,
    change_organisations,
    check_change,
    check_foundings,
    check_terms,
)
from tongket.organisations.drafts import ChangeDraft, FoundingDraft, TermDraft
from tongket.organisations.models import CommitteeTerm, Organisation, OrganisationAct
from tongket.rules.organisations import all_kinds

KIND = CodeList("organisation_kind", tuple(Code(k.code, k.name_vi, k.name_en) for k in all_kinds()))
_ORDER = {code: place for place, code in enumerate(ORGANISATION_ACT.values)}
_SAID = ("name", "kind", "sector", "parent", "position")
_SPLIT_AT = str.maketrans(",\n", ";;")


def _bring(rows: Sequence[Row], session: Session) -> None:
    session.check_lengths(rows, Organisation, OrganisationAct)
    fresh = _without_recorded([row for row in rows if row.sound], session)
    ordered = sorted(fresh, key=lambda r: (r.values["on"], _ORDER[r.values["act"]], r.number))
    for (on, what), group in groupby(ordered, key=lambda r: (r.values["on"], r.values["act"])):
        batch = list(group)
        if what == "found":
            _found(batch, session)
        elif what == "merge":
            _merge(batch, on, session)
        else:
            for row in batch:
                _change_one(row, session)


def _without_recorded(rows: Sequence[Row], session: Session) -> list[Row]:
    """Leave out acts that are on record already: the same organisation, kind of act and day, saying the same."""
    codes = dict(Organisation.objects.values_list("pk", "code"))
    known: dict[tuple[str, str, date], dict[str, Any]] = {}
    for act in OrganisationAct.objects.filter(voided_at__isnull=True):
        said = act.changes | {"parent": codes.get(act.changes.get("parent"))}
        known[codes[act.organisation_id].casefold(), act.kind, act.on] = said
    scope, ids = session.scope(), {code.casefold(): pk for pk, code in codes.items()}
    fresh = []
    for row in rows:
        code = row.values["code"].casefold()
        recorded = known.get((code, row.values["act"], row.values["on"]))
        if recorded is None or (scope is not None and ids[code] not in scope):
            fresh.append(row)
            continue
        differing = next(
            (n for n in _SAID if row.get(n) is not None and row.values[n] != recorded.get(n)), None
        )
        if differing:
            session.refuse(
                row,
                differing,
                "Việc này đã có trong sổ nhưng ghi khác. Nếu sổ sai, hãy hủy việc đó rồi ghi lại.",
            )
        else:
            session.same(row)
    return fresh


def _citation(row: Row) -> dict[str, Any]:
    return {
        "decision_number": row.get("decision_number", ""),
        "decision_date": row.get("decision_date"),
        "decision_body": row.get("decision_body", ""),
    }


def _founding(row: Row) -> FoundingDraft:
    return FoundingDraft(
        code=row.values["code"],
        name=row.get("name", ""),
        kind=row.get("kind", ""),
        on=row.values["on"],
        parent_code=row.get("parent", ""),
        sector=row.get("sector", ""),
        position=row.get("position", 0),
        note=row.get("note", ""),
        **_citation(row),
    )


def _found(rows: Sequence[Row], session: Session) -> None:
    for row in rows:
        row.names = {"parent_code": "parent"}
        if "kind" not in row.values:
            session.refuse(row, "kind", "Thành lập tổ chức phải ghi loại hình.")
    pairs = [(row, _founding(row)) for row in _in_scope(_parents_first(rows), session)]
    made = session.bring(
        pairs, check_foundings, lambda d, origins: add_organisations(d, act=session.act, origins=origins)
    )
    session.widen(made or ())


def _parents_first(rows: Sequence[Row]) -> list[Row]:
    """An office lists organisations in any order; the tree is built from the top."""
    by_code = {row.values["code"]: row for row in rows}
    ordered: dict[int, Row] = {}

    def place(row: Row, above: frozenset[int]) -> None:
        parent = by_code.get(row.get("parent", ""))
        if parent is not None and parent.number not in ordered and parent.number not in above:
            place(parent, above | {row.number})
        ordered.setdefault(row.number, row)

    for row in rows:
        if row.sound:
            place(row, frozenset({row.number}))
    return [row for row in ordered.values() if row.sound]


def _in_scope(rows: Sequence[Row], session: Session) -> Iterator[Row]:
    """A new organisation hangs below one that the importer may change; a new root is the administrator's."""
    if session.by is None:
        yield from rows
        return
    parents = session.organisations({row.get("parent", "") for row in rows} - {""})
    new: set[str] = set()
    for row in rows:
        parent = row.get("parent", "")
        if parent.casefold() in parents or parent in new:
            new.add(row.values["code"])
            yield row
        else:
            session.refuse(row, "parent", f"Tổ chức cấp trên {parent} không có trong phạm vi được giao.")


def _known(row: Row, codes: Iterable[tuple[str, str]], session: Session) -> dict[str, Organisation] | None:
    """The organisations that a row names, by code; None when one is missing (said at its cell)."""
    listed = [(name, code) for name, code in codes if code]
    found = session.organisations({code for _, code in listed})
    for name, code in listed:
        if code.casefold() not in found:
            session.refuse(row, name, f"Không có tổ chức mã {code} trong phạm vi được giao ở ngày này.")
    return {code: found[code.casefold()] for _, code in listed} if row.sound else None


def _successors(row: Row) -> list[str]:
    return [
        code.strip() for code in row.get("successors", "").translate(_SPLIT_AT).split(";") if code.strip()
    ]


def _change_one(row: Row, session: Session) -> None:
    code, heirs = row.values["code"], _successors(row)
    row.names = {"parent": "parent", "members_to": "successors", "": "code"}
    known = _known(
        row, [("code", code), ("parent", row.get("parent", "")), *(("successors", h) for h in heirs)], session
    )
    if known is None:
        return
    organisation, what, on = known[code], row.values["act"], row.values["on"]
    draft = ChangeDraft(
        organisation,
        what,
        on,
        name=row.get("name"),
        kind=row.get("kind"),
        sector=row.get("sector"),
        parent=known.get(row.get("parent", "")) if what == "move" else None,
        position=row.get("position"),
        note=row.get("note", ""),
        **_citation(row),
    )
    problems = _told(row, what, heirs) or check_change(draft)
    for problem in problems:
        session.add_finding(row, problem)
    if row.sound:
        _write(row, session, lambda: _do(draft, [known[h] for h in heirs], session))


def _told(row: Row, what: str, heirs: Sequence[str]) -> list[Problem]:
    """What a row of each kind of act must say."""
    if what == "rename" and not {"name", "kind", "sector"} & set(row.values):
        return [Problem("name", "Đổi tên, chuyển loại hình: ghi tên mới hoặc loại hình mới.")]
    if what == "move" and "parent" not in row.values:
        return [Problem("parent", "Chuyển tổ chức: ghi mã tổ chức cấp trên mới.")]
    if what == "split" and len(heirs) < 2:
        return [Problem("successors", "Chia tách: ghi mã từ hai tổ chức kế tục, cách nhau dấu chấm phẩy.")]
    if what == "dissolve" and len(heirs) > 1:
        return [Problem("successors", "Giải thể: ghi một tổ chức tiếp nhận, hoặc để trống.")]
    return []


def _do(draft: ChangeDraft, heirs: Sequence[Organisation], session: Session) -> None:
    paper = {n: getattr(draft, n) for n in ("decision_number", "decision_date", "decision_body")}
    if draft.kind_of_act == "split":
        inner_split(
            draft.organisation,
            into=heirs,
            members_to={},
            children_to={},
            on=draft.on,
            act=session.act,
            **paper,
        )
    elif draft.kind_of_act == "dissolve":
        to = heirs[0] if heirs else None
        inner_dissolve(draft.organisation, on=draft.on, act=session.act, members_to=to, **paper)
    else:
        change_organisations([draft], act=session.act)


def _merge(rows: Sequence[Row], on: date, session: Session) -> None:
    """Rows of one day with the same successor are one merger."""
    by_heir: dict[str, list[Row]] = {}
    for row in rows:
        heirs = _successors(row)
        row.names = {"": "code", "parent": "code"}
        if len(heirs) == 1:
            by_heir.setdefault(heirs[0], []).append(row)
        else:
            session.refuse(
                row, "successors", "Sáp nhập: ghi mã một tổ chức kế tục (đã thành lập hoặc có sẵn)."
            )
    for heir, own in by_heir.items():
        known = [_known(r, [("code", r.values["code"]), ("successors", heir)], session) for r in own]
        if any(found is None for found in known):
            continue
        target = next(found[heir] for found in known if found)
        ending = [found[r.values["code"]] for r, found in zip(own, known, strict=True) if found]
        papers = {tuple(paper.values()): paper for r in own if any((paper := _citation(r)).values())}
        if len(papers) > 1:
            session.refuse(
                own[-1],
                "decision_number",
                f"Các dòng cùng ngày sáp nhập vào {heir} ghi quyết định khác nhau. Ghi cùng một quyết định.",
            )
            continue
        paper = next(iter(papers.values()), _citation(own[0]))

        def merge(ending: Any = ending, target: Any = target, paper: Any = paper) -> None:
            inner_merge(ending, into=target, on=on, act=session.act, **paper)

        _write(own[0], session, merge, rows=own)


def _write(row: Row, session: Session, do: Any, rows: Sequence[Row] = ()) -> None:
    whole = session.act.origin
    session.act.origin = session.origin(row)
    try:
        with transaction.atomic():
            do()
    except Refused as refused:
        for problem in refused.problems:
            session.add_finding(row, problem)
    else:
        for done in rows or (row,):
            done.verdict = "changed"
        session.count().changed += len(rows) or 1
        session.written += len(rows) or 1
    finally:
        session.act.origin = whole


def _bring_terms(rows: Sequence[Row], session: Session) -> None:
    pairs = [
        (
            row,
            TermDraft(
                row.values["organisation"],
                row.values["name"],
                row.values["valid_from"],
                row.get("valid_to"),
                **_citation(row),
            ),
        )
        for row in session.resolve(rows)
    ]
    fresh = session.without_known(pairs, CommitteeTerm, ("organisation", "name", "valid_from"))
    session.bring(fresh, check_terms, lambda d, origins: add_terms(d, act=session.act, origins=origins))


ORGANISATIONS = Sheet(
    "Tổ chức",
    (
        Column(
            "Việc",
            "act",
            "code",
            True,
            ORGANISATION_ACT,
            example="Thành lập",
            help="Thành lập; đổi tên; chuyển; sáp nhập; chia tách; giải thể",
            width=22,
        ),
        Column("Có hiệu lực từ ngày", "on", "date", True, example="01/01/2014"),
        Column(
            "Mã tổ chức", "code", "text", True, example="QS.01", help="Mã ngắn, không đổi suốt đời tổ chức"
        ),
        Column("Tên tổ chức", "name", example="Đảng bộ xã An Phú", width=40, help="Bắt buộc khi thành lập"),
        Column("Loại hình", "kind", "code", codes=KIND, example="Đảng bộ cơ sở", width=24),
        Column("Khối", "sector", "code", codes=SECTOR, example="Xã, phường, thị trấn", width=24),
        Column(
            "Mã tổ chức cấp trên",
            "parent",
            example="QS",
            help="Tổ chức trực tiếp quản lý; để trống cho tổ chức cao nhất",
        ),
        Column(
            "Mã tổ chức kế tục",
            "successors",
            help="Sáp nhập, chia tách, giải thể: nơi tiếp nhận; nhiều mã cách nhau dấu ;",
        ),
        Column("Thứ tự", "position", "int", example="1"),
        *decision_columns(),
        Column("Ghi chú", "note", width=30),
    ),
    "organisation.write",
    _bring,
    "Mỗi dòng là một việc xảy ra với một tổ chức. Thành lập cấp trên và cấp dưới có thể cùng ngày.",
    bears=True,
)

TERMS = Sheet(
    "Nhiệm kỳ",
    (
        Column("Mã tổ chức", "organisation", "organisation", True, example="QS"),
        Column("Khóa", "name", "text", True, example="Khóa XXV", width=24),
        Column("Từ ngày", "valid_from", "date", True, example="10/07/2020"),
        Column(
            "Đến ngày",
            "valid_to",
            "date",
            help="Ngày thôi hiệu lực (không tính ngày đó); để trống nếu đang đương nhiệm",
        ),
        *decision_columns(),
    ),
    "organisation.write",
    _bring_terms,
)
