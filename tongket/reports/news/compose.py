"""The news text put together: title, conference, results, conclusions, related items; long or short."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser

from tongket.core.dates import format_date, today
from tongket.core.periods import Kind, Period
from tongket.core.problems import Problem, Refused
from tongket.organisations.models import Organisation
from tongket.reports.charts import Chart, all_charts
from tongket.reports.facts import Fact, ReportFacts, gather
from tongket.reports.news.records import Held, Related, YearRecords, records_of
from tongket.reports.news.sentences import results, target_words
from tongket.reports.news.setting import Setting, setting_of
from tongket.reports.news.telling import Part, Teller, joined, lower, told

LONG, SHORT = "long", "short"
#: Charts that go with the text, the first two that have something to draw.
_CHARTS = ("ket_nap", "xep_loai", "do_tuoi")
PICTURES = 2
_RELATED = {LONG: 20, SHORT: 5}
_EVENTS = {LONG: 4, SHORT: 1}


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the text: `title`, `p`, `li` (an item of the list begun by the block before)."""

    kind: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The block as plain text."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class News:
    """A news text. `facts` are all figures it tells, in order; any other number in it stands in a record."""

    organisation: str
    period: str
    as_at: date
    length: str
    blocks: tuple[Block, ...]
    related: tuple[Related, ...]
    charts: tuple[Chart, ...]
    book_digest: str = ""
    facts: tuple[Fact, ...] = field(default=())

    @property
    def title(self) -> str:
        """The headline."""
        return self.blocks[0].text


def news_of(
    organisation: Organisation,
    period: Period,
    *,
    length: str = SHORT,
    as_at: date | None = None,
    as_known_at: datetime | None = None,
    viewer: Any = None,
    book_digest: str = "",
) -> News:
    """The news text of an organisation and period, for the public.

    Figures are those that somebody without any duty may see, whoever asks: a portal is read by all. `viewer` is who
    asks, and decides which records (bulletins, papers) may be listed; None is the machine's operator. For the text of
    a locked book give its `as_at`, its moment as `as_known_at` and its digest. Raises what `figures.engine.ask`
    raises, and `Refused` for a term.
    """
    day = day_told(period, as_at)
    facts = gather(organisation, period, as_at=day, as_known_at=as_known_at, viewer=AnonymousUser())
    return compose(facts, records_of(facts, viewer), setting_of(facts), length, book_digest)


def can_be_told(period: Period) -> bool:
    """Whether a news text or slides can be made of a period: a year or a part of one that has begun."""
    return period.kind not in (Kind.TERM, Kind.HALF_TERM) and period.start <= today()


def day_told(period: Period, as_at: date | None) -> date:
    """The day as at which a period is told: at latest today, since what has not happened yet cannot be told.

    Raises `Refused` for a term, whose ratings are sums over its years and would read as those of one year, and for a
    period that has not begun.
    """
    if not can_be_told(period):
        why = (
            f"{period.label()} chưa bắt đầu"
            if period.start > today()
            else f"số liệu của {period.label()} là số cộng của nhiều năm"
        )
        message = f"Chưa làm được bản tin, bài trình chiếu: {why}. Hãy chọn kỳ là một năm, 6 tháng hoặc quý đã bắt đầu."
        raise Refused([Problem("period", message)])
    return min(as_at or period.end, max(today(), period.start))


def compose(
    facts: ReportFacts, records: YearRecords, setting: Setting, length: str = SHORT, book_digest: str = ""
) -> News:
    """The text from figures and records that were read before."""
    teller = Teller(facts)
    blocks = [
        Block(kind, teller.parts(sentence)) for kind, sentence in _blocks(teller, records, setting, length)
    ]
    drawn = all_charts(facts.now, facts.history)
    made = [chart for name in _CHARTS if (chart := drawn[name]) is not None]
    return News(
        organisation=facts.organisation.code,
        period=facts.period.code,
        as_at=facts.as_at,
        length=length,
        blocks=tuple(blocks),
        related=records.related[: _RELATED[length]],
        charts=tuple(made[:PICTURES]),
        book_digest=book_digest,
        facts=tuple(part.fact for block in blocks for part in block.parts if part.fact is not None),
    )


