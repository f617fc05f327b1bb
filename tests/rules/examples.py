"""One worked example or more for every rule: id, day, what it says then, and the section of the regulations' summary.

A new version of a rule is a change of the data and a line here.
"""

from datetime import date
from decimal import Decimal
from typing import Any

D23, D25, D26 = date(2023, 12, 31), date(2025, 12, 31), date(2026, 9, 1)

#: NONE stands for: no version is known for that day.
NONE = object()

EXAMPLES: tuple[tuple[str, date, Any, str], ...] = (
    # 1: joining
    ("adm.age.min", D23, 18, "1 adm.age"),
    ("adm.age.max", D23, 60, "1 adm.age"),
    ("adm.age.max", D26, 60, "1 adm.age, same in 208"),
    ("adm.edu", D23, "lower_secondary_diploma", "1 adm.edu, 24-QĐ/TW 1.2"),
    ("adm.edu", D26, "lower_secondary_programme", "1 adm.edu, 208"),
    ("adm.edu", date(2026, 7, 25), "lower_secondary_diploma", "1 adm.edu, the eve of 208"),
    (
        "adm.sponsor",
        D25,
        {"members_with_youth_union": 1, "official": True, "same_unit_months": 12},
        "1 adm.sponsor, 294 pt 3.2.1",
    ),
    ("adm.sponsor.count", D25, 2, "unconfirmed"),
    ("adm.class", D25, 60, "1 adm.class, 06-HD/TW pt 5.4"),
    ("adm.class", date(2021, 9, 27), NONE, "1 adm.class: nothing read before the guidance of 2021"),
    ("adm.vote", D23, {"numerator": 2, "denominator": 3}, "1 adm.vote"),
    ("adm.vote.rounds", D25, 3, "1 adm.vote, 06-HD pt 3.6"),
    ("adm.decide-by", D23, {"admission": 60, "official": 30, "extension": 30}, "1 adm.decide-by"),
    (
        "adm.who",
        D23,
        "Đảng ủy cơ sở khi được ủy quyền (ít nhất 2/3 cấp ủy viên đồng ý); nếu không, ban thường vụ cấp ủy"
        " cấp trên trực tiếp của tổ chức cơ sở đảng",
        "1 adm.who to 2026",
    ),
    ("adm.who", D26, "Ban thường vụ đảng ủy cơ sở", "1 adm.who, 208"),
    ("adm.ceremony", date(2026, 7, 25), {"days": 30, "counted_from": "received"}, "1 adm.ceremony, 24-294"),
    ("adm.ceremony", date(2026, 7, 26), {"days": 30, "counted_from": "issued"}, "1 adm.ceremony, 208"),
    ("adm.counted-day", D23, {"default": "decision", "choices": ("decision", "ceremony")}, "1 new.count"),
    ("new.count", D23, "decision", "1 new.count"),
    ("adm.readmit", D23, 36, "1 age.readmit"),
    (
        "adm.readmit.never",
        D23,
        ("left_by_own_will", "grave_disunity", "corruption", "serious_crime"),
        "1 age.readmit",
    ),
    ("prob.start", D23, "ceremony", "1 prob.start"),
    ("prob.months", D23, 12, "1 prob.start"),
    ("prob.review", D23, 30, "1 prob.review"),
    ("prob.date", D23, "end_of_probation", "1 prob.date"),
    (
        "age.party",
        D23,
        {"start": "admission_decision", "fallback": "card", "minus": "time_outside"},
        "1 age.party",
    ),
    ("age.gap", D23, ("expelled", "removed", "lost_contact", "gap_in_transfer"), "1 age.gap"),
    ("vote.base", D25, "official_summoned", "1 vote.base, 294 pt 9.3.2"),
    # 1: moving, exemption, leaving
    ("mov.official", D25, 60, "1 mov.official, 294"),
    ("mov.official", D26, 60, "1 mov.official, 208"),
    ("mov.official", D23, NONE, "1 mov.official: before 294 unconfirmed"),
    ("mov.file", D26, ("member_sheet", "card_and_file", "self_review_with_remark"), "1 mov.file"),
    (
        "mov.temp",
        D25,
        {
            "stays_on_list_of": "official_unit",
            "keeps_committee_seat": True,
            "in_voting_base_only_if_present": True,
            "months_limit": None,
        },
        "1 mov.temp",
    ),
    ("mov.abroad", D23, {"months_at_least": 12, "cell_from_official_members": 3}, "1 mov.abroad"),
    (
        "exempt",
        D23,
        {
            "grounds": (
                "old_age",
                "weak_health",
                "long_treatment",
                "single_work_abroad",
                "mobile_work_under_year",
                "waiting_for_pension",
                "maternity",
            ),
            "keeps": ("congress", "information_on_request", "party_badge"),
            "rated": False,
            "punishable": True,
            "in_voting_base_only_if_present": True,
        },
        "1 exempt",
    ),
    (
        "exit.removed",
        D23,
        {
            "no_meetings_or_fee_months": 3,
            "no_progress_after_help_months": 12,
            "failed_years_running": 2,
            "political_standard": True,
            "probation_not_passed": True,
        },
        "1 exit.removed",
    ),
    (
        "exit.kinds",
        D23,
        {
            "entries": ("admitted", "transferred_in", "restored"),
            "exits": ("died", "expelled", "removed", "left", "transferred_out"),
        },
        "1 exit.kinds",
    ),
    # 2: organisations
    ("org.min", D23, 3, "2 org.min"),
    ("org.30", D23, 30, "2 org.30"),
    ("org.levels", date(2025, 6, 30), ("Trung ương", "tỉnh", "huyện", "cơ sở"), "2 org.kinds"),
    ("org.levels", date(2025, 7, 1), ("Trung ương", "tỉnh", "xã"), "2 org.kinds-2025"),
    ("org.bctv", D26, {"numerator": 1, "denominator": 3}, "2 org.bctv"),
    ("org.bctv", D25, NONE, "2 org.bctv is of 208"),
    ("org.meet", D23, 1, "2 org.meet"),
    ("term.committee", D23, 60, "unconfirmed"),
    ("term.cell", D23, 30, "unconfirmed"),
    ("term.cell", D25, 60, "2 org.kinds-2025: a five-year pilot"),
    # 3: badges
    ("badge.marks", D23, (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90), "3 badge.marks"),
    ("badge.marks", D26, (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95), "3 badge.marks, 2026"),
    ("badge.days", D23, ("3/2", "19/5", "2/9", "7/11"), "3 badge.days"),
    ("badge.round", D23, "next_award_day", "3 badge.round"),
    ("badge.early", D23, {30: 12, 70: 24}, "3 badge.early"),
    ("badge.early", date(2020, 1, 1), {30: 12, 70: 12}, "3 badge.early before 2021"),
    ("badge.death", D23, 12, "3 badge.death"),
    ("badge.discipline", D23, {"reprimand": 6, "warning": 9, "removal": 12}, "3 badge.discipline, 24"),
    ("badge.discipline", date(2021, 7, 29), {"warning": 6, "removal": 12}, "3 badge.discipline, 29"),
    ("badge.who", D23, "Tỉnh ủy, thành ủy và tương đương", "3 badge.who"),
    ("badge.file", D23, ("member_declaration", "committee_proposal", "reason_if_early"), "3 badge.file"),
    (
        "badge.bonus",
        D23,
        {
            30: Decimal("1.5"),
            40: Decimal(2),
            50: Decimal(3),
            55: Decimal("3.5"),
            60: Decimal(5),
            65: Decimal(6),
            70: Decimal(8),
            75: Decimal(10),
            80: Decimal(15),
        },
        "3 badge.bonus; 45, 85, 90 and 95 stay unknown",
    ),
    ("salary.base", date(2019, 7, 1), 1_490_000, "3 badge.base"),
    ("salary.base", date(2024, 6, 30), 1_800_000, "3 badge.base"),
    ("salary.base", date(2024, 7, 1), 2_340_000, "3 badge.base"),
    # 7: documents
    ("doc.margins", D23, {"top": 20, "bottom": 20, "left": 30, "right": 15}, "7 margins"),
    ("doc.body", D26, {"line_pt": (18, 19), "first_line_mm": 10}, "7 body, 05-HD/VPTW"),
    ("doc.number-form", D23, "Số {number}-{kind}/{issuer}", "7 number and symbol"),
    ("doc.numbering", D23, {"per": ("kind", "issuer", "term"), "starts_at": 1}, "7 numbering"),
)

#: Long tables of which one entry is worked out: id, day, key, what stands there.
ENTRIES: tuple[tuple[str, date, str, Any, str], ...] = (
    ("doc.font-sizes", D23, "party_heading", (15, 15), "7 heading, 36-HD/VPTW"),
    ("doc.font-sizes", D26, "party_heading", (14, 15), "7 heading, 05-HD/VPTW"),
    ("doc.kinds", D23, "QyĐ", {"symbol": "QĐ", "name_vi": "Quy định"}, "7 symbols of kinds"),
    ("doc.issuers", D23, "HU", "Huyện ủy", "7 issuers"),
)
