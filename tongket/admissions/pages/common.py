"""What the pages share: confirming doubts, the tabs, a deadline as a line of a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.admissions.deadlines.limits import Deadline
from tongket.core.judging import DEADLINE, DESK
from tongket.core.problems import Problem
from tongket.rules.catalogue import NoRuleInForce, in_force, rule
from tongket.ui.forms import UserForm, problems_to_form
from tongket.ui.records.pages import CONFIRMED
from tongket.ui.templatetags.ui import lang

TITLE = gettext_lazy("Kết nạp, công nhận đảng viên")
TABS = (
    (gettext_lazy("Nguồn và kết nạp"), "admissions:list"),
    (gettext_lazy("Đảng viên dự bị"), "admissions:probation"),
    (gettext_lazy("Hạn và việc chậm"), "admissions:late"),
    (gettext_lazy("Theo đơn vị"), "admissions:plan"),
)


def tabs(here: str, query: str = "") -> list[tuple[Any, str, bool]]:
    """The sister pages, the present one marked."""
    return [(text, reverse(name) + query, name == here) for text, name in TABS]


def crumbs(*more: tuple[Any, str]) -> list[tuple[Any, str]]:
    """The way from the list to a page."""
    return [(TITLE, reverse("admissions:list")), *more]


def told(request: HttpRequest, text: str) -> None:
    """Say that it was done."""
    messages.success(request, text)


def passes(request: HttpRequest, form: UserForm, found: Sequence[Problem]) -> bool:
    """Show findings at the form. True when there is no error and every doubt was confirmed."""
    problems_to_form(form, list(found))
    return form.is_valid() and (not form.warnings or request.POST.get(CONFIRMED) == "1")


def bases(rule_ids: Sequence[str]) -> list[tuple[str, str]]:
    """The rules that decide something on a page, each with what it decides in words."""
    return [(rule_id, f"{rule(rule_id).name(lang())}.") for rule_id in rule_ids]


@dataclass(frozen=True, slots=True)
class Line:
    """A deadline as the page writes it."""

    deadline: Deadline
    what: str
    when: str
    tone: str
    desk: str
    basis: str
    doubt: bool  # whether the rule is less than confirmed

    @property
    def rule_id(self) -> str:
        """The rule it comes from."""
        return self.deadline.rule_id


def line_of(one: Deadline, day: date) -> Line:
    """The words of a deadline on a day."""
    version = _version(one.rule_id, one.rule_day)
    language = lang()
    return Line(
        one,
        DEADLINE.label(one.kind, language),
        when_text(one, day),
        tone_of(one, day),
        DESK.label(one.desk, language) if one.desk else "",
        version.citation().document_and_article(language) if version else "",
        bool(version and version.mark != "C"),
    )


def _version(rule_id: str, day: date) -> Any:
    try:
        return in_force(rule_id, day)
    except NoRuleInForce:
        return None


def tone_of(one: Deadline, day: date) -> str:
    """Colour of a deadline's tag."""
    if one.late(day):
        return "bad"
    if not one.is_open(day):
        return "good"
    return "warn" if one.alert(day) is not None else ""


def when_text(one: Deadline, day: date) -> str:
    """How far off, in working days where the limit runs in them."""
    if not one.is_open(day):
        return str(_("xong, chậm") if one.late(day) else _("xong trong hạn"))
    left = one.working_left(day) if one.working else one.days_left(day)
    if left == 0:
        return _("hôm nay là ngày cuối")
    if left < 0:
        if not one.binding:
            return _("đã đến ngày")
        if one.working:
            return _("chậm %(days)s ngày làm việc") % {"days": -left}
        return _("đã qua %(days)s ngày") % {"days": -left}
    if one.working:
        return _("còn %(days)s ngày làm việc") % {"days": left}
    return _("còn %(days)s ngày") % {"days": left}
