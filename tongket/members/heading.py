"""Head, signature and recipients of a Party paper: who writes to whom, as the document form in force asks."""

from dataclasses import dataclass
from datetime import date

from tongket.core.codelists import POST
from tongket.members.queries import committee_on
from tongket.organisations.models import Organisation
from tongket.organisations.paper_names import (
    COMMITTEES,
    SYMBOLS,
    above_of,
    issuer_of,
    month_text,
    party_body,
    place_of,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The parts of a paper around its text. Names are as at the report's day."""

    parent: str  # Đảng bộ tỉnh …; empty for the top of the register
    issuer: str  # Huyện ủy …, Đảng ủy …, Chi bộ …
    committee: str  # Huyện ủy, Đảng ủy, Chi bộ: without the place
    symbol: str  # BC/HU, BC/ĐU, BC/CB
    place_date: str
    on_behalf: str  # T/M BAN THƯỜNG VỤ
    post: str
    signer: str
    recipients: tuple[str, ...]
    body: str  # Đảng bộ huyện, Đảng bộ, Chi bộ: what the text calls the organisation
    is_district: bool
    is_cell: bool


def heading_of(organisation: Organisation, on: date) -> Heading:
    """The head of a report that `organisation` writes as at `on`."""
    version = organisation.versions.filter(
        voided_at__isnull=True, valid_from__lte=on, valid_to__gt=on
    ).first()
    name = version.name if version else organisation.name
    kind = version.kind if version else organisation.kind
    issuer, committee = issuer_of(name, kind)
    parent, parent_committee = above_of(organisation, on)
    is_cell = committee == "Chi bộ"
    is_district = committee in ("Huyện ủy", "Quận ủy", "Thị ủy", "Thành ủy", "Tỉnh ủy")
    post, signer = _signer(organisation, on)
    return Heading(
        parent=party_body(parent),
        issuer=issuer,
        committee=committee,
        symbol=f"BC/{SYMBOLS.get(committee, 'ĐU')}",
        place_date=f"{place_of(issuer, committee, parent_committee)}, ngày      tháng {month_text(on)} năm {on.year}",
        on_behalf="T/M BAN THƯỜNG VỤ" if is_district else f"T/M {committee.upper()}",
        post=post,
        signer=signer,
        recipients=_recipients(committee, parent_committee, is_district, is_cell),
        body=_body_word(committee, is_cell),
        is_district=is_district,
        is_cell=is_cell,
    )


def _signer(organisation: Organisation, on: date) -> tuple[str, str]:
    for holding in committee_on(organisation, on):
        if holding.post in ("secretary", "deputy_secretary"):
            return POST.label(holding.post).upper(), str(holding.member.full_name)
    return "BÍ THƯ", ""


def _body_word(committee: str, is_cell: bool) -> str:
    units = {word: unit for unit, word in COMMITTEES.items()}
    if is_cell:
        return "Chi bộ"
    return f"Đảng bộ {units[committee]}" if committee in units else "Đảng bộ"


def _recipients(committee: str, above: str, is_district: bool, is_cell: bool) -> tuple[str, ...]:
    if is_cell:
        return (f"{above} (báo cáo)", "Đảng viên trong chi bộ", "Lưu Chi bộ") if above else ("Lưu Chi bộ",)
    if not is_district:
        to_above = (f"Ban Thường vụ {above} (báo cáo)",) if above else ()
        return (*to_above, "Các đồng chí đảng ủy viên", "Các chi bộ trực thuộc", "Lưu Đảng ủy")
    reported = (
        (f"Ban Thường vụ {above} (báo cáo)", f"Văn phòng, các ban xây dựng Đảng {above}") if above else ()
    )
    return (
        *reported,
        f"Các đồng chí {committee} viên",
        f"Các cơ quan tham mưu, giúp việc {committee}",
        "Các tổ chức cơ sở đảng trực thuộc",
        f"Lưu Văn phòng {committee}",
    )
