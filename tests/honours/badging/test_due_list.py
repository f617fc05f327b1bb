"""Who is due on an award day: reached by then, not given, after death, delayed; and what each reader sees."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.honours.badging.conftest import DAY, dies, veteran
from tests.world import World
from tongket.audit.acts import act
from tongket.core.problems import Refused
from tongket.honours.acts import add_badge_award
from tongket.honours.badging.reading import day_note, due_counts, due_on, for_reader
from tongket.honours.drafts import BadgeAwardDraft
from tongket.inspections.models import DisciplineEnd, MemberDiscipline, SealedAccess


def listed(world: World, day: date = DAY, org: str = "QS", **more) -> dict[str, tuple[str, str, int]]:
    return {due.code: (due.ground, due.state, due.mark) for due in due_on(world[org], day, **more)}


def disciplined(world: World, code: str, form: str, on: date, *, case=None) -> MemberDiscipline:
    member = world[code]
    with act("test", by=None) as a:
        return MemberDiscipline.objects.create(
            member=member,
            organisation=member.organisation,
            form=form,
            decided_on=on,
            ground="other",
            sealed=case is not None,
            case_identity=case,
            **a.stamp(),
        )


def ended(row: MemberDiscipline, kind: str, on: date) -> None:
    with act("test", by=None) as a:
        DisciplineEnd.objects.create(member_discipline=row, kind=kind, on=on, **a.stamp())


def test_each_stands_on_the_list_for_what_the_register_says(world):
    assert listed(world) == {
        "V1": ("due", "due", 30),
        "V2": ("due", "due", 50),
        "V3": ("due", "missed", 40),
        "V4": ("due", "missed", 65),
        "V5": ("posthumous", "due", 60),
        "V6": ("due", "no_date", 0),
    }


def test_the_mark_is_reached_on_the_award_day_itself_but_not_the_day_after(world):
    assert listed(world, date(2024, 2, 2)).get("V2") == ("due", "missed", 45)
    assert listed(world)["V2"] == ("due", "due", 50)


def test_only_the_subtree_is_asked(world):
    assert set(listed(world, org="PA")) == {"V1", "V3", "V4", "V6"}
    assert set(listed(world, org="PB")) == {"V2", "V5"}


@pytest.mark.parametrize("mark", [30, 40])
def test_a_mark_already_given_or_a_higher_one_counts(world, mark):
    veteran(world, "V7", "VP", date(1984, 1, 1))
    assert listed(world)["V7"] == ("due", "due", 40)
    draft = BadgeAwardDraft(world["V7"], world["VP"], mark, "other", date(2024, 1, 5))
    add_badge_award(draft, by=None)
    assert ("V7" in listed(world)) is (mark < 40)


def test_who_could_be_early_is_listed_only_when_asked(world):
    def early(day: date) -> set[tuple[str, int]]:
        return {(d.code, d.mark) for d in due_on(world["QS"], day, early=True) if d.ground == "early"}

    assert not any(ground == "early" for ground, _, _ in listed(world).values())
    assert ("V4", 70) in early(DAY)  # reached 20/1/2026: 24 months from 70 years on
    assert ("V4", 70) not in early(date(2024, 1, 19))


def test_after_death_the_mark_may_be_missed_by_twelve_months(world):
    veteran(world, "V8", "PA1", date(1974, 11, 30))
    veteran(world, "V9", "PA1", date(1974, 12, 2))
    dies(world, "V8", date(2023, 12, 1))
    dies(world, "V9", date(2023, 12, 1))
    found = listed(world)
    assert found["V8"] == ("posthumous", "due", 50)
    assert found["V9"] == ("posthumous", "missed", 45)
    assert "V5" not in listed(world, date(2024, 12, 2))


@pytest.mark.parametrize(
    ("form", "decided", "delayed"),
    [
        ("reprimand", date(2023, 8, 4), True),
        ("reprimand", date(2023, 8, 3), True),  # the months are over, the confirmation is not there
        ("warning", date(2023, 5, 4), True),
        ("expulsion", date(2023, 5, 4), False),
    ],
)
def test_discipline_delays_until_the_months_are_over_and_the_correction_confirmed(
    world, form, decided, delayed
):
    row = disciplined(world, "V1", form, decided)
    assert (listed(world)["V1"][1] == "delayed") is delayed
    ended(row, "corrected", date(2024, 2, 1))
    waiting = {("reprimand", date(2023, 8, 4)), ("warning", date(2023, 5, 4))}
    assert (listed(world)["V1"][1] == "delayed") is ((form, decided) in waiting)


def test_an_annulled_decision_delays_nothing(world):
    ended(disciplined(world, "V1", "warning", date(2023, 12, 1)), "annulled", date(2024, 5, 1))
    assert listed(world)["V1"][1] == "due"


def _reasons(world: World, reader: str, code: str = "V1") -> str:
    dues = for_reader(world.users[reader], due_on(world["QS"], DAY))
    [own] = [due for due in dues if due.code == code]
    return " ".join(reason.text for reason in own.reasons)


def test_who_may_not_read_discipline_is_told_of_the_delay_only(world):
    disciplined(world, "V1", "warning", date(2023, 12, 1))
    assert "Tạm hoãn theo quy định" in _reasons(world, "office")
    assert "cảnh cáo" not in _reasons(world, "office") and "01/12/2023" not in _reasons(world, "office")
    assert "cảnh cáo ngày 01/12/2023" in _reasons(world, "inspector")


def test_a_sealed_decision_moves_nobody_and_warns_only_who_is_named(world):
    before = listed(world), due_counts(world["QS"], [DAY])
    case = uuid.uuid4()
    disciplined(world, "V1", "warning", date(2023, 12, 1), case=case)
    assert (listed(world), due_counts(world["QS"], [DAY])) == before
    plain = _reasons(world, "office")
    assert "hoãn" not in plain and plain == _reasons(world, "inspector")
    with act("test", by=None) as a:
        SealedAccess.objects.create(case_identity=case, user=world.users["inspector"], **a.stamp())
    assert "Cảnh báo (hồ sơ niêm phong)" in _reasons(world, "inspector")
    assert _reasons(world, "office") == plain


def test_each_reason_cites_a_rule_and_the_bonus_that_is_not_known_stays_unknown(world):
    by_code = {due.code: due for due in due_on(world["QS"], DAY)}
    assert {reason.rule for reason in by_code["V5"].reasons} == {"badge.marks", "badge.death"}
    assert by_code["V1"].bonus == 2_700_000
    veteran(world, "V45", "VP", date(1979, 1, 1))
    [mark45] = [due for due in due_on(world["VP"], DAY) if due.code == "V45"]
    assert (mark45.mark, mark45.bonus) == (45, None)


def test_the_list_as_it_was_known_before_an_entry(world):
    seen = due_on(world["QS"], DAY)[0]
    with act("test.moment", by=None) as a:
        moment = a.at
    draft = BadgeAwardDraft(world["V1"], world["PA1"], 30, "0302", DAY)
    add_badge_award(draft, by=None)
    assert "V1" not in listed(world)
    assert listed(world, known=moment)["V1"] == ("due", "due", 30)
    assert seen in due_on(world["QS"], DAY, known=moment)


def test_the_counts_of_several_days_are_those_of_the_lists(world):
    disciplined(world, "V2", "warning", date(2023, 12, 1))
    days = [date(2024, 2, 3), date(2024, 5, 19), date(2024, 9, 2), date(2024, 11, 7)]
    counts = due_counts(world["QS"], days)
    for day in days:
        states = [due.state for due in due_on(world["QS"], day)]
        asked = counts[day]
        assert [asked.due, asked.missed, asked.delayed, asked.no_date] == [
            states.count(one) for one in ("due", "missed", "delayed", "no_date")
        ]


def test_the_questions_do_not_grow_with_the_members(world):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            due_on(world["QS"], DAY)
        return len(asked)

    before = queries()
    for n in range(12):
        veteran(world, f"W{n}", "PA1", date(1994, 1, 1))
    assert queries() == before <= 9


def test_a_day_without_rules_and_a_day_that_is_none_are_said(world):
    with pytest.raises(Refused, match=r"2010"):
        due_on(world["QS"], date(2010, 2, 3))
    assert day_note(DAY) == ""
    assert "không phải ngày trao" in day_note(date(2024, 3, 1))
