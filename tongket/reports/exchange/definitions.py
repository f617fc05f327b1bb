"""The catalogue as a plain page: what every figure is, how it is computed, and its name in the XBRL files."""

from functools import cache
from html import escape

from tongket.indicators.catalogue import DOMAINS, INDICATORS, of_domain
from tongket.indicators.model import Indicator
from tongket.indicators.words import definition
from tongket.reports.exchange.assets import asset, page
from tongket.reports.layer.taxonomy import moment_of, unit_name

_MOMENTS = {"instant": "tại ngày tính", "opening": "đầu kỳ", "duration": "trong kỳ"}


@cache
def definitions_page() -> bytes:
    """One HTML file that needs nothing else; the same for every package of this version."""
    links = " · ".join(f'<a href="#{domain.code}">{escape(domain.vi)}</a>' for domain in DOMAINS)
    parts = [
        f"<header><h1>Định nghĩa các chỉ số</h1><p>{len(INDICATORS)} chỉ số. Số liệu được tính từ hồ sơ, không nhập "
        f'tay. Mã chỉ số là mã dùng trong các tệp số liệu.</p></header><nav aria-label="Các mục">{links}</nav><main>'
    ]
    for domain in DOMAINS:
        rows = "".join(_row(entry) for entry in of_domain(domain.code))
        parts.append(
            f'<section><h2 id="{domain.code}">{escape(domain.vi)}</h2><div class="table"><table><thead><tr>'
            '<th scope="col">Chỉ số</th><th scope="col">Đơn vị</th><th scope="col">Thời điểm</th>'
            f'<th scope="col">Cách tính</th></tr></thead><tbody>{rows}</tbody></table></div></section>'
        )
    parts.append("</main>")
    return page("Định nghĩa các chỉ số", "".join(parts), style=asset("page.css"))


def _row(entry: Indicator) -> str:
    measure = "số thuần, 98,11% là 0.9811" if entry.unit == "%" else unit_name(entry.unit)
    return (
        f'<tr><th scope="row">{escape(entry.vi)}<br><code>{escape(entry.id)}</code></th><td>{escape(entry.unit)}'
        f"<br><code>{escape(measure)}</code></td><td>{_MOMENTS[moment_of(entry)]}</td>"
        f"<td>{escape(definition(entry.id))}</td></tr>"
    )
