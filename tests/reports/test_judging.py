"""What the report says of the year's judging: right for any value, nothing where an office keeps no such books."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.reports import fakes
from tests.reports.test_report import district, sentences, word
from tongket.indicators.catalogue import INDICATORS
from tongket.reports import judged
from tongket.reports.payload import payload

pytestmark = pytest.mark.django_db

JUDGED: dict[str, object] = {
    "candidates.nominated": 120,
    "candidates.class": 96,
    "candidates.decisions": 90,
    "candidates.total": 40,
    "candidates.decisions.late": 3,
    "probations.decided": 80,
    "probations.decided.in_time": 78,
    "probations.decided.in_time_pct": Decimal("97.50"),
    "rounds.members.listed": 3724,
    "rounds.members.to_rate": 3430,
    "rounds.members.excluded": 294,
    "rounds.members.excluded.exempt": 287,
    "rounds.members.excluded.under_six_months": 7,
    "rounds.members.decided": 3430,
    "rounds.members.decided_pct": Decimal("100.00"),
    "rounds.members.special": 2,
    "honours.badge_proposals": 160,
    "honours.badge_proposals.early": 4,
    "honours.badge_proposals.approved": 158,
    "honours.badge_proposals.refused": 2,
    "honours.proposals": 90,
    "honours.proposals.collectives": 47,
    "honours.proposals.individuals": 43,
    "honours.proposals.recommended": 85,
    "honours.proposals.not_recommended": 5,
    "honours.proposals.certificates": 81,
    "inspections.planned": 20,
    "inspections.planned_done": 18,
    "inspections.planned_done_pct": Decimal("90.00"),
    "inspections.done": 19,
    "inspections.done.checks": 12,
    "inspections.done.supervisions": 7,
    "inspections.done.by.standing": 5,
    "inspections.done.by.commission": 14,
    "inspections.done.unplanned": 1,
    "inspections.organisations": 25,
    "inspections.members": 31,
    "inspections.organisations.violations": 3,
    "inspections.remedies": 9,
    "inspections.remedies.on_time": 8,
    "cases.opened": 11,
    "cases.decided": 8,
    "cases.pending": 2,
    "cases.appeals": 3,
    "cases.appeals.answered": 2,
    "cases.appeals.outcome.upheld": 1,
    "cases.appeals.outcome.lighter": 1,
}


def said_with(**values: object) -> str:
    """The report's text for these figures."""
    return sentences(word(fakes.report_facts(district(), values={**JUDGED, **values}, children=0)))


def test_the_report_says_how_the_year_was_judged() -> None:
    said = said_with()
    for text in (
        "xét kết nạp: giới thiệu 120 quần chúng ưu tú; 96 quần chúng hoàn thành lớp bồi dưỡng nhận thức về Đảng; ban "
        "hành 90 quyết định kết nạp; cuối kỳ còn 40 quần chúng trong nguồn. Có 3 quyết định kết nạp ban hành quá hạn.",
        "Có 80 đảng viên dự bị được quyết định công nhận đảng viên chính thức theo hồ sơ xét, trong đó đúng hạn 78, "
        "đạt tỷ lệ 97,5%.",
        "có 3.724 đảng viên; phải đánh giá 3.430; để ngoài diện đánh giá 294 (miễn công tác và sinh hoạt 287, kết nạp "
        "chưa đủ 6 tháng 7); đã quyết định xếp loại 3.430, đạt tỷ lệ 100%. Có 2 trường hợp đặc biệt.",
        "Đã lập 160 đề nghị tặng Huy hiệu Đảng, trong đó tặng sớm 4; có quyết định 158; không được duyệt 2.",
        "Tiếp nhận 90 đề nghị khen thưởng (47 tập thể, 43 cá nhân); hội đồng đồng ý 85; hội đồng không đồng ý 5; cấp "
        "81 giấy khen.",
        "Theo chương trình có 20 cuộc kiểm tra, giám sát; đã kết luận 18 cuộc, đạt tỷ lệ 90%. Trong kỳ kết luận 19 "
        "cuộc, gồm 12 cuộc kiểm tra, 7 cuộc giám sát; chủ thể: ban thường vụ 5, ủy ban kiểm tra 14; ngoài chương "
        "trình 1 cuộc.",
        "Kiểm tra, giám sát 25 lượt tổ chức đảng, 31 lượt đảng viên; qua đó phát hiện 3 tổ chức có vi phạm.",
        "Về khắc phục sau kiểm tra, giám sát: giao 9 việc; hoàn thành đúng hạn 8 việc.",
        "Về xem xét kỷ luật: xem xét mới 11 vụ việc; quyết định kỷ luật 8 vụ việc; cuối kỳ còn đang xem xét 2 vụ việc.",
        "Về khiếu nại kỷ luật: nhận 3 khiếu nại; giải quyết 2 khiếu nại (giữ nguyên 1, giảm hình thức 1).",
        "Bảng số liệu kiểm tra, giám sát, kỷ luật; đánh giá, khen thưởng; phát triển đảng năm 2023",
    ):
        assert text in said, text


def test_whoever_may_not_know_the_numbers_of_cases_reads_no_sentence_on_them() -> None:
    hidden = dict.fromkeys((id for id in JUDGED if id.startswith("cases.")), None)
    said = said_with(**hidden, **{"inspections.organisations": None, "inspections.members": None})
    assert "Về xem xét kỷ luật" not in said and "Về khiếu nại" not in said
    assert "lượt tổ chức đảng" not in said
    assert "Trong kỳ kết luận 19 cuộc" in said


def test_an_office_without_these_books_reads_nothing_of_them_and_has_no_annex() -> None:
    facts = fakes.report_facts(district(), children=0)
    said = sentences(word(facts))
    for text in (
        "tạo nguồn",
        "đợt đánh giá",
        "đề nghị",
        "chương trình có",
        "Về xem xét",
        "khắc phục",
        "Bảng số liệu",
    ):
        assert text not in said, text
    assert payload(facts, draw=())["names"]["phu_luc"] == {"co": False}


def test_only_the_part_that_is_there_is_said() -> None:
    said = sentences(
        word(
            fakes.report_facts(
                district(), values={"inspections.planned": 4, "candidates.total": 5}, children=0
            )
        )
    )
    assert "Theo chương trình có 4 cuộc kiểm tra, giám sát; chưa kết luận cuộc nào." in said
    assert "Về tạo nguồn và xét kết nạp: cuối kỳ còn 5 quần chúng trong nguồn." in said


@pytest.mark.parametrize(("earlier", "printed"), [({}, False), ({"inspections.done": 2}, True)])
def test_of_a_book_that_was_not_kept_the_year_before_no_zero_is_printed(
    earlier: dict[str, object], printed: bool
) -> None:
    facts = fakes.report_facts(district(), values=JUDGED, children=0)
    before = fakes.figure_set(facts.organisation, facts.compared, earlier, children=0)
    rows = judged.all_tables(replace(facts, before=before))["danh_gia"]["rows"]
    of = {row["cells"][1]["text"]: row["cells"][3:] for row in rows if row["kind"] == "row"}
    planned = of[INDICATORS["inspections.planned"].vi]
    assert ("figure" in planned[1]) is printed
    assert ("figure" in planned[2]) is printed
    assert of[INDICATORS["cases.opened"].vi][1:] == [{"text": "–"}, {"text": "–"}]
