"""Badges by Party age from the register, ratings of five years, discipline and commendations that follow from them."""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import Any

from tongket.core.dates import add_months, add_years
from tongket.demo.draw.plain import END, START, District, Person, Unit, day_in
from tongket.rules.badges import award_days, mark_day, marks_in_force

YEARS = tuple(range(2019, 2024))
BADGES_2023 = 158
_EARLY, _POSTHUMOUS = 3, 2
_ROUNDS = {(2, 3): "0302", (5, 19): "1905", (9, 2): "0209", (11, 7): "0711"}
# year: excellent, completed (of the grassroots organisations; the rest are good)
_ORGANISATIONS = {2019: (9, 3), 2020: (9, 2), 2021: (10, 3), 2022: (10, 2), 2023: (10, 1)}
# year: shares of excellent, completed and failed among members rated
_MEMBERS = {
    2019: (0.158, 0.078, 0.011),
    2020: (0.163, 0.074, 0.009),
    2021: (0.166, 0.071, 0.010),
    2022: (0.170, 0.066, 0.008),
    2023: (0.1752, 0.0575, 0.0075),
}
_COMMENDED = {2019: (38, 35), 2020: (40, 34), 2021: (37, 33), 2022: (41, 36), 2023: (43, 38)}
_FORMS = ("reprimand",) * 7 + ("warning",) * 3
_GROUNDS = ("duty", "conduct", "population", "finance", "law", "principles")

Award = tuple[date, Person, int, dict[str, Any]]


def award_round_code(day: date) -> str:
    """The code of the award day in the list of rounds."""
    return _ROUNDS[day.month, day.day]


# --- badges -----------------------------------------------------------------------------------------------


def badges(rng: Random, district: District) -> None:
    """Give what is due on the four award days of five years; some early for the gravely ill, some after death."""
    taken: set[tuple[str, int]] = set()
    number = 0
    for year in YEARS:
        rows = _special(rng, district, year, taken)
        taken |= {(person.code, mark) for _, person, mark, _ in rows}
        if year == YEARS[-1]:
            _settle(district, BADGES_2023 - len(rows), taken)
        rows += [(day, person, mark, {}) for day, person, mark in _due_in(district, year, taken)]
        taken |= {(person.code, mark) for _, person, mark, _ in rows}
        for day, person, mark, extra in sorted(rows, key=lambda row: (row[0], row[1].code)):
            number += 1
            stay = person.stay(day) or person.stays[-1]
            district.add(
                "Huy hiệu Đảng",
                member=person.code,
                organisation=stay.cell,
                mark=mark,
                awarded_on=day,
                round=_ROUNDS[day.month, day.day],
                number=f"{number:06d}",
                decision_number=f"{600 + number % 300}-QĐ/TU",
                decision_date=add_months(day, -1),
                decision_body="Ban Thường vụ Tỉnh ủy",
                **extra,
            )


def _due_in(district: District, year: int, taken: set[tuple[str, int]]) -> list[tuple[date, Person, int]]:
    return [
        (day, person, mark)
        for day in award_days(year)
        for person, mark in due(district, day)
        if (person.code, mark) not in taken
    ]


def due(district: District, day: date) -> list[tuple[Person, int]]:
    """Who stands on the list on an award day and reached a mark since the award day before."""
    before = max(d for year in (day.year - 1, day.year) for d in award_days(year) if d < day)
    marks = set(marks_in_force(day))
    found = []
    for person, _ in district.present(day):
        since = person.party_age_from
        if since is None:
            continue
        for mark in {day.year - since.year, before.year - since.year} & marks:
            if before < mark_day(since, mark) <= day:
                found.append((person, mark))
    return found


def _settle(district: District, wanted: int, taken: set[tuple[str, int]]) -> None:
    """Move admission days on the opening list by a year until exactly so many badges fall due in the last year.

    Only marks of 30 and 40 years are touched: those people reached no other mark in the years before.
    """
    year = YEARS[-1]
    now = len(_due_in(district, year, taken))
    towards, source = (1, year) if now > wanted else (-1, year + 1)
    years = (source - 30, source - 40)
    codes_of_taken = {code for code, _ in taken}
    for person in district.people.values():
        if now == wanted:
            break
        admitted = person.admitted
        free = person.entry and person.stay(END) and person.code not in codes_of_taken
        if free and admitted and admitted.year in years and admitted.month <= 10:
            _shift(person, towards)
            now = len(_due_in(district, year, taken))
    if now != wanted:
        raise RuntimeError(f"{now} badges fall due in {year}, {wanted} wanted")


def _shift(person: Person, years: int) -> None:
    if not (person.admitted and person.ceremony and person.official):
        return
    person.admitted = person.party_age_from = add_years(person.admitted, years)
    person.ceremony = add_years(person.ceremony, years)
    person.official = add_years(person.official, years)
    person.entry["first_admitted_on"], person.entry["official_on"] = person.admitted, person.official


