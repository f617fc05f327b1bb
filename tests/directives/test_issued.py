"""Papers an organisation issues: what follows from it, symbols, one number once in a term, nobody gets another's."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.directives.test_directive import directive, errors
from tests.reliability.scratch import scratch
from tests.world import World
from tongket.core.problems import Refused
from tongket.directives.acts import (
    add_directive,
    add_plan,
    check_directives,
    check_plans,
    correct_directive,
    issue_directive,
    void_directive,
)
from tongket.directives.drafts import PlanDraft
from tongket.directives.models import Directive
from tongket.directives.papers import series
from tongket.directives.papers.issuing import issued_draft, issuer_of, letters_of_body, level_of
from tongket.directives.papers.series import all_series, next_number, offered_symbol, terms_of
from tongket.organisations.acts import open_term
from tongket.organisations.drafts import TermDraft

DAY = date(2023, 3, 1)


def issued(world: World, symbol: str = "", **changes):
    values = {
        "organisation": world["QS"],
        "kind": "KH",
        "issued_on": DAY,
        "subject": "Triển khai công tác năm",
    }
    return issued_draft(**values | {"symbol": symbol} | changes)


def said(problems) -> list[tuple[str, str]]:
    return [(p.field, p.severity) for p in problems]


def test_who_issues_and_at_what_level_follow_from_the_organisation(world):
    found = [
        (issuer_of(world[c]), level_of(world[c]), letters_of_body(world[c]))
        for c in ("QS", "PA", "PA1", "VP")
    ]
    assert found == [
        ("Huyện ủy Thử", "district", "HU"),
        ("Đảng ủy xã A", "grassroots", "ĐU"),
        ("Chi bộ thôn A1", "cell", "CB"),
        ("Chi bộ Văn phòng", "cell", "CB"),
    ]


def test_an_issued_paper_enters_the_book_on_its_own_day_and_asks_for_no_plan(world, clerk):
    made = issue_directive(issued(world, "15-KH/HU", signer="Nguyễn Văn A"), by=clerk)
    made.refresh_from_db()
    assert (made.book, made.number, made.issuer, made.issuer_level, made.received_on, made.needs_plan) == (
        "issued", 15, "Huyện ủy Thử", "district", DAY, False,
    )  # fmt: skip
    assert made.signer == "Nguyễn Văn A"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"received_on": date(2023, 3, 2)}, [("received_on", "error")]),
        ({"issuer_level": "province"}, [("issuer_level", "warning"), ("issuer_level", "error")]),
        ({"effective_until": date(2023, 2, 28)}, [("effective_until", "error")]),
        ({"effective_until": DAY}, []),
        ({"symbol": "15KH/HU"}, [("symbol", "error")]),
        ({"symbol": "15-KH-HU"}, [("symbol", "error")]),
        ({"symbol": "15"}, [("symbol", "error")]),
        ({"symbol": "15-NQ/HU"}, [("symbol", "error")]),
        ({"symbol": "15-XX/HU"}, [("symbol", "error")]),
        ({"symbol": "KH-HNTW7"}, [("symbol", "warning")]),
        ({"symbol": "15-KH/TU"}, [("issuer_level", "warning")]),
    ],
)
def test_what_cannot_be_is_refused_and_what_is_unusual_is_to_be_confirmed(world, changes, found):
    assert said(check_directives([replace(issued(world, "15-KH/HU"), **changes)])) == found


def test_a_wrong_symbol_is_told_how_it_should_read(world):
    [problem] = check_directives([directive(world, symbol="26CT/TU")])
    assert "26-CT/TU" in problem.message


def test_papers_of_the_state_are_numbered_their_own_way(world):
    draft = directive(world, kind="CT", symbol="45/2023/CT-TTg", issuer_level="state")
    assert check_directives([draft]) == []


def test_a_resolution_of_a_plenum_without_number_stays_possible(world, clerk):
    made = add_directive(directive(world, kind="NQ", symbol="NQ-HNTW7", issuer_level="central"), by=clerk)
    assert made.number is None


# --- the series -------------------------------------------------------------------------------------------


def test_numbers_run_by_kind_and_body_through_the_term_and_plans_count(world, clerk):
    assert next_number(world["QS"], "KH", DAY) == 1
    issue_directive(issued(world, "15-KH/HU"), by=clerk)
    received = add_directive(directive(world), by=clerk)
    add_plan(PlanDraft(received, "KH", "17-KH/HU", date(2023, 3, 20)), by=clerk)
    assert offered_symbol(world["QS"], "KH", DAY) == "18-KH/HU"
    assert offered_symbol(world["QS"], "NQ", DAY) == "01-NQ/HU"
    assert next_number(world["QS"], "KH", DAY, "VPHU") == 1
    assert next_number(world["PA"], "KH", DAY) == 1


def test_decision_and_regulation_of_one_number_are_two_papers(world, clerk):
    issue_directive(issued(world, "12-QĐ/HU", kind="QĐ"), by=clerk)
    assert check_directives([issued(world, "12-QĐ/HU", kind="QyĐ")]) == []
    assert said(check_directives([issued(world, "12-QĐ/HU", kind="QĐ", issued_on=date(2023, 5, 5))])) == [
        ("symbol", "error")
    ]


def test_a_double_is_refused_with_the_number_that_is_free(world, clerk):
    issue_directive(issued(world, "15-KH/HU"), by=clerk)
    [problem] = check_directives([issued(world, "15 - kh/hu", issued_on=date(2023, 6, 1))])
    assert (problem.field, problem.severity) == ("symbol", "error")
    assert "16-KH/HU" in problem.message and "01/03/2023" in problem.message
    first, second = issued(world, "20-KH/HU"), issued(world, "20-KH/HU", issued_on=date(2023, 6, 1))
    assert errors(check_directives([first, second])) == [(1, "symbol")]


def test_a_number_begins_anew_with_the_committees_term(world, clerk):
    open_term(TermDraft(world["QS"], "Khóa I", date(2015, 6, 1), date(2020, 6, 1)), by=clerk)
    open_term(TermDraft(world["QS"], "Khóa II", date(2020, 6, 1)), by=clerk)
    issue_directive(issued(world, "15-KH/HU", issued_on=date(2020, 5, 31)), by=clerk)
    assert check_directives([issued(world, "15-KH/HU", issued_on=date(2020, 6, 1))]) == []
    assert next_number(world["QS"], "KH", date(2020, 6, 1)) == 1
    assert next_number(world["QS"], "KH", date(2018, 1, 1)) == 16
    assert errors(check_directives([issued(world, "15-KH/HU", issued_on=date(2016, 1, 1))])) == [
        (0, "symbol")
    ]


def test_a_plan_takes_no_number_of_an_issued_paper_but_may_be_that_paper(world, clerk):
    received = add_directive(directive(world), by=clerk)
    issue_directive(issued(world, "15-KH/HU", issued_on=date(2023, 3, 20)), by=clerk)
    same = PlanDraft(received, "KH", "15-KH/HU", date(2023, 3, 20))
    assert check_plans([same]) == []
    assert said(check_plans([replace(same, issued_on=date(2023, 3, 21))])) == [("symbol", "error")]
    add_plan(replace(same, symbol="18-KH/HU"), by=clerk)
    other = PlanDraft(received, "KH", "18-KH/HU", date(2023, 4, 1))
    assert said(check_plans([other])) == [("symbol", "warning")]


def test_a_voided_number_is_free_again_and_a_correction_keeps_its_own(world, clerk):
    made = issue_directive(issued(world, "15-KH/HU"), by=clerk)
    fresh = correct_directive(
        made, issued(world, "15-KH/HU", subject="Trích yếu đúng"), reason="Sai chữ", by=clerk
    )
    assert fresh.identity == made.identity
    void_directive(fresh, reason="Không ban hành", by=clerk)
    assert check_directives([issued(world, "15-KH/HU", issued_on=date(2023, 7, 1))]) == []


def test_gaps_and_doubles_of_a_series_are_shown(world, clerk):
    for number in (2, 3, 7):
        issue_directive(issued(world, f"{number:02d}-KH/HU"), by=clerk)
    # Two of one number, as an older register may hold them.
    Directive.objects.filter(symbol="03-KH/HU").update(
        symbol="02-KH/HU", number=2, issued_on=date(2023, 4, 4)
    )
    [found] = all_series(world["QS"], 0, terms_of([world["QS"].pk]).get(world["QS"].pk, []))
    assert (found.last, found.gaps, found.next_symbol) == (7, ((1, 1), (3, 6)), "08-KH/HU")
    assert {number: len(papers) for number, papers in found.doubles.items()} == {2: 2}


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 2)), min_size=1, max_size=25))
def test_used_numbers_and_gaps_fill_the_series_without_overlap(rows):
    papers = [
        series.Paper("directive", i, 1, "KH", number, f"{number:02d}-KH/HU", DAY + timedelta(days=day), "")
        for i, (number, day) in enumerate(rows)
    ]
    found = series._series("KH", "HU", papers)
    used = {number for number, _day in rows}
    free = {n for first, last in found.gaps for n in range(first, last + 1)}
    assert used | free == set(range(1, max(used) + 1)) and not used & free
    assert set(found.doubles) == {n for n in used if len({d for m, d in rows if m == n}) > 1}


# --- the race ---------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_twenty_clerks_at_once_get_twenty_numbers(tmp_path):
    with scratch(tmp_path / "data") as own:
        own.make()
        found = own.drive("issue", "20")
    assert found["symbols"] == [f"{n:02d}-KH/HU" for n in range(1, 21)]
    assert (found["rows"], found["broken_at"]) == (20, None)


def test_a_number_taken_meanwhile_is_refused(world, clerk):
    issue_directive(issued(world, "01-KH/HU"), by=clerk)
    with pytest.raises(Refused, match="02-KH/HU"):
        issue_directive(issued(world, "01-KH/HU", issued_on=date(2023, 5, 1)), by=clerk)
    assert Directive.objects.count() == 1


def test_without_kind_or_day_no_number_is_taken(world, clerk):
    with pytest.raises(Refused):
        issue_directive(issued(world, kind=""), by=clerk)
    assert not Directive.objects.exists()
