"""The demo's own workbooks at the front door: brought twice they change nothing, spoiled they are refused by cell."""

from copy import deepcopy
from datetime import date

import pytest

from tongket.audit.models import LedgerEntry
from tongket.demo.draw.plain import District
from tongket.demo.workbooks import workbook, write_workbooks
from tongket.intake.kinds import KINDS
from tongket.intake.rehearse import ImportRefused, commit, rehearse
from tongket.intake.templates import HEADER_ROW
from tongket.members.models import Member, MemberEvent

pytestmark = pytest.mark.django_db
_FIRST = HEADER_ROW + 2  # the sheet's row of the first record, counted from 1


def test_all_workbooks_again_are_found_to_be_the_same(loaded: District) -> None:
    for kind in KINDS:
        told = rehearse(kind, workbook(loaded, kind), by=None)
        assert told.errors == (), (kind, told.errors[:3])
        assert sum(c.new + c.changed for c in told.counts.values()) == 0, (kind, told.counts)
        assert sum(c.same for c in told.counts.values()) == told.rows


def test_planted_bad_cells_are_all_named_and_nothing_is_written(loaded: District) -> None:
    spoiled = District(units=loaded.units, sheets={"Biến động": deepcopy(loaded.sheets["Biến động"])})
    rows = spoiled.sheets["Biến động"]
    exits = [n for n, r in enumerate(rows) if r["kind"] == "died"][:3]
    admissions = [
        n for n, r in enumerate(rows) if r["kind"] == "admitted" and r["decision_date"].year == 2016
    ][:3]
    rows[exits[0]]["on"] = "31/02/2023"
    rows[exits[1]]["member"] = "ĐV999999"
    rows[exits[2]]["kind"] = "Đi chơi"
    rows[admissions[0]]["organisation"] = "QS.99"
    rows[admissions[1]]["ceremony_on"] = date(2015, 1, 1)
    rows[admissions[2]]["decision_date"] = None
    content = workbook(spoiled, "events")
    before = (MemberEvent.objects.count(), LedgerEntry.objects.count())
    with pytest.raises(ImportRefused) as refused:
        commit("events", content, by=None, file_name="bien-dong.xlsx")
    found = {(f.cell, f.value) for f in refused.value.rehearsal.errors if f.sheet == "Biến động"}
    at = {name: [_FIRST + n for n in places] for name, places in (("exit", exits), ("in", admissions))}
    assert {
        (f"D{at['exit'][0]}", "31/02/2023"),
        (f"B{at['exit'][1]}", "ĐV999999"),
        (f"C{at['exit'][2]}", "Đi chơi"),
        (f"E{at['in'][0]}", "QS.99"),
        (f"F{at['in'][1]}", "01/01/2015"),
        (f"H{at['in'][2]}", ""),
    } <= found
    assert all(f.message.strip() for f in refused.value.rehearsal.errors)
    assert (MemberEvent.objects.count(), LedgerEntry.objects.count()) == before


def test_a_cccd_that_another_person_has_is_named_at_its_cell(loaded: District) -> None:
    row = next(r for r in loaded.sheets["Đảng viên"] if r.get("national_id"))
    twin = {"code": "ĐV900001", "full_name": "Người Thứ Hai", "national_id": row["national_id"]}
    told = rehearse("members", workbook(District(sheets={"Đảng viên": [twin]}), "members"), by=None)
    assert [(f.cell, f.value, row["code"] in f.message) for f in told.errors] == [
        (f"I{_FIRST}", row["national_id"], True)
    ]
    assert not Member.objects.filter(code="ĐV900001").exists()


def test_workbooks_are_written_in_the_order_of_their_import(drawn: District, tmp_path) -> None:  # type: ignore[no-untyped-def]
    files = write_workbooks(tmp_path, drawn)
    assert [f.name for f in files][:3] == ["01-organisations.xlsx", "02-members.xlsx", "03-events.xlsx"]
    assert len(files) == len(KINDS)
