"""The year's paper: directives with the plans issued for them, and study sessions."""

from datetime import date
from random import Random
from typing import Any

from tongket.core.dates import add_months
from tongket.demo.draw.lives import ADMITTED
from tongket.demo.draw.plain import END, ROOT, District, later

# --- directives -------------------------------------------------------------------------------------------

# kind | number and symbol | issuer | level | issued | whether a plan is asked for, and the subject below
_REAL = """
    NQ | 27-NQ/TW | Ban Chấp hành Trung ương | central | 2022-11-09 | plan
        Nghị quyết Trung ương 6 khóa XIII về xây dựng, hoàn thiện Nhà nước pháp quyền xã hội chủ nghĩa
    NQ | 28-NQ/TW | Ban Chấp hành Trung ương | central | 2022-11-17 | plan
        Nghị quyết Trung ương 6 khóa XIII về tiếp tục đổi mới phương thức lãnh đạo, cầm quyền của Đảng
    NQ | 29-NQ/TW | Ban Chấp hành Trung ương | central | 2022-11-17 | plan
        Nghị quyết Trung ương 6 khóa XIII về tiếp tục đẩy mạnh công nghiệp hóa, hiện đại hóa
    NQ | NQ-HNTW7 | Ban Chấp hành Trung ương | central | 2023-05-17 | plan
        Nghị quyết Hội nghị Trung ương 7 (giữa nhiệm kỳ) khóa XIII
    NQ | 42-NQ/TW | Ban Chấp hành Trung ương | central | 2023-11-24 | plan
        Nghị quyết Trung ương 8 khóa XIII về tiếp tục đổi mới, nâng cao chất lượng chính sách xã hội
    NQ | 43-NQ/TW | Ban Chấp hành Trung ương | central | 2023-11-24 | plan
        Nghị quyết Trung ương 8 khóa XIII về phát huy truyền thống, sức mạnh đại đoàn kết toàn dân tộc
    NQ | 44-NQ/TW | Ban Chấp hành Trung ương | central | 2023-11-24 | plan
        Nghị quyết Trung ương 8 khóa XIII về Chiến lược bảo vệ Tổ quốc trong tình hình mới
    NQ | 45-NQ/TW | Ban Chấp hành Trung ương | central | 2023-11-24 | plan
        Nghị quyết Trung ương 8 khóa XIII về xây dựng đội ngũ trí thức
    NQ | 33-NQ/TU | Ban Thường vụ Tỉnh ủy Quảng Nam | province | 2023-11-20 | plan
        Về xây dựng lực lượng Công an chính quy, tinh nhuệ
    CT | 26-CT/TW | Ban Bí thư | central | 2023-11-23 | plan
        Về tổ chức Tết Nguyên đán Giáp Thìn năm 2024
    QyĐ | 138-QĐ/TW | Ban Bí thư | central | 2023-12-01 | -
        Về chức năng, nhiệm vụ, mối quan hệ công tác của đảng bộ, chi bộ cơ sở cơ quan
"""
_SUBJECTS = (
    "Về tăng cường công tác phát triển đảng viên",
    "Về nâng cao chất lượng sinh hoạt chi bộ",
    "Về công tác kiểm tra, giám sát trong năm",
    "Về phòng, chống tham nhũng, tiêu cực",
    "Về bảo vệ nền tảng tư tưởng của Đảng",
    "Về học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
    "Về xây dựng nông thôn mới",
    "Về công tác dân vận của cơ quan nhà nước",
    "Về chuyển đổi số trong các cơ quan Đảng",
    "Về công tác cán bộ nữ",
    "Về quản lý đất đai, bảo vệ môi trường",
    "Về công tác giảm nghèo bền vững",
    "Về công tác quân sự, quốc phòng địa phương",
    "Về thực hiện dân chủ ở cơ sở",
)
_KINDS = ("CT", "NQ", "KL", "HD", "KH", "TB")