def _special(rng: Random, district: District, year: int, taken: set[tuple[str, int]]) -> list[Award]:
    """Early for illness (up to twelve months), and to those who died within twelve months of a mark."""
    ill, died = list(_ill(district, year, taken)), list(_died(district, year, taken))
    return [*rng.sample(ill, min(_EARLY, len(ill))), *rng.sample(died, min(_POSTHUMOUS, len(died)))]


def _ill(district: District, year: int, taken: set[tuple[str, int]]) -> Iterator[Award]:
    day, last = award_days(year)[1], award_days(year)[-1]
    for person, _ in district.present(day):
        since = person.party_age_from
        marks = [
            m
            for m in marks_in_force(day)
            if m >= 40 and since and last < mark_day(since, m) <= add_months(day, 11)
        ]
        if marks and (person.code, marks[0]) not in taken:
            yield day, person, marks[0], {"early": True}


def _died(district: District, year: int, taken: set[tuple[str, int]]) -> Iterator[Award]:
    days = award_days(year)
    for person in district.people.values():
        since, last = person.party_age_from, person.stays[-1].until
        if person.ended_by != "died" or since is None or not date(year, 1, 1) <= last < days[-1]:
            continue
        day = next(d for d in days if d > last)
        marks = [m for m in marks_in_force(day) if last < mark_day(since, m) <= add_months(last, 11)]
        if (
            marks
            and (person.code, marks[0]) not in taken
            and district.units[person.stays[-1].cell].alive(day)
        ):
            yield day, person, marks[0], {"posthumous": True}


# --- ratings ----------------------------------------------------------------------------------------------


def ratings(rng: Random, district: District) -> None:
    """Rate organisations and members at the end of five years."""
    for year in YEARS:
        _rate_organisations(rng, district, year)
        _rate_members(rng, district, year)


