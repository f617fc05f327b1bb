"""The year's work of a random world: papers issued, sessions planned, things asked and done, conferences held."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID, uuid5

from tests.figures.builder import World
from tests.figures.chance import some_known
from tongket.bulletins.models import Bulletin
from tongket.conferences.models import Attendance, Conclusion, Conference, Invitation, Moment, Reply
from tongket.core import codelists as codes
from tongket.core import worklists as lists
from tongket.directives.models import Directive, DirectiveChange, PlannedSession, StudySession
from tongket.events.models import Event, Twinning
from tongket.inspections.models import Finding
from tongket.members.models import Member
from tongket.obligations.models import Demand, Obligation, Step
from tongket.organisations.models import Organisation

_NAMES = UUID("00000000-0000-0000-0000-000000000001")
# UTC hours on both sides of midnight in Việt Nam (17:00 UTC), and of UTC's own.
_HOURS = (time(0), time(1, 30), time(9), time(16, 59, 59, 999_999), time(17), time(23, 30))
# Lives of a record and of the one that corrects it; never both known at once.
_CORRECTED = (((0, None),), ((0, None),), ((0, 1), (1, None)), ((0, 2), (2, None)), ((1, None),), ((0, 1),))


class YearsWork:
    """Records of the year's work; a part of `worlds.Maker`."""

    rng: Random
    world: World
    places: list[Organisation]

    def known(self) -> tuple[int, int | None]:
        return some_known(self.rng)

    def identity(self) -> UUID:
        """A new one, the same for the same world."""
        return uuid5(_NAMES, str(self.world._next))

    def moment(self, day: date) -> datetime:
        return datetime.combine(day, self.rng.choice(_HOURS), UTC)

    def issued(self, member: Member, place: Organisation, day: date) -> None:
        rng, identity = self.rng, self.identity()
        for known in rng.choice(_CORRECTED):
            self.world.add(
                Directive,
                identity=identity,
                book="issued",
                organisation=rng.choice((place, self.places[0])),
                kind=rng.choice(codes.DOCUMENT_KIND.values[:7]),
                symbol="01",
                issuer="HU",
                issuer_level=rng.choice(codes.GIVER.values),
                issued_on=day,
                subject="",
                received_on=day,
                needs_plan=rng.random() < 0.5,
                plan_due_on=day,
                known=known,
            )
        if rng.random() < 0.5:
            self.world.add(
                DirectiveChange,
                organisation=place,
                directive=identity,
                kind=rng.choice(lists.PAPER_CHANGE.values),
                on=day + timedelta(days=rng.choice((0, 30, 200))),
                reason="r",
                known=self.known(),
            )

    def planned_session(self, member: Member, place: Organisation, day: date) -> None:
        rng, identity = self.rng, self.identity()
        self.world.add(
            PlannedSession,
            identity=identity,
            organisation=place,
            kind=rng.choice(codes.STUDY_KIND.values),
            form=rng.choice(codes.STUDY_FORM.values),
            title="Lớp",
            planned_on=day,
            sites=rng.randrange(1, 5),
            known=self.known(),
        )
        if rng.random() < 0.6:
            self.world.add(
                StudySession,
                planned=identity,
                organisation=place,
                kind=rng.choice(codes.STUDY_KIND.values),
                form="direct",
                title="Lớp",
                held_on=day + timedelta(days=rng.choice((0, 1, 40))),
                members_total=10,
                members_attended=9,
                known=self.known(),
            )

    def activity(self, member: Member, place: Organisation, day: date) -> None:
        rng = self.rng
        marks = rng.choice((None, day.year, *(day.year - n for n in (1, 5, 10, 47, 55)), day.year + 5))
        for known in rng.choice(_CORRECTED):
            self.world.add(
                Event,
                organisation=rng.choice((place, self.places[0])),
                kind=rng.choice(lists.EVENT_KIND.values),
                title="Lễ kỷ niệm",
                starts_on=day,
                ends_on=day + timedelta(days=rng.choice((0, 2))),
                twinning=rng.choice((None, self.identity())),
                marks_year=marks,
                known=known,
            )

    def twinning(self, member: Member, place: Organisation, day: date) -> None:
        self.world.add(
            Twinning,
            organisation=place,
            name="Kết nghĩa",
            partner="Thọ Xuân",
            since_on=self.rng.choice((day, None)),
            since_year=day.year,
            known=self.known(),
        )

    def bulletin(self, member: Member, place: Organisation, day: date) -> None:
        rng = self.rng
        for known in rng.choice(_CORRECTED):
            self.world.add(
                Bulletin,
                organisation=rng.choice((place, self.places[0])),
                month=day.replace(day=1),
                topic=rng.choice(lists.MOOD_TOPIC.values),
                text="Nội dung",
                answered_on=rng.choice((None, day, day + timedelta(days=40))),
                known=known,
            )

    # --- what was asked ---

    def about(self) -> UUID | None:
        """Where a demand comes from: a paper, a conference, a conclusion, something unknown, nothing."""
        rng = self.rng
        model = rng.choice((Directive, Directive, Conference, Conclusion, Finding, Finding, None))
        rows = self.world.rows[model] if model else []
        return rng.choice(rows).identity if rows else rng.choice((None, self.identity()))

    def demand(self, member: Member, place: Organisation, day: date) -> None:
        rng, identity, about = self.rng, self.identity(), self.about()
        due = day + timedelta(days=rng.choice((0, 1, 10, 30, 200)))
        rows = [
            self.world.add(
                Demand,
                identity=identity,
                organisation=rng.choice((place, self.places[0])),
                about=about,
                kind=rng.choice(lists.OBLIGATION_KIND.values),
                title="Việc",
                asked_on=day if number == 0 else day + timedelta(days=rng.choice((0, 3))),
                due_on=due,
                known=known,
            )
            for number, known in enumerate(rng.choice(_CORRECTED))
        ]
        for receiver in rng.sample(self.places, rng.randrange(1, min(5, len(self.places)) + 1)):
            obligation = self.world.add(
                Obligation,
                demand=rng.choice(rows),
                organisation=receiver,
                due_on=due,
                deadline=due,
                known=self.known(),
            )
            for _ in range(rng.randrange(7)):
                self.step(obligation, due)

    def step(self, obligation: Obligation, due: date) -> None:
        rng = self.rng
        kind = rng.choice((*lists.STEP.values, "reported", "reported", "extended"))
        self.world.add(
            Step,
            obligation=obligation,
            kind=kind,
            on=due + timedelta(days=rng.choice((-30, -1, 0, 0, 1, 5, 6, 40))),
            new_deadline=due + timedelta(days=rng.choice((1, 5, 5, 40, 300))) if kind == "extended" else None,
            on_behalf=rng.random() < 0.2,
            known=self.known(),
        )

    # --- conferences ---

    def conference(self, member: Member, place: Organisation, day: date) -> None:
        rng, identity = self.rng, self.identity()
        rows = [
            self.world.add(
                Conference,
                identity=identity,
                organisation=rng.choice((place, self.places[0])),
                kind=rng.choice(lists.CONFERENCE_KIND.values),
                title="Hội nghị",
                starts_at=self.moment(day if number == 0 else day + timedelta(days=rng.choice((0, 7)))),
                place="Hội trường",
                chairs="Bí thư",
                known=known,
            )
            for number, known in enumerate(rng.choice(_CORRECTED))
        ]
        for kind in rng.choice((("called", "running", "closed"), ("called",), ("running", "closed"), ())):
            at = self.moment(day + timedelta(days=rng.choice((-10, -1, 0, 0, 1, 20))))
            self.world.add(Moment, conference=rng.choice(rows), kind=kind, at=at, known=self.known())
        self.called(member, rng.choice(rows), day)
        for position in range(rng.randrange(3)):
            self.world.add(
                Conclusion,
                identity=self.identity(),
                conference=rng.choice(rows),
                position=position,
                text="Kết luận",
                known=self.known(),
            )

    def called(self, member: Member, conference: Conference, day: date) -> None:
        rng = self.rng
        for number in range(rng.randrange(5)):
            invitation = self.world.add(
                Invitation,
                conference=conference,
                member=member if number == 0 else None,
                organisation=rng.choice((*self.places, None)),
                name="Đại biểu",
                post="Bí thư",
                voting=rng.random() < 0.5,
                number=number,
                code=f"c{self.world._next}",
                known=self.known(),
            )
            for _ in range(rng.randrange(3)):
                self.world.add(
                    Reply,
                    invitation=invitation,
                    answer=rng.choice(lists.REPLY.values),
                    on=day + timedelta(days=rng.choice((-5, 0, 3))),
                    known=self.known(),
                )
            for known in rng.choice((*_CORRECTED, ())):
                self.world.add(
                    Attendance,
                    invitation=invitation,
                    conference=conference,
                    state=rng.choice(lists.ATTENDANCE.values),
                    at=self.moment(day + timedelta(days=rng.choice((-1, 0, 0, 1)))),
                    known=known,
                )
