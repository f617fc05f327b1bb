"""Whatever is known of people, layout 4.0 gives it back: made-up people of every kind, written and read again."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.members.exporting.books import opened, rows_of
from tongket.core import codelists as codes
from tongket.core.dates import FOREVER
from tongket.members.exporting.layout_books import national_workbook
from tongket.members.exporting.people import Known, values_of
from tongket.members.layouts import STATUS, join_place
from tongket.members.models import Member, MemberCard, MemberDetail, MemberEvent, MembershipSpell
from tongket.organisations.models import Organisation

_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyÁẠĂẰĐỄỐỢÚỰ0123456789=+-@,.'\"/"
texts = st.text(alphabet=_LETTERS + " ", max_size=30).map(str.strip)
digits = st.text(alphabet="0123456789", min_size=12, max_size=12) | st.just("")
days = st.dates(date(1900, 3, 1), date(2026, 12, 31))  # Excel counts a day of 1900 that was none
maybe = days | st.none()


@st.composite
def details(draw: Any) -> MemberDetail:
    """What is written of somebody."""
    return MemberDetail(
        full_name=draw(texts) or "A",
        other_names=draw(texts),
        gender=draw(st.sampled_from(["", *codes.GENDER.values])),
        birth_date=draw(maybe),
        birth_year_only=draw(st.booleans()),
        national_id=draw(digits),
        old_id_number=draw(digits)[:9],
        ethnicity=draw(st.sampled_from(["", *codes.ETHNICITY.values])),
        religion=draw(st.sampled_from(["", *codes.RELIGION.values])),
        birthplace=draw(texts),
        home_town=draw(texts),
        permanent_address=draw(texts),
    )


@st.composite
def people(draw: Any) -> Known:
    """Somebody of whom more or less is known."""
    top = Organisation(code="QS", name="Đảng bộ huyện Thử")
    above = Organisation(pk=2, code="PA", name=draw(texts) or "Đảng bộ xã", parent=top)
    cell = Organisation(pk=3, code="PA1", name=draw(texts) or "Chi bộ", parent=above)
    detail = draw(details())
    ended = draw(st.sampled_from(["", *sorted(codes.ENDINGS)]))
    number = draw(st.text(alphabet="0123456789", max_size=8))
    member = Member(
        code="M1",
        full_name=detail.full_name,
        card_number=number,
        standing="" if ended else draw(st.sampled_from(["official", "probationary"])),
        ended_by=ended,
        organisation=cell,
    )
    spell = MembershipSpell(
        standing="official",
        exempt=draw(st.booleans()),
        suspended=draw(st.booleans()),
        valid_from=date(2015, 1, 1),
        valid_to=date(2023, 1, 1) if ended else FOREVER,
        admitted_on=draw(maybe),
        official_on=draw(maybe),
    )
    card = MemberCard(number=number, issued_on=draw(maybe), issued_by=draw(texts))
    last = MemberEvent(kind=ended or "exempted", on=draw(days))
    return Known(
        member,
        cell,
        draw(st.sampled_from([detail, None])),
        draw(st.sampled_from([spell, None])),
        card if number else None,
        last if ended else None,
    )


@settings(max_examples=30)
@given(st.lists(people(), min_size=1, max_size=4))
def test_what_is_known_is_written_and_read_back(known: list[Known]) -> None:
    book = opened(national_workbook(known, title="Danh sách", chosen=""))
    assert rows_of(book.worksheets[0]) == [values_of(one, n) for n, one in enumerate(known, start=1)]
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@given(people())
def test_places_and_status_of_the_cells_lead_back_to_the_record(known: Known) -> None:
    said = values_of(known, 1)
    if known.detail is not None:
        for name in ("birthplace", "home_town", "permanent_address"):
            parts = (said.get(f"{name}_country", ""), said.get(f"{name}_province", ""), said.get(name, ""))
            assert join_place(*parts) == getattr(known.detail, name)
    if known.member.ended_by in STATUS:
        assert said["status"] == STATUS[known.member.ended_by]
    elif known.spell is None:
        assert "status" not in said


@given(people())
def test_every_blank_that_the_layout_asks_for_is_named_among_the_faults(known: Known) -> None:
    said = values_of(known, 1)
    for field, word in (("ethnicity", "Dân tộc"), ("religion", "Tôn giáo"), ("national_id", "Số định danh")):
        assert (field in said) or (word in said["faults"])
    assert (said["checked"] == "HỢP LỆ") is ("faults" not in said)
