"""What the district issued, planned and celebrated, and what its people's mood was about, by topic."""

from datetime import date, timedelta
from random import Random

from tongket.audit.acts import act
from tongket.bulletins.acts import add_bulletins
from tongket.bulletins.drafts import BulletinDraft
from tongket.core.dates import today
from tongket.demo.draw.plain import END
from tongket.directives.acts import add_directives
from tongket.directives.drafts import DirectiveDraft
from tongket.directives.papers.issuing import issuer_of, level_of
from tongket.directives.study.acts import add_planned_sessions
from tongket.directives.study.drafts import PlannedSessionDraft
from tongket.events.acts import add_event, add_follow_up, add_twinning, write_programme
from tongket.events.drafts import EventDraft, FollowUpDraft, Line, TwinningDraft
from tongket.organisations.models import Organisation

# --- papers issued ----------------------------------------------------------------------------------------

#: kind, first number in 2023, how many, what they are about
_ISSUED = (
    ("NQ", 14, 3, "Về nhiệm vụ trọng tâm"),
    ("CT", 21, 4, "Về tăng cường kỷ luật, kỷ cương"),
    ("KL", 40, 5, "Về kết quả làm việc với cơ sở"),
    ("TB", 205, 6, "Kết luận của Ban Thường vụ Huyện ủy"),
)


def issue_papers(root: Organisation, rng: Random) -> None:
    """Resolutions, directives, conclusions and notices that the district issued in 2023."""
    drafts = []
    for kind, first, count, subject in _ISSUED:
        for place in range(count):
            day = date(END.year, 1 + (place * 11) // count, rng.randint(3, 26))
            drafts.append(
                DirectiveDraft(
                    root,
                    kind,
                    f"{first + place}-{kind}/HU",
                    issuer_of(root),
                    level_of(root),
                    day,
                    f"{subject}, số {place + 1} năm {END.year}",
                    day,
                    needs_plan=False,
                    book="issued",
                )
            )
    with act("directive.issue", by=None, origin="demo", organisation=root) as current_act:
        add_directives(drafts, act=current_act)


def plan_sessions(root: Organisation) -> None:
    """Sessions that are still to be held."""
    day = today()
    drafts = [
        PlannedSessionDraft(
            root, "Học tập, quán triệt nghị quyết mới của Trung ương", day + timedelta(days=18), form="mixed",
            place="Hội trường Huyện ủy và các điểm cầu xã, thị trấn", sites=14, audience="Toàn thể đảng viên",
        ),
        PlannedSessionDraft(
            root, f"Thông tin thời sự tháng {day.month}/{day.year}", day + timedelta(days=6), kind="talk",
            form="online", sites=20, audience="Báo cáo viên, cấp ủy cơ sở",
        ),
    ]  # fmt: skip
    with act("planned_session.add", by=None, origin="demo", organisation=root) as current_act:
        add_planned_sessions(drafts, act=current_act)


# --- events -----------------------------------------------------------------------------------------------

_PROGRAMME = (
    Line("7 giờ 30", "Đón đoàn đại biểu huyện Thọ Xuân", "Văn phòng Huyện ủy"),
    Line("8 giờ 30", "Dâng hương tại nghĩa trang liệt sĩ huyện", "Hai đoàn đại biểu"),
    Line("9 giờ 30", "Lễ kỷ niệm 55 năm kết nghĩa", "Ban Thường vụ hai Huyện ủy"),
    Line("14 giờ", "Ký chương trình hợp tác giai đoạn tiếp theo", "Thường trực hai Huyện ủy"),
)


def celebrate(root: Organisation) -> None:
    """55 years of the twinning, and the commemorations of 2023."""
    twinning = add_twinning(
        TwinningDraft(root, "Kết nghĩa Quế Sơn – Thọ Xuân", "Huyện Thọ Xuân, tỉnh Thanh Hóa", 1968), by=None
    )
    event = add_event(
        EventDraft(
            root, "twinning", "Kỷ niệm 55 năm kết nghĩa Quế Sơn – Thọ Xuân", date(2023, 3, 24), date(2023, 3, 25),
            occasion="55 năm kết nghĩa giữa hai huyện", place="Trung tâm huyện Quế Sơn",
            partners="Huyện ủy, HĐND, UBND, UBMTTQ Việt Nam huyện Thọ Xuân",
            twinning=twinning.identity, marks_year=1968,
        ),
        by=None,
    )  # fmt: skip
    write_programme(event, _PROGRAMME, by=None)
    for text, done in (
        ("Trao nhà tình nghĩa cho gia đình chính sách", date(2023, 6, 30)),
        ("Thống nhất chương trình hợp tác giáo dục giữa hai huyện", date(2023, 9, 15)),
    ):
        add_follow_up(FollowUpDraft(root, event.identity, text, done_on=done), by=None)
    for title, day, year in (
        ("Kỷ niệm 93 năm Ngày thành lập Đảng Cộng sản Việt Nam", date(2023, 2, 3), 1930),
        ("Kỷ niệm 76 năm Ngày Thương binh – Liệt sĩ", date(2023, 7, 27), 1947),
    ):
        add_event(
            EventDraft(
                root,
                "commemoration",
                title,
                day,
                day,
                place="Hội trường Huyện ủy",
                marks_year=year,
                marks_on=day.replace(year=year),
            ),
            by=None,
        )  # fmt: skip


# --- public mood ------------------------------------------------------------------------------------------

_MOOD = (
    (2, "livelihood", "Giá vật tư nông nghiệp tăng, người trồng lúa lo chi phí đầu vào.",
     "Đã chỉ đạo ngành nông nghiệp hướng dẫn mua chung, công khai giá; kiểm tra việc bán hàng kém chất lượng."),
    (4, "infrastructure", "Đường vào một số khu sản xuất hư hỏng sau mưa, đi lại khó khăn.",
     "Đã đưa vào kế hoạch sửa chữa quý II và thông báo thời gian thi công."),
    (6, "administration", "Thời gian trả kết quả hồ sơ đất đai còn chậm so với giấy hẹn.",
     "Đã yêu cầu niêm yết lịch trả kết quả, mỗi tuần rà soát hồ sơ quá hẹn."),
    (9, "education", "Phụ huynh quan tâm các khoản thu đầu năm học.",
     "Đã công khai các khoản thu theo quy định, lập đường dây tiếp nhận phản ánh."),
    (11, "policy", "Cán bộ cơ sở quan tâm chủ trương sắp xếp đơn vị hành chính cấp xã.", ""),
)  # fmt: skip


def note_the_mood(root: Organisation) -> None:
    """Topics of 2023 with the answers given; one is still open."""
    drafts = [
        BulletinDraft(
            root, date(END.year, month, 1), topic, text, answer,
            date(END.year, month, 25) if answer else None, "Ban Thường vụ Huyện ủy" if answer else "",
        )
        for month, topic, text, answer in _MOOD
    ]  # fmt: skip
    with act("bulletin.add", by=None, origin="demo", organisation=root) as current_act:
        add_bulletins(drafts, act=current_act)
