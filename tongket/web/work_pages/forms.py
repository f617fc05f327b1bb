"""Forms of what is asked and of what happens to it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.core.codelists import DOCUMENT_KIND, IMPLEMENTING_KINDS, STUDY_FORM
from tongket.core.dates import today
from tongket.core.worklists import OBLIGATION_KIND
from tongket.directives.handing import Answer, Ask, PlanFields, SessionFields
from tongket.files.drafts import Upload
from tongket.files.kinds import ACCEPT
from tongket.obligations.models import Demand
from tongket.obligations.reminders import parse_days
from tongket.ui.forms import DateField
from tongket.ui.records.fields import NumberField, column

_LINES = forms.Textarea(attrs={"rows": 3})


class ManyFilesInput(forms.FileInput):
    """A box for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; gives them as `Upload`s, read whole (the size limit was kept while they came in)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", ManyFilesInput(attrs={"accept": ACCEPT}))
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> tuple[Upload, ...]:
        """The files; an empty one is left for the rules to name."""
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        return tuple(Upload(one.name or "", one.read()) for one in sent)


class StepForm(forms.Form):
    """What every step says: day, text, files. The doer's own step is of today; on behalf, of the paper's day."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    on = DateField(label=gettext_lazy("Ngày"), initial=today)
    text = forms.CharField(label=gettext_lazy("Nội dung"), max_length=2000, required=False, widget=_LINES)

    def __init__(self, *args: Any, on_behalf: bool = False, dated: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on_behalf = on_behalf
        if not dated:
            del self.fields["on"]

    @property
    def day(self) -> date:
        """The step's day."""
        return self.cleaned_data.get("on") or today()


class ReportForm(StepForm):
    """A report: the plan or the study session where that was asked, text, the numbers asked for, files."""

    attached = FilesField(label=gettext_lazy("Tệp đính kèm (văn bản, ảnh chụp văn bản)"))
    plan_kind = forms.ChoiceField(
        label=gettext_lazy("Loại văn bản"),
        choices=[("", "—"), *((code, DOCUMENT_KIND.label(code)) for code in IMPLEMENTING_KINDS)],
        initial="KH",
    )
    symbol = forms.CharField(label=gettext_lazy("Số và ký hiệu"), max_length=40)
    issued_on = DateField(label=gettext_lazy("Ngày ban hành"))
    subject = forms.CharField(label=gettext_lazy("Trích yếu"), max_length=500, required=False)
    held_on = DateField(label=gettext_lazy("Ngày tổ chức"))
    form = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=STUDY_FORM.choices, initial="direct")
    place = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=200, required=False)
    members_total = NumberField(whole=True, label=gettext_lazy("Tổng số đảng viên"))
    members_exempt = NumberField(whole=True, label=gettext_lazy("Được miễn"), required=False)
    members_excused = NumberField(whole=True, label=gettext_lazy("Vắng có lý do"), required=False)
    members_attended = NumberField(whole=True, label=gettext_lazy("Đảng viên tham gia"))
    others_attended = NumberField(whole=True, label=gettext_lazy("Người ngoài Đảng tham gia"), required=False)

    PLAN = ("plan_kind", "symbol", "issued_on", "subject")
    SESSION = (
        "held_on",
        "form",
        "place",
        "members_total",
        "members_exempt",
        "members_excused",
        "members_attended",
        "others_attended",
    )

    def __init__(self, *args: Any, demand: Demand, with_paper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.demand = demand
        self.wants_plan = with_paper and demand.kind == "plan"
        self.wants_session = with_paper and demand.kind == "study"
        for name in () if self.wants_plan else self.PLAN:
            del self.fields[name]
        for name in () if self.wants_session else self.SESSION:
            del self.fields[name]
        for place, name in enumerate(demand.numbers):
            self.fields[f"number_{place}"] = NumberField(label=name)
        self.fields["text"].label = _("Kết quả") if not demand.numbers else _("Kết quả, ghi chú")

    def ordered(self) -> list[Any]:
        """The bound fields in the order in which they are asked: paper or session, numbers, text, files, day."""
        numbers = [f"number_{place}" for place in range(len(self.demand.numbers))]
        names = [*self.PLAN, *self.SESSION, *numbers, "text", "attached", "on"]
        return [self[name] for name in names if name in self.fields]

    def numbers(self) -> dict[str, Decimal] | None:
        """The numbers by their names; None when none were asked for."""
        if not self.demand.numbers:
            return None
        return {
            name: Decimal(self.cleaned_data[f"number_{place}"])
            for place, name in enumerate(self.demand.numbers)
        }

    def answer(self) -> Answer:
        """The report."""
        said = self.cleaned_data
        return Answer(self.day, said["text"], self.numbers(), self.on_behalf, said["attached"])

    def plan(self) -> PlanFields:
        """The plan as entered."""
        said = self.cleaned_data
        return PlanFields(said["plan_kind"], said["symbol"], said["issued_on"], said["subject"])

    def session(self) -> SessionFields:
        """The study session as entered."""
        said = self.cleaned_data
        return SessionFields(
            held_on=said["held_on"],
            members_total=said["members_total"],
            members_attended=said["members_attended"],
            members_exempt=said["members_exempt"] or 0,
            members_excused=said["members_excused"] or 0,
            others_attended=said["others_attended"] or 0,
            place=said["place"],
            form=said["form"],
        )


class DoneForm(StepForm):
    """The work is under way or done, with what there is to say."""

    attached = FilesField(label=gettext_lazy("Tệp đính kèm"))


class ReasonStepForm(StepForm):
    """A report is returned, with the reason."""

    text = forms.CharField(label=gettext_lazy("Lý do"), max_length=2000, widget=_LINES)


class ExtensionForm(ReasonStepForm):
    """More time, with the reason."""

    new_deadline = DateField(label=gettext_lazy("Hạn mới"))
    field_order = ("new_deadline", "text", "on")


class UndoForm(forms.Form):
    """Why the latest step is undone, or a part taken back."""

    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=300)


