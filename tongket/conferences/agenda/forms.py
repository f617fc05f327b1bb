"""The form of an item of the agenda."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongket.conferences.agenda.tree import agenda_of
from tongket.conferences.forms import PlainForm
from tongket.conferences.models import AgendaItem, Conference
from tongket.ui.records.fields import NumberField, column


class ItemForm(PlainForm):
    """One item of the agenda; `parent` is asked only for a new one, later it is moved by the arrows."""

    title = column(AgendaItem, "title", widget=forms.TextInput())
    presenter = column(AgendaItem, "presenter")
    minutes = NumberField(whole=True, label=_("Số phút"), required=False)
    parent = forms.ChoiceField(label=_("Thuộc mục"), required=False)

    def __init__(self, *args: Any, conference: Conference, new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not new:
            del self.fields["parent"]
            return
        above = [
            (str(e.item.identity), f"{e.number}. {e.item.title}"[:80])
            for e in agenda_of(conference)
            if e.level < 2
        ]
        self.fields["parent"].choices = [("", _("(cấp cao nhất)")), *above]  # type: ignore[attr-defined]
