"""The plain data that a template is filled with: every name it may use, with its value."""

import base64
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from django.db.models import Q

from tongket.core.codelists import DOCUMENT_KIND, RATING_LEVEL
from tongket.core.dates import format_date
from tongket.core.periods import Kind
from tongket.directives.models import Directive, StudySession
from tongket.figures.types import Child, FigureSet
from tongket.members.heading import Heading, heading_of
from tongket.reports import charts, judged, reckoned, tables, targets
from tongket.reports.facts import ReportFacts, day_before
from tongket.reports.locked import names_of
from tongket.reports.reckoned import PREFIX, Reckoned

Data = dict[str, Any]

_UNMET = f"{PREFIX}chua_dat_ket_nap"


def payload(facts: ReportFacts, *, draw: Iterable[str] | None = None) -> Data:
    """Everything the rendering needs, as JSON-ready data. `draw` names the charts to make pictures of (None: all)."""
    drawn = charts.all_charts(facts.now, facts.history)
    wanted = set(drawn) if draw is None else set(draw)
    made = {name: chart for name, chart in drawn.items() if chart is not None and name in wanted}
    # The pictures are drawn by another process; the rest is put together while it works.
    with ThreadPoolExecutor(max_workers=1) as pool:
        images = pool.submit(charts.pictures, made)
        names = _names(facts, heading_of(facts.organisation, facts.as_at), drawn)
        numbers = [
            *targets.reckoned(facts),
            Reckoned(_UNMET, "Số tổ chức chưa đạt", len(tables.unmet(facts))),
        ]
        code, day = facts.organisation.code, facts.as_at.isoformat()
        return {
            "columns": [*_columns(facts), reckoned.column(code, facts.period.code, day, numbers)],
            "indicators": {
                id: (figure.indicator.vi, figure.indicator.unit, figure.indicator.decimals)
                for id, figure in facts.now.own.items()
            }
            | reckoned.described(numbers),
            "names": names,
            "tables": {**tables.all_tables(facts), **targets.all_tables(facts), **judged.all_tables(facts)},
            "charts": _pictures(drawn, images.result()),
        }


def _columns(facts: ReportFacts) -> list[Data]:
    now, before = facts.period.code, facts.compared.code
    day, then = facts.as_at.isoformat(), day_before(facts.period, facts.as_at).isoformat()
    code = facts.organisation.code
    changes = {id: None if (c := facts.change(id)) is None else str(c) for id in facts.now.own}
    columns = [
        {"organisation": code, "period": now, "as_at": day, **_values(facts.now, None)},
        {"organisation": code, "period": before, "as_at": then, **_values(facts.before, None)},
        {"organisation": code, "period": now, "as_at": day, "values": changes, "against": before},
    ]
    for child in facts.now.children:
        columns.append({"organisation": child.code, "period": now, "as_at": day, **_values(facts.now, child)})
        columns.append(
            {"organisation": child.code, "period": before, "as_at": then, **_values(facts.before, child)}
        )
    return columns + targets.columns(facts)


def _values(figures: FigureSet | None, child: Child | None) -> Data:
    """A column's values, and the masks of those that the reader may not know."""
    if figures is None:
        return {"values": {}, "masks": {}}
    own = figures.own if child is None else figures.by_child.get(child.id, {})
    return {
        "values": {id: None if figure.value is None else str(figure.value) for id, figure in own.items()},
        "masks": {id: figure.mask for id, figure in own.items() if figure.mask},
    }


def _names(facts: ReportFacts, heading: Heading, drawn: Mapping[str, Any]) -> Data:
    return {
        "so": {"column": tables.NOW},
        "truoc": {"column": tables.BEFORE},
        "chenh": {"column": tables.CHANGE},
        "ky": _period(facts),
        "ky_truoc": {"ten": facts.compared.label(), "ma": facts.compared.code},
        "ky_sau": _following(facts),
        "to_chuc": _organisation(facts, heading),
        "dau": {
            "co_quan_cap_tren": heading.parent,
            "co_quan_ban_hanh": heading.issuer,
            "ky_hieu": heading.symbol,
            "dia_danh_ngay": heading.place_date,
        },
        "ky_ten": {"thay_mat": heading.on_behalf, "chuc_vu": heading.post, "ho_ten": heading.signer},
        "noi_nhan": [{"ten": ""}, *({"ten": text} for text in heading.recipients)],
        "van_ban": [{"ten": "", "so_ky_hieu": ""}, *_directives(facts)],
        "to_chuc_con": [_child("", "", 0), *_children(facts, facts.now.children)],
        "chua_dat": [_child("", "", 0), *_children(facts, tables.unmet(facts))],
        "han_che": _shortcomings(facts, heading),
        "chi_tieu": targets.said(facts),
        "nhiem_ky": targets.said_of_term(facts),
        "phu_luc": {"co": judged.has_rows(facts)},
        "co_bieu_do": {name: chart is not None for name, chart in drawn.items()},
        "so_chot": names_of(facts.book),
        "muc": _numbers(bool(facts.now.children), facts.term is not None),
    }


def _period(facts: ReportFacts) -> Data:
    label = facts.period.label()
    return {
        "ten": label,
        "ten_hoa": label[:1].upper() + label[1:],
        "ma": facts.period.code,
        "la_nam": facts.period.kind is Kind.YEAR,
        "ngay_so_lieu": format_date(facts.as_at),
        "tu_ngay": format_date(facts.period.start),
        "den_ngay": format_date(facts.period.end),
    }


