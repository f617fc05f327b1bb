"""The XBRL taxonomy of the catalogue: a concept an indicator, labels in Vietnamese and English, one dimension.

The files of `catalogue_files` are the same for every report; those of `files_of` name the members of the
dimensions in one report. What a fact needs of its concept (when, exact or rounded) is decided here too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal
from xml.sax.saxutils import escape, quoteattr  # nosec B406  # writes, never parses

from tongket.core.text import fold
from tongket.indicators.catalogue import DOMAINS, INDICATORS, of_domain
from tongket.indicators.model import Count, Indicator, Ratio, Sum, Total
from tongket.indicators.words import definition

NAMESPACE = "urn:tongket:taxonomy:1"
UNITS = "urn:tongket:unit:1"
ENTITIES = "urn:tongket:organisation"
SCHEMA, ENTRY = "tongket.xsd", "to-chuc.xsd"
#: Facts about the report itself: local name, Vietnamese, English.
ABOUT = (
    ("so-chot", "Mã số của sổ số liệu đã chốt", "Digest of the locked book"),
    ("lap-luc", "Lập lúc", "Made at"),
    ("theo-so-sach-luc", "Theo sổ sách lúc", "As known at"),
    ("so-lieu-khong-ghi", "Số liệu không ghi vì người lập không được xem", "Facts left out because masked"),
)
#: Dimensions: name, default member, the Vietnamese and English of both. A fact that names none has the default.
OF_WHOM, AGAINST = "to-chuc", "so-voi"
DIMENSIONS = (
    (
        OF_WHOM,
        "toan-bo",
        "Tổ chức đảng",
        "Party organisation",
        "Toàn bộ tổ chức báo cáo",
        "The whole organisation",
    ),
    (AGAINST, "chinh-so", "So với kỳ", "Compared with", "Chính số liệu", "The figure itself"),
)
Moment = Literal["instant", "opening", "duration"]

_ROLE = "urn:tongket:role"
_XBRL = "http://www.xbrl.org/2003"
_DIM = "http://xbrl.org/int/dim/arcrole"
_SPACES = (
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance" '
    'xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:xbrldt="http://xbrl.org/2005/xbrldt"'
)
_SAFE = re.compile(r"[A-Za-z0-9.-]")
#: What XML 1.0 cannot hold at all, not even escaped.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """`text` with the characters replaced that no XML file can hold."""
    return _UNWRITABLE.sub("\ufffd", text)


def local_name(code: str) -> str:
    """A code as the local part of an XML name; two codes never give the same name.

    Letters without marks, digits, dot and hyphen stay; everything else is written `_hex_`.
    """
    return "".join(c if _SAFE.fullmatch(c) else f"_{ord(c):x}_" for c in code)


def member_name(code: str) -> str:
    """The name of an organisation as a member of the dimension (a name may not begin with a digit)."""
    return f"o.{local_name(code)}"


def period_name(code: str) -> str:
    """The name of a period as a member: what a difference was taken from."""
    return f"p.{local_name(code)}"


def unit_name(unit: str) -> str:
    """The measure of a unit: `đảng viên` is `dang-vien`. Percentages have none, they are pure numbers."""
    return local_name(fold(unit).replace(" ", "-"))


def moment_of(indicator: Indicator) -> Moment:
    """instant: as at the day; opening: as the period began; duration: what happened in it, and whatever mixes these."""
    moments = set(_moments(indicator))
    if moments == {"stock"}:
        return "instant"
    return "opening" if moments == {"opening"} else "duration"


def is_exact(indicator: Indicator) -> bool:
    """Whether the value is a whole count, known without rounding."""
    match indicator.formula:
        case Count():
            return True
        case Total(plus=plus, minus=minus):
            return all(is_exact(INDICATORS[id]) for id in (*plus, *minus))
    return False


def _moments(indicator: Indicator) -> Iterator[str]:
    match indicator.formula:
        case Count(when=when) | Sum(when=when):
            yield when
        case Ratio(numerator=above, denominator=below, denominator_last_year=is_past):
            for id in (above, below):
                yield from _moments(INDICATORS[id])
            if is_past:
                yield "both years"
        case Total(plus=plus, minus=minus):
            for id in (*plus, *minus):
                yield from _moments(INDICATORS[id])


@cache
def catalogue_files() -> Mapping[str, bytes]:
    """The files that follow from the catalogue alone."""
    return {
        SCHEMA: _schema(),
        "tongket-vi.xml": _labels("vi"),
        "tongket-en.xml": _labels("en"),
        "tongket-muc.xml": _presentation(),
    }


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a dimension that one report names."""

    dimension: str
    name: str
    label: str


def files_of(members: Sequence[Member]) -> dict[str, bytes]:
    """The files that name the members of one report; the schema among them is the entry point."""
    return {
        ENTRY: _entry(members),
        "to-chuc-ten.xml": _linkbase_file((), _member_labels(members)),
        "to-chuc-chieu.xml": _dimension(members),
    }


