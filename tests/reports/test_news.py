"""The news text: every number is a fact, sentences without their figure are left out, nothing guarded is told."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports import fakes
from tests.reports.telling import CELL, COMMUNE, NO_RECORDS, SETTING, sheet, typed, year_with
from tongket.core.problems import Refused
from tongket.figures.masking import guards_of
from tongket.indicators.catalogue import INDICATORS
from tongket.reports.news import LONG, SHORT, News, as_html, as_text, files, news_files
from tongket.reports.news.compose import compose, day_told
from tongket.reports.news.records import Celebrated, Held, Related, YearRecords
from tongket.reports.news.telling import Part
from tongket.reports.word.context import CLOSE, OPEN

HELD = Held(
    title="Hội nghị tổng kết công tác xây dựng Đảng năm 2023",
    on=date(2023, 12, 28),
    place="Hội trường Huyện ủy",
    chairs=("đồng chí Nguyễn Văn An – Bí thư Huyện ủy",),
    invited=("Các đồng chí cấp ủy viên của khóa", "Bí thư, Phó Bí thư các chi, đảng bộ trực thuộc"),
    papers=("Chỉ thị số 26-CT/TW ngày 23/11/2023 của Ban Bí thư về tổ chức Tết",),
    conclusions=("Tập trung xây dựng Đảng", "Phấn đấu hoàn thành các chỉ tiêu"),
)
RECORDS = YearRecords(
    HELD,
    None,
    (Celebrated("Kỷ niệm 55 năm kết nghĩa Quế Sơn – Thọ Xuân", "ngày 24/03/2023", None),),
    (
        Related("conference", HELD.title, HELD.on),
        Related("bulletin", "Trả lời dư luận xã hội: Giáo dục", date(2023, 2, 1), month=True),
    ),
)
OF_RECORDS = (*HELD.papers, RECORDS.events[0].title)


def news(length: str = LONG, records: YearRecords = RECORDS, **values: Any) -> News:
    """The text of the made-up year; `values` by id with `__` for the dots."""
    changed = {id.replace("__", "."): value for id, value in values.items()}
    return compose(year_with(changed), records, SETTING, length)


class Tags(HTMLParser):
    """Elements with their attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_it_tells_what_the_published_account_tells_in_its_own_words() -> None:
    said = as_text(news())
    for text in (
        "kết nạp 88 đảng viên mới, vượt 3,5% so với chỉ tiêu cấp trên giao",
        "nâng tổng số đảng viên toàn Đảng bộ huyện lên 3.724 đồng chí",
        "trao tặng Huy hiệu Đảng cho 158 đảng viên",
        "52/53 tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ trở lên, đạt tỷ lệ 98,11%",
        "trong đó có 10 tổ chức cơ sở đảng hoàn thành xuất sắc nhiệm vụ",
        "đã khen thưởng 43 tập thể và 38 cá nhân có thành tích",
        "Ngày 28/12/2023, tại Hội trường Huyện ủy, Huyện ủy Quế Sơn tổ chức Hội nghị tổng kết",
        "Hội nghị do đồng chí Nguyễn Văn An – Bí thư Huyện ủy chủ trì.",
        "Hội nghị đã triển khai, quán triệt Chỉ thị số 26-CT/TW ngày 23/11/2023 của Ban Bí thư về tổ chức Tết.",
        "Kỷ niệm 55 năm kết nghĩa Quế Sơn – Thọ Xuân (ngày 24/03/2023)",
        "- Tập trung xây dựng Đảng;\n- Phấn đấu hoàn thành các chỉ tiêu.",
        "Trả lời dư luận xã hội: Giáo dục (tháng 02/2023)",
    ):
        assert text in said


def test_the_short_text_is_much_shorter_and_tells_the_headlines() -> None:
    short, long = as_text(news(SHORT)), as_text(news())
    assert len(short) < len(long) * 0.6
    for text in ("88 đảng viên", "3.724", "158", "52/53", "93,48%", "43 tập thể", "28/12/2023"):
        assert text in short


@pytest.mark.parametrize("length", [SHORT, LONG])
def test_every_number_in_the_text_is_a_fact_of_the_sheet(length: str) -> None:
    facts = fakes.report_facts()
    made = compose(facts, RECORDS, SETTING, length)
    assert typed(made, OF_RECORDS) == []
    known = {fact.key: fact for fact in sheet(facts).facts}
    assert len(made.facts) > 10
    for fact in made.facts:
        assert str(fact.value) == known[fact.tag].value
        assert fact.text.lstrip("-") == known[fact.tag].text.lstrip("-")


