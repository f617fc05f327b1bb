"""Slides held in reserve: they take the place of one that has nothing to show, so that the deck always has twelve."""

from tongket.reports import charts
from tongket.reports.news import sentences as told
from tongket.reports.slides.draft import Draft
from tongket.reports.slides.model import Slide


def study(d: Draft) -> Slide | None:
    """Study sessions and attendance."""
    t = d.t
    if not t.above("study.sessions"):
        return None
    headline = told.sessions(t).removeprefix("Đã ")
    tiles = d.tiles(
        ("study.sessions", "lớp, hội nghị học tập, quán triệt"),
        ("study.members_attended", "lượt đảng viên tham gia"),
        ("study.attendance_pct", "đảng viên tham gia học tập, quán triệt"),
        ("study.talks", "buổi thông tin thời sự"),
        ("study.candidate_courses", "lớp bồi dưỡng nhận thức về Đảng"),
        ("study.new_member_courses", "lớp bồi dưỡng đảng viên mới"),
    )
    return d.slide("study", headline[:1].upper() + headline[1:], tiles=tiles)


def movement(d: Draft) -> Slide | None:
    """How the number of members changed."""
    t, s = d.t, d.s
    if not t.any_above("members.increase", "members.decrease"):
        return None
    ways = t.series(("members.increase", "tăng {} đảng viên"), ("members.decrease", "giảm {} đảng viên"))
    headline = f"{s.Period}, {s.body} {', '.join(ways)}"
    tiles = d.tiles_or_zero(("members.opening", "đảng viên đầu kỳ"))
    tiles += d.tiles(
        ("members.admitted", "kết nạp mới"),
        ("members.moved_in", "chuyển đến"),
        ("members.moved_out", "chuyển đi"),
        ("members.died", "từ trần"),
    )
    tiles += d.tiles_or_zero(("members.total", "đảng viên cuối kỳ"))
    return d.slide("movement", headline, tiles=tiles[:6])


def newcomers(d: Draft) -> Slide | None:
    """Who the new members are."""
    t = d.t
    if not t.above("members.admitted"):
        return None
    tiles = d.tiles(
        ("members.admitted.women", "đảng viên nữ"),
        ("members.admitted.youth", "đoàn viên thanh niên"),
        ("members.admitted.degree", "có trình độ cao đẳng, đại học trở lên"),
        ("members.admitted.age.mean", "tuổi bình quân khi kết nạp"),
    )
    groups = t.series(
        ("members.admitted.women", "đảng viên nữ"), ("members.admitted.youth", "đoàn viên thanh niên")
    )
    if not tiles or not groups:
        return None
    headline = f"Trong {t.n('members.admitted')} đảng viên mới kết nạp có {', '.join(groups)}"
    return d.slide("newcomers", headline, tiles=tiles)


def seniority(d: Draft) -> Slide | None:
    """Members by years in the Party."""
    tiles = d.tiles(
        ("members.party_age.under_30", "dưới 30 năm tuổi Đảng"),
        ("members.party_age.30_39", "từ 30 đến 39 năm tuổi Đảng"),
        ("members.party_age.40_49", "từ 40 đến 49 năm tuổi Đảng"),
        ("members.party_age.from_50", "từ 50 năm tuổi Đảng trở lên"),
    )
    if len(tiles) < 2 or not d.t.above("members.total", "members.party_age.under_30"):
        return None
    under, every = d.t.n("members.party_age.under_30"), d.t.n("members.total")
    headline = f"{under}/{every} đảng viên của {d.s.body} có dưới 30 năm tuổi Đảng"
    return d.slide("seniority", headline, tiles=tiles)


def learning(d: Draft) -> Slide | None:
    """Members by education and political theory."""
    tiles = d.tiles(
        ("members.education.university", "trình độ đại học"),
        ("members.education.master", "trình độ thạc sĩ"),
        ("members.education.college", "trình độ cao đẳng"),
        ("members.theory.advanced", "lý luận chính trị cao cấp, cử nhân"),
        ("members.theory.intermediate", "lý luận chính trị trung cấp"),
        ("members.theory.elementary", "lý luận chính trị sơ cấp"),
    )
    if len(tiles) < 2:
        return None
    number, label = tiles[0]
    headline = (
        f"{d.s.Body} có {number} đảng viên {'có ' if label.startswith('trình') else 'có trình độ '}{label}"
    )
    return d.slide("learning", headline, tiles=tiles)


def conferences(d: Draft) -> Slide | None:
    """Conferences held and attendance."""
    t, s = d.t, d.s
    if not t.above("conference.held"):
        return None
    headline = f"{s.Period}, {s.body} tổ chức {t.n('conference.held')} hội nghị"
    tiles = d.tiles(
        ("conference.invited", "lượt người được triệu tập"),
        ("conference.attended_pct", "có mặt"),
        ("conference.conclusions", "kết luận của hội nghị"),
        ("conference.conclusions.handed", "kết luận đã giao thành nhiệm vụ"),
    )
    return d.slide("conferences", headline, tiles=tiles) if tiles else None


def events(d: Draft) -> Slide | None:
    """Commemorations, twinning."""
    named = d.records.events[:4]
    if not named or not d.t.above("activities.held"):
        return None
    held = d.t.n("activities.held")
    headline = f"{d.s.Period}, {d.s.body} tổ chức {held} hoạt động kỷ niệm, kết nghĩa, thăm, gặp mặt"
    return d.slide("events", headline, lines=[f"{event.title}, {event.when}" for event in named])


def both_ratings(d: Draft) -> Slide | None:
    """Both groups' ratings in one picture."""
    if not d.s.is_upper or not d.t.above("ratings.organisations.rated", "ratings.members.rated"):
        return None
    headline = (
        f"{d.t.n('ratings.organisations.rated')} tổ chức cơ sở đảng và {d.t.n('ratings.members.rated')} đảng viên được "
        "đánh giá, xếp loại"
    )
    return d.slide("ratings_all", headline, chart=charts.ratings(d.facts.now))