def _blocks(teller: Teller, records: YearRecords, setting: Setting, length: str) -> Iterator[tuple[str, str]]:
    long = length == LONG
    yield "title", _title(teller, setting)
    if records.conference is not None:
        yield from _conference(records.conference, setting, long=long)
    paragraphs = [" ".join(told(teller, sentences)) for sentences in results(setting, long=long)]
    yield from (("p", paragraph) for paragraph in paragraphs[:1] if paragraph)
    if events := _events(records, setting, _EVENTS[length]):
        yield "p", events
    yield from (("p", paragraph) for paragraph in paragraphs[1:] if paragraph)
    if any(paragraphs):
        yield "p", f"Số liệu {setting.up_to}."
    else:
        yield "p", f"{setting.Period}, sổ sách của {setting.name} chưa có số liệu để đưa tin."
    if records.conference is not None:
        yield from _conclusions(records.conference, setting, long=long)


def _title(teller: Teller, setting: Setting) -> str:
    """What the year brought when members were admitted, else that it was reviewed."""
    if teller.above("members.admitted"):
        over = teller.value("members.admitted.vs_target_pct")
        tail = target_words(teller) if over is not None and over >= 0 else ""
        return f"{setting.Period}, {setting.name} kết nạp {teller.n('members.admitted')} đảng viên mới{tail}"
    return f"{setting.name} tổng kết công tác xây dựng Đảng {setting.period}"


def _conference(held: Held, setting: Setting, *, long: bool) -> Iterator[tuple[str, str]]:
    place = f", tại {held.place}" if held.place and long else ""
    title = held.title if held.title.lower().startswith("hội nghị") else f"hội nghị “{held.title}”"
    chairs = f" Hội nghị do {joined(list(held.chairs))} chủ trì." if held.chairs else ""
    yield "p", f"Ngày {format_date(held.on)}{place}, {setting.issuer} tổ chức {title}.{chairs}"
    if not long:
        return
    if held.invited:
        roles = "; ".join(_role(role) for role in held.invited)
        yield "p", f"Thành phần được triệu tập dự hội nghị gồm: {roles}."
    if held.papers:
        yield "p", f"Hội nghị đã triển khai, quán triệt {'; '.join(held.papers)}."


def _role(name: str) -> str:
    """A role in the middle of a sentence; 'Bí thư' keeps its capital."""
    return name if name.startswith(("Bí thư", "Phó Bí thư")) else lower(name)


def _events(records: YearRecords, setting: Setting, limit: int) -> str:
    """The first event in a sentence of its own: the years of one are not read as those of another."""
    first, *more = [
        f"{event.title} ({event.when})"
        if event.years is None
        else f"{event.title} ({event.when}), tròn {event.years} năm kết nghĩa"
        for event in records.events[:limit]
    ] or [""]
    if not first:
        return ""
    beside = f" Bên cạnh đó, tổ chức {'; '.join(more)}." if more else ""
    return f"{setting.Within}, {setting.body} đã tổ chức {first}.{beside}"


def _conclusions(held: Held, setting: Setting, *, long: bool) -> Iterable[tuple[str, str]]:
    if not held.conclusions:
        return
    begin = f"Kết luận hội nghị nêu các nhiệm vụ trọng tâm {setting.period_after}:"
    if not long:
        yield "p", f"{begin} {'; '.join(lower(text) for text in held.conclusions)}."
        return
    yield "p", begin
    *some, last = held.conclusions
    yield from (("li", f"{text};") for text in some)
    yield "li", f"{last}."


__all__ = ["LONG", "SHORT", "Block", "News", "can_be_told", "compose", "news_of"]