class AskForm(forms.Form):
    """One thing that is asked. As one of several it is taken when ticked."""

    wanted = forms.BooleanField(required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Loại việc"), choices=OBLIGATION_KIND.choices)
    title = forms.CharField(label=gettext_lazy("Nội dung việc"), max_length=300)
    due_on = DateField(label=gettext_lazy("Hạn"))
    text = column(Demand, "text", widget=forms.Textarea(attrs={"rows": 2}))
    numbers = forms.CharField(
        label=gettext_lazy("Số liệu phải báo cáo"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Mỗi dòng tên một số liệu, ví dụ: Số hộ được tuyên truyền."),
    )

    def __init__(self, *args: Any, kind: str = "", title: str = "", mark: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {"kind": kind, "title": title, **(kwargs.get("initial") or {})}
        kwargs["use_required_attribute"] = False
        super().__init__(*args, **kwargs)
        self.one_of_many = bool(kind)
        if self.one_of_many:
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["kind"].required = False
            self.asked_kind, self.label = kind, OBLIGATION_KIND.label(kind) + mark
        else:
            del self.fields["wanted"]

    @property
    def is_wanted(self) -> bool:
        """Whether it was ticked (the only one always is)."""
        return not self.one_of_many or bool(self.data.get(self.add_prefix("wanted")))

    def ask(self) -> Ask:
        """What is asked."""
        said = self.cleaned_data
        names = tuple(line.strip() for line in said["numbers"].splitlines() if line.strip())
        kind = self.asked_kind if self.one_of_many else said["kind"]
        return Ask(kind, said["title"], said["due_on"], said["text"], names)


class RemindersForm(forms.Form):
    """The reminder days of an organisation: for every kind, and more for each kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days_all"] = DaysField(label=_("Mọi loại việc"))
        for code, label in OBLIGATION_KIND.choices:
            self.fields[f"days_{code}"] = DaysField(label=_("Thêm cho: %(kind)s") % {"kind": label})

    def days(self) -> dict[str, Sequence[int]]:
        """Kind ("" for every kind) -> days; kinds without any are left out."""
        said = {
            "": self.cleaned_data["days_all"],
            **{code: self.cleaned_data[f"days_{code}"] for code in OBLIGATION_KIND.values},
        }
        return {kind: some for kind, some in said.items() if some}


class DaysField(forms.CharField):
    """Days from the deadline: `-7, -1, 1, 7`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=60, **kwargs)

    def clean(self, value: Any) -> Any:
        """The days as numbers."""
        text = super().clean(value)
        try:
            return parse_days(text)
        except ValueError as error:
            raise forms.ValidationError(str(error), code="invalid") from None
