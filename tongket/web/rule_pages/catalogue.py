"""The catalogue of rules: what is in force on a day, each rule's history, and which text is in force when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongket.core.citations import MARKS
from tongket.core.dates import BadDate, format_date, parse_date, today
from tongket.core.text import fold
from tongket.rules.catalogue import Rule, UnknownRule, Version, all_rules, rule
from tongket.rules.texts import all_texts
from tongket.rules.words import Spoken, say
from tongket.ui.gate import gate
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.shell.errors import Missing
from tongket.ui.templatetags.ui import lang

#: Subjects in the order of a member's life and then of an organisation's year, by the first word of the rules' ids.
GROUPS: tuple[tuple[str, Promise, tuple[str, ...]], ...] = (
    ("ket-nap", _("Kết nạp, dự bị, công nhận chính thức"), ("adm", "prob", "new", "vote")),
    ("dang-vien", _("Tuổi Đảng, chuyển sinh hoạt, ra khỏi Đảng"), ("age", "mov", "exempt", "exit")),
    ("to-chuc", _("Tổ chức đảng, nhiệm kỳ"), ("org", "term")),
    ("xep-loai", _("Kiểm điểm, đánh giá, xếp loại"), ("rate",)),
    ("huy-hieu", _("Huy hiệu Đảng"), ("badge", "salary")),
    ("khen-thuong", _("Khen thưởng"), ("com",)),
    ("kiem-tra", _("Kiểm tra, giám sát"), ("insp",)),
    ("ky-luat", _("Kỷ luật"), ("disc",)),
    ("van-ban", _("Thể thức văn bản"), ("doc",)),
)
OTHERS = ("khac", _("Quy định khác"))


@dataclass(frozen=True)
class Row:
    """A version as a page shows it; `version` is None where no rule is known for the day."""

    rule: Rule
    version: Version | None
    spoken: Spoken
    text: str = ""
    doubt: str = ""  # why the version is not confirmed; empty when it is
    mark: str = ""
    in_force: bool = False
    missing: str = ""
    name: str = ""
    sources: tuple[str, ...] = ()


@gate("rule.read")
def rules(request: HttpRequest) -> HttpResponse:
    """All rules by subject with the value in force on a day, or those that hold the words sought."""
    day, wrong = _asked_day(request)
    words = request.GET.get("q", "").strip()[:100]
    rows = [row for row in (_on(one, day) for one in all_rules()) if _holds(row, words)]
    sections = [(slug, name, [row for row in rows if _group(row.rule) == slug]) for slug, name in _subjects()]
    if request.GET.get(EXPORT) == "xlsx" and not wrong:
        return _workbook(sections, day, words)
    shown = {
        "day": day,
        "wrong": wrong,
        "words": words,
        "sections": [section for section in sections if section[2]],
        "found": len(rows),
        "all": len(all_rules()),
        "without": sum(row.version is None for row in rows),
        "doubtful": sum(bool(row.doubt) for row in rows),
        "marks": MARKS,
    }
    return render(request, "rules/list.html", shown, status=422 if wrong else 200)


def _workbook(sections: list[tuple[str, Any, list[Row]]], day: date, words: str) -> HttpResponse:
    """The rules found as they hold on the day, with the text they rest on and how sure it is."""
    columns = [
        Column(str(_("Nhóm")), 34),
        Column(str(_("Quy định")), 52),
        Column(str(_("Nội dung")), 80),
        Column(str(_("Căn cứ")), 50),
        Column(str(_("Mức tin cậy")), 30),
        Column(str(_("Mã")), 24),
    ]
    lines = [
        [
            str(name),
            row.name,
            str(row.spoken) if row.version else row.missing,
            row.text,
            row.doubt,
            row.rule.id,
        ]
        for _slug, name, rows in sections
        for row in rows
    ]
    title = str(_("Danh mục quy định"))
    said = str(_("Theo văn bản có hiệu lực ngày %(day)s")) % {"day": format_date(day)}
    sought = str(_("Tìm: %(words)s")) % {"words": words} if words else ""
    return workbook_response(
        list_workbook(title, "; ".join(part for part in (said, sought) if part), columns, lines), title
    )


@gate("rule.read")
def rule_page(request: HttpRequest, id: str) -> HttpResponse:
    """One rule: every version from the oldest to the newest, the one in force on the asked day marked."""
    try:
        found = rule(id)
    except UnknownRule as error:
        raise Missing(str(error)) from None
    day, wrong = _asked_day(request)
    rows = [_of(found, version, day) for version in found.versions]
    shown = {
        "rule": found,
        "name": found.name(lang()),
        "day": day,
        "wrong": wrong,
        "rows": rows,
        "now": next((row for row in rows if row.in_force), None),
        "gaps": found.gaps,
        "missing": _on(found, day).missing,
        "group": _group_name(found),
    }
    return render(request, "rules/rule.html", shown, status=422 if wrong else 200)


@gate("rule.read")
def texts(request: HttpRequest) -> HttpResponse:
    """Which regulation or guidance is in force when, by subject."""
    day, wrong = _asked_day(request)
    subjects = [
        {
            "name": subject.name(lang()),
            "known": subject.in_force(day) is not None,
            "texts": [_text(text, day) for text in subject.texts],
        }
        for subject in all_texts()
    ]
    shown = {"day": day, "wrong": wrong, "subjects": subjects}
    return render(request, "rules/texts.html", shown, status=422 if wrong else 200)


def _text(text: Any, day: date) -> dict[str, Any]:
    mark = text.citation.mark
    return {"text": text, "in_force": text.in_force(day), "doubt": "" if mark == "C" else _mark(mark)}


def _asked_day(request: HttpRequest) -> tuple[date, str]:
    """The day in the address (today when there is none), and what is wrong with it."""
    written = request.GET.get("ngay", "").strip()[:20]
    if not written:
        return today(), ""
    try:
        return parse_date(written), ""
    except BadDate as bad:
        return today(), str(bad)


def _on(one: Rule, day: date) -> Row:
    version = one.version_on(day)
    if version is not None:
        return _of(one, version, day)
    gap = one.gap_on(day)
    return Row(
        one,
        None,
        Spoken(),
        name=one.name(lang()),
        missing=gap.reason if gap else str(_("Chưa có quy định cho ngày này.")),
    )


def _of(one: Rule, version: Version, day: date) -> Row:
    return Row(
        one,
        version,
        say(one, version.value),
        text=version.citation().document_and_article(lang()),
        doubt="" if version.mark == "C" else _mark(version.mark),
        mark=_mark(version.mark),
        name=one.name(lang()),
        in_force=version.effective_from <= day <= version.last_day,
        sources=tuple(part for part in version.source.split(" ; ") if part),
    )


def _mark(mark: Any) -> str:
    return MARKS[mark][1 if lang() == "en" else 0]


def _subjects() -> list[tuple[str, Any]]:
    return [(slug, name) for slug, name, _prefixes in GROUPS] + [OTHERS]


def _group(one: Rule) -> str:
    first = one.id.split(".")[0]
    return next((slug for slug, _name, prefixes in GROUPS if first in prefixes), OTHERS[0])


def _group_name(one: Rule) -> Any:
    return dict(_subjects())[_group(one)]


def _holds(row: Row, words: str) -> bool:
    text = fold(f"{row.rule.id} {row.rule.name_vi} {row.rule.name_en} {row.text} {row.spoken}")
    return all(word in text for word in fold(words).split())
