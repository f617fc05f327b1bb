"""How a figure is computed, said in plain words from its declaration: source, moment, every condition."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import cast

from tongket.core.dates import format_date
from tongket.core.numbers import format_number

from .catalogue import INDICATORS, indicator
from .fields import words_of
from .judging.sources import ENGLISH, MOMENTS
from .model import Condition, Count, Indicator, Ratio, Sum, Total, When, Words
from .sources import SOURCES

__all__ = ["condition_words", "definition", "formula_en", "formula_vi"]


@dataclass(frozen=True, slots=True)
class _Language:
    """The phrases of one language."""

    code: str
    subtree: str
    alone: str
    moments: dict[When, str]
    own_moments: dict[str, str]  # of sources whose records name their period
    count: str
    add: str
    meeting: str
    join: str
    empty: str
    last_year: str
    rounded: str
    no_denominator: str
    ops: dict[str, str]


_RATINGS = ("organisation_ratings", "member_ratings")

_VI = _Language(
    code="vi",
    subtree="của tổ chức và mọi tổ chức bên dưới",
    alone="của riêng tổ chức, không gồm tổ chức bên dưới",
    moments={
        "stock": "tại ngày tính số liệu",
        "opening": "ở cuối ngày liền trước kỳ báo cáo",
        "flow": "từ đầu kỳ báo cáo đến ngày tính số liệu",
    },
    own_moments={
        "targets": "của đúng kỳ báo cáo, còn hiệu lực tại ngày tính số liệu",
        "obligations": "có hạn đầu tiên từ đầu kỳ báo cáo đến ngày tính số liệu",
        **{source: said[0] for source, said in MOMENTS.items()},
        **dict.fromkeys(
            _RATINGS, "của đúng kỳ đánh giá (kỳ nhiều năm: cộng các năm), có đến ngày tính số liệu"
        ),
    },
    count="Đếm {source} {scope}, {moment}",
    add="Cộng {of} của {source} {scope}, {moment}",
    meeting=", với điều kiện: ",
    join="; ",
    empty=" Không có bản ghi nào thì để trống, không ghi 0.",
    last_year="{name} của cùng kỳ năm trước",
    rounded=", làm tròn đến {decimals} chữ số thập phân",
    no_denominator=" Số chia trống hoặc bằng 0 thì để trống.",
    ops={
        "=": "{field} là {value}",
        "!=": "{field} đã ghi và khác {value}",
        "in": "{field} là một trong: {value}",
        "not in": "{field} đã ghi và không thuộc: {value}",
        "<": "{field} dưới {value}",
        "<=": "{field} từ {value} trở xuống",
        ">": "{field} trên {value}",
        ">=": "{field} từ {value} trở lên",
        "between": "{field} từ {low} đến {high}",
        "to day": "{field} đến hết {value}",
        "from day": "{field} từ {value} trở đi",
        "known": "đã ghi {field}",
        "unknown": "chưa ghi {field}",
    },
)

_EN = _Language(
    code="en",
    subtree="of the organisation and all below it",
    alone="of the organisation itself, not of those below it",
    moments={
        "stock": "at the as-at date",
        "opening": "at the end of the day before the period",
        "flow": "from the start of the period to the as-at date",
    },
    own_moments={
        "targets": "of exactly this period, in force at the as-at date",
        "obligations": "first due from the start of the period to the as-at date",
        **{source: said[1] for source, said in MOMENTS.items()},
        **dict.fromkeys(
            _RATINGS, "given for exactly this period (of several years: for its years), up to the as-at date"
        ),
    },
    count="Count of {source} {scope}, {moment}",
    add="Sum of {of} over {source} {scope}, {moment}",
    meeting=", where: ",
    join="; ",
    empty=" Blank, not 0, when there is no record.",
    last_year="{name} of the same period last year",
    rounded=", rounded (digits after the point: {decimals})",
    no_denominator=" Blank when the divisor is blank or 0.",
    ops={
        "=": "{field} is {value}",
        "!=": "{field} is recorded and not {value}",
        "in": "{field} is one of: {value}",
        "not in": "{field} is recorded and none of: {value}",
        "<": "{field} under {value}",
        "<=": "{field} {value} or less",
        ">": "{field} over {value}",
        ">=": "{field} {value} or more",
        "between": "{field} from {low} to {high}",
        "to day": "{field} up to {value}",
        "from day": "{field} from {value} on",
        "known": "{field} is recorded",
        "unknown": "{field} is not recorded",
    },
)

_SOURCES_EN = ENGLISH | {
    "members": "members on the list",
    "events": "events of members' lives",
    "arrivals": "arrivals from other organisations of the register",
    "departures": "departures to other organisations of the register",
    "carried_in": "members who came with an organisation moved here",
    "carried_out": "members who went with an organisation moved away",
    "cards": "Party cards",
    "organisations": "Party organisations",
    "organisation_acts": "acts on organisations",
    "posts": "committee posts",
    "committee_people": "committee members",
    "targets": "targets",
    "organisation_ratings": "ratings of organisations",
    "member_ratings": "ratings of members",
    "badges": "Party badges",
    "commendations": "commendations",
    "directives": "directives received",
    "plans": "implementing papers",
    "study": "study sessions and courses",
    "papers": "papers issued",
    "planned_sessions": "planned study sessions",
    "obligations": "obligations fallen due",
    "handed": "obligations handed out",
    "demands": "tasks asked of other organisations",
    "reminders": "reminders",
    "conferences": "conferences",
    "invitations": "people called to conferences",
    "delegates": "people of the organisation called to conferences",
    "conclusions": "conclusions of conferences",
    "activities": "commemorations, twinning and other activities",
    "twinnings": "twinnings",
    "bulletins": "matters noted in the bulletins on public mood",
    "member_discipline": "disciplinary decisions on members",
    "organisation_discipline": "disciplinary decisions on organisations",
}


def formula_vi(indicator: Indicator) -> str:
    """One Vietnamese sentence or two: from which records, at which moment, under which conditions it is computed."""
    return _formula(indicator, _VI)


def formula_en(indicator: Indicator) -> str:
    """The same in English."""
    return _formula(indicator, _EN)


def definition(indicator_id: str, lang: str = "vi") -> str:
    """How the figure is computed and, in Vietnamese, the remark on it. Raises `NotFound` for an unknown id."""
    found = indicator(indicator_id)
    if lang.startswith("en"):
        return formula_en(found)
    return f"{formula_vi(found)} {found.note}".rstrip()


def _formula(entry: Indicator, lang: _Language) -> str:
    match entry.formula:
        case Count() | Sum():
            return _base(entry.formula, lang)
        case Ratio():
            return _ratio(entry.formula, entry.decimals, lang)
        case Total(plus=plus, minus=minus):
            added = " + ".join(_name(id, lang) for id in plus)
            return added + "".join(f" − {_name(id, lang)}" for id in minus) + "."


def _base(formula: Count | Sum, lang: _Language) -> str:
    source = SOURCES[formula.source]
    said = {
        "source": source.vi if lang is _VI else _SOURCES_EN[source.name],
        "scope": lang.subtree if source.subtree else lang.alone,
        "moment": lang.own_moments.get(source.name, lang.moments[formula.when]),
    }
    if isinstance(formula, Sum):
        of = _text(words_of(source.name, formula.of), lang)
        sentence = lang.add.format(of=of, **said)
    else:
        sentence = lang.count.format(**said)
    if formula.where:
        sentence += lang.meeting
        sentence += lang.join.join(_condition(source.name, condition, lang) for condition in formula.where)
    empty = lang.empty if isinstance(formula, Sum) and formula.empty_is_none else ""
    return f"{sentence}.{empty}"


def _ratio(formula: Ratio, decimals: int, lang: _Language) -> str:
    below = _name(formula.denominator, lang)
    if formula.denominator_last_year:
        below = lang.last_year.format(name=below)
    sentence = f"{_name(formula.numerator, lang)} : {below}"
    if formula.scale != 1:
        sentence += f" × {formula.scale}"
    if formula.minus:
        sentence += f" − {formula.minus}"
    return sentence + lang.rounded.format(decimals=decimals) + "." + lang.no_denominator


def condition_words(source: str, condition: Condition, lang: str = "vi") -> str:
    """One condition in words: field and values by their names, dates and numbers as written."""
    return _condition(source, condition, _EN if lang.startswith("en") else _VI)


def _condition(source: str, condition: Condition, lang: _Language) -> str:
    kind = SOURCES[source].fields[condition.field]
    words = words_of(source, condition.field)
    if kind == "bool" and condition.op == "=":
        return _text(words, lang, yes=bool(condition.value))
    said = _sayer(source, condition.field, lang)
    field = _text(words, lang)
    match condition.op:
        case "between":
            low, high = cast("tuple[object, object]", condition.value)
            if low is not None and high is not None:
                return lang.ops["between"].format(field=field, low=said(low), high=said(high))
            below, above = ("to day", "from day") if kind == "date" else ("<=", ">=")
            op, value = (below, high) if low is None else (above, low)
            return lang.ops[op].format(field=field, value=said(value))
        case "in" | "not in":
            values = cast("tuple[object, ...]", condition.value)
            listed = ", ".join(said(value) for value in values)
            op = condition.op if len(values) > 1 else {"in": "=", "not in": "!="}[condition.op]
            return lang.ops[op].format(field=field, value=listed)
        case op:
            return lang.ops[op].format(field=field, value=said(condition.value))


def _sayer(source: str, field: str, lang: _Language) -> Callable[[object], str]:
    """How a value of the field is written: a figure or code by its name, a date and a number as offices do."""
    words = words_of(source, field)

    def said(value: object) -> str:
        match value:
            case str() if (source, field) == ("targets", "indicator"):
                return _name(value, lang)
            case str():
                return words.codes.label(value, lang.code) if words.codes else value
            case date():
                return format_date(value, lang.code)
            case int():
                return format_number(value, lang=lang.code)
        return ""

    return said


def _text(words: Words, lang: _Language, *, yes: bool = True) -> str:
    if lang is _VI:
        return words.vi if yes else words.no
    return words.en if yes else words.no_en


def _name(id: str, lang: _Language) -> str:
    entry = INDICATORS[id]
    return f"“{entry.vi if lang is _VI else entry.en}”"
