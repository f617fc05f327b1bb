"""Forms: why two entries are two persons, how two entries become one, which two to compare."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.matching.merging.acts import MergeDraft
from tongket.matching.merging.since import GONE, KEPT, Entered
from tongket.matching.models import LIFE, PersonMerge
from tongket.members.models import Member
from tongket.ui.forms import UserForm
from tongket.ui.templatetags.ui import moment


class WhyForm(UserForm):
    """A decision with its reason."""

    reason = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Ví dụ: đã đối chiếu lý lịch gốc ngày nào, hỏi chi bộ nào."),
    )

    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [("", [self["reason"]])]


class CompareForm(UserForm):
    """Any two entries, by their codes."""

    mot = forms.CharField(label=gettext_lazy("Mã đảng viên thứ nhất"), max_length=20)
    hai = forms.CharField(label=gettext_lazy("Mã đảng viên thứ hai"), max_length=20)


class PartForm(WhyForm):
    """Why two entries are two persons after all, and whose each record is that was entered since they were one."""

    def __init__(self, *args: Any, merge: PersonMerge, since: Sequence[Entered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(KEPT, _("của %(who)s") % {"who": _who(merge.kept)})]
        choices.append((GONE, _("của %(who)s") % {"who": _who(merge.gone)}))
        self.since = since
        for one in since:
            self.fields[one.key] = forms.ChoiceField(
                label=one.said[:1].upper() + one.said[1:],
                choices=choices,
                widget=forms.RadioSelect,
                help_text=_("Ghi lúc %(when)s.") % {"when": moment(one.at)},
            )

    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        """What was entered since, then the ground."""
        asked = [(_("Ghi sau khi gộp: của người nào"), [self[one.key] for one in self.since])]
        return [*(asked if self.since else []), (_("Căn cứ"), [self["reason"]])]

    def owners(self) -> dict[str, str]:
        """What the act is told of each record."""
        return {one.key: self.cleaned_data[one.key] for one in self.since}


def _who(member: Member) -> str:
    return f"{member.full_name} ({member.code})"


class MergeForm(WhyForm):
    """How the entry `gone` becomes part of `kept`. The row versions are those the page was opened with."""

    life = forms.ChoiceField(
        label=gettext_lazy("Quá trình sinh hoạt"), choices=LIFE.choices, widget=forms.RadioSelect
    )
    from_gone = forms.MultipleChoiceField(
        label=gettext_lazy("Lấy theo hồ sơ gộp vào"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Mục không đánh dấu thì giữ theo hồ sơ giữ lại."),
    )
    versions = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        kept: Member,
        gone: Member,
        differing: Sequence[tuple[str, str]],
        filled: Sequence[str],
        possible: Sequence[str],
        **kwargs: Any,
    ) -> None:
        self.kept, self.gone = kept, gone
        start = {
            "from_gone": list(filled),
            "life": possible[0] if possible else "",
            "versions": f"{kept.row_version}-{gone.row_version}",
        }
        super().__init__(*args, initial=start, **kwargs)
        chosen: Any = self.fields["from_gone"]
        chosen.choices = list(differing)
        if not differing:
            del self.fields["from_gone"]

    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields in the order in which they are decided."""
        groups = [(_("Quá trình"), [self["life"]])]
        if "from_gone" in self.fields:
            groups.append((_("Thông tin khác nhau"), [self["from_gone"]]))
        return [*groups, (_("Căn cứ"), [self["reason"]])]

    def draft(self) -> MergeDraft:
        """What the act is given."""
        said = self.cleaned_data
        taken = tuple(said.get("from_gone", ()))
        return MergeDraft(self.kept, self.gone, said["life"], taken, said["reason"])

    def opened_with(self) -> tuple[int, int] | None:
        """The row versions that the page was opened with; something unreadable conflicts with every version."""
        kept, _dash, gone = str(self.cleaned_data["versions"]).partition("-")
        return (int(kept), int(gone)) if kept.isdecimal() and gone.isdecimal() else (0, 0)
