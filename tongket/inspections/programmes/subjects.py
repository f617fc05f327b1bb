"""Who may inspect: the bodies of an organisation and the kinds that each may run, by the rule in force on a day."""

from collections.abc import Iterator, Mapping
from datetime import date

from tongket.core.dates import format_date
from tongket.core.judging import INSPECTION_KIND, INSPECTION_SUBJECT
from tongket.core.problems import Problem
from tongket.organisations.models import Organisation
from tongket.organisations.paper_names import issuer_of
from tongket.rules.catalogue import NoRuleInForce, Value, sequence, value


def _of(rule: str, key: str, day: date) -> tuple[str, ...] | None:
    """What a rule lists under a key; None when no version is known for the day, or it does not know the key."""
    try:
        found: Value = value(rule, day)
    except NoRuleInForce:
        return None
    listed = found.get(key) if isinstance(found, Mapping) else None
    return tuple(str(code) for code in listed) if isinstance(listed, tuple) else None


def subjects_of(kind: str, day: date) -> tuple[str, ...]:
    """The acting bodies of a kind of organisation (rule `insp.bodies`); all when the rule does not say."""
    return _of("insp.bodies", kind, day) or INSPECTION_SUBJECT.values


def kinds_of(subject: str, day: date) -> tuple[str, ...]:
    """The kinds there are (rule `insp.kinds`) that an acting body may run (`insp.who`); all when no rule says."""
    having = _of("insp.who", subject, day) or INSPECTION_KIND.values
    try:
        known = sequence("insp.kinds", day)
    except NoRuleInForce:
        return having
    return tuple(code for code in having if code in known)


def acting_name(organisation: Organisation, subject: str, body: str = "") -> str:
    """What the acting body is called: "Ban Thường vụ Huyện ủy Quế Sơn"."""
    if body:
        return body
    issuer = issuer_of(organisation.name, organisation.kind)[0]
    if subject == "standing":
        return f"Ban Thường vụ {issuer}"
    if subject == "commission":
        return f"Ủy ban Kiểm tra {issuer}"
    if subject == "advisory":
        return f"Cơ quan tham mưu, giúp việc {issuer}"
    return issuer


def check_subject(
    organisation: Organisation, kind_of_organisation: str, subject: str, body: str, day: date, index: int
) -> Iterator[Problem]:
    """An advisory body is named; the rule on who acts was not read in its text, so it only warns."""
    if subject == "advisory" and not body.strip():
        yield Problem("body", "Chưa ghi tên cơ quan tham mưu, ví dụ Ban Tổ chức Huyện ủy.", index=index)
    having = subjects_of(kind_of_organisation, day)
    if subject not in having:
        named = ", ".join(INSPECTION_SUBJECT.label(code).lower() for code in having)
        yield Problem(
            "subject",
            f"“{organisation.name}” thường không có {INSPECTION_SUBJECT.label(subject).lower()} làm chủ thể kiểm tra, "
            f"giám sát; thường là: {named}. Hãy kiểm tra lại chủ thể.",
            "warning",
            index,
        )


def check_kind(subject: str, kind: str, day: date, index: int) -> Iterator[Problem]:
    """A kind that the acting body may run; only a warning, as above."""
    if kind not in kinds_of(subject, day):
        yield Problem(
            "kind",
            f"{INSPECTION_SUBJECT.label(subject)} không tiến hành “{INSPECTION_KIND.label(kind).lower()}” "
            f"theo quy định biết được vào ngày {format_date(day)}. Hãy kiểm tra lại loại hoặc chủ thể.",
            "warning",
            index,
        )
