"""The district's organisations and what decisions did to them in ten years."""

from datetime import date
from random import Random
from typing import Any

from tongket.demo.draw.names import COMMUNES, MERGED_COMMUNE
from tongket.demo.draw.plain import NEVER, ROOT, START, District, Unit

SHEET = "Tổ chức"
COMMUNE_MERGER = date(2020, 3, 1)
CELL_MERGER = date(2018, 9, 1)
CELL_SPLIT = date(2019, 9, 1)
TOWN = date(2019, 7, 1)
DISSOLUTION = date(2018, 6, 1)

# Grassroots bodies of offices, schools, forces and enterprises: name | sector | what its people do | cells
_BODIES = """
    Cơ quan Đảng, đoàn thể huyện | agency | party | \
Văn phòng Huyện ủy; Ban Tổ chức; Ủy ban Kiểm tra; Ban Tuyên giáo, Ban Dân vận; Mặt trận, Hội Nông \
dân; Hội Phụ nữ, Huyện đoàn, Cựu chiến binh
    Cơ quan chính quyền huyện | agency | agency | \
Văn phòng; Phòng Nội vụ; Phòng Tài chính - Kế hoạch; Phòng Nông nghiệp; Phòng Kinh tế - Hạ tầng; \
Phòng Lao động; Phòng Tư pháp, Thanh tra; Phòng Tài nguyên và Môi trường
    Quân sự huyện | army | army | Ban Tham mưu; Ban Chính trị; Ban Hậu cần - Kỹ thuật
    Công an huyện | police | police | \
Đội Tham mưu, hậu cần; Đội An ninh; Đội Cảnh sát điều tra; Đội Giao thông, trật tự; Đội Quản lý hành \
chính
    Trung tâm Y tế huyện | health | health | Khối Hành chính; Khối Lâm sàng; Khối Dự phòng; Khối Dược
    Trường THPT Bình Hòa | school | school | Tổ Tự nhiên; Tổ Xã hội; Tổ Hành chính
    Trường THPT Tân Lộc | school | school | Tổ Tự nhiên; Tổ Xã hội; Tổ Hành chính
    Trường THPT Vĩnh An | school | school | Tổ Tự nhiên; Tổ Xã hội; Tổ Hành chính
    Ngành Giáo dục và Đào tạo huyện | public_service | school | Phòng Giáo dục; Khối Mầm non; Khối Phổ thông
    Công ty May Hòa Thuận | private_enterprise | enterprise | Văn phòng; Xưởng 1; Xưởng 2
    Công ty Thủy lợi huyện | state_enterprise | enterprise | Văn phòng; Cụm hồ phía bắc; Cụm hồ phía nam
    Công ty Gạch Long Điền | private_enterprise | enterprise | Văn phòng; Phân xưởng
    Trung tâm Giáo dục nghề nghiệp | public_service | school | Tổ Lý thuyết; Tổ Thực hành
"""
# Grassroots cells: name | sector | what its people do | year founded (0: from the start)
_CELLS = """
    Tòa án nhân dân huyện | agency | agency | 0
    Viện Kiểm sát nhân dân huyện | agency | agency | 0
    Chi cục Thi hành án dân sự | agency | agency | 0
    Kho bạc Nhà nước huyện | agency | agency | 0
    Chi cục Thuế huyện | agency | agency | 0
    Bảo hiểm xã hội huyện | public_service | agency | 0
    Chi cục Thống kê | agency | agency | 0
    Hạt Kiểm lâm | agency | agency | 0
    Đội Quản lý thị trường | agency | agency | 0
    Ngân hàng Chính sách xã hội | public_service | agency | 0
    Ngân hàng Nông nghiệp | state_enterprise | enterprise | 0
    Bưu điện huyện | state_enterprise | enterprise | 0
    Trung tâm Viễn thông | state_enterprise | enterprise | 0
    Điện lực huyện | state_enterprise | enterprise | 0
    Trung tâm Chính trị huyện | public_service | party | 0
    Trung tâm Văn hóa - Thể thao | public_service | agency | 0
    Trung tâm Kỹ thuật nông nghiệp | public_service | agency | 0
    Ban Quản lý dự án xây dựng | public_service | agency | 0
    Trung tâm Phát triển quỹ đất | public_service | agency | 0
    Đài Truyền thanh huyện | public_service | agency | 0
    Quỹ tín dụng Mỹ Lộc | private_enterprise | enterprise | 0
    Công ty Môi trường đô thị | state_enterprise | enterprise | 0
    Trường PTDT nội trú | school | school | 0
    Hợp tác xã Tân Lộc | private_enterprise | enterprise | 0
    Công ty Chế biến gỗ Xuân Thành | private_enterprise | enterprise | 2017
    Công ty Điện tử Sơn Đông | private_enterprise | enterprise | 2019
    Bệnh viện tư Vĩnh An | private_enterprise | health | 2021
"""
_DISSOLVED, _HEIR = "Trạm Thú y huyện", "Trung tâm Kỹ thuật nông nghiệp"


