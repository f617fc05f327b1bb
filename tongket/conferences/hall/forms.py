"""Forms of the hall: what goes on, votes, conclusions with their owners."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.conferences.concluding.acts import owners_chosen
from tongket.conferences.hall.drafts import ConclusionDraft, Task
from tongket.conferences.hall.queries import Numbered
from tongket.core.codelists import SECTOR
from tongket.core.worklists import MAJORITY, OBLIGATION_KIND
from tongket.organisations.queries import Placed
from tongket.ui.forms import DateField, UserForm

#: What a conclusion may become: a study session is asked for from its paper, not from a conclusion.
TASK_KINDS = ("task", "plan", "report")


class ClockField(forms.TimeField):
    """A time of day as offices write it: 14:30, 14h30, 14.30."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Giờ"))
        kwargs.setdefault("required", False)
        kwargs.setdefault(
            "error_messages", {"invalid": gettext_lazy("Không phải là giờ. Hãy viết giờ:phút, ví dụ 14:30.")}
        )
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={"placeholder": gettext_lazy("bây giờ"), "autocomplete": "off", "class": "form-control"}
            ),
        )
        super().__init__(input_formats=["%H:%M", "%Hh%M", "%H.%M", "%Hh", "%H giờ %M"], **kwargs)


class FloorForm(UserForm):
    """One thing that goes on in the hall; which fields count follows from `deed`."""

    deed = forms.CharField(max_length=60)
    item = forms.UUIDField(required=False)
    waiting = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    speaker = forms.CharField(required=False, max_length=200, label=gettext_lazy("Người phát biểu"))
    topic = forms.CharField(required=False, max_length=200, label=gettext_lazy("Chủ đề"))
    reason = forms.CharField(required=False, max_length=300, label=gettext_lazy("Lý do"))
    at = ClockField()

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        if data is not None and ":" in data.get("deed", ""):
            # A button says in one value what it does and to which row: "item_start:<item>", "withdraw:<row>".
            data = data.copy()
            deed, _mark, key = data["deed"].partition(":")
            data["deed"] = deed
            data["item" if deed == "item_start" else "waiting"] = key
        super().__init__(data, **kwargs)


class VoteForm(UserForm):
    """The counts of one vote."""

    question = forms.CharField(
        label=gettext_lazy("Nội dung biểu quyết"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    item = forms.ChoiceField(label=gettext_lazy("Thuộc nội dung"), required=False)
    majority = forms.ChoiceField(label=gettext_lazy("Cách tính"), choices=MAJORITY.choices)
    secret = forms.BooleanField(label=gettext_lazy("Bỏ phiếu kín"), required=False)
    present = forms.IntegerField(
        label=gettext_lazy("Số người có quyền biểu quyết có mặt"), min_value=0, max_value=100_000
    )
    agree = forms.IntegerField(label=gettext_lazy("Tán thành"), min_value=0, max_value=100_000)
    disagree = forms.IntegerField(
        label=gettext_lazy("Không tán thành"), min_value=0, max_value=100_000, initial=0
    )
    abstain = forms.IntegerField(
        label=gettext_lazy("Không có ý kiến"), min_value=0, max_value=100_000, initial=0
    )
    at = ClockField(label=gettext_lazy("Giờ biểu quyết (trống: bây giờ)"))

    def __init__(self, *args: Any, agenda: Sequence[Numbered] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = item_choices(agenda)  # type: ignore[attr-defined]

    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [
            (_("Biểu quyết"), [self[name] for name in ("question", "item", "majority", "secret", "at")]),
            (_("Kết quả đếm"), [self[name] for name in ("present", "agree", "disagree", "abstain")]),
        ]


def item_choices(agenda: Sequence[Numbered]) -> list[tuple[str, str]]:
    """The items of an agenda, to choose one or none."""
    return [("", "—"), *((str(row.item.identity), f"{row.number}. {row.item.title[:90]}") for row in agenda)]


class TaskForm(UserForm):
    """Owners, date and kind of what a conclusion asks for."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Loại việc"), required=False, choices=OBLIGATION_KIND.choices, initial="task"
    )
    due_on = DateField(label=gettext_lazy("Hạn"), required=False)
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Giao cho"), required=False, widget=forms.CheckboxSelectMultiple
    )
    owners = forms.MultipleChoiceField(label=gettext_lazy("Chọn từng tổ chức"), required=False)

    def __init__(self, *args: Any, placed: Sequence[Placed] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placed = placed
        self.fields["kind"].choices = [(code, OBLIGATION_KIND.label(code)) for code in TASK_KINDS]  # type: ignore[attr-defined]
        self.fields["groups"].choices = group_choices(placed)  # type: ignore[attr-defined]
        self.fields["owners"].choices = [(one.code, one.name) for one in placed]  # type: ignore[attr-defined]

    def task(self) -> Task | None:
        """The task that was filled in; None when nothing about one was. Missing parts are errors at their field."""
        values = self.cleaned_data
        chosen, ticked = values.get("groups", []), values.get("owners", [])
        if not chosen and not ticked:
            if values.get("due_on") is not None:
                self.add_error("groups", _("Có hạn mà chưa chọn tổ chức nào để giao. Hãy chọn hoặc xóa hạn."))
            return None
        if values.get("due_on") is None:
            if "due_on" not in self.errors:
                self.add_error("due_on", _("Chưa ghi hạn. Hãy ghi ngày, ví dụ 31/12/2024."))
            return None
        owners = owners_chosen(self.placed, chosen, ticked)
        return Task(values.get("kind") or "task", values["due_on"], owners)


def group_choices(placed: Sequence[Placed]) -> list[tuple[str, str]]:
    """All directly below, and those of each sector, with their numbers."""
    direct = [one for one in placed if one.depth == 1]
    if not direct:
        return []
    found = [("below", _("Tất cả trực thuộc (%(count)d)") % {"count": len(direct)})]
    for code, label in SECTOR.choices:
        count = sum(1 for one in direct if one.sector == code)
        if count:
            found.append((f"sector:{code}", f"{label} ({count})"))
    return found


class ConclusionForm(TaskForm):
    """One row of the table of conclusions; left empty it does not count."""

    text = forms.CharField(
        label=gettext_lazy("Kết luận"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    item = forms.ChoiceField(label=gettext_lazy("Thuộc nội dung"), required=False)

    def __init__(self, *args: Any, agenda: Sequence[Numbered] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = item_choices(agenda)  # type: ignore[attr-defined]
        self.fields["owners"].choices = [  # type: ignore[attr-defined]
            (one.code, one.name) for one in self.placed if one.depth == 1
        ]

    def draft(self) -> ConclusionDraft | None:
        """The row as a draft, or None for an empty one; a task without its conclusion is an error at the text."""
        task = self.task()
        text = self.cleaned_data.get("text", "").strip()
        if not text:
            if task is not None or self.errors:
                self.add_error(
                    "text", _("Đã chọn tổ chức hoặc hạn mà chưa ghi kết luận. Hãy ghi, hoặc xóa dòng.")
                )
            return None
        item = self.cleaned_data.get("item")
        return ConclusionDraft(text, UUID(item) if item else None, task)
