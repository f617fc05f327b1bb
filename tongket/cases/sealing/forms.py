"""Forms of sealing and of naming readers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongket.cases.pages.forms import PlainForm


class SealForm(PlainForm):
    """Why a case is sealed, unsealed, or somebody no longer named."""

    reason = forms.CharField(
        label=_("Lý do"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class NameForm(PlainForm):
    """Whom to name: holders of the duty only."""

    user = forms.ModelChoiceField(label=_("Người được xem"), queryset=None, empty_label="—")

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = users  # type: ignore[attr-defined]
