"""Members: an identity, dated details, cards, posts, the events of a life, and the spells derived from them."""

import uuid

from django.db import models

from tongket.audit.models import Cited, Recorded
from tongket.core import codelists as codes
from tongket.core.dates import FOREVER
from tongket.organisations.models import CommitteeTerm, Organisation


class Member(models.Model):
    """The identity of one person in the register.

    Everything but `uid` and `code` repeats the latest known state, derived in `derive.py`, so that lists need no join;
    `organisation` is the cell of the current or last spell, `standing` is empty when membership has ended.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("mã đảng viên trong sổ", max_length=20, unique=True)
    full_name = models.CharField("họ và tên", max_length=120)
    folded_name = models.CharField(max_length=120, db_index=True)
    sort_key = models.CharField(max_length=400, db_index=True)
    card_number = models.CharField("số thẻ đảng viên", max_length=20, blank=True, db_index=True)
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    gender = models.CharField("giới tính", max_length=10, choices=codes.GENDER.choices, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="members_now"
    )
    standing = models.CharField(max_length=15, blank=True, choices=codes.STANDING.choices)
    ended_by = models.CharField(max_length=20, blank=True)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("sort_key", "code")

    def __str__(self) -> str:
        return self.full_name


class MemberDetail(Recorded):
    """What is written in a member's profile, as it holds from a day to a day. A blank is a gap, never a default."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="details")
    valid_from = models.DateField()
    valid_to = models.DateField(default=FOREVER)

    full_name = models.CharField("họ và tên", max_length=120)
    birth_name = models.CharField("họ tên khai sinh", max_length=120, blank=True)
    other_names = models.CharField("bí danh, tên khác", max_length=120, blank=True)
    gender = models.CharField("giới tính", max_length=10, choices=codes.GENDER.choices, blank=True)
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    birth_year_only = models.BooleanField("chỉ biết năm sinh", default=False)
    national_id = models.CharField("số định danh cá nhân, CCCD", max_length=12, blank=True)
    old_id_number = models.CharField("số CMND cũ", max_length=9, blank=True)
    profile_number = models.CharField("số lý lịch", max_length=20, blank=True)
    ethnicity = models.CharField("dân tộc", max_length=2, choices=codes.ETHNICITY.choices, blank=True)
    religion = models.CharField("tôn giáo", max_length=12, choices=codes.RELIGION.choices, blank=True)
    birthplace = models.CharField("nơi sinh", max_length=250, blank=True)
    home_town = models.CharField("quê quán", max_length=250, blank=True)
    permanent_address = models.CharField("thường trú", max_length=250, blank=True)
    permanent_address_new = models.CharField("thường trú theo địa danh mới", max_length=250, blank=True)
    temporary_address = models.CharField("tạm trú", max_length=250, blank=True)
    occupation_before = models.CharField("nghề nghiệp trước khi vào Đảng", max_length=120, blank=True)
    occupation = models.CharField(
        "nghề nghiệp hiện nay", max_length=20, choices=codes.OCCUPATION.choices, blank=True
    )
    workplace = models.CharField("đơn vị công tác", max_length=200, blank=True)
    position = models.CharField("chức vụ chính quyền, đoàn thể", max_length=150, blank=True)
    schooling = models.CharField(
        "giáo dục phổ thông", max_length=20, choices=codes.SCHOOLING.choices, blank=True
    )
    education = models.CharField(
        "trình độ chuyên môn", max_length=20, choices=codes.EDUCATION.choices, blank=True
    )
    academic_title = models.CharField(
        "chức danh khoa học", max_length=20, choices=codes.ACADEMIC_TITLE.choices, blank=True
    )
    theory = models.CharField("lý luận chính trị", max_length=20, choices=codes.THEORY.choices, blank=True)
    foreign_language = models.CharField("ngoại ngữ", max_length=60, blank=True)
    it_skill = models.CharField("tin học", max_length=60, blank=True)
    youth_union = models.BooleanField("đoàn viên thanh niên", null=True, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)

    class Meta:
        ordering = ("member", "valid_from")
        indexes = (models.Index(fields=("member", "valid_from", "valid_to")),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_from__lt=models.F("valid_to")), name="detail_span"
            ),
        )

    def __str__(self) -> str:
        return f"{self.full_name} {self.valid_from}"


