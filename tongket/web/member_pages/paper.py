"""The phiếu đảng viên of one member as Word and PDF; with the restricted fields only when asked for, and logged."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.core.dates import format_date, today
from tongket.core.text import fold
from tongket.members.exporting.people import known_of
from tongket.members.exporting.profile_paper import (
    Section,
    cards_section,
    life_section,
    posts_section,
    profile_paper,
)
from tongket.members.fields import RESTRICTED
from tongket.members.models import Member
from tongket.members.queries import visible_to
from tongket.reports.pdf.make import make_pdf
from tongket.ui.gate import gate, get_for_user
from tongket.ui.shell.errors import Missing
from tongket.ui.word_paper import WORD_TYPE
from tongket.web.member_pages.detail import Judged, judged
from tongket.web.rights import verbs_at

_TYPES = {"docx": WORD_TYPE, "pdf": "application/pdf"}
_TITLES = {
    "ratings": "Đánh giá, xếp loại hằng năm",
    "badges": "Huy hiệu Đảng",
    "commendations": "Khen thưởng",
    "disciplines": "Kỷ luật",
}


@gate("member.read")
def paper(request: HttpRequest, uid: Any, kind: str) -> HttpResponse:
    """The paper without the restricted fields."""
    member = get_for_user(visible_to(request.user), uid=uid)
    return _paper(request, member, kind, revealed=False)


@gate("member.sensitive", methods=("POST",))
def full_paper(request: HttpRequest, uid: Any, kind: str) -> HttpResponse:
    """The paper with all that is recorded; which fields were read is logged."""
    member = get_for_user(visible_to(request.user, "member.sensitive"), uid=uid)
    return _paper(request, member, kind, revealed=True)


def _paper(request: HttpRequest, member: Member, kind: str, *, revealed: bool) -> HttpResponse:
    if kind not in _TYPES:
        raise Missing(_("Phiếu đảng viên có hai dạng: docx và pdf."))
    log_reading(
        "member.paper",
        by=request.user,
        subject=member,
        organisation=member.organisation,
        fields=sorted(RESTRICTED) if revealed else [],
    )
    (known,) = known_of(Member.objects.filter(pk=member.pk))
    content = profile_paper(known, _sections(request, member), on=today(), revealed=revealed)
    if kind == "pdf":
        content = make_pdf(content)
    name = f"phieu-dang-vien-{slugify(fold(member.full_name))}-{slugify(fold(member.code))}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=_TYPES[kind], headers=headers)


def _sections(request: HttpRequest, member: Member) -> list[Section]:
    """The tables that the reader's duties open, in the order of the paper."""
    standing = {"voided_at__isnull": True}
    events = member.events.filter(**standing).select_related("organisation").order_by("on", "pk")
    posts = member.posts.filter(**standing).select_related("organisation").order_by("valid_from", "pk")
    cards = member.cards.filter(**standing).order_by("issued_on", "pk")
    sections = [life_section(list(events)), posts_section(list(posts)), cards_section(list(cards))]
    shown = judged(request, member, verbs_at(request.user, member.organisation))
    return [*sections, *(_judged_section(name, rows) for name, rows in shown.items())]


def _judged_section(name: str, rows: list[Judged]) -> Section:
    told = tuple((format_date(row.on), row.what, row.more) for row in reversed(rows))
    return Section(_TITLES[name], ("Ngày", "Nội dung", "Ghi chú"), told, (26, 70, 69))