def _following(facts: ReportFacts) -> Data:
    label = facts.period.following().label()
    return {"ten": label, "ten_in": label.upper()}


def _organisation(facts: ReportFacts, heading: Heading) -> Data:
    has_children = bool(facts.now.children)
    return {
        "ten": str(facts.organisation),
        "ma": facts.organisation.code,
        "cap_uy": heading.issuer,
        "goi": heading.body if heading.is_cell else heading.body[:1].upper() + heading.body[1:],
        "ten_goi": f"Toàn {heading.body[:1].upper()}{heading.body[1:]}" if not heading.is_cell else "Chi bộ",
        "la_cap_tren": heading.is_district,
        "la_chi_bo": heading.is_cell,
        "co_cap_duoi": has_children,
        "goi_cap_duoi": "tổ chức cơ sở đảng" if heading.is_district else "chi bộ",
        "xep_loai": "" if heading.is_district else _own_rating(facts),
    }


def _own_rating(facts: ReportFacts) -> str:
    """The organisation's own level, when the counts show that it alone was rated in its family."""
    for prefix in ("ratings.organisations.", "ratings.cells."):
        if facts.value(f"{prefix}rated") == 1 and not (facts.now.children and prefix == "ratings.cells."):
            for level in tables.LEVELS:
                if facts.value(f"{prefix}{level}") == 1:
                    return RATING_LEVEL.label(level).lower()
    return ""


def _child(name: str, code: str, column: int) -> Data:
    return {
        "ten": name,
        "ma": code,
        "so": {"column": column},
        "truoc": {"column": column + 1 if column else 1},
    }


def _children(facts: ReportFacts, chosen: Iterable[Child]) -> list[Data]:
    place = {child.id: tables.FIRST_CHILD + 2 * i for i, child in enumerate(facts.now.children)}
    return [_child(child.name, child.code, place[child.id]) for child in chosen]


def _shortcomings(facts: ReportFacts, heading: Heading) -> Data:
    low = bool(facts.value("ratings.organisations.completed") or facts.value("ratings.organisations.failed"))
    low = low and heading.is_district
    gap = bool(facts.value("members.balance_gap"))
    slow = bool(facts.value("obligations.late") or facts.value("obligations.overdue"))
    short = tables.unmet(facts)
    on_time, against = (
        facts.value("directives.plans_on_time_pct"),
        facts.value("members.admitted.vs_target_pct"),
    )
    found = (
        low,
        gap,
        slow,
        bool(short),
        on_time is not None and on_time < 100,
        against is not None and against < 0,
        bool(facts.value("ratings.organisations.missing")),
        bool(facts.value("members.profile_gaps")),
    )
    return {
        "xep_loai_thap": low,
        "lech": gap,
        "viec_cham": slow,
        "so_chua_dat": {"column": targets.reckoned_column(facts), "figure": _UNMET},
        "khong": not any(found),
    }


def _numbers(has_children: bool, has_term: bool) -> Data:
    """Numbers of the sections; the ones about organisations below are left out where there are none."""
    order = ["to_chuc", "dang_vien", "xep_loai", "huy_hieu", "kiem_tra", "khen_thuong", "tung_to_chuc"]
    if not has_children:
        order = [name for name in order if name not in ("to_chuc", "tung_to_chuc")]
    if has_term:
        order.append("nhiem_ky")
    numbers = {name: str(n) for n, name in enumerate(order, start=2)}
    return {"to_chuc": "", "tung_to_chuc": "", "nhiem_ky": "", **numbers}


def _directives(facts: ReportFacts) -> list[Data]:
    """The directives received in the period that were studied, by their full names, oldest first."""
    known = _as_known(facts.now.as_known_at)
    studied = StudySession.objects.filter(known, directive__isnull=False, held_on__lte=facts.as_at)
    rows = Directive.objects.filter(
        known,
        organisation=facts.organisation,
        book="received",
        received_on__gte=facts.period.start,
        received_on__lte=min(facts.as_at, facts.period.end),
        pk__in=studied.values("directive"),
    ).order_by("issued_on", "pk")
    return [
        {
            "ten": f"{DOCUMENT_KIND.label(d.kind)} số {d.symbol} ngày {format_date(d.issued_on)} của {d.issuer} "
            f"{_about(d.subject)}".strip(),
            "so_ky_hieu": d.symbol,
        }
        for d in rows
    ]


def _about(subject: str) -> str:
    text = subject.strip().rstrip(".;")
    return text if not text or text.lower().startswith("về ") else f"về {text[:1].lower()}{text[1:]}"


def _as_known(moment: datetime | None) -> Q:
    if moment is None:
        return Q(voided_at__isnull=True)
    return Q(recorded_at__lte=moment) & (Q(voided_at__isnull=True) | Q(voided_at__gt=moment))


def _pictures(drawn: Mapping[str, charts.Chart | None], images: Mapping[str, bytes]) -> Data:
    encoded = {name: {"png": base64.b64encode(image).decode()} for name, image in images.items()}
    return {name: {**charts.described(chart), **encoded.get(name, {})} for name, chart in drawn.items()}
