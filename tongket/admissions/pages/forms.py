"""Forms of candidates and probations."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.admissions.drafts import CandidateDraft
from tongket.admissions.models import Candidate, CandidateMentor, CandidateStep
from tongket.members.pages.fields import MemberField
from tongket.members.queries import visible_to as visible_members
from tongket.ui.forms import DateField, OrganisationField, UserForm, speak
from tongket.ui.records.fields import Groups, NumberField, RecordForm, column

NOTE_HELP = gettext_lazy("Không ghi ý kiến, lời nói hay lá phiếu của một người.")
_PAPER = "decision_number"


class CandidateForm(RecordForm):
    """A person whom a cell nominates: only what the steps need."""

    draft_class = CandidateDraft
    organisation = OrganisationField(verb="admission.write", label=gettext_lazy("Chi bộ giới thiệu"))
    full_name = column(Candidate, "full_name")
    birth_date = column(Candidate, "birth_date")
    gender = column(Candidate, "gender")
    occupation = column(Candidate, "occupation")
    youth_union = column(Candidate, "youth_union")
    nominated_on = column(Candidate, "nominated_on")
    source_year = column(Candidate, "source_year")

    groups: ClassVar[Groups] = (
        (
            gettext_lazy("Quần chúng ưu tú"),
            ("full_name", "birth_date", "gender", "occupation", "youth_union"),
        ),
        (gettext_lazy("Chi bộ giới thiệu"), ("organisation", "nominated_on", "source_year")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A year is written without the dot of thousands.
        self.fields["source_year"] = forms.IntegerField(
            label=_("Năm đưa vào nguồn"), min_value=1930, max_value=2100
        )
        if self.correcting is not None:
            self.initial["source_year"] = self.correcting.source_year


class MentorForm(UserForm):
    """Who introduces and helps."""

    member = MemberField(
        verb="member.read", label=gettext_lazy("Đảng viên chính thức giới thiệu, giúp đỡ"), required=False
    )
    body = column(
        CandidateMentor,
        "body",
        help_text=gettext_lazy("Chỉ ghi khi tổ chức giới thiệu, ví dụ Ban Chấp hành Đoàn xã."),
    )
    assigned_on = column(CandidateMentor, "assigned_on")
    together_since = column(CandidateMentor, "together_since")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = visible_members(self.user)  # type: ignore[attr-defined]

    def grouped(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [("", [self[name] for name in self.fields])]


class PapersForm(UserForm):
    """Papers of the file that came in on a day."""

    on = DateField(label=gettext_lazy("Ngày nhận"))
    papers = forms.MultipleChoiceField(
        label=gettext_lazy("Giấy tờ"), widget=forms.CheckboxSelectMultiple(), choices=()
    )

    def __init__(self, *args: Any, missing: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].choices = list(missing.items())  # type: ignore[attr-defined]

    def grouped(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [("", [self[name] for name in self.fields])]


#: Which fields a step asks for besides its day and a note.
VOTES = ("present", "agree", "disagree", "exempt_present")
FIELDS: dict[str, tuple[str, ...]] = {
    "class": (_PAPER, "decision_body"),
    "file": (),
    "resolution": (*VOTES, _PAPER),
    "reported_up": (_PAPER,),
    "committee": (_PAPER,),
    "forwarded": (_PAPER,),
    "appraised": (_PAPER,),
    "extended": ("days", _PAPER),
    "decision": (_PAPER, "decision_body"),
    "received": (),
    "consent": (_PAPER, "decision_body"),
    "ceremony": (),
    "closed": ("reason",),
    "helper": ("helper",),
    "removal": (_PAPER,),
}
_DAYS = {
    "class": gettext_lazy("Ngày cấp giấy chứng nhận"),
    "resolution": gettext_lazy("Ngày họp chi bộ"),
    "decision": gettext_lazy("Ngày ký quyết định"),
    "received": gettext_lazy("Ngày chi bộ nhận quyết định"),
    "ceremony": gettext_lazy("Ngày tổ chức lễ kết nạp"),
    "helper": gettext_lazy("Ngày phân công"),
}
_NUMBERS = {
    "class": gettext_lazy("Số giấy chứng nhận"),
    "resolution": gettext_lazy("Số nghị quyết"),
    "decision": gettext_lazy("Số quyết định"),
}
_BODIES = {"class": gettext_lazy("Nơi cấp"), "consent": gettext_lazy("Cơ quan đồng ý")}


class StepForm(UserForm):
    """What a step of one kind asks for; `voters` says in words who is the base of a vote."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        asked = FIELDS[kind]
        self.fields["on"] = DateField(label=_DAYS.get(kind, _("Ngày")))
        for name in asked:
            self.fields[name] = self._field(name)
        self.fields["note"] = column(CandidateStep, "note", help_text=NOTE_HELP)
        speak(self)

    def _field(self, name: str) -> Any:
        if name == "helper":
            field = MemberField(verb="member.read", label=_("Đảng viên chính thức giúp đỡ"))
            field.queryset = visible_members(self.user)
            return field
        if name == "exempt_present":
            return NumberField(
                whole=True,
                required=False,
                label=_("Trong đó được miễn sinh hoạt"),
                help_text=_("Đảng viên được miễn chỉ tính vào số gốc khi có mặt."),
            )
        labels = {_PAPER: _NUMBERS.get(self.kind, _("Số văn bản")), "decision_body": _BODIES.get(self.kind)}
        more: dict[str, Any] = {"label": labels[name]} if labels.get(name) else {}
        if name in (*VOTES, "days", "reason") or (self.kind == "decision"):
            more["required"] = True
        if name == "days":
            more["help_text"] = _("Gia hạn một lần; số ngày làm việc theo quy định.")
        return column(CandidateStep, name, **more)

    def said(self) -> dict[str, Any]:
        """What was entered, as the fields of a draft."""
        values = {name: self.cleaned_data.get(name) for name in self.fields}
        if "exempt_present" in values:
            values["exempt_present"] = values["exempt_present"] or 0
        return values

    def grouped(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        votes = [self[name] for name in VOTES if name in self.fields]
        rest = [self[name] for name in self.fields if name not in VOTES]
        return [("", rest), (_("Kết quả biểu quyết"), votes)] if votes else [("", rest)]
