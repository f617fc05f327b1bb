"""Synthetic register for benchmarks: a district of 3,724 members or a province of 70,000, written by bulk SQL.

Made-up numbers only. Shapes follow `tongket`'s own tables: ten years of lives, yearly ratings of members and
organisations, posts, badges, directives, study sessions, one reorganisation in 2020. No domain act is run, so that the
tables are filled in seconds; spells are consistent with events.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import connection

from bench.loader import RECORDED, Loader
from bench.work import years_work
from tongket.core import codelists as codes
from tongket.core.dates import FOREVER
from tongket.directives.models import Directive, Plan, StudySession
from tongket.honours.models import BadgeAward, Commendation
from tongket.inspections.models import MemberDiscipline
from tongket.members.models import (
    Member,
    MemberCard,
    MemberDetail,
    MemberEvent,
    MembershipSpell,
    PostHolding,
)
from tongket.organisations.models import (
    Organisation,
    OrganisationAct,
    OrganisationPath,
    OrganisationVersion,
)
from tongket.ratings.models import MemberRating, OrganisationRating
from tongket.targets.models import Target

START, END = date(2014, 1, 1), date(2023, 12, 31)
REORGANISED = date(2020, 1, 1)


@dataclass(frozen=True)
class Size:
    """How large: children of the top, organisations under each, cells under these, members at the end; a year's demands
    of every body, and people called to each body's conference."""

    name: str
    levels: tuple[int, ...]
    members: int
    demands: int
    seats: int


DISTRICT = Size("district", (53, 8), 3_724, 20, 30)
PROVINCE = Size("province", (18, 40, 6), 70_000, 4, 6)


def fill(size: Size, seed: int = 7) -> int:
    """Write the register of that size into the (empty) default database; returns the key of the top organisation."""
    made = _Register(size, Random(seed))
    made.tree()
    made.people()
    made.yearly()
    years_work(made.loader, made.rng, 1, made.bodies, demands=size.demands, seats=size.seats)
    made.loader.write()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return 1