def test_the_search_for_a_typed_number_finds_one() -> None:
    made = news()
    title = replace(
        made.blocks[0], parts=(*made.blocks[0].parts, Part(" trong 53 tổ chức, 98,11%, năm 2023"))
    )
    assert typed(replace(made, blocks=(title,))) == ["53", "98,11%"]


@pytest.mark.parametrize(
    ("values", "said", "unsaid"),
    [
        ({"members__admitted__vs_target_pct": Decimal("0.0"), "members__admitted__of_target_pct": Decimal("100.00")},
         "88 đảng viên mới, đạt 100% chỉ tiêu cấp trên giao", "vượt"),
        ({"members__admitted": 80, "members__admitted__vs_target_pct": Decimal("-5.9"),
          "members__admitted__of_target_pct": Decimal("94.12")},
         "80 đảng viên mới, đạt 94,12% chỉ tiêu cấp trên giao", "vượt"),
        ({"members__admitted__target": None, "members__admitted__vs_target_pct": None}, "88 đảng viên mới, nâng",
         "chỉ tiêu cấp trên"),
        ({"members__admitted": 0}, "không kết nạp đảng viên mới; tổng số đảng viên là 3.724 đồng chí", "kết nạp 0"),
        ({"members__total": 3680}, "tổng số đảng viên toàn Đảng bộ huyện là 3.680 đồng chí", "nâng tổng số"),
        ({"honours__badges": 0}, "52/53", "Huy hiệu"),
        ({"honours__badges__30": 59}, "Huy hiệu Đảng cho 158 đảng viên.", "đồng chí 30 năm"),
        ({"ratings__organisations__rated": 0}, "3.170/3.391 đảng viên", "tổ chức cơ sở đảng hoàn thành"),
        ({"ratings__organisations__excellent": 0}, "đạt tỷ lệ 98,11%.", "tổ chức cơ sở đảng hoàn thành xuất sắc"),
        ({"honours__commended_collectives": 0}, "đã khen thưởng 38 cá nhân có thành tích", "tập thể"),
        ({"members__admitted__change_pct": Decimal("-4.00")}, "mới kết nạp giảm 4% so với năm 2022", "tăng"),
        ({"study__sessions": 0}, "tiếp nhận 46 văn bản", "lớp học tập"),
        ({"directives__by_level__central": 0}, "tiếp nhận 46 văn bản của cấp trên.", "của Trung ương và"),
    ],
)  # fmt: skip
def test_sentences_read_right_whatever_the_value(values: dict[str, Any], said: str, unsaid: str) -> None:
    text = as_text(news(**values))
    assert said in text
    assert unsaid not in text.replace(HELD.conclusions[1], "")


def test_the_first_year_compares_with_nothing() -> None:
    facts = replace(year_with({"members.admitted.change_pct": None}), before=None)
    text = as_text(compose(facts, NO_RECORDS, SETTING, LONG))
    assert "2022" not in text
    assert "nâng tổng số" not in text


def test_a_year_without_data_says_so_and_nothing_else() -> None:
    facts = fakes.report_facts(values={}, default=None, children=0)
    text = as_text(compose(facts, NO_RECORDS, SETTING, LONG))
    assert text == (
        "Đảng bộ huyện Quế Sơn tổng kết công tác xây dựng Đảng năm 2023\n\n"
        "Năm 2023, sổ sách của Đảng bộ huyện Quế Sơn chưa có số liệu để đưa tin.\n"
    )


IDS = sorted(fakes.YEAR)


@settings(max_examples=200, deadline=None)
@given(
    holes=st.dictionaries(st.sampled_from(IDS), st.sampled_from([None, 0, 1, Decimal("33.33")]), max_size=40),
    setting=st.sampled_from([SETTING, COMMUNE, CELL]),
    length=st.sampled_from([SHORT, LONG]),
)
def test_whatever_is_missing_no_sentence_is_left_with_a_hole(
    holes: dict[str, Any], setting: Any, length: str
) -> None:
    facts = year_with(holes)
    made = compose(facts, NO_RECORDS, setting, length)
    text = as_text(made)
    for hole in (
        "None",
        "chưa có số liệu",
        "  ",
        " ,",
        " .",
        "..",
        ";.",
        ",.",
        "( ",
        ": .",
        "có .",
        OPEN,
        CLOSE,
    ):
        assert hole not in text
    assert all(block.text.endswith((".", ";", ":")) for block in made.blocks[1:])
    assert typed(made) == []


def test_no_figure_of_a_guarded_source_is_ever_told() -> None:
    everything = {id: 7 for id, entry in INDICATORS.items() if entry.unit != "%"}
    percents = {id: Decimal("50.00") for id, entry in INDICATORS.items() if entry.unit == "%"}
    made = news(**{id.replace(".", "__"): value for id, value in {**everything, **percents}.items()})
    told = {fact.indicator.id for fact in made.facts}
    assert "inspections.done" in told
    assert [id for id in told if guards_of(INDICATORS, INDICATORS[id])] == []