def directives(rng: Random, district: District) -> None:
    """Papers received by the district and by commune bodies, and what was issued to carry them out."""
    lines = [line.strip() for line in _REAL.strip().splitlines()]
    for head, subject in zip(lines[::2], lines[1::2], strict=True):
        kind, symbol, issuer, level, issued_on, plan = (cell.strip() for cell in head.split("|"))
        day = date.fromisoformat(issued_on)
        _receive(rng, district, ROOT, kind, symbol, issuer, level, day, subject, plan == "plan")
    for year in range(2019, 2024):
        for number in range(13 if year < 2023 else 15):
            kind = _KINDS[number % len(_KINDS)]
            issued = date(year, 1 + (number * 11) // 15, rng.randint(3, 26))
            _receive(
                rng,
                district,
                ROOT,
                kind,
                f"{20 + number * 3 + year % 10}-{kind}/TU",
                "Tỉnh ủy Quảng Nam",
                "province",
                issued,
                f"{_SUBJECTS[number % len(_SUBJECTS)]} năm {year}",
                kind in ("CT", "NQ", "KH"),
            )
        for unit in district.grassroots(date(year, 12, 31)):
            for number in range(2):
                issued = date(year, 2 + 5 * number, 10 + number)
                if unit.sector == "commune" and unit.alive(issued):
                    _receive(
                        rng,
                        district,
                        unit.code,
                        "KH",
                        f"{115 + number * 7}-KH/HU",
                        "Huyện ủy",
                        "district",
                        issued,
                        f"{_SUBJECTS[number + year % 5]} năm {year}",
                        True,
                    )


def _receive(
    rng: Random,
    district: District,
    code: str,
    kind: str,
    symbol: str,
    issuer: str,
    level: str,
    issued: date,
    subject: str,
    needs_plan: bool,
) -> None:
    received = min(later(issued, rng.randint(2, 6)), END)
    planned = add_months(issued, 1) if needs_plan else None
    district.add(
        "Văn bản cấp trên",
        organisation=code,
        kind=kind,
        symbol=symbol,
        issuer=issuer,
        issuer_level=level,
        issued_on=issued,
        subject=subject,
        received_on=received,
        needs_plan=needs_plan,
        plan_due_on=planned,
    )
    if planned is None:
        return
    draw = rng.random()
    # Most in time, a few late, a few not at all; what falls due after the end may still come.
    if draw > 0.96 or (planned > END and draw > 0.5):
        return
    days = rng.randint(8, 27) if draw < 0.9 else rng.randint(35, 60)
    on = later(issued, days)
    if on <= END:
        number = 100 + len(district.sheets.get("Văn bản triển khai", ()))
        paper = "KH" if draw < 0.7 else "CTr"
        district.add(
            "Văn bản triển khai",
            organisation=code,
            directive=symbol,
            directive_issued_on=issued,
            kind=paper,
            symbol=f"{number}-{paper}/{'HU' if code == ROOT else 'ĐU'}",
            issued_on=on,
            subject=f"Triển khai {symbol}",
        )


# --- study ------------------------------------------------------------------------------------------------

_STUDIED = (
    (
        date(2023, 2, 16),
        ("27-NQ/TW", "28-NQ/TW", "29-NQ/TW"),
        "Học tập, quán triệt Nghị quyết Trung ương 6 khóa XIII",
    ),
    (date(2023, 7, 6), ("NQ-HNTW7",), "Học tập, quán triệt Nghị quyết Trung ương 7 khóa XIII"),
    (date(2023, 12, 14), ("42-NQ/TW",), "Học tập, quán triệt Nghị quyết Trung ương 8 khóa XIII"),
    (date(2023, 12, 28), ("33-NQ/TU",), "Quán triệt Nghị quyết 33-NQ/TU về xây dựng lực lượng Công an"),
    (date(2023, 12, 28), ("26-CT/TW",), "Quán triệt Chỉ thị 26-CT/TW về tổ chức Tết Giáp Thìn"),
    (date(2023, 12, 28), ("138-QĐ/TW",), "Quán triệt Quy định 138-QĐ/TW về đảng bộ, chi bộ cơ sở cơ quan"),
)


def study(rng: Random, district: District) -> None:
    """Study sessions of the district and its organisations, talks and courses, with the numbers attending."""
    for held, symbols, title in _STUDIED:
        for symbol in symbols:
            row = next(r for r in district.sheets["Văn bản cấp trên"] if r["symbol"] == symbol)
            suffix = f" ({symbol})" if len(symbols) > 1 else ""
            _session(
                rng,
                district,
                ROOT,
                held,
                title + suffix,
                form="mixed",
                sites=14,
                directive=symbol,
                directive_issued_on=row["issued_on"],
            )
    for year in range(2019, 2024):
        for month in (3, 5, 8, 10):
            title = f"Thông tin thời sự quý {(month + 2) // 3} năm {year}"
            _session(rng, district, ROOT, date(year, month, 20), title, kind="talk", form="online", sites=20)
        for month, kind, title in (
            (4, "candidate_course", "Lớp bồi dưỡng nhận thức về Đảng"),
            (9, "candidate_course", "Lớp bồi dưỡng nhận thức về Đảng"),
            (6, "new_member_course", "Lớp bồi dưỡng đảng viên mới"),
        ):
            _course(
                rng, district, date(year, month, 12), kind, f"{title} tháng {month}/{year}", ADMITTED[year]
            )
        for unit in district.grassroots(date(year, 12, 31)):
            for number, month in enumerate((3, 7, 11) if year >= 2021 else (5,)):
                held = date(year, month, rng.randint(5, 24))
                if unit.alive(held):
                    _session(rng, district, unit.code, held, f"{_SUBJECTS[4 + number]} năm {year}")


def _session(rng: Random, district: District, code: str, held: date, title: str, **more: Any) -> None:
    people = [person for person, _ in district.people_of(code, held)]
    exempt = sum(person.is_exempt(held) for person in people)
    due = len(people) - exempt
    excused = round(due * rng.uniform(0.01, 0.03))
    attended = due - excused - round(due * rng.uniform(0, 0.025))
    district.add(
        "Học tập, quán triệt",
        organisation=code,
        title=title,
        held_on=held,
        members_total=len(people),
        members_exempt=exempt,
        members_excused=excused,
        members_attended=attended,
        **({"form": "direct"} | more),
    )


def _course(rng: Random, district: District, held: date, kind: str, title: str, admitted: int) -> None:
    people = max(20, round(admitted * rng.uniform(0.45, 0.62)))
    new = kind == "new_member_course"
    district.add(
        "Học tập, quán triệt",
        organisation=ROOT,
        title=title,
        held_on=held,
        kind=kind,
        form="direct",
        place="Trung tâm Chính trị huyện",
        members_total=people if new else 0,
        members_attended=people if new else 0,
        others_attended=None if new else people,
    )
