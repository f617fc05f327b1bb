"""How committees are named in Party papers: who signs, who stands above, symbols, the place of the date line."""

from datetime import date

from tongket.organisations.models import Organisation
from tongket.organisations.queries import ancestors_on, name_on

COMMITTEES = {
    "tỉnh": "Tỉnh ủy",
    "huyện": "Huyện ủy",
    "quận": "Quận ủy",
    "thị xã": "Thị ủy",
    "thành phố": "Thành ủy",
}
SYMBOLS = {
    "Tỉnh ủy": "TU",
    "Huyện ủy": "HU",
    "Quận ủy": "QU",
    "Thị ủy": "ThU",
    "Thành ủy": "TU",
    "Chi bộ": "CB",
}


def above_of(organisation: Organisation, on: date) -> tuple[str, str]:
    """The higher body and its committee. For the top of the register: whoever gives it its targets."""
    above = ancestors_on(organisation, on)
    if above:
        parent = name_on(above[-1], on)
        return parent, issuer_of(parent, above[-1].kind)[0]
    given = organisation.targets.filter(voided_at__isnull=True, giver="above", period_start__lte=on)
    giver = (
        given.exclude(giver_name="")
        .order_by("-period_start", "-pk")
        .values_list("giver_name", flat=True)
        .first()
    )
    name = (giver or "").removeprefix("Ban Thường vụ ")
    return name, name


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
            if rest.casefold().startswith(f"{unit} "):
                return f"{committee} {rest[len(unit) :].strip()}", committee
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


def month_text(on: date) -> str:
    """The month in a date line."""
    # A leading zero for January and February only, so that a 1 cannot become an 11.
    return f"{on.month:02d}" if on.month < 3 else str(on.month)
