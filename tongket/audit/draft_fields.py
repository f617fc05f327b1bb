"""Judging the fields of a draft by the columns they will be written to: required, length, list of codes, range."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models

from tongket.core.dates import FIRST_YEAR, FOREVER, LAST_YEAR
from tongket.core.problems import Problem
from tongket.core.text import tidy

# Columns that point to another record carry no Vietnamese name of their own.
_POINTERS = {"organisation": "tổ chức đảng", "member": "đảng viên", "directive": "văn bản của cấp trên"}
# Identities and lists come from the program or have rules of their own; nobody types them into a field.
_NOT_ENTERED = (models.UUIDField, models.JSONField)
_MOST = 2_147_483_647  # of a 32-bit column
_SMALL = 32_767

Judge = Callable[[Any], str]


def check_fields(model: type[models.Model], draft: Any) -> list[Problem]:
    """What is wrong with each field of a draft by the column of the same name; fields without a column are left.

    A field that the column needs and the draft leaves empty, a text too long, a code not in its list,
    a number below zero, a day outside the calendar: each a Vietnamese sentence with its remedy.
    """
    found = []
    for name, judge in _judges(model, type(draft)):  # type: ignore[arg-type]  # mypy: classes are hashable
        said = judge(getattr(draft, name))
        if said:
            found.append(Problem(name, said))
    return found


@cache
def _judges(model: type[models.Model], draft: Any) -> tuple[tuple[str, Judge], ...]:
    columns = {f.name: f for f in model._meta.get_fields() if isinstance(f, models.Field)}
    # A draft field that may stay None is filled from other fields, so the column's own demand does not hold for it.
    return tuple(
        (f.name, _judge(columns[f.name], optional=f.default is None))
        for f in fields(draft)
        if f.name in columns and not isinstance(columns[f.name], _NOT_ENTERED)
    )


def _judge(column: models.Field[Any, Any], *, optional: bool) -> Judge:
    judge = _judge_value(column)
    return (lambda value: "" if value is None else judge(value)) if optional else judge


def _judge_value(column: models.Field[Any, Any]) -> Judge:
    label = _POINTERS.get(column.name) or str(column.verbose_name)
    if isinstance(column, models.ForeignKey):
        return _pointer(column, label)
    if isinstance(column, models.BooleanField):
        return lambda v: "" if isinstance(v, bool) else f"Chưa rõ “{label}”. Hãy chọn có hoặc không."
    if isinstance(column, models.DateTimeField):
        return _moment(column, label)
    if isinstance(column, models.DateField):
        return _day(column, label)
    if isinstance(column, models.DecimalField):
        return _decimal(column, label)
    if isinstance(column, models.IntegerField):
        return _whole(column, label)
    if isinstance(column, models.JSONField | models.UUIDField):
        return lambda _value: ""  # never typed by a person: what such a value must be is for the kind's rules
    return _text(column, label)


def _missing(label: str) -> str:
    return f"Chưa có “{label}”. Hãy nhập."


def _pointer(column: models.Field[Any, Any], label: str) -> Judge:
    target: Any = column.related_model

    def judge(value: Any) -> str:
        if value is None:
            return "" if column.null else _missing(label)
        if not isinstance(value, target) or value.pk is None:
            return f"Không tìm thấy “{label}” trong hệ thống. Hãy chọn từ danh sách."
        return ""

    return judge


def _day(column: models.Field[Any, Any], label: str) -> Judge:
    def judge(value: Any) -> str:
        if value is None:
            return "" if column.null else _missing(label)
        if not isinstance(value, date) or isinstance(value, datetime):
            return f"“{label}” không phải là ngày. Hãy viết ngày/tháng/năm, ví dụ 28/12/2023."
        if value != FOREVER and not FIRST_YEAR <= value.year <= LAST_YEAR:
            return f"“{label}” có năm ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}. Hãy kiểm tra lại."
        return ""

    return judge


def _moment(column: models.Field[Any, Any], label: str) -> Judge:
    def judge(value: Any) -> str:
        if value is None:
            return "" if column.null else _missing(label)
        if not isinstance(value, datetime) or value.tzinfo is None:
            return f"“{label}” không phải là giờ và ngày. Hãy viết như 13:30 28/12/2023."
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            return f"“{label}” có năm ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}. Hãy kiểm tra lại."
        return ""

    return judge


def _decimal(column: models.DecimalField[Any, Any], label: str) -> Judge:
    most = Decimal(10 ** (column.max_digits - column.decimal_places))

    def judge(value: Any) -> str:
        if value is None:
            return "" if column.null else _missing(label)
        amount = Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
        if amount is None or not amount.is_finite():
            return f"“{label}” không phải là số. Hãy nhập một số, ví dụ 85 hoặc 3,5."
        if abs(amount) >= most or amount != round(amount, column.decimal_places):
            return f"“{label}” quá lớn hoặc quá {column.decimal_places} chữ số thập phân. Hãy viết gọn lại."
        return ""

    return judge


def _whole(column: models.Field[Any, Any], label: str) -> Judge:
    most = _SMALL if isinstance(column, models.PositiveSmallIntegerField) else _MOST

    def judge(value: Any) -> str:
        if value is None:
            return "" if column.null else _missing(label)
        if isinstance(value, bool) or not isinstance(value, int):
            return f"“{label}” phải là số nguyên. Hãy nhập lại."
        if not 0 <= value <= most:
            return f"“{label}” phải từ 0 đến {most}. Hãy nhập lại."
        return ""

    return judge


def _text(column: models.Field[Any, Any], label: str) -> Judge:
    codes = frozenset(code for code, _ in column.choices or ())
    texts = ", ".join(str(text) for _, text in column.choices or ())

    def judge(value: Any) -> str:
        if not isinstance(value, str):
            return _missing(label)
        clean = tidy(value)
        if not clean:
            return "" if column.blank else _missing(label)
        if codes and clean not in codes:
            return f"“{label}” không có trong danh mục. Hãy chọn một trong: {texts}."
        if column.max_length and len(clean) > column.max_length:
            return f"“{label}” dài quá {column.max_length} ký tự ({len(clean)}). Hãy viết ngắn lại."
        return ""

    return judge
