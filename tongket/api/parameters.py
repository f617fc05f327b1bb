"""The parameters that several questions share, and how strictly they are read."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from tongket.api.gate import need
from tongket.api.paging import MOST_PER_PAGE, PER_PAGE
from tongket.api.problems import ApiError, missing
from tongket.core.problems import Problem
from tongket.organisations.models import Organisation
from tongket.organisations.queries import visible_to

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEARS = range(1900, 2200)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def _day(value: Any) -> date:
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            found = date.fromisoformat(value)
            if found.year in _YEARS:
                return found
    except ValueError:
        pass
    raise PydanticCustomError("date_form", "year-month-day, 1900 to 2199")


def _moment(value: Any) -> datetime:
    try:
        # A plus sign that was not encoded arrives as a space.
        found = datetime.fromisoformat(str(value).replace(" ", "+") if "T" in str(value) else str(value))
        if found.year in _YEARS:
            return found if timezone.is_aware(found) else timezone.make_aware(found)
    except (ValueError, OverflowError):
        pass
    raise PydanticCustomError("datetime_form", "ISO 8601, 1900 to 2199")


Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
Code = Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")]


class Times(Schema):
    """The two times of a question."""

    as_at: Day | None = Field(
        None, description="Như ngày này (mặc định: hôm nay hoặc cuối kỳ) / as it stood on"
    )
    as_known_at: Moment | None = Field(
        None, description="Như đã biết đến lúc này; ISO 8601 / as known at this moment"
    )


class Paged(Schema):
    """A page of a list."""

    cursor: Annotated[str, StringConstraints(max_length=600)] = Field(
        "", description="`next` của trang trước"
    )
    limit: int = Field(PER_PAGE, ge=1, le=MOST_PER_PAGE, description="Số dòng nhiều nhất của một trang")


class Within(Schema):
    """Below which organisation."""

    under: Code | None = Field(None, description="Mã tổ chức: chỉ trong tổ chức này và cấp dưới")


def begin(request: HttpRequest, verb: str, params: Schema | None = None) -> None:
    """What comes before every answer: the duty, and that no parameter is unknown or given twice.

    A misspelt parameter that is passed over would be answered with something that was not asked for.
    """
    need(request, verb)
    known = set(type(params).model_fields) if params is not None else set()
    problems = [
        Problem(
            name[:40],
            _("Không có tham số “%(field)s”. Xem các tham số trong openapi.json.") % {"field": name[:40]},
        )
        for name in request.GET
        if name not in known
    ]
    problems += [
        Problem(name, _("Tham số “%(field)s” được ghi hai lần.") % {"field": name})
        for name, values in request.GET.lists()
        if name in known and len(values) > 1
    ]
    if problems:
        raise ApiError(422, " ".join(one.message for one in problems), problems)


def organisation_of(request: HttpRequest, verb: str, code: str, field: str = "organisation") -> Organisation:
    """The organisation of that code where the program holds `verb`; a foreign one is not found like a missing one."""
    found = None
    if not _CONTROL.search(code):
        found = visible_to(request.user, verb).filter(code=code).first()
    if found is None:
        raise missing(
            field, _("Không có tổ chức mã “%(code)s” trong phạm vi được giao.") % {"code": code[:40]}
        )
    return found
