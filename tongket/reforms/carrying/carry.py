"""Carrying the steps of a plan out inside an open act, one after the other, each by the acts of the domain.

Nothing of merger, split or dissolution is done anew here: `members.reorganise` does it. What is added is that a child
whose kind may not stand under its new parent takes the kind that may (a cell under a commune's committee of 2025
becomes a grassroots cell), that a founding taken back can be done again under its code, and that the step at fault is
named.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tongket.audit.acts import Act
from tongket.core.problems import Problem, Refused, refuse_if_any
from tongket.members.reorganise import (
    children_on,
    inner_dissolve,
    inner_merge,
    inner_part,
    inner_split,
    members_on,
)
from tongket.organisations.acts import add_organisations, change_organisations, kind_on
from tongket.organisations.drafts import ChangeDraft, FoundingDraft
from tongket.organisations.models import Organisation
from tongket.reforms.carrying.sharing import Shared, below_items, people_items, share
from tongket.reforms.steps import Step
from tongket.rules.organisations import UnknownKind, may_be_under

Paper = Mapping[str, Any]

#: The kind that an organisation takes where its own may not stand: what it is there in substance.
_IN_PLACE_OF: Mapping[str, str] = {
    "cell": "grassroots_cell",
    "grassroots_cell": "cell",
    "grassroots_body": "sub_body",
    "sub_body": "grassroots_body",
}
_NAMED = 10


def carry_out(steps: Sequence[Step], *, on: date, paper: Paper, act: Act) -> None:
    """Do all steps on one day. Raises `Refused` with the number of the step at fault (`Problem.index`)."""
    if not steps:
        raise Refused([Problem("steps", "Phương án chưa có bước nào. Thêm ít nhất một bước.")])
    for number, step in enumerate(steps):
        try:
            _DOERS[step.kind](step, on, paper, act)
        except Refused as refused:
            raise Refused(
                replace(problem, field="steps", message=f"Bước {number + 1}: {problem.message}", index=number)
                for problem in refused.problems
            ) from refused


def fitting_kind(child: str, parent: str, on: date) -> str:
    """The child's kind under such a parent: its own where it may stand there, else what takes its place."""
    try:
        if may_be_under(child, parent, on):
            return child
        instead = _IN_PLACE_OF.get(child, child)
        return instead if may_be_under(instead, parent, on) else child
    except UnknownKind:
        return child


def shared_people(step: Step, on: date) -> Shared:
    """Who of the organisation that a split ends, or a part leaves, goes where, and who is left over."""
    return share(
        people_items(members_on(_organisation(step.code), on), on),
        dict(step.people),
        [rule for rule in step.rules if rule.of == "people"],
        step.places,
        rest=step.code if step.kind == "part" else "",
    )


def shared_below(step: Step, on: date) -> Shared:
    """Which organisations below it go where, and which are left over."""
    return share(
        below_items(children_on(_organisation(step.code), on)),
        dict(step.below),
        [rule for rule in step.rules if rule.of == "below"],
        step.places,
        rest=step.code if step.kind == "part" else "",
    )


def _organisation(code: str) -> Organisation:
    # Read anew at each step: the steps before changed what is derived of it.
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        raise Refused(
            [Problem("steps", f"Không có tổ chức mã {code}. Thêm bước thành lập trước, hoặc sửa mã.")]
        )
    return found


def _found(step: Step, on: date, paper: Paper, act: Act) -> None:
    draft = FoundingDraft(
        code=step.code,
        name=step.name,
        kind=step.body,
        on=on,
        parent_code=step.to,
        sector=step.sector,
        position=step.position,
        **paper,
    )
    add_organisations([draft], act=act)


