"""Forms of events, twinnings, programmes and what follows."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tongket.core.dates import BadDate, parse_date
from tongket.events.drafts import EventDraft, Line, TwinningDraft
from tongket.events.models import Event, FollowUp, ProgrammeItem, Twinning
from tongket.events.queries import visible_twinnings
from tongket.obligations.models import Demand
from tongket.organisations.models import Organisation
from tongket.ui.forms import DateField, OrganisationField, UserForm
from tongket.ui.records.fields import RecordForm, column

Since = tuple[int, date | None]


class SinceField(forms.Field):
    """A day, or only a year: 12/05/1968 or 1968. Gives (year, day or None)."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "1968", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Ghi ngày/tháng/năm; chỉ biết năm thì ghi năm, ví dụ 1968."))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Since | None:
        """Year and day, or None when left empty."""
        text = str(value or "").strip()
        if not text:
            return None
        if re.fullmatch(r"\d{4}", text):
            return int(text), None
        try:
            day = parse_date(text)
        except BadDate as error:
            raise ValidationError(str(error), code="invalid") from None
        return day.year, day

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is written."""
        return str(initial or "").strip() != str(data or "").strip()


class TwinningForm(RecordForm):
    """A twinning with another district, commune or unit."""

    draft_class = TwinningDraft
    organisation = OrganisationField(verb="event.write", label=_("Tổ chức"))
    name = column(Twinning, "name", help_text=_("Ví dụ: Kết nghĩa Quế Sơn – Thọ Xuân."))
    partner = column(Twinning, "partner", help_text=_("Ví dụ: Huyện Thọ Xuân."))
    place = column(Twinning, "place", help_text=_("Ví dụ: tỉnh Thanh Hóa."))
    since = SinceField(label=_("Kết nghĩa từ"))
    agreement_symbol = column(Twinning, "agreement_symbol")
    agreement_date = column(Twinning, "agreement_date")
    groups = (
        (_("Kết nghĩa"), ("organisation", "name", "partner", "place", "since")),
        (_("Văn bản kết nghĩa"), ("agreement_symbol", "agreement_date")),
    )

    def initial_of(self, record: Any) -> dict[str, Any]:
        """The day or year as one writing."""
        return super().initial_of(record) | {"since": record.since}

    def derived(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Year and day from their one writing."""
        year, day = self.cleaned_data["since"]
        return {"since_year": year, "since_on": day}


class TwinningChoice(forms.ModelChoiceField):
    """One of the twinnings that the user may see, by its identity."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Twinning.objects.none(), to_field_name="identity", **kwargs)

    def label_from_instance(self, twinning: Any) -> str:
        """Name and year."""
        return f"{twinning.name} ({twinning.since})"


class EventForm(RecordForm):
    """A commemoration, twinning activity, visit or gathering."""

    draft_class = EventDraft
    organisation = OrganisationField(verb="event.write", label=_("Tổ chức"))
    kind = column(Event, "kind")
    title = column(Event, "title")
    occasion = column(Event, "occasion", help_text=_("Ví dụ: 55 năm kết nghĩa Quế Sơn – Thọ Xuân."))
    starts_on = column(Event, "starts_on")
    ends_on = column(Event, "ends_on", required=False, help_text=_("Để trống nếu trong một ngày."))
    place = column(Event, "place")
    partners = column(Event, "partners")
    twinning = TwinningChoice(label=_("Thuộc kết nghĩa"), required=False, empty_label=_("— không —"))
    marks = SinceField(label=_("Kỷ niệm sự kiện năm"), required=False)
    groups = (
        (_("Hoạt động"), ("organisation", "kind", "title", "starts_on", "ends_on", "place", "partners")),
        (_("Dịp kỷ niệm"), ("occasion", "marks", "twinning")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["twinning"].queryset = visible_twinnings(self.user)  # type: ignore[attr-defined]

    def initial_of(self, record: Any) -> dict[str, Any]:
        """The day or year as one writing."""
        return super().initial_of(record) | {"marks": record.marks}

    def derived(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """A one-day event ends on its day; year and day of what is marked from their one writing."""
        year, day = self.cleaned_data.get("marks") or (None, None)
        twinning = self.cleaned_data.get("twinning")
        return {
            "ends_on": values["ends_on"] or values["starts_on"],
            "marks_year": year,
            "marks_on": day,
            "twinning": twinning.identity if twinning is not None else None,
        }


class ProgrammeForm(UserForm):
    """The lines of a programme; empty ones are left out."""

    def __init__(self, *args: Any, lines: int, **kwargs: Any) -> None:
        self.lines = lines
        super().__init__(*args, **kwargs)
        for number in range(lines):
            for name in ("time_text", "content", "who"):
                held: Any = ProgrammeItem._meta.get_field(name)
                label = f"{str(held.verbose_name).capitalize()}, dòng {number + 1}"
                widget = forms.TextInput(attrs={"aria-label": label, "class": "form-control"})
                self.fields[f"{name}_{number}"] = forms.CharField(
                    label=label, required=False, max_length=held.max_length, widget=widget
                )

    def rows(self) -> list[list[forms.BoundField]]:
        """The bound fields, line by line."""
        return [[self[f"{name}_{n}"] for name in ("time_text", "content", "who")] for n in range(self.lines)]

    def written(self) -> list[tuple[int, Line]]:
        """The lines that say something, with their place on the page; call after `is_valid`."""
        found = []
        for number in range(self.lines):
            texts = [self.cleaned_data[f"{name}_{number}"] for name in ("time_text", "content", "who")]
            if any(text.strip() for text in texts):
                found.append((number, Line(*texts)))
        return found


class OrganisationBoxes(forms.ModelMultipleChoiceField):
    """Organisations to tick."""

    widget = forms.CheckboxSelectMultiple
    cell = "whole"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Organisation.objects.none(), to_field_name="code", **kwargs)


class AskForm(UserForm):
    """What is asked of organisations because of an event."""

    title = column(Demand, "title")
    text = column(Demand, "text")
    asked_on = column(Demand, "asked_on")
    due_on = column(Demand, "due_on")
    receivers = OrganisationBoxes(label=_("Giao cho"))

    def grouped(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        names = ("title", "text", "asked_on", "due_on")
        return [(_("Việc"), [self[name] for name in names]), (_("Giao cho"), [self["receivers"]])]


class NoteForm(UserForm):
    """A note of what is still to be done, or of what was done."""

    text = column(FollowUp, "text")
    done_on = column(FollowUp, "done_on", help_text=_("Để trống khi chưa xong."))

    def grouped(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [("", [self[name] for name in self.fields])]


class DoneForm(UserForm):
    """The day on which a follow-up was done."""

    done_on = DateField(label=_("Ngày xong"))

    def grouped(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [("", [self["done_on"]])]


class DemandChoice(forms.ModelChoiceField):
    """One demand handed out on another ground."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Demand.objects.none(), **kwargs)


class LinkForm(UserForm):
    """A demand already handed out that carries an event's results further."""

    demand = DemandChoice(label=_("Việc đã giao"))

    def grouped(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [("", [self["demand"]])]
