"""Random small worlds: trees with moves and ends, lives with corrections, records of every kind, some back-dated."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

from tests.figures.builder import World
from tests.figures.chance import FIRST, KINDS, LAST, some_day, some_known
from tests.figures.worlds_judging import YearsJudging
from tongket.core import codelists as codes
from tongket.core import judging as lists
from tongket.core.dates import FOREVER
from tongket.core.periods import half, month, quarter, year
from tongket.directives.models import Directive, Plan, StudySession
from tongket.honours.models import BadgeAward, Commendation
from tongket.inspections.models import DisciplineEnd, MemberDiscipline, OrganisationDiscipline
from tongket.members.models import Member, MemberCard, MemberDetail, PostHolding
from tongket.organisations.models import Organisation, OrganisationAct
from tongket.ratings.models import MemberRating, OrganisationRating
from tongket.targets.models import Target


def random_world(seed: int, *, consistent: bool = False) -> World:
    """A world of that seed. `consistent`: lives without corrections, so that the books of form 1 must balance."""
    return Maker(Random(seed), consistent).make()


class Maker(YearsJudging):
    """Makes one random world."""

    def __init__(self, rng: Random, consistent: bool) -> None:
        self.rng, self.consistent = rng, consistent
        self.world = World()
        self.places: list[Organisation] = []

    def make(self) -> World:
        self.tree()
        people = [self.person() for _ in range(self.rng.randrange(3, 30))]
        if not self.consistent:
            for _ in range(self.rng.randrange(30, 240)):
                self.record(people)
        return self.world.save()

    def known(self) -> tuple[int, int | None]:
        return (0, None) if self.consistent else some_known(self.rng)

    # --- the tree ---

    def tree(self) -> None:
        rng = self.rng
        for number in range(rng.randrange(3, 10)):
            founded = FIRST if number == 0 or rng.random() < 0.6 else some_day(rng, FIRST, date(2023, 6, 1))
            ends = FOREVER
            if number and rng.random() < 0.25:
                ends = some_day(rng, founded + timedelta(days=1), LAST + timedelta(days=30))
            place = self.world.organisation(
                "district_committee" if number == 0 else rng.choice(KINDS),
                founded_on=founded,
                ends_on=ends,
                position=rng.randrange(3),
            )
            self.places.append(place)
            self.history(place, (0, None) if rng.random() < 0.7 else (0, 1))
        for place in self.places[1:]:
            self.acts(place)

    def history(self, place: Organisation, known: tuple[int, int | None]) -> None:
        """Versions that fill the organisation's life; a history voided later is followed by another."""
        rng = self.rng
        cuts = {place.founded_on, place.ends_on}
        last = min(LAST, place.ends_on - timedelta(days=1))
        if last > place.founded_on:
            cuts |= {some_day(rng, place.founded_on, last) for _ in range(rng.randrange(3))}
        days = sorted(cuts)
        for start, end in pairwise(days):
            self.world.version(
                place,
                self.parent(place),
                start,
                end,
                kind=place.kind if rng.random() < 0.7 or place is self.places[0] else rng.choice(KINDS),
                sector=rng.choice(("", "", "village", "agency", "private_enterprise")),
                known=known,
            )
        if known[1] is not None:
            self.history(place, (known[1], None))

    def parent(self, place: Organisation) -> Organisation | None:
        # Only under an older one, so nothing comes to lie under itself.
        older = self.places[: self.places.index(place)]
        return self.rng.choice(older) if older else None

    def acts(self, place: Organisation) -> None:
        for kind, on in (
            ("found", place.founded_on),
            ("move", some_day(self.rng)),
            ("dissolve", place.ends_on),
        ):
            if on < FOREVER:
                self.world.add(
                    OrganisationAct,
                    kind=kind,
                    on=on,
                    organisation=place,
                    parent=self.parent(place),
                    ends=kind == "dissolve",
                    known=self.known(),
                )

    def alive(self, day: date) -> list[Organisation]:
        return [p for p in self.places if p.founded_on <= day < p.ends_on]

    # --- people ---

    def person(self) -> Member:
        rng = self.rng
        member = self.world.member()
        if rng.random() < 0.9:
            self.profile(member)
        self.life(member)
        return member

    def profile(self, member: Member) -> None:
        rng = self.rng
        changes = some_day(rng) if rng.random() < 0.4 else None
        spans = [(date(1950, 1, 1), FOREVER)]
        if changes:
            spans = [(date(1950, 1, 1), changes), (changes, FOREVER)]
        birth = rng.choice(
            (date(1964, 2, 29), date(1992, 2, 29), some_day(rng, date(1940, 1, 1), date(2003, 12, 31)))
        )
        known = (0, None) if rng.random() < 0.7 else (0, 2)
        for start, end in spans:
            self.world.add(MemberDetail, known=known, **self.details(member, birth, start, end))
        if known[1] is not None:
            self.world.add(
                MemberDetail, known=(2, None), **self.details(member, birth, date(1950, 1, 1), FOREVER)
            )

    def details(self, member: Member, birth: date, start: date, end: date) -> dict[str, Any]:
        rng = self.rng
        full = rng.random() < 0.4

        def one(of: codes.CodeList) -> str:
            return rng.choice(of.values if full else (*of.values, "", ""))

        return {
            "member": member,
            "valid_from": start,
            "valid_to": end,
            "full_name": member.full_name,
            "gender": one(codes.GENDER),
            "birth_date": birth if full or rng.random() < 0.8 else None,
            "national_id": "049012345678" if full else "",
            "ethnicity": rng.choice(("01", "01", "02", "46") if full else ("01", "05", "")),
            "religion": rng.choice(("none", "none", "catholic") if full else ("none", "buddhist", "")),
            "home_town": "Quế Sơn" if full else "",
            "occupation": one(codes.OCCUPATION),
            "schooling": one(codes.SCHOOLING),
            "education": one(codes.EDUCATION),
            "theory": one(codes.THEORY),
            "academic_title": rng.choice(("", "", "professor")),
            "youth_union": rng.choice((True, False, None)),
        }

    def life(self, member: Member) -> None:
        """Events that can follow one another; where the cell ends, its members move on that day."""
        rng, day = self.rng, some_day(self.rng, FIRST, date(2024, 1, 31))
        now: Organisation | None = None
        state = {"standing": "probationary", "exempt": False, "suspended": False}
        known = self.known()
        for _ in range(rng.randrange(1, 9)):
            if day > LAST or not self.alive(day):
                return
            if now is None:
                now = rng.choice(self.alive(day))
                state = {"standing": self.begin(member, day, now, known), "exempt": False, "suspended": False}
            elif now.ends_on == day or rng.random() < 0.4:
                now = self.transfer(member, day, now, known)
            elif rng.random() < 0.25:
                kind = rng.choice(sorted(codes.ENDINGS))
                self.event(
                    member,
                    kind,
                    day,
                    now,
                    known,
                    elsewhere=rng.choice(codes.ELSEWHERE.values) if kind == "moved_out" else "",
                )
                now = None
            else:
                self.change(member, day, now, state, known)
            day = some_day(rng, day + timedelta(days=1), max(day + timedelta(days=400), LAST))
            if now is not None:
                day = min(day, now.ends_on)

    def event(
        self, member: Member, kind: str, day: date, where: Organisation, known: Any, **more: Any
    ) -> None:
        rng = self.rng
        self.world.event(
            member,
            kind,
            day,
            where,
            known=known,
            population_breach=rng.random() < 0.2,
            village_head=rng.random() < 0.2,
            foreign_spouse=rng.random() < 0.2,
            **more,
        )

    def begin(self, member: Member, day: date, where: Organisation, known: Any) -> str:
        rng = self.rng
        kind = rng.choice(
            ("registered", "registered", "admitted", "admitted", "readmitted", "restored", "moved_in")
        )
        standing = "probationary" if kind in ("admitted", "readmitted") else rng.choice(codes.STANDING.values)
        earlier = kind in ("registered", "moved_in", "restored")
        self.event(
            member,
            kind,
            day,
            where,
            known,
            elsewhere=rng.choice(codes.ELSEWHERE.values) if kind == "moved_in" else "",
            arrives_standing=standing,
            first_admitted_on=some_day(rng, date(1955, 1, 1), date(2018, 12, 31)) if earlier else None,
            ceremony_on=rng.choice((None, day - timedelta(days=rng.choice((0, 20, 366))))),
        )
        return standing

    def transfer(self, member: Member, day: date, now: Organisation, known: Any) -> Organisation:
        others = [p for p in self.alive(day) if p is not now]
        if not others:
            return now
        to = self.rng.choice(others)
        self.event(member, "transferred", day, to, known, from_organisation=now)
        return to

    def change(self, member: Member, day: date, now: Organisation, state: dict[str, Any], known: Any) -> None:
        if state["standing"] == "probationary":
            state["standing"] = "official"
            self.event(member, "recognised", day, now, known)
            return
        flag, on, off = self.rng.choice(
            (("exempt", "exempted", "exemption_ended"), ("suspended", "suspended", "suspension_ended"))
        )
        self.event(member, off if state[flag] else on, day, now, known)
        state[flag] = not state[flag]

    # --- everything else ---

    def record(self, people: list[Member]) -> None:
        rng = self.rng
        make = rng.choice((
            self.post, self.post, self.card, self.target, self.organisation_rating, self.member_rating,
            self.member_rating, self.badge, self.commendation, self.directive, self.study, self.discipline,
            self.organisation_discipline, self.issued, self.planned_session, self.demand, self.demand,
            self.conference, self.conference, self.activity, self.twinning, self.bulletin, self.bulletin,
            self.round, self.round, self.badge_proposal, self.proposal, self.proposal, self.inspection,
            self.inspection, self.case, self.case, self.candidate, self.candidate, self.probation, self.probation,
        ))  # fmt: skip
        # A few people have many records, so that rows of years and the like come about.
        member = people[min(rng.randrange(len(people)), rng.randrange(len(people)))]
        make(member, rng.choice(self.places), some_day(rng))

    def post(self, member: Member, place: Organisation, day: date) -> None:
        rng = self.rng
        end = FOREVER if rng.random() < 0.5 else day + timedelta(days=rng.randrange(1, 900))
        for post in rng.sample(codes.POST.values, rng.randrange(1, 3)):
            self.world.add(
                PostHolding,
                member=member,
                organisation=place,
                post=post,
                valid_from=day,
                valid_to=end,
                known=self.known(),
            )

    def card(self, member: Member, place: Organisation, day: date) -> None:
        kind = self.rng.choice(codes.CARD_KIND.values)
        issued = day if self.rng.random() < 0.9 else None
        self.world.add(
            MemberCard,
            member=member,
            organisation=place,
            number="0",
            kind=kind,
            issued_on=issued,
            known=self.known(),
        )

    def target(self, member: Member, place: Organisation, day: date) -> None:
        rng = self.rng
        period = rng.choice((year(2023), year(2023), year(2022), half(2023, 1), quarter(2023, 1)))
        self.world.add(
            Target,
            organisation=rng.choice((place, self.places[0])),
            indicator=rng.choice(("members.admitted", "members.admitted", "study.sessions")),
            period=period.code,
            period_start=period.start,
            period_end=period.end,
            giver=rng.choice(codes.TARGET_GIVER.values),
            value=Decimal(rng.choice(("0", "1", "2", "3", "2.50", "85"))),
            valid_from=some_day(rng, date(2022, 1, 1), date(2023, 3, 1)),
            valid_to=rng.choice((FOREVER, FOREVER, date(2023, 7, 1))),
            known=self.known(),
        )

    def rated(self) -> dict[str, Any]:
        rng = self.rng
        years = [year(2023)] * 4 + [year(y) for y in (2022, 2022, 2021, 2020, 2019)]
        period = rng.choice((*years, quarter(2023, 4)))
        level = rng.choice((*codes.RATING_LEVEL.values, *["excellent"] * 4))
        reason = rng.choice(codes.NOT_RATED_REASON.values) if level == "not_rated" else ""
        return {"period": period.code, "period_end": period.end, "level": level, "reason": reason}

    def organisation_rating(self, member: Member, place: Organisation, day: date) -> None:
        rated = self.rated()
        if not any(
            r.organisation is place and r.period == rated["period"]
            for r in self.world.rows[OrganisationRating]
        ):
            self.world.add(OrganisationRating, organisation=place, known=self.known(), **rated)

    def member_rating(self, member: Member, place: Organisation, day: date) -> None:
        rated = self.rated()
        if not any(r.member is member and r.period == rated["period"] for r in self.world.rows[MemberRating]):
            self.world.add(MemberRating, member=member, organisation=place, known=self.known(), **rated)

    def badge(self, member: Member, place: Organisation, day: date) -> None:
        rng = self.rng
        mark = rng.choice((30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90))
        if any(b.member is member and b.mark == mark for b in self.world.rows[BadgeAward]):
            return
        self.world.add(
            BadgeAward,
            member=member,
            organisation=place,
            mark=mark,
            round=rng.choice(codes.AWARD_ROUND.values),
            awarded_on=day,
            early=rng.random() < 0.3,
            posthumous=rng.random() < 0.3,
            known=self.known(),
        )

    def commendation(self, member: Member, place: Organisation, day: date) -> None:
        rng = self.rng
        period = rng.choice((year(2023), year(2022), quarter(2023, 2), month(2023, 6)))
        self.world.add(
            Commendation,
            organisation=place,
            recipient_kind=rng.choice(codes.RECIPIENT.values),
            recipient_name="Tập thể",
            form=rng.choice(codes.COMMENDATION_FORM.values),
            giver=rng.choice(codes.GIVER.values),
            period=period.code,
            period_end=period.end,
            decided_on=day,
            known=self.known(),
        )

    def directive(self, member: Member, place: Organisation, day: date) -> None:
        rng = self.rng
        directive = self.world.add(
            Directive,
            organisation=rng.choice((place, self.places[0])),
            kind=rng.choice(codes.DOCUMENT_KIND.values[:7]),
            symbol="01",
            issuer="TU",
            issuer_level=rng.choice(codes.GIVER.values),
            issued_on=day,
            subject="",
            received_on=day,
            needs_plan=rng.random() < 0.7,
            plan_due_on=rng.choice(
                (None, day + timedelta(days=30), day + timedelta(days=31), date(2023, 12, 31))
            ),
            known=self.known(),
        )
        for _ in range(rng.randrange(3)):
            self.world.add(
                Plan,
                directive=directive,
                organisation=directive.organisation,
                kind=rng.choice(codes.IMPLEMENTING_KINDS),
                symbol="02",
                issued_on=rng.choice(
                    (day + timedelta(days=rng.choice((10, 30, 31, 200))), date(2023, 12, 31))
                ),
                known=self.known(),
            )
        if rng.random() < 0.5:
            self.study(member, place, day + timedelta(days=rng.choice((0, 20, 300))), directive)

    def study(self, member: Member, place: Organisation, day: date, directive: Any = None) -> None:
        rng = self.rng
        self.world.add(
            StudySession,
            organisation=place,
            directive=directive,
            kind=rng.choice(codes.STUDY_KIND.values),
            form=rng.choice(codes.STUDY_FORM.values),
            title="Lớp",
            held_on=day,
            sites=rng.randrange(1, 5),
            members_total=rng.randrange(10, 99),
            members_exempt=rng.randrange(5),
            members_excused=rng.randrange(5),
            members_attended=rng.randrange(80),
            others_attended=rng.randrange(9),
            known=self.known(),
        )

    def discipline(self, member: Member, place: Organisation, day: date) -> None:
        rng = self.rng
        found = self.world.add(
            MemberDiscipline,
            member=member,
            organisation=place,
            form=rng.choice(codes.MEMBER_DISCIPLINE_FORMS),
            ground=rng.choice(codes.DISCIPLINE_GROUND.values),
            committee_member=rng.random() < 0.5,
            decided_on=day,
            known=self.known(),
        )
        self.ended(day, member_discipline=found)

    def organisation_discipline(self, member: Member, place: Organisation, day: date) -> None:
        rng = self.rng
        found = self.world.add(
            OrganisationDiscipline,
            organisation=place,
            form=rng.choice(codes.ORGANISATION_DISCIPLINE_FORMS),
            ground=rng.choice(codes.DISCIPLINE_GROUND.values),
            decided_on=day,
            known=self.known(),
        )
        self.ended(day, organisation_discipline=found)

    def ended(self, day: date, **of: Any) -> None:
        """Some decisions are annulled later, or the correction of others is confirmed."""
        rng = self.rng
        if rng.random() < 0.5:
            self.world.add(
                DisciplineEnd,
                kind=rng.choice(lists.DISCIPLINE_END.values),
                on=day + timedelta(days=rng.randrange(400)),
                known=self.known(),
                **of,
            )
