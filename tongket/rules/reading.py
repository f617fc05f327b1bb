"""Reading ``data/*.yaml``: everything is checked, and a mistake is said with file, rule, version and remedy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

import yaml

from tongket.core.citations import Mark
from tongket.core.dates import FOREVER, format_date

from .model import BadRules, Gap, Rule, Value, Version

__all__ = [
    "DATA",
    "check_keys",
    "date_of",
    "load",
    "mapping_of",
    "mark_of",
    "optional_date",
    "read_sources",
    "read_yaml",
    "sources_of",
    "text_of",
]

DATA = Path(__file__).parent / "data"

#: The C reader where the package was built with it: the files are read at every start.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Strict(_Loader):  # type: ignore[misc]
    """YAML lets a later key replace an earlier one of the same name: a rule would be lost without a word."""


def _unique(loader: Any, node: Any) -> dict[Any, Any]:
    keys: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in keys:
            raise yaml.YAMLError(f"dòng {key_node.start_mark.line + 1}: khóa {key!r} ghi hai lần; bỏ một")
        keys.add(key)
    return dict(loader.construct_mapping(node, deep=True))


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _unique)


def load(folder: Path) -> dict[str, Rule]:
    """Read and check all rule files of a folder. Raises :class:`BadRules` naming file, rule and version.

    Files with a top key ``rules`` hold rules, ``sources.yaml`` the addresses that they
    refer to; other files (kinds of organisation, texts in force) have readers of their own.
    """
    sources = read_sources(folder)
    found: dict[str, Rule] = {}
    for path in sorted(folder.glob("*.yaml")):
        raw = read_yaml(path)
        if "rules" not in raw:
            continue
        check_keys(raw, {"rules"}, path.name)
        for id, entry in mapping_of(raw["rules"], f"{path.name}: rules").items():
            where = f"{path.name}: {id}"
            if id in found:
                raise BadRules(f"{where}: mã quy định đã có ở tệp khác; mỗi mã chỉ ghi ở một tệp")
            found[id] = _rule(str(id), mapping_of(entry, where), where, sources)
    return found


def read_yaml(path: Path) -> Mapping[str, Any]:
    """The mapping that a rule file holds. Raises :class:`BadRules`."""
    try:
        raw = yaml.load(path.read_text("utf-8"), Loader=_Strict)  # noqa: S506  # nosec B506  # a safe loader
    except (OSError, ValueError, yaml.YAMLError) as error:
        said = " ".join(str(error).split())
        raise BadRules(f"{path.name}: không đọc được tệp: {said}. Sửa tệp cho đúng dạng YAML") from error
    return mapping_of(raw, path.name)


def read_sources(folder: Path) -> Mapping[str, str]:
    """Short names of sources and their addresses, from ``sources.yaml``."""
    path = folder / "sources.yaml"
    if not path.exists():
        return {}
    raw = read_yaml(path)
    return {str(k): str(v) for k, v in mapping_of(raw.get("sources"), f"{path.name}: sources").items()}


_RULE_KEYS = {"name_vi", "name_en", "unit", "type", "versions", "gaps"}
_VERSION_KEYS = {
    "effective_from",
    "effective_until",
    "value",
    "document",
    "document_date",
    "article",
    "mark",
    "source",
    "note",
    "note_en",
}
_GAP_KEYS = {"from", "until", "reason"}
#: What `type` may say, and how the value is then called in a message.
_TYPES = {
    "number": "một số",
    "text": "một cụm chữ",
    "list": "một danh sách",
    "table": "một bảng khóa: giá trị",
}


def _rule(id: str, raw: Mapping[str, Any], where: str, sources: Mapping[str, str]) -> Rule:
    check_keys(raw, _RULE_KEYS, where)
    listed = raw.get("versions")
    if not isinstance(listed, list) or not listed:
        raise BadRules(f"{where}: versions: chưa có phiên bản nào; ghi ít nhất một phiên bản")
    versions = []
    for number, entry in enumerate(listed, start=1):
        row = f"{where}: phiên bản {number}"
        version = _version(mapping_of(entry, row), row, sources)
        _check_type(version.value, raw.get("type"), row)
        versions.append(version)
    gaps = tuple(_gap(entry, f"{where}: gaps {n}") for n, entry in enumerate(raw.get("gaps") or [], start=1))
    _check_sequence(versions, gaps, where)
    name_vi, name_en, unit = (text_of(raw, key, where) for key in ("name_vi", "name_en", "unit"))
    return Rule(id, name_vi, name_en, unit, tuple(versions), gaps)


def _version(raw: Mapping[str, Any], where: str, sources: Mapping[str, str]) -> Version:
    check_keys(raw, _VERSION_KEYS, where)
    if "value" not in raw:
        raise BadRules(f"{where}: value: thiếu giá trị; chưa biết thì ghi value: null và mark: U")
    version = Version(
        effective_from=date_of(raw, "effective_from", where),
        effective_until=optional_date(raw, "effective_until", where),
        value=_frozen(raw["value"], f"{where}: value"),
        document=text_of(raw, "document", where),
        document_date=optional_date(raw, "document_date", where),
        article=str(raw.get("article") or ""),
        mark=mark_of(raw, where),
        source=sources_of(raw, where, sources),
        note=str(raw.get("note") or ""),
        note_en=str(raw.get("note_en") or ""),
    )
    if version.last_day < version.effective_from:
        raise BadRules(f"{where}: effective_until trước effective_from; sửa một trong hai ngày")
    return version


def _check_type(value: Value, type_: Any, where: str) -> None:
    """A value is of the type that its rule declares; an unknown value (null) is of every type."""
    if type_ is None or value is None:
        return
    if type_ not in _TYPES:
        raise BadRules(f"{where}: type: {type_!r} không có; ghi một trong: {', '.join(_TYPES)}")
    fits = {
        "number": isinstance(value, int | Decimal) and not isinstance(value, bool),
        "text": isinstance(value, str),
        "list": isinstance(value, tuple),
        "table": isinstance(value, Mapping),
    }
    if not fits[type_]:
        raise BadRules(f"{where}: value: cần {_TYPES[type_]}, đang ghi {value!r}; sửa lại giá trị")


def _gap(entry: Any, where: str) -> Gap:
    raw = mapping_of(entry, where)
    check_keys(raw, _GAP_KEYS, where)
    return Gap(date_of(raw, "from", where), optional_date(raw, "until", where), text_of(raw, "reason", where))


def _check_sequence(versions: Sequence[Version], gaps: Sequence[Gap], where: str) -> None:
    """Versions follow each other without overlap, and without a gap that is not declared."""
    declared = {(gap.start, gap.last_day) for gap in gaps}
    real = set()
    for number, (earlier, later) in enumerate(pairwise(versions), start=2):
        if later.effective_from <= earlier.last_day:
            raise BadRules(
                f"{where}: phiên bản {number}: trùng ngày với phiên bản {number - 1}, ngày"
                f" {format_date(later.effective_from)} có hai phiên bản; sửa effective_until của phiên bản"
                f" {number - 1} hoặc effective_from của phiên bản {number}"
            )
        hole = (earlier.last_day + timedelta(days=1), later.effective_from - timedelta(days=1))
        if hole[0] <= hole[1]:
            real.add(hole)
    after = (versions[-1].last_day + timedelta(days=1), FOREVER) if versions[-1].effective_until else None
    for start, end in sorted(real - declared):
        raise BadRules(
            f"{where}: không có phiên bản nào {_days(start, end)}; thêm phiên bản, hoặc khai báo ở gaps kèm lý do"
        )
    for start, end in sorted(declared - real - {after}):
        raise BadRules(
            f"{where}: gaps khai báo {_days(start, end)} nhưng không phải khoảng trống; sửa hoặc bỏ"
        )


def _days(start: date, end: date) -> str:
    return f"từ ngày {format_date(start)}" + ("" if end == FOREVER else f" đến ngày {format_date(end)}")


def _frozen(raw: Any, where: str) -> Value:
    """The YAML value as immutable data; a float becomes the decimal it was written as."""
    if isinstance(raw, float):
        return Decimal(str(raw))
    if isinstance(raw, list):
        return tuple(_frozen(x, where) for x in raw)
    if isinstance(raw, dict):
        return MappingProxyType({k: _frozen(v, where) for k, v in raw.items()})
    if raw is None or isinstance(raw, int | str):
        return raw
    raise BadRules(f"{where}: {raw!r} không dùng được; ghi một số, một cụm chữ, một danh sách hoặc một bảng")


def mapping_of(raw: object, where: str) -> Mapping[str, Any]:
    """What must be a mapping. Raises :class:`BadRules`."""
    if not isinstance(raw, dict):
        raise BadRules(f"{where}: cần một bảng dạng khóa: giá trị; xem các mục khác để ghi cho đúng")
    return raw


def check_keys(raw: Mapping[str, Any], allowed: set[str], where: str) -> None:
    """Refuse keys that nobody reads: a misspelt key would be a rule silently lost."""
    for key in raw:
        if key not in allowed:
            raise BadRules(f"{where}: {key}: khóa lạ; các khóa dùng được: {', '.join(sorted(allowed))}")


def text_of(raw: Mapping[str, Any], key: str, where: str) -> str:
    """A key's text, which must be there."""
    found = raw.get(key)
    if not isinstance(found, str) or not found.strip():
        raise BadRules(f"{where}: {key}: thiếu hoặc không phải chữ; ghi một cụm chữ")
    return found.strip()


