"""The sources of the year's judging; `tongket.indicators.sources` has them all."""

from ..model import FieldType, Source

_CASE: dict[str, FieldType] = {"source": "code", "member": "bool"}
_INSPECTION: dict[str, FieldType] = {"kind": "code", "subject": "code"}
#: Of cases even the numbers are masked for whoever lacks the duty; only what was opened and appealed is a headline.
_GUARD = "discipline.read"

_ALL = (
    # --- ratings, badges, commendations: of the period that is judged, whenever the steps were taken ---
    Source(
        "rating_candidates",
        "người, tổ chức trong danh sách đánh giá",
        ("flow",),
        {
            "subject": "code",  # organisations, members
            "reason": "code",  # why not to be rated; blank for all to be rated
            "self_rated": "bool",
            "voted": "bool",
            "appraised": "bool",
            "decided": "bool",  # its round was decided
            "special": "bool",
            "set_aside": "bool",  # an automatic check was set aside with a reason
            "corrected": "bool",  # its rating was recorded again after the decision
        },
        "rating.read",
    ),
    Source(
        "badge_proposals",
        "đề nghị tặng Huy hiệu Đảng",
        ("flow",),  # by the award day
        {"state": "code", "mark": "number", "ground": "code", "gender": "code"},
        "honour.read",
    ),
    Source(
        "commendation_proposals",
        "đề nghị khen thưởng",
        ("flow",),
        {
            "recipient_kind": "code",
            "recommended": "bool",  # by the council; blank: not considered yet
            "commended": "bool",  # by the decision; blank: not decided yet
            "numbered": "bool",  # its certificate has a number in the register
        },
        "honour.read",
    ),
    # --- inspection and supervision: in the books of the organisation whose body acts ---
    Source(
        "programme_items",
        "cuộc kiểm tra, giám sát theo chương trình",
        ("flow",),  # by the day by which they were planned
        {**_INSPECTION, "done": "bool", "objects": "number"},
        "inspection.read",
    ),
    Source(
        "inspections",
        "cuộc kiểm tra, giám sát đã kết luận",
        ("flow",),  # by the day of the conclusion
        {**_INSPECTION, "planned": "bool"},
        "inspection.read",
    ),
    Source(
        "inspected",
        "lượt đối tượng được kiểm tra, giám sát",
        ("flow",),
        {**_INSPECTION, "member": "bool", "shortcoming": "bool", "violation": "bool"},
        "inspection.read",
        guarded="inspection.read",
    ),
    # --- cases ---
    Source("cases", "vụ việc xem xét kỷ luật", ("flow",), _CASE, "discipline.read", guarded=_GUARD),
    Source(
        "case_ends",
        "vụ việc kỷ luật đã kết thúc",
        ("flow",),
        {"state": "code", **_CASE},
        "discipline.read",
        guarded=_GUARD,
    ),
    Source(
        "cases_pending", "vụ việc kỷ luật đang xem xét", ("stock",), _CASE, "discipline.read", guarded=_GUARD
    ),
    Source(
        "appeals",
        "khiếu nại kỷ luật",
        ("flow",),
        {"level": "code", "answered": "bool"},
        "discipline.read",
        guarded=_GUARD,
    ),
    Source(
        "appeal_answers",
        "quyết định giải quyết khiếu nại kỷ luật",
        ("flow",),
        {"outcome": "code"},
        "discipline.read",
        guarded=_GUARD,
    ),
    # --- admission and probation: as they stand by the steps of the as-at date ---
    Source(
        "candidates",
        "quần chúng ưu tú trong nguồn kết nạp",
        ("stock",),  # neither admitted nor closed
        {
            "stage": "code",
            "decision_late": "bool",  # the last day for the decision has passed undone
            "ceremony_late": "bool",
        },
        "admission.read",
    ),
    Source(
        "nominations",
        "quần chúng ưu tú được giới thiệu",
        ("flow",),
        {"gender": "code", "occupation": "code", "youth_union": "bool", "age": "number"},
        "admission.read",
    ),
    Source(
        "candidate_steps",
        "bước xét kết nạp",
        ("flow",),
        {
            "kind": "code",
            "passed": "bool",  # a vote that two thirds carried
            "late": "bool",  # a decision or ceremony after its last day; blank: no limit is known
        },
        "admission.read",
    ),
    Source(
        "probations",
        "đảng viên dự bị",
        ("stock",),
        {
            "stage": "code",
            "late": "bool",  # to be considered or decided, and the last day has passed
        },
        "admission.read",
    ),
    Source(
        "probation_steps",
        "bước xét công nhận chính thức",
        ("flow",),
        {"kind": "code", "passed": "bool", "late": "bool"},
        "admission.read",
    ),
)

JUDGING: dict[str, Source] = {source.name: source for source in _ALL}

#: What the sources are called in English.
ENGLISH = {
    "rating_candidates": "those on the lists of rating rounds",
    "badge_proposals": "proposals of Party badges",
    "commendation_proposals": "proposals of commendations",
    "programme_items": "inspections of the programme",
    "inspections": "inspections concluded",
    "inspected": "objects of inspections",
    "cases": "cases of discipline opened",
    "case_ends": "cases of discipline ended",
    "cases_pending": "cases of discipline under way",
    "appeals": "appeals against discipline",
    "appeal_answers": "answers to appeals against discipline",
    "candidates": "candidates for admission",
    "nominations": "candidates nominated",
    "candidate_steps": "steps of candidates",
    "probations": "members on probation",
    "probation_steps": "steps of probations",
}

#: Moments that read otherwise than from the start of the period to the as-at date: Vietnamese, English.
MOMENTS = {
    "rating_candidates": (
        "của đúng kỳ đánh giá (kỳ nhiều năm: cộng các năm), kể cả các bước làm sau ngày cuối kỳ",
        "of exactly this period (of several years: of its years), steps taken after its end included",
    ),
    "badge_proposals": (
        "của các đợt trao từ đầu kỳ báo cáo đến ngày tính số liệu",
        "of the award days from the start of the period to the as-at date",
    ),
    "commendation_proposals": (
        "về thành tích của kỳ, kể cả xét và quyết định sau ngày cuối kỳ",
        "for achievements of the period, considered and decided after its end included",
    ),
    "programme_items": (
        "dự kiến xong từ đầu kỳ báo cáo đến ngày tính số liệu",
        "planned for the time from the start of the period to the as-at date",
    ),
    "inspected": (
        "của các cuộc kết luận từ đầu kỳ báo cáo đến ngày tính số liệu",
        "of inspections concluded from the start of the period to the as-at date",
    ),
}
