"""Forms of a round of badges: the decision on proposals, the ceremony."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tongket.ui.forms import DateField, UserForm


class DecisionForm(UserForm):
    """Number, day and body of the decision; who is refused is said in the list below."""

    number = forms.CharField(
        label=_("Số quyết định"), max_length=40, help_text=_("Như trên văn bản, ví dụ 215-QĐ/TU.")
    )
    date = DateField(label=_("Ngày quyết định"))
    body = forms.CharField(label=_("Cơ quan quyết định"), max_length=200)


class CeremonyForm(UserForm):
    """When and where the badges were given."""

    on = DateField(label=_("Ngày trao"))
    place = forms.CharField(
        label=_("Nơi trao"),
        max_length=200,
        required=False,
        help_text=_("Ví dụ: Hội trường Ủy ban nhân dân xã, hoặc tại nhà."),
    )
