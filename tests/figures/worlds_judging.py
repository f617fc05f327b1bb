"""The year's judging of a random world: rounds, proposals, inspections, cases, candidates, probations."""

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.figures.worlds_work import _CORRECTED, YearsWork
from tongket.admissions.models import Candidate, CandidateStep, ProbationStep
from tongket.cases.models import Appeal, AppealAnswer, Case, CaseStep
from tongket.core import codelists as codes
from tongket.core import judging as lists
from tongket.core.codelists import BEGINNINGS
from tongket.honours.models import (
    BadgeDecision,
    BadgeProposal,
    CertificateNumber,
    CommendationDecision,
    CommendationProposal,
    CouncilView,
    ProposalOutcome,
)
from tongket.inspections.models import (
    Finding,
    Inspection,
    InspectionObject,
    InspectionStep,
    Programme,
    ProgrammeItem,
)
from tongket.members.models import Member, MemberEvent
from tongket.organisations.models import Organisation
from tongket.ratings.models import (
    MemberRating,
    OrganisationRating,
    RatingCandidate,
    RatingOverride,
    RatingRound,
    RatingSpecial,
    RatingStep,
    RoundDecision,
)

_GROUND = codes.DISCIPLINE_GROUND.values[0]


class YearsJudging(YearsWork):
    """Records of the year's judging; a part of `worlds.Maker`."""

    rng: Random
    rated: Any

    def lives(self) -> Any:
        """The lives of a record and of those that correct it: one of them known at once."""
        return self.rng.choice(_CORRECTED)

    def later(self, day: date, *days: int) -> date:
        return day + timedelta(days=self.rng.choice(days))

    # --- ratings, badges, commendations ---

    def round(self, member: Member, place: Organisation, day: date) -> None:
        rng, identity, rated = self.rng, self.identity(), self.rated()
        subject = rng.choice(lists.RATED.values)
        taken = {(r.organisation_id, r.period, r.subject) for r in self.world.rows[RatingRound]}
        if (place.pk, rated["period"], subject) in taken:
            return
        rows = [
            self.world.add(
                RatingRound,
                identity=identity,
                organisation=place,
                subject=subject,
                period=rated["period"],
                period_end=rated["period_end"],
                opened_on=rated["period_end"],
                cap_base="tot",
                known=known,
            )
            for known in self.lives()
        ]
        people = {member, *rng.choices(self.world.rows[Member], k=3)}
        for one in sorted(people, key=lambda m: m.pk) if subject == "members" else [None]:
            for body in (
                [rng.choice(self.places)] if one else rng.sample(self.places, min(2, len(self.places)))
            ):
                self.rated_one(rng.choice(rows), body, one)
        if rng.random() < 0.6:
            self.world.add(
                RoundDecision,
                round=rng.choice(rows),
                decision_number="1",
                decision_date=rated["period_end"],
                known=self.known(),
            )

    def rated_one(self, of: RatingRound, body: Organisation, member: Member | None) -> None:
        rng = self.rng
        row = self.world.add(
            RatingCandidate,
            round=of,
            organisation=body,
            member=member,
            reason=rng.choice(("", "", "", *codes.NOT_RATED_REASON.values)),
            known=self.known(),
        )
        for stage in rng.sample(lists.RATING_STAGE.values, rng.randrange(5)):
            self.world.add(
                RatingStep,
                candidate=row,
                stage=stage,
                on=self.later(of.period_end, -5, 10, 400),
                level="good",
                known=self.known(),
            )
        model, whose = (
            (MemberRating, {"member": member}) if member else (OrganisationRating, {"organisation": body})
        )
        taken = [r for r in self.world.rows[model] if r.period == of.period]
        if rng.random() < 0.4 and not any(
            getattr(r, name) is value for r in taken for name, value in whose.items()
        ):
            rating = {"organisation": body, **whose, "period": of.period, "period_end": of.period_end}
            self.world.add(model, level="good", known=self.known(), **rating)
        for model, more in ((RatingSpecial, {}), (RatingOverride, {"check_code": "discipline"})):
            if rng.random() < 0.3:
                self.world.add(model, candidate=row, reason="r", known=self.known(), **more)

    def badge_proposal(self, member: Member, place: Organisation, day: date) -> None:
        rng, identity, mark = self.rng, self.identity(), self.rng.choice((30, 40, 45, 50, 55, 90, 100))
        if any(p.member is member and p.mark == mark for p in self.world.rows[BadgeProposal]):
            return
        decision = self.world.add(
            BadgeDecision,
            organisation=place,
            award_day=day,
            decision_number="1",
            decision_date=rng.choice((None, self.later(day, -20, 0, 30))),
        )
        for known in self.lives():
            state = rng.choice(lists.BADGE_STATE.values)
            self.world.add(
                BadgeProposal,
                identity=identity,
                member=member,
                organisation=rng.choice((place, self.places[0])),
                holder=place,
                mark=mark,
                award_day=day,
                ground=rng.choice(lists.BADGE_GROUND.values),
                reached_on=day,
                state=state,
                decision=decision if state in ("approved", "refused", "awarded") else None,
                awarded_on=self.later(day, -1, 0, 20) if state == "awarded" else None,
                known=known,
            )

    def proposal(self, member: Member, place: Organisation, day: date) -> None:
        rng, identity, campaign, rated = self.rng, self.identity(), self.identity(), self.rated()
        common = {"proposal": identity}
        for known in self.lives():
            self.world.add(
                CommendationProposal,
                identity=identity,
                round=campaign,
                asked_by=place,
                title=campaign,
                title_code="GK",
                proposed_by=place,
                organisation=rng.choice((place, self.places[0])),
                recipient_kind=rng.choice(codes.RECIPIENT.values),
                member=rng.choice((None, member)),
                recipient_name="Tập thể",
                period=rated["period"],
                period_end=rated["period_end"],
                proposed_on=rated["period_end"],
                known=known,
            )
        for known in rng.choice((*_CORRECTED, ())):
            self.world.add(
                CouncilView,
                round=campaign,
                asked_by=place,
                on=day,
                recommended=rng.random() < 0.6,
                known=known,
                **common,
            )
        decision = self.world.add(
            CommendationDecision, round=campaign, organisation=place, period=rated["period"]
        )
        for known in rng.choice((*_CORRECTED, (), ())):
            self.world.add(
                ProposalOutcome,
                decision=decision,
                organisation=place,
                commended=rng.random() < 0.6,
                known=known,
                **common,
            )
        for known in rng.choice((*_CORRECTED, ())):
            self.world.add(
                CertificateNumber,
                organisation=place,
                round=campaign,
                year=2023,
                number=self.world._next,
                issued_on=day,
                known=known,
                **common,
            )

    # --- inspection ---

    def inspection(self, member: Member, place: Organisation, day: date) -> None:
        rng, identity, kind = self.rng, self.identity(), self.rng.choice(lists.INSPECTION_KIND.values)
        subject = rng.choice(lists.INSPECTION_SUBJECT.values)
        item = self.planned(place, day, subject) if rng.random() < 0.7 else None
        acting = rng.choice((place, self.places[0]))
        rows = [
            self.world.add(
                Inspection,
                identity=identity,
                organisation=acting,
                subject=subject,
                kind=kind,
                item=item,
                content="Nội dung",
                starts_on=day,
                ends_on=day,
                deadline=day,
                known=known,
            )
            for known in self.lives()
        ]
        for step in rng.choice(
            (("started", "concluded"), ("concluded",), ("started",), ("concluded", "concluded"))
        ):
            self.world.add(
                InspectionStep,
                inspection=rng.choice(rows),
                kind=step,
                on=self.later(day, 0, 0, 20, 60),
                known=self.known(),
            )
        for number in range(rng.randrange(1, 4)):
            body = rng.choice(self.places)
            one = member if number == 0 and rng.random() < 0.5 else None
            self.world.add(
                InspectionObject,
                inspection=rng.choice(rows),
                organisation=body,
                member=one,
                known=self.known(),
            )
            for _ in range(rng.randrange(3)):
                self.world.add(
                    Finding,
                    identity=self.identity(),
                    inspection=rng.choice(rows),
                    organisation=rng.choice((body, body, self.places[0])),
                    member=rng.choice((one, one, None)),
                    kind=rng.choice(lists.FINDING_KIND.values),
                    on=self.later(day, 0, 20, 70),
                    known=self.known(),
                )

    def planned(self, place: Organisation, day: date, subject: str) -> Any:
        rng, identity, item = self.rng, self.identity(), None
        body = f"Cơ quan {self.world._next}"
        rows = [
            self.world.add(
                Programme,
                identity=identity,
                organisation=rng.choice((place, self.places[0])),
                subject=subject,
                body=body,
                year=day.year,
                known=known,
            )
            for known in self.lives()
        ]
        item = self.identity()
        for known in self.lives():
            self.world.add(
                ProgrammeItem,
                identity=item,
                programme=rng.choice(rows),
                kind=rng.choice(lists.INSPECTION_KIND.values),
                content="Nội dung",
                objects_text="Đối tượng",
                objects_count=rng.randrange(1, 5),
                planned_on=self.later(day, 0, 0, 30),
                known=known,
            )
        return item

    # --- cases ---

    def case(self, member: Member, place: Organisation, day: date) -> None:
        rng, identity = self.rng, self.identity()
        for known in self.lives():
            self.world.add(
                Case,
                identity=identity,
                organisation=rng.choice((place, place, self.places[0])),
                member=rng.choice((member, member, None)),
                ground=_GROUND,
                act_days="01/01/2022",
                first_act_on=date(2022, 1, 1),
                last_act_on=date(2022, 1, 1),
                opened_on=day,
                body="UBKT",
                body_level=lists.CASE_BODY.values[0],
                source=rng.choice(lists.CASE_SOURCE.values),
                known=known,
            )
        for _ in range(rng.randrange(4)):
            self.world.add(
                CaseStep,
                case=identity,
                kind=rng.choice(("decided", "closed", "decided", "closed", "voted")),
                on=self.later(day, 0, 1, 40, 200),
                known=self.known(),
            )
        for _ in range(rng.randrange(3)):
            appeal = self.identity()
            for known in self.lives():
                self.world.add(
                    Appeal,
                    identity=appeal,
                    case=identity,
                    organisation=place,
                    received_on=self.later(day, 0, 40),
                    level=rng.choice(lists.APPEAL_LEVEL.values),
                    body="BTV",
                    due_on=day,
                    known=known,
                )
            if rng.random() < 0.7:
                self.world.add(
                    AppealAnswer,
                    appeal=appeal,
                    case=identity,
                    organisation=place,
                    on=self.later(day, 40, 90, 300),
                    outcome=rng.choice(lists.APPEAL_OUTCOME.values),
                    known=self.known(),
                )

    # --- admission and probation ---

    def votes(self, kind: str) -> dict[str, Any]:
        if kind != "resolution":
            return {"days": self.rng.choice((None, 10, 30))} if kind == "extended" else {}
        base = self.rng.choice((None, 0, 3, 9, 10, 11, 12, 12))
        agree = None if base is None else self.rng.choice((None, base, base * 2 // 3, (2 * base + 2) // 3))
        return {"base": base, "agree": agree}

    def candidate(self, member: Member, place: Organisation, day: date) -> None:
        rng, identity = self.rng, self.identity()
        for number, known in enumerate(self.lives()):
            self.world.add(
                Candidate,
                identity=identity,
                organisation=place,
                full_name="Quần chúng",
                folded_name="",
                sort_key="q",
                birth_date=rng.choice((date(1992, 2, 29), date(2001, 5, 17))),
                gender=rng.choice(codes.GENDER.values),
                occupation=rng.choice((*codes.OCCUPATION.values, "")),
                youth_union=rng.random() < 0.5,
                source_year=day.year,
                nominated_on=day if number == 0 else self.later(day, 0, 3),
                known=known,
            )
        on = day
        usual = ("class", "resolution", "extended", "decision", "received", "ceremony")
        for kind in (
            usual[: rng.randrange(1, 8)]
            if rng.random() < 0.6
            else rng.choices(lists.CANDIDATE_STEP.values, k=6)
        ):
            on = self.later(on, 0, 5, 30, 41, 42, 43, 44, 60, 80, 87, 90, 120)
            self.world.add(
                CandidateStep,
                candidate=identity,
                organisation=rng.choice((place, place, self.places[0])),
                kind=kind,
                on=on,
                known=self.known(),
                **self.votes(kind),
            )

    def probation(self, member: Member, place: Organisation, day: date) -> None:
        rng = self.rng
        begun = [e for e in self.world.rows[MemberEvent] if e.member is member and e.kind in BEGINNINGS]
        days = [d for e in begun for d in (e.ceremony_on, e.on, e.first_admitted_on) if d]
        ceremony = rng.choice(days) if days and rng.random() < 0.8 else day
        on = max(ceremony, day) if rng.random() < 0.5 else ceremony + timedelta(days=370)
        usual = ("resolution", "extended", "decision")[: rng.randrange(1, 4)]
        for kind in (
            usual if rng.random() < 0.6 else rng.sample(lists.PROBATION_STEP.values, rng.randrange(1, 6))
        ):
            self.world.add(
                ProbationStep,
                member=member,
                organisation=place,
                ceremony_on=ceremony,
                kind=kind,
                on=on,
                known=self.known(),
                **self.votes(kind),
            )
            on = self.later(on, 0, 5, 30, 41, 42, 43, 44, 60, 80)
