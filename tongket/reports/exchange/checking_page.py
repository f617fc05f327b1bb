"""The page in every package that checks it offline, in any browser of the last years."""

from datetime import date, datetime
from html import escape
from string import Template

from django.utils import timezone

from tongket.core.dates import format_date
from tongket.reports.exchange.about import About
from tongket.reports.exchange.assets import asset, page


def checking_page(told: About) -> bytes:
    """One HTML file for the package that `told` describes; it holds the key's fingerprint and asks for the files."""
    shown = {
        "organisation": told.organisation,
        "organisation_name": told.organisation_name,
        "period_name": told.period_name,
        "as_at": format_date(date.fromisoformat(told.as_at)),
        "made_at": _moment(told.made_at),
        "book_digest": told.book_digest or "không lập từ sổ đã chốt",
        "digest_class": "mono" if told.book_digest else "soft",
        "fingerprint": told.fingerprint,
    }
    body = Template(asset("checker.html")).substitute({name: escape(text) for name, text in shown.items()})
    script = "".join(asset(name) for name in ("sha256.js", "unzip.js", "checker.js"))
    title = f"Kiểm tra gói báo cáo {told.organisation_name}, {told.period_name}"
    return page(title, body, style=asset("page.css"), script=script)


def _moment(iso: str) -> str:
    moment = datetime.fromisoformat(iso)
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return local.strftime("%H:%M %d/%m/%Y")