def _rename(step: Step, on: date, paper: Paper, act: Act) -> None:
    organisation = _organisation(step.code)
    wanted = {"name": step.name, "kind": step.body, "sector": step.sector}
    changed: dict[str, Any] = {
        name: value for name, value in wanted.items() if value and value != getattr(organisation, name)
    }
    if not changed:
        raise Refused(
            [Problem("steps", f"Bước đổi tên «{organisation}» không đổi gì. Sửa hoặc xóa bước này.")]
        )
    change_organisations([ChangeDraft(organisation, "rename", on, **changed, **paper)], act=act)


def _move(step: Step, on: date, paper: Paper, act: Act) -> None:
    parent = _organisation(step.to)
    _hang([_organisation(code) for code in step.codes], parent, on, paper, act)


def _hang(children: Sequence[Organisation], parent: Organisation, on: date, paper: Paper, act: Act) -> None:
    above = kind_on(parent, on)
    drafts = []
    for child in children:
        own = kind_on(child, on)
        fitting = fitting_kind(own, above, on)
        drafts.append(
            ChangeDraft(child, "move", on, parent=parent, kind=fitting if fitting != own else None, **paper)
        )
    if drafts:
        change_organisations(drafts, act=act)


def _merge(step: Step, on: date, paper: Paper, act: Act) -> None:
    target = _organisation(step.to)
    ending = [_organisation(code) for code in step.ended]
    # First what hangs below, in the kind that fits; then those that end, by the domain's own act.
    _hang([child for one in ending for child in children_on(one, on)], target, on, paper, act)
    inner_merge(
        [_organisation(one.code) for one in ending], into=_organisation(step.to), on=on, act=act, **paper
    )


def _dissolve(step: Step, on: date, paper: Paper, act: Act) -> None:
    organisation = _organisation(step.code)
    heir = _organisation(step.to) if step.to else None
    if heir is not None and heir != organisation:
        _hang(children_on(organisation, on), heir, on, paper, act)
    inner_dissolve(_organisation(step.code), on=on, act=act, members_to=heir, **paper)


def _split(step: Step, on: date, paper: Paper, act: Act) -> None:
    people = _shared_out(step, on, paper, act)
    inner_split(
        _organisation(step.code),
        into=[_organisation(code) for code in step.into],
        members_to=people.to,
        children_to={},
        on=on,
        act=act,
        **paper,
    )


def _part(step: Step, on: date, paper: Paper, act: Act) -> None:
    below = any(to != step.code for to in shared_below(step, on).to.values())
    people = _shared_out(step, on, paper, act)
    leaving = {code: to for code, to in people.to.items() if to != step.code}
    if not leaving and not below:
        raise Refused(
            [Problem("steps", "Chưa có ai, chưa có tổ chức nào được tách ra. Chọn người hoặc ghi quy tắc.")]
        )
    into = [_organisation(code) for code in step.into]
    inner_part(_organisation(step.code), into=into, members_to=leaving, on=on, act=act, **paper)


def _shared_out(step: Step, on: date, paper: Paper, act: Act) -> Shared:
    """Hang what is below where it goes, and say where the people go; refused while one has no place."""
    organisation = _organisation(step.code)
    people, below = shared_people(step, on), shared_below(step, on)
    refuse_if_any(_leftovers(people, "đảng viên"))
    refuse_if_any(_leftovers(below, "tổ chức"))
    children = {child.code: child for child in children_on(organisation, on)}
    for code in step.into:
        own = [children[child] for child, to in below.to.items() if to == code]
        _hang(own, _organisation(code), on, paper, act)
    return people


def _leftovers(shared: Shared, what: str) -> list[Problem]:
    if not shared.left:
        return []
    named = "; ".join(f"{one.name} ({one.code}), {one.why}" for one in shared.left[:_NAMED])
    more = " …" if len(shared.left) > _NAMED else ""
    return [Problem("steps", f"Còn {len(shared.left)} {what} chưa chia được: {named}{more}.")]


_DOERS: Mapping[str, Callable[[Step, date, Paper, Act], None]] = {
    "found": _found,
    "rename": _rename,
    "move": _move,
    "merge": _merge,
    "split": _split,
    "part": _part,
    "dissolve": _dissolve,
}
