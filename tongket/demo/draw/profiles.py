"""Who the made-up people are: profiles by trade and age, changes in the course of life, and a few gaps."""

from datetime import date
from random import Random
from typing import Any

from tongket.core.dates import add_years
from tongket.demo.draw.names import COMMUNES, person_name
from tongket.demo.draw.plain import END, START, District, Fields, Person, Unit

_GAP_FIELDS = (
    "national_id",
    "religion",
    "home_town",
    "schooling",
    "theory",
    "permanent_address",
    "occupation",
    "education",
)
_GAPS = 0.03
_TRADES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # trade: occupations, education levels to draw from
    "village": (
        ("farmer", "farmer", "farmer", "village_worker", "nonpublic_employee", "other"),
        ("none", "none", "elementary", "intermediate", "college"),
    ),
    "commune": (("commune_official",), ("intermediate", "university", "university", "university")),
    "school": (("public_employee",), ("college", "university", "university", "university", "master")),
    "health": (("public_employee",), ("intermediate", "college", "university", "university")),
    "agency": (("state_official",), ("university", "university", "university", "master", "college")),
    "party": (("party_official",), ("university", "university", "master")),
    "police": (("armed_forces",), ("intermediate", "university", "university")),
    "army": (("armed_forces",), ("intermediate", "university")),
    "enterprise": (
        ("worker", "enterprise_staff", "enterprise_staff", "enterprise_manager"),
        ("elementary", "intermediate", "college", "university"),
    ),
}
_EDUCATION = ("none", "elementary", "intermediate", "college", "university", "master", "doctor")
_THEORY = ("none", "elementary", "intermediate", "advanced")
_PLACES = {"xã": COMMUNES[2:], "thị trấn": COMMUNES[:1]}


class Register:
    """Gives out member codes, identity numbers and cards, each once."""

    def __init__(self, rng: Random, district: District) -> None:
        self.rng, self.district = rng, district
        self._serials: dict[tuple[int, int], int] = {}
        self._cards = 0

    def person(self, unit: Unit, birth: date, female_share: float) -> Person:
        """A new made-up person of a unit's trade."""
        gender = "female" if self.rng.random() < female_share else "male"
        code = f"ĐV{len(self.district.people) + 1:06d}"
        person = Person(code, person_name(self.rng, gender), gender, birth)
        person.details = _profile(self.rng, person, unit) | {"national_id": self._number(person)}
        self.district.people[code] = person
        return person

    def _number(self, person: Person) -> str:
        """A number of the right form in a pattern that is not given out: serials from 000001 in every year."""
        century = 2 if person.birth.year >= 2000 else 0
        digit, year = century + (person.gender == "female"), person.birth.year % 100
        self._serials[digit, year] = self._serials.get((digit, year), 0) + 1
        return f"049{digit}{year:02d}{self._serials[digit, year]:06d}"

    def card(self) -> str:
        """The next Party card number."""
        self._cards += 1
        return f"49{self._cards:06d}"


def _profile(rng: Random, person: Person, unit: Unit) -> Fields:
    occupations, educations = _TRADES[unit.trade]
    age = max(person.age(START), 0)
    occupation = rng.choice(occupations)
    if age >= 61 and unit.trade != "enterprise" and rng.random() < 0.75:
        occupation = "retired"
    education = rng.choice(educations) if age < 55 else rng.choice(educations[: max(2, len(educations) - 2)])
    home = rng.choice(COMMUNES)
    fields: Fields = {
        "full_name": person.name,
        "gender": person.gender,
        "birth_date": person.birth,
        "ethnicity": rng.choices(("01", "25", "04", "02"), (985, 9, 3, 3))[0],
        "religion": rng.choices(("none", "buddhist", "catholic", "caodai"), (940, 38, 12, 10))[0],
        "home_town": f"Xã {home}, huyện Quế Sơn, tỉnh Quảng Nam",
        "permanent_address": f"Xã {rng.choice(COMMUNES)}, huyện Quế Sơn, tỉnh Quảng Nam",
        "occupation": occupation,
        "schooling": "upper_secondary" if age < 60 or rng.random() < 0.5 else "lower_secondary",
        "education": education,
        "theory": _theory(rng, unit, age),
    }
    if unit.trade not in ("village",) and rng.random() < 0.5:
        fields["workplace"] = unit.name.removeprefix("Chi bộ ")
    return fields


def _theory(rng: Random, unit: Unit, age: int) -> str:
    if unit.trade in ("party", "agency", "commune", "police", "army"):
        return (
            rng.choices(_THEORY, (10, 25, 50, 15))[0]
            if age >= 30
            else rng.choices(_THEORY, (40, 40, 20, 0))[0]
        )
    return rng.choices(_THEORY, (40, 45, 14, 1))[0]


def life_changes(rng: Random, district: District) -> None:
    """Study, retirement and gaps: what changes in profiles over the ten years, and what was never written down."""
    for person in district.people.values():
        since = person.stays[0].since
        _study(rng, person, since)
        _retire(rng, person, since)
        if rng.random() < _GAPS:
            for name in rng.sample(_GAP_FIELDS, rng.choice((1, 1, 2))):
                person.details[name] = None
                for change in person.later:
                    change.pop(name, None)
        person.later = [change for change in person.later if len(change) > 1]
        _youth(person, since)


def _study(rng: Random, person: Person, since: date) -> None:
    year = rng.randint(max(2015, since.year + 1), 2023) if since.year < 2022 else 0
    if not year or person.age(date(year, 9, 1)) > 50:
        return
    change: dict[str, Any] = {"since": date(year, 9, 1)}
    if rng.random() < 0.12:
        change["education"] = _next(_EDUCATION, person.details["education"], "master")
    if rng.random() < 0.16:
        change["theory"] = _next(_THEORY, person.details["theory"], "advanced")
    if change.get("education") == person.details["education"]:
        del change["education"]
    if change.get("theory") == person.details["theory"]:
        del change["theory"]
    if len(change) > 1:
        person.later.append(change)


def _next(levels: tuple[str, ...], now: str, highest: str) -> str:
    place = min(levels.index(now) + 1, levels.index(highest))
    return levels[max(place, levels.index(now))]


def _youth(person: Person, since: date) -> None:
    """Members of the Youth Union leave it at 31."""
    if person.age(since) < 30:
        person.details["youth_union"] = True
        leaves = add_years(person.birth, 31)
        if since < leaves < min(person.stays[-1].until, END):
            person.later.append({"since": leaves.replace(day=3), "youth_union": False})


def _retire(rng: Random, person: Person, since: date) -> None:
    if person.details["occupation"] in ("farmer", "retired", "village_worker", "other"):
        return
    day = add_years(person.birth, 60 if person.gender == "male" else 56)
    last = person.stays[-1].until
    if since < day < min(last, END):
        person.later.append({"since": day.replace(day=2), "occupation": "retired"})
