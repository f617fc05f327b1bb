"""Asking on the command line: shapes of the answers, and clear refusals of what cannot be asked."""

import json
from typing import Any

import pytest

from tests.world import make_world
from tongket.cli import main
from tongket.indicators.catalogue import INDICATORS

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def world() -> Any:
    return make_world()


def ask(capsys: Captured, *arguments: str) -> Any:
    """The JSON answer to a question that is in order."""
    code = main([*arguments, "--json"])
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    return json.loads(out)


def refused(capsys: Captured, *arguments: str) -> str:
    """What is said to a question that is not: exit code 2, one Vietnamese line, no traceback, no answer."""
    code = main(list(arguments))
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    (line,) = err.strip().splitlines()
    assert any(letter in line for letter in "ăâđêôơưáàảãạéèếềểễệíìịóòốồổộớờợúùủứừựýỳ"), line
    return line


QUESTION = ("--org", "QS", "--period", "2023")


def test_figures_have_the_agreed_shape(capsys: Captured) -> None:
    answer = ask(capsys, "figures", *QUESTION)
    assert set(answer) == {"organisation", "period", "as_at", "as_known_at", "figures"}
    assert (answer["organisation"], answer["period"]) == ("QS", "2023")
    assert (answer["as_at"], answer["as_known_at"]) == ("2023-12-31", None)
    keys = {"id", "name", "unit", "value", "numerator", "denominator", "records"}
    assert all(set(figure) == keys for figure in answer["figures"])
    assert [figure["id"] for figure in answer["figures"]] == list(INDICATORS)


def test_figures_are_those_of_the_records(capsys: Captured) -> None:
    answer = ask(capsys, "figures", *QUESTION, "--figure", "members.total", "--figure", "members.admitted")
    values = {f["id"]: (f["value"], f["records"]) for f in answer["figures"]}
    assert values == {"members.total": (6, 6), "members.admitted": (1, 1)}


def test_figures_are_asked_as_at_a_day_written_either_way(capsys: Captured) -> None:
    for written in ("30/04/2023", "2023-04-30"):
        answer = ask(capsys, "figures", *QUESTION, "--figure", "members.total", "--as-at", written)
        assert (answer["as_at"], answer["figures"][0]["value"]) == ("2023-04-30", 6)
    answer = ask(capsys, "figures", *QUESTION, "--figure", "members.total", "--as-at", "2023-04-01")
    assert answer["figures"][0]["value"] == 5


def test_figures_are_asked_as_known_before_anything_was_recorded(capsys: Captured) -> None:
    answer = ask(
        capsys, "figures", *QUESTION, "--figure", "members.total", "--as-known-at", "2020-01-01T08:00"
    )
    assert answer["as_known_at"].startswith("2020-01-01T08:00")
    assert answer["figures"][0]["value"] == 0


def test_records_are_as_many_as_the_figure_says(capsys: Captured) -> None:
    answer = ask(capsys, "records", *QUESTION, "--figure", "members.total")
    assert {"organisation", "period", "figure", "count", "records"} <= set(answer)
    assert (answer["figure"], answer["count"], len(answer["records"])) == ("members.total", 6, 6)
    row = answer["records"][0]
    assert {"source", "id", "title", "on", "organisation"} <= set(row)


def test_indicators_are_listed_with_their_definition(capsys: Captured) -> None:
    answer = ask(capsys, "indicators")
    assert {row["id"] for row in answer["indicators"]} == set(INDICATORS)
    assert len(INDICATORS) >= 100
    for row in answer["indicators"]:
        assert row["name"] and row["name_en"] and row["unit"] and row["formula"], row["id"]


def test_organisations_are_listed_with_code_and_parent(capsys: Captured) -> None:
    rows = {row["code"]: row for row in ask(capsys, "organisations")["organisations"]}
    assert rows["PA1"] == {"code": "PA1", "name": "Chi bộ thôn A1", "kind": "cell", "parent": "PA"}
    assert rows["QS"]["parent"] is None


@pytest.mark.parametrize("command", ["figures", "records", "indicators", "organisations"])
def test_every_question_is_also_answered_in_plain_lines(capsys: Captured, command: str) -> None:
    more = {"figures": QUESTION, "records": (*QUESTION, "--figure", "members.total")}.get(command, ())
    assert main([command, *more]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) > 3 and err == ""


REFUSED = {
    "an unknown organisation": (("figures", "--org", "KHONG-CO", "--period", "2023"), "KHONG-CO"),
    "a period that is none": (("figures", "--org", "QS", "--period", "2023-Q5"), "2023-Q5"),
    "a period of letters": (("figures", "--org", "QS", "--period", "năm nay"), "năm nay"),
    "an unknown indicator": (("figures", *QUESTION, "--figure", "members.happy"), "members.happy"),
    "an unknown indicator's records": (("records", *QUESTION, "--figure", "members.happy"), "members.happy"),
    "a day that is none": (("figures", *QUESTION, "--as-at", "31/02/2023"), "31/02/2023"),
    "a day before the period": (("figures", *QUESTION, "--as-at", "31/12/2022"), "31/12/2022"),
    "a moment that is none": (("figures", *QUESTION, "--as-known-at", "hôm qua"), "hôm qua"),
    "a period before the organisation": (("figures", "--org", "QS", "--period", "2009"), "01/01/2010"),
    "records before the organisation": (
        ("records", "--org", "QS", "--period", "2009", "--figure", "members.total"), "01/01/2010",
    ),
    "an unknown kind of workbook": (("import", "cats", "x.xlsx"), "cats"),
    "a workbook that is not there": (("import", "members", "khong-co.xlsx"), "khong-co.xlsx"),
    "a backup that is not there": (("restore", "khong-co.zip"), "khong-co.zip"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "named"), REFUSED.values(), ids=REFUSED.keys())
def test_a_question_that_cannot_be_answered_is_refused_and_names_what_is_wrong(
    capsys: Captured, arguments: tuple[str, ...], named: str
) -> None:
    assert named in refused(capsys, *arguments)


@pytest.mark.parametrize("command", ["", "figures", "records", "indicators", "report", "import", "templates",
                                     "organisations", "create-user", "check-data", "init", "bench", "backup",
                                     "restore"])  # fmt: skip
def test_help_is_there_for_every_command(capsys: Captured, command: str) -> None:
    with pytest.raises(SystemExit) as left:
        main([*command.split(), "--help"])
    out, err = capsys.readouterr()
    assert (left.value.code, err) == (0, "")
    assert "--help" in out


@pytest.mark.parametrize("arguments", [["khong-co"], ["figures"], ["figures", "--org", "QS"], ["init"]])
def test_a_command_that_is_not_understood_leaves_with_code_2(capsys: Captured, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    out, err = capsys.readouterr()
    assert (left.value.code, out) == (2, "")
    assert "Traceback" not in err and err


def test_check_data_finds_nothing_in_a_register_kept_by_acts(capsys: Captured) -> None:
    answer = ask(capsys, "check-data")
    assert len(answer["checks"]) >= 5
    assert [check["faults"] for check in answer["checks"]] == [[]] * len(answer["checks"])
    assert sum(check["checked"] for check in answer["checks"]) > 20


def test_check_data_names_a_spell_that_no_event_makes_and_leaves_with_code_1(capsys: Captured) -> None:
    from datetime import date

    from tongket.members.models import MembershipSpell

    MembershipSpell.objects.filter(member__code="M1").update(valid_from=date(2014, 1, 1))
    assert main(["check-data"]) == 1
    out = capsys.readouterr().out
    assert "SAI" in out and "2014" in out
