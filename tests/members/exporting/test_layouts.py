"""The two layouts: headings word for word, digits kept, and what is written reads back as it was."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from tests.members.exporting.books import headings, opened, rows_of
from tests.once import once
from tests.page_world import logged_in, make_page_world
from tests.world import World, person
from tongket.accounts.duties import RIGHTS
from tongket.audit.models import LedgerEntry
from tongket.core.codelists import ETHNICITY, RELIGION
from tongket.members.acts import record_event, register
from tongket.members.drafts import CardDraft, EventDraft
from tongket.members.exporting.layout_books import national_workbook, short_workbook
from tongket.members.exporting.people import known_of, values_of
from tongket.members.layouts import (
    LISTS,
    NATIONAL,
    SHORT,
    STATUS,
    join_place,
    province_of_place,
    split_place,
)
from tongket.members.models import Member
from tongket.members.profile_acts import give_card

pytestmark = pytest.mark.django_db

#: As the file bears them, column A to AE: (heading above, heading).
OFFICIAL = (
    ("", "STT"),
    ("", "ID (UUID)"),
    ("", "Họ và tên *"),
    ("", "Tên gọi khác"),
    ("", "Giới tính *"),
    ("", "Sinh ngày *"),
    ("", "Dân tộc *"),
    ("", "Tôn giáo *"),
    ("", "Số định danh cá nhân *"),
    ("", "Số thẻ Đảng *"),
    ("", "Nơi cấp thẻ Đảng"),
    ("", "Ngày cấp thẻ Đảng"),
    ("", "Số thẻ Đảng theo QĐ 85"),
    ("", "Tổ chức Đảng sinh hoạt *"),
    ("Nơi đăng ký khai sinh", "Quốc gia"),
    ("Nơi đăng ký khai sinh", "Tỉnh/Thành"),
    ("Nơi đăng ký khai sinh", "Chi tiết"),
    ("Quê quán", "Quốc gia"),
    ("Quê quán", "Tỉnh/Thành"),
    ("Quê quán", "Chi tiết"),
    ("Thường trú", "Quốc gia"),
    ("Thường trú", "Tỉnh/Thành"),
    ("Thường trú", "Chi tiết"),
    ("", "Ngày vào Đảng *"),
    ("", "Ngày chính thức *"),
    ("", "Số CMND cũ"),
    ("", "Trạng thái hoạt động *"),
    ("", "Ngày rời/mất/miễn SH"),
    ("", "Đề nghị xóa (Có/Không)"),
    ("", "Kết quả kiểm tra"),
    ("", "Chi tiết lỗi"),
)
NINE = (
    "STT",
    "Họ và tên",
    "Số thẻ Đảng viên",
    "Số CCCD",
    "Ngày sinh",
    "Ngày kết nạp",
    "Chi bộ đang sinh hoạt",
    "Chi bộ nơi cư trú",
    "Trạng thái",
)
OLD, CARD = "012345678", "00400123"


def make_layout_world() -> World:
    """The district with one person of whom everything is known, and one born in a year only."""
    made = make_page_world()
    full = person(
        made,
        "M8",
        "Nguyễn Thị Ví Dụ",
        gender="female",
        birth_date=date(1980, 5, 17),
        national_id="049180001234",
        old_id_number=OLD,
        other_names="Bảy",
        ethnicity="01",
        religion="none",
        birthplace="Xã An Phú, huyện Quế Sơn, tỉnh Quảng Nam",
        home_town="Xã An Phú",
        permanent_address="Thôn 1, xã An Phú, Quảng Nam",
    )
    register(
        full,
        into=made["PA1"],
        on=date(2015, 1, 1),
        by=None,
        admitted_on=date(2005, 3, 3),
        official_on=date(2006, 3, 10),
    )
    full.refresh_from_db()
    give_card(
        CardDraft(full, CARD, kind="first", issued_on=date(2016, 5, 19), issued_by="Tỉnh ủy Quảng Nam"),
        by=None,
    )
    old = person(made, "M9", "Trần Văn Cổ", birth_date=date(1951, 1, 1), birth_year_only=True)
    register(old, into=made["PB1"], on=date(2015, 1, 1), by=None, admitted_on=date(1975, 5, 1))
    for member in made.members.values():
        member.refresh_from_db()
    return made


district, world = once(make_layout_world)


def people(*codes: str) -> Any:
    """What is known of these members, or of all."""
    rows = Member.objects.filter(code__in=codes) if codes else Member.objects.all()
    return known_of(rows.order_by("sort_key", "code"))


def national(*codes: str) -> Any:
    """The workbook of layout 4.0."""
    return opened(national_workbook(people(*codes), title="Danh sách", chosen="Đơn vị: Toàn huyện"))


def test_the_headings_are_those_of_the_file_column_by_column(world: World) -> None:
    sheet = national().worksheets[0]
    assert tuple(headings(sheet)) == OFFICIAL
    assert [(one.group, one.header) for one in NATIONAL] == list(OFFICIAL)
    assert tuple(column.header for column in SHORT) == NINE


def test_people_stand_from_row_eight_below_title_day_and_note(world: World) -> None:
    sheet = national("M8").worksheets[0]
    assert sheet["A1"].value == "DANH SÁCH"
    assert sheet["A2"].value.startswith("Ngày xuất dữ liệu: ") and "Toàn huyện" in sheet["A2"].value
    assert sheet["A3"].value.startswith("Ghi chú")
    assert [cell.value for cell in sheet[5]] == [None] * 31
    assert sheet["C8"].value == "Nguyễn Thị Ví Dụ"
    assert {"A6:A7", "O6:Q6", "R6:T6", "U6:W6", "AE6:AE7"} <= {str(r) for r in sheet.merged_cells.ranges}


def test_numbers_are_text_and_keep_their_zeros(world: World) -> None:
    sheet = national("M8").worksheets[0]
    for place, value in (("I8", "049180001234"), ("J8", CARD), ("Z8", OLD)):
        cell = sheet[place]
        assert (cell.value, cell.data_type, cell.number_format) == (value, "s", "@")
    assert sheet["F8"].number_format == "dd/mm/yyyy" and sheet["F8"].value.date() == date(1980, 5, 17)


def test_the_hidden_lists_name_codes_and_texts(world: World) -> None:
    book = national()
    assert tuple(book.sheetnames[1:]) == LISTS
    assert {book[name].sheet_state for name in LISTS} == {"hidden"}
    for name, codes in (("DANTOC", ETHNICITY), ("TONGIAO", RELIGION)):
        rows = list(book[name].iter_rows(values_only=True))
        assert rows[0] == ("Mã", "Tên")
        assert rows[1:] == [(code.code, code.vi) for code in codes.codes]


def test_what_was_written_reads_back_as_what_is_known(world: World) -> None:
    read = rows_of(national().worksheets[0])
    assert read == [values_of(known, number) for number, known in enumerate(people(), start=1)]
    (one,) = (row for row in read if row["full_name"] == "Nguyễn Thị Ví Dụ")
    assert join_place(*(one.get(f"birthplace{part}", "") for part in ("_country", "_province", ""))) == (
        "Xã An Phú, huyện Quế Sơn, tỉnh Quảng Nam"
    )
    assert one["organisation"] == "Chi bộ thôn A1, Đảng bộ xã A"
    assert (one["card_issued_by"], one["admitted_on"]) == ("Tỉnh ủy Quảng Nam", date(2005, 3, 3))


def test_nothing_is_invented_for_a_blank(world: World) -> None:
    (row,) = rows_of(national("M9").worksheets[0])
    assert row["birth_date"] == "1951"
    for name in ("national_id", "ethnicity", "religion", "birthplace_country", "card_number", "uid"):
        assert name not in row
    assert row["checked"] == "CẦN BỔ SUNG"
    assert "Số định danh cá nhân" in row["faults"] and "Dân tộc" in row["faults"]


def test_a_probationary_member_needs_no_card_and_no_official_day(world: World) -> None:
    (row,) = rows_of(national("M6").worksheets[0])
    assert "Số thẻ Đảng" not in row["faults"] and "Ngày chính thức" not in row["faults"]


@pytest.mark.parametrize(
    ("kind", "status"),
    [("died", "died"), ("moved_out", "moved_out"), ("exempted", "exempt"), ("left", "left")],
)
def test_how_somebody_stands_and_since_when(world: World, kind: str, status: str) -> None:
    more = {"elsewhere": "other_province"} if kind == "moved_out" else {}
    record_event(EventDraft(world["M8"], kind, on=date(2023, 7, 1), **more), by=None)
    (row,) = rows_of(national("M8").worksheets[0])
    assert (row["status"], row["status_on"]) == (STATUS[status], date(2023, 7, 1))


@given(st.text(max_size=60))
@example("Thôn 3, xã Quế An, tỉnh Quảng Nam")
@example("TP. Hồ Chí Minh")
@example("=1+1, Hà Nội")
def test_a_place_comes_back_word_for_word(text: str) -> None:
    assert join_place(*split_place(text)) == text


def test_a_place_of_three_columns_becomes_one_text_without_saying_anything_twice() -> None:
    assert join_place("Việt Nam", "Quảng Nam", "Xã An Phú, huyện Quế Sơn") == (
        "Xã An Phú, huyện Quế Sơn, Quảng Nam"
    )
    assert join_place("Lào", "", "Viêng Chăn") == "Viêng Chăn, Lào"
    assert join_place("Việt Nam", "", "") == ""
    assert province_of_place("Quế Sơn - Quảng Nam") == "Quảng Nam"
    assert province_of_place("Xã An Phú") == ""


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "＝1"])
def test_a_name_never_becomes_a_formula(world: World, text: str) -> None:
    Member.objects.filter(pk=world["M8"].pk).update(full_name=text)
    for content in (
        national_workbook(people("M8"), title=text, chosen=text),
        short_workbook(people("M8"), title=text, chosen=text),
    ):
        cells = [cell for sheet in opened(content) for row in sheet.iter_rows() for cell in row if cell.value]
        assert "f" not in {cell.data_type for cell in cells}
        assert not any(cell.hyperlink for cell in cells)
        assert any(str(cell.value).strip() == text.strip() for cell in cells)


def test_the_short_list_says_what_was_chosen_above_its_nine_columns(world: World) -> None:
    sheet = opened(short_workbook(people(), title="Danh sách", chosen="Tư cách: Dự bị")).worksheets[0]
    assert "Tư cách: Dự bị" in sheet["A2"].value
    assert tuple(cell.value for cell in sheet[4]) == NINE
    assert sheet.max_row == 4 + Member.objects.count()


# --- the page -------------------------------------------------------------------------------------------------


def sent(world: World, name: str, layout: str = "4.0", query: str = "") -> Any:
    """The answer to the button."""
    return logged_in(world.users[name]).post(
        reverse("members:export") + query, {"mau": layout, "ly_do": "đối chiếu với cấp trên"}
    )


def test_only_who_may_see_identity_numbers_exports_and_it_is_logged(world: World) -> None:
    assert sent(world, "office").status_code == 403
    assert "organisation" in RIGHTS["member.sensitive"]
    answer = sent(world, "clerk", query="?don_vi=PA")
    assert [row["full_name"] for row in rows_of(opened(answer.content).worksheets[0])] == [
        "Nguyễn Văn An",
        "Trần Thị Bình",
        "Lê Văn Cường",
        "Nguyễn Thị Ví Dụ",
    ]
    entry = LedgerEntry.objects.filter(action="member.export").latest("id")
    assert (entry.data["rows"], entry.data["layout"]) == (4, "4.0")
    assert "national_id" in entry.data["fields"] and "religion" in entry.data["fields"]
    assert entry.data["reason"] == "đối chiếu với cấp trên"
    assert "049180001234" not in str(entry.data)


def test_a_commune_exports_its_own_people_only(world: World) -> None:
    names = {row["full_name"] for row in rows_of(opened(sent(world, "clerk_a").content).worksheets[0])}
    assert "Nguyễn Thị Ví Dụ" in names and "Trần Văn Cổ" not in names
    assert sent(world, "clerk_a", query="?to_chuc=PB").status_code == 404


def test_looking_at_the_page_exports_nothing(world: World) -> None:
    page = logged_in(world.users["clerk"]).get(reverse("members:export"))
    assert page.context["count"] == Member.objects.exclude(standing="").count()
    assert not LedgerEntry.objects.filter(action="member.export").exists()


def test_the_file_says_who_took_it_out_when_and_why(world: World) -> None:
    told = opened(sent(world, "clerk").content).worksheets[0]["A2"].value
    assert f"người xuất: {world.users['clerk']}" in told and "lý do: đối chiếu với cấp trên" in told


def test_without_a_reason_nothing_leaves(world: World) -> None:
    client = logged_in(world.users["clerk"])
    answer = client.post(reverse("members:export"), {"mau": "4.0", "ly_do": "  "})
    assert answer.status_code == 422
    assert "Hãy ghi lý do xuất" in answer.content.decode()
    assert not LedgerEntry.objects.filter(action="member.export").exists()


def test_an_unknown_layout_is_refused_in_words(world: World) -> None:
    answer = sent(world, "clerk", layout="5.0")
    assert answer.status_code == 400
    assert "Hãy chọn một trong ba mẫu" in answer.content.decode()
