"""Forms of a plan and of each kind of step."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongket.core.codelists import SECTOR
from tongket.reforms.acts import PlanDraft
from tongket.reforms.models import ReformPlan
from tongket.reforms.queries import Choices
from tongket.reforms.rules import VERB
from tongket.reforms.steps import Step, StepKind
from tongket.rules.organisations import all_kinds
from tongket.ui.forms import DateField, OrganisationField
from tongket.ui.records.fields import DECISION, GroupedForm, Groups, column

_SECTORS = [("", "—"), *SECTOR.choices]
_NEW_UNITS = (1, 2, 3, 4)


def _kinds() -> list[tuple[str, str]]:
    return [("", "—"), *((kind.code, kind.name_vi) for kind in all_kinds())]


class PlanForm(GroupedForm):
    """What is said of a plan as a whole."""

    organisation = OrganisationField(verb=VERB, label=_("Lập tại"))
    title = column(ReformPlan, "title", help_text=_("Ví dụ: Sắp xếp đơn vị hành chính cấp xã năm 2025."))
    on = DateField(label=_("Có hiệu lực từ ngày"))
    decision_number = column(ReformPlan, "decision_number")
    decision_date = column(ReformPlan, "decision_date")
    decision_body = column(ReformPlan, "decision_body")
    note = column(ReformPlan, "note")
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    groups: Groups = ((_("Quyết định"), (*DECISION, "note")),)

    def draft(self, steps: tuple[Step, ...] = ()) -> PlanDraft:
        """The plan as its acts take it."""
        said = self.cleaned_data
        names = ("organisation", "title", "on", *DECISION, "note")
        return PlanDraft(steps=steps, **{name: said[name] for name in names})


class StepForm(GroupedForm):
    """What the forms of all steps share: choices of the plan's own organisations, and the step they stand for."""

    kind: StepKind
    one: tuple[str, ...] = ()
    many: tuple[str, ...] = ()

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.one:
            self.fields[name].choices = [("", "—"), *choices]  # type: ignore[attr-defined]
        for name in self.many:
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def steps(self) -> tuple[Step, ...]:
        """The steps that the form stands for: unless a form says otherwise one, whose fields bear the form's names."""
        said: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in self.cleaned_data.items()
            if value is not None
        }
        return (Step(self.kind, **said),)


def _one(label: Any, *, required: bool = True, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required, help_text=help_text)


def _many(label: Any, help_text: Any = "", *, required: bool = True) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, help_text=help_text, required=required, widget=forms.SelectMultiple(attrs={"size": 14})
    )


class FoundForm(StepForm):
    """A new organisation."""

    kind = "found"
    one = ("to",)
    code = forms.CharField(label=_("Mã"), max_length=40)
    name = forms.CharField(label=_("Tên"), max_length=200)
    body = forms.ChoiceField(label=_("Loại hình"), choices=_kinds)
    sector = forms.ChoiceField(label=_("Khối"), choices=_SECTORS, required=False)
    to = _one(_("Trực thuộc"), required=False, help_text=_("Để trống chỉ khi lập cấp cao nhất."))
    position = forms.IntegerField(label=_("Thứ tự"), required=False, min_value=0, initial=0)


class RenameForm(StepForm):
    """Another name, kind or sector."""

    kind = "rename"
    one = ("code",)
    code = _one(_("Tổ chức"))
    name = forms.CharField(label=_("Tên mới"), max_length=200, required=False)
    body = forms.ChoiceField(label=_("Loại hình mới"), choices=_kinds, required=False)
    sector = forms.ChoiceField(label=_("Khối mới"), choices=_SECTORS, required=False)


class MoveForm(StepForm):
    """Organisations go under another, with all below them."""

    kind = "move"
    one, many = ("to",), ("codes",)
    codes = _many(
        _("Các tổ chức chuyển đi"), _("Bấm để chọn, bấm lần nữa để bỏ. Cấp dưới của chúng đi theo.")
    )
    to = _one(_("Về trực thuộc"))


class MergeForm(StepForm):
    """Several become one, that exists or is founded by the same decision."""

    kind = "merge"
    one, many = ("to", "parent"), ("codes",)
    codes = _many(
        _("Các tổ chức sáp nhập"),
        _("Bấm để chọn, bấm lần nữa để bỏ. Đảng viên và tổ chức trực thuộc chuyển theo."),
    )
    to = _one(_("Vào tổ chức đã có"), required=False)
    code = forms.CharField(label=_("Mã tổ chức mới"), max_length=40, required=False)
    name = forms.CharField(label=_("Tên tổ chức mới"), max_length=200, required=False)
    body = forms.ChoiceField(label=_("Loại hình"), choices=_kinds, required=False)
    sector = forms.ChoiceField(label=_("Khối"), choices=_SECTORS, required=False)
    parent = _one(_("Trực thuộc"), required=False)
    groups: Groups = ((_("Hoặc thành lập mới khi sáp nhập"), ("code", "name", "body", "sector", "parent")),)

    def clean(self) -> dict[str, Any]:
        """Exactly one target."""
        said = super().clean() or self.cleaned_data
        new = bool(said.get("code") or said.get("name"))
        if bool(said.get("to")) == new:
            self.add_error("to", _("Chọn một tổ chức đã có, hoặc ghi tổ chức mới (chỉ một trong hai)."))
        elif new and not (said.get("code") and said.get("name") and said.get("body")):
            self.add_error("code", _("Tổ chức mới cần mã, tên và loại hình."))
        return said

    def steps(self) -> tuple[Step, ...]:
        """The merger, after the founding of the new one if there is one."""
        said = self.cleaned_data
        into = said["to"] or said["code"].strip()
        merger = Step(self.kind, codes=tuple(said["codes"]), to=into)
        if said["to"]:
            return (merger,)
        new = Step(
            "found",
            code=into,
            name=said["name"].strip(),
            body=said["body"],
            sector=said["sector"],
            to=said["parent"],
        )
        return (new, merger)