def build(rng: Random, district: District) -> None:
    """Found everything, then let ten years of decisions pass."""
    _unit(district, Unit(ROOT, "Đảng bộ huyện Quế Sơn", "district_committee", "committee", "", 0))
    for number, name in enumerate(COMMUNES, start=1):
        _commune(rng, district, number, name)
    for number, (name, sector, trade, cells) in enumerate(_table(_BODIES), start=21):
        code = f"{ROOT}.{number}"
        _unit(district, Unit(code, f"Đảng bộ {name}", "grassroots_body", sector, ROOT, number))
        for place, cell in enumerate(cells.split("; "), start=1):
            _cell(district, code, place, f"Chi bộ {cell}", sector, trade, rng.uniform(0.8, 1.2))
    for number, (name, sector, trade, year) in enumerate(_table(_CELLS), start=41):
        _grassroots_cell(rng, district, f"{ROOT}.{number}", name, sector, trade, number, int(year))
    _grassroots_cell(rng, district, f"{ROOT}.70", _DISSOLVED, "public_service", "agency", 70, 0)
    _reorganise(district)


def _table(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def _unit(district: District, unit: Unit, **paper: Any) -> Unit:
    district.units[unit.code] = unit
    number = len(district.units)
    district.add(
        SHEET,
        act="found",
        on=unit.founded,
        code=unit.code,
        name=unit.name,
        kind=unit.kind,
        sector=unit.sector,
        parent=unit.parent,
        position=unit.position,
        **(
            paper
            or {
                "decision_number": f"{number}-QĐ/HU",
                "decision_date": unit.founded,
                "decision_body": "Huyện ủy",
            }
        ),
    )
    return unit


def _cell(
    district: District,
    parent: str,
    place: int,
    name: str,
    sector: str,
    trade: str,
    weight: float,
    since: date = START,
) -> Unit:
    unit = Unit(f"{parent}.{place:02d}", name, "cell", sector, parent, place, since, NEVER, weight, trade)
    return _unit(district, unit)


def _grassroots_cell(
    rng: Random, district: District, code: str, name: str, sector: str, trade: str, position: int, year: int
) -> None:
    since = date(year, 4, 1) if year else START
    weight = 0.0 if year else rng.uniform(0.75, 1.2)
    unit = Unit(
        code, f"Chi bộ {name}", "grassroots_cell", sector, ROOT, position, since, NEVER, weight, trade
    )
    _unit(district, unit)


def _commune(rng: Random, district: District, number: int, name: str) -> None:
    code = f"{ROOT}.{number:02d}"
    title = "thị trấn" if number == 1 else "xã"
    _unit(district, Unit(code, f"Đảng bộ {title} {name}", "grassroots_body", "commune", ROOT, number))
    villages = rng.randint(7, 10)
    word = "khu phố" if number == 1 else "thôn"
    cells = [
        (f"Chi bộ {word} {n}", "village", "village", rng.uniform(1.0, 1.6)) for n in range(1, villages + 1)
    ]
    cells += [
        (f"Chi bộ Cơ quan {title}", "agency", "commune", rng.uniform(0.9, 1.2)),
        (f"Chi bộ Trường Mầm non {name}", "school", "school", rng.uniform(0.5, 0.8)),
        (f"Chi bộ Trường Tiểu học {name}", "school", "school", rng.uniform(0.7, 1.0)),
        (f"Chi bộ Trường THCS {name}", "school", "school", rng.uniform(0.7, 1.0)),
        (f"Chi bộ Trạm Y tế {name}", "health", "health", rng.uniform(0.35, 0.5)),
        (f"Chi bộ Công an {title}", "police", "police", rng.uniform(0.35, 0.5)),
        (f"Chi bộ Quân sự {title}", "army", "army", rng.uniform(0.35, 0.5)),
    ]
    for place, (title_of_cell, sector, trade, weight) in enumerate(cells, start=1):
        _cell(district, code, place, title_of_cell, sector, trade, weight)


def _reorganise(district: District) -> None:
    _rename_to_town(district)
    _merge_village_cells(district)
    _split_health_cell(district)
    _dissolve_station(district)
    _merge_communes(district)


def _paper(number: str, on: date, body: str = "Ban Thường vụ Huyện ủy") -> dict[str, Any]:
    return {"decision_number": number, "decision_date": on, "decision_body": body}


def _rename_to_town(district: District) -> None:
    unit = district.units[f"{ROOT}.02"]
    unit.name = f"Đảng bộ thị trấn {COMMUNES[1]}"
    district.add(
        SHEET,
        act="rename",
        on=TOWN,
        code=unit.code,
        name=unit.name,
        **_paper("412-QĐ/HU", date(2019, 6, 24)),
        note="Xã được công nhận là thị trấn",
    )


def _merge_village_cells(district: District) -> None:
    parent = f"{ROOT}.03"
    paper = _paper("318-QĐ/ĐU", date(2018, 8, 20), "Đảng ủy xã")
    heir = Unit(
        f"{parent}.31", "Chi bộ thôn Trung tâm", "cell", "village", parent, 31, CELL_MERGER, trade="village"
    )
    _unit(district, heir, **paper)
    for place in ("01", "02"):
        old = district.units[f"{parent}.{place}"]
        old.ended = CELL_MERGER
        district.add(SHEET, act="merge", on=CELL_MERGER, code=old.code, successors=heir.code, **paper)


def _split_health_cell(district: District) -> None:
    old = next(u for u in district.units.values() if u.name == "Chi bộ Khối Lâm sàng")
    paper = _paper("96-QĐ/ĐU", date(2019, 8, 26), "Đảng ủy Trung tâm Y tế")
    heirs = []
    for place, name in ((11, "Chi bộ Khối Nội"), (12, "Chi bộ Khối Ngoại")):
        heir = Unit(
            f"{old.parent}.{place}", name, "cell", old.sector, old.parent, place, CELL_SPLIT, trade=old.trade
        )
        heirs.append(_unit(district, heir, **paper).code)
    old.ended = CELL_SPLIT
    district.add(SHEET, act="split", on=CELL_SPLIT, code=old.code, successors="; ".join(heirs), **paper)


def _dissolve_station(district: District) -> None:
    old = district.units[f"{ROOT}.70"]
    heir = next(u for u in district.units.values() if u.name == f"Chi bộ {_HEIR}")
    old.ended = DISSOLUTION
    district.add(
        SHEET,
        act="dissolve",
        on=DISSOLUTION,
        code=old.code,
        successors=heir.code,
        **_paper("277-QĐ/HU", date(2018, 5, 21)),
        note="Hợp nhất nhiệm vụ với Trung tâm Kỹ thuật nông nghiệp",
    )


def _merge_communes(district: District) -> None:
    paper = _paper("560-QĐ/HU", date(2020, 2, 20))
    heir = Unit(
        f"{ROOT}.15", f"Đảng bộ xã {MERGED_COMMUNE}", "grassroots_body", "commune", ROOT, 15, COMMUNE_MERGER
    )
    _unit(district, heir, **paper)
    for number in (13, 14):
        old = district.units[f"{ROOT}.{number}"]
        old.ended = COMMUNE_MERGER
        district.add(SHEET, act="merge", on=COMMUNE_MERGER, code=old.code, successors=heir.code, **paper)
        for unit in list(district.units.values()):
            if unit.parent == old.code:
                district.moves[unit.code] = (COMMUNE_MERGER, heir.code)


def handed_over(district: District) -> list[tuple[date, str, tuple[str, ...]]]:
    """Cells that ended, the day, and the cells that took their people."""
    ends = []
    for row in district.sheets[SHEET]:
        unit = district.units[row["code"]]
        if row["act"] in ("merge", "split", "dissolve") and unit.holds_members:
            ends.append((row["on"], unit.code, tuple(code.strip() for code in row["successors"].split(";"))))
    return sorted(ends)
