"""How Party papers name the body that signs for an organisation, the body above it and the place."""

COMMITTEES = {
    "tỉnh": "Tỉnh ủy",
    "huyện": "Huyện ủy",
    "quận": "Quận ủy",
    "thị xã": "Thị ủy",
    "thành phố": "Thành ủy",
}


def issuer_of(name: str, kind: str) -> tuple[str, str]:
    """The body that signs for an organisation, and its kind of committee: 'Huyện ủy Quế Sơn', 'Huyện ủy'."""
    if not name:
        return "", ""
    if "cell" in kind or name.startswith("Chi bộ"):
        return name, "Chi bộ"
    for committee in (*COMMITTEES.values(), "Đảng ủy"):
        if name.startswith(committee):
            return name, committee
    if not name.startswith("Đảng bộ "):
        return name, "Đảng ủy"
    rest = name.removeprefix("Đảng bộ ")
    if kind in ("district_committee", "province_committee"):
        for unit, committee in COMMITTEES.items():
            if rest.startswith(f"{unit} "):
                return f"{committee} {rest.removeprefix(unit).strip()}", committee
        return f"Huyện ủy {rest}", "Huyện ủy"
    return f"Đảng ủy {rest}", "Đảng ủy"


def party_body(name: str) -> str:
    """The higher body as a heading names it: 'Đảng bộ tỉnh Quảng Nam' for 'Tỉnh ủy Quảng Nam'."""
    for unit, committee in COMMITTEES.items():
        if name.startswith(f"{committee} "):
            return f"Đảng bộ {unit} {name.removeprefix(committee).strip()}"
    return f"Đảng bộ {name.removeprefix('Đảng ủy ')}" if name.startswith("Đảng ủy ") else name


def place_of(issuer: str, committee: str, above: str) -> str:
    """The place name in the date line: the commune's, the district's; for a cell or office, the body's above."""
    rest = issuer.removeprefix(committee).strip()
    if committee in COMMITTEES.values():
        return rest
    for unit in ("xã ", "thị trấn ", "phường ", "đặc khu "):
        if rest.lower().startswith(unit):
            return rest[len(unit) :]
    _, committee_above = issuer_of(above, "")
    return place_of(above, committee_above, "") if above else rest or issuer
