"""Forms of the register: a new member, the profile, events of a life, cards."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongket.core.codelists import CARD_KIND, MEMBER_EVENT
from tongket.core.dates import today
from tongket.members.drafts import CardDraft, EventDraft, MemberDraft
from tongket.members.fields import BY_NAME, FIELDS, REQUIRED, RESTRICTED
from tongket.members.models import Member, MemberCard, MemberDetail, MemberEvent
from tongket.members.queries import field_label
from tongket.ui.forms import DateField, OrganisationField, UserForm
from tongket.ui.records.fields import DECISION, Groups, RecordForm, column

PROFILE_GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (
        _("Nhận biết"),
        (
            "full_name",
            "birth_name",
            "other_names",
            "gender",
            "birth_date",
            "birth_year_only",
            "national_id",
            "old_id_number",
            "profile_number",
            "phone",
        ),
    ),
    (
        _("Trình độ"),
        ("schooling", "education", "academic_title", "theory", "foreign_language", "it_skill", "youth_union"),
    ),
    (_("Nghề nghiệp"), ("occupation", "occupation_before", "workplace", "position")),
    (
        _("Quê quán, nơi ở"),
        ("home_town", "birthplace", "permanent_address", "permanent_address_new", "temporary_address"),
    ),
    (_("Dân tộc, tôn giáo"), ("ethnicity", "religion")),
)
ADMISSION = ("admitted", "readmitted")
_EARLIER = ("first_admitted_on", "official_on", "arrives_standing", "outside_days")
_GROUPS_COUNTED = ("population_breach", "foreign_spouse", "village_head")

#: The fields that each kind of event asks for, besides decision and reason.
EVENT_FIELDS: dict[str, tuple[str, ...]] = {
    "registered": ("organisation", "on", *_EARLIER),
    "admitted": ("organisation", "ceremony_on", *_GROUPS_COUNTED),
    "readmitted": ("organisation", "ceremony_on", "first_admitted_on", *_GROUPS_COUNTED),
    "restored": ("organisation", "on", "arrives_standing"),
    "moved_in": ("organisation", "on", "elsewhere", "other_body", *_EARLIER),
    "transferred": ("organisation", "on"),
    "moved_out": ("on", "elsewhere", "other_body"),
}
_OTHERS = ("on",)


def _yes_no(**more: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        choices=[("", "—"), ("1", _("Có")), ("0", _("Không"))],
        coerce=lambda v: v == "1",
        empty_value=None,
        required=False,
        **more,
    )


def profile_field(name: str) -> Any:
    """The form field of one profile field. Only the name is needed to enter a person: a blank is a gap."""
    if name == "youth_union":
        return _yes_no(label=field_label(name).capitalize())
    asked = name in REQUIRED and name != "full_name"
    more = {"help_text": _("mục bắt buộc của hồ sơ")} if asked else {}
    return column(
        MemberDetail, name, **({} if name == "birth_year_only" else {"required": name == "full_name"}), **more
    )


class ProfileForm(UserForm):
    """All profile fields that the user may read; restricted ones only with `member.sensitive`."""

    groups: Groups = PROFILE_GROUPS

    def __init__(self, *args: Any, sensitive: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in FIELDS:
            if sensitive or field.name not in RESTRICTED:
                self.fields[field.name] = profile_field(field.name)

    def profile(self) -> dict[str, Any]:
        """The profile fields as entered."""
        return {name: value for name, value in self.cleaned_data.items() if name in BY_NAME}

    def grouped(self) -> list[tuple[Any, list[Any]]]:
        """The bound fields by group."""
        shown = [(title, [self[n] for n in names if n in self.fields]) for title, names in self.groups]
        return [(title, bound) for title, bound in shown if bound]


class EditForm(ProfileForm):
    """A change of the profile from a day on, or a correction of what was wrong from the start."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    mode = forms.ChoiceField(
        label=_("Đây là"),
        choices=[
            ("change", _("thay đổi từ một ngày (trước đó vẫn đúng như đã ghi)")),
            ("correct", _("sửa sai từ đầu (điều đã ghi chưa bao giờ đúng)")),
        ],
        widget=forms.RadioSelect,
        initial="change",
    )
    since = DateField(label=_("Thay đổi từ ngày"), required=False)
    reason = forms.CharField(label=_("Lý do, căn cứ"), max_length=300, required=False)
    groups = ((_("Cách sửa"), ("mode", "since", "reason")), *PROFILE_GROUPS)

    def clean(self) -> dict[str, Any]:
        """A change needs its day, a correction its reason; what cannot change in a life can only be corrected."""
        data = super().clean() or self.cleaned_data
        mode = data.get("mode")
        if mode == "change" and not data.get("since") and "since" not in self.errors:
            self.add_error("since", _("Ghi ngày bắt đầu có thay đổi."))
        if mode == "correct" and not (data.get("reason") or "").strip():
            self.add_error("reason", _("Sửa sai phải nêu lý do."))
        if mode == "change" and data.get("since") and data["since"] > today():
            self.add_error("since", _("Ngày này còn ở tương lai."))
        for name in self.changed_data if mode == "change" else ():
            if (
                name in BY_NAME
                and not BY_NAME[name].versioned
                and self.initial.get(name) not in ("", None, False)
            ):
                self.add_error(
                    name, _("Mục này không thay đổi theo thời gian. Nếu đã ghi sai, chọn “sửa sai từ đầu”.")
                )
        return data

    def changes(self) -> dict[str, Any]:
        """The profile fields that were changed, with their new values."""
        return {name: value for name, value in self.profile().items() if value != self.initial.get(name)}