def _rate_organisations(rng: Random, district: District, year: int) -> None:
    last = date(year, 12, 31)
    grassroots = district.grassroots(last)
    excellent, completed = _ORGANISATIONS[year]
    drawn = rng.sample(grassroots, excellent + completed)
    best, worst = {u.code for u in drawn[:excellent]}, {u.code for u in drawn[excellent:]}
    for unit in grassroots:
        level = "excellent" if unit.code in best else "completed" if unit.code in worst else "good"
        _rated(district, unit, year, level, "Ban Thường vụ Huyện ủy", f"{900 + year % 100}-QĐ/HU", 22)
    for body in (u for u in grassroots if not u.holds_members):
        cells = [u for u in district.cells(last) if district.parent_on(u.code, last) == body.code]
        best = {u.code for u in rng.sample(cells, max(1, len(cells) // 6))}
        rest = [u.code for u in cells if u.code not in best]
        weak = {code for code in rest if rng.random() < 0.05}
        for unit in cells:
            level = "excellent" if unit.code in best else "completed" if unit.code in weak else "good"
            _rated(district, unit, year, level, "Đảng ủy", f"{50 + unit.position}-QĐ/ĐU", 12)


def _rated(district: District, unit: Unit, year: int, level: str, body: str, number: str, day: int) -> None:
    district.add(
        "Xếp loại tổ chức",
        organisation=unit.code,
        period=str(year),
        level=level,
        decision_number=number,
        decision_date=date(year, 12, day),
        decision_body=body,
    )


def _rate_members(rng: Random, district: District, year: int) -> None:
    last = date(year, 12, 31)
    disciplined = {
        row["member"]
        for row in district.sheets.get("Kỷ luật đảng viên", ())
        if row["decided_on"].year == year
    }
    rated: list[tuple[Person, str]] = []
    for person, stay in district.present(last):
        reason = _not_rated(person, last)
        if reason:
            _rate_member(district, person, stay.cell, year, "not_rated", reason)
        else:
            rated.append((person, stay.cell))
    excellent, completed, failed = (round(share * len(rated)) for share in _MEMBERS[year])
    levels = dict.fromkeys((p.code for p, _ in rated), "good")
    in_trouble = [p.code for p, _ in rated if p.code in disciplined]
    clean = [(p, cell) for p, cell in rated if p.code not in disciplined]
    for code in in_trouble:
        levels[code] = "failed"
    rest = [p.code for p, _ in clean]
    for code in _best(rng, district, clean, last, excellent):
        levels[code] = "excellent"
        rest.remove(code)
    weak = rng.sample(rest, completed + failed - len(in_trouble))
    for number, code in enumerate(weak):
        levels[code] = "completed" if number < completed else "failed"
    for person, cell in rated:
        _rate_member(district, person, cell, year, levels[person.code])


def _not_rated(person: Person, last: date) -> str:
    if person.is_exempt(last):
        return "exempt"
    recent = person.admitted is not None and add_months(person.stays[-1].since, 6) > last
    return "under_six_months" if recent and not person.is_official(last) and person.events else ""


def _best(
    rng: Random, district: District, rated: Sequence[tuple[Person, str]], last: date, count: int
) -> list[str]:
    """The excellent ones, at most a fifth in each grassroots organisation."""
    groups: dict[str, list[str]] = {}
    for person, cell in rated:
        groups.setdefault(district.grassroots_of(cell, last), []).append(person.code)
    chosen, waiting = [], []
    for members in groups.values():
        most = int(len(members) * 0.185)
        drawn = rng.sample(members, most)
        chosen += drawn
        waiting += rng.sample([m for m in members if m not in drawn], max(0, int(len(members) * 0.2) - most))
    rng.shuffle(chosen)
    rng.shuffle(waiting)
    return (chosen + waiting)[:count]


def _rate_member(
    district: District, person: Person, cell: str, year: int, level: str, reason: str = ""
) -> None:
    district.add(
        "Xếp loại đảng viên",
        member=person.code,
        organisation=cell,
        period=str(year),
        level=level,
        reason=reason or None,
        decision_date=date(year, 12, 8),
    )


# --- discipline -------------------------------------------------------------------------------------------


def discipline(rng: Random, district: District) -> None:
    """Cases of ten years: every expulsion on the list, and milder forms beside."""
    for person in district.people.values():
        for event in person.events:
            if event["kind"] == "expelled":
                stay = next(s for s in person.stays if s.until == event["on"])
                _case(
                    district,
                    person,
                    stay.cell,
                    "expulsion",
                    event["on"],
                    rng.choice(("law", "corruption", "conduct")),
                )
    for year in range(START.year, END.year + 1):
        pool = [
            (person, stay)
            for person, stay in district.present(date(year, 1, 1))
            if stay.until > date(year + 1, 1, 1)
            and person.is_official(date(year, 1, 1))
            and person.age(END) < 75
        ]
        for person, stay in rng.sample(pool, rng.randint(6, 11)):
            form, ground = rng.choice(_FORMS), rng.choice(_GROUNDS)
            _case(district, person, stay.cell, form, day_in(rng, year, 2, 11), ground)
        if year % 2 == 0 or year == END.year:
            cell = rng.choice([u for u in district.cells(date(year, 12, 31)) if u.founded == START])
            district.add(
                "Kỷ luật tổ chức",
                organisation=cell.code,
                form="reprimand",
                decided_on=day_in(rng, year, 4, 10),
                ground="duty",
                decision_number=f"{rng.randint(10, 99)}-QĐ/UBKTHU",
                decision_body="Ủy ban Kiểm tra Huyện ủy",
            )


def _case(district: District, person: Person, cell: str, form: str, on: date, ground: str) -> None:
    leads = any(
        row["member"] == person.code and row["valid_from"] <= on <= (row["valid_to"] or END)
        for row in district.sheets["Cấp ủy"]
    )
    district.add(
        "Kỷ luật đảng viên",
        member=person.code,
        organisation=cell,
        form=form,
        decided_on=on,
        ground=ground,
        committee_member=leads or None,
        decision_number=f"{on.month * 30 + on.day}-QĐ/UBKTHU",
        decision_body="Ủy ban Kiểm tra Huyện ủy",
    )


# --- commendations ----------------------------------------------------------------------------------------


def commendations(rng: Random, district: District) -> None:
    """The district commends at its year-end conference, from those rated excellent."""
    for year, (collectives, individuals) in _COMMENDED.items():
        rated = [
            r
            for r in district.sheets["Xếp loại tổ chức"]
            if r["period"] == str(year) and r["level"] == "excellent"
        ]
        first = [r["organisation"] for r in rated if district.units[r["organisation"]].is_grassroots]
        cells = [r["organisation"] for r in rated if not district.units[r["organisation"]].is_grassroots]
        for code in [*first, *rng.sample(cells, collectives - len(first))]:
            _commend(district, year, organisation=code, recipient_kind="collective")
        people = [
            r
            for r in district.sheets["Xếp loại đảng viên"]
            if r["period"] == str(year) and r["level"] == "excellent"
        ]
        for row in rng.sample(people, individuals):
            _commend(
                district,
                year,
                organisation=row["organisation"],
                recipient_kind="individual",
                member=row["member"],
            )


def _commend(district: District, year: int, **row: Any) -> None:
    district.add(
        "Khen thưởng",
        **row,
        form="certificate",
        giver="district",
        period=str(year),
        decided_on=date(year, 12, 28),
        reason=f"Hoàn thành xuất sắc nhiệm vụ công tác xây dựng Đảng năm {year}",
        decision_number=f"{1500 + year % 100}-QĐ/HU",
        decision_body="Ban Thường vụ Huyện ủy",
    )
