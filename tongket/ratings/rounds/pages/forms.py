"""Forms of rating rounds."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongket.core.codelists import NOT_RATED_REASON
from tongket.core.judging import CAP_BASE, RATED, RATING_STAGE
from tongket.members.pages.fields import MemberField, offer_members
from tongket.ratings.rounds import regulation
from tongket.ratings.rounds.drafts import RoundDraft, StepDraft
from tongket.ratings.rounds.models import RatingCandidate, RatingRound, RatingStep, RoundDecision
from tongket.ui.forms import OrganisationField, UserForm
from tongket.ui.records.fields import PeriodField, RecordForm, column

_VOTES = ("base", "excellent", "good", "completed", "failed")


class RoundForm(RecordForm):
    """A round and its plan."""

    draft_class = RoundDraft
    organisation = OrganisationField(verb="rating.write", label=_("Tổ chức đánh giá"))
    subject = forms.ChoiceField(
        label=_("Đối tượng"),
        choices=RATED.choices,
        help_text=_("Tổ chức đảng trực thuộc, hoặc đảng viên của các chi bộ trực thuộc."),
    )
    period = PeriodField()
    opened_on = column(RatingRound, "opened_on")
    self_by = column(RatingRound, "self_by")
    vote_by = column(RatingRound, "vote_by")
    appraise_by = column(RatingRound, "appraise_by")
    decide_by = column(RatingRound, "decide_by")
    cap_base = forms.ChoiceField(
        label=_("Mức trần xuất sắc tính trên"),
        choices=[("", _("Theo quy định của kỳ")), *CAP_BASE.choices],
        required=False,
    )
    note = column(RatingRound, "note")
    groups = (
        (_("Đợt xếp loại"), ("organisation", "subject", "period", "cap_base")),
        (_("Kế hoạch của đợt"), ("opened_on", "self_by", "vote_by", "appraise_by", "decide_by", "note")),
    )

    def __init__(self, *args: Any, correcting: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, correcting=correcting, **kwargs)
        if correcting is not None:
            for name in ("organisation", "subject", "period"):
                self.fields[name].disabled = True

    def derived(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The base of the rule unless one was chosen; a correction keeps its place below the level above."""
        parent = self.correcting.parent if self.correcting is not None else None
        return {"cap_base": self.cleaned_data.get("cap_base") or None, "parent": parent}


class StepForm(RecordForm):
    """One step of the chain of one candidate; the levels are those of the period's rule."""

    draft_class = StepDraft
    stage = forms.ChoiceField(label=_("Bước"))
    on = column(RatingStep, "on")
    level = forms.ChoiceField(label=_("Mức"))
    body = column(
        RatingStep, "body", help_text=_("Cơ quan, tổ chức; không ghi tên người. Cần cho bước ý kiến.")
    )
    score = column(RatingStep, "score")
    base = column(
        RatingStep, "base", help_text=_("Toàn thể đảng viên chính thức được triệu tập, kể cả người vắng.")
    )
    excellent = column(RatingStep, "excellent")
    good = column(RatingStep, "good")
    completed = column(RatingStep, "completed")
    failed = column(RatingStep, "failed")
    remedied = column(RatingStep, "remedied")
    groups = (
        (_("Đánh giá"), ("stage", "on", "level", "body", "score", "remedied")),
        (_("Phiếu biểu quyết (nếu có, chỉ ghi số đếm)"), _VOTES),
    )

    def __init__(self, *args: Any, candidate: RatingCandidate, stages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidate = candidate
        fields: dict[str, Any] = self.fields
        if self.correcting is not None:
            stages = (self.correcting.stage,)
        fields["stage"].choices = [(code, text) for code, text in RATING_STAGE.choices if code in stages]
        levels = regulation.levels(candidate.round.subject, candidate.round.period_end)
        fields["level"].choices = [("", "—"), *levels.items()]

    def derived(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Whom it is about."""
        return {"candidate": self.candidate}


class AsideForm(UserForm):
    """Why one on the list is not rated."""

    reason = forms.ChoiceField(label=_("Lý do"), choices=NOT_RATED_REASON.choices)
    note = forms.CharField(
        label=_("Ghi rõ"),
        max_length=200,
        help_text=_("Lý do này được lưu cùng danh sách và in trong quyết định."),
    )

    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [("", [self[name] for name in self.fields])]


class BackForm(UserForm):
    """Why one who was aside is rated after all."""

    note = forms.CharField(label=_("Vì sao vẫn đánh giá"), max_length=200)

    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [("", [self["note"]])]


class AddMemberForm(UserForm):
    """A member put on the list by hand, in a cell of the round."""

    member = MemberField(verb="rating.write")
    organisation = OrganisationField(verb="rating.write", label=_("Đánh giá tại chi bộ"))
    note = forms.CharField(label=_("Vì sao thêm vào danh sách"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_members(self)

    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [("", [self[name] for name in self.fields])]


class AddBodyForm(UserForm):
    """A body put on the list by hand."""

    organisation = OrganisationField(verb="rating.write", label=_("Tổ chức đảng"))
    note = forms.CharField(label=_("Vì sao thêm vào danh sách"), max_length=200)

    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [("", [self[name] for name in self.fields])]


class DecisionForm(UserForm):
    """The paper that decides the round."""

    decision_number = column(RoundDecision, "decision_number", required=True)
    decision_date = column(RoundDecision, "decision_date", required=True)
    decision_body = column(RoundDecision, "decision_body", required=True)
    over_reason = forms.CharField(
        label=_("Lý do vượt mức tối đa hoàn thành xuất sắc"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, over: bool = False, **kwargs: Any) -> None:
        """`over`: more are rated excellent than the cap allows, so the reason is asked for."""
        super().__init__(*args, **kwargs)
        if not over:
            del self.fields["over_reason"]

    def grouped(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """For the template of grouped fields."""
        return [(_("Quyết định xếp loại"), list(self))]
