"""Forms of the hall: what goes on, and the fields that votes and conclusions share with it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from tongket.conferences.agenda.tree import Entry
from tongket.ui.forms import UserForm


class ClockField(forms.TimeField):
    """A time of day as offices write it: 14:30, 14h30, 14.30."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Giờ"))
        kwargs.setdefault("required", False)
        kwargs.setdefault(
            "error_messages", {"invalid": gettext_lazy("Không phải là giờ. Hãy viết giờ:phút, ví dụ 14:30.")}
        )
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={"placeholder": gettext_lazy("bây giờ"), "autocomplete": "off", "class": "form-control"}
            ),
        )
        super().__init__(input_formats=["%H:%M", "%Hh%M", "%H.%M", "%Hh", "%H giờ %M"], **kwargs)


class FloorForm(UserForm):
    """One thing that goes on in the hall; which fields count follows from `deed`."""

    deed = forms.CharField(max_length=60)
    item = forms.UUIDField(required=False)
    waiting = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    speaker = forms.CharField(required=False, max_length=200, label=gettext_lazy("Người phát biểu"))
    topic = forms.CharField(required=False, max_length=200, label=gettext_lazy("Chủ đề"))
    reason = forms.CharField(required=False, max_length=300, label=gettext_lazy("Lý do"))
    at = ClockField()

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        if data is not None and ":" in data.get("deed", ""):
            # A button says in one value what it does and to which row: "item_start:<item>", "withdraw:<row>".
            data = data.copy()
            deed, _mark, key = data["deed"].partition(":")
            data["deed"] = deed
            data["item" if deed == "item_start" else "waiting"] = key
        super().__init__(data, **kwargs)


def item_choices(agenda: Sequence[Entry]) -> list[tuple[str, str]]:
    """The items of an agenda, to choose one or none."""
    return [("", "—"), *((str(row.item.identity), f"{row.number}. {row.item.title[:90]}") for row in agenda)]