def _domain_name(code: str) -> str:
    return f"muc-{code}"


def _element(name: str, period: str, **more: str) -> str:
    told = {
        "type": "xbrli:stringItemType",
        "substitutionGroup": "xbrli:item",
        "abstract": "false",
        "nillable": "true",
        **more,
    }
    written = " ".join(f"{key}={quoteattr(value)}" for key, value in told.items())
    return f'<xs:element name={quoteattr(name)} id={quoteattr(f"tk_{name}")} xbrli:periodType="{period}" {written}/>'


def _schema() -> bytes:
    elements = [_element("tat-ca", "duration", abstract="true")]
    for code in (domain.code for domain in DOMAINS):
        elements.append(_element(_domain_name(code), "duration", abstract="true"))
    for entry in INDICATORS.values():
        kind = "xbrli:pureItemType" if entry.unit == "%" else "xbrli:decimalItemType"
        period = "duration" if moment_of(entry) == "duration" else "instant"
        elements.append(_element(entry.id, period, type=kind))
    elements += [_element(name, "duration") for name, _, _ in ABOUT]
    elements.append(_element("bang", "duration", abstract="true", substitutionGroup="xbrldt:hypercubeItem"))
    for dimension, default, *_ in DIMENSIONS:
        elements.append(
            _element(dimension, "duration", abstract="true", substitutionGroup="xbrldt:dimensionItem")
        )
        elements.append(_element(default, "duration", abstract="true"))
    roles = [_role(domain.code, domain.vi, "presentation") for domain in DOMAINS]
    roles.append(_role("to-chuc", "Số liệu theo tổ chức", "definition"))
    linked = ("tongket-vi.xml", "tongket-en.xml", "tongket-muc.xml")
    return _schema_file(NAMESPACE, _INSTANCE_IMPORTS, [*roles, *map(_linkbase, linked)], elements)


_INSTANCE_IMPORTS = (
    '<xs:import namespace="http://www.xbrl.org/2003/instance" '
    'schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>\n'
    '<xs:import namespace="http://xbrl.org/2005/xbrldt" '
    'schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>'
)


def _schema_file(namespace: str, imports: str, appinfo: Iterable[str], elements: Iterable[str]) -> bytes:
    lines = "\n".join
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<xs:schema {_SPACES} targetNamespace="{namespace}" elementFormDefault="qualified">\n'
        f"<xs:annotation><xs:appinfo>\n{lines(appinfo)}\n</xs:appinfo></xs:annotation>\n"
        f"{imports}\n{lines(elements)}\n</xs:schema>\n"
    ).encode()


def _role(code: str, said: str, link: str) -> str:
    return (
        f'<link:roleType roleURI="{_ROLE}:{code}" id="vai-{code}"><link:definition>{escape(said)}'
        f"</link:definition><link:usedOn>link:{link}Link</link:usedOn></link:roleType>"
    )


def _linkbase(name: str) -> str:
    return (
        f'<link:linkbaseRef xlink:type="simple" xlink:href="{name}" '
        'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>'
    )


def _linkbase_file(roles: Iterable[str], content: Iterable[str], arcroles: Iterable[str] = ()) -> bytes:
    lines = "\n".join
    known = [
        f'<link:roleRef roleURI="{_ROLE}:{role}" xlink:type="simple" xlink:href="{SCHEMA}#vai-{role}"/>'
        for role in roles
    ]
    known += [
        f'<link:arcroleRef arcroleURI="{_DIM}/{arc}" xlink:type="simple" '
        f'xlink:href="http://www.xbrl.org/2005/xbrldt-2005.xsd#{arc}"/>'
        for arc in arcroles
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<link:linkbase {_SPACES}>\n{lines([*known, *content])}\n</link:linkbase>\n"
    ).encode()


def _locator(file: str, id: str, label: str) -> str:
    return f'<link:loc xlink:type="locator" xlink:href={quoteattr(f"{file}#{id}")} xlink:label="{label}"/>'


def _label(lang: str, label: str, text: str, role: str = "label") -> str:
    return (
        f'<link:label xlink:type="resource" xlink:label="{label}" xml:lang="{lang}" '
        f'xlink:role="{_XBRL}/role/{role}">{escape(clean(text))}</link:label>'
    )


def _labelled(file: str, rows: Iterable[tuple[str, str, str]], lang: str) -> Iterator[str]:
    """A label link of (element id, name, documentation or '')."""
    yield f'<link:labelLink xlink:type="extended" xlink:role="{_XBRL}/role/link">'
    for n, (id, name, told) in enumerate(rows):
        yield _locator(file, id, f"c{n}") + _label(lang, f"n{n}", name)
        if told:
            yield _label(lang, f"n{n}", told, "documentation")
        yield (
            f'<link:labelArc xlink:type="arc" xlink:arcrole="{_XBRL}/arcrole/concept-label" '
            f'xlink:from="c{n}" xlink:to="n{n}"/>'
        )
    yield "</link:labelLink>"


