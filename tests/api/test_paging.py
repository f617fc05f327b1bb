"""Lists are read without a cut: every row once, whatever is recorded between two pages."""

from datetime import date
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.api.conftest import get, token_for
from tests.world import person
from tongket.directives.acts import add_directive, correct_directive
from tongket.directives.drafts import DirectiveDraft
from tongket.members.acts import register, transfer


def _paper(world: Any, number: int) -> DirectiveDraft:
    return DirectiveDraft(
        book="received",
        organisation=world["QS"],
        kind="NQ",
        symbol=f"{number:02}-NQ/TW",
        issuer="Trung ương",
        issuer_level="central",
        issued_on=date(2023, 1, 1),
        subject=f"Nghị quyết {number}",
        received_on=date(2023, 2, 1),
    )


def _enter(world: Any, number: int) -> Any:
    who = person(world, f"A{number}", f"A {number}")
    register(
        who,
        into=world["PA1"],
        on=date(2020, 1, 1),
        by=None,
        admitted_on=date(2005, 3, 3),
        official_on=date(2006, 3, 10),
    )
    return who


def _walk(token: str, address: str, between: Any = lambda: None, **asked: Any) -> list[dict[str, Any]]:
    rows, cursor = [], ""
    while cursor is not None:
        answer = get(token, address, **asked, **({"cursor": cursor} if cursor else {}))
        assert answer.status_code == 200, answer.content
        rows += answer.json()["items"]
        cursor = answer.json()["next"]
        between()
    return rows


@seed(6)
@settings(max_examples=3, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_row_of_the_first_moment_comes_once_whatever_is_recorded_between_pages(
    world: Any, data: Any
) -> None:
    """Papers and people are entered, corrected and moved between any two pages of any length."""
    count = iter(range(10**6))
    with transaction.atomic():
        papers = [add_directive(_paper(world, number), by=None) for number in range(1, 6)]
        people, token = [], token_for(world, "QS", "organisation", "office")

        def disturb() -> None:
            for what in data.draw(
                st.lists(st.sampled_from(("paper", "correct", "enter", "move")), max_size=3)
            ):
                number = next(count)
                if number > 20:
                    return
                if what == "paper":
                    papers.append(add_directive(_paper(world, 100 + number), by=None))
                elif what == "correct":
                    at = data.draw(st.integers(0, len(papers) - 1))
                    draft = _paper(world, 200 + number)
                    papers[at] = correct_directive(papers[at], draft, reason="sai số", by=None)
                elif what == "enter":
                    people.append(_enter(world, number))
                elif people:
                    transfer(people.pop(), to=world["PB1"], on=date(2021, 1, 1), by=None)

        for address in ("directives", "members"):
            first = {row["id"] for row in _walk(token, address, limit=500)}
            limit = data.draw(st.integers(1, 4))
            ids = [row["id"] for row in _walk(token, address, disturb, limit=limit)]
            assert len(ids) == len(set(ids)) and first <= set(ids)
        transaction.set_rollback(True)


def test_a_cursor_of_another_question_or_program_is_refused(world: Any) -> None:
    one, other = token_for(world, "QS", "office"), token_for(world, "QS", "leader")
    cursor = get(one, "organisations", limit=1).json()["next"]
    assert get(one, "organisations", limit=5, cursor=cursor).status_code == 200
    for token, asked in ((one, {"under": "PA"}), (other, {}), (one, {"as_at": "2020-01-01"})):
        answer = get(token, "organisations", cursor=cursor, **asked)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "cursor"
    assert get(one, "organisations", cursor=cursor + "x").status_code == 422


def test_a_corrected_paper_keeps_its_address_and_is_read_as_it_was_known(world: Any) -> None:
    paper = add_directive(_paper(world, 1), by=None)
    token = token_for(world, "QS", "office")
    correct_directive(paper, _paper(world, 2), reason="sai số", by=None)
    now = get(token, f"directives/{paper.identity}").json()
    then = get(token, f"directives/{paper.identity}", as_known_at=paper.recorded_at.isoformat()).json()
    assert (now["symbol"], then["symbol"]) == ("02-NQ/TW", "01-NQ/TW")
    assert now["id"] == then["id"] == str(paper.identity)
    assert [row["symbol"] for row in get(token, "directives").json()["items"]] == ["02-NQ/TW"]


def test_papers_of_others_are_not_there(world: Any) -> None:
    paper = add_directive(_paper(world, 1), by=None)
    token = token_for(world, "PA", "office")
    assert get(token, "directives").json()["items"] == []
    assert get(token, f"directives/{paper.identity}").status_code == 404
