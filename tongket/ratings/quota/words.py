"""The cap said in words, as a clerk would write the sum out: base → share → rounded down → full, room, or too many."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tongket.core.codelists import SECTOR
from tongket.core.judging import CAP_BASE
from tongket.core.numbers import format_number, format_percent
from tongket.rules.quota import Pool, Reading

POOL_KINDS: Mapping[str, str | Promise] = {
    "unit": gettext_lazy("Trong tổ chức cơ sở đảng"),
    "group": gettext_lazy("Trong nhóm có chức năng tương đồng"),
    "all": gettext_lazy("Toàn đợt"),
}


#: What each rule of the cap decides, said before its citation.
DECIDES: Mapping[str, Any] = {
    "rate.cap.percent": gettext_lazy("Tỷ lệ tối đa."),
    "rate.cap.base": gettext_lazy("Số làm gốc và cách làm tròn."),
    "rate.cap.pools": gettext_lazy("Phạm vi tính."),
    "rate.cap.special": gettext_lazy("Trường hợp đặc biệt."),
    "rate.cap.outstanding": gettext_lazy("Tập thể có thành tích nổi trội."),
}


def _lang() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def pool_name(pool: Pool, names: Mapping[str, str]) -> str:
    """What a pool is called: the grassroots organisation, the group, or all."""
    if pool.kind == "all":
        return str(POOL_KINDS["all"])
    if pool.kind == "group":
        return SECTOR.label(pool.key, _lang()) if pool.key else _("Chưa phân nhóm")
    return names.get(pool.key, pool.key) or _("Không thuộc tổ chức cơ sở đảng nào")


def sum_of(reading: Reading) -> str:
    """The sum: "Số hoàn thành tốt nhiệm vụ 42 → 20% = 8,4 → trần 8, có 10"."""
    lang = _lang()
    cap = _("trần %(cap)s, có %(n)s") % {
        "cap": format_number(reading.cap, lang=lang),
        "n": format_number(reading.counted, lang=lang),
    }
    return (
        f"{CAP_BASE.label(reading.base_code, lang)} {format_number(reading.base, lang=lang)} → "
        f"{format_percent(reading.percent, lang=lang)} = {format_number(reading.exact, 4, lang)} → {cap}"
    )


def outcome_of(reading: Reading) -> str:
    """What it comes to: full, none allowed, room for so many, or so many too many."""
    if reading.over:
        return _("vượt %(over)s") % {"over": format_number(reading.over, lang=_lang())}
    if reading.room:
        return _("còn %(n)s") % {"n": format_number(reading.room, lang=_lang())}
    if not reading.cap:
        return _("không có suất")
    return _("vừa đủ")


def said(reading: Reading) -> str:
    """Sum and outcome in one line."""
    return f"{sum_of(reading)} → {outcome_of(reading)}"


def share_of(reading: Reading) -> str:
    """The excellent counted as a share of the base, "không tính được" of an empty base."""
    if not reading.base:
        return _("không tính được (không có ai trong số làm gốc)")
    return format_percent(Decimal(reading.counted) * 100 / reading.base, lang=_lang())
