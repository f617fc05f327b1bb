# ruff: noqa: E501 -- a table, one sentence a line
"""Which figure a sentence speaks of: phrasings of reports, each with the figure it means ("-" = none may be guessed)."""

import pytest

from tongket.claims.read import read
from tongket.drafts.matching import Match, figures, indicator_for
from tongket.indicators.catalogue import INDICATORS

# sentence | number as printed → figure; several separated by ";"
TABLE = """
Huyện được tỉnh giao chỉ tiêu 170 đảng viên, đã kết nạp 175 đồng chí. | 170 → members.admitted.target; 175 → members.admitted
Phát triển 64 đảng viên, đạt 80% kế hoạch năm là 90 đảng viên. | 64 → members.admitted; 90 → members.admitted.target
Kết nạp 150 đảng viên, đạt 30% chỉ tiêu của cả nhiệm kỳ (500 đảng viên). | 150 → members.admitted; 500 → members.admitted.own_target
Kết nạp đảng viên mới đạt 120% chỉ tiêu (thực hiện 96, chỉ tiêu 80). | 96 → members.admitted; 80 → members.admitted.target
Mở 3 lớp bồi dưỡng cho 140 quần chúng, đạt 93% kế hoạch (kế hoạch 150 quần chúng). | 150 → -
Có 12 đảng viên bị kỷ luật, bằng 0,3% tổng số đảng viên (4.012 đồng chí). | 12 → discipline.members; 4.012 → members.total
Huyện có 48 TCCS đảng, 3.150 đảng viên. | 3.150 → members.total
Tỷ lệ chi bộ thôn, khu phố có chi ủy đạt 91,3%. | 91,3% → organisations.village_cells_with_committee_pct
Chất lượng sinh hoạt chi bộ: 210/220 chi bộ xếp loại tốt. | 210/220 → -
Đã hoàn thành 20/20 cuộc kiểm tra, giám sát theo chương trình. | 20/20 → inspections.planned_done
Kiểm tra việc thu, nộp đảng phí đối với 9 tổ chức. | 9 → -
Huyện ủy tiếp nhận 31 văn bản của Trung ương và Tỉnh ủy. | 31 → directives.received
Hội nghị có 98 đại biểu dự, vắng 4 đại biểu. | 98 → -; 4 → -
Huyện ủy huy động kết nạp quỹ được 3 tỷ đồng, đạt kế hoạch giao. | 3 tỷ → -
MTTQ và các đoàn thể chủ trì giám sát 37 cuộc. | 37 → -
Cấp ủy các cấp giám sát 37 cuộc. | 37 → inspections.done.supervisions
Đã tiếp 126 lượt công dân, nhận 90 đơn: khiếu nại 58, tố cáo 32. | 58 → -
Đảng bộ huyện kết nạp 893 đảng viên, đạt 105,1% chỉ tiêu nhiệm kỳ. | 105,1% → -
Đảng bộ huyện kết nạp 89 đảng viên, đạt 105,1% chỉ tiêu tỉnh giao. | 105,1% → members.admitted.of_target_pct
Kết nạp đảng viên mới: quý I 21, quý II 34 đảng viên. | 21 → -
Huyện ủy giao mỗi chi bộ kết nạp từ 01 đến 02 đảng viên. | 01 → -
Kết nạp 96 đảng viên; trong số nữ có 21 đồng chí là người dân tộc thiểu số. | 21 → -
Kết nạp 96 đảng viên, dân tộc thiểu số 21 đồng chí, bằng 38,9% số nữ. | 38,9% → -
Năm 2023, toàn quốc kết nạp 180.000 đảng viên. | 180.000 → -
Nghị quyết Đảng bộ huyện xác định năm 2023 kết nạp 210 đảng viên; thực tế kết nạp 203 người. | 210 → members.admitted.own_target
Đảng bộ được thành lập đầu năm 2025 với 19 tổ chức cơ sở đảng. | 19 → -
Thành lập mới 3 tổ chức đảng. | 3 → organisations.founded
Mở lớp nhận thức về Đảng cho 147 quần chúng, đạt 122% kế hoạch (120 người). | 120 → -
Giao 186 nhiệm vụ, đúng hạn 151 nhiệm vụ, quá hạn nhưng đã xong 22 nhiệm vụ. | 22 → obligations.late
Thi hành kỷ luật 24 đảng viên: khiển trách 10, khai trừ 3 đồng chí. | 3 → discipline.members.expulsion
42/48 TCCS đảng hoàn thành tốt nhiệm vụ trở lên, trong đó 9 TCCS đảng hoàn thành xuất sắc nhiệm vụ, bằng 21,4% số hoàn thành tốt trở lên. | 21,4% → ratings.organisations.excellent_of_good_or_better_pct
Năm 2023, toàn huyện kết nạp được 88 đảng viên mới. | 88 → members.admitted
Trong năm đã phát triển 88 đảng viên, đạt 103,5% chỉ tiêu tỉnh giao. | 88 → members.admitted; 103,5% → members.admitted.of_target_pct
Kết nạp 88 quần chúng ưu tú vào Đảng, vượt 3 đảng viên so với chỉ tiêu tỉnh giao. | 88 → members.admitted
Kết nạp 88 đảng viên mới, trong đó có 41 nữ, 3 người dân tộc thiểu số, 60 đoàn viên thanh niên. | 88 → members.admitted; 41 → members.admitted.women; 3 → members.admitted.minority; 60 → members.admitted.youth
Kết nạp 88 đảng viên; trong đó nữ 41 đồng chí, chiếm 46,59%. | 41 → members.admitted.women; 46,59% → members.admitted.women
Kết nạp 88 đảng viên, trong đó có 12 chủ doanh nghiệp tư nhân. | 12 → -
Kết nạp lại 02 đảng viên. | 02 → members.readmitted
Có 35/53 TCCS đảng kết nạp được đảng viên. | 35/53 → organisations.admitting
Công nhận đảng viên chính thức cho 76 đồng chí. | 76 → members.recognised
Chuyển đảng chính thức cho 76 đảng viên dự bị. | 76 → members.recognised
Tiếp nhận 25 đảng viên chuyển đến, làm thủ tục cho 31 đảng viên chuyển đi. | 25 → members.moved_in; 31 → members.moved_out
Xóa tên 4 đảng viên, cho ra khỏi Đảng 2 đảng viên. | 4 → members.struck_off
Khai trừ 1 đảng viên. | 1 → members.expelled
Tổng số đảng viên toàn Đảng bộ là 3.724 đồng chí. | 3.724 → members.total
Đến nay, Đảng bộ huyện có 53 tổ chức cơ sở đảng với 3.724 đảng viên. | 53 → organisations.grassroots
Đảng bộ huyện có 27 đảng bộ cơ sở và 26 chi bộ cơ sở. | 27 → organisations.bodies; 26 → organisations.base_cells
Toàn Đảng bộ có 3.724 đảng viên, trong đó đảng viên nữ 1.210 đồng chí. | 3.724 → members.total; 1.210 → members.women
Trao Huy hiệu Đảng cho 158 đảng viên, trong đó truy tặng 5 đồng chí. | 158 → honours.badges; 5 → honours.badges.posthumous
Trao tặng Huy hiệu 30 năm tuổi Đảng cho 41 đồng chí. | 41 → honours.badges.30
Nhân dịp 3/2 trao Huy hiệu Đảng cho 40 đảng viên. | 40 → honours.badges.round.0302
Có 52/53 TCCS đảng hoàn thành tốt nhiệm vụ trở lên, đạt tỷ lệ 98,11%. | 52/53 → ratings.organisations.good_or_better; 98,11% → ratings.organisations.good_or_better_pct
Có 10 tổ chức cơ sở đảng hoàn thành xuất sắc nhiệm vụ, 42 tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ, 01 tổ chức cơ sở đảng hoàn thành nhiệm vụ. | 10 → ratings.organisations.excellent; 42 → ratings.organisations.good; 01 → ratings.organisations.completed
Không có tổ chức cơ sở đảng không hoàn thành nhiệm vụ. | Không → ratings.organisations.failed
Có 17,5% đảng viên hoàn thành xuất sắc nhiệm vụ. | 17,5% → ratings.members.excellent_pct
Đã đánh giá, xếp loại 3.483 đảng viên. | 3.483 → ratings.members.rated
Có 610 đảng viên được xếp loại hoàn thành xuất sắc nhiệm vụ, chiếm 17,51%. | 610 → ratings.members.excellent; 17,51% → ratings.members.excellent_pct
Có 120 chi bộ trực thuộc hoàn thành tốt nhiệm vụ trở lên. | 120 → ratings.cells.good_or_better
Khen thưởng 43 tập thể và 38 cá nhân có thành tích xuất sắc. | 43 → honours.commended_collectives; 38 → honours.commended_individuals
Tặng Giấy khen cho 19 tập thể, 24 cá nhân. | 19 → honours.commended_collectives.certificate; 24 → honours.commended_individuals.certificate
Thi hành kỷ luật 12 đảng viên. | 12 → discipline.members
Thi hành kỷ luật 12 đảng viên bằng các hình thức: khiển trách 7, cảnh cáo 4, khai trừ 1. | 12 → discipline.members; 7 → discipline.members.reprimand; 4 → discipline.members.warning
Thi hành kỷ luật 12 đảng viên, trong đó có 3 cấp ủy viên. | 3 → discipline.members.committee
Kỷ luật 02 tổ chức đảng bằng hình thức khiển trách. | 02 → discipline.organisations.reprimand
Mở 14 lớp bồi dưỡng nhận thức về Đảng. | 14 → study.candidate_courses
Tổ chức 3 lớp bồi dưỡng đảng viên mới. | 3 → study.new_member_courses
Tổ chức 25 hội nghị học tập, quán triệt nghị quyết. | 25 → study.sessions
Chỉ tiêu tỉnh giao kết nạp 85 đảng viên. | 85 → members.admitted.target
Thành lập mới 2 tổ chức cơ sở đảng. | 2 → organisations.founded
Phấn đấu năm 2024 kết nạp 90 đảng viên. | 90 → -
Tổ chức 12 giải bóng đá với 300 vận động viên. | 12 → -; 300 → -
Thu ngân sách đạt 216 tỷ đồng. | 216 tỷ → -
Vận động Nhân dân hiến 1.200 m2 đất. | 1.200 → -
Tổng số hộ nghèo là 520 hộ. | 520 → -
Hội nghị có 150 đại biểu tham dự. | 150 → -
Đảng ủy xã phân công 14 đồng chí phụ trách địa bàn. | 14 → -
Tổng số cán bộ, công chức là 210 người. | 210 → -
Có 3 đồng chí Huyện ủy viên dự hội nghị. | 3 → -
Tổ chức cho 3.200 cán bộ, đảng viên học tập nghị quyết. | 3.200 → -
Có 15 mô hình dân vận khéo được công nhận. | 15 → -
Ban hành 45 văn bản lãnh đạo, chỉ đạo. | 45 → documents.issued
Trong năm, kết nạp 88 đảng viên, tăng 6 đảng viên so với năm 2022. | 6 → members.admitted
Kết nạp 88 đảng viên, tăng 7,32% so với cùng kỳ. | 7,32% → members.admitted.change_pct
Kết nạp 88/85 đảng viên theo chỉ tiêu tỉnh giao. | 88/85 → members.admitted
Đảng viên nữ có 1.210 đồng chí, chiếm 32,49% tổng số đảng viên. | 32,49% → members.women_pct
Tỷ lệ đảng viên hoàn thành tốt nhiệm vụ trở lên đạt 93,51%. | 93,51% → ratings.members.good_or_better_pct
Tỷ lệ cấp ủy viên nữ đạt 25%. | 25% → committees.women_pct
Giải quyết 3 đơn khiếu nại kỷ luật đảng. | 3 → cases.appeals
Kiểm tra 12 tổ chức đảng và 35 đảng viên. | 12 → inspections.organisations; 35 → inspections.members
Kiểm tra khi có dấu hiệu vi phạm đối với 3 đảng viên. | 3 → -
Đảng viên dự bị có 120 đồng chí. | 120 → members.probationary
Có 45 đảng viên từ trần. | 45 → members.died
Đồng chí Nguyễn Văn A nhận Huy hiệu 75 năm tuổi Đảng. | 75 → -
Phát thẻ đảng viên cho 82 đồng chí. | 82 → members.cards
""".strip().splitlines()


