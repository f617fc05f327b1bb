"""Forms of an inspection: whom and when, the team, the steps, what was found."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.audit.records import current
from tongket.core import judging as lists
from tongket.core.text import tidy
from tongket.inspections.programmes.models import ProgrammeItem
from tongket.inspections.programmes.queries import visible_programmes
from tongket.inspections.running.drafts import (
    FindingDraft,
    InspectionDraft,
    Remedy,
    StepDraft,
    TargetDraft,
    TeamDraft,
)
from tongket.inspections.running.models import Finding, Inspection, InspectionObject, InspectionStep
from tongket.members.pages.fields import MemberField, offer_members
from tongket.organisations.queries import visible_to
from tongket.ui.forms import DateField, OrganisationField, UserForm
from tongket.ui.records.fields import RecordForm, column
from tongket.ui.templatetags.ui import spoken

BODIES, PERSONS, TEAM = 6, 3, 6
TEAM_FIELDS = ("role", "person", "name", "post")
_SPARE = 2


class TeamFields(UserForm):
    """The lines of a team: task, member of the register or a name, post. Lines left empty do not count."""

    def add_lines(self, count: int) -> None:
        """Put the fields of `count` lines into the form; the first is the head's."""
        for number in range(1, count + 1):
            self.fields[f"role_{number}"] = forms.ChoiceField(
                label=gettext_lazy("Nhiệm vụ"),
                required=False,
                choices=[(code, spoken(text)) for code, text in lists.TEAM_ROLE.choices],
                initial="head" if number == 1 else "member",
            )
            self.fields[f"person_{number}"] = MemberField(
                verb="member.read",
                label=gettext_lazy("Đảng viên trong sổ"),
                required=False,
            )
            self.fields[f"name_{number}"] = forms.CharField(
                label=gettext_lazy("hoặc họ và tên"), required=False, max_length=120
            )
            self.fields[f"post_{number}"] = forms.CharField(
                label=gettext_lazy("Chức vụ, đơn vị"), required=False, max_length=200
            )
        self.team_lines = count

    def team(self) -> list[TeamDraft]:
        """The lines that were filled in."""
        found = []
        for number in range(1, self.team_lines + 1):
            values = self.cleaned_data
            member, name = values.get(f"person_{number}"), values.get(f"name_{number}", "")
            post = values.get(f"post_{number}", "")
            if member or tidy(name) or tidy(post):
                found.append(TeamDraft(values.get(f"role_{number}") or "member", member, name, post))
        return found

    def team_rows(self) -> list[list[Any]]:
        """The lines for the template."""
        return [
            [self[f"{name}_{number}"] for name in TEAM_FIELDS] for number in range(1, self.team_lines + 1)
        ]

    def without_team(self, groups: Sequence[tuple[Any, list[Any]]]) -> list[tuple[Any, list[Any]]]:
        """The groups of the page without the lines, which stand in a table of their own."""
        lines = {f"{name}_{number}" for name in TEAM_FIELDS for number in range(1, self.team_lines + 1)}
        left = [(title, [one for one in bound if one.name not in lines]) for title, bound in groups]
        return [(title, bound) for title, bound in left if bound]


def team_initial(rows: Sequence[Any]) -> dict[str, Any]:
    """What the lines show of a team that stands."""
    shown: dict[str, Any] = {}
    for number, row in enumerate(rows, start=1):
        shown |= {
            f"role_{number}": row.role,
            f"person_{number}": row.member,
            f"name_{number}": "" if row.member_id else row.name,
            f"post_{number}": row.post,
        }
    return shown


