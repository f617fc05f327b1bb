"""The sheets of the annexes that have a row for each child organisation: which columns, and when they are there."""

from dataclasses import dataclass

from tongket.reports.facts import ReportFacts

#: Columns of the sheet of organisations: what a child has a value of its own for.
BY_ORGANISATION = (
    "members.total",
    "members.official",
    "members.probationary",
    "members.women",
    "members.admitted",
    "members.admitted.target",
    "members.admitted.of_target_pct",
    "members.increase",
    "members.decrease",
    "organisations.cells",
    "ratings.organisations.excellent",
    "ratings.organisations.good",
    "ratings.organisations.completed",
    "ratings.organisations.failed",
    "ratings.members.rated",
    "ratings.members.excellent",
    "ratings.members.good_or_better",
    "ratings.members.good_or_better_pct",
    "honours.badges",
    "honours.commended_collectives",
    "honours.commended_individuals",
    "discipline.members",
)


@dataclass(frozen=True, slots=True)
class ByChild:
    """A sheet with a row for each child organisation. `needs`: left out where none of these figures has anything."""

    name: str
    title: str
    ids: tuple[str, ...]
    needs: tuple[str, ...] = ()

    def is_wanted(self, facts: ReportFacts) -> bool:
        """Whether there is anything to show."""
        return not self.needs or any(facts.value(id) for id in self.needs)


SHEETS = (
    ByChild("Theo tổ chức", "Số liệu của từng tổ chức đảng trực thuộc", BY_ORGANISATION),
    ByChild(
        "Thực hiện nhiệm vụ",
        "Kết quả thực hiện nhiệm vụ được giao của từng tổ chức đảng trực thuộc",
        (
            "obligations.handed",
            "obligations.due",
            "obligations.on_time",
            "obligations.on_time_pct",
            "obligations.late",
            "obligations.overdue",
            "obligations.waiting",
            "obligations.done",
            "obligations.done_pct",
            "obligations.returned",
            "obligations.extended",
            "obligations.reminders",
            *(
                f"obligations.{what}.{kind}"
                for kind in ("study", "plan", "report", "task")
                for what in ("due", "on_time")
            ),
        ),
        ("obligations.handed", "obligations.due"),
    ),
    ByChild(
        "Dự hội nghị",
        "Đại biểu dự hội nghị và hội nghị do từng tổ chức đảng trực thuộc tổ chức",
        (
            "conference.delegates",
            "conference.delegates.attended",
            "conference.delegates.attended_pct",
            "conference.delegates.excused",
            "conference.delegates.absent",
            "conference.delegates.unmarked",
            "conference.held",
            "conference.invited",
            "conference.attended",
            "conference.attended_pct",
            "conference.conclusions",
            "conference.conclusions.handed",
        ),
        ("conference.delegates", "conference.invited"),
    ),
)
