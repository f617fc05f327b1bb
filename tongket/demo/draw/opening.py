"""The list with which the register began on 1/1/2014: people who were members already."""

from datetime import date
from random import Random

from tongket.core.dates import add_years
from tongket.demo.draw.plain import START, District, Person, Stay, Unit, day_in, later
from tongket.demo.draw.profiles import Register


def opening(rng: Random, district: District, register: Register, count: int) -> None:
    cells = [u for u in district.cells(START) if u.weight > 0]
    # Three official members make a cell; the rest are spread by weight.
    places = [cell for cell in cells for _ in range(3)]
    places += rng.choices(cells, [cell.weight for cell in cells], k=count - len(places))
    for number, unit in enumerate(places):
        founder = number < 3 * len(cells)
        admitted = _earlier_admission(rng, unit, old=False if founder else unit.trade == "village")
        person = register.person(unit, birth_before(rng, admitted), 0.30 if unit.trade != "school" else 0.6)
        known_before(rng, person, admitted)
        person.stays.append(Stay(unit.code, START))
        person.entry = {
            "organisation": unit.code,
            "entered_on": START,
            "first_admitted_on": person.admitted,
            "official_on": person.official,
            "card_number": register.card(),
            "card_issued_on": later(person.official or START, rng.randint(30, 150)),
        }


def _earlier_admission(rng: Random, unit: Unit, *, old: bool) -> date:
    """A decision day before the register began; villages hold the veterans."""
    bands = (
        (1948, 1954, 2),
        (1955, 1962, 3),
        (1963, 1975, 13),
        (1976, 1986, 11),
        (1987, 1999, 23),
        (2000, 2012, 48),
    )
    weights = [
        w * (1.6 if old and first < 1987 else 1.0 if old else (0.0 if last < 1979 else 1.0))
        for first, last, w in bands
    ]
    first, last, _ = rng.choices(bands, weights)[0]
    return day_in(rng, rng.randint(first, last))


def birth_before(rng: Random, admitted: date) -> date:
    age = min(45, max(18, round(rng.gauss(25, 5))))
    return date(admitted.year - age - 1, rng.randint(1, 12), rng.randint(1, 28))


def known_before(rng: Random, person: Person, admitted: date) -> None:
    person.admitted = person.party_age_from = admitted
    person.ceremony = later(admitted, rng.randint(7, 30))
    person.official = add_years(person.ceremony, 1)
