"""Forms of what happens to organisations: decisions, posts, terms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongket.core.codelists import POST, SECTOR
from tongket.members.models import Member, PostHolding
from tongket.members.pages.fields import MemberField, offer_members
from tongket.organisations.models import CommitteeTerm, Organisation, OrganisationAct
from tongket.rules.organisations import all_kinds
from tongket.ui.forms import DateField, OrganisationField
from tongket.ui.records.fields import DECISION, GroupedForm, Groups, column

WRITE = "organisation.write"
SECTORS = [("", "—"), *SECTOR.choices]


def kind_choices() -> list[tuple[str, str]]:
    """Kinds of organisation for a select; whether one may exist on the day is judged by the rules."""
    return [("", "—"), *((k.code, k.name_vi) for k in all_kinds())]


class DecisionForm(GroupedForm):
    """A decision about organisations with the day from which it holds."""

    on = column(OrganisationAct, "on")
    decision_number = column(OrganisationAct, "decision_number")
    decision_date = column(OrganisationAct, "decision_date")
    decision_body = column(OrganisationAct, "decision_body")
    note = column(OrganisationAct, "note")
    groups: Groups = ((_("Quyết định"), ("on", *DECISION, "note")),)

    def decision(self) -> dict[str, Any]:
        """The paper and the note, as the acts take them."""
        return {name: self.cleaned_data[name] for name in (*DECISION, "note")}


class FoundForm(DecisionForm):
    """A new organisation."""

    parent = OrganisationField(verb=WRITE, label=_("Trực thuộc"))
    code = column(Organisation, "code")
    name = column(Organisation, "name")
    kind = forms.ChoiceField(label=_("Loại hình"), choices=kind_choices)
    sector = forms.ChoiceField(label=_("Khối"), choices=SECTORS, required=False)


class RenameForm(DecisionForm):
    """Another name, kind or sector from a day on."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    name = column(Organisation, "name")
    kind = forms.ChoiceField(label=_("Loại hình"), choices=kind_choices)
    sector = forms.ChoiceField(label=_("Khối"), choices=SECTORS, required=False)


class MoveForm(DecisionForm):
    """Another parent from a day on."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    to = OrganisationField(verb=WRITE, label=_("Chuyển về trực thuộc"))


class MergeForm(DecisionForm):
    """Merger into an organisation that exists, or into a new one founded by the same decision."""

    others = ("other_1", "other_2", "other_3")
    other_1 = OrganisationField(verb=WRITE, label=_("Cùng với"), required=False)
    other_2 = OrganisationField(verb=WRITE, label=_("Cùng với"), required=False)
    other_3 = OrganisationField(verb=WRITE, label=_("Cùng với"), required=False)
    into = OrganisationField(
        verb=WRITE,
        label=_("Vào tổ chức đã có"),
        required=False,
        help_text=_("Hoặc để trống và ghi tổ chức mới bên dưới."),
    )
    code = column(Organisation, "code", required=False)
    name = column(Organisation, "name", required=False)
    groups = ((_("Thành lập mới khi sáp nhập"), ("code", "name")), *DecisionForm.groups)

    def clean(self) -> dict[str, Any]:
        """Exactly one target: an organisation that exists, or code and name of a new one."""
        data = super().clean() or self.cleaned_data
        new = bool(data.get("code") or data.get("name"))
        if "into" not in self.errors and bool(data.get("into")) == new:
            self.add_error(
                "into", _("Chọn một tổ chức đã có, hoặc ghi mã và tên tổ chức mới (chỉ một trong hai).")
            )
        elif new and not (data.get("code") and data.get("name")):
            self.add_error("code" if not data.get("code") else "name", _("Tổ chức mới cần cả mã và tên."))
        return data


class SplitForm(DecisionForm):
    """A split into two new organisations; everybody and everything is assigned to one of them."""

    code_1 = column(Organisation, "code", label=_("Mã tổ chức thứ nhất"))
    name_1 = column(Organisation, "name", label=_("Tên tổ chức thứ nhất"))
    code_2 = column(Organisation, "code", label=_("Mã tổ chức thứ hai"))
    name_2 = column(Organisation, "name", label=_("Tên tổ chức thứ hai"))

    def __init__(self, *args: Any, children: list[Organisation], people: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.children = {f"child_{child.pk}": child for child in children}
        self.people = {f"member_{member.pk}": member for member in people}
        for name, one in {**self.children, **self.people}.items():
            self.fields[name] = forms.ChoiceField(
                label=str(one), choices=[("", "—"), ("1", _("thứ nhất")), ("2", _("thứ hai"))]
            )
        self.groups = (
            (_("Tổ chức mới thứ nhất"), ("code_1", "name_1")),
            (_("Tổ chức mới thứ hai"), ("code_2", "name_2")),
            *DecisionForm.groups,
            (_("Tổ chức trực thuộc về đâu"), tuple(self.children)),
            (_("Đảng viên về đâu"), tuple(self.people)),
        )

    def shared(self, which: dict[str, Any]) -> dict[str, str]:
        """Code of each child or member → code of the new organisation that it goes to."""
        return {one.code: self.cleaned_data[f"code_{self.cleaned_data[name]}"] for name, one in which.items()}


class DissolveForm(DecisionForm):
    """The end of an organisation; its people and cells go to another."""

    members_to = OrganisationField(
        verb=WRITE, label=_("Nơi tiếp nhận đảng viên và tổ chức trực thuộc"), required=False
    )


class TermForm(GroupedForm):
    """A committee's term."""

    name = column(CommitteeTerm, "name", help_text=_("Ví dụ: Khóa XXV, nhiệm kỳ 2020–2025."))
    valid_from = column(CommitteeTerm, "valid_from")
    valid_to = column(CommitteeTerm, "valid_to", required=False)
    decision_number = column(CommitteeTerm, "decision_number")
    decision_date = column(CommitteeTerm, "decision_date")
    decision_body = column(CommitteeTerm, "decision_body")
    groups = ((_("Quyết định chuẩn y"), DECISION),)


class TermChoice(forms.ModelChoiceField):
    """One of the organisation's terms."""

    def label_from_instance(self, term: Any) -> str:
        """The term's name."""
        return str(term.name)


class PostForm(GroupedForm):
    """A member takes a post in the organisation's committee."""

    member = MemberField(verb="member.read")
    post = forms.ChoiceField(label=_("Chức vụ"), choices=[("", "—"), *POST.choices])
    title = column(PostHolding, "title", help_text=_("Chỉ ghi khi khác tên chức vụ."))
    term = TermChoice(CommitteeTerm.objects.none(), label=_("Khóa"), required=False)
    valid_from = column(PostHolding, "valid_from")
    valid_to = column(PostHolding, "valid_to", required=False)
    decision_number = column(PostHolding, "decision_number")
    decision_date = column(PostHolding, "decision_date")
    decision_body = column(PostHolding, "decision_body")
    groups = ((_("Quyết định"), DECISION),)

    def __init__(self, *args: Any, terms: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = terms  # type: ignore[attr-defined]
        offer_members(self)


class EndPostForm(GroupedForm):
    """The holder leaves the post."""

    on = DateField(label=_("Thôi giữ từ ngày"))
    reason = forms.CharField(label=_("Lý do"), max_length=300, required=False)
