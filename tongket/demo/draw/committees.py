"""Committees elected for their terms, and the targets given and shared out."""

from datetime import date
from random import Random
from typing import Any

from tongket.demo.draw.plain import END, NEVER, ROOT, District, Person, Unit
from tongket.demo.draw.tree import COMMUNE_MERGER

TARGETS = {2019: 98, 2020: 92, 2021: 84, 2022: 82, 2023: 85}
_DISTRICT_TERMS = (
    ("Khóa XXIV, nhiệm kỳ 2015–2020", date(2015, 7, 15), date(2020, 7, 28)),
    ("Khóa XXV, nhiệm kỳ 2020–2025", date(2020, 7, 28), None),
)
_GRASSROOTS_TERMS = (
    ("Nhiệm kỳ 2015–2020", date(2015, 5, 20), date(2020, 5, 20)),
    ("Nhiệm kỳ 2020–2025", date(2020, 5, 20), None),
)
_CELL_TERMS = (
    ("Nhiệm kỳ 2020–2022", date(2020, 3, 10), date(2022, 9, 10)),
    ("Nhiệm kỳ 2022–2025", date(2022, 9, 10), None),
)
_LEADING = ("party", "agency", "police", "army", "commune")  # where a district committee's members come from
_POSTS = {
    "district": ("secretary",)
    + ("deputy_secretary",) * 2
    + ("standing_member",) * 8
    + ("committee_member",) * 24,
    "body": ("secretary", "deputy_secretary") + ("standing_member",) * 2 + ("committee_member",) * 7,
    "small": ("secretary", "deputy_secretary", "committee_member"),
}


# --- committees -------------------------------------------------------------------------------------------


def committees(rng: Random, district: District) -> None:
    """Elect committees for their terms from members who then stay; who leaves in mid-term leaves the post too."""
    _elect(rng, district, district.units[ROOT], _DISTRICT_TERMS, _POSTS["district"])
    for unit in district.units.values():
        if unit.is_grassroots:
            posts = _POSTS["small"] if unit.holds_members else _POSTS["body"]
            _elect(rng, district, unit, _GRASSROOTS_TERMS, posts)
        elif unit.holds_members:
            _elect(rng, district, unit, _CELL_TERMS, _POSTS["small"][:2])


def _elect(rng: Random, district: District, unit: Unit, terms: Any, posts: tuple[str, ...]) -> None:
    for name, since, until in terms:
        # A body founded by the merger gets its committee at once, for the term that is about to begin.
        start = unit.founded if unit.founded == COMMUNE_MERGER and until is None else since
        if not unit.alive(start):
            continue
        end = min(until or NEVER, unit.ended)
        body = "Ban Thường vụ Huyện ủy" if unit.parent else "Ban Thường vụ Tỉnh ủy"
        paper = {
            "decision_number": f"{rng.randint(10, 400)}-QĐ",
            "decision_date": start,
            "decision_body": body,
        }
        district.add(
            "Nhiệm kỳ",
            organisation=unit.code,
            name=name,
            valid_from=start,
            valid_to=None if end == NEVER else end,
            **paper,
        )
        _fill(rng, district, unit, name, start, end, posts, paper)


def _fill(
    rng: Random,
    district: District,
    unit: Unit,
    term: str,
    start: date,
    end: date,
    posts: tuple[str, ...],
    paper: Any,
) -> None:
    pool = _electable(rng, district, unit, start, end)
    for post, person in zip(posts, pool, strict=False):
        until = min(_leaves(person, start), end)
        district.add(
            "Cấp ủy",
            organisation=unit.code,
            member=person.code,
            post=post,
            term=term,
            valid_from=start,
            valid_to=None if until > END else until,
            **paper,
        )


def _electable(rng: Random, district: District, unit: Unit, start: date, end: date) -> list[Person]:
    """Official members of the unit on the day, of working age first, those who stay through the term before others."""
    stop = min(end, END)
    found = []
    for person, stay in district.people_of(unit.code, start):
        inside = unit.code != ROOT or district.units[stay.cell].trade in _LEADING
        if inside and person.is_official(start) and not person.is_exempt(start):
            stays = _leaves(person, start) >= stop
            found.append((not stays, not 30 <= person.age(start) <= 56, rng.random(), person))
    return [person for *_, person in sorted(found, key=lambda entry: entry[:3])]


