"""Matching: what is sure, doubtful, nobody; and blocking misses nothing that comparing all with all would find."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongket.matching.evidence import folded_likeness, one_slip, person
from tongket.matching.judge import Register, duplicates, judge, match_row

BORN = date(1970, 4, 9)


def someone(key="a", name="Nguyễn Văn An", **more):
    return person(key, name, **({"birth_date": BORN, "gender": "male"} | more))


@pytest.mark.parametrize(
    ("one", "other", "outcome"),
    [
        ({"national_id": "049070000001"}, {"national_id": "049070000001"}, "sure"),
        ({"cards": ("49 000.001",)}, {"cards": ("49000001", "049000000001")}, "sure"),
        # A number alone does not overrule another name, another sex, another birth.
        (
            {"national_id": "049070000001"},
            {"national_id": "049070000001", "name": "Trần Thị Bình"},
            "doubtful",
        ),
        ({"national_id": "049070000001"}, {"national_id": "049070000001", "gender": "female"}, "doubtful"),
        ({"cards": ("49000001",)}, {"cards": ("49000001",), "birth_date": date(1955, 1, 2)}, "doubtful"),
        (
            {"cards": ("49000001",), "national_id": "049070000001"},
            {"cards": ("49000001",), "national_id": "049070555555"},
            "doubtful",
        ),
        # Name and birth alone make a clerk look; with home town and admission day they are enough.
        ({}, {}, "doubtful"),
        ({"name": "NGUYEN VAN AN"}, {}, "doubtful"),
        (
            {"home_town": "Xã An Phú, huyện Quế Sơn", "admitted_on": date(1995, 2, 3)},
            {"home_town": "An Phú, Quế Sơn", "admitted_on": date(1995, 2, 3)},
            "sure",
        ),
        ({"home_town": "An Phú"}, {"home_town": "An Phú"}, "doubtful"),
        # The numbers of two people speak against it, unless one digit was mistyped.
        ({"national_id": "049070000001"}, {"national_id": "049070777777"}, "none"),
        ({"national_id": "049070000001"}, {"national_id": "049070000007"}, "doubtful"),
        # Slips of the pen on the same day of birth.
        ({"name": "Nguyễn An"}, {}, "doubtful"),
        ({"name": "Nguyễn Vân Anh"}, {}, "doubtful"),
        ({"name": "Nguyễn Thị Bưởi"}, {}, "none"),
        ({"name": "Nguyễn An"}, {"birth_date": date(1970, 4, 10)}, "none"),
        # Birth written the other way round; only the year known.
        ({}, {"birth_date": date(1970, 9, 4)}, "doubtful"),
        ({"birth_date": date(1970, 1, 1), "birth_year_only": True}, {}, "none"),
        (
            {"birth_date": date(1970, 1, 1), "birth_year_only": True, "organisation": 7},
            {"organisation": 7},
            "doubtful",
        ),
        ({"birth_date": None}, {}, "none"),
        (
            {"birth_date": None, "admitted_on": date(1995, 2, 3)},
            {"admitted_on": date(1995, 2, 3)},
            "doubtful",
        ),
        ({}, {"gender": "female"}, "none"),
        ({"name": ""}, {"name": ""}, "none"),
        # Whose one old number both have, a name misspelt by more than a slip is looked at; a number alone says little.
        (
            {"old_id_number": "201000001", "name": "Nguyễn Văn Hoàng"},
            {"old_id_number": "201000001"},
            "doubtful",
        ),
        (
            {"old_id_number": "201000001", "name": "Trần Bình", "birth_date": date(1955, 1, 2)},
            {"old_id_number": "201000001"},
            "none",
        ),
    ],
)
def test_what_two_entries_are_to_each_other(one, other, outcome):
    a, b = someone("a", **one), someone("b", **other)
    assert judge(a, b).outcome == outcome
    assert judge(b, a) == judge(a, b)


#: All that two people of one cell may share without being one: birth, parents' commune, day of admission, cell, sex.
SHARED = {"home_town": "An Phú, Quế Sơn", "admitted_on": date(1995, 2, 3), "organisation": 7}
CCCD, TYPO, OTHER = "049070000001", "049070000007", "049070777777"


@pytest.mark.parametrize(
    ("one", "other", "outcome"),
    [
        # A name is the same with its marks, wherever the tone stands and in capitals.
        ({"name": "Nguyễn Thị Hoà"}, {"name": "NGUYỄN THỊ HÒA"}, "sure"),
        ({"name": "Đặng Thuý Đông"}, {"name": "ĐẶNG THÚY ĐÔNG"}, "sure"),
        # Without marks it may be Hùng or Hưng: never joined without a number, always looked at.
        ({"name": "NGUYEN VAN HUNG"}, {"name": "Nguyễn Văn Hùng"}, "doubtful"),
        ({"name": "Dang Van Dong"}, {"name": "Đặng Văn Đông"}, "doubtful"),
        (
            {"name": "NGUYEN VAN HUNG", "national_id": CCCD},
            {"name": "Nguyễn Văn Hùng", "national_id": CCCD},
            "sure",
        ),
        # Twins: all is shared but the given name, by a mark, a letter, an order, or wholly.
        ({"name": "Nguyễn Văn Hùng"}, {"name": "Nguyễn Văn Hưng"}, "doubtful"),
        ({"name": "Lê Thị Lan"}, {"name": "Lê Thị Lân"}, "doubtful"),
        ({"name": "Lê Tuấn Anh"}, {"name": "Lê Anh Tuấn"}, "doubtful"),
        ({"name": "Nguyễn Văn Hùng"}, {"name": "Nguyễn Văn Dũng"}, "doubtful"),
        ({"name": "Nguyễn Văn Hùng"}, {"name": "Nguyễn Văn Mạnh"}, "none"),
        (
            {"name": "Nguyễn Văn Hùng", "national_id": CCCD},
            {"name": "Nguyễn Văn Hưng", "national_id": OTHER},
            "none",
        ),
        # A twin's number written down for the other: not joined either.
        (
            {"name": "Nguyễn Văn Hùng", "national_id": CCCD},
            {"name": "Nguyễn Văn Hưng", "national_id": CCCD},
            "doubtful",
        ),
        (
            {"name": "Lê Thị Lan", "national_id": CCCD},
            {"name": "Lê Thị Lân", "national_id": CCCD},
            "doubtful",
        ),
        (
            {"name": "Lê Tuấn Anh", "national_id": CCCD},
            {"name": "Lê Anh Tuấn", "national_id": CCCD},
            "doubtful",
        ),
        # A slip elsewhere than in the given name is a slip when the number says who it is.
        (
            {"name": "Nguyễn Hùng", "national_id": CCCD},
            {"name": "Nguyễn Văn Hùng", "national_id": CCCD},
            "sure",
        ),
        (
            {"name": "Nguyên Văn Hùng", "national_id": CCCD},
            {"name": "Nguyễn Văn Hùng", "national_id": CCCD},
            "sure",
        ),
        # Family name last: looked at.
        ({"name": "Hùng Nguyễn Văn"}, {"name": "Nguyễn Văn Hùng"}, "doubtful"),
        # A mistyped digit of the CCCD never joins by itself, whatever else agrees; two numbers are two people.
        ({"national_id": CCCD}, {"national_id": TYPO}, "doubtful"),
        ({"national_id": CCCD}, {"national_id": OTHER}, "doubtful"),
        ({"national_id": CCCD, "organisation": 1}, {"national_id": OTHER, "admitted_on": None}, "none"),
        # A common name: of one year they are looked at when more agrees, never joined; of other years nobody asks.
        (
            {"birth_date": date(1970, 1, 1), "birth_year_only": True},
            {"birth_date": date(1970, 1, 1), "birth_year_only": True},
            "doubtful",
        ),
        ({"birth_date": date(1970, 1, 1)}, {"birth_date": date(1970, 1, 1)}, "doubtful"),
        ({"birth_date": date(1970, 1, 1)}, {}, "doubtful"),
        ({"birth_date": date(1970, 1, 1)}, {"birth_date": date(1971, 1, 1)}, "none"),
        (
            {"birth_date": date(1970, 1, 1), "home_town": "", "organisation": 1, "admitted_on": None},
            {},
            "none",
        ),
        ({"birth_date": date(1970, 4, 20)}, {}, "doubtful"),
        ({"birth_date": date(1971, 5, 20)}, {}, "none"),
        # Name, full birth, home and admission: one person, unless sex or a number speaks against it.
        ({}, {}, "sure"),
        ({"gender": "female"}, {}, "doubtful"),
        ({"home_town": "Đà Nẵng"}, {}, "doubtful"),
        ({"admitted_on": date(1999, 2, 3)}, {}, "doubtful"),
    ],
)
def test_what_only_two_people_can_share_joins_nobody(one, other, outcome):
    a, b = (
        someone(key, **({"name": "Nguyễn Văn Hùng"} | SHARED | said))
        for key, said in (("a", one), ("b", other))
    )
    assert judge(a, b).outcome == outcome
    assert judge(b, a) == judge(a, b)


def test_the_reasons_say_what_speaks_for_and_against_without_telling_a_number():
    judged = judge(
        someone(national_id="049070000001"), someone(national_id="049070000001", name="Trần Thị Bình")
    )
    assert judged.reasons == [
        "Cùng số CCCD",
        "Cùng ngày sinh",
        "Cùng giới tính",
        "Nhưng: khác họ và tên",
    ]
    assert "0490" not in " ".join(judged.reasons)


def test_a_row_is_joined_only_when_it_is_surely_one_person():
    first = someone(1, national_id="049070000001")
    second = someone(2, name="Lê Thị Hoa", gender="female", cards=("49000009",))
    register = Register([first, second])
    joined = match_row(someone(None, national_id="049070000001"), register)
    assert (joined.outcome, joined.key) == ("sure", 1)
    assert "Cùng số CCCD" in joined.reasons
    asked = match_row(someone(None), register)
    assert (asked.outcome, asked.key) == ("doubtful", None)
    assert [c.person.key for c in asked.candidates] == [1]
    nobody = match_row(someone(None, name="Phan Bội"), register)
    assert (nobody.outcome, nobody.candidates) == ("none", ())
    assert nobody.reasons


def test_a_row_that_is_surely_two_people_is_doubtful_because_the_register_repeats_itself():
    register = Register([someone(1, national_id="049070000001"), someone(2, cards=("49000001",))])
    both = match_row(someone(None, national_id="049070000001", cards=("49000001",)), register)
    assert both.outcome == "doubtful"
    assert {c.person.key for c in both.candidates} == {1, 2}
    assert "ghi trùng người" in both.reasons[0]


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("nguyen van an", "nguyen van an", "folded"),
        ("nguyen van an", "nguyen van anh", "letter"),
        ("nguyen van an", "nguyen an", "shorter"),
        ("van nguyen an", "nguyen van an", "order"),
        ("nguyen van an", "nguyen thi an", "different"),
        ("an", "nguyen an", "different"),
        ("nguyen van binh", "nguyen an", "different"),
    ],
)
def test_how_alike_names_are(one, other, likeness):
    assert folded_likeness(one, other) == folded_likeness(other, one) == likeness


def _distance(a, b):
    """Optimal string alignment, the textbook way."""
    table = [[max(i, j) if min(i, j) == 0 else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            cost = a[i - 1] != b[j - 1]
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + cost)
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@given(st.text("abn", max_size=6), st.text("abn", max_size=6))
@settings(max_examples=300, deadline=None)
def test_one_slip_is_an_edit_distance_of_one(one, other):
    assert one_slip(one, other) == (_distance(one, other) == 1)


_NAMES = (
    "Nguyễn Văn An",
    "Nguyễn Văn Anh",
    "Nguyễn An",
    "NGUYEN VAN AN",
    "Văn Nguyễn An",
    "Lê Thị Hoa",
    "An",
    "",
)
_BIRTHS = (None, date(1970, 4, 9), date(1970, 9, 4), date(1971, 4, 9), date(1970, 4, 10), date(1970, 1, 1))
_people = st.builds(
    person,
    st.none(),
    st.sampled_from(_NAMES),
    birth_date=st.sampled_from(_BIRTHS),
    birth_year_only=st.booleans(),
    national_id=st.sampled_from(("", "", "049070000001", "049070000010", "049070777777")),
    old_id_number=st.sampled_from(("", "", "201000001", "201000002")),
    cards=st.sampled_from(((), (), ("49000001",), ("49000001", "49000002"))),
    gender=st.sampled_from(("", "male", "female")),
    home_town=st.sampled_from(("", "Xã An Phú, Quế Sơn", "An Phú", "Đà Nẵng")),
    admitted_on=st.sampled_from((None, date(1995, 2, 3), date(1996, 2, 3))),
    organisation=st.sampled_from((None, 1, 2)),
)


def _keyed(people):
    return [
        type(p)(**{name: getattr(p, name) for name in p.__slots__} | {"key": i}) for i, p in enumerate(people)
    ]


@given(st.lists(_people, max_size=12))
@settings(max_examples=150, deadline=None)
def test_blocking_finds_every_pair_that_comparing_all_with_all_finds(people):
    people = _keyed(people)
    found = {(d.one.key, d.other.key): d.judgement for d in duplicates(Register(people))}
    naive = {}
    for i, one in enumerate(people):
        for other in people[i + 1 :]:
            judged = judge(one, other)
            if judged.outcome != "none":
                naive[one.key, other.key] = judged
    assert found == naive


@given(_people, st.lists(_people, max_size=10))
@settings(max_examples=150, deadline=None)
def test_a_row_meets_every_candidate_that_comparing_with_all_finds(row, people):
    people = _keyed(people)
    match = match_row(row, Register(people))
    judged = {p.key: judge(row, p) for p in people}
    assert {c.person.key: c.judgement for c in match.candidates} == {
        key: j for key, j in judged.items() if j.outcome != "none"
    }
    sure = [key for key, j in judged.items() if j.outcome == "sure"]
    assert match.key == (sure[0] if len(sure) == 1 else None)
    assert (match.outcome == "none") == (not match.candidates)