class InspectionForm(RecordForm, TeamFields):
    """One inspection with its objects and team."""

    draft_class = InspectionDraft
    organisation = OrganisationField(verb="inspection.write", label=gettext_lazy("Tổ chức đảng chủ trì"))
    subject = column(Inspection, "subject")
    body = column(
        Inspection,
        "body",
        help_text=gettext_lazy("Chỉ ghi khi là cơ quan tham mưu, ví dụ Ban Tổ chức Huyện ủy."),
    )
    kind = column(Inspection, "kind")
    planned = forms.ChoiceField(label=gettext_lazy("Cuộc trong chương trình"), required=False)
    unplanned_reason = column(
        Inspection, "unplanned_reason", label=gettext_lazy("Hoặc lý do tiến hành ngoài chương trình")
    )
    content = column(Inspection, "content")
    period_from = column(Inspection, "period_from", label=gettext_lazy("Mốc thời gian được kiểm tra, từ"))
    period_to = column(Inspection, "period_to", label=gettext_lazy("đến"))
    starts_on = column(Inspection, "starts_on")
    ends_on = column(Inspection, "ends_on")
    limit_days = column(
        Inspection,
        "limit_days",
        help_text=gettext_lazy("Số ngày của một cuộc theo quy định của cấp bạn; không có thì để trống."),
    )
    decision_number = column(Inspection, "decision_number", label=gettext_lazy("Số quyết định, kế hoạch"))
    decision_date = column(Inspection, "decision_date", label=gettext_lazy("Ngày quyết định, kế hoạch"))

    def __init__(self, *args: Any, correcting: Any = None, **kwargs: Any) -> None:
        objects = list(current(correcting.targets.all())) if correcting is not None else []
        team = list(current(correcting.team.all())) if correcting is not None else []
        super().__init__(*args, correcting=correcting, **kwargs)
        bodies = [one for one in objects if one.member_id is None]
        persons = [one for one in objects if one.member_id is not None]
        self.body_lines = max(BODIES, len(bodies) + _SPARE)
        self.person_lines = max(PERSONS, len(persons) + _SPARE)
        for number in range(1, self.body_lines + 1):
            field = OrganisationField(
                verb="inspection.write",
                label=_("Tổ chức đảng %(n)d") % {"n": number},
                required=False,
            )
            self.fields[f"body_{number}"] = field
        for number in range(1, self.person_lines + 1):
            person = MemberField(
                verb="member.read", label=_("Đảng viên %(n)d") % {"n": number}, required=False
            )
            self.fields[f"target_{number}"] = person
        self.add_lines(max(TEAM, len(team) + _SPARE))
        self._fill(bodies, persons, team)
        self.fields["planned"].choices = _items(self.user)  # type: ignore[attr-defined]
        offer_all(self)

    def _fill(self, bodies: Sequence[Any], persons: Sequence[Any], team: Sequence[Any]) -> None:
        shown = {f"body_{n}": one.organisation for n, one in enumerate(bodies, start=1)}
        shown |= {f"target_{n}": one.member for n, one in enumerate(persons, start=1)}
        shown |= team_initial(team)
        if self.correcting is not None:
            shown["planned"] = str(self.correcting.item or "")
        self.initial = {**shown, **(self.initial or {})}

    def derived(self, values: Any) -> dict[str, Any]:
        """The item chosen in the programme."""
        return {"item": self.cleaned_data.get("planned") or None}

    def targets(self) -> list[TargetDraft]:
        """The objects that were filled in."""
        values = self.cleaned_data
        bodies = [values.get(f"body_{n}") for n in range(1, self.body_lines + 1)]
        persons = [values.get(f"target_{n}") for n in range(1, self.person_lines + 1)]
        return [
            *(TargetDraft(organisation=one) for one in bodies if one),
            *(TargetDraft(member=one) for one in persons if one),
        ]

    def ordered(self) -> Any:
        """The groups of the page; the lines of objects and team are many, so they stand last."""
        return (
            (
                _("Cuộc kiểm tra, giám sát"),
                ("organisation", "subject", "body", "kind", "planned", "unplanned_reason", "content"),
            ),
            (
                _("Thời gian và văn bản"),
                (
                    "starts_on",
                    "ends_on",
                    "limit_days",
                    "period_from",
                    "period_to",
                    "decision_number",
                    "decision_date",
                ),
            ),
            (
                _("Đối tượng là tổ chức đảng"),
                tuple(f"body_{n}" for n in range(1, self.body_lines + 1)),
            ),
            (_("Đối tượng là đảng viên"), tuple(f"target_{n}" for n in range(1, self.person_lines + 1))),
        )

    def grouped(self) -> list[tuple[Any, list[Any]]]:
        """All but the lines of the team."""
        return self.without_team(super().grouped())

    def clean_planned(self) -> Any:
        """The identity of the item, as the choice has it."""
        return self.cleaned_data.get("planned") or ""


def offer_all(form: UserForm) -> None:
    """Fields added after the form was made know whose organisations and members they offer, too."""
    for field in form.fields.values():
        if isinstance(field, OrganisationField):
            field.queryset = visible_to(form.user, field.verb)
    offer_members(form)