def found(sentence: str, printed: str) -> Match:
    reading = read(sentence)
    claims = [claim for claim in reading.claims if any(_reads(reading, i, printed) for i in claim.numbers)]
    claims = claims or [claim for claim in reading.claims if printed in claim.text]
    assert claims, f"{printed} is not read in: {sentence}"
    return indicator_for(claims[0], reading)


def _reads(reading: object, i: int, printed: str) -> bool:
    return bool(reading.numbers[i].text == printed)  # type: ignore[attr-defined]


CASES = [
    pytest.param(
        sentence.strip(), printed.strip(), figure.strip(), id=f"{figure.strip()}: {printed.strip()} in {n}"
    )
    for n, row in enumerate(TABLE, start=1)
    for sentence, _, expected in [row.partition("|")]
    for pair in expected.split(";")
    for printed, _, figure in [pair.partition("→")]
]


@pytest.mark.parametrize(("sentence", "printed", "figure"), CASES)
def test_a_phrase_leads_to_its_figure_and_to_no_other(sentence: str, printed: str, figure: str) -> None:
    match = found(sentence, printed)
    assert (match.indicator or "-") == figure, match


def test_every_figure_named_in_the_phrases_is_declared() -> None:
    named = {*figures.FIGURES.values(), *figures.BY_UNIT.values(), *figures.ALSO}
    named |= {one for found in (*figures.ALSO.values(), *figures.BASES.values()) for one in found}
    assert named <= set(INDICATORS)