class MemberCard(Recorded):
    """One Party card in its history. The number is text: leading zeros are part of it."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="cards")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.CharField("số thẻ", max_length=20)
    kind = models.CharField("loại", max_length=12, choices=codes.CARD_KIND.choices)
    issued_on = models.DateField("ngày cấp", null=True, blank=True)
    issued_by = models.CharField("nơi cấp", max_length=200, blank=True)

    class Meta:
        ordering = ("member", "issued_on")
        indexes = (models.Index(fields=("organisation", "issued_on"), name="card_by_cell"),)

    def __str__(self) -> str:
        return self.number


class MemberEvent(Recorded, Cited):
    """One event of a member's life. `on` is the day from which it changes the register and is counted.

    Admissions keep three dates: decision (`decision_date`), ceremony (`ceremony_on`) and, by a later `recognised`
    event, official recognition. Which of the first two counts is the rule `new.count`.
    `organisation` is the cell whose books the event belongs to (for a transfer: the one received into).
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField("việc", max_length=20, choices=codes.MEMBER_EVENT.choices)
    on = models.DateField("ngày")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    from_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ceremony_on = models.DateField("ngày tổ chức lễ kết nạp", null=True, blank=True)
    elsewhere = models.CharField("phạm vi chuyển", max_length=20, blank=True, choices=codes.ELSEWHERE.choices)
    other_body = models.CharField("tổ chức đảng nơi khác", max_length=200, blank=True)
    # What an entry from outside or from an older register brings along: the earlier dates of the person.
    first_admitted_on = models.DateField("ngày quyết định kết nạp trước đó", null=True, blank=True)
    official_on = models.DateField("ngày chính thức trước đó", null=True, blank=True)
    outside_days = models.PositiveIntegerField("số ngày không tính tuổi Đảng", default=0)
    arrives_standing = models.CharField(
        "tư cách khi vào sổ", max_length=15, blank=True, choices=codes.STANDING.choices
    )
    population_breach = models.BooleanField("từng vi phạm chính sách dân số", default=False)
    foreign_spouse = models.BooleanField("hôn nhân với người nước ngoài", default=False)
    village_head = models.BooleanField("trưởng, phó thôn", default=False)
    reason = models.CharField("lý do, ghi chú", max_length=300, blank=True)

    class Meta:
        ordering = ("member", "on", "id")
        indexes = (
            models.Index(fields=("on", "kind")),
            models.Index(fields=("member", "on")),
            models.Index(fields=("organisation", "on")),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class MembershipSpell(models.Model):
    """Member belongs to a cell with a standing from a day to a day. Derived from events; never edited by hand.

    `party_age_from` is the day from which Party age counts (`rules.membership.party_age_from`); `admitted_on` the day
    of the first admission decision. Record times let the register be asked as known at a moment.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="spells")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="spells")
    standing = models.CharField(max_length=15, choices=codes.STANDING.choices)
    exempt = models.BooleanField(default=False)
    suspended = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(default=FOREVER)
    admitted_on = models.DateField(null=True)
    official_on = models.DateField(null=True)
    party_age_from = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("member", "valid_from")
        indexes = (
            # All that figures ask of a spell: 70,000 of them are counted without reading the table.
            models.Index(
                fields=(
                    "organisation",
                    "valid_to",
                    "valid_from",
                    "voided_at",
                    "member",
                    "standing",
                    "exempt",
                    "suspended",
                    "admitted_on",
                    "party_age_from",
                ),
                name="spell_by_cell",
            ),
            models.Index(fields=("member", "valid_from")),
            models.Index(fields=("valid_to",)),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_from__lt=models.F("valid_to")), name="spell_span"
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id} in {self.organisation_id} {self.valid_from}"


class PostHolding(Recorded, Cited):
    """A member holds a Party post in an organisation's committee from a day to a day."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    term = models.ForeignKey(CommitteeTerm, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    post = models.CharField("chức vụ", max_length=20, choices=codes.POST.choices)
    title = models.CharField("chức danh đầy đủ", max_length=200, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", default=FOREVER)

    class Meta:
        ordering = ("organisation", "post", "valid_from")
        indexes = (models.Index(fields=("organisation", "valid_from", "valid_to")),)

    def __str__(self) -> str:
        return f"{self.post} {self.organisation_id}"
