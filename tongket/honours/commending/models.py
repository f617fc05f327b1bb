"""A campaign of commendations: titles as data, proposals, the council's view, the decision, numbers, certificates.

What is decided becomes a `Commendation`. Records point at each other by identity, so that correcting a title or a
campaign moves nothing.
"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from tongket.audit.models import Cited, Identified, Recorded
from tongket.core import codelists as codes
from tongket.core import judging as lists
from tongket.members.models import Member
from tongket.organisations.models import Organisation


class CommendationTitle(Recorded, Identified, Cited):
    """A title as the regulation of `organisation` has it, for the years from `year_from` to `year_to`.

    `gate_years`: how many years running the gate asks for. The cap is a number, or a share (percent) of `cap_base`;
    neither: none is known. `bonus` is a multiple of the base salary, None while unknown.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="commendation_titles"
    )
    code = models.CharField("mã danh hiệu", max_length=30)
    name = models.CharField("tên danh hiệu", max_length=200)
    year_from = models.PositiveSmallIntegerField(
        "áp dụng từ năm", validators=(MinValueValidator(1930), MaxValueValidator(2100))
    )
    year_to = models.PositiveSmallIntegerField("đến hết năm", null=True, blank=True)
    kind = models.CharField("loại khen thưởng", max_length=12, choices=lists.COMMENDING_KIND.choices)
    recipient_kind = models.CharField("đối tượng", max_length=12, choices=codes.RECIPIENT.choices)
    form = models.CharField("hình thức", max_length=12, choices=codes.COMMENDATION_FORM.choices)
    giver = models.CharField("cấp khen", max_length=12, choices=codes.GIVER.choices)
    gate = models.CharField("điều kiện xếp loại", max_length=12, choices=lists.COMMENDING_GATE.choices)
    gate_years = models.PositiveSmallIntegerField("số năm liên tục", default=1)
    no_discipline = models.BooleanField("không bị kỷ luật trong kỳ xét", default=False)
    cap_number = models.PositiveIntegerField("số lượng tối đa", null=True, blank=True)
    cap_share = models.DecimalField("tỷ lệ tối đa (%)", max_digits=5, decimal_places=2, null=True, blank=True)
    cap_base = models.CharField(
        "tỷ lệ tính trên", max_length=12, blank=True, choices=lists.COMMENDING_CAP_BASE.choices
    )
    bonus = models.DecimalField(
        "tiền thưởng (lần mức lương cơ sở)", max_digits=6, decimal_places=2, null=True, blank=True
    )
    fund = models.CharField("nguồn tiền thưởng", max_length=120, blank=True)
    criteria = models.CharField("tiêu chuẩn", max_length=2000, blank=True)

    class Meta:
        ordering = ("-year_from", "recipient_kind", "code")
        indexes = (models.Index(fields=("organisation", "voided_at")),)

    def __str__(self) -> str:
        return self.name


