"""What the command line says about books: the same acts and questions as the pages', for the machine's operator."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from tongket.books.acts import lock
from tongket.books.checking.reasons import Difference, difference
from tongket.books.checking.verify import Line, Verification, verify
from tongket.books.content import Entry, Written, number, written
from tongket.books.models import FigureBook
from tongket.books.queries import books_of, chain_faults, standing_book
from tongket.books.rules import check_lock
from tongket.books.standing import STATES, standing_of
from tongket.core.dates import format_date, parse_date, today
from tongket.core.numbers import format_number
from tongket.core.periods import Period, parse_period
from tongket.core.problems import NotFound, Problem, Refused
from tongket.organisations.models import Organisation
from tongket.organisations.queries import by_code

#: A changed figure of a child is explained only where that of the whole is not changed.
_MARKS = {"same": "giữ", "changed": "ĐỔI", "unverifiable": "?"}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as JSON data and as lines to read."""

    data: dict[str, Any]
    lines: list[str]


def lock_book(org: str, period: str, *, as_at: str | None, reason: str, provisional: bool) -> Answer:
    """Lock a book. Raises `Refused`, also for a period that is not over unless `provisional` was said."""
    organisation, asked = by_code(org), parse_period(period)
    day = parse_date(as_at) if as_at else min(asked.end, today())
    doubts = [one for one in check_lock(organisation, asked, day, by=None) if one.severity == "warning"]
    if doubts and day < asked.end and not provisional:
        said = " ".join(one.message for one in doubts)
        raise Refused([Problem("as_at", f"{said} Nếu vẫn muốn, thêm --provisional.")])
    book = lock(organisation, asked, by=None, as_at=day, reason=reason, origin="cli")
    lines = [f"Lưu ý: {one.message}" for one in doubts]
    lines.append(
        f"Đã chốt {asked.label()} của «{organisation}»: sổ số {book.number}, lần {book.version}, "
        f"{book.figures} số liệu, tính đến {format_date(book.as_at)}."
    )
    return Answer(_book_json(book), [*lines, f"Mã sổ: {book.digest}"])


def books(org: str) -> Answer:
    """All books of an organisation, the newest first, and what is wrong with the chain."""
    organisation = by_code(org)
    rows = list(books_of(organisation))
    faults = chain_faults(organisation)
    lines = [_book_line(book) for book in rows] or ["Chưa chốt sổ nào. Chốt bằng ./run lock-book."]
    lines += [f"SAI: {fault}" for fault in faults]
    return Answer(
        {"organisation": organisation.code, "books": [_book_json(b) for b in rows], "chain_faults": faults},
        lines,
    )


def _book_line(book: FigureBook) -> str:
    standing = standing_of(book)
    moment = timezone.localtime(book.known_at).strftime("%d/%m/%Y %H:%M")
    return (
        f"Số {book.number} · kỳ {book.period}, lần {book.version} · chốt lúc {moment} · "
        f"{STATES[standing.state][0].lower()} ({standing.progress} chữ ký) · {book.digest[:16]}"
    )


def _book_json(book: FigureBook) -> dict[str, Any]:
    standing = standing_of(book)
    return {
        "number": book.number,
        "period": book.period,
        "version": book.version,
        "as_at": book.as_at.isoformat(),
        "known_at": book.known_at.isoformat(),
        "provisional": book.provisional,
        "figures": book.figures,
        "state": standing.state,
        "signatures": [
            {"step": step, "name": one.name, "at": one.recorded_at.isoformat()}
            for step, one in standing.signed.items()
        ],
        "returned": standing.returned.returned if standing.returned else "",
        "reason_superseded": book.void_reason,
        "previous_digest": book.previous_digest,
        "digest": book.digest,
    }


# --- verifying --------------------------------------------------------------------------------------------


def wanted_book(organisation: Organisation, period: Period) -> FigureBook:
    """The standing book of a period. Raises `NotFound` when nothing is locked, with what to do."""
    book = standing_book(organisation, period)
    if book is None:
        raise NotFound(
            f"«{organisation}» chưa chốt sổ {period.label()}. Chốt bằng ./run lock-book --org {organisation.code} "
            f"--period {period}."
        )
    return book


