"""Two lists of people held against each other, field by field. No database is asked here."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tongket.core.text import fold
from tongket.intake.reconcile import fields
from tongket.intake.reconcile.ours import Ours
from tongket.intake.reconcile.theirs import Export, Theirs
from tongket.matching.judge import Candidate, Match, Register, match_row

_THREE_SIGNS = 100  # name 40, birth 40, day of admission 20 (`matching.evidence`)


@dataclass(frozen=True, slots=True)
class Line:
    """One difference, before it is kept. `member` is ours (None: nobody); `value` theirs as the register takes it."""

    kind: str
    name: str
    member: int | None = None
    field: str = ""
    ours: str = ""
    theirs: str = ""
    value: Any = None
    place: str = ""
    person: str = ""
    cell: int | None = None
    reasons: tuple[str, ...] = ()
    candidates: tuple[int, ...] = ()
    theirs_mark: str = ""
    ours_mark: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of it: the lines, and how many people (`counts`) are the same, differ, or are known to one side."""

    lines: tuple[Line, ...]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Whose row is whose: `sure` rows with the key of ours, `doubtful` with candidates and reasons, `unknown` rows."""

    sure: tuple[tuple[Theirs, int], ...]
    doubtful: tuple[tuple[Theirs, tuple[int, ...], tuple[str, ...]], ...]
    unknown: tuple[Theirs, ...]


def pair(rows: Sequence[Theirs], ours: Mapping[int, Ours], told: Mapping[str, str] | None = None) -> Pairing:
    """Find whose each row is. Our own code is sure where the name agrees; else `matching` judges.

    `told`: the codes of people whom a clerk pointed out before, by `Theirs.sign`; asked only where it is doubtful.

    Two rows of one person are both doubtful: which of them is right, nobody but a clerk knows.
    """
    register = Register(one.person for one in ours.values())
    by_code = {one.member.code: key for key, one in ours.items()}
    found: list[tuple[Theirs, int]] = []
    doubtful: list[tuple[Theirs, tuple[int, ...], tuple[str, ...]]] = []
    unknown: list[Theirs] = []
    for row in rows:
        key = by_code.get(row.code)
        if key is not None and ours[key].person.folded == row.person.folded:
            found.append((row, key))
            continue
        match = match_row(row.person, register)
        candidates = tuple(c.person.key for c in match.candidates)
        if key is not None and key not in candidates:
            # Not by name: who opens the comparison later may not know of that person.
            said = f"Mã {row.code} trong sổ là của người khác tên."
            doubtful.append((row, (key, *candidates), (said, *match.reasons)))
        elif (who := _whose(match)) is not None:
            found.append((row, who))
        elif (pointed := by_code.get((told or {}).get(row.sign, ""))) in candidates and pointed is not None:
            found.append((row, pointed))
        elif match.outcome == "doubtful":
            doubtful.append((row, candidates, match.reasons))
        else:
            unknown.append(row)
    times = Counter(key for _, key in found)
    for row, key in found:
        if times[key] > 1:
            doubtful.append((row, (key,), (f"Có {times[key]} dòng của bản xuất khớp với cùng một người.",)))
    sure = tuple((row, key) for row, key in found if times[key] == 1)
    return Pairing(sure, tuple(sorted(doubtful, key=lambda d: d[0].number)), tuple(unknown))


def _whose(match: Match) -> int | None:
    """The one person a row is told of. A list that differs in a number or in the birth is still of the same person.

    An import asks before it writes to somebody whose birth or CCCD differs; here that difference is what is looked
    for. So a number and one sign more (the other number, the name, the birth) are enough when nobody else has them;
    so are name, birth and day of admission together, when nothing speaks against.
    """
    if match.key is not None:
        return int(match.key)
    close = [c for c in match.candidates if _close(c)]
    return int(close[0].person.key) if len(close) == 1 else None


def _close(candidate: Candidate) -> bool:
    judgement = candidate.judgement
    speaking = {e.field for e in judgement.evidence if e.bearing == "for"}
    if speaking & {"national_id", "card_number"}:
        return len(speaking & {"national_id", "card_number", "full_name", "birth_date"}) > 1
    against = any(e.bearing == "against" for e in judgement.evidence)
    return not against and judgement.points >= _THREE_SIGNS


def compare(
    export: Export,
    ours: Mapping[int, Ours],
    home: Collection[int],
    told: Mapping[str, str] | None = None,
) -> Comparison:
    """Hold an export against the register.

    `ours` are all people that may be told of, by key; `home` those whom the export ought to have: of the others only
    what the export says is compared.
    """
    pairing = pair(export.rows, ours, told)
    lines: list[Line] = []
    counts: Counter[str] = Counter(rows=len(export.rows), register=len(home))
    for row, key in pairing.sure:
        found = list(_fields(row, ours[key], export.fields))
        lines += found
        counts["differing" if found else "same"] += 1
    seen = {key for _, key in pairing.sure}
    for row, candidates, reasons in pairing.doubtful:
        lines.append(_whole("doubtful", row, reasons=reasons, candidates=candidates))
        seen.update(candidates)
    lines += [_whole("theirs_only", row) for row in pairing.unknown]
    missing = [key for key in home if key not in seen]
    lines += [_missing(ours[key]) for key in missing]
    counts |= Counter(
        doubtful=len(pairing.doubtful), theirs_only=len(pairing.unknown), ours_only=len(missing)
    )
    return Comparison(tuple(lines), dict(counts))


def _fields(row: Theirs, own: Ours, names: Sequence[str]) -> Iterator[Line]:
    for name in names:
        theirs, mine = row.values.get(name), own.values.get(name)
        if name in row.unread:
            yield _line("unread", name, own, row, mine, None, row.unread[name])
        elif fields.blank(theirs) and fields.blank(mine):
            continue
        elif fields.blank(theirs):
            yield _line("theirs_blank", name, own, row, mine, None)
        elif fields.blank(mine):
            yield _line("ours_blank", name, own, row, mine, theirs)
        elif not fields.same(name, mine, theirs):
            near = fields.alike(fields.written(name, mine), fields.written(name, theirs))
            yield _line("spelling" if near else "differs", name, own, row, mine, theirs)


def _line(kind: str, name: str, own: Ours, row: Theirs, mine: Any, theirs: Any, text: str = "") -> Line:
    ours, said = fields.written(name, mine), text or fields.written(name, theirs)
    return Line(
        kind,
        own.member.full_name,
        own.member.pk,
        name,
        ours,
        said,
        fields.stored(name, theirs),
        row.place,
        cell=own.member.organisation_id,
        theirs_mark=fields.mark(kind == "unread", said),
        ours_mark=fields.mark(ours),
    )


def texts_of(row: Theirs) -> dict[str, str]:
    """All that a row says, as texts that the import reads again."""
    return {name: fields.written(name, value) for name, value in row.values.items()} | dict(row.unread)


def _whole(
    kind: str, row: Theirs, *, reasons: tuple[str, ...] = (), candidates: tuple[int, ...] = ()
) -> Line:
    said, who = texts_of(row), row.person
    key = who.national_id or who.cards or (who.folded, who.birth_date)
    shown = (said.get(name, "") for name in ("birth_date", "card_number", fields.ORGANISATION))
    return Line(
        kind,
        row.name,
        theirs=" · ".join(text for text in shown if text),
        value=said,
        place=row.place,
        person=fields.mark("person", key),
        cell=who.organisation,
        reasons=reasons,
        candidates=candidates,
        theirs_mark=fields.mark(*sorted(said.items())),
        ours_mark=fields.mark(*candidates),
    )


def _missing(own: Ours) -> Line:
    member = own.member
    shown = (fields.written(name, own.values[name]) for name in ("birth_date", "card_number"))
    cell = own.values[fields.ORGANISATION]
    said = [*shown, cell.text if cell else ""]
    return Line(
        "ours_only",
        member.full_name,
        member.pk,
        ours=" · ".join(text for text in said if text),
        cell=member.organisation_id,
        theirs_mark=fields.mark("missing"),
        ours_mark=fields.mark(member.pk),
    )


def folded_name(line: Line) -> str:
    """The key by which a line is searched."""
    return fold(line.name)[:150]
