"""The facts as xBRL-JSON (Open Information Model 1.0), with the taxonomy that says what they mean.

The entity is the reporting organisation; what falls to one under it has it as a member of a dimension, a difference the
period that it was taken from. A fact that says nothing (no target set) is nil; a masked one is left out and named in
the fact `so-lieu-khong-ghi`. Percentages are pure numbers, 98.11% being 0.9811. The id of a fact is its place in the
fact sheet: `f0`, `f1` and so on.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any

from tongket.core.periods import BadPeriod, parse_period
from tongket.indicators.catalogue import INDICATORS
from tongket.reports.layer import taxonomy
from tongket.reports.layer.model import BadFacts, FactSheet, LayerFact

INSTANCE = "so-lieu-xbrl.json"
_DOCUMENT = "https://xbrl.org/2021/xbrl-json"
_PREFIXES = {
    "tk": taxonomy.NAMESPACE,
    "o": taxonomy.ENTITIES,
    "u": taxonomy.UNITS,
}


def xbrl_files(sheet: FactSheet) -> dict[str, bytes]:
    """File name → content: the report and its taxonomy. They find each other by name, so they lie in one folder.

    Raises `BadFacts` for a sheet whose indicators are not of this catalogue.
    """
    return {
        INSTANCE: xbrl_json(sheet),
        **taxonomy.catalogue_files(),
        **taxonomy.files_of(_members(sheet)),
    }


def xbrl_json(sheet: FactSheet) -> bytes:
    """The report itself; the same sheet gives the same bytes. Raises `BadFacts`."""
    facts = dict(_facts(sheet))
    document = {
        "documentInfo": {
            "documentType": _DOCUMENT,
            "namespaces": _PREFIXES,
            "taxonomy": [taxonomy.ENTRY],
        },
        "facts": facts,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def xbrl_values(content: bytes) -> dict[int, str]:
    """Place in the fact sheet → value, as the sheet writes it ("" for nil). Raises `BadFacts` for anything else."""
    found = {}
    try:
        for id, fact in json.loads(content)["facts"].items():
            if id[:1] != "f":
                continue
            value = fact["value"]
            indicator = INDICATORS.get(fact["dimensions"]["concept"].partition(":")[2])
            is_share = indicator is not None and indicator.unit == "%"
            found[int(id[1:])] = _plain(value, is_share)
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation, RecursionError) as wrong:
        raise BadFacts("Tệp xBRL-JSON không đọc được theo định dạng của gói này.") from wrong
    return found


def _plain(value: str | None, is_share: bool) -> str:
    if value is None:
        return ""
    return format(Decimal(value).scaleb(2), "f") if is_share else value


def _members(sheet: FactSheet) -> list[taxonomy.Member]:
    """The organisations under the reporting one and the periods compared with, in the order of the sheet."""
    found = {}
    for fact in sheet.facts:
        if fact.organisation != sheet.organisation:
            name = taxonomy.member_name(fact.organisation)
            found[name] = taxonomy.Member(taxonomy.OF_WHOM, name, fact.organisation_name)
        if fact.against:
            name = taxonomy.period_name(fact.against)
            found[name] = taxonomy.Member(taxonomy.AGAINST, name, f"So với kỳ {fact.against}")
    return list(found.values())


def _facts(sheet: FactSheet) -> Iterator[tuple[str, dict[str, Any]]]:
    entity = f"o:{taxonomy.local_name(sheet.organisation)}"
    left_out = []
    for n, fact in enumerate(sheet.facts):
        if fact.mask:
            left_out.append(f"{fact.key}: {fact.mask}")
        else:
            yield f"f{n}", _fact(fact, sheet.organisation, entity)
    period = "/".join(_days(sheet.period, sheet.as_at))
    said = (sheet.book_digest, sheet.made_at, sheet.as_known_at, "\n".join(left_out))
    for (name, _, _), text in zip(taxonomy.ABOUT, said, strict=True):
        if text:
            concept = {"concept": f"tk:{name}", "entity": entity, "period": period}
            yield f"i-{name}", {"value": taxonomy.clean(text), "dimensions": concept}


def _fact(fact: LayerFact, whole: str, entity: str) -> dict[str, Any]:
    shape = _shape(fact.indicator)
    dimensions = {"concept": shape.concept, "entity": entity, "period": _period(fact, shape.moment)}
    if not shape.is_share:
        dimensions["unit"] = shape.unit
    if fact.organisation != whole:
        dimensions[f"tk:{taxonomy.OF_WHOM}"] = _member(fact.organisation)
    if fact.against:
        dimensions[f"tk:{taxonomy.AGAINST}"] = f"o:{taxonomy.period_name(fact.against)}"
    told: dict[str, Any] = {"value": _number(fact.value, shape.is_share), "dimensions": dimensions}
    if fact.value and not shape.is_exact:  # without decimals a number is exact
        told["decimals"] = fact.decimals + 2 * shape.is_share
    return told


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the facts of one indicator have in common."""

    concept: str
    unit: str
    moment: taxonomy.Moment
    is_exact: bool
    is_share: bool


@cache
def _shape(id: str) -> _Shape:
    indicator = INDICATORS.get(id)
    if indicator is None:
        raise BadFacts(f"Danh mục chỉ số không có “{id}”.")
    return _Shape(
        f"tk:{id}",
        f"u:{taxonomy.unit_name(indicator.unit)}",
        taxonomy.moment_of(indicator),
        taxonomy.is_exact(indicator),
        indicator.unit == "%",
    )


@lru_cache(maxsize=4096)
def _member(code: str) -> str:
    return f"o:{taxonomy.member_name(code)}"


def _number(value: str, is_share: bool) -> str | None:
    if not value:
        return None
    try:
        exact = Decimal(value)
    except InvalidOperation as wrong:
        raise BadFacts(f"“{value}” không phải là số.") from wrong
    if not exact.is_finite():
        raise BadFacts(f"“{value}” không phải là số.")
    return format(exact.scaleb(-2), "f") if is_share else value


def _period(fact: LayerFact, moment: taxonomy.Moment) -> str:
    start, end = _days(fact.period, fact.as_at)
    return {"instant": end, "opening": start}.get(moment, f"{start}/{end}")


@lru_cache(maxsize=64)
def _days(period: str, as_at: str) -> tuple[str, str]:
    """The first moment of the period and the last of the day, which OIM writes as the first of the next."""
    try:
        start, end = parse_period(period).start, date.fromisoformat(as_at) + timedelta(days=1)
    except (BadPeriod, ValueError, OverflowError) as wrong:
        raise BadFacts(f"Kỳ “{period}” tính đến “{as_at}” không đọc được.") from wrong
    return f"{start.isoformat()}T00:00:00", f"{end.isoformat()}T00:00:00"