class PartForm(StepForm):
    """Some leave one that goes on, for others, new or existing. Who goes where is asked on the next page."""

    one, many = ("code",), ("into",)
    least, too_few = 1, _("Chọn hoặc ghi ít nhất một tổ chức nhận phần tách ra.")
    kind: StepKind = "part"
    code = _one(_("Tổ chức bị tách một phần"), help_text=_("Tổ chức này tiếp tục hoạt động."))
    into = _many(_("Tách về các tổ chức đã có"), _("Bỏ trống nếu chỉ tách về tổ chức mới."), required=False)
    body = forms.ChoiceField(label=_("Loại hình tổ chức mới"), choices=_kinds, required=False)
    sector = forms.ChoiceField(label=_("Khối"), choices=_SECTORS, required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, choices=choices, **kwargs)
        for n in _NEW_UNITS:
            self.fields[f"code_{n}"] = forms.CharField(
                label=_("Mã tổ chức mới %(n)s") % {"n": n}, max_length=40, required=False
            )
            self.fields[f"name_{n}"] = forms.CharField(
                label=_("Tên tổ chức mới %(n)s") % {"n": n}, max_length=200, required=False
            )
            self.fields[f"parent_{n}"] = forms.ChoiceField(
                label=_("Trực thuộc"), choices=[("", "—"), *choices], required=False
            )
        rows = tuple(name for n in _NEW_UNITS for name in (f"code_{n}", f"name_{n}", f"parent_{n}"))
        self.groups = (
            (_("Nếu thành lập mới từ phần tách ra"), ("body", "sector")),
            (_("Các tổ chức mới"), rows),
        )

    def new_units(self) -> list[tuple[str, str, str]]:
        """Code, name and parent of each new organisation that was filled in."""
        said = self.cleaned_data
        units = [
            (
                said.get(f"code_{n}", "").strip(),
                said.get(f"name_{n}", "").strip(),
                said.get(f"parent_{n}", ""),
            )
            for n in _NEW_UNITS
        ]
        return [unit for unit in units if any(unit)]

    def clean(self) -> dict[str, Any]:
        """Enough places, each new one with code, name, kind and what it hangs under."""
        said = super().clean() or self.cleaned_data
        new = self.new_units()
        if not all(all(unit) for unit in new):
            self.add_error(None, _("Mỗi tổ chức mới cần đủ mã, tên và tổ chức cấp trên."))
        if new and not said.get("body"):
            self.add_error("body", _("Chọn loại hình của các tổ chức mới."))
        if len(new) + len(said.get("into") or ()) < self.least:
            self.add_error("into", self.too_few)
        return said

    def steps(self) -> tuple[Step, ...]:
        """The foundings, then the step itself without anybody assigned yet."""
        said = self.cleaned_data
        new = self.new_units()
        founded = tuple(
            Step("found", code=code, name=name, body=said["body"], sector=said["sector"], to=parent)
            for code, name, parent in new
        )
        into = (*(code for code, _name, _parent in new), *said["into"])
        return (*founded, Step(self.kind, code=said["code"], into=into))


class SplitForm(PartForm):
    """One ends and becomes several, new or existing."""

    least, too_few = 2, _("Chia tách cần ít nhất hai nơi tiếp nhận.")
    kind: StepKind = "split"
    code = _one(_("Tổ chức chia tách"), help_text=_("Tổ chức này kết thúc hoạt động."))
    into = _many(_("Chia về các tổ chức đã có"), _("Bỏ trống nếu chỉ chia về tổ chức mới."), required=False)


class DissolveForm(StepForm):
    """An organisation ends."""

    kind = "dissolve"
    one = ("code", "to")
    code = _one(_("Tổ chức kết thúc hoạt động"))
    to = _one(
        _("Nơi tiếp nhận"),
        required=False,
        help_text=_("Bắt buộc nếu lúc đó còn đảng viên hoặc tổ chức trực thuộc."),
    )


#: By the word in the address: the form, its title.
STEP_FORMS: dict[str, tuple[type[StepForm], Any]] = {
    "thanh-lap": (FoundForm, _("Thành lập tổ chức")),
    "doi-ten": (RenameForm, _("Đổi tên, loại hình")),
    "chuyen": (MoveForm, _("Chuyển trực thuộc")),
    "sap-nhap": (MergeForm, _("Sáp nhập")),
    "chia-tach": (SplitForm, _("Chia tách")),
    "tach-mot-phan": (PartForm, _("Tách một phần")),
    "ket-thuc": (DissolveForm, _("Giải thể, kết thúc hoạt động")),
}
