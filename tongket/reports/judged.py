"""The annex of the year's judging: inspections, cases, rounds, proposals, candidates beside last year's numbers."""

from typing import Any

from tongket.indicators.catalogue import INDICATORS, of_domain
from tongket.indicators.model import Indicator
from tongket.reports.facts import ReportFacts
from tongket.reports.tables import BEFORE, CHANGE, NOW, Row, Spec, comparison

_GROUPS = (
    ("Kiểm tra, giám sát", "inspections."),
    ("Xem xét, giải quyết kỷ luật", "cases."),
    ("Đợt đánh giá, xếp loại tổ chức đảng", "rounds.organisations."),
    ("Đợt đánh giá, xếp loại đảng viên", "rounds.members."),
    ("Đề nghị tặng Huy hiệu Đảng", "honours.badge_proposals"),
    ("Đề nghị khen thưởng", "honours.proposals"),
    ("Nguồn kết nạp và xét kết nạp", "candidates."),
    ("Xét công nhận đảng viên chính thức", "probations.decided"),
)
_DOMAINS = ("inspections", "discipline", "ratings", "honours", "admissions")


def all_tables(facts: ReportFacts) -> dict[str, Spec]:
    """The table that a template can name."""
    rows: list[Row] = []
    for number, (title, ids) in enumerate(_groups(facts), start=1):
        rows.append(
            {"kind": "group", "keep": True, "cells": [{"text": str(number)}, {"text": title, "span": 5}]}
        )
        kept = any(facts.value(id, before=True) or facts.mask(id, before=True) for id in ids)
        rows += [_row(INDICATORS[id], kept_before=kept) for id in ids]
    title = "Số liệu kiểm tra, giám sát, kỷ luật; đánh giá, khen thưởng; phát triển đảng"
    return {"danh_gia": comparison(facts, title, rows, unit=True)}


def has_rows(facts: ReportFacts) -> bool:
    """Whether there is anything to print in it."""
    return bool(_groups(facts))


def _groups(facts: ReportFacts) -> list[tuple[str, list[str]]]:
    """Only what either year has anything of, and the reader may know: not every office keeps these books."""
    found = []
    ids = [entry.id for name in _DOMAINS for entry in of_domain(name)]
    for title, prefix in _GROUPS:
        of_group = [id for id in ids if id.startswith(prefix)]
        shown = [id for id in of_group if facts.value(id) or facts.value(id, before=True)]
        if shown:
            found.append((title, shown))
    return found


def _row(entry: Indicator, *, kept_before: bool) -> Row:
    """A figure's row. Of a book that held nothing at all the year before no zero is printed: it was not kept then."""
    figures: list[dict[str, Any]] = [{"figure": [NOW, entry.id]}]
    if kept_before:
        figures += [{"figure": [BEFORE, entry.id]}, {"figure": [CHANGE, entry.id], "form": "signed_bare"}]
    else:
        figures += [{"text": "–"}, {"text": "–"}]
    return {"kind": "row", "cells": [{"text": ""}, {"text": entry.vi}, {"text": entry.unit}, *figures]}
