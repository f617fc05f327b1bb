"""The whole report, from made-up figures and from the small world's own records."""

import io
import re
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from pypdf import PdfReader

from tests import needs
from tests.reports import fakes
from tests.reports.templates import controls, docx, text_of
from tests.world import make_world
from tongket.audit.models import LedgerEntry
from tongket.core.periods import parse_period
from tongket.core.problems import Refused
from tongket.members.models import MemberEvent
from tongket.organisations.models import Organisation
from tongket.reports.acts import upload_template, withdraw_template
from tongket.reports.facts import ReportFacts, day_before, gather
from tongket.reports.pack import build_pack, write_pack
from tongket.reports.payload import payload
from tongket.reports.pdf import make_pdf
from tongket.reports.pdf.make import figure_address
from tongket.reports.queries import template_in_use
from tongket.reports.tables import unmet
from tongket.reports.word.default_template import default_template
from tongket.reports.word.printing import Tag, printed
from tongket.reports.word.render import render

pytestmark = pytest.mark.django_db


def district() -> Organisation:
    """An organisation of the database that the made-up figures are about."""
    return Organisation.objects.create(
        code="QS", name="Đảng bộ huyện Quế Sơn", kind="district_committee", founded_on=date(1950, 1, 1)
    )


def word(facts: ReportFacts) -> bytes:
    """The report from the built-in template, without pictures."""
    return render(default_template(facts.as_at), payload(facts, draw=()))


def sentences(content: bytes) -> str:
    """All text with single spaces."""
    return " ".join(text_of(content).split())


def test_the_report_says_what_the_published_account_says() -> None:
    said = sentences(word(fakes.report_facts(district())))
    for text in (
        "kết nạp 88 đảng viên mới, vượt 3,5% so với chỉ tiêu giao",
        "tổng số đảng viên là 3.724 đồng chí",
        "158 đảng viên được trao Huy hiệu Đảng",
        "52/53 tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ trở lên, đạt tỷ lệ 98,11%",
        "10 tổ chức cơ sở đảng hoàn thành xuất sắc nhiệm vụ",
        "43 tập thể và 38 cá nhân",
        "bằng 19,23% số hoàn thành tốt nhiệm vụ trở lên và bằng 23,81% số hoàn thành tốt nhiệm vụ",
        "tăng 8 đảng viên so với năm 2022",
    ):
        assert text in said


def test_every_control_prints_the_figure_that_its_tag_names() -> None:
    facts = fakes.report_facts(district())
    children = {child.code: child for child in facts.now.children}
    found = controls(word(facts))
    assert len(found) > 500
    for written, text in found:
        tag = Tag.read(written)
        assert tag is not None
        if tag.indicator == "=chua_dat_ket_nap":  # the report's own count
            assert text == str(len(unmet(facts)))
            continue
        child = children.get(tag.organisation)
        declared = facts.now.own[tag.indicator].indicator
        if tag.against:
            value = facts.change(tag.indicator)
        else:
            value = facts.value(tag.indicator, child=child, before=tag.period == "2022")
        forms = {
            printed(value, unit=declared.unit, decimals=declared.decimals, form=form)
            for form in ("", "bare", "abs", "signed", "signed_bare")
        }
        levels = {"Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành"} if value == 1 else set()
        assert text in forms | levels, written


def test_every_child_organisation_has_its_row() -> None:
    facts = fakes.report_facts(district())
    tables = Document(io.BytesIO(word(facts))).tables
    rows = {row.cells[1].text for row in tables[-2].rows} | {
        "".join(t.text or "" for t in c.iter(qn("w:t"))) for t in tables for c in t._tbl.iter(qn("w:tc"))
    }
    assert {child.name for child in facts.now.children} <= rows


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"members.admitted": 85, "members.admitted.vs_target_pct": Decimal("0.0")}, "đạt chỉ tiêu giao"),
        (
            {"members.admitted": 80, "members.admitted.vs_target_pct": Decimal("-5.9")},
            "thấp hơn chỉ tiêu giao 5,9%",
        ),
        (
            {"members.admitted.target": None, "members.admitted.vs_target_pct": None},
            "Cấp trên chưa giao chỉ tiêu kết nạp.",
        ),
        ({"members.admitted": 0}, "không kết nạp đảng viên mới"),
        ({"honours.badges": 0}, "không có đảng viên được trao Huy hiệu Đảng"),
        ({"discipline.members": 0}, "không có đảng viên bị thi hành kỷ luật"),
        ({"study.sessions": 0}, "chưa ghi nhận lớp, hội nghị học tập"),
        ({"ratings.organisations.rated": 0}, "Chưa có kết quả đánh giá, xếp loại tổ chức cơ sở đảng."),
        (
            {"directives.plans_on_time_pct": Decimal("92.11")},
            "35/38 văn bản đến hạn được triển khai đúng hạn",
        ),
    ],
)
def test_sentences_read_right_whatever_the_value(values: dict[str, object], said: str) -> None:
    assert said in sentences(word(fakes.report_facts(district(), values=values)))


