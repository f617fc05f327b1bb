"""The form of a vote."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.conferences.agenda.tree import Entry
from tongket.conferences.hall.forms import ClockField, item_choices
from tongket.core.worklists import MAJORITY
from tongket.ui.forms import UserForm


class VoteForm(UserForm):
    """The counts of one vote."""

    question = forms.CharField(
        label=gettext_lazy("Nội dung biểu quyết"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    item = forms.ChoiceField(label=gettext_lazy("Thuộc nội dung"), required=False)
    majority = forms.ChoiceField(label=gettext_lazy("Cách tính"), choices=MAJORITY.choices)
    secret = forms.BooleanField(label=gettext_lazy("Bỏ phiếu kín"), required=False)
    present = forms.IntegerField(
        label=gettext_lazy("Số người có quyền biểu quyết có mặt"), min_value=0, max_value=100_000
    )
    agree = forms.IntegerField(label=gettext_lazy("Tán thành"), min_value=0, max_value=100_000)
    disagree = forms.IntegerField(
        label=gettext_lazy("Không tán thành"), min_value=0, max_value=100_000, initial=0
    )
    abstain = forms.IntegerField(
        label=gettext_lazy("Không có ý kiến"), min_value=0, max_value=100_000, initial=0
    )
    at = ClockField(label=gettext_lazy("Giờ biểu quyết (để trống: bây giờ)"))

    def __init__(self, *args: Any, agenda: Sequence[Entry] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = item_choices(agenda)  # type: ignore[attr-defined]

    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [
            (_("Biểu quyết"), [self[name] for name in ("question", "item", "majority", "secret", "at")]),
            (_("Kết quả đếm"), [self[name] for name in ("present", "agree", "disagree", "abstain")]),
        ]