class NewMemberForm(ProfileForm):
    """A person who comes onto the register, with the event by which he or she comes."""

    code = column(Member, "code")
    card_number = column(Member, "card_number", required=False)
    groups = ((_("Sổ đảng viên"), ("code", "card_number")), *PROFILE_GROUPS)

    def member_draft(self) -> MemberDraft:
        """The person."""
        return MemberDraft(
            code=self.cleaned_data["code"],
            details=self.profile(),
            card_number=self.cleaned_data["card_number"],
        )


class EventForm(RecordForm):
    """One event of a life; asks only what its kind needs."""

    draft_class = EventDraft
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    organisation = OrganisationField(verb="member.write", label=_("Chi bộ"))
    on = column(MemberEvent, "on")
    ceremony_on = column(MemberEvent, "ceremony_on")
    elsewhere = column(MemberEvent, "elsewhere")
    other_body = column(MemberEvent, "other_body")
    first_admitted_on = column(MemberEvent, "first_admitted_on")
    official_on = column(MemberEvent, "official_on")
    arrives_standing = column(MemberEvent, "arrives_standing")
    outside_days = column(MemberEvent, "outside_days", required=False, initial=0)
    population_breach = column(MemberEvent, "population_breach")
    foreign_spouse = column(MemberEvent, "foreign_spouse")
    village_head = column(MemberEvent, "village_head")
    decision_number = column(MemberEvent, "decision_number")
    decision_date = column(MemberEvent, "decision_date")
    decision_body = column(MemberEvent, "decision_body")
    reason = column(MemberEvent, "reason")

    def __init__(self, *args: Any, kind: str, member: Member | None, **kwargs: Any) -> None:
        self.kind, self.member = kind, member
        super().__init__(*args, **kwargs)
        own = EVENT_FIELDS.get(kind, _OTHERS)
        keep = {"row_version", "why", *own, *DECISION, "reason"}
        for name in list(self.fields):
            if name not in keep:
                del self.fields[name]
        if kind in ADMISSION:
            self.fields["decision_date"].required = True
            self.fields["decision_date"].label = _("Ngày quyết định kết nạp")
        if kind == "transferred":
            self.fields["organisation"].label = _("Chuyển đến chi bộ")
        self.own_groups: Groups = (
            (MEMBER_EVENT.label(kind), own),
            (_("Quyết định"), DECISION),
            (_("Ghi chú"), ("reason",)),
        )

    def ordered(self) -> Groups:
        """The groups that this kind of event asks for."""
        return self.own_groups

    def derived(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Whose event and of which kind."""
        return {"member": self.member, "kind": self.kind}


class CardForm(UserForm):
    """A Party card given, exchanged or replaced."""

    number = column(MemberCard, "number")
    kind = column(MemberCard, "kind", initial=CARD_KIND.values[0])
    issued_on = column(MemberCard, "issued_on")
    issued_by = column(MemberCard, "issued_by")

    def grouped(self) -> list[tuple[Any, list[Any]]]:
        """For the template of grouped fields."""
        return [(_("Thẻ đảng viên"), list(self))]

    def draft(self, member: Member) -> CardDraft:
        """The card as entered."""
        return CardDraft(member=member, **self.cleaned_data)
