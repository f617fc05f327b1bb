"""Forms of targets."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongket.core.dates import FOREVER
from tongket.indicators.catalogue import DOMAINS, of_domain
from tongket.targets.drafts import TargetDraft
from tongket.targets.models import Target
from tongket.ui.forms import DateField, OrganisationField, UserForm
from tongket.ui.records.fields import DECISION, NumberField, PeriodField, RecordForm, column

#: What the names of the boxes for parts begin with; the rest is the organisation's key.
SHARE = "share_"
PAPER = ("valid_from", *DECISION)


def indicator_choices() -> list[Any]:
    """The declared figures by domain, for a select."""
    grouped = [(d.vi, [(entry.id, entry.vi) for entry in of_domain(d.code)]) for d in DOMAINS]
    return [("", "—"), *((name, entries) for name, entries in grouped if entries)]


class TargetForm(RecordForm):
    """A target assigned from above or set by an own resolution."""

    draft_class = TargetDraft
    organisation = OrganisationField(verb="target.write", label=_("Tổ chức nhận chỉ tiêu"))
    indicator = forms.ChoiceField(label=_("Chỉ số"), choices=indicator_choices)
    period = PeriodField()
    value = column(Target, "value")
    valid_from = column(Target, "valid_from")
    giver = column(Target, "giver")
    giver_name = column(Target, "giver_name")
    note = column(Target, "note")
    decision_number = column(Target, "decision_number")
    decision_date = column(Target, "decision_date")
    decision_body = column(Target, "decision_body")
    groups = (
        (_("Chỉ tiêu"), ("organisation", "indicator", "period", "value", "valid_from")),
        (_("Bên giao"), ("giver", "giver_name")),
        (_("Quyết định giao"), DECISION),
        (_("Ghi chú"), ("note",)),
    )

    def derived(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """A correction keeps the day on which a later decision ended the target."""
        return {"valid_to": self.correcting.valid_to if self.correcting is not None else FOREVER}


class ChangeForm(UserForm):
    """A later decision sets another value from a day on."""

    value = NumberField(label=_("Mức giao mới"))
    on = DateField(label=_("Có hiệu lực từ ngày"))
    decision_number = column(Target, "decision_number")
    decision_date = column(Target, "decision_date")
    decision_body = column(Target, "decision_body")
    note = column(Target, "note")

    def grouped(self) -> list[tuple[Any, list[Any]]]:
        """For the template of grouped fields."""
        return [
            (_("Điều chỉnh"), [self["value"], self["on"]]),
            (_("Quyết định điều chỉnh"), [self[name] for name in DECISION]),
            (_("Ghi chú"), [self["note"]]),
        ]


class ShareForm(UserForm):
    """One value for each organisation directly below, all by one decision; blank: nothing assigned."""

    valid_from = DateField(label=_("Có hiệu lực từ ngày"))
    decision_number = column(Target, "decision_number")
    decision_date = column(Target, "decision_date")
    decision_body = column(Target, "decision_body")

    def __init__(self, *args: Any, open_shares: Any, closed: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.closed = closed
        self.open_shares = {f"{SHARE}{child.pk}": child for child in open_shares}
        for name, child in self.open_shares.items():
            field = NumberField(label=child.name, required=False)
            field.widget.attrs |= {
                "class": "form-control form-control-sm num",
                "aria-label": child.name,
                "data-share-value": child.code,
            }
            self.fields[name] = field

    def paper(self) -> list[Any]:
        """The bound fields of the decision."""
        return [self[name] for name in PAPER]

    def clean(self) -> dict[str, Any]:
        """A row sent twice, or one that someone else was faster to fill, is named and never dropped silently."""
        for name in self.open_shares:
            if len(self._written(name)) > 1:
                self.add_error(name, _("Đơn vị này được ghi hai lần. Hãy giữ một mức giao."))
        faster = [
            child.name
            for child in self.closed
            if any(text.strip() for text in self._written(f"{SHARE}{child.pk}"))
        ]
        if faster:
            said = _("Vừa được giao: %(names)s. Xem lại bảng: chưa ghi gì cả.")
            self.add_error(None, said % {"names": ", ".join(faster)})
        return self.cleaned_data

    def _written(self, name: str) -> list[str]:
        if hasattr(self.data, "getlist"):
            return list(self.data.getlist(name))
        return [self.data[name]] if name in self.data else []

    def shares(self) -> list[tuple[str, Any, Any]]:
        """(field, organisation, value) of those given a value."""
        given = ((name, child, self.cleaned_data.get(name)) for name, child in self.open_shares.items())
        return [(name, child, value) for name, child, value in given if value is not None]
