"""Papers received from above, the plans issued for them and whether they came in time.

A directive is counted in the books of the organisation that received it, not in those of the level above.
"""

from functools import partial

from tongket.core import codelists as codes

from ..model import Condition, Count, In, Indicator, Is, Not, Ratio

_figure = partial(Indicator, domain="directives", unit="văn bản", units_en="papers")
_percent = partial(Indicator, domain="directives", unit="%", units_en="%", decimals=2)

# The ids are plain letters; the codes are the abbreviations that the papers bear.
_KINDS = {"NQ": "nq", "CT": "ct", "KL": "kl", "QĐ": "qd", "QyĐ": "qyd", "HD": "hd"}
_PLANS = {"CTr": "ctr", "KH": "kh", "ĐA": "da", "CV": "cv"}
_ISSUED = {**_KINDS, **_PLANS, "BC": "bc"}
_LEVELS = ("central", "province", "district", "grassroots")
_NEEDING = Is("needs_plan", True)
_DUE = Is("due", True)


def _received(*conditions: Condition) -> Count:
    return Count("directives", "flow", conditions)


INDICATORS: tuple[Indicator, ...] = (
    _figure(
        "directives.received",
        "Văn bản của cấp trên đã tiếp nhận",
        "Directives received",
        formula=_received(),
    ),
    *(
        _figure(
            f"directives.by_kind.{key}",
            f"Văn bản tiếp nhận: {codes.DOCUMENT_KIND.label(code)}",
            f"Directives received: {codes.DOCUMENT_KIND.label(code, 'en')}",
            formula=_received(Is("kind", code)),
        )
        for code, key in _KINDS.items()
    ),
    _figure(
        "directives.by_kind.other",
        "Văn bản tiếp nhận: loại khác",
        "Directives received: other kinds",
        formula=_received(Not("kind", *_KINDS)),
    ),
    *(
        _figure(
            f"directives.by_level.{code}",
            f"Văn bản tiếp nhận từ: {codes.GIVER.label(code)}",
            f"Directives received from: {codes.GIVER.label(code, 'en')}",
            formula=_received(Is("issuer_level", code)),
        )
        for code in _LEVELS
    ),
    _figure(
        "directives.needing_plan",
        "Văn bản phải ban hành văn bản triển khai",
        "Directives that need a plan",
        formula=_received(_NEEDING),
    ),
    _figure(
        "directives.plans_issued",
        "Văn bản phải triển khai đã có văn bản triển khai",
        "Directives with a plan issued",
        formula=_received(_NEEDING, Is("planned", True)),
        note="Mỗi văn bản của cấp trên tính một lần, dù ban hành nhiều văn bản triển khai.",
        good="up",
    ),
    _percent(
        "directives.plans_issued_pct",
        "Tỷ lệ văn bản phải triển khai đã có văn bản triển khai",
        "Share of directives with a plan",
        formula=Ratio("directives.plans_issued", "directives.needing_plan"),
        good="up",
    ),
    _figure(
        "directives.plans_due",
        "Văn bản đã đến hạn ban hành văn bản triển khai",
        "Directives whose plan is due",
        formula=_received(_DUE),
    ),
    _figure(
        "directives.plans_on_time",
        "Văn bản đến hạn có văn bản triển khai đúng hạn",
        "Directives whose plan came on time",
        formula=_received(_DUE, Is("on_time", True)),
        good="up",
    ),
    _percent(
        "directives.plans_on_time_pct",
        "Tỷ lệ ban hành văn bản triển khai đúng hạn",
        "Share of plans on time",
        formula=Ratio("directives.plans_on_time", "directives.plans_due"),
        good="up",
    ),
    _figure(
        "directives.plans_overdue",
        "Văn bản quá hạn chưa có văn bản triển khai",
        "Directives overdue without a plan",
        formula=_received(_DUE, Is("planned", False)),
        good="down",
    ),
    _figure(
        "directives.studied",
        "Văn bản đã tổ chức học tập, quán triệt",
        "Directives studied",
        formula=_received(Is("studied", True)),
        good="up",
    ),
    _percent(
        "directives.studied_pct",
        "Tỷ lệ văn bản đã tổ chức học tập, quán triệt",
        "Share of directives studied",
        formula=Ratio("directives.studied", "directives.received"),
        good="up",
    ),
    _figure(
        "directives.plans",
        "Văn bản triển khai đã ban hành",
        "Implementing papers issued",
        formula=Count("plans", "flow"),
    ),
    *(
        _figure(
            f"directives.plans.{key}",
            f"Văn bản triển khai: {codes.DOCUMENT_KIND.label(code)}",
            f"Implementing papers: {codes.DOCUMENT_KIND.label(code, 'en')}",
            formula=Count("plans", "flow", (In("kind", code),)),
        )
        for code, key in _PLANS.items()
    ),
    _figure(
        "directives.plans.other",
        "Văn bản triển khai: loại khác",
        "Implementing papers: other kinds",
        formula=Count("plans", "flow", (Not("kind", *_PLANS),)),
    ),
    _figure(
        "documents.issued",
        "Văn bản đi đã ban hành",
        "Papers issued",
        formula=Count("papers", "flow"),
        note="Theo sổ văn bản đi của tổ chức.",
    ),
    *(
        _figure(
            f"documents.issued.{key}",
            f"Văn bản đi: {codes.DOCUMENT_KIND.label(code)}",
            f"Papers issued: {codes.DOCUMENT_KIND.label(code, 'en')}",
            formula=Count("papers", "flow", (In("kind", code),)),
        )
        for code, key in _ISSUED.items()
    ),
    _figure(
        "documents.issued.other",
        "Văn bản đi: loại khác",
        "Papers issued: other kinds",
        formula=Count("papers", "flow", (Not("kind", *_ISSUED),)),
    ),
    _figure(
        "documents.issued.ended",
        "Văn bản đi đã được thay thế hoặc bị thu hồi",
        "Papers issued, since replaced or revoked",
        formula=Count("papers", "flow", (Is("ended", True),)),
    ),
)
