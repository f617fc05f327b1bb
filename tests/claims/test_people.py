"""People and bodies: whoever is named with a form of address or a post, and nobody else."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.claims.people import find_mentions


def people(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.subject, one.posts) for one in find_mentions(text) if one.kind == "person"]


def bodies(text: str) -> list[str]:
    return [one.subject for one in find_mentions(text) if one.kind == "body"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Đồng chí Đinh Nguyên Vũ – Tỉnh ủy viên, Bí thư Huyện ủy, Chủ tịch HĐND huyện và đồng chí Nguyễn Phước Sơn "
            "– Phó Bí thư Huyện ủy, Chủ tịch UBND huyện cùng chủ trì Hội nghị.",
            [
                ("Đinh Nguyên Vũ", ("Tỉnh ủy viên", "Bí thư Huyện ủy", "Chủ tịch HĐND huyện")),
                ("Nguyễn Phước Sơn", ("Phó Bí thư Huyện ủy", "Chủ tịch UBND huyện")),
            ],
        ),
        ("đồng chí Bí thư Huyện uỷ Đinh Nguyên Vũ đề nghị", [("Đinh Nguyên Vũ", ("Bí thư Huyện ủy",))]),
        (
            "Bí thư Huyện ủy Quế Sơn Đinh Nguyên Vũ nhấn mạnh",
            [("Đinh Nguyên Vũ", ("Bí thư Huyện ủy Quế Sơn",))],
        ),
        ("Chủ tịch UBND xã Lê Văn Hòa phát biểu", [("Lê Văn Hòa", ("Chủ tịch UBND xã",))]),
        (
            "Đồng chí Trần Thị Bình, UVBTV, Trưởng Ban Tuyên giáo và Dân vận Huyện ủy trình bày",
            [("Trần Thị Bình", ("UVBTV", "Trưởng Ban Tuyên giáo và Dân vận Huyện ủy"))],
        ),
        (
            "các đồng chí: Lê Cảnh – PBT Thường trực Huyện ủy; Hồ Thị Lan – Chủ tịch UBMTTQ Việt Nam huyện",
            [("Lê Cảnh", ("PBT Thường trực Huyện ủy",)), ("Hồ Thị Lan", ("Chủ tịch UBMTTQ Việt Nam huyện",))],
        ),
        ("các đồng chí Lê Cảnh, Hồ Thị Lan và đại biểu", [("Lê Cảnh", ()), ("Hồ Thị Lan", ())]),
        ("Bà Lò Thị Mai (Phó Chủ tịch HĐND xã) nói", [("Lò Thị Mai", ("Phó Chủ tịch HĐND xã",))]),
        ("Ông Phạm Đình Khoa, ở thôn 3, cho biết", [("Phạm Đình Khoa", ())]),
        (
            "Đồng chí Vàng A Páo - Bí thư Đảng ủy, Chủ tịch HĐND xã Sín Chải kiêm Chính trị viên Ban CHQS xã dự",
            [("Vàng A Páo", ("Bí thư Đảng ủy", "Chủ tịch HĐND xã Sín Chải", "Chính trị viên Ban CHQS xã"))],
        ),
        ("Đồng chí H'Hen Niê phát biểu", [("H'Hen Niê", ())]),
        (
            "đồng chí Lê Thị Hà, Bí thư Đảng ủy, Chủ tịch HĐND xã chủ trì",
            [("Lê Thị Hà", ("Bí thư Đảng ủy", "Chủ tịch HĐND xã"))],
        ),
    ],
)
def test_people_are_found_with_their_posts(text, wanted):
    assert people(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "NGUYỄN VĂN BÌNH", "Tin, ảnh: Nguyễn Văn Bình", "học tập tư tưởng, đạo đức, phong cách Hồ Chí Minh",
        "Chủ tịch Hồ Chí Minh", "Đảng ủy phường Lê Hồng Phong", "đồng chí Huyện ủy viên khóa XXV", "03 đồng chí nữ",
        "Bí thư, Phó Bí thư các chi, đảng bộ trực thuộc", "bà con Nhân dân", "Bí thư chi bộ thôn 3", "đường Lê Lợi",
        "Đồng chí Bí thư Huyện ủy phát biểu", "Đoàn TNCS Hồ Chí Minh", "các đồng chí Ủy viên Ban Thường vụ",
    ],
)  # fmt: skip
def test_what_names_nobody_is_nobody(text):
    assert people(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ban Thường vụ Tỉnh ủy Quảng Nam ban hành", ["Ban Thường vụ Tỉnh ủy Quảng Nam"]),
        ("đã được Huyện uỷ tập trung", ["Huyện ủy"]),
        ("UBKT Huyện ủy và Ban Tổ chức Huyện ủy", ["UBKT Huyện ủy", "Ban Tổ chức Huyện ủy"]),
        ("Đảng ủy xã Nam Phước chỉ đạo", ["Đảng ủy xã Nam Phước"]),
        ("Chi bộ thôn 4 họp", ["Chi bộ thôn 4"]),
        (
            "Chi bộ Trường Mẫu giáo Hoa Sen; Chi bộ Trường Tiểu học số 1",
            ["Chi bộ Trường Mẫu giáo Hoa Sen", "Chi bộ Trường Tiểu học số 1"],
        ),
        ("Ban Chấp hành Trung ương khóa XIII", ["Ban Chấp hành Trung ương"]),
        ("Huyện ủy viên, các chi bộ, toàn Đảng bộ, Đảng bộ 13 xã", []),
        ("BCH Đảng bộ huyện Tây Hồ", ["BCH Đảng bộ huyện Tây Hồ"]),
    ],
)
def test_bodies_are_found_in_both_spellings(text, wanted):
    assert bodies(text) == wanted


@given(st.text(max_size=200) | st.text("ĐđồngchíNguyễnVănABíthưHệủy,.–( ", max_size=200))
def test_any_text_is_read_and_mentions_do_not_overlap(text):
    end = 0
    for one in find_mentions(text):
        assert end <= one.start < one.end <= len(text)
        assert one.text == text[one.start : one.end]
        end = one.end


@pytest.mark.parametrize(
    "piece", ["1 ", "Đồng chí ", "Nguyễn ", "Bí thư Huyện ủy, ", "Huyện ủy ", "đồng chí Lê An, "]
)
def test_a_long_hostile_text_takes_time_that_grows_only_with_its_length(piece):
    text = piece * (300_000 // len(piece))
    started = time.process_time()
    find_mentions(text)
    assert time.process_time() - started < 30
