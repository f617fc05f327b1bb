"""What the engine computes from the imported demo: the account of 2023, and the recount of every year."""

from datetime import date

import pytest

from tests.demo import recount
from tongket.accounts.models import User
from tongket.core.periods import parse_period
from tongket.core.problems import Refused
from tongket.demo.draw.plain import District
from tongket.demo.load import ACCOUNTS, DEMO_PASSWORD, load
from tongket.figures.engine import compute
from tongket.intake.models import ImportBatch
from tongket.members.acts import void_event
from tongket.members.models import MemberEvent
from tongket.organisations.models import Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def _figures(period: str = "2023", code: str = "QS") -> dict[str, object]:
    found = compute(Organisation.objects.get(code=code), parse_period(period))
    return {id: figure.value for id, figure in found.own.items()}


def test_the_engine_computes_the_account_of_the_year_2023() -> None:
    figures = _figures()
    said = {
        "members.admitted": 88,
        "members.admitted.target": 85,
        "members.total": 3724,
        "honours.badges": 158,
        "organisations.grassroots": 53,
        "ratings.organisations.rated": 53,
        "ratings.organisations.good_or_better": 52,
        "ratings.organisations.excellent": 10,
        "honours.commended_collectives": 43,
        "honours.commended_individuals": 38,
    }
    assert {id: figures[id] for id in said} == said
    assert str(figures["members.admitted.vs_target_pct"]) in ("3.5", "3.53")
    assert str(figures["ratings.organisations.good_or_better_pct"]) == "98.11"
    assert 93 < figures["ratings.members.good_or_better_pct"] < 94  # type: ignore[operator]
    assert 17 < figures["ratings.members.excellent_pct"] < 18  # type: ignore[operator]


def test_one_admission_less_and_the_figure_says_87() -> None:
    event = MemberEvent.objects.filter(kind="admitted", on__year=2023, voided_at__isnull=True).first()
    assert event is not None
    # Who became official since cannot stay so without the admission: what came last is taken back first.
    for later in MemberEvent.objects.filter(member=event.member, voided_at__isnull=True).exclude(pk=event.pk):
        void_event(later, reason="ghi nhầm", by=None)
    void_event(event, reason="ghi nhầm", by=None)
    figures = _figures()
    assert (figures["members.admitted"], figures["members.total"]) == (87, 3723)


def test_ten_years_of_the_engine_equal_the_plain_count_of_what_was_drawn(loaded: District) -> None:
    for year in range(2014, 2024):
        figures = _figures(str(year))
        assert figures["members.total"] == recount.members_on(loaded, date(year, 12, 31)), year
        assert figures["members.admitted"] == recount.admitted_in(loaded, year), year
        assert figures["honours.badges"] == recount.badges_in(loaded, year), year
        assert figures["organisations.grassroots"] == len(loaded.grassroots(date(year, 12, 31))), year


def test_the_three_papers_of_the_conference_are_among_the_directives() -> None:
    district = Organisation.objects.get(code="QS")
    papers = dict(district.directives.values_list("symbol", "issued_on"))
    assert papers["33-NQ/TU"] == date(2023, 11, 20)
    assert papers["26-CT/TW"] == date(2023, 11, 23)
    assert papers["138-QĐ/TW"] == date(2023, 12, 1)


def test_plans_are_mostly_in_time_but_not_all() -> None:
    figures = _figures()
    assert 80 < figures["directives.plans_on_time_pct"] < 100  # type: ignore[operator]
    assert figures["directives.plans_overdue"] >= 1  # type: ignore[operator]


def test_the_merged_commune_reads_as_it_was_on_each_side_of_the_merger() -> None:
    old, new = Organisation.objects.get(code="QS.13"), Organisation.objects.get(code="QS.15")
    assert (old.ends_on, new.founded_on) == (date(2020, 3, 1), date(2020, 3, 1))
    before = compute(old, parse_period("2019")).own["members.total"].value
    after = compute(new, parse_period("2020")).own["members.total"].value
    assert before > 0
    assert after > before


def test_every_event_up_to_2023_came_by_a_workbook_and_the_accounts_are_those_published() -> None:
    assert ImportBatch.objects.filter(committed_at__isnull=False).count() == 12
    by_acts = MemberEvent.objects.exclude(origin__startswith="import ")
    assert set(by_acts.values_list("kind", flat=True)) == {"admitted", "recognised"}
    assert not by_acts.filter(on__lte=date(2023, 12, 31)).exists()
    assert set(User.objects.filter(api_client=None).values_list("username", flat=True)) == {
        a.username for a in ACCOUNTS
    }
    assert len(DEMO_PASSWORD) >= 12
    assert User.objects.get(username="to-chuc").check_password(DEMO_PASSWORD)


def test_the_demo_never_goes_into_books_that_hold_something(loaded: District) -> None:
    with pytest.raises(Refused):
        load(lambda *_: None, loaded)
