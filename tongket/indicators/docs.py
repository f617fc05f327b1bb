"""`python -m tongket.indicators.docs` writes docs/indicators.md from the declarations; a test holds it equal."""

from pathlib import Path

from .catalogue import DOMAINS, INDICATORS, of_domain
from .missing import MISSING
from .model import Indicator
from .words import formula_vi

__all__ = ["PATH", "render"]

PATH = Path(__file__).resolve().parents[2] / "docs" / "indicators.md"

_HEAD = """# Danh mục chỉ số

{count} chỉ số, viết từ khai báo trong `tongket/indicators/` bằng `python -m tongket.indicators.docs`; không sửa tay.
Số liệu luôn được tính từ bản ghi; mỗi chỉ số chỉ khai báo một lần.

- **Ngày tính số liệu** là ngày cuối kỳ, trừ khi chọn ngày khác trong kỳ.
- **Biểu**: số hiệu Biểu số n-BTCTW (Hướng dẫn 11-HD/BTCTW); 885 là biểu của ngành kiểm tra; *báo cáo* là số chỉ dùng
  trong báo cáo.
- Mục còn trống trong hồ sơ không được tính vào nhóm nào; nhóm “chưa có dữ liệu” cho biết còn thiếu bao nhiêu.
"""


def render() -> str:
    """The whole page, as it must stand in docs/indicators.md."""
    parts = [_HEAD.format(count=len(INDICATORS))]
    for domain in DOMAINS:
        rows = [_row(entry) for entry in of_domain(domain.code)]
        head = "| Mã | Chỉ số | Đơn vị | Cách tính | Biểu |\n|---|---|---|---|---|"
        parts.append(f"## {domain.vi}\n\n{head}\n" + "\n".join(rows) + "\n")
    lacking = [f"| `{entry.id}` | {entry.vi} | {entry.lacks} |" for entry in MISSING]
    parts.append(
        "## Chưa có nguồn số liệu\n\n| Mã | Chỉ số | Còn thiếu |\n|---|---|---|\n" + "\n".join(lacking) + "\n"
    )
    return "\n".join(parts)


def _row(entry: Indicator) -> str:
    note = f" *{entry.note}*" if entry.note else ""
    form = "báo cáo" if entry.form == "report" else entry.form
    return f"| `{entry.id}` | {entry.vi} | {entry.unit} | {formula_vi(entry)}{note} | {form} |"


if __name__ == "__main__":
    PATH.write_text(render(), encoding="utf-8")
