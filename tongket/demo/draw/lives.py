"""Ten years of members' lives, year by year: who joins, moves, falls ill, dies, is struck off, comes back.

How many of each in a year is drawn once, so the number on the opening list follows from the number wanted at the end;
plain counting over the finished lives (`generate.py`) says whether it came out.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from tongket.core.dates import add_months
from tongket.demo.draw.opening import birth_before, known_before, opening
from tongket.demo.draw.plain import (
    END,
    FIRST_YEAR,
    LAST_YEAR,
    NEVER,
    START,
    District,
    Person,
    Stay,
    Unit,
    day_in,
    later,
)
from tongket.demo.draw.profiles import Register
from tongket.demo.draw.tree import handed_over

SHEET = "Biến động"
WANTED_TOTAL = 3724
ADMITTED = {
    2014: 131,
    2015: 124,
    2016: 118,
    2017: 112,
    2018: 108,
    2019: 103,
    2020: 96,
    2021: 79,
    2022: 83,
    2023: 88,
}
_READMITTED = {2018: 1, 2021: 1}  # among the admissions of the year
_RESTORED = {2019: 1}
_BODY = "Ban Thường vụ Huyện ủy"
_PROVINCES = (
    "Đảng bộ tỉnh Bình Dương",
    "Đảng bộ thành phố Đà Nẵng",
    "Đảng bộ tỉnh Đắk Lắk",
    "Đảng bộ tỉnh Quảng Ngãi",
)
_DISTRICTS = (
    "Đảng bộ huyện Thăng Bình",
    "Đảng bộ huyện Duy Xuyên",
    "Đảng bộ thành phố Tam Kỳ",
    "Đảng bộ huyện Nông Sơn",
)


@dataclass
class Plan:
    """How many of each event a year has."""

    admitted: int
    moved_in: int
    died: int
    moved_out: int
    struck_off: int
    expelled: int
    left: int
    transferred: int
    exempted: int
    readmitted: int = 0
    restored: int = 0

    @property
    def net(self) -> int:
        """What the year adds to the list."""
        gone = self.died + self.moved_out + self.struck_off + self.expelled + self.left
        return self.admitted + self.readmitted + self.restored + self.moved_in - gone


@dataclass
class _Year:
    """What of a year is already spoken for."""

    year: int
    frozen: set[str]
    busy: set[str] = field(default_factory=set)


def live(rng: Random, district: District) -> None:
    """Draw the opening list and every event up to the end."""
    plans = {year: _plan(rng, year) for year in range(FIRST_YEAR, LAST_YEAR + 1)}
    register = Register(rng, district)
    opening(rng, district, register, WANTED_TOTAL - sum(plan.net for plan in plans.values()))
    ends = handed_over(district)
    for year, plan in plans.items():
        frozen = {c for day, old, heirs in ends if day.year == year for c in (old, *heirs)}
        _pass_year(rng, district, register, _Year(year, frozen), plan)
        for day, old, heirs in ends:
            if day.year == year:
                _hand_over(rng, district, day, old, heirs)


def _plan(rng: Random, year: int) -> Plan:
    back, again = _READMITTED.get(year, 0), _RESTORED.get(year, 0)
    return Plan(
        admitted=ADMITTED[year] - back,
        moved_in=rng.randint(46, 62),
        died=rng.randint(38, 52),
        moved_out=rng.randint(42, 58),
        struck_off=rng.randint(4, 8),
        expelled=rng.randint(1, 2),
        left=rng.randint(1, 3),
        transferred=rng.randint(48, 66),
        exempted=rng.randint(26, 36),
        readmitted=back,
        restored=again,
    )


# --- a year -----------------------------------------------------------------------------------------------


def _pass_year(rng: Random, district: District, register: Register, state: _Year, plan: Plan) -> None:
    _recognise(rng, district, state)
    _leave(rng, district, state, "died", plan.died, lambda p: 1.09 ** (p.age(date(state.year, 1, 1)) - 60))
    young: Callable[[Person], float] = lambda p: 1.0 if p.age(date(state.year, 1, 1)) < 58 else 0.02  # noqa: E731
    _leave(rng, district, state, "moved_out", plan.moved_out, young)
    _leave(rng, district, state, "struck_off", plan.struck_off, young)
    _leave(rng, district, state, "expelled", plan.expelled, young)
    _leave(rng, district, state, "left", plan.left, lambda p: 1.0)
    _transfer(rng, district, state, plan.transferred)
    _exempt(rng, district, state, plan.exempted)
    _suspend(rng, district, state)
    for _ in range(plan.admitted):
        _admit(rng, district, register, state)
    for _ in range(plan.moved_in):
        _move_in(rng, district, register, state)
    _return(rng, district, state, plan)


def _recognise(rng: Random, district: District, state: _Year) -> None:
    """The twelve months of probation end; the day does not move when the meeting comes late."""
    for person in district.people.values():
        if person.official or person.ceremony is None or not person.stays or person.stays[-1].until != NEVER:
            continue
        day = add_months(person.ceremony, 12)
        if day.year == state.year and day <= END:
            person.official = day
            state.busy.add(person.code)
            paper = later(day, rng.randint(5, 40))
            _event(
                district,
                person,
                "recognised",
                on=day,
                decision_number=f"{rng.randint(100, 999)}-QĐ/HU",
                decision_date=paper,
                decision_body=_BODY,
            )


def _event(district: District, person: Person, kind: str, **fields: Any) -> None:
    row = {"member": person.code, "kind": kind, **fields}
    person.events.append(row)
    district.add(SHEET, **row)


def _pick(
    rng: Random, district: District, state: _Year, count: int, weight: Callable[[Person], float]
) -> list[tuple[Person, Stay]]:
    """Official members with nothing else to come this year, drawn by weight without repetition."""
    first = date(state.year, 1, 1)
    pool = [
        (rng.random() ** (1 / weight(person)), person, stay)
        for person, stay in district.present(first)
        if person.code not in state.busy
        and stay.cell not in state.frozen
        and person.is_official(first)
        and weight(person) > 0
    ]
    pool.sort(key=lambda entry: entry[0], reverse=True)
    if len(pool) < count:
        raise RuntimeError(f"{state.year}: only {len(pool)} members to choose {count} from")
    chosen = [(person, stay) for _, person, stay in pool[:count]]
    state.busy.update(person.code for person, _ in chosen)
    return chosen


def _leave(
    rng: Random, district: District, state: _Year, kind: str, count: int, weight: Callable[[Person], float]
) -> None:
    for person, stay in _pick(rng, district, state, count, weight):
        day = day_in(rng, state.year, 1, 12 if kind in ("died", "moved_out") else 11)
        stay.until, person.ended_by = day, kind
        _close_exemption(person, day)
        fields: dict[str, Any] = {"on": day}
        if kind == "moved_out":
            fields |= _elsewhere(rng)
        elif kind != "died":
            fields |= {
                "decision_number": f"{rng.randint(100, 999)}-QĐ/HU",
                "decision_date": day,
                "decision_body": _BODY,
            }
        _event(district, person, kind, **fields)


def _close_exemption(person: Person, day: date) -> None:
    person.exempt = [(since, min(until, day)) for since, until in person.exempt]


def _elsewhere(rng: Random) -> dict[str, Any]:
    if rng.random() < 0.45:
        return {"elsewhere": "other_province", "other_body": rng.choice(_PROVINCES)}
    return {"elsewhere": "other_district", "other_body": rng.choice(_DISTRICTS)}


def _transfer(rng: Random, district: District, state: _Year, count: int) -> None:
    last = date(state.year, 12, 31)
    open_cells = _settled(district, state)
    # A newly founded grassroots cell needs its first members at once.
    new = [
        u
        for u in district.units.values()
        if u.holds_members
        and u.founded.year == state.year
        and u.code not in state.frozen
        and u.founded != START
    ]
    chosen = _pick(
        rng, district, state, count + 6 * len(new), lambda p: 1.0 if 22 < p.age(last) < 56 else 0.05
    )
    founders = [unit for unit in new for _ in range(6)]
    for (person, stay), unit in zip(chosen, founders + [None] * count, strict=True):
        target = unit or rng.choice(open_cells)
        while target.code == stay.cell:
            target = rng.choice(open_cells)
        day = unit.founded if unit else day_in(rng, state.year)
        _move(district, person, stay, day, target.code)


def _move(district: District, person: Person, stay: Stay, day: date, cell: str, **fields: Any) -> None:
    stay.until = day
    person.stays.append(Stay(cell, day))
    _event(district, person, "transferred", on=day, organisation=cell, **fields)


def _exempt(rng: Random, district: District, state: _Year, count: int) -> None:
    first = date(state.year, 1, 1)
    for person, _ in _pick(
        rng, district, state, count, lambda p: 0.0 if p.is_exempt(first) else 1.15 ** (p.age(first) - 70)
    ):
        day = day_in(rng, state.year)
        person.exempt.append((day, NEVER))
        _event(district, person, "exempted", on=day, reason="tuổi cao, sức khỏe yếu")
    recovered = _pick(
        rng, district, state, min(2, state.year - FIRST_YEAR), lambda p: 1.0 if p.is_exempt(first) else 0.0
    )
    for person, _ in recovered:
        day = day_in(rng, state.year)
        person.exempt[-1] = (person.exempt[-1][0], day)
        _event(district, person, "exemption_ended", on=day)


def _suspend(rng: Random, district: District, state: _Year) -> None:
    ((person, _),) = _pick(rng, district, state, 1, lambda p: 1.0 if p.age(END) < 70 else 0.0)
    day = day_in(rng, state.year, 2, 8)
    _event(district, person, "suspended", on=day, reason="phục vụ xác minh")
    _event(district, person, "suspension_ended", on=later(day, 62))


def _settled(district: District, state: _Year) -> list[Unit]:
    """Cells that live through the whole year, with no reorganisation in it."""
    first, last = date(state.year, 1, 1), date(state.year, 12, 31)
    return [u for u in district.cells(last) if u.alive(first) and u.code not in state.frozen]


def _home(rng: Random, district: District, state: _Year) -> Unit:
    cells = _settled(district, state)
    return rng.choices(cells, [0.6 if u.trade == "village" else 1.0 for u in cells])[0]


def _admit(rng: Random, district: District, register: Register, state: _Year) -> None:
    unit = _home(rng, district, state)
    decided = day_in(rng, state.year, 1, 12)
    birth = date(
        state.year - min(55, max(19, round(rng.gauss(30, 6)))), rng.randint(1, 12), rng.randint(1, 28)
    )
    person = register.person(unit, birth, 0.55 if unit.trade in ("school", "health") else 0.42)
    person.admitted = person.party_age_from = decided
    person.ceremony = later(decided, rng.randint(8, 28))
    person.stays.append(Stay(unit.code, decided))
    state.busy.add(person.code)
    _event(
        district,
        person,
        "admitted",
        organisation=unit.code,
        ceremony_on=person.ceremony,
        decision_date=decided,
        decision_number=f"{rng.randint(100, 999)}-QĐ/HU",
        decision_body=_BODY,
        village_head=True if unit.trade == "village" and rng.random() < 0.1 else None,
    )


def _move_in(rng: Random, district: District, register: Register, state: _Year) -> None:
    unit = _home(rng, district, state)
    admitted = day_in(rng, rng.randint(state.year - 25, state.year - 2))
    person = register.person(unit, birth_before(rng, admitted), 0.35)
    known_before(rng, person, admitted)
    day = day_in(rng, state.year)
    person.stays.append(Stay(unit.code, day))
    _event(
        district,
        person,
        "moved_in",
        on=day,
        organisation=unit.code,
        first_admitted_on=person.admitted,
        official_on=person.official,
        **_elsewhere(rng),
    )


def _return(rng: Random, district: District, state: _Year, plan: Plan) -> None:
    """Re-admission three years or more after, and a restoration of someone wrongly expelled."""
    gone: list[Person] = [p for p in district.people.values() if p.stays[-1].until.year <= state.year - 4]
    struck = [p for p in gone if p.ended_by == "struck_off" and p.age(date(state.year, 1, 1)) < 55]
    for person in rng.sample(struck, plan.readmitted):
        cell = _alive_cell(district, person, state)
        decided = day_in(rng, state.year, 3, 10)
        out = person.stays[-1].until
        person.party_age_from = later(person.party_age_from or out, (decided - out).days)
        person.ceremony, person.official, person.ended_by = later(decided, 14), None, ""
        person.stays.append(Stay(cell, decided))
        _event(
            district,
            person,
            "readmitted",
            organisation=cell,
            ceremony_on=person.ceremony,
            decision_date=decided,
            decision_number=f"{rng.randint(100, 999)}-QĐ/HU",
            decision_body=_BODY,
        )
    expelled = [p for p in gone if p.ended_by == "expelled"]
    for person in rng.sample(expelled, plan.restored):
        cell, day = _alive_cell(district, person, state), day_in(rng, state.year, 4, 9)
        person.ended_by = ""
        person.stays.append(Stay(cell, day))
        _event(
            district,
            person,
            "restored",
            on=day,
            organisation=cell,
            reason="kết luận giải quyết khiếu nại",
            decision_number="88-QĐ/TU",
            decision_date=day,
            decision_body="Ban Thường vụ Tỉnh ủy",
        )


def _alive_cell(district: District, person: Person, state: _Year) -> str:
    unit = district.units[person.stays[-1].cell]
    heirs: Iterable[str] = next((h for _, old, h in handed_over(district) if old == unit.code), (unit.code,))
    return next(iter(heirs))


def _hand_over(rng: Random, district: District, day: date, old: str, heirs: tuple[str, ...]) -> None:
    """Whoever stands in a cell that ends moves to its successor on that day."""
    leaving = [(person, stay) for person, stay in district.present(day) if stay.cell == old]
    for number, (person, stay) in enumerate(leaving):
        _move(district, person, stay, day, heirs[number % len(heirs)], reason="sắp xếp tổ chức")
