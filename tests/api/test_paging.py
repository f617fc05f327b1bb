"""Lists are read without a cut: every row once, whatever is recorded between two pages."""

from datetime import date
from typing import Any

from tests.api.conftest import get, token_for
from tests.world import person
from tongket.directives.acts import add_directive, correct_directive
from tongket.directives.drafts import DirectiveDraft
from tongket.members.acts import register


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


def _walk(token: str, address: str, between: Any = lambda: None, **asked: Any) -> list[dict[str, Any]]:
    rows, cursor = [], ""
    while cursor is not None:
        answer = get(token, address, **asked, **({"cursor": cursor} if cursor else {}))
        assert answer.status_code == 200, answer.content
        rows += answer.json()["items"]
        cursor = answer.json()["next"]
        between()
    return rows


def test_a_member_entered_between_two_pages_moves_nobody(world: Any) -> None:
    token, new = token_for(world, "QS", "organisation"), iter(range(3))

    def enter() -> None:
        number = next(new, None)
        if number is not None:
            register(
                person(world, f"A{number}", f"A {number}"),
                into=world["PA1"],
                on=date(2020, 1, 1),
                by=None,
                admitted_on=date(2005, 3, 3),
                official_on=date(2006, 3, 10),
            )

    codes = [row["code"] for row in _walk(token, "members", enter, limit=2)]
    assert len(codes) == len(set(codes)) and {"M1", "M2", "M3", "M4", "M5", "M6"} <= set(codes)


def test_a_paper_corrected_between_two_pages_is_neither_lost_nor_doubled(world: Any) -> None:
    papers = [add_directive(_paper(world, number), by=None) for number in range(1, 8)]
    token, left = token_for(world, "QS", "office"), list(papers)

    def correct() -> None:
        if left:
            row = left.pop()
            correct_directive(row, _paper(world, row.number + 20), reason="sai số", by=None)

    ids = [row["id"] for row in _walk(token, "directives", correct, limit=2)]
    assert sorted(ids) == sorted(str(paper.identity) for paper in papers)


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
