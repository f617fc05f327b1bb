"""The steps of a plan as plain values, and their form in JSON. What they mean is in `carry`."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from tongket.core.problems import Problem, Refused

StepKind = Literal["found", "rename", "move", "merge", "split", "part", "dissolve"]
RuleOf = Literal["people", "below"]

KINDS: tuple[str, ...] = get_args(StepKind)

#: What a rule may look at: code -> words. Of people the profile on the plan's day; of organisations below their own.
PEOPLE_FIELDS: Mapping[str, str] = {
    "address": "Thôn, khu phố (nơi thường trú hoặc tạm trú)",
    "workplace": "Tổ, đơn vị công tác, chức vụ",
}
BELOW_FIELDS: Mapping[str, str] = {"name": "Tên tổ chức", "sector": "Khối"}


@dataclass(frozen=True, slots=True)
class ShareRule:
    """Whose `field` has the words `text` goes to the organisation of code `to`."""

    of: RuleOf
    field: str
    text: str
    to: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step. Which fields it uses depends on its kind:

    found     `code`, `name`, `body` (kind of organisation), `sector`, `position`, `to` (above it; "" for a root)
    rename    `code`, and what changes of `name`, `body`, `sector`
    move      `codes` go under `to`
    merge     `codes` end and go on in `to`
    split     `code` ends; its people and organisations go to `into` by `people`, `below` (code -> code) or `rules`
    part      `code` goes on without those who go to `into`, by the same; whoever nothing names stays
    dissolve  `code` ends; what it still has goes to `to`, if given
    """

    kind: StepKind
    code: str = ""
    codes: tuple[str, ...] = ()
    to: str = ""
    into: tuple[str, ...] = ()
    name: str = ""
    body: str = ""
    sector: str = ""
    position: int = 0
    people: tuple[tuple[str, str], ...] = ()
    below: tuple[tuple[str, str], ...] = ()
    rules: tuple[ShareRule, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """Codes of the organisations that must be there already (or be founded by an earlier step)."""
        own = () if self.kind == "found" else (self.code,)
        return tuple(dict.fromkeys(code for code in (*own, *self.codes, self.to, *self.into) if code))

    @property
    def shares(self) -> bool:
        """Whether people and organisations have to be given a place by list or rule."""
        return self.kind in ("split", "part")

    @property
    def places(self) -> tuple[str, ...]:
        """Where they may go: the organisations that receive, and the one that goes on."""
        return (*self.into, self.code) if self.kind == "part" else self.into

    @property
    def ended(self) -> tuple[str, ...]:
        """Codes of the organisations that end by it."""
        if self.kind == "merge":
            return tuple(code for code in self.codes if code != self.to)
        return (self.code,) if self.kind in ("split", "dissolve") else ()


def to_plain(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """The steps as JSON keeps them; fields that say nothing are left out."""
    return [{name: value for name, value in asdict(step).items() if value} for step in steps]


def from_plain(rows: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The steps of a plan. Raises `Refused` for what is no step: a plan is never carried out by halves."""
    found = []
    for number, row in enumerate(rows):
        try:
            found.append(_step(row))
        except (KeyError, TypeError, ValueError):
            raise Refused(
                [
                    Problem(
                        "steps", f"Bước {number + 1} không đọc được. Xóa bước đó rồi lập lại.", index=number
                    )
                ]
            ) from None
    return tuple(found)


_NAMES = frozenset(field.name for field in fields(Step))


def _step(row: Mapping[str, Any]) -> Step:
    if row["kind"] not in KINDS or set(row) - _NAMES:
        raise ValueError(row["kind"])
    rules = tuple(_rule(rule) for rule in row.get("rules", ()))
    return Step(
        kind=row["kind"],
        code=str(row.get("code", "")),
        codes=tuple(str(code) for code in row.get("codes", ())),
        to=str(row.get("to", "")),
        into=tuple(str(code) for code in row.get("into", ())),
        name=str(row.get("name", "")),
        body=str(row.get("body", "")),
        sector=str(row.get("sector", "")),
        position=int(row.get("position", 0)),
        people=tuple((str(who), str(to)) for who, to in row.get("people", ())),
        below=tuple((str(who), str(to)) for who, to in row.get("below", ())),
        rules=rules,
    )


def _rule(row: Mapping[str, Any]) -> ShareRule:
    of: RuleOf = "below" if row["of"] == "below" else "people"
    if row["field"] not in (BELOW_FIELDS if of == "below" else PEOPLE_FIELDS):
        raise ValueError(row["field"])
    return ShareRule(of, str(row["field"]), str(row["text"]), str(row["to"]))
