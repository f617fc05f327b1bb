"""Where each text stands on the pre-printed paper of a title, in mm; saved per organisation and title."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tongket.audit.acts import act
from tongket.audit.records import current
from tongket.core.dates import today
from tongket.core.numbers import format_number
from tongket.core.problems import Problem, refuse_if_any
from tongket.core.text import tidy
from tongket.honours.commending.giving.papers import issuer, signed_for
from tongket.honours.commending.models import CertificateLayout, CommendationTitle
from tongket.organisations.models import Organisation

ALIGNS = ("left", "center", "right")
#: The texts of a certificate, in the order of the form.
KEYS: tuple[tuple[str, str], ...] = (
    ("recipient", "Tên tập thể, cá nhân"),
    ("address", "Chức danh"),
    ("unit", "Đơn vị"),
    ("achievement", "Thành tích"),
    ("decision", "Số quyết định"),
    ("register", "Số vào sổ"),
    ("place_date", "Nơi và ngày ký"),
    ("on_behalf", "Thay mặt, chức vụ"),
    ("signer", "Người ký"),
)
_MOST_MM, _SIZES = 600, (6, 72)


@dataclass(frozen=True, slots=True)
class Place:
    """One text on the paper: left upper corner and width in mm, size in points."""

    key: str
    x: Decimal
    y: Decimal
    width: Decimal
    size: int
    bold: bool = False
    italic: bool = False
    align: str = "center"
    shown: bool = True


def _place(
    key: str, x: float, y: float, width: float, size: int, marks: str = "", align: str = "center"
) -> Place:
    return Place(
        key, Decimal(str(x)), Decimal(str(y)), Decimal(str(width)), size, "b" in marks, "i" in marks, align
    )


#: A start for A4 across, as certificates are usually printed; every office then moves it to its own paper.
STANDARD: tuple[Place, ...] = (
    _place("recipient", 40, 92, 217, 24, "b"),
    _place("address", 40, 105, 217, 15),
    _place("unit", 40, 113, 217, 15),
    _place("achievement", 40, 124, 217, 16, "i"),
    _place("decision", 25, 172, 90, 12, "", "left"),
    _place("register", 25, 180, 90, 12, "", "left"),
    _place("place_date", 160, 140, 120, 13, "i"),
    _place("on_behalf", 160, 148, 120, 14, "b"),
    _place("signer", 160, 184, 120, 14, "b"),
)


@dataclass(frozen=True, slots=True)
class LayoutDraft:
    """A layout as entered."""

    organisation: Organisation
    title: CommendationTitle
    page_width: int = 297
    page_height: int = 210
    shift_x: Decimal = Decimal(0)
    shift_y: Decimal = Decimal(0)
    place: str = ""
    on_behalf: str = ""
    signer_post: str = ""
    signer: str = ""
    places: Sequence[Place] = field(default=STANDARD)


def layout_of(organisation: Organisation, title: CommendationTitle) -> LayoutDraft:
    """The saved layout of an organisation for a title, or the standard one, signed as its papers are."""
    row = current(CertificateLayout.objects.filter(organisation=organisation, title=title.identity)).first()
    if row is None:
        head = issuer(organisation, today())
        return LayoutDraft(
            organisation, title, place=head.place, on_behalf=signed_for(head), signer_post="BÍ THƯ"
        )
    return LayoutDraft(
        organisation,
        title,
        row.page_width,
        row.page_height,
        row.shift_x,
        row.shift_y,
        row.place,
        row.on_behalf,
        row.signer_post,
        row.signer,
        tuple(_read(one) for one in row.places),
    )


def _read(one: Mapping[str, Any]) -> Place:
    sizes = {name: Decimal(one[name]) for name in ("x", "y", "width")}
    return Place(
        one["key"],
        **sizes,
        size=one["size"],
        bold=one["bold"],
        italic=one["italic"],
        align=one["align"],
        shown=one["shown"],
    )


def _written(one: Place) -> dict[str, Any]:
    return {
        "key": one.key,
        "x": str(one.x),
        "y": str(one.y),
        "width": str(one.width),
        "size": one.size,
        "bold": one.bold,
        "italic": one.italic,
        "align": one.align,
        "shown": one.shown,
    }


def save_layout(draft: LayoutDraft, *, by: Any) -> CertificateLayout:
    """Save a layout; the one before is kept, voided. Raises `Refused` naming the text and its field."""
    refuse_if_any(list(layout_problems(draft)))
    with act("certificate.layout", by=by, organisation=draft.organisation) as current_act:
        rows = CertificateLayout.objects.filter(organisation=draft.organisation, title=draft.title.identity)
        old = current(rows).first()
        if old is not None:
            current_act.void(old, "trình bày lại")
        new = CertificateLayout(
            organisation=draft.organisation,
            title=draft.title.identity,
            page_width=draft.page_width,
            page_height=draft.page_height,
            shift_x=draft.shift_x,
            shift_y=draft.shift_y,
            place=tidy(draft.place),
            on_behalf=tidy(draft.on_behalf),
            signer_post=tidy(draft.signer_post),
            signer=tidy(draft.signer),
            places=[_written(one) for one in draft.places],
            **current_act.stamp(),
        )
        if old is not None:
            new.identity = old.identity
        new.save()
        current_act.about(new)
    return new


def layout_problems(draft: LayoutDraft) -> Iterator[Problem]:
    """The paper is of a size that exists; every text lies on it."""
    names = dict(KEYS)
    for name, value in (("page_width", draft.page_width), ("page_height", draft.page_height)):
        if not 80 <= value <= _MOST_MM:
            yield Problem(name, f"Khổ giấy phải từ 80 đến {_MOST_MM} mm. Khổ A4 là 210 × 297 mm.")
    for name, shift in (("shift_x", draft.shift_x), ("shift_y", draft.shift_y)):
        if abs(shift) > 100:
            yield Problem(name, "Chỉ dời được nhiều nhất 100 mm. Hãy nhập lại.")
    for one in draft.places:
        if one.shown:
            yield from _place_problems(one, draft, names[one.key])


def _place_problems(one: Place, draft: LayoutDraft, name: str) -> Iterator[Problem]:
    if not (_SIZES[0] <= one.size <= _SIZES[1]):
        yield Problem(f"{one.key}-size", f"“{name}”: cỡ chữ phải từ {_SIZES[0]} đến {_SIZES[1]}.")
    if one.align not in ALIGNS:
        yield Problem(f"{one.key}-align", f"“{name}”: hãy chọn căn trái, giữa hoặc phải.")
    if one.width < 10:
        yield Problem(f"{one.key}-width", f"“{name}”: bề rộng phải từ 10 mm trở lên.")
    left, top = one.x + draft.shift_x, one.y + draft.shift_y
    if left < 0 or left + one.width > draft.page_width:
        yield Problem(
            f"{one.key}-x",
            f"“{name}”: từ {format_number(left)} đến {format_number(left + one.width)} mm, ra ngoài giấy "
            f"rộng {draft.page_width} mm. Hãy sửa vị trí hoặc bề rộng.",
        )
    if top < 0 or top > draft.page_height:
        yield Problem(
            f"{one.key}-y",
            f"“{name}”: {format_number(top)} mm, ra ngoài giấy cao {draft.page_height} mm. Hãy sửa vị trí.",
        )
