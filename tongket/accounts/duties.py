"""Duties and what each may do: the one table of rights. `docs/rights.md` is made from it.

A verb is `thing.read`, `thing.write` or one of the few others below. A user holds a verb for an organisation
when an assignment in force gives a duty that lists it and the organisation lies in the assignment's subtree.
"""

from tongket.core.codelists import Code, CodeList

DUTIES = CodeList(
    "duty",
    (
        Code("organisation", "Tổ chức", "Organisation"),
        Code("inspection", "Kiểm tra", "Inspection"),
        Code("propaganda", "Tuyên giáo – Dân vận", "Propaganda and mass work"),
        Code("office", "Văn phòng", "Office"),
        Code("leader", "Lãnh đạo", "Leader"),
        Code("auditor", "Kiểm soát", "Auditor"),
        Code("administrator", "Quản trị", "Administrator"),
    ),
)

_ALL = frozenset(DUTIES.values)
_WORK = _ALL - {"administrator"}

# verb -> the duties that hold it. The administrator runs the machine and reads nobody's file.
RIGHTS: dict[str, frozenset[str]] = {
    "organisation.read": _ALL,
    "organisation.write": frozenset({"organisation"}),
    "figure.read": _WORK,
    "member.read": frozenset({"organisation", "office", "leader", "inspection", "auditor"}),
    "member.sensitive": frozenset({"organisation"}),
    "member.write": frozenset({"organisation"}),
    "target.read": _WORK,
    "target.write": frozenset({"organisation", "office"}),
    "rating.read": frozenset({"organisation", "office", "leader", "inspection", "auditor"}),
    "rating.write": frozenset({"organisation"}),
    "honour.read": _WORK,
    "honour.write": frozenset({"organisation", "office"}),
    "directive.read": _WORK,
    "directive.write": frozenset({"office"}),
    "obligation.read": _WORK,
    "obligation.write": frozenset({"organisation", "office", "propaganda", "inspection"}),
    "study.read": _WORK,
    "study.write": frozenset({"propaganda", "office"}),
    "conference.read": _WORK,
    "conference.write": frozenset({"office"}),
    "checkin.write": frozenset({"office", "organisation", "propaganda"}),
    "event.read": _WORK,
    "event.write": frozenset({"office", "propaganda"}),
    "bulletin.read": frozenset({"propaganda", "office", "leader", "auditor"}),
    "bulletin.write": frozenset({"propaganda"}),
    "admission.read": frozenset({"organisation", "office", "leader", "auditor"}),
    "admission.write": frozenset({"organisation"}),
    "inspection.read": frozenset({"inspection", "leader", "auditor"}),
    "inspection.write": frozenset({"inspection"}),
    "discipline.read": frozenset({"inspection", "leader", "auditor"}),
    "discipline.write": frozenset({"inspection"}),
    "report.read": _WORK,
    "report.write": frozenset({"office"}),
    "book.read": _WORK,
    "book.write": frozenset({"office"}),
    "book.sign": frozenset({"office", "leader"}),
    "book.approve": frozenset({"leader"}),
    "draft.write": _WORK - {"auditor"},
    "register.reorganise": frozenset({"organisation"}),
    "intake.write": frozenset({"organisation", "office", "propaganda", "inspection"}),
    "register.merge": frozenset({"organisation"}),
    "rule.read": _ALL,
    "ledger.read": frozenset({"auditor"}),
    "account.write": frozenset({"administrator"}),
}


def duties_with(verb: str) -> frozenset[str]:
    """The duties that hold `verb`. Raises KeyError for a verb that is not declared: it would grant by typo."""
    return RIGHTS[verb]