WORK: dict[str, object] = {
    "obligations.demands": 46,
    "obligations.demands.receivers": 2438,
    "obligations.handed": 2438,
    "obligations.handed.from_directive": 2300,
    "obligations.due": 2400,
    "obligations.on_time": 2076,
    "obligations.on_time_pct": Decimal("86.50"),
    "obligations.late": 277,
    "obligations.overdue": 47,
    "obligations.reminders": 130,
    "conference.held": 6,
    "directives.reviews": 2,
    "conference.invited": 900,
    "conference.attended": 858,
    "conference.attended_pct": Decimal("95.33"),
    "conference.excused": 42,
    "conference.conclusions": 24,
    "conference.conclusions.handed": 24,
    "study.planned": 9,
    "study.planned.held": 7,
    "study.planned.held_pct": Decimal("77.78"),
    "study.talks": 4,
    "study.talks.attendances": 1090,
    "documents.issued": 31,
}


def test_the_report_says_what_was_asked_and_done_in_time() -> None:
    said = sentences(word(fakes.report_facts(district(), values=WORK)))
    for text in (
        "Huyện ủy Quế Sơn ban hành 31 văn bản.",
        "giao 46 đầu việc cho 2.438 lượt tổ chức.",
        "được giao 2.438 nhiệm vụ; trong đó có 2.300 nhiệm vụ triển khai văn bản.",
        "Có 2.400 nhiệm vụ đến hạn; hoàn thành đúng hạn 2.076 nhiệm vụ, đạt tỷ lệ 86,5%; hoàn thành muộn 277 nhiệm "
        "vụ; quá hạn chưa hoàn thành 47 nhiệm vụ. Đã đôn đốc 130 lượt.",
        "đã tổ chức 7, đạt tỷ lệ 77,78%. Tổ chức 4 buổi thông tin thời sự, với 1.090 lượt người nghe.",
        "tổ chức 6 hội nghị; trong đó có 2 hội nghị sơ kết, tổng kết. Triệu tập 900 lượt người; có mặt 858 lượt "
        "người, đạt tỷ lệ 95,33%; vắng có lý do 42 lượt người.",
        "24 kết luận, đều đã giao thành nhiệm vụ cụ thể.",
        "chưa đầy đủ, kịp thời: 277 nhiệm vụ hoàn thành muộn; 47 nhiệm vụ quá hạn chưa hoàn thành.",
    ):
        assert text in said, text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "bằng năm 2022; trong đó 18 văn bản của Trung ương, 28 văn bản của Tỉnh ủy. Có"),
        ({"directives.by_level.central": 0}, "bằng năm 2022; trong đó 28 văn bản của Tỉnh ủy. Có"),
        (
            {
                "directives.by_level.central": 0,
                "directives.by_level.province": 0,
                "directives.by_level.district": 9,
            },
            "bằng năm 2022; trong đó 9 văn bản của cấp ủy huyện. Có",
        ),
        ({"obligations.late": 0}, "kịp thời: 47 nhiệm vụ quá hạn chưa hoàn thành."),
        ({"obligations.overdue": 0}, "kịp thời: 277 nhiệm vụ hoàn thành muộn."),
        ({"obligations.on_time": 0}, "đến hạn; chưa có nhiệm vụ nào hoàn thành đúng hạn; hoàn thành muộn"),
        ({"obligations.handed.from_directive": 2438}, "2.438 nhiệm vụ, đều để triển khai văn bản."),
        ({"study.planned.held": 0}, "buổi thông tin thời sự; chưa tổ chức."),
        ({"conference.conclusions": 0}, "vắng có lý do 42 lượt người. 2. Xây dựng"),
    ],
)
def test_sentences_on_the_years_work_read_right_whatever_the_value(
    values: dict[str, object], said: str
) -> None:
    assert said in sentences(word(fakes.report_facts(district(), values={**WORK, **values})))


def test_an_office_that_keeps_no_such_books_reads_nothing_of_them() -> None:
    said = sentences(word(fakes.report_facts(district())))
    for text in (
        "giao việc",
        "đến hạn;",
        "hội nghị; ",
        "Theo kế hoạch có",
        "đầy đủ, kịp thời",
        "Nhiệm vụ đến hạn",
    ):
        assert text not in said, text


def test_tasks_done_late_are_a_shortcoming() -> None:
    facts = fakes.report_facts(district(), values={"obligations.late": 1}, children=0)
    assert payload(facts, draw=())["names"]["han_che"]["viec_cham"] is True
    assert "không có nội dung nào không đạt" not in sentences(word(facts))


