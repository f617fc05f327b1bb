"""Forms of titles, campaigns and what is said of one proposal."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongket.core.judging import COMMENDING_KIND
from tongket.honours.commending.drafts import CampaignDraft, TitleDraft
from tongket.honours.commending.kinds import title_words
from tongket.honours.commending.models import CommendationProposal, CommendationRound, CommendationTitle
from tongket.honours.commending.queries import visible_titles
from tongket.ui.forms import DateField, OrganisationField, UserForm
from tongket.ui.records.fields import DECISION, PeriodField, RecordForm, column


class TitleForm(RecordForm):
    """A title of a regulation."""

    draft_class = TitleDraft
    organisation = OrganisationField(verb="honour.write", label=_("Tổ chức ban hành quy định"))
    code = column(CommendationTitle, "code", help_text=_("Ngắn gọn, ví dụ TT-NAM."))
    name = column(CommendationTitle, "name")
    year_from = column(CommendationTitle, "year_from")
    year_to = column(CommendationTitle, "year_to", help_text=_("Để trống khi chưa có năm kết thúc."))
    kind = column(CommendationTitle, "kind")
    recipient_kind = column(CommendationTitle, "recipient_kind")
    form = column(CommendationTitle, "form")
    giver = column(CommendationTitle, "giver")
    gate = column(CommendationTitle, "gate")
    gate_years = column(
        CommendationTitle, "gate_years", required=False, help_text=_("Khi xét nhiều năm liên tục, ví dụ 5.")
    )
    no_discipline = column(CommendationTitle, "no_discipline")
    cap_number = column(CommendationTitle, "cap_number")
    cap_share = column(CommendationTitle, "cap_share")
    cap_base = column(CommendationTitle, "cap_base")
    bonus = column(
        CommendationTitle, "bonus", help_text=_("Ví dụ 0,6. Chưa rõ mức thì để trống, không ghi số 0.")
    )
    fund = column(CommendationTitle, "fund")
    criteria = column(CommendationTitle, "criteria")
    decision_number = column(CommendationTitle, "decision_number", label=_("Số quy định"))
    decision_date = column(CommendationTitle, "decision_date", label=_("Ngày quy định"))
    decision_body = column(CommendationTitle, "decision_body")
    groups = (
        (
            _("Danh hiệu"),
            (
                "organisation",
                "code",
                "name",
                "year_from",
                "year_to",
                "kind",
                "recipient_kind",
                "form",
                "giver",
            ),
        ),
        (_("Điều kiện"), ("gate", "gate_years", "no_discipline", "criteria")),
        (_("Số lượng, tiền thưởng"), ("cap_number", "cap_share", "cap_base", "bonus", "fund")),
        (_("Quy định"), DECISION),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].cell = "whole"  # type: ignore[attr-defined]
        # A year is no quantity: it is written 2024, not 2.024.
        for name in ("year_from", "year_to"):
            held = self.fields[name]
            self.fields[name] = forms.IntegerField(
                label=held.label,
                required=held.required,
                help_text=held.help_text,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                localize=False,
            )


class CampaignForm(RecordForm):
    """A campaign."""

    draft_class = CampaignDraft
    organisation = OrganisationField(verb="honour.write", label=_("Tổ chức mở đợt"))
    name = column(CommendationRound, "name")
    period = PeriodField(label=_("Kỳ thành tích"))
    opened_on = column(CommendationRound, "opened_on")
    propose_by = column(CommendationRound, "propose_by")
    council_by = column(CommendationRound, "council_by")
    decide_by = column(CommendationRound, "decide_by")
    titles = forms.MultipleChoiceField(label=_("Danh hiệu của đợt"), widget=forms.CheckboxSelectMultiple)
    note = column(CommendationRound, "note")
    groups = (
        (_("Đợt khen thưởng"), ("organisation", "name", "period")),
        (_("Danh hiệu"), ("titles",)),
        (_("Thời hạn"), ("opened_on", "propose_by", "council_by", "decide_by")),
        ("", ("note",)),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["titles"].cell = "whole"  # type: ignore[attr-defined]
        found = visible_titles(self.user).order_by("-year_from", "organisation_id", "recipient_kind", "code")
        # What every campaign of the year has comes first: the yearly titles before those of five years.
        rows = sorted(found, key=lambda row: (-row.year_from, COMMENDING_KIND.values.index(row.kind)))
        self.fields["titles"].choices = [  # type: ignore[attr-defined]
            (str(one.identity), f"{one.name} · {title_words(one)} ({years_of(one)})") for one in rows[:200]
        ]

    def derived(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The chosen titles in the order of the list."""
        return {"titles": tuple(self.cleaned_data.get("titles") or ())}


def years_of(title: CommendationTitle) -> str:
    """The years of a title: "2023", "2023–2025", "từ 2023"."""
    if title.year_to is None:
        return f"từ {title.year_from}"
    return str(title.year_from) if title.year_to == title.year_from else f"{title.year_from}–{title.year_to}"


class WordsForm(UserForm):
    """What is printed for one proposal, corrected before the decision."""

    address = column(CommendationProposal, "address")
    achievement = column(CommendationProposal, "achievement")
    why = forms.CharField(label=_("Vì sao sửa"), max_length=300)


class NumberForm(UserForm):
    """One number corrected."""

    number = forms.IntegerField(label=_("Số vào sổ đúng"), min_value=1)
    issued_on = DateField(label=_("Ngày vào sổ"))
    why = forms.CharField(label=_("Vì sao đính chính"), max_length=300)


class WhyForm(UserForm):
    """Why a check is set aside."""

    reason = forms.CharField(
        label=_("Lý do"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Lý do được nêu trong danh sách các kiểm tra đã bỏ qua của đợt, kèm tên bạn."),
    )