def _items(user: Any) -> list[tuple[str, Any]]:
    rows = current(
        ProgrammeItem.objects.filter(programme__in=visible_programmes(user, verb="inspection.write"))
    ).select_related("programme__organisation")
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in rows.order_by("-programme__year", "programme__organisation__code", "position")[:400]:
        owner = row.programme
        name = f"{owner.year} · {spoken(owner.get_subject_display())} · {owner.organisation.name}"
        text = f"{spoken(row.get_kind_display())}: {row.content} ({row.objects_text})"
        groups.setdefault(name, []).append((str(row.identity), text if len(text) < 120 else text[:117] + "…"))
    return [("", _("— ngoài chương trình —")), *groups.items()]


class TeamForm(TeamFields):
    """The team set up anew; why, when there is one already."""

    def __init__(self, *args: Any, standing: Sequence[Any] = (), **kwargs: Any) -> None:
        kwargs["initial"] = team_initial(standing)
        super().__init__(*args, **kwargs)
        self.add_lines(max(TEAM, len(standing) + _SPARE))
        if standing:
            self.fields["reason"] = forms.CharField(
                label=_("Lý do thay đổi đoàn"),
                max_length=300,
                help_text=_("Đoàn cũ được giữ lại kèm lý do này."),
            )
        offer_members(self)

    def grouped(self) -> list[tuple[str, list[Any]]]:
        """The reason; the lines stand in a table of their own."""
        return [(_("Lý do"), [self["reason"]])] if "reason" in self.fields else []


class StepForm(UserForm):
    """A step with its day and paper."""

    on = column(InspectionStep, "on")
    decision_number = column(InspectionStep, "decision_number", label=gettext_lazy("Số văn bản"))
    decision_date = column(InspectionStep, "decision_date", label=gettext_lazy("Ngày văn bản"))

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind == "extended":
            self.fields["until"] = column(InspectionStep, "until")
            self.fields["reason"] = column(InspectionStep, "reason")

    def draft(self) -> StepDraft:
        """The step as entered."""
        values = self.cleaned_data
        return StepDraft(
            self.kind,
            values["on"],
            values.get("decision_number", ""),
            values.get("decision_date"),
            values.get("reason", ""),
            values.get("until"),
        )

    def grouped(self) -> list[tuple[str, list[Any]]]:
        """All fields."""
        return [("", [self[name] for name in self.fields])]


class FindingForm(UserForm):
    """One finding about one object, with what has to be put right."""

    target = forms.ChoiceField(label=gettext_lazy("Về đối tượng"))
    kind = column(Finding, "kind")
    ground = column(Finding, "ground", label=gettext_lazy("Nội dung theo danh mục"))
    text = column(
        Finding,
        "text",
        help_text=gettext_lazy("Chỉ ghi về việc của tổ chức đảng; về đảng viên thì để trống."),
    )
    on = column(Finding, "on")
    remedy = forms.CharField(
        label=gettext_lazy("Việc phải khắc phục"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Giao ngay cho tổ chức được kiểm tra. Về đảng viên chỉ ghi hạn."),
    )
    due_on = DateField(label=gettext_lazy("Hạn khắc phục"), required=False)

    def __init__(self, *args: Any, objects: Sequence[InspectionObject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.objects = {str(one.pk): one for one in objects}
        self.fields["target"].choices = [  # type: ignore[attr-defined]
            (key, str(one.member) if one.member_id else one.organisation.name)
            for key, one in self.objects.items()
        ]

    def draft(self) -> FindingDraft:
        """The finding as entered."""
        values = self.cleaned_data
        about = self.objects[values["target"]]
        due: date | None = values.get("due_on")
        text = values.get("remedy", "")
        remedy = Remedy(text, due) if due or tidy(text) else None  # type: ignore[arg-type]
        return FindingDraft(
            about.organisation,
            values["kind"],
            values["on"],
            about.member,
            values.get("ground", ""),
            values.get("text", ""),
            remedy,
        )

    def grouped(self) -> list[tuple[str, list[Any]]]:
        """What was found, and what follows."""
        return [
            (_("Kết quả"), [self[name] for name in ("target", "kind", "ground", "on", "text")]),
            (_("Khắc phục"), [self["remedy"], self["due_on"]]),
        ]