def _labels(lang: Literal["vi", "en"]) -> bytes:
    is_vi = lang == "vi"

    def rows() -> Iterator[tuple[str, str, str]]:
        yield "tk_tat-ca", "Tất cả số liệu" if is_vi else "All figures", ""
        yield "tk_bang", "Bảng số liệu theo tổ chức" if is_vi else "Figures by organisation", ""
        for dimension, default, vi, en, default_vi, default_en in DIMENSIONS:
            yield f"tk_{dimension}", vi if is_vi else en, ""
            yield f"tk_{default}", default_vi if is_vi else default_en, ""
        for domain in DOMAINS:
            yield f"tk_{_domain_name(domain.code)}", domain.vi if is_vi else domain.en, ""
        for entry in INDICATORS.values():
            unit = f" ({'đơn vị' if is_vi else 'unit'}: {entry.unit})"
            name = entry.vi if is_vi else entry.en
            yield f"tk_{entry.id}", name, definition(entry.id, lang) + unit
        for name, vi, en in ABOUT:
            yield f"tk_{name}", vi if is_vi else en, ""

    return _linkbase_file((), _labelled(SCHEMA, rows(), lang))


def _presentation() -> bytes:
    content = []
    for domain in DOMAINS:
        content.append(
            f'<link:presentationLink xlink:type="extended" xlink:role="{_ROLE}:{domain.code}">\n'
            + _locator(SCHEMA, f"tk_{_domain_name(domain.code)}", "muc")
        )
        for n, entry in enumerate(of_domain(domain.code), start=1):
            content.append(
                _locator(SCHEMA, f"tk_{entry.id}", f"c{n}")
                + f'<link:presentationArc xlink:type="arc" xlink:arcrole="{_XBRL}/arcrole/parent-child" '
                f'xlink:from="muc" xlink:to="c{n}" order="{n}"/>'
            )
        content.append("</link:presentationLink>")
    return _linkbase_file((domain.code for domain in DOMAINS), content)


def _entry(members: Iterable[Member]) -> bytes:
    elements = [
        f'<xs:element name="{member.name}" id="m_{member.name}" type="xbrli:stringItemType" '
        'substitutionGroup="xbrli:item" abstract="true" nillable="true" xbrli:periodType="duration"/>'
        for member in members
    ]
    imports = f'{_INSTANCE_IMPORTS}\n<xs:import namespace="{NAMESPACE}" schemaLocation="{SCHEMA}"/>'
    linked = map(_linkbase, ("to-chuc-ten.xml", "to-chuc-chieu.xml"))
    return _schema_file(ENTITIES, imports, linked, elements)


def _member_labels(members: Sequence[Member]) -> Iterator[str]:
    if members:
        rows = ((f"m_{member.name}", member.label or member.name, "") for member in members)
        yield from _labelled(ENTRY, rows, "vi")


def _arc(kind: str, above: str, below: str, order: int, more: str = "") -> str:
    return (
        f'<link:definitionArc xlink:type="arc" xlink:arcrole="{_DIM}/{kind}" xlink:from="{above}" '
        f'xlink:to="{below}" order="{order}"{more}/>'
    )


def _dimension(members: Sequence[Member]) -> bytes:
    """Every figure may be asked of the whole and of each organisation under it, itself or against a period before."""
    content = [
        f'<link:definitionLink xlink:type="extended" xlink:role="{_ROLE}:to-chuc">',
        _locator(SCHEMA, "tk_tat-ca", "all"),
        _locator(SCHEMA, "tk_bang", "bang"),
        _arc("all", "all", "bang", 1, ' xbrldt:closed="true" xbrldt:contextElement="scenario"'),
    ]
    for n, (dimension, default, *_) in enumerate(DIMENSIONS, start=1):
        # Two arcs between the same two places are refused, whatever they say: the default stands under two labels.
        content += [
            _locator(SCHEMA, f"tk_{dimension}", f"d{n}"),
            _locator(SCHEMA, f"tk_{default}", f"all{n}"),
            _locator(SCHEMA, f"tk_{default}", f"default{n}"),
            _arc("hypercube-dimension", "bang", f"d{n}", n),
            _arc("dimension-domain", f"d{n}", f"all{n}", 1),
            _arc("dimension-default", f"d{n}", f"default{n}", 1),
        ]
        own = [member for member in members if member.dimension == dimension]
        for order, member in enumerate(own, start=1):
            label = f"m{n}-{order}"
            content.append(_locator(ENTRY, f"m_{member.name}", label))
            content.append(_arc("domain-member", f"all{n}", label, order))
    for n, name in enumerate([*INDICATORS, *(name for name, _, _ in ABOUT)], start=1):
        content.append(_locator(SCHEMA, f"tk_{name}", f"c{n}") + _arc("domain-member", "all", f"c{n}", n))
    content.append("</link:definitionLink>")
    arcs = ("all", "hypercube-dimension", "dimension-domain", "dimension-default", "domain-member")
    return _linkbase_file(("to-chuc",), content, arcs)