def test_a_masked_figure_leaves_its_sentence_out() -> None:
    facts = year_with({})
    own = dict(facts.now.own)
    own["honours.badges"] = replace(
        own["honours.badges"], value=None, numerator=None, records=0, mask="small"
    )
    text = as_text(compose(replace(facts, now=replace(facts.now, own=own)), NO_RECORDS, SETTING, LONG))
    assert "Huy hiệu" not in text
    assert "dưới 3" not in text


def test_the_html_carries_every_fact_as_data_and_says_the_same_as_the_text() -> None:
    made = news()
    page = Tags(as_html(made, ("bieu-do-1.png", "bieu-do-2.png")))
    data = [attributes for tag, attributes in page.found if tag == "data"]
    assert [(d["value"], d["data-indicator"], d["data-organisation"], d["data-period"]) for d in data] == [
        (str(fact.value), fact.indicator.id, "QS", "2023") for fact in made.facts
    ]
    assert page.open == []
    for block in made.blocks:
        assert block.text in page.text
    images = [attributes for tag, attributes in page.found if tag == "img"]
    assert [image["src"] for image in images] == ["bieu-do-1.png", "bieu-do-2.png"]
    assert all(image["alt"] for image in images)
    assert {tag for tag, _ in page.found} <= {
        "html", "head", "meta", "title", "body", "article", "h1", "h2", "p", "ul", "li", "data", "figure", "img",
        "figcaption", "section",
    }  # fmt: skip
    assert "http" not in as_html(made)


@pytest.mark.parametrize(
    "name",
    [
        '<script>alert("1")</script>',
        "Xã “A” & <b>B</b> 'C'",
        f"{OPEN}0{CLOSE}",
        "Xã\nA\r\n\tB\x00\x07\u2028C",
        "{{ 7*7 }}{% if 1 %}",
        "x" * 4000,
    ],
)
def test_a_hostile_name_stays_a_name(name: str) -> None:
    hostile = replace(
        HELD, title=f"Hội nghị {name}", place=name, chairs=(name,), papers=(name,), conclusions=(name,)
    )
    records = YearRecords(hostile, None, (Celebrated(name, name, None),), (Related("issued", name),))
    made = compose(year_with({}), records, replace(SETTING, name=name), LONG)
    page = Tags(as_html(made, ("a.png",)))
    assert page.open == []
    assert {tag for tag, _ in page.found}.isdisjoint({"script", "b"})
    assert len([tag for tag, _ in page.found if tag == "data"]) == len(made.facts)


def test_the_zip_holds_text_page_and_two_pictures_and_is_the_same_each_time() -> None:
    made = news()
    name, content = news_files(made)
    assert name == "tin-tong-ket-QS-2023-day-du.zip"
    assert (name, content) == news_files(made)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert [entry.filename for entry in archive.infolist()] == [
            "tin-tong-ket-QS-2023-day-du.txt",
            "tin-tong-ket-QS-2023-day-du.html",
            "bieu-do-1.png",
            "bieu-do-2.png",
        ]
        assert archive.read("tin-tong-ket-QS-2023-day-du.txt").decode() == as_text(made)
        assert archive.read("bieu-do-1.png").startswith(b"\x89PNG")
        assert 'src="bieu-do-2.png"' in archive.read("tin-tong-ket-QS-2023-day-du.html").decode()


def test_a_year_with_nothing_to_draw_has_no_picture_and_none_is_shown() -> None:
    facts = fakes.report_facts(values={}, default=None, children=0)
    made = files(compose(replace(facts, history=(facts.now,)), NO_RECORDS, SETTING, SHORT))
    assert sorted(name.rpartition(".")[2] for name in made) == ["html", "txt"]
    assert b"<img" not in made["tin-tong-ket-QS-2023.html"]


def test_a_term_and_a_period_to_come_are_refused_with_the_way_out() -> None:
    for code in ("2020-2025", "2020-2025-H1", "2099"):
        with pytest.raises(Refused) as refused:
            day_told(fakes.parse_period(code), None)
        assert "Hãy chọn kỳ" in refused.value.problems[0].message


def test_what_has_not_happened_yet_is_not_told() -> None:
    from tongket.core.dates import today
    from tongket.core.periods import year

    assert day_told(year(today().year), None) == today()
    assert day_told(year(2023), None) == date(2023, 12, 31)
    assert day_told(year(2023), date(2023, 6, 30)) == date(2023, 6, 30)
