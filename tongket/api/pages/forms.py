"""What the administrator fills in for a program."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tongket.accounts.duties import DUTIES, RIGHTS
from tongket.api.acts import DUTIES_OF_PROGRAMS, LONGEST_DAYS
from tongket.ui.forms import DateField, OrganisationField, UserForm

VERB = "account.write"


_READS_NOBODY = ", ".join(
    DUTIES.label(duty) for duty in DUTIES_OF_PROGRAMS if duty not in RIGHTS["member.read"]
)


def _half_a_year() -> Any:
    return timezone.localdate() + timedelta(days=LONGEST_DAYS // 2)


class TokenForm(UserForm):
    """Until when a token is good."""

    expires_on = DateField(
        label=_("Mã dùng đến hết ngày"),
        initial=_half_a_year,
        help_text=_("Lâu nhất một năm, rồi cấp mã mới."),
    )


class ClientForm(TokenForm):
    """A program with its scope and duties."""

    name = forms.CharField(label=_("Tên phần mềm"), max_length=120)
    purpose = forms.CharField(
        label=_("Dùng để làm gì, ai phụ trách"),
        max_length=300,
        help_text=_("Để sau này biết còn cần hay không."),
    )
    organisation = OrganisationField(verb=VERB, label=_("Đọc của tổ chức (và cấp dưới)"))
    duties = forms.MultipleChoiceField(
        label=_("Với nhiệm vụ"),
        choices=[choice for choice in DUTIES.choices if choice[0] in DUTIES_OF_PROGRAMS],
        widget=forms.CheckboxSelectMultiple,
        help_text=format_lazy(
            _(
                "Phần mềm đọc được đúng những gì người có nhiệm vụ đó đọc được; không ghi được gì. "
                "Chỉ cần số liệu chung thì chọn nhiệm vụ không đọc hồ sơ đảng viên ({duties})."
            ),
            duties=_READS_NOBODY,
        ),
    )
    field_order = ("name", "purpose", "organisation", "duties", "expires_on")
