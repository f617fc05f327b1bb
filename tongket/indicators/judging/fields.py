"""Words and code lists of the fields of the year's judging: (source, field) to what a condition says."""

from tongket.core import judging as lists

from ..model import Words

_INSPECTING = ("programme_items", "inspections", "inspected")
_CASES = ("cases", "case_ends", "cases_pending")

JUDGING: dict[tuple[str, str], Words] = {
    ("rating_candidates", "subject"): Words("đối tượng đánh giá", "those rated", lists.RATED),
    ("rating_candidates", "self_rated"): Words(
        "đã tự đánh giá", "rated themselves", no="chưa tự đánh giá", no_en="did not rate themselves yet"
    ),
    ("rating_candidates", "voted"): Words(
        "hội nghị đã biểu quyết", "the meeting voted", no="hội nghị chưa biểu quyết", no_en="no vote yet"
    ),
    ("rating_candidates", "appraised"): Words(
        "đã thẩm định", "was appraised", no="chưa thẩm định", no_en="was not appraised yet"
    ),
    ("rating_candidates", "decided"): Words(
        "đợt đánh giá đã quyết định",
        "the round was decided",
        no="đợt đánh giá chưa quyết định",
        no_en="the round was not decided yet",
    ),
    ("rating_candidates", "special"): Words(
        "là trường hợp đặc biệt",
        "is a special case",
        no="không là trường hợp đặc biệt",
        no_en="is no special case",
    ),
    ("rating_candidates", "set_aside"): Words(
        "có kiểm tra tự động được bỏ qua kèm lý do",
        "an automatic check was set aside",
        no="không bỏ qua kiểm tra nào",
        no_en="no check was set aside",
    ),
    ("rating_candidates", "corrected"): Words(
        "kết quả được đính chính sau quyết định",
        "was corrected after the decision",
        no="kết quả không đính chính",
        no_en="was not corrected",
    ),
    ("badge_proposals", "state"): Words("trạng thái đề nghị", "state of the proposal", lists.BADGE_STATE),
    ("badge_proposals", "ground"): Words("diện đề nghị", "ground of the proposal", lists.BADGE_GROUND),
    ("commendation_proposals", "recommended"): Words(
        "hội đồng đề nghị khen",
        "recommended by the council",
        no="hội đồng không đề nghị khen",
        no_en="not recommended by the council",
    ),
    ("commendation_proposals", "commended"): Words(
        "được quyết định khen thưởng",
        "commended by the decision",
        no="không được quyết định khen thưởng",
        no_en="refused by the decision",
    ),
    ("commendation_proposals", "numbered"): Words(
        "giấy khen đã vào sổ",
        "the certificate is in the register",
        no="giấy khen chưa vào sổ",
        no_en="the certificate is not in the register",
    ),
    **{
        (source, "kind"): Words("hình thức kiểm tra, giám sát", "kind of inspection", lists.INSPECTION_KIND)
        for source in _INSPECTING
    },
    **{
        (source, "subject"): Words("chủ thể kiểm tra, giám sát", "acting body", lists.INSPECTION_SUBJECT)
        for source in _INSPECTING
    },
    ("programme_items", "done"): Words(
        "đã kết luận", "was concluded", no="chưa kết luận", no_en="was not concluded yet"
    ),
    ("programme_items", "objects"): Words("số đối tượng dự kiến", "objects planned"),
    ("inspections", "planned"): Words(
        "theo chương trình", "of the programme", no="ngoài chương trình", no_en="outside the programme"
    ),
    ("inspected", "member"): Words("là đảng viên", "a member", no="là tổ chức đảng", no_en="an organisation"),
    ("inspected", "shortcoming"): Words(
        "có khuyết điểm", "with shortcomings", no="không có khuyết điểm", no_en="without shortcomings"
    ),
    ("inspected", "violation"): Words(
        "có vi phạm", "with violations", no="không có vi phạm", no_en="without violations"
    ),
    **{(source, "source"): Words("nguồn vụ việc", "how it came up", lists.CASE_SOURCE) for source in _CASES},
    **{
        (source, "member"): Words(
            "về đảng viên", "about a member", no="về tổ chức đảng", no_en="about an organisation"
        )
        for source in _CASES
    },
    ("case_ends", "state"): Words("kết thúc bằng", "ended by", lists.CASE_STATE),
    ("appeals", "level"): Words("cấp giải quyết", "level that answers", lists.APPEAL_LEVEL),
    ("appeals", "answered"): Words(
        "đã giải quyết", "was answered", no="chưa giải quyết", no_en="was not answered yet"
    ),
    ("appeal_answers", "outcome"): Words("kết quả giải quyết", "outcome", lists.APPEAL_OUTCOME),
    ("candidates", "stage"): Words("giai đoạn", "stage", lists.CANDIDATE_STAGE),
    ("candidates", "decision_late"): Words(
        "quá hạn quyết định kết nạp",
        "the decision is overdue",
        no="chưa quá hạn quyết định kết nạp",
        no_en="the decision is not overdue",
    ),
    ("candidates", "ceremony_late"): Words(
        "quá hạn tổ chức lễ kết nạp",
        "the ceremony is overdue",
        no="chưa quá hạn tổ chức lễ kết nạp",
        no_en="the ceremony is not overdue",
    ),
    ("candidate_steps", "kind"): Words("bước", "step", lists.CANDIDATE_STEP),
    ("probations", "stage"): Words("giai đoạn", "stage", lists.PROBATION_STAGE),
    ("probations", "late"): Words(
        "quá hạn xét hoặc quyết định công nhận chính thức",
        "overdue",
        no="chưa quá hạn xét, quyết định",
        no_en="not overdue",
    ),
    ("probation_steps", "kind"): Words("bước", "step", lists.PROBATION_STEP),
    **{
        (source, "passed"): Words(
            "đủ hai phần ba tán thành",
            "carried by two thirds",
            no="không đủ hai phần ba tán thành hoặc không phải biểu quyết",
            no_en="not carried by two thirds, or no vote",
        )
        for source in ("candidate_steps", "probation_steps")
    },
    **{
        (source, "late"): Words(
            "sau thời hạn", "after the limit", no="trong thời hạn", no_en="within the limit"
        )
        for source in ("candidate_steps", "probation_steps")
    },
}
