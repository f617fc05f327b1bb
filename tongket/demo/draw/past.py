"""What an office completes in its register of former years: recognitions of the first weeks, badges already worn."""

from datetime import date
from random import Random

from tongket.core.dates import add_months
from tongket.demo.draw.honours import YEARS, award_round_code
from tongket.demo.draw.plain import START, District, Person, later
from tongket.rules.badges import award_days, award_round, mark_day, marks_in_force

_PROVINCE = "Ban Thường vụ Tỉnh ủy"


def recognitions(rng: Random, district: District) -> None:
    """Who was on probation when the register began became official by a decision of its first weeks."""
    for person in district.people.values():
        official = person.entry.get("official_on")
        if official is None or official <= START:
            continue
        person.entry["official_on"] = None
        if person.stays[-1].until <= official:
            continue
        district.add(
            "Biến động",
            member=person.code,
            kind="recognised",
            on=official,
            decision_number=f"{rng.randint(100, 999)}-QĐ/HU",
            decision_date=later(official, rng.randint(5, 40)),
            decision_body="Ban Thường vụ Huyện ủy",
        )


def badges(district: District) -> None:
    """The badges of before the drawn years: on the award day itself, also where the register began only later.

    Of those from before a member's time in the register only the highest is known; the lower ones went with it.
    """
    taken = {(row["member"], row["mark"]) for row in district.sheets["Huy hiệu Đảng"]}
    for person in district.people.values():
        for mark, day in _worn(person):
            if (person.code, mark) in taken:
                continue
            stay = person.stay(day) or person.stays[0]
            district.add(
                "Huy hiệu Đảng",
                member=person.code,
                organisation=stay.cell,
                mark=mark,
                awarded_on=day,
                round=award_round_code(day),
                decision_date=add_months(day, -1),
                decision_body=_PROVINCE,
            )


def _worn(person: Person) -> list[tuple[int, date]]:
    """Marks whose award day lay before the drawn years, oldest first; before the register began only the last."""
    since = person.party_age_from
    if since is None:
        return []
    first, last = person.stays[0].since, award_days(YEARS[0])[0]
    before: list[tuple[int, date]] = []
    within: list[tuple[int, date]] = []
    for mark in marks_in_force(last):
        reached = mark_day(since, mark)
        day = award_round(reached)
        if day < first:
            before.append((mark, day))
        elif day < last and person.stay(day):
            within.append((mark, day))
    return before[-1:] + within
