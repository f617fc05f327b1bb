"""Kinds of Party organisation by date: what each is called, and what may stand under what.

The kinds are data (``data/organisation-kinds.yaml``), since they change: districts
ended on 1/7/2025, and a record of 2023 must still read and be checked as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tongket.core.citations import Citation
from tongket.core.dates import FOREVER, format_date
from tongket.core.findings import Finding

from .catalogue import in_force, integer
from .model import BadRules
from .reading import (
    DATA,
    check_keys,
    mark_of,
    optional_date,
    read_sources,
    read_yaml,
    sources_of,
    text_of,
)

__all__ = [
    "OrganisationKind",
    "UnknownKind",
    "all_kinds",
    "check_founding",
    "check_placement",
    "check_size",
    "kind",
    "kinds_in_force",
    "load_kinds",
    "may_be_under",
]

FILE = "organisation-kinds.yaml"


class UnknownKind(LookupError):
    """No kind of organisation of that code."""


@dataclass(frozen=True)
class OrganisationKind:
    """A kind of Party organisation.

    ``is_grassroots``: it is a TCCS đảng. ``holds_members``: members stand on its own
    list. ``may_be_under``: codes of the kinds its parent may be. Days are inclusive.
    """

    code: str
    name_vi: str
    name_en: str
    committee_vi: str
    committee_en: str
    is_grassroots: bool
    holds_members: bool
    may_be_under: tuple[str, ...]
    effective_from: date
    effective_until: date | None
    citation: Citation
    note: str = ""

    def name(self, lang: str = "vi") -> str:
        """The kind's name in the reader's language."""
        return self.name_en if lang.startswith("en") else self.name_vi

    def in_force(self, on: date) -> bool:
        """Whether organisations of this kind may exist on a day."""
        return self.effective_from <= on <= (self.effective_until or FOREVER)


def kind(code: str) -> OrganisationKind:
    """The kind of a code. Raises :class:`UnknownKind`."""
    try:
        return _kinds()[code]
    except KeyError:
        raise UnknownKind(f"Không có loại tổ chức đảng mang mã {code}.") from None


def all_kinds() -> tuple[OrganisationKind, ...]:
    """Every kind that is or was, from the Centre down."""
    return tuple(_kinds().values())


def kinds_in_force(on: date) -> tuple[OrganisationKind, ...]:
    """The kinds that exist on a day, from the Centre down."""
    return tuple(k for k in all_kinds() if k.in_force(on))


def may_be_under(child: str, parent: str, on: date) -> bool:
    """Whether an organisation of kind ``child`` may stand directly under one of kind ``parent`` on a day.

    Raises :class:`UnknownKind` for codes that no kind has.
    """
    return kind(child).in_force(on) and kind(parent).in_force(on) and parent in kind(child).may_be_under


def check_placement(child: str, parent: str, on: date) -> list[Finding]:
    """Why a kind may not stand under another on a day; empty when it may."""
    gone = [k for k in (kind(child), kind(parent)) if not k.in_force(on)]
    if gone:
        when = format_date(on)
        return [
            Finding(
                "organisation.kind_not_in_force",
                "error",
                f"Ngày {when} không có loại tổ chức “{k.name_vi}”.",
                f"There is no “{k.name_en}” on {format_date(on, 'en')}.",
                k.citation,
            )
            for k in gone
        ]
    if may_be_under(child, parent, on):
        return []
    c, p = kind(child), kind(parent)
    return [
        Finding(
            "organisation.placement",
            "error",
            f"{c.name_vi} không thể trực thuộc {_lower_first(p.name_vi)}.",
            f"{c.name_en}: cannot be under: {p.name_en}.",
            c.citation,
        )
    ]


def check_founding(official_members: int, on: date) -> list[Finding]:
    """Whether there are enough official members to found a Party organisation (Điều lệ, articles 21 and 24)."""
    least = integer("org.min", on)
    if official_members >= least:
        return []
    return [
        Finding(
            "organisation.too_few",
            "error",
            f"Phải có ít nhất {least} đảng viên chính thức mới lập được tổ chức đảng; ở đây có {official_members}.",
            f"A Party organisation needs at least {least} official members; here are {official_members}.",
            in_force("org.min", on).citation(),
        )
    ]


def check_size(kind_code: str, members: int, on: date) -> list[Finding]:
    """Whether a grassroots organisation's form fits its size.

    Below 30 members a cell, from 30 a body with cells; exceptions both ways need
    written consent from above, so this only warns (Điều lệ, article 21).
    """
    edge = integer("org.30", on)
    citation = in_force("org.30", on).citation()
    if kind_code == "grassroots_cell" and members >= edge:
        return [
            Finding(
                "organisation.should_be_body",
                "warning",
                f"Có {members} đảng viên: từ {edge} trở lên thường lập đảng bộ cơ sở; nếu giữ chi bộ cơ sở, "
                "cần cấp trên đồng ý bằng văn bản.",
                f"{members} members: from {edge} on usually a grassroots body; else consent from above.",
                citation,
            )
        ]
    if kind_code == "grassroots_body" and members < edge:
        return [
            Finding(
                "organisation.should_be_cell",
                "warning",
                f"Có {members} đảng viên: dưới {edge} thường lập chi bộ cơ sở; nếu giữ đảng bộ cơ sở, "
                "cần cấp trên đồng ý bằng văn bản.",
                f"{members} members: below {edge} usually a grassroots cell; else consent from above.",
                citation,
            )
        ]
    return []


def _lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]


@cache
def _kinds() -> Mapping[str, OrganisationKind]:
    return MappingProxyType(load_kinds(DATA))


_KEYS = {
    "name_vi",
    "name_en",
    "committee_vi",
    "committee_en",
    "is_grassroots",
    "holds_members",
    "may_be_under",
    "effective_from",
    "effective_until",
    "document",
    "document_date",
    "article",
    "mark",
    "source",
    "note",
}


def load_kinds(folder: Path) -> dict[str, OrganisationKind]:
    """Read and check the kinds of organisation. Raises :class:`BadRules` naming file and key."""
    raw = read_yaml(folder / FILE).get("kinds")
    if not isinstance(raw, dict):
        raise BadRules(f"{FILE}: kinds: cần một bảng dạng mã: nội dung")
    sources = read_sources(folder)
    kinds = {str(code): _kind(str(code), entry, sources) for code, entry in raw.items()}
    for found in kinds.values():
        for parent in found.may_be_under:
            if parent not in kinds:
                raise BadRules(
                    f"{FILE}: {found.code}: may_be_under: không có loại {parent}; sửa mã hoặc thêm loại đó"
                )
    return kinds


def _kind(code: str, raw: Any, sources: Mapping[str, str]) -> OrganisationKind:
    where = f"{FILE}: {code}"
    if not isinstance(raw, dict):
        raise BadRules(f"{where}: cần một bảng dạng khóa: giá trị")
    check_keys(raw, _KEYS, where)
    start = optional_date(raw, "effective_from", where)
    if start is None:
        raise BadRules(f"{where}: effective_from: thiếu ngày; ghi dạng năm-tháng-ngày, ví dụ 2025-07-01")
    parents = raw.get("may_be_under")
    if not isinstance(parents, list):
        raise BadRules(f"{where}: may_be_under: cần một danh sách mã; không có thì ghi []")
    return OrganisationKind(
        code=code,
        name_vi=text_of(raw, "name_vi", where),
        name_en=text_of(raw, "name_en", where),
        committee_vi=str(raw.get("committee_vi") or ""),
        committee_en=str(raw.get("committee_en") or ""),
        is_grassroots=_flag(raw, "is_grassroots", where),
        holds_members=_flag(raw, "holds_members", where),
        may_be_under=tuple(str(p) for p in parents),
        effective_from=start,
        effective_until=optional_date(raw, "effective_until", where),
        citation=Citation(
            text_of(raw, "document", where),
            optional_date(raw, "document_date", where),
            str(raw.get("article") or ""),
            mark_of(raw, where),
            sources_of(raw, where, sources),
        ),
        note=str(raw.get("note") or ""),
    )


def _flag(raw: Mapping[str, Any], key: str, where: str) -> bool:
    found = raw.get(key)
    if not isinstance(found, bool):
        raise BadRules(f"{where}: {key}: ghi true hoặc false")
    return found