def date_of(raw: Mapping[str, Any], key: str, where: str) -> date:
    """A key's day, which must be there."""
    found = optional_date(raw, key, where)
    if found is None:
        raise BadRules(f"{where}: {key}: thiếu ngày; ghi dạng năm-tháng-ngày, ví dụ 2025-07-01")
    return found


def optional_date(raw: Mapping[str, Any], key: str, where: str) -> date | None:
    """A key's day (yyyy-mm-dd), or None."""
    found = raw.get(key)
    if found is None or type(found) is date:
        return found
    raise BadRules(f"{where}: {key}: {found!r} không phải ngày; ghi dạng năm-tháng-ngày, ví dụ 2025-07-01")


def mark_of(raw: Mapping[str, Any], where: str) -> Mark:
    """How sure the entry is: C, R or U."""
    for mark in get_args(Mark):
        if raw.get("mark") == mark:
            return mark  # type: ignore[no-any-return]
    raise BadRules(
        f"{where}: mark: thiếu hoặc sai mức tin cậy; ghi C (có trang dẫn văn bản), R (tài liệu không chính thức)"
        " hoặc U (chưa xác nhận)"
    )


def sources_of(raw: Mapping[str, Any], where: str, sources: Mapping[str, str]) -> str:
    """The addresses of an entry's sources, by their short names in ``sources.yaml``."""
    names = raw.get("source") or []
    names = names if isinstance(names, list) else [names]
    for name in names:
        if name not in sources:
            raise BadRules(
                f"{where}: source: {name!r} không có trong sources.yaml; thêm nguồn vào đó hoặc sửa tên"
            )
    if not names and raw.get("mark") != "U":
        raise BadRules(
            f"{where}: source: thiếu nguồn; mức C hoặc R phải ghi nơi đã đọc, không có thì ghi mark: U"
        )
    return " ; ".join(sources[name] for name in names)
