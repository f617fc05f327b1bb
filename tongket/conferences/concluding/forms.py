"""Forms of conclusions with their owners."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.conferences.agenda.tree import Entry
from tongket.conferences.concluding.acts import owners_chosen
from tongket.conferences.concluding.drafts import ConclusionDraft, Task
from tongket.conferences.hall.forms import item_choices
from tongket.core.codelists import SECTOR
from tongket.core.worklists import OBLIGATION_KIND
from tongket.organisations.queries import Placed
from tongket.ui.forms import DateField, UserForm

#: What a conclusion may become: a study session is asked for from its paper, not from a conclusion.
TASK_KINDS = ("task", "plan", "report")


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

    def __init__(self, *args: Any, agenda: Sequence[Entry] = (), **kwargs: Any) -> None:
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
