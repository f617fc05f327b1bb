"""Organisations at a date, and what was founded or ended in the period."""

from functools import partial

from tongket.core import codelists as codes

from ..model import Condition, Count, Indicator, Is, Ratio

_figure = partial(Indicator, domain="organisations", unit="tổ chức", units_en="organisations")
_cells = partial(Indicator, domain="organisations", unit="chi bộ", units_en="cells")
_percent = partial(Indicator, domain="organisations", unit="%", units_en="%", decimals=2)

_GRASSROOTS = Is("grassroots", True)
_ADMITTED = Condition("admitted", ">=", 1)
_VILLAGE = (Is("kind", "cell"), Is("sector", "village"))


def _alive(*conditions: Condition) -> Count:
    return Count("organisations", "stock", conditions)


INDICATORS: tuple[Indicator, ...] = (
    _figure(
        "organisations.grassroots",
        "Tổ chức cơ sở đảng",
        "Grassroots organisations",
        formula=_alive(_GRASSROOTS),
        form="Biểu 2, mục III; Biểu 5; Biểu 6",
        basis="org.levels",
    ),
    _figure(
        "organisations.bodies",
        "Đảng bộ cơ sở",
        "Grassroots bodies",
        formula=_alive(Is("kind", "grassroots_body")),
        form="Biểu 2, mục III; Biểu 5",
    ),
    _figure(
        "organisations.base_cells",
        "Chi bộ cơ sở",
        "Grassroots cells",
        formula=_alive(Is("kind", "grassroots_cell")),
        form="Biểu 2, mục III; Biểu 5",
    ),
    _figure(
        "organisations.sub_bodies",
        "Đảng bộ bộ phận",
        "Party sub-bodies",
        formula=_alive(Is("kind", "sub_body")),
        form="Biểu 5",
    ),
    _cells(
        "organisations.cells",
        "Chi bộ trực thuộc",
        "Cells under bodies",
        formula=_alive(Is("kind", "cell")),
        form="Biểu 5; Biểu 6",
    ),
    _cells(
        "organisations.cells_per_body",
        "Số chi bộ trực thuộc bình quân một đảng bộ cơ sở",
        "Cells per grassroots body",
        formula=Ratio("organisations.cells", "organisations.bodies", scale=1),
        decimals=1,
    ),
    _cells(
        "organisations.village_cells",
        "Chi bộ thôn, khu phố, tổ dân phố",
        "Village cells",
        formula=_alive(*_VILLAGE),
        form="Biểu 5",
    ),
    _cells(
        "organisations.village_cells.with_committee",
        "Chi bộ thôn, khu phố có chi ủy",
        "Village cells with a committee",
        formula=_alive(*_VILLAGE, Is("has_committee", True)),
    ),
    _percent(
        "organisations.village_cells_with_committee_pct",
        "Tỷ lệ chi bộ thôn, khu phố có chi ủy",
        "Share of village cells with a committee",
        formula=Ratio("organisations.village_cells.with_committee", "organisations.village_cells"),
    ),
    *(
        _figure(
            f"organisations.grassroots.{code.code}",
            f"Tổ chức cơ sở đảng theo loại hình: {code.vi}",
            f"Grassroots organisations: {code.en}",
            formula=_alive(_GRASSROOTS, Is("sector", code.code)),
            form="Biểu 5",
        )
        for code in codes.SECTOR.codes
        if code.code not in ("village", "private_enterprise")
    ),
    _figure(
        "organisations.enterprise",
        "Tổ chức cơ sở đảng trong doanh nghiệp ngoài khu vực nhà nước",
        "Grassroots organisations in non-state enterprises",
        formula=_alive(_GRASSROOTS, Is("sector", "private_enterprise")),
        form="Biểu 5",
    ),
    _figure(
        "organisations.enterprise_members",
        "Đảng viên trong doanh nghiệp ngoài khu vực nhà nước",
        "Members in non-state enterprises",
        unit="đảng viên",
        units_en="members",
        formula=Count("members", "stock", (Is("sector", "private_enterprise"),)),
        form="Biểu 5",
    ),
    _figure(
        "organisations.admitting",
        "Tổ chức cơ sở đảng có kết nạp đảng viên trong kỳ",
        "Grassroots organisations that admitted someone",
        formula=_alive(_GRASSROOTS, _ADMITTED),
        form="Biểu 2, mục III",
        good="up",
    ),
    _percent(
        "organisations.admitting_pct",
        "Tỷ lệ tổ chức cơ sở đảng có kết nạp đảng viên",
        "Share of grassroots organisations that admitted someone",
        formula=Ratio("organisations.admitting", "organisations.grassroots"),
        note="Tính trên tổng số tổ chức cơ sở đảng; chưa có số liệu về nơi không còn nguồn kết nạp.",
        good="up",
    ),
    _figure(
        "organisations.bodies.admitting",
        "Đảng bộ cơ sở có kết nạp đảng viên",
        "Grassroots bodies that admitted someone",
        formula=_alive(Is("kind", "grassroots_body"), _ADMITTED),
        form="Biểu 2, mục III",
    ),
    _figure(
        "organisations.base_cells.admitting",
        "Chi bộ cơ sở có kết nạp đảng viên",
        "Grassroots cells that admitted someone",
        formula=_alive(Is("kind", "grassroots_cell"), _ADMITTED),
        form="Biểu 2, mục III",
    ),
    _figure(
        "organisations.founded",
        "Tổ chức đảng thành lập mới",
        "Organisations founded",
        formula=Count("organisation_acts", "flow", (Is("kind", "found"),)),
        form="Biểu 5",
    ),
    _figure(
        "organisations.founded.grassroots",
        "Tổ chức cơ sở đảng thành lập mới",
        "Grassroots organisations founded",
        formula=Count("organisation_acts", "flow", (Is("kind", "found"), _GRASSROOTS)),
        form="Biểu 5",
    ),
    _figure(
        "organisations.dissolved",
        "Tổ chức đảng giải thể, sáp nhập, chia tách",
        "Organisations dissolved, merged, split up",
        formula=Count("organisation_acts", "flow", (Is("ends", True),)),
        form="Biểu 5",
        note="Tổ chức kết thúc hoạt động trong kỳ, bằng cách nào cũng tính; không phải kỷ luật giải tán.",
    ),
    _figure(
        "organisations.dissolved.grassroots",
        "Tổ chức cơ sở đảng giải thể, sáp nhập, chia tách",
        "Grassroots organisations dissolved, merged, split up",
        formula=Count("organisation_acts", "flow", (Is("ends", True), _GRASSROOTS)),
        form="Biểu 5",
    ),
)
