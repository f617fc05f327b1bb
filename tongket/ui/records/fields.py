"""Form fields made from the columns that they fill, and the form of a dated record."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from tongket.core.dates import FOREVER, format_date
from tongket.core.numbers import BadNumber, format_number, parse_number
from tongket.core.periods import BadPeriod, parse_period
from tongket.ui.forms import DateField, UserForm

#: The fields of a decision, as every cited record has them.
DECISION = ("decision_number", "decision_date", "decision_body")
Groups = tuple[tuple[Any, tuple[str, ...]], ...]


class GroupedForm(UserForm):
    """A form whose fields the page shows in groups; what no group names comes first."""

    groups: Groups = ()

    def grouped(self) -> list[tuple[Any, list[Any]]]:
        """For the template of grouped fields: the title of each group and its bound fields."""
        named = {name for _title, names in self.groups for name in names}
        first = [bound for bound in self if bound.name not in named]
        shown = [
            ("", first),
            *((title, [self[n] for n in names if n in self.fields]) for title, names in self.groups),
        ]
        return [(title, bound) for title, bound in shown if bound]


class NumberField(forms.Field):
    """A number as offices write it: 3.724 or 98,5. `whole`: only whole numbers, none below 0."""

    def __init__(self, *, whole: bool = False, **kwargs: Any) -> None:
        self.whole = whole
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | int | None:
        """The number, or None when left empty; the message says how to write it."""
        if value in (None, "") or isinstance(value, Decimal | int):
            return None if value == "" else value
        try:
            number = parse_number(str(value))
        except BadNumber as error:
            raise ValidationError(str(error), code="invalid") from None
        if self.whole and (number != int(number) or number < 0):
            raise ValidationError(_("Hãy ghi một số nguyên, từ 0 trở lên."), code="invalid")
        return int(number) if self.whole else number

    def prepare_value(self, value: Any) -> Any:
        """A stored number as it is written."""
        return (
            format_number(value)
            if isinstance(value, Decimal | int) and not isinstance(value, bool)
            else value
        )


class PeriodField(forms.CharField):
    """A reporting period by its code; gives the code in its one writing."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Kỳ"))
        kwargs.setdefault("help_text", _("Năm 2023, quý 2023-Q1, sáu tháng 2023-H1, nhiệm kỳ 2020-2025."))
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> str:
        """The period's code."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            return parse_period(text).code
        except BadPeriod as error:
            raise ValidationError(str(error), code="invalid") from None


def label_of(model: type[models.Model], name: str) -> str:
    """The column's name as a label: "Ngày ban hành"."""
    text = str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return text[:1].upper() + text[1:]


def column(model: type[models.Model], name: str, **more: Any) -> Any:
    """The form field that fills one column of `model`: label, length, list and need as the column has them."""
    held: Any = model._meta.get_field(name)
    more.setdefault("label", _(label_of(model, name)))
    if isinstance(held, models.BooleanField):
        return forms.BooleanField(**{**more, "required": False})
    more.setdefault("required", not held.blank)
    if isinstance(held, models.DateField):
        return DateField(**more)
    if isinstance(held, models.DecimalField | models.IntegerField):
        return NumberField(whole=isinstance(held, models.IntegerField), **more)
    if held.choices:
        return forms.ChoiceField(choices=[("", "—"), *held.choices], **more)
    if (held.max_length or 0) > 200:
        more.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
    return forms.CharField(max_length=held.max_length, **more)


class RecordForm(UserForm):
    """A form that fills one draft. Its fields carry the names of the draft's; `groups` orders them on the page.

    A correction asks in addition why (`why`).
    """

    draft_class: ClassVar[type]
    groups: ClassVar[Groups] = ()

    def __init__(self, *args: Any, correcting: Any = None, **kwargs: Any) -> None:
        self.correcting = correcting
        if correcting is not None:
            kwargs["initial"] = {**self.initial_of(correcting), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if correcting is not None:
            self.fields["why"] = forms.CharField(
                label=_("Vì sao đính chính"),
                max_length=300,
                help_text=_("Bản ghi cũ được giữ lại, gạch bỏ, kèm lý do này."),
            )

    def initial_of(self, record: Any) -> dict[str, Any]:
        """What the form shows of a record that is being corrected."""
        shown = {}
        for f in fields(self.draft_class):
            value = getattr(record, f.name, None)
            shown[f.name] = None if value == FOREVER else value
        return shown

    def draft(self) -> Any:
        """The draft as entered. Fields left empty take the draft's own default; call after `is_valid`."""
        values: dict[str, Any] = {}
        for f in fields(self.draft_class):
            value = self.cleaned_data.get(f.name)
            has_default = f.default is not MISSING
            if value is None and has_default:
                continue
            values[f.name] = value
        return self.draft_class(**{**values, **self.derived(values)})

    def derived(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What of the draft follows from the rest and is not asked."""
        return {}

    def ordered(self) -> Groups:
        """The groups of the page."""
        return self.groups

    def grouped(self) -> list[tuple[Any, list[Any]]]:
        """The bound fields by group, for the template; what no group names comes last."""
        groups = self.ordered()
        named = [(title, [self[n] for n in names if n in self.fields]) for title, names in groups]
        used = {n for _title, names in groups for n in names}
        rest = [self[n] for n in self.fields if n not in used and n != "why"]
        named += [("", rest)] if rest else []
        named += [(_("Đính chính"), [self["why"]])] if "why" in self.fields else []
        return [(title, bound) for title, bound in named if bound]


def shown_value(record: Any, name: str) -> Any:
    """A record's column as the page writes it."""
    written = getattr(record, f"get_{name}_display", None)
    if written is not None:
        return written()
    value = getattr(record, name, None)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, Decimal | int):
        return format_number(value)
    return "" if value == FOREVER else format_date(value) if hasattr(value, "toordinal") else value
