"""Forms of bulletins: the note, and the answer given to it."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tongket.bulletins.drafts import BulletinDraft
from tongket.bulletins.models import Bulletin
from tongket.core.dates import BadDate, parse_date
from tongket.ui.forms import OrganisationField, UserForm
from tongket.ui.records.fields import RecordForm, column

_MONTH = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{4})")
_LONG = {"widget": forms.Textarea(attrs={"rows": 6})}
NOBODY = _("Viết chung theo nội dung; không ghi tên ai, số nhà, số điện thoại, lời riêng của một người.")


class MonthField(forms.Field):
    """A month written 06/2023; gives its first day."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "06/2023", "autocomplete": "off"})

    def to_python(self, value: Any) -> date | None:
        """The first day of the month, or None when left empty."""
        if value is None or isinstance(value, date):
            return value
        text = str(value).strip()
        if not text:
            return None
        match = _MONTH.fullmatch(text)
        try:
            return parse_date(f"1/{match[1]}/{match[2]}") if match else parse_date(text).replace(day=1)
        except BadDate:
            raise ValidationError(
                _("“%(text)s” không phải là tháng. Hãy viết tháng/năm, ví dụ 06/2023.") % {"text": text[:20]}
            ) from None

    def prepare_value(self, value: Any) -> Any:
        """A month as it is written."""
        return f"{value:%m/%Y}" if isinstance(value, date) else value


class BulletinForm(RecordForm):
    """What occupies people, by topic, and what was answered; nobody is named."""

    draft_class = BulletinDraft
    organisation = OrganisationField(verb="bulletin.write", label=_("Tổ chức"))
    month = MonthField(label=_("Tháng"))
    topic = column(Bulletin, "topic")
    text = column(Bulletin, "text", help_text=NOBODY, **_LONG)
    answer = column(Bulletin, "answer", help_text=_("Để trống khi chưa trả lời."), **_LONG)
    answered_on = column(Bulletin, "answered_on")
    answering_body = column(Bulletin, "answering_body", help_text=_("Ghi tên cơ quan, ví dụ: UBND huyện."))
    groups = (
        (_("Nội dung nổi lên"), ("organisation", "month", "topic", "text")),
        (_("Trả lời, giải quyết"), ("answer", "answered_on", "answering_body")),
    )


class AnswerForm(UserForm):
    """The answer to an open note."""

    answer = column(Bulletin, "answer", required=True, help_text=NOBODY, **_LONG)
    answered_on = column(Bulletin, "answered_on", required=True)
    answering_body = column(
        Bulletin, "answering_body", required=True, help_text=_("Ghi tên cơ quan, ví dụ: UBND huyện.")
    )

    def grouped(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [(_("Trả lời, giải quyết"), [self[name] for name in self.fields])]
