"""Forms of a programme: whose, its items in a grid, its paper, its change."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.core.text import tidy
from tongket.inspections.programmes.drafts import ChangeDraft, ItemDraft, ProgrammeDraft
from tongket.inspections.programmes.models import Programme, ProgrammeChange, ProgrammeItem
from tongket.ui.forms import DateField, OrganisationField, UserForm
from tongket.ui.records.fields import RecordForm, column

LINES = 8
COLUMNS = ("kind", "content", "objects_text", "objects_count", "planned_on")


class ProgrammeForm(RecordForm):
    """Whose programme and of which year."""

    draft_class = ProgrammeDraft
    organisation = OrganisationField(verb="inspection.write", label=gettext_lazy("Tổ chức đảng"))
    subject = column(Programme, "subject")
    body = column(
        Programme,
        "body",
        help_text=gettext_lazy("Chỉ ghi khi là cơ quan tham mưu, ví dụ Ban Tổ chức Huyện ủy."),
    )
    year = column(Programme, "year")
    decision_number = column(
        Programme,
        "decision_number",
        label=gettext_lazy("Số chương trình"),
    )
    decision_date = column(Programme, "decision_date", label=gettext_lazy("Ngày ban hành"))
    groups = (
        (gettext_lazy("Chương trình"), ("organisation", "subject", "body", "year")),
        (gettext_lazy("Văn bản"), ("decision_number", "decision_date")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.correcting is None or self.correcting.decision_date is None:
            # Number and day come with issuing, once the items stand: nothing is added to what is issued.
            del self.fields["decision_number"], self.fields["decision_date"]
        # A year is no quantity: it is written 2024, not 2.024.
        self.fields["year"] = forms.IntegerField(
            label=_("Năm"), widget=forms.TextInput(attrs={"inputmode": "numeric"}), localize=False
        )


class IssueForm(UserForm):
    """The programme's paper."""

    decision_number = forms.CharField(label=gettext_lazy("Số, ký hiệu chương trình"), max_length=40)
    decision_date = DateField(label=gettext_lazy("Ngày ban hành"))

    def grouped(self) -> list[tuple[str, list[Any]]]:
        """Both fields."""
        return [("", [self[name] for name in self.fields])]


class ItemsForm(UserForm):
    """Items line by line; lines left empty do not count. `changing`: with the paper of a change and what to drop."""

    def __init__(
        self, *args: Any, lines: int = LINES, changing: Sequence[ProgrammeItem] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.changing = lines, changing
        for number in range(1, lines + 1):
            for name in COLUMNS:
                more = {"initial": 1} if name == "objects_count" else {}
                field = column(ProgrammeItem, name, required=False, **more)
                field.widget.attrs["aria-label"] = f"{field.label}, dòng {number}"
                self.fields[f"{name}_{number}"] = field
        if changing is not None:
            self.fields["on"] = column(ProgrammeChange, "on")
            self.fields["number"] = column(ProgrammeChange, "number")
            self.fields["reason"] = column(ProgrammeChange, "reason")
            self.fields["drop"] = forms.MultipleChoiceField(
                label=_("Bỏ khỏi chương trình"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(str(one.pk), f"{one.get_kind_display()}: {one.content}") for one in changing],
            )

    def rows(self) -> list[tuple[int, list[Any]]]:
        """The lines of the grid for the template."""
        return [
            (number, [self[f"{name}_{number}"] for name in COLUMNS]) for number in range(1, self.lines + 1)
        ]

    def paper_fields(self) -> list[Any]:
        """The fields of the change's paper."""
        return [self[name] for name in ("on", "number", "reason") if name in self.fields]

    def written(self) -> list[tuple[int, ItemDraft]]:
        """The lines that were filled in, with their number."""
        found = []
        for number in range(1, self.lines + 1):
            values = {name: self.cleaned_data.get(f"{name}_{number}") for name in COLUMNS}
            if not (values["kind"] or tidy(values["content"] or "") or tidy(values["objects_text"] or "")):
                continue
            found.append(
                (
                    number,
                    ItemDraft(
                        values["kind"] or "",
                        values["content"] or "",
                        values["objects_text"] or "",
                        values["planned_on"],  # type: ignore[arg-type]
                        values["objects_count"] if values["objects_count"] is not None else 1,
                    ),
                )
            )
        return found

    def change(self) -> ChangeDraft:
        """The paper of the change."""
        values = self.cleaned_data
        return ChangeDraft(values["on"], values["number"], values["reason"])

    def dropped(self) -> list[ProgrammeItem]:
        """The items ticked to fall out."""
        ticked = set(self.cleaned_data.get("drop", []))
        return [one for one in self.changing or () if str(one.pk) in ticked]
