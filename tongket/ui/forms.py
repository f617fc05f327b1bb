"""Form fields as a Party office fills them in, and the way from findings of an act to the form."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.core.dates import BadDate, format_date, parse_date
from tongket.core.problems import Problem, Refused
from tongket.organisations.models import Organisation
from tongket.organisations.queries import visible_to
from tongket.ui.templatetags.ui import lang, spoken

SEPARATOR = " · "
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})\s*(?:[:hg]|giờ)\s*(\d{2})?(?![\d/])")


class DateField(forms.Field):
    """A day written dd/mm/yyyy (or yyyy-mm-dd) in a text box.

    The browser's own date box is not used: it shows mm/dd/yyyy on a computer set to English.
    """

    widget = forms.TextInput(
        attrs={
            "inputmode": "numeric",
            "placeholder": gettext_lazy("ngày/tháng/năm"),
            "autocomplete": "off",
            "class": "day",
        }
    )

    def to_python(self, value: Any) -> date | None:
        """The day, or None when left empty; the message says how to write it."""
        if value is None or isinstance(value, date):
            return value
        if not str(value).strip():
            return None
        try:
            return parse_date(str(value))
        except BadDate as error:
            raise ValidationError(str(error), code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        """A stored day as it is written."""
        return format_date(value) if isinstance(value, date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare days, not their writings."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class MomentField(forms.Field):
    """An hour and a day in one box: "13:30 28/12/2023" or "28/12/2023 13:30", also "13h30"."""

    widget = forms.TextInput(
        attrs={"placeholder": gettext_lazy("giờ:phút ngày/tháng/năm"), "autocomplete": "off"}
    )

    def to_python(self, value: Any) -> datetime | None:
        """The moment in the office's own time, or None when left empty; the message says how to write it."""
        if value is None or isinstance(value, datetime):
            return value
        text = " ".join(str(value).replace("ngày", " ").replace(",", " ").split())
        if not text:
            return None
        clock = _CLOCK.search(text)
        rest = f"{text[: clock.start()]} {text[clock.end() :]}".strip() if clock else text
        try:
            day = parse_date(rest)
        except BadDate as error:
            raise ValidationError(str(error), code="invalid") from None
        if clock is None:
            raise ValidationError(
                _("Chưa có giờ. Hãy viết giờ:phút ngày/tháng/năm, ví dụ 13:30 28/12/2023."), code="invalid"
            )
        hour, minute = int(clock[1]), int(clock[2] or 0)
        if hour > 23 or minute > 59:
            raise ValidationError(
                _("Không có giờ “%(text)s”. Hãy viết giờ:phút, ví dụ 13:30.") % {"text": clock[0].strip()},
                code="invalid",
            )
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))

    def prepare_value(self, value: Any) -> Any:
        """A stored moment as it is written."""
        if not isinstance(value, datetime):
            return value
        local = timezone.localtime(value)
        return f"{local:%H:%M} {format_date(local.date())}"

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare moments, not their writings."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class OrganisationInput(forms.TextInput):
    """A text box that offers organisations while one types (a native list, filled by htmx)."""

    template_name = "ui/organisation_input.html"

    def __init__(self, verb: str, attrs: dict[str, Any] | None = None) -> None:
        self.verb = verb
        super().__init__(
            {"autocomplete": "off", "placeholder": gettext_lazy("Tên hoặc mã tổ chức"), **(attrs or {})}
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Tie the box to its list and to the address that fills it."""
        context = super().get_context(name, value, attrs)
        own = context["widget"]["attrs"]
        list_id = f"{own.get('id', name)}_list"
        own |= {
            "list": list_id,
            "hx-get": f"{reverse('ui:options')}?verb={self.verb}",
            "hx-trigger": "focus once, input changed delay:250ms",
            "hx-target": f"#{list_id}",
        }
        context["widget"]["list_id"] = list_id
        return context


class OrganisationField(forms.Field):
    """One organisation for which the user holds `verb`, written as "CODE · name", as the code or as the whole name.

    The form must be a `UserForm`, or set `queryset` itself; without either, no organisation is accepted.
    """

    def __init__(self, *, verb: str = "organisation.read", **kwargs: Any) -> None:
        self.verb = verb
        self.queryset: QuerySet[Organisation] = Organisation.objects.none()
        kwargs.setdefault("widget", OrganisationInput(verb))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Organisation | None:
        """The organisation; one outside the user's scope is "not found" like one that does not exist."""
        if value in (None, "") or isinstance(value, Organisation):
            return value or None
        text = str(value).strip()
        code = text.partition(SEPARATOR)[0].strip()
        found = self.queryset.filter(code=code).first()
        if found is None:
            named = list(self.queryset.filter(name__iexact=text)[:2])
            if len(named) > 1:
                raise ValidationError(
                    _("Có nhiều tổ chức tên “%(name)s”: hãy chọn theo mã.") % {"name": text[:80]}
                )
            found = named[0] if named else None
        if found is None:
            raise ValidationError(
                _(
                    "Không có tổ chức “%(text)s” trong phạm vi của bạn. Gõ vài chữ của tên rồi chọn trong danh sách."
                )
                % {"text": text[:80]}
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        """An organisation as it is written in the box."""
        if isinstance(value, int):
            value = self.queryset.filter(pk=value).first()
        return f"{value.code}{SEPARATOR}{value.name}" if isinstance(value, Organisation) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what the box shows."""
        return str(self.prepare_value(initial) or "") != str(data or "").strip()


class UserForm(forms.Form):
    """A form that knows who fills it in, so that its organisations are that user's."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.warnings: list[str] = []
        for field in self.fields.values():
            if isinstance(field, OrganisationField):
                field.queryset = visible_to(user, field.verb)
        speak(self)


def speak(form: forms.BaseForm) -> None:
    """Show the lists of a form in the page's language. What is sent stays the code."""
    if lang() == "vi":
        return
    for field in form.fields.values():
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            choices: Any = field.choices
            field.widget.choices = [(code, _spoken(text)) for code, text in choices]


def _spoken(text: Any) -> Any:
    """A choice, or the choices of a group, in the page's language."""
    return [(code, spoken(said)) for code, said in text] if isinstance(text, list | tuple) else spoken(text)


def problems_to_form(
    form: forms.BaseForm, refused: Refused | list[Problem], names: Mapping[str, str] | None = None
) -> None:
    """Show the findings of a refused act at the fields of the form they speak of.

    `names` maps names of the draft's fields to the form's where they differ; a finding about a field that the form
    does not have is shown above the form, so that none is lost. Warnings are not errors: they go to `form.warnings`.
    """
    problems = refused.problems if isinstance(refused, Refused) else refused
    for problem in problems:
        name = (names or {}).get(problem.field, problem.field)
        if problem.severity == "warning" and isinstance(form, UserForm):
            form.warnings.append(problem.message)
        else:
            form.add_error(name if name in form.fields else None, problem.message)
