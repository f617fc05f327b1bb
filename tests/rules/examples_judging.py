"""Worked examples of the rules by which a year is judged: ratings, inspection and discipline, commendation."""

from datetime import date
from typing import Any

from tests.rules.examples import D23, D25, D26, NONE

LEVELS = {
    "excellent": "Hoàn thành xuất sắc nhiệm vụ",
    "good": "Hoàn thành tốt nhiệm vụ",
    "completed": "Hoàn thành nhiệm vụ",
    "failed": "Không hoàn thành nhiệm vụ",
}
HALF = {"numerator": 1, "denominator": 2, "more_than": True}
TWO_THIRDS = {"numerator": 2, "denominator": 3, "more_than": False}

EXAMPLES: tuple[tuple[str, date, Any, str], ...] = (
    # 4: ratings
    ("rate.levels.organisation", D23, LEVELS, "4 rate.levels"),
    ("rate.levels.member", D25, LEVELS, "4 rate.levels"),
    ("rate.cap.special", D25, ("base",), "4 (c) special-case flag; how it enters the base is our reading"),
    (
        "rate.discipline.member",
        D23,
        {"barred": ("excellent",), "remedied": ("good", "completed")},
        "4 rate.tot, rate.ht, 124",
    ),
    (
        "rate.xs",
        D23,
        {
            "criteria_at_least": "Tốt",
            "results_at_least": "Xuất sắc",
            "collective_barred_by": ("subordinate_disciplined", "leader_disciplined"),
        },
        "4 rate.xs, 124",
    ),
    (
        "rate.xs",
        D25,
        {
            "score_at_least": 90,
            "tasks_on_time_percent": 100,
            "tasks_beyond_percent": 30,
            "shortcomings_remedied_percent": 100,
            "collective_barred_by": ("subordinate_disciplined", "leader_disciplined"),
        },
        "4 rate.xs, 366",
    ),
    (
        "rate.tot",
        D23,
        {
            "criteria_at_least": "Trung bình",
            "results_at_least": "Tốt",
            "discipline_only_if": "self_found_and_remedied",
        },
        "4 rate.tot, 124",
    ),
    (
        "rate.tot",
        D25,
        {"score_at_least": 70, "score_below": 90, "tasks_on_time_percent": 100},
        "4 rate.tot, 366",
    ),
    (
        "rate.ht",
        D23,
        {"criteria_at_least": "Trung bình", "discipline_only_if": "self_found_and_remedied"},
        "4 rate.ht, 124",
    ),
    (
        "rate.ht",
        D25,
        {
            "score_at_least": 50,
            "score_below": 70,
            "tasks_done_percent": 100,
            "tasks_late_percent_at_most": 20,
        },
        "4 rate.ht, 366",
    ),
    ("rate.kht", D25, {"score_below": 50}, "4 rate.kht"),
    ("rate.kht", D23, NONE, "4 rate.kht: text cut"),
    ("rate.score", D25, {"excellent": 90, "good": 70, "completed": 50, "failed": 0}, "4 rate.xs, tot, ht"),
    ("rate.cap.percent", D23, 20, "4 rate.cap"),
    ("rate.cap.percent", D25, 20, "4 rate.cap"),
    (
        "rate.cap.base",
        D23,
        {"default": "tot_tro_len", "choices": ("tot", "tot_tro_len"), "rounding": "down"},
        "11, decision",
    ),
    ("rate.cap.outstanding", D25, 25, "4 rate.cap, 366"),
    ("rate.cap.outstanding", D23, NONE, "4 rate.cap: none in 124"),
    (
        "rate.cap.pools",
        D23,
        {"organisations": "like_function_group", "members": "grassroots_organisation"},
        "4 rate.cap",
    ),
    ("rate.excluded", date(2018, 12, 31), {"groups": ("exempt",)}, "4 rate.excluded, 132"),
    ("rate.excluded", date(2020, 12, 31), {"groups": ("exempt", "suspended")}, "4 rate.excluded, 21-HD"),
    (
        "rate.excluded",
        D23,
        {"groups": ("exempt", "suspended", "under_six_months"), "admitted_less_than_months": 6},
        "4 rate.excluded, 124 art. 5.2",
    ),
    ("rate.steps", D23, ("self", "appraisal", "decision"), "4 rate.steps"),
    (
        "rate.forms",
        D25,
        {
            "collective": "Mẫu 01",
            "member": "Mẫu 2A",
            "leader": "Mẫu 2B",
            "outside_political_system": "Mẫu 2C",
        },
        "4 rate.forms",
    ),
    ("rate.time", D25, {"at_least": 1, "province_standing_committee": 2}, "4 rate.time"),
    ("rate.time", D23, NONE, "4 rate.time: none in 124"),
    ("rate.period", D23, ("year",), "4 rate.period"),
    ("rate.period", D25, ("quarter", "year", "term", "when_needed"), "4 rate.period"),
    (
        "rate.quarters",
        D26,
        {"excellent_quarters_at_least": 2, "excellent_failed_at_most": 0, "failed_quarters_at_least": 2},
        "4 check (f): one sector's example",
    ),
    ("rate.deadline", D23, None, "4 rate.deadline: not found"),
    ("rate.keep", D23, 3, "4 rate.keep"),
    ("rate.use", D23, {"commendation_level": "excellent", "removal_after_years_failed": 2}, "4 rate.use"),
    # 5: inspection and discipline
    (
        "disc.forms.organisation",
        D23,
        {"reprimand": "Khiển trách", "warning": "Cảnh cáo", "dissolution": "Giải tán"},
        "5 disc.forms",
    ),
    (
        "disc.forms.official",
        D23,
        {"reprimand": "Khiển trách", "warning": "Cảnh cáo", "removal": "Cách chức", "expulsion": "Khai trừ"},
        "5 disc.forms",
    ),
    ("disc.forms.probationary", D23, {"reprimand": "Khiển trách", "warning": "Cảnh cáo"}, "5 disc.forms"),
    ("disc.limit.organisation", D23, {"reprimand": 5, "warning": 10, "dissolution": None}, "5 disc.limit"),
    ("disc.effect", D25, {"decision": "signed", "cell_decision": "vote_announced"}, "5 disc.effect"),
    ("disc.suspend", D26, {"days": 90, "extension": 30}, "5 disc.suspend"),
    ("disc.suspend", D25, NONE, "5 disc.suspend is of 21-QĐ/TW"),
    ("disc.notify", D25, 5, "5 disc.notify, 296 art. 8.5"),
    ("insp.chibo", D25, 30, "5 insp.chibo, 08-HD/TW II.3.2"),
    # 10: commendation
    ("com.local", D23, "Theo quy định của từng tỉnh ủy, nhập theo tỉnh và năm", "10 com.local"),
)