def verify_book(org: str, period: str) -> Answer:
    """Verify the standing book of a period. Raises `NotFound` when nothing is locked."""
    book = wanted_book(by_code(org), parse_period(period))
    found = verify(book)
    keys = _keys(found)
    explained = {
        (line.id, line.place): difference(book, line.id, child=keys.get(line.place))
        for line in _to_explain(found)
    }
    return Answer(_verify_json(found, explained), list(_verify_lines(found, explained)))


def _keys(found: Verification) -> dict[str, int]:
    codes = [place.code for place in found.content.places[1:]]
    return dict(Organisation.objects.filter(code__in=codes).values_list("code", "pk"))


def _to_explain(found: Verification) -> list[Line]:
    own = found.book.organisation.code
    changed = [line for line in found.lines if line.status == "changed"]
    whole = {line.id for line in changed if line.place == own}
    return [line for line in changed if line.place == own or (line.id not in whole and line.now is not None)]


def _verify_json(found: Verification, explained: dict[tuple[str, str], Difference]) -> dict[str, Any]:
    return {
        "organisation": found.book.organisation.code,
        "period": found.book.period,
        "book": _book_json(found.book),
        "holds": found.holds,
        "faults": list(found.faults),
        "counts": found.counts(),
        "organisations_added": list(found.added),
        "rules_changed": list(found.rules),
        "figures": [_line_json(line, explained.get((line.id, line.place))) for line in found.lines],
    }


def _line_json(line: Line, why: Difference | None) -> dict[str, Any]:
    data: dict[str, Any] = {"figure": line.id, "organisation": line.place, "status": line.status}
    if line.status == "same":
        return data
    data |= {"reason": line.reason, "said": line.said, "then": _entry_json(line.then)}
    if line.now is not None:
        data |= {"now": _entry_json(line.now), "difference": _change(line)}
    if why is not None:
        data |= {
            "records_came": why.came,
            "records_went": why.went,
            "records": [
                {
                    "kind": one.kind,
                    "part": one.part,
                    "source": one.record.source,
                    "id": one.record.pk,
                    "on": one.record.on.isoformat(),
                    "acts": [deed.entry for deed in one.deeds],
                }
                for one in why.changes
            ],
            "acts": [
                {
                    "entry": deed.entry,
                    "at": deed.at.isoformat(),
                    "by": deed.by,
                    "action": deed.action,
                    "reason": deed.reason,
                }
                for deed in why.deeds
            ],
        }
    return data


def _entry_json(entry: Entry) -> dict[str, Any]:
    return {
        "value": entry.value,
        "numerator": entry.numerator,
        "denominator": entry.denominator,
        "records": entry.records,
    }


def _change(line: Line) -> Written:
    now, then = number(line.now.value) if line.now else None, number(line.then.value)
    return None if now is None or then is None else _less(now, then)


def _less(now: int | Decimal, then: int | Decimal) -> Written:
    change = Decimal(now) - Decimal(then)
    return int(change) if isinstance(now, int) and isinstance(then, int) else written(change)


def _verify_lines(found: Verification, explained: dict[tuple[str, str], Difference]) -> Any:
    counts = found.counts()
    yield _book_line(found.book)
    for fault in found.faults:
        yield f"SAI: {fault}"
    yield (
        f"{counts['same']} số giữ nguyên · {counts['changed']} số đã đổi · "
        f"{counts['unverifiable']} số không kiểm lại được (của tổ chức và các tổ chức trực thuộc)"
    )
    for name in found.added:
        yield f"Theo sổ sách nay, trong kỳ còn có «{name}» trực thuộc."
    own = found.book.organisation.code
    for line in found.lines:
        why = explained.get((line.id, line.place))
        if line.status == "same" or (line.status == "changed" and why is None and line.now is not None):
            continue
        where = "" if line.place == own else f" ({line.place})"
        yield f"{_MARKS[line.status]}  {found.content.definitions[line.id].name}{where}  [{line.id}]: {_said(line)}"
        for deed in why.deeds if why else ():
            at = timezone.localtime(deed.at).strftime("%d/%m/%Y %H:%M")
            reason = f" · {deed.reason}" if deed.reason else ""
            yield f"      {at} · {deed.by or 'hệ thống'} · {deed.action} (nhật ký {deed.entry}){reason}"


def _said(line: Line) -> str:
    if line.now is None or line.reason not in ("value", "parts", "records"):
        return line.said
    then, now = (
        "–" if one.value is None else format_number(number(one.value) or 0) for one in (line.then, line.now)
    )
    return f"{then} → {now}. {line.said}"