def _leaves(person: Person, start: date) -> date:
    """The day on which the person leaves the cell of `start`."""
    stay = person.stay(start)
    return stay.until if stay else start


# --- who is called to conferences by the work that he does ---------------------------------------------------

_SINCE = date(2020, 8, 1)
_ADVISORY = (
    "Chánh Văn phòng Huyện ủy",
    "Trưởng Ban Tổ chức Huyện ủy",
    "Chủ nhiệm Ủy ban Kiểm tra Huyện ủy",
    "Trưởng Ban Tuyên giáo Huyện ủy",
    "Trưởng Ban Dân vận Huyện ủy",
)
_CLERKS = ("propaganda_clerk", "organisation_clerk", "office_clerk")
_CENTRE = "Trung tâm Chính trị huyện"


def workers(rng: Random, district: District) -> None:
    """Heads of the advisory bodies, leaders of the political centre, the communes' clerks: since the present term."""
    seats = len(_POSTS["district"])
    heads = _electable(rng, district, district.units[ROOT], _SINCE, NEVER)[seats:]
    for title, person in zip(_ADVISORY, heads, strict=False):
        _work(district, ROOT, person, "advisory_head", title)
    centre = next(u for u in district.units.values() if u.name.endswith(_CENTRE))
    for title, (person, _) in zip(
        ("Giám đốc", "Phó Giám đốc"), district.people_of(centre.code, _SINCE), strict=False
    ):
        _work(district, ROOT, person, "centre_leader", f"{title} {_CENTRE}")
    for unit in district.grassroots(END):
        if unit.sector == "commune":
            free = _electable(rng, district, unit, _SINCE, NEVER)[len(_POSTS["body"]) :]
            for post, person in zip(_CLERKS, free, strict=False):
                _work(district, unit.code, person, post)


def _work(district: District, code: str, person: Person, post: str, title: str = "") -> None:
    until = _leaves(person, _SINCE)
    district.add(
        "Cấp ủy",
        organisation=code,
        member=person.code,
        post=post,
        title=title,
        valid_from=_SINCE,
        valid_to=None if until > END else until,
    )


# --- targets ----------------------------------------------------------------------------------------------


def targets(rng: Random, district: District) -> None:
    """The province assigns; the district shares out the whole among its organisations, and sets goals of its own."""
    for year, number in TARGETS.items():
        paper = {"decision_date": date(year - 1, 12, 26), "decision_body": "Ban Thường vụ Tỉnh ủy"}
        _target(
            district,
            ROOT,
            "members.admitted",
            year,
            number,
            "above",
            "Tỉnh ủy Quảng Nam",
            decision_number=f"{200 + year % 100}-KH/TU",
            **paper,
        )
        for indicator, value in (
            ("ratings.organisations.good_or_better_pct", 90),
            ("study.attendance_pct", 95),
        ):
            _target(district, ROOT, indicator, year, value, "own", "Huyện ủy")
        for code, share in _shares(rng, district, year, number).items():
            _target(
                district,
                code,
                "members.admitted",
                year,
                share,
                "above",
                "Huyện ủy",
                decision_number=f"{110 + year % 100}-KH/HU",
                decision_date=date(year, 1, 6),
                decision_body="Ban Thường vụ Huyện ủy",
            )


def _target(
    district: District, code: str, indicator: str, year: int, value: int, giver: str, name: str, **paper: Any
) -> None:
    district.add(
        "Chỉ tiêu",
        organisation=code,
        indicator=indicator,
        period=str(year),
        value=value,
        giver=giver,
        giver_name=name,
        valid_from=date(year, 1, 10),
        **paper,
    )


def _shares(rng: Random, district: District, year: int, number: int) -> dict[str, int]:
    """Shares by size; whoever shows the larger remainder gets the next one, so that they add up to the whole."""
    first = date(year, 1, 15)
    sizes: dict[str, int] = {}
    for _, stay in district.present(first):
        code = district.grassroots_of(stay.cell, first)
        sizes[code] = sizes.get(code, 0) + 1
    exact = {
        code: number * size / sum(sizes.values()) * rng.uniform(0.85, 1.15) for code, size in sizes.items()
    }
    scale = number / sum(exact.values())
    shares = {code: int(value * scale) for code, value in exact.items()}
    order = sorted(exact, key=lambda code: exact[code] * scale - shares[code], reverse=True)
    for code in order[: number - sum(shares.values())]:
        shares[code] += 1
    return {code: share for code, share in sorted(shares.items()) if share}