class CommendationRound(Recorded, Identified):
    """A campaign: `organisation` asks those below it to propose for a period, for these titles (identities)."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="commendation_rounds"
    )
    name = models.CharField("tên đợt", max_length=200)
    period = models.CharField("kỳ thành tích", max_length=20)
    period_end = models.DateField()
    opened_on = models.DateField("ngày mở đợt")
    propose_by = models.DateField("hạn đề nghị", null=True, blank=True)
    council_by = models.DateField("hạn hội đồng xét", null=True, blank=True)
    decide_by = models.DateField("hạn quyết định", null=True, blank=True)
    titles = models.JSONField("danh hiệu", default=list)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        ordering = ("-period_end", "-opened_on", "-id")

    def __str__(self) -> str:
        return self.name


class CommendationProposal(Recorded, Identified):
    """One proposed for one title of a campaign (`round`, `title`: identities).

    `organisation` is the body proposed, or the one the individual or office belongs to; `proposed_by` is who proposes,
    `asked_by` whose campaign it is.
    """

    round = models.UUIDField(db_index=True)
    asked_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.UUIDField()
    title_code = models.CharField(max_length=30)
    proposed_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="commendation_proposals"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    recipient_kind = models.CharField("đối tượng", max_length=12, choices=codes.RECIPIENT.choices)
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recipient_name = models.CharField("tên tập thể, cá nhân", max_length=200, blank=True)
    address = models.CharField("chức danh, đơn vị ghi trên giấy khen", max_length=200, blank=True)
    achievement = models.CharField("thành tích", max_length=300, blank=True)
    period = models.CharField("kỳ thành tích", max_length=20)
    period_end = models.DateField()
    proposed_on = models.DateField("ngày đề nghị")

    class Meta:
        ordering = ("asked_by", "id")
        indexes = (models.Index(fields=("asked_by", "proposed_on")),)

    def __str__(self) -> str:
        return self.recipient_name or str(self.member_id or self.organisation_id)


class CommendationOverride(Recorded):
    """An automatic check set aside with a written reason: of one proposal, or (`cap`) of a title in a campaign."""

    round = models.UUIDField(db_index=True)
    asked_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    proposal = models.UUIDField(null=True, blank=True)
    title = models.UUIDField(null=True, blank=True)
    check_code = models.CharField("kiểm tra", max_length=12, choices=lists.COMMENDING_CHECK.choices)
    reason = models.CharField("lý do", max_length=300)

    class Meta:
        ordering = ("recorded_at", "id")

    def __str__(self) -> str:
        return f"{self.check_code} {self.proposal or self.title}"


class CouncilView(Recorded):
    """What the council thought of one proposal: counts only, nobody's own vote is asked or kept."""

    round = models.UUIDField(db_index=True)
    asked_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    proposal = models.UUIDField()
    on = models.DateField("ngày họp hội đồng")
    base = models.PositiveIntegerField("số thành viên hội đồng có quyền biểu quyết", null=True, blank=True)
    agree = models.PositiveIntegerField("số phiếu tán thành", null=True, blank=True)
    recommended = models.BooleanField("hội đồng đề nghị khen", default=False)
    reason = models.CharField("lý do", max_length=300, blank=True)

    class Meta:
        ordering = ("round", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("proposal",), condition=models.Q(voided_at__isnull=True), name="council_view_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.proposal} {self.agree}/{self.base}"


class CommendationDecision(Recorded, Identified, Cited):
    """A decision of a campaign, with what was commended and what was not (`ProposalOutcome`)."""

    round = models.UUIDField(db_index=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="commendation_decisions"
    )
    period = models.CharField("kỳ thành tích", max_length=20)

    class Meta:
        ordering = ("decision_date", "id")

    def __str__(self) -> str:
        return self.decision_number


class ProposalOutcome(Recorded):
    """What a decision said of one proposal; `commendation` is the row it wrote, none for one that was refused."""

    decision = models.ForeignKey(CommendationDecision, on_delete=models.PROTECT, related_name="outcomes")
    proposal = models.UUIDField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    commended = models.BooleanField("được khen")
    reason = models.CharField("lý do không khen", max_length=300, blank=True)
    # Plain keys: a commendation may be corrected, which puts another row in its place.
    commendation = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("decision", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("proposal",), condition=models.Q(voided_at__isnull=True), name="proposal_decided_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.proposal} {self.commended}"


class CertificateNumber(Recorded):
    """The number of one certificate in the register of `organisation` for a year."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="certificate_numbers"
    )
    round = models.UUIDField(db_index=True)
    proposal = models.UUIDField()
    year = models.PositiveSmallIntegerField("năm của sổ")
    number = models.PositiveIntegerField("số vào sổ")
    issued_on = models.DateField("ngày vào sổ")

    class Meta:
        ordering = ("organisation", "year", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "year", "number"),
                condition=models.Q(voided_at__isnull=True),
                name="certificate_number_once",
            ),
            models.UniqueConstraint(
                fields=("proposal",),
                condition=models.Q(voided_at__isnull=True),
                name="certificate_numbered_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


class CertificateLayout(Recorded, Identified):
    """Where the texts stand on the pre-printed paper of a title, in mm from the upper left corner.

    `places` is a list of {key, x, y, width, size, bold, italic, align, shown}.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="certificate_layouts"
    )
    title = models.UUIDField()
    page_width = models.PositiveSmallIntegerField("chiều ngang giấy (mm)", default=297)
    page_height = models.PositiveSmallIntegerField("chiều dọc giấy (mm)", default=210)
    shift_x = models.DecimalField("dời sang phải (mm)", max_digits=5, decimal_places=1, default=0)
    shift_y = models.DecimalField("dời xuống (mm)", max_digits=5, decimal_places=1, default=0)
    place = models.CharField("nơi ký", max_length=80, blank=True)
    on_behalf = models.CharField("thay mặt", max_length=120, blank=True)
    signer_post = models.CharField("chức vụ người ký", max_length=120, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    places = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "title"),
                condition=models.Q(voided_at__isnull=True),
                name="certificate_layout_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.title}"
