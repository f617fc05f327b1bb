"""One inspection or supervision: whom, by whom, in which time, what was done step by step, what was found."""

from django.core.validators import MinValueValidator
from django.db import models

from tongket.audit.models import Cited, Identified, Recorded
from tongket.core import codelists as codes
from tongket.core import judging as lists
from tongket.members.models import Member
from tongket.organisations.models import Organisation


class Inspection(Recorded, Identified, Cited):
    """One inspection of an acting body (`organisation`, `subject`, `body`, as in `Programme`).

    `item` is the identity of the item of the programme, None for one that was not planned (then with the reason).
    `state`, `deadline`, `extended`, `started_on`, `concluded_on`, `followed_on` are derived from the steps
    (`running/derive.py`).
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="inspections_made")
    subject = models.CharField("chủ thể", max_length=12, choices=lists.INSPECTION_SUBJECT.choices)
    body = models.CharField("tên cơ quan", max_length=200, blank=True)
    kind = models.CharField("loại", max_length=12, choices=lists.INSPECTION_KIND.choices)
    item = models.UUIDField("cuộc trong chương trình", null=True, blank=True, db_index=True)
    unplanned_reason = models.CharField("lý do ngoài chương trình", max_length=300, blank=True)
    content = models.CharField("nội dung kiểm tra, giám sát", max_length=500)
    period_from = models.DateField("mốc thời gian từ", null=True, blank=True)
    period_to = models.DateField("mốc thời gian đến", null=True, blank=True)
    starts_on = models.DateField("dự kiến bắt đầu")
    ends_on = models.DateField("dự kiến kết thúc")
    limit_days = models.PositiveSmallIntegerField(
        "thời hạn (ngày)", null=True, blank=True, validators=(MinValueValidator(1),)
    )
    state = models.CharField(
        "trạng thái", max_length=10, choices=lists.INSPECTION_STATE.choices, default="planned"
    )
    deadline = models.DateField("hạn hiện nay")
    extended = models.BooleanField("đã gia hạn", default=False)
    started_on = models.DateField("ngày bắt đầu", null=True, blank=True)
    concluded_on = models.DateField("ngày kết luận", null=True, blank=True)
    followed_on = models.DateField("ngày kết thúc theo dõi", null=True, blank=True)

    class Meta:
        ordering = ("-starts_on", "-id")
        indexes = (
            models.Index(fields=("organisation", "starts_on")),
            models.Index(fields=("concluded_on", "voided_at"), name="inspection_by_conclusion"),
        )

    def __str__(self) -> str:
        return self.content


class InspectionObject(Recorded):
    """Who is inspected: an organisation, or a member (then `organisation` is the cell on the first planned day)."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="targets")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="inspected")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("inspection", "id")
        indexes = (models.Index(fields=("organisation", "voided_at"), name="inspected_by_body"),)

    def __str__(self) -> str:
        return f"{self.inspection_id}: {self.member_id or self.organisation_id}"


class TeamMember(Recorded):
    """One of the team: a member of the register, or a name from outside it; what the person is there as."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="team")
    role = models.CharField("nhiệm vụ", max_length=10, choices=lists.TEAM_ROLE.choices)
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("họ và tên", max_length=120)
    post = models.CharField("chức vụ, đơn vị", max_length=200, blank=True)

    class Meta:
        ordering = ("inspection", "id")

    def __str__(self) -> str:
        return f"{self.inspection_id}: {self.name}"


class InspectionStep(Recorded, Identified, Cited):
    """What was done on a day, with its paper; of an extension the reason and the new end."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField("bước", max_length=10, choices=lists.INSPECTION_STEP.choices)
    on = models.DateField("ngày")
    reason = models.CharField("lý do gia hạn", max_length=300, blank=True)
    until = models.DateField("gia hạn đến", null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class Finding(Recorded, Identified):
    """What was found about one of the objects. What has to be put right is a demand whose `about` is the identity.

    Of an organisation's work: in words. Of a member: only the code of the content, nothing in words.
    `organisation` is the organisation inspected, or the member's cell.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("loại", max_length=12, choices=lists.FINDING_KIND.choices)
    on = models.DateField("ngày")
    ground = models.CharField("nội dung", max_length=12, blank=True, choices=codes.DISCIPLINE_GROUND.choices)
    text = models.CharField("ghi rõ", max_length=1000, blank=True)

    class Meta:
        ordering = ("inspection", "id")
        indexes = (models.Index(fields=("on", "voided_at"), name="finding_by_day"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.inspection_id}"