def test_a_year_without_any_figure_still_makes_a_report() -> None:
    facts = fakes.report_facts(district(), values={}, children=0, default=None)
    said = sentences(word(facts))
    assert "chưa có số liệu" in said
    assert "None" not in said


def test_the_shortcomings_are_none_only_when_the_figures_show_none() -> None:
    clean = {
        "directives.plans_on_time_pct": Decimal("100"),
        "ratings.organisations.completed": 0,
        "members.profile_gaps": 0,
        "ratings.organisations.missing": 0,
    }
    facts = fakes.report_facts(district(), values=clean, children=0)
    assert "không có nội dung nào không đạt" in sentences(word(facts))
    gaps = fakes.report_facts(facts.organisation, values={**clean, "members.profile_gaps": 7}, children=0)
    assert "không có nội dung nào không đạt" not in sentences(word(gaps))


@pytest.mark.parametrize(
    ("on", "sizes"),
    [(date(2023, 12, 31), {14.0, 15.0, 12.0}), (date(2026, 12, 31), {13.0, 14.0, 15.0, 12.0})],
)
def test_the_page_has_the_form_in_force_on_its_day(on: date, sizes: set[float]) -> None:
    document = Document(io.BytesIO(default_template(on)))
    section = document.sections[0]
    for side, millimetres in (("top", 20), ("bottom", 20), ("left", 30), ("right", 15)):
        assert abs(getattr(section, f"{side}_margin") - Mm(millimetres)) < Mm(0.1)
    assert abs(section.page_height - Mm(297)) < Mm(0.1)
    assert section.different_first_page_header_footer
    head = {r.font.size.pt for c in document.tables[0].rows[0].cells for p in c.paragraphs for r in p.runs}
    assert head <= sizes
    assert document.styles["Normal"].font.name == "Times New Roman"


@pytest.mark.parametrize(
    ("code", "issuer", "symbol", "signed"),
    [
        ("QS", "HUYỆN ỦY THỬ", "-BC/HU", "T/M BAN THƯỜNG VỤ"),
        ("PA", "ĐẢNG ỦY XÃ A", "-BC/ĐU", "T/M ĐẢNG ỦY"),
        ("PA1", "CHI BỘ THÔN A1", "-BC/CB", "T/M CHI BỘ"),
        ("VP", "CHI BỘ VĂN PHÒNG", "-BC/CB", "T/M CHI BỘ"),
    ],
)
def test_each_level_writes_under_its_own_head(code: str, issuer: str, symbol: str, signed: str) -> None:
    made = word(gather(make_world()[code], parse_period("2023")))
    said = sentences(made)
    assert issuer in said
    assert symbol in said
    assert signed in said
    assert ("tổ chức cơ sở đảng trực thuộc" in said) == (code == "QS")


def test_a_deleted_admission_is_missing_from_the_report() -> None:
    world = make_world()
    period = parse_period("2023")

    def admitted() -> set[str]:
        found = controls(word(gather(world["QS"], period)))
        return {text for tag, text in found if tag == "members.admitted|QS|2023|2023-12-31"}

    assert admitted() == {"1"}
    event = MemberEvent.objects.get(kind="admitted")
    event.voided_at = event.recorded_at
    event.save()
    assert admitted() == {"0"}


def test_the_day_of_last_year_that_matches() -> None:
    year = parse_period("2023")
    assert day_before(year, date(2023, 12, 31)) == date(2022, 12, 31)
    assert day_before(year, date(2023, 11, 15)) == date(2022, 11, 15)
    assert day_before(parse_period("2024-02"), date(2024, 2, 29)) == date(2023, 2, 28)


def test_the_pack_is_three_files_written_whole(tmp_path: Path) -> None:
    world = make_world()
    written = write_pack(
        tmp_path / "2023", world["QS"], parse_period("2023"), base_url="http://127.0.0.1:8000"
    )
    assert {path.name for path in written} == {
        f"bao-cao-tong-ket-QS-2023.{end}" for end in ("docx", "xlsx", "pdf")
    }
    assert sorted(path.name for path in (tmp_path / "2023").iterdir()) == sorted(
        path.name for path in written
    )
    assert all(path.stat().st_size > 10_000 for path in written)


def test_figures_of_the_pdf_link_to_their_pages() -> None:
    pack = build_pack(make_world()["QS"], parse_period("2023"), base_url="http://127.0.0.1:8000")
    reader = PdfReader(io.BytesIO(pack["bao-cao-tong-ket-QS-2023.pdf"]))
    links = {a.get_object()["/A"]["/URI"] for page in reader.pages for a in page.get("/Annots", ())}
    assert (
        "http://127.0.0.1:8000/so-lieu/members.admitted/?to_chuc=QS&ky=2023&tai_ngay=31%2F12%2F2023" in links
    )


