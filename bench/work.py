"""Eight years of tasks, conferences, activities and notes for the synthetic register of `bench.data`."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from bench.loader import Loader
from tongket.bulletins.models import Bulletin
from tongket.conferences.models import Attendance, Conference, Invitation, Moment, Reply
from tongket.core import worklists as lists
from tongket.events.models import Event
from tongket.obligations.models import Demand, Obligation, Step

_ZONE = timezone.get_default_timezone()
YEARS = range(2016, 2024)


def years_work(loader: Loader, rng: Random, top: int, bodies: list[int], *, demands: int, seats: int) -> None:
    """Each year so many demands of every body, and a conference with so many people in each."""
    _Work(loader, rng, top, bodies).fill(demands, seats)


class _Work:
    def __init__(self, loader: Loader, rng: Random, top: int, bodies: list[int]) -> None:
        self.add, self.rng, self.top, self.bodies = loader.add, rng, top, bodies

    def fill(self, demands: int, seats: int) -> None:
        for year in YEARS:
            for _ in range(demands):
                self.demand(self.day(year))
            for place in (self.top, *self.bodies):
                self.conference(place, self.day(year), seats)
                for _ in range(3):
                    self.small(place, self.day(year))

    def day(self, year: int) -> date:
        return date(year, 1, 1) + timedelta(days=self.rng.randrange(365))

    def demand(self, asked: date) -> None:
        rng, due = self.rng, asked + timedelta(days=30)
        demand = self.add(
            Demand,
            organisation_id=self.top,
            kind=rng.choice(lists.OBLIGATION_KIND.values),
            title="Báo cáo",
            asked_on=asked,
            due_on=due,
        )
        for body in self.bodies:
            task = self.add(Obligation, demand_id=demand, organisation_id=body, due_on=due, deadline=due)
            if rng.random() < 0.1:
                self.step(task, "extended", due - timedelta(days=3), new_deadline=due + timedelta(days=10))
            if rng.random() < 0.85:
                self.step(task, "reported", due + timedelta(days=rng.choice((-9, -2, 0, 4))))
                if rng.random() < 0.9:
                    self.step(task, "accepted", due + timedelta(days=6))
            else:
                self.step(task, "reminded", due + timedelta(days=1))

    def step(self, task: int, kind: str, on: date, **more: Any) -> None:
        self.add(Step, obligation_id=task, kind=kind, on=on, **more)

    def conference(self, place: int, day: date, seats: int) -> None:
        rng, at = self.rng, datetime(day.year, day.month, day.day, 8, tzinfo=_ZONE)
        row = self.add(
            Conference,
            organisation_id=place,
            kind=rng.choice(lists.CONFERENCE_KIND.values),
            title="Hội nghị tổng kết",
            starts_at=at,
            place="Hội trường",
            chairs="Bí thư",
            state="closed",
        )
        for kind in ("called", "running", "closed"):
            self.add(Moment, conference_id=row, kind=kind, at=at)
        for number in range(seats):
            seat = self.add(
                Invitation,
                conference_id=row,
                organisation_id=rng.choice(self.bodies),
                name=f"Đại biểu {number}",
                post="Bí thư",
                number=number,
                code=f"{row}-{number}",
                voting=rng.random() < 0.5,
            )
            self.add(Reply, invitation_id=seat, answer=rng.choice(lists.REPLY.values), on=day)
            state = rng.choices(lists.ATTENDANCE.values, (90, *[5] * (len(lists.ATTENDANCE.values) - 1)))[0]
            self.add(Attendance, invitation_id=seat, conference_id=row, state=state, at=at)

    def small(self, place: int, day: date) -> None:
        """An activity and a note of the bulletin."""
        self.add(
            Event,
            organisation_id=place,
            kind=self.rng.choice(lists.EVENT_KIND.values),
            title="Gặp mặt",
            starts_on=day,
            ends_on=day,
        )
        self.add(
            Bulletin,
            organisation_id=place,
            month=day.replace(day=1),
            topic=self.rng.choice(lists.MOOD_TOPIC.values),
            text="Nội dung",
        )