class _Register:
    def __init__(self, size: Size, rng: Random) -> None:
        self.size, self.rng, self.loader = size, rng, Loader()
        self.cells: list[int] = []
        self.places: list[int] = []
        self.bodies: list[int] = []

    # --- organisations ---

    def tree(self) -> None:
        top_kind = "district_committee" if len(self.size.levels) == 2 else "province_committee"
        self.place(None, (), top_kind, "committee")
        parents: list[tuple[int, ...]] = [(1,)]
        kinds = ("district_committee", "grassroots_body", "cell")[-len(self.size.levels) :]
        for kind, width in zip(kinds, self.size.levels, strict=True):
            below = []
            for above in parents:
                for _ in range(width):
                    sector = self.rng.choice(("commune", "agency", "school", "private_enterprise", "army"))
                    key = self.place(above[-1], above, kind, "" if kind == "cell" else sector)
                    below.append((*above, key))
                    if kind == "cell":
                        self.cells.append(key)
                    if kind == "grassroots_body":
                        self.bodies.append(key)
            parents = below

    def place(self, parent: int | None, above: Sequence[int], kind: str, sector: str) -> int:
        add = self.loader.add
        key = add(
            Organisation,
            code=f"T{self.loader.last.get(Organisation, 0) + 1}",
            founded_on=START,
            name=f"Tổ chức {self.loader.last.get(Organisation, 0) + 1}",
            kind=kind,
            sector=sector,
            parent_id=parent,
        )
        self.places.append(key)
        add(OrganisationAct, kind="found", on=START, organisation_id=key, parent_id=parent)
        # Some cells hung elsewhere before the reorganisation.
        moved = kind == "cell" and len(self.bodies) > 1 and self.rng.random() < 0.2
        spans = [(START, FOREVER, tuple(above))]
        if moved:
            other = (*above[:-1], self.rng.choice(self.bodies[-5:]))
            spans = [(START, REORGANISED, other), (REORGANISED, FOREVER, tuple(above))]
        add(OrganisationPath, ancestor_id=key, descendant_id=key, via_id=None, depth=0, valid_from=START)
        for start, end, chain in spans:
            add(
                OrganisationVersion,
                organisation_id=key,
                name=f"Tổ chức {key}",
                kind=kind,
                sector=sector,
                parent_id=chain[-1] if chain else None,
                valid_from=start,
                valid_to=end,
            )
            line = (*chain, key)
            for i, ancestor in enumerate(chain):
                add(
                    OrganisationPath,
                    ancestor_id=ancestor,
                    descendant_id=key,
                    via_id=line[i + 1],
                    depth=len(chain) - i,
                    valid_from=start,
                    valid_to=end,
                )
        return key

    # --- people ---

    def people(self) -> None:
        total = int(self.size.members * 1.12)
        for number in range(total):
            self.person(number, total, gone=number % 28 < 3)

    def person(self, number: int, total: int, gone: bool) -> None:
        rng, add = self.rng, self.loader.add
        key = self.loader.last.get(Member, 0) + 1
        birth = date(1940, 1, 1) + timedelta(days=rng.randrange(23_000))
        # About one in thirty joins in a year; nobody before 18.
        admitted = max(date(1970, 1, 1), birth + timedelta(days=365 * 18 + 5 + rng.randrange(9_000)))
        if admitted >= END:
            admitted = END - timedelta(days=rng.randrange(1, 3_000))
        # A register is entered cell by cell, and later people come anywhere.
        cell = self.cells[number * len(self.cells) // total] if rng.random() < 0.8 else rng.choice(self.cells)
        gender = rng.choice(codes.GENDER.values)
        add(
            Member,
            code=f"M{key}",
            full_name=f"Người {key}",
            folded_name=f"nguoi {key}",
            sort_key=f"{key:08d}",
            birth_date=birth,
            gender=gender,
            organisation_id=cell,
            standing="" if gone else "official",
        )
        spans = (
            [(date(1945, 1, 1), FOREVER)]
            if rng.random() < 0.7
            else [(date(1945, 1, 1), date(2019, 5, 5)), (date(2019, 5, 5), FOREVER)]
        )
        for start, end in spans:
            self.detail(key, gender, birth, start, end)
        self.life(key, cell, admitted, gone)
        add(
            MemberCard,
            member_id=key,
            organisation_id=cell,
            number=str(key),
            kind="first",
            issued_on=max(admitted, START),
        )

    def detail(self, key: int, gender: str, birth: date, start: date, end: date) -> None:
        rng = self.rng
        self.loader.add(
            MemberDetail,
            member_id=key,
            valid_from=start,
            valid_to=end,
            full_name=f"Người {key}",
            gender=gender,
            birth_date=birth,
            national_id=f"0490{key:08d}",
            ethnicity=rng.choices(("01", "02", "46"), (95, 3, 2))[0],
            religion=rng.choices(codes.RELIGION.values, (90, 4, 1, 2, 1, 0, 0, 2))[0],
            birthplace="Xã A, huyện B, tỉnh C",
            home_town="Xã A, huyện B, tỉnh C",
            permanent_address="Thôn 1, xã A, huyện B, tỉnh C",
            occupation=rng.choice(codes.OCCUPATION.values),
            workplace="Ủy ban nhân dân xã A",
            position="Công chức",
            schooling=rng.choice(codes.SCHOOLING.values),
            education=rng.choice(codes.EDUCATION.values),
            theory=rng.choice(codes.THEORY.values),
            youth_union=rng.random() < 0.1,
            phone="0900000000",
        )

    def event(self, member: int, kind: str, on: date, cell: int, **more: Any) -> None:
        self.loader.add(MemberEvent, member_id=member, kind=kind, on=on, organisation_id=cell, **more)

    def life(self, key: int, cell: int, admitted: date, gone: bool) -> None:
        rng = self.rng
        since = max(admitted, START)
        self.event(key, "admitted" if admitted >= START else "registered", since, cell)
        official = admitted + timedelta(days=365)
        ends = since + timedelta(days=rng.randrange(30, max(31, (END - since).days))) if gone else FOREVER
        moves = rng.random() < 0.25 and since < date(2022, 1, 1) and not gone
        cuts: list[tuple[date, str, int]] = []
        if START < official < min(ends, END) and official > since:
            self.event(key, "recognised", official, cell)
            cuts.append((official, "official", cell))
        if moves:
            day, to = since + timedelta(days=rng.randrange(400, 700)), rng.choice(self.cells)
            if to != cell:
                self.event(key, "transferred", day, to, from_organisation_id=cell)
                cuts.append((day, "official", to))
        if gone:
            self.event(key, rng.choice(("died", "moved_out", "struck_off")), ends, cell)
        standing, place, start = ("official" if official <= since else "probationary"), cell, since
        for day, then, there in sorted(cuts):
            if day > start:
                self.spell(key, place, standing, start, day, admitted)
                start = day
            standing, place = then, there
        self.spell(key, place, standing, start, ends, admitted)

    def spell(self, key: int, place: int, standing: str, start: date, end: date, admitted: date) -> None:
        if start >= end:
            return
        self.loader.add(
            MembershipSpell,
            member_id=key,
            organisation_id=place,
            standing=standing,
            exempt=self.rng.random() < 0.05,
            valid_from=start,
            valid_to=end,
            admitted_on=admitted,
            party_age_from=admitted,
            recorded_at=RECORDED,
        )

    # --- the year's work ---

    def yearly(self) -> None:
        rng, add = self.rng, self.loader.add
        lives = list(self.loader.rows[MembershipSpell])
        for y in range(2016, 2024):
            end = date(y, 12, 31)
            for spell in lives:
                if spell["valid_from"] <= end < spell["valid_to"]:
                    add(
                        MemberRating,
                        member_id=spell["member_id"],
                        organisation_id=spell["organisation_id"],
                        period=str(y),
                        period_end=end,
                        level=rng.choices(codes.RATING_LEVEL.values, (17, 76, 4, 1, 2))[0],
                    )
            for place in self.places:
                level = rng.choices(codes.RATING_LEVEL.values, (18, 78, 3, 1, 0))[0]
                add(OrganisationRating, organisation_id=place, period=str(y), period_end=end, level=level)
        for place in self.places:
            self.place_year(place)
        one_each = list({spell["member_id"]: spell for spell in lives}.values())
        for spell in rng.sample(one_each, len(lives) // 5):
            day = date(2015, 3, 2) + timedelta(days=rng.randrange(3_200))
            add(
                BadgeAward,
                member_id=spell["member_id"],
                organisation_id=spell["organisation_id"],
                mark=rng.choice((30, 40, 50, 60)),
                round=rng.choice(codes.AWARD_ROUND.values),
                awarded_on=day,
            )

    def place_year(self, place: int) -> None:
        rng, add = self.rng, self.loader.add
        for post in ("secretary", "deputy_secretary", "committee_member"):
            member = rng.randrange(1, self.loader.last[Member])
            add(PostHolding, member_id=member, organisation_id=place, post=post, valid_from=date(2020, 6, 1))
        for day in _days(rng, 4):
            add(
                Directive,
                organisation_id=place,
                kind=rng.choice(codes.DOCUMENT_KIND.values),
                symbol="01-CT/TW",
                issuer="TW",
                issuer_level="central",
                issued_on=day,
                subject="",
                received_on=day,
                plan_due_on=day + timedelta(days=30),
            )
            add(
                Plan,
                directive_id=self.loader.last[Directive],
                organisation_id=place,
                kind="KH",
                symbol="02-KH",
                issued_on=day + timedelta(days=rng.randrange(60)),
            )
        for day in _days(rng, 6):
            add(
                StudySession,
                organisation_id=place,
                directive_id=self.loader.last[Directive] if rng.random() < 0.5 else None,
                title="Học tập nghị quyết",
                held_on=day,
                members_total=40,
                members_exempt=2,
                members_attended=rng.randrange(25, 38),
            )
        for day in _days(rng, 1):
            add(
                Commendation,
                organisation_id=place,
                recipient_kind=rng.choice(codes.RECIPIENT.values),
                form=rng.choice(codes.COMMENDATION_FORM.values),
                giver="district",
                period=str(day.year),
                period_end=date(day.year, 12, 31),
                decided_on=day,
            )
            member = rng.randrange(1, self.loader.last[Member])
            add(
                MemberDiscipline,
                member_id=member,
                organisation_id=place,
                form=rng.choice(codes.MEMBER_DISCIPLINE_FORMS),
                ground="conduct",
                decided_on=day,
            )
        add(
            Target,
            organisation_id=place,
            indicator="members.admitted",
            period="2023",
            period_start=date(2023, 1, 1),
            period_end=END,
            value=Decimal(2),
            valid_from=date(2023, 1, 1),
        )


def _days(rng: Random, count: int) -> Iterator[date]:
    for _ in range(count):
        yield START + timedelta(days=rng.randrange((END - START).days))
