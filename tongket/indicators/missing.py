"""What the vocabulary of year-end reports asks for and no source here can answer yet: said, not guessed."""

from dataclasses import dataclass

__all__ = ["MISSING", "Missing"]


@dataclass(frozen=True, slots=True)
class Missing:
    """A figure that reports give and this register cannot: its id in the vocabulary, its name, what is lacking."""

    id: str
    vi: str
    lacks: str


# Targets are held against figures, so their count is none itself.
_COUNTED = (
    "kết quả của chỉ tiêu không gắn với chỉ số; chỉ tiêu gắn với chỉ số được đếm ở trang Tiến độ chỉ tiêu "
    "và trong báo cáo"
)

MISSING: tuple[Missing, ...] = (
    Missing("members.per_population_pct", "Tỷ lệ đảng viên so dân số", "dân số của địa bàn"),
    Missing("members.candidates", "Nguồn kết nạp", "danh sách quần chúng ưu tú đã học lớp nhận thức"),
    Missing(
        "members.admitted.owners", "Chủ doanh nghiệp tư nhân được kết nạp", "mục chủ doanh nghiệp trong hồ sơ"
    ),
    Missing(
        "organisations.villages_with_cell_pct", "Tỷ lệ thôn, khu phố có chi bộ", "danh mục thôn, khu phố"
    ),
    Missing("organisations.congress_held_pct", "Tỷ lệ tổ chức đã đại hội", "sổ theo dõi đại hội"),
    Missing("targets.met", "Chỉ tiêu đạt và vượt", _COUNTED),
    Missing("targets.exceeded", "Chỉ tiêu vượt", _COUNTED),
    Missing("targets.met_pct", "Tỷ lệ chỉ tiêu đạt", _COUNTED),
    Missing("inspection.organisations", "Tổ chức đảng được kiểm tra", "hồ sơ kiểm tra"),
    Missing("inspection.members", "Đảng viên được kiểm tra", "hồ sơ kiểm tra"),
    Missing("supervision.organisations", "Tổ chức đảng được giám sát", "hồ sơ giám sát"),
    Missing("supervision.members", "Đảng viên được giám sát", "hồ sơ giám sát"),
    Missing("inspection.signs.*", "Kiểm tra khi có dấu hiệu vi phạm", "hồ sơ kiểm tra"),
    Missing("inspection.at_fault_pct", "Tỷ lệ có vi phạm", "kết luận kiểm tra"),
    Missing("inspection.finance", "Kiểm tra tài chính đảng", "hồ sơ kiểm tra"),
    Missing(
        "inspection.programme_pct", "Hoàn thành chương trình kiểm tra", "chương trình kiểm tra, giám sát"
    ),
    Missing("inspection.denunciations", "Tố cáo đã giải quyết", "sổ đơn thư"),
    Missing("inspection.appeals", "Khiếu nại kỷ luật đã giải quyết", "sổ đơn thư"),
    Missing("study.centre_plan_pct", "Kế hoạch của Trung tâm Chính trị", "kế hoạch mở lớp"),
    Missing("study.hcm_models", "Mô hình học tập và làm theo Bác", "sổ mô hình"),
    Missing("masses.models", "Mô hình “Dân vận khéo”", "sổ mô hình"),
    Missing("masses.models.recognised", "Mô hình được công nhận", "sổ mô hình"),
    Missing("masses.dialogues", "Cuộc đối thoại", "sổ đối thoại"),
    Missing("masses.front_supervision", "Giám sát, phản biện của Mặt trận", "sổ giám sát, phản biện"),
)