def test_figures_of_the_pdf_link_to_the_offices_own_address_when_none_is_asked(settings: Any) -> None:
    settings.TONGKET_ADDRESS = "https://dang.example"
    content = build_pack(make_world()["QS"], parse_period("2023"), kinds=("pdf",))[
        "bao-cao-tong-ket-QS-2023.pdf"
    ]
    reader = PdfReader(io.BytesIO(content))
    links = {a.get_object()["/A"]["/URI"] for page in reader.pages for a in page.get("/Annots", ())}
    assert links
    assert all(link.startswith("https://dang.example/so-lieu/") for link in links)


def test_every_number_of_the_pdf_links_to_its_page_in_text_tables_and_annexes() -> None:
    made = word(fakes.report_facts(district()))
    tags = [tag for text, printed in controls(made) if printed and (tag := Tag.read(text))]
    address = figure_address("http://127.0.0.1:8000")
    reader = PdfReader(io.BytesIO(make_pdf(made, base_url="http://127.0.0.1:8000")))
    links = [a.get_object()["/A"]["/URI"] for page in reader.pages for a in page.get("/Annots", ())]
    led = [found for tag in tags if (found := address(tag))]  # the report's own counts have no page
    assert set(led) == set(links)
    assert len(links) >= len(led) > 500


@needs.poppler
def test_the_pdf_holds_the_vietnamese_text(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(make_pdf(word(fakes.report_facts(district()))))
    text = subprocess.run(
        ["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    said = " ".join(text.split())
    for expected in (
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "HUYỆN ỦY QUẾ SƠN",
        "Trong kỳ, Huyện ủy Quế Sơn tiếp nhận 46 văn bản của cấp trên",
        "Tặng, truy tặng Huy hiệu Đảng",
        "T/M BAN THƯỜNG VỤ",
    ):
        assert expected in said
    assert "\ufffd" not in said


@needs.office
def test_libreoffice_opens_and_saves_the_report_with_its_figures_in_place(tmp_path: Path) -> None:
    made = word(fakes.report_facts(district()))
    (tmp_path / "a.docx").write_bytes(made)
    run = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    run += [
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(tmp_path / "out"),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(run, check=True, capture_output=True, timeout=120)
    again = (tmp_path / "out" / "a.docx").read_bytes()
    assert titles(again) == titles(made)
    number = r"\s|\d*\s*$"  # the last text is the page number, which LibreOffice brings up to date
    assert re.sub(number, "", text_of(again)) == re.sub(number, "", text_of(made))
    version = subprocess.run(["soffice", "--version"], capture_output=True, check=True).stdout.decode()
    found = re.search(r"(\d+)\.(\d+)", version)
    # LibreOffice keeps the tag of a content control since 7.5; 7.4 keeps its title and text only.
    if found and (int(found[1]), int(found[2])) >= (7, 5):
        assert sorted(controls(again)) == sorted(controls(made))


def titles(content: bytes) -> list[tuple[str, str]]:
    """(title, text) of every content control, in order."""
    body = Document(io.BytesIO(content)).element.body
    return [
        (alias.get(qn("w:val")), "".join(t.text or "" for t in sdt.iter(qn("w:t"))))
        for sdt in body.iter(qn("w:sdt"))
        if (alias := sdt.find(f"{qn('w:sdtPr')}/{qn('w:alias')}")) is not None
    ]


# The office's own template


def test_an_own_template_is_tried_kept_and_withdrawn() -> None:
    world = make_world()
    own = docx("Riêng của huyện: {{ so.members.admitted }} đảng viên mới.")
    template = upload_template(world["QS"], name="Mẫu riêng", content=own, by=None)
    assert template_in_use(world["QS"]) == template
    made = build_pack(world["QS"], parse_period("2023"))["bao-cao-tong-ket-QS-2023.docx"]
    assert "Riêng của huyện: 1 đảng viên mới." in sentences(made)
    assert template_in_use(world["PA"]) is None
    withdraw_template(template, by=None)
    assert template_in_use(world["QS"]) is None
    actions = LedgerEntry.objects.filter(action__startswith="reports.").values_list("action", flat=True)
    assert list(actions) == ["reports.upload_template", "reports.withdraw_template"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"x", "Word"),
        (docx("{{ so.members.admited }} {{ la_la }}"), "la_la"),
        (docx("{{ range(9) }}"), "lời gọi hàm"),
    ],
)
def test_a_bad_template_is_refused_and_nothing_is_kept(content: bytes, said: str) -> None:
    world = make_world()
    with pytest.raises(Refused) as refused:
        upload_template(world["QS"], name="Hỏng", content=content, by=None)
    assert said in str(refused.value)
    assert template_in_use(world["QS"]) is None
