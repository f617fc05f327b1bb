"""For which organisation, period and moment the user is looking at things.

An address may say it (``?to_chuc=QS&ky=2023&tai_ngay=30/06/2023&biet_den=15/01/2024 17:00``); else the session
remembers what was chosen in the header; else it is the highest organisation the user acts for and the last year
that has data.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from tongket.accounts.duties import duties_with
from tongket.core.dates import format_date, parse_date
from tongket.core.periods import Period, parse_period, year
from tongket.organisations.models import Organisation
from tongket.organisations.queries import depth_of, visible_to
from tongket.ui.gate import assignments_now
from tongket.ui.shell.errors import BadInput, Forbidden, Missing

ORGANISATION, PERIOD, AS_AT, AS_KNOWN_AT = "to_chuc", "ky", "tai_ngay", "biet_den"
SESSION_ORGANISATION, SESSION_PERIOD = "view-organisation", "view-period"


def _last_year() -> Period:
    return year(timezone.localdate().year - 1)


_default_period: Callable[[], Period] = _last_year


def set_default_period(answer: Callable[[], Period]) -> None:
    """Let a higher part, which knows the records, say which period a user sees first."""
    global _default_period
    _default_period = answer


def default_period() -> Period:
    """The period shown to a user who chose none: the last complete year that has data."""
    return _default_period()


@dataclass(frozen=True, slots=True)
class ViewContext:
    """What a page is about. `as_known_at` None means now; `as_at` is the period's end unless the address says."""

    user: Any
    organisation: Organisation
    period: Period
    as_at: date
    as_known_at: datetime | None = None

    @property
    def as_at_default(self) -> bool:
        """Whether the as-at date is the period's own end."""
        return self.as_at == self.period.end

    def query(self, *, organisation: str = "", period: Period | str | None = None, **more: Any) -> str:
        """The query string that leads another page to the same organisation, period and moments.

        `organisation` (a code) and `period` replace this context's own; another period takes its own as-at date.
        """
        parts: dict[str, Any] = {
            ORGANISATION: organisation or self.organisation.code,
            PERIOD: period or self.period,
        }
        if not period and not self.as_at_default:
            parts[AS_AT] = format_date(self.as_at)
        if self.as_known_at is not None:
            parts[AS_KNOWN_AT] = timezone.localtime(self.as_known_at).strftime("%d/%m/%Y %H:%M:%S")
        parts.update({name: value for name, value in more.items() if value not in (None, "")})
        return "?" + urlencode({name: str(value) for name, value in parts.items()})


def view_context(request: HttpRequest, verb: str = "figure.read") -> ViewContext:
    """What this request is about, for an organisation for which the user holds `verb`.

    Raises `Missing` (404) for an organisation that is not there or not the user's, `BadInput` (400) for a period or
    date that cannot be read, that lies outside the period or before the organisation's first day.
    """
    organisation = _organisation(request, verb)
    period = _period(request)
    as_at = _as_at(request, period)
    if as_at < organisation.founded_on:
        raise BadInput(
            _("%(name)s thành lập ngày %(founded)s: chưa có dữ liệu cho %(period)s. Hãy chọn kỳ sau ngày đó.")
            % {
                "name": organisation.name,
                "founded": format_date(organisation.founded_on),
                "period": period.label() if as_at == period.end else format_date(as_at),
            }
        )
    context = ViewContext(request.user, organisation, period, as_at, _as_known_at(request))
    request.view_context = context  # type: ignore[attr-defined]
    return context


def remember(request: HttpRequest, organisation: Organisation | None, period: Period | None) -> None:
    """Keep what the user chose in the header for the pages that follow."""
    if organisation is not None:
        request.session[SESSION_ORGANISATION] = organisation.code
    if period is not None:
        request.session[SESSION_PERIOD] = period.code


def _organisation(request: HttpRequest, verb: str) -> Organisation:
    asked = request.GET.get(ORGANISATION, "").strip()
    if asked:
        found = _of_code(request, verb, asked)
        if found is None:
            raise Missing(
                _("Không có tổ chức mã “%(code)s” trong phạm vi được giao cho bạn.") % {"code": asked[:40]}
            )
        return found
    remembered = request.session.get(SESSION_ORGANISATION)
    found = _of_code(request, verb, remembered) if remembered else None
    return found or _home(request, verb)


def _assigned(request: HttpRequest, verb: str) -> dict[str, Organisation]:
    """The organisations of the user's own assignments with the verb: known without another query."""
    duties = duties_with(verb)
    return {a.organisation.code: a.organisation for a in assignments_now(request) if a.duty in duties}


def _of_code(request: HttpRequest, verb: str, code: str) -> Organisation | None:
    return _assigned(request, verb).get(code) or visible_to(request.user, verb).filter(code=code).first()


def _home(request: HttpRequest, verb: str) -> Organisation:
    mine = _assigned(request, verb)
    if not mine:
        raise Forbidden(_("Bạn chưa được giao nhiệm vụ ở tổ chức nào. Hãy hỏi người quản trị hệ thống."))
    if len(mine) == 1:
        return next(iter(mine.values()))
    return min(
        mine.values(),
        key=lambda organisation: (depth_of(organisation), organisation.position, organisation.code),
    )


def _period(request: HttpRequest) -> Period:
    asked = request.GET.get(PERIOD, "").strip()
    if asked:
        return parse_period(asked)
    remembered = request.session.get(SESSION_PERIOD)
    return parse_period(remembered) if remembered else default_period()


def _as_at(request: HttpRequest, period: Period) -> date:
    asked = request.GET.get(AS_AT, "").strip()
    if not asked:
        return period.end
    day = parse_date(asked)
    if not period.contains(day):
        raise BadInput(
            _("Ngày %(day)s không nằm trong kỳ %(period)s (từ %(start)s đến %(end)s).")
            % {
                "day": format_date(day),
                "period": period.label(),
                "start": format_date(period.start),
                "end": format_date(period.end),
            }
        )
    return day


def _as_known_at(request: HttpRequest) -> datetime | None:
    asked = request.GET.get(AS_KNOWN_AT, "").strip()
    if not asked:
        return None
    day_text, _space, time_text = asked.partition(" ")
    moment = time.max if not time_text else _time(time_text)
    return timezone.make_aware(datetime.combine(parse_date(day_text), moment))


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(
            _("“%(text)s” không phải là giờ. Hãy viết giờ:phút, ví dụ 17:00.") % {"text": text[:20]}
        ) from None
