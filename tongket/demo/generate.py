"""The whole made-up district from one seed: the same seed draws the same district on any machine."""

from collections.abc import Callable
from datetime import date
from random import Random

from tongket.core.dates import FOREVER
from tongket.demo.draw import committees, honours, lives, papers, past, profiles, tree
from tongket.demo.draw.plain import END, NEVER, District, Fields, Person, later

SEED = 20231228

_LAST = str(END.year)


def _of_last_year(row: Fields) -> bool:
    return bool(row["period"] == _LAST)


def _by_a_case(row: Fields) -> bool:
    # An expulsion also ends a membership, and that comes with the events.
    return bool(row["decided_on"].year == END.year and row["form"] != "expulsion")


def _by_the_round(row: Fields) -> bool:
    # Cells below a committee are rated by it; the district's own round rates the grassroots organisations.
    return _of_last_year(row) and row["organisation"].count(".") == 1


#: What of the last year is written by the product's own acts (`demo/work/judging`), not imported.
BY_ACTS: dict[str, Callable[[Fields], bool]] = {
    "Xếp loại tổ chức": _by_the_round,
    "Xếp loại đảng viên": _of_last_year,
    "Khen thưởng": _of_last_year,
    "Kỷ luật đảng viên": _by_a_case,
    "Kỷ luật tổ chức": _by_a_case,
}


def generate(seed: int = SEED) -> District:
    """Draw the district. Each part has its own source of chance, so that a change in one leaves the others alone."""
    district = District()
    tree.build(_chance(seed, "tree"), district)
    lives.live(_chance(seed, "lives"), district)
    profiles.life_changes(_chance(seed, "profiles"), district)
    district.index()
    committees.committees(_chance(seed, "committees"), district)
    honours.badges(_chance(seed, "badges"), district)
    honours.discipline(_chance(seed, "discipline"), district)
    honours.ratings(_chance(seed, "ratings"), district)
    honours.commendations(_chance(seed, "commendations"), district)
    committees.workers(_chance(seed, "workers"), district)
    committees.targets(_chance(seed, "targets"), district)
    papers.directives(_chance(seed, "directives"), district)
    papers.study(_chance(seed, "study"), district)
    past.recognitions(_chance(seed, "recognitions"), district)
    past.badges(district)
    for sheet, wanted in BY_ACTS.items():
        district.part(sheet, wanted)
    _people(district)
    _cards(_chance(seed, "cards"), district)
    _check(district)
    return district


def _chance(seed: int, part: str) -> Random:
    return Random(f"{seed} {part}")  # nosec B311  # made-up people, drawn alike every time


def _check(district: District) -> None:
    """The district must come out as wanted by plain counting; nothing of this count goes into a record."""
    members = sum(1 for _ in district.present(END))
    badges = sum(row["awarded_on"].year == END.year for row in district.sheets["Huy hiệu Đảng"])
    if (members, badges) != (lives.WANTED_TOTAL, honours.BADGES_2023):
        raise RuntimeError(f"{members} members and {badges} badges were drawn")


def _people(district: District) -> None:
    """The sheet of members: everyone once, and again for each later change."""
    for person in district.people.values():
        entry = person.entry
        if entry and district.units[entry["organisation"]].ended != NEVER:
            _enter_by_event(district, person)
            entry = {}
        district.add("Đảng viên", code=person.code, **person.details, **entry)
        for change in sorted(person.later, key=lambda c: c["since"]):
            district.add("Đảng viên", code=person.code, full_name=person.name, **change)


def _enter_by_event(district: District, person: Person) -> None:
    """Whose first cell has ended comes in with the same workbook as the transfer out of it."""
    entry = person.entry
    district.add(
        "Biến động",
        member=person.code,
        kind="registered",
        on=entry["entered_on"],
        organisation=entry["organisation"],
        first_admitted_on=entry["first_admitted_on"],
        official_on=entry["official_on"],
    )
    district.add(
        "Thẻ đảng viên",
        member=person.code,
        number=entry["card_number"],
        kind="first",
        issued_on=entry["card_issued_on"],
        issued_by="Ban Thường vụ Tỉnh ủy",
    )


def _cards(rng: Random, district: District) -> None:
    """Cards of those who became official after the register began."""
    number = 500_000
    for person in district.people.values():
        if person.entry or person.official is None or person.official > date(END.year, 9, 30):
            continue
        number += 1
        issued = later(person.official, rng.randint(30, 90))
        if issued <= min(END, person.stays[-1].until if person.stays[-1].until < FOREVER else END):
            district.add(
                "Thẻ đảng viên",
                member=person.code,
                number=f"49{number:06d}",
                kind="first",
                issued_on=issued,
                issued_by="Ban Thường vụ Tỉnh ủy",
            )
