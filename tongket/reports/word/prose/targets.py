"""How the targets stand: a paragraph at the beginning, the years of a term, the annex of all targets."""

# ruff: noqa: E501 - sentences of the report are kept whole

from collections.abc import Iterator

from tongket.reports.word.prose.phrases import Paragraph, when


def met() -> Iterator[Paragraph]:
    """How many of the period's targets are met; which are not. Nothing where no target was set."""
    yield from when(
        "chi_tieu.co",
        (
            "p",
            "Về thực hiện chỉ tiêu {{ ky.ten }}: có {{ chi_tieu.dat }}/{{ chi_tieu.tong }} chỉ tiêu đạt và vượt"
            "{% if chi_tieu.so_vuot > 0 %}, trong đó {{ chi_tieu.vuot }} chỉ tiêu vượt{% endif %}"
            "{% if chi_tieu.so_theo_tien_do > 0 %}; {{ chi_tieu.theo_tien_do }} chỉ tiêu đang thực hiện theo tiến độ{% endif %}"
            "{% if chi_tieu.so_chua_dat > 0 %}; {{ chi_tieu.chua_dat }} chỉ tiêu "
            "{% if chi_tieu.het_ky %}không đạt{% else %}chậm tiến độ, chưa đạt{% endif %}: "
            "{% for c in chi_tieu.cham %}{{ c.ten }} ({{ c.thuc_hien }}, chỉ tiêu {{ c.muc_giao }})"
            "{% if not loop.last %}; {% endif %}{% endfor %}{% endif %}"
            "{% if chi_tieu.so_chua_ro > 0 %}; {{ chi_tieu.chua_ro }} chỉ tiêu chưa đủ số liệu{% endif %} "
            "(chi tiết tại Phụ lục{% if phu_luc.co %} 1{% endif %}).",
        ),
    )


def term() -> Iterator[Paragraph]:
    """The years of the term so far, in a report on the term or half of it."""
    yield from when(
        "nhiem_ky.co",
        (
            "h2",
            "{{ muc.nhiem_ky }}. {% if nhiem_ky.het %}Tổng kết nhiệm kỳ{% else %}Sơ kết giữa nhiệm kỳ{% endif %} {{ nhiem_ky.ma }}",
        ),
    )
    yield from when(
        "nhiem_ky.co",
        (
            "p",
            "{% if nhiem_ky.so_luot > 0 %}Trong các năm đã hết của nhiệm kỳ, có {{ nhiem_ky.dat }}/{{ nhiem_ky.luot }} lượt "
            "chỉ tiêu năm đạt và vượt. {% elif nhiem_ky.co_bang %}Chưa có năm nào của nhiệm kỳ kết thúc mà có chỉ tiêu. "
            "{% endif %}{% if nhiem_ky.co_bang %}Bảng 7 ghi kết quả của từng năm trên chỉ tiêu của năm đó; năm chưa hết "
            "tính đến ngày {{ nhiem_ky.ngay }}.{% else %}Chưa ghi chỉ tiêu nào cho các năm của nhiệm kỳ.{% endif %}",
        ),
    )
    yield from when(
        "nhiem_ky.co_bang",
        ("cap", "Bảng 7. Kết quả thực hiện chỉ tiêu qua các năm của nhiệm kỳ {{ nhiem_ky.ma }}"),
        ("block", "{{ bang.nhiem_ky }}"),
    )


def annex() -> Iterator[Paragraph]:
    """All targets of the period, after the signature."""
    yield from when(
        "chi_tieu.co",
        ("annex", "PHỤ LỤC{% if phu_luc.co %} 1{% endif %}"),
        ("cap", "Bảng kết quả thực hiện các chỉ tiêu {{ ky.ten }}"),
        ("block", "{{ bang.chi_tieu }}"),
    )
