"""What the tests of the news text and of the slides share: the numbers of a text, and those without a fact."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from tests.reports import fakes
from tongket.reports.facts import ReportFacts
from tongket.reports.layer.model import FactSheet, sheet_of
from tongket.reports.news import News
from tongket.reports.news.records import YearRecords
from tongket.reports.news.setting import Setting

NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:[.,]\d+)*%?(?![\w-])")
#: Numbers that are no figures: days, years, the marks of badges.
_NO_FIGURE = re.compile(
    r"\d{2}/\d{2}/\d{4}|tháng \d{1,2}/\d{4}|[Nn]ăm \d{4}|\d{1,2} tháng (?:đầu|cuối)|\d{2} năm tuổi Đảng"
    r"|từ \d{2} đến \d{2} năm|dưới \d{2} năm|từ \d{2} năm"
)

NO_RECORDS = YearRecords(None, None, (), ())
SETTING = Setting(
    name="Đảng bộ huyện Quế Sơn",
    issuer="Huyện ủy Quế Sơn",
    committee="Huyện ủy",
    body="Đảng bộ huyện",
    period="năm 2023",
    period_before="năm 2022",
    period_after="năm 2024",
    as_at="31/12/2023",
    is_whole=True,
    is_upper=True,
    is_cell=False,
)
COMMUNE = replace(
    SETTING, name="Đảng bộ xã A", issuer="Đảng ủy xã A", committee="Đảng ủy", body="Đảng bộ", is_upper=False
)
CELL = replace(
    COMMUNE, name="Chi bộ thôn A1", issuer="Chi bộ thôn A1", committee="Chi bộ", body="Chi bộ", is_cell=True
)


@cache
def _made_up() -> ReportFacts:
    return fakes.report_facts(children=0)


def year_with(values: Mapping[str, Any]) -> ReportFacts:
    """The made-up year with other values for some figures."""
    facts = _made_up()
    changed = {id: replace(facts.now.own[id], value=value, numerator=value) for id, value in values.items()}
    return replace(facts, now=replace(facts.now, own={**facts.now.own, **changed}))


def sheet(facts: ReportFacts) -> FactSheet:
    """The facts of the report that the text rests on."""
    return sheet_of(facts, made_at=datetime(2024, 1, 1, tzinfo=UTC))


def numbers(text: str, beside: Iterable[str] = ()) -> list[str]:
    """Every number of a text but days, years and marks, and but what stands in `beside` (texts of records)."""
    for known in sorted(beside, key=len, reverse=True):
        text = text.replace(known, " ")
    return NUMBER.findall(_NO_FIGURE.sub(" ", text).replace("/", " "))


def typed(news: News, beside: Iterable[str] = ()) -> list[str]:
    """The numbers of a news text that stand beside its facts: there must be none."""
    return [
        number
        for block in news.blocks
        for number in numbers("".join("§" if part.fact else part.text for part in block.parts), beside)
    ]
