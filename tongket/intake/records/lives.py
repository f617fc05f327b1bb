"""Events of members' lives and posts in committees, from a workbook."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from tongket.core.codelists import BEGINNINGS, ELSEWHERE, MEMBER_EVENT, POST, STANDING
from tongket.core.text import fold
from tongket.intake.columns import Column, Row, Sheet, decision_columns
from tongket.intake.session import Session
from tongket.members.acts import add_events, check_events, day_of
from tongket.members.drafts import EventDraft, PostDraft
from tongket.members.models import MemberEvent, PostHolding
from tongket.members.post_acts import add_posts, check_posts
from tongket.organisations.models import CommitteeTerm


def from_row(draft: type[Any], row: Row, **more: Any) -> Any:
    """A draft whose fields stand in the row under the same names; blank ones keep the draft's own default."""
    known = {f.name for f in fields(draft)}
    return draft(**{n: v for n, v in row.values.items() if n in known and v is not None}, **more)


def _bring_events(rows: Sequence[Row], session: Session) -> None:
    ready = session.resolve(rows)
    scope = session.scope()
    for row in ready:
        member, kind = row.values["member"], row.values["kind"]
        # A person who stands nowhere yet may be taken in, but nothing else can happen to one who is not mine.
        if (
            scope is not None
            and member.organisation_id is None
            and kind not in BEGINNINGS
            and not row.get("organisation")
        ):
            session.refuse(row, "organisation", "Ghi chi bộ của việc này.")
    pairs = [(row, from_row(EventDraft, row)) for row in ready if row.sound]
    names = ("member", "kind", "on")
    fresh = session.without_known(pairs, MemberEvent, names, lambda d: (d.member.pk, d.kind, day_of(d)))
    session.bring(fresh, check_events, lambda d, origins: add_events(d, act=session.act, origins=origins))


def _bring_posts(rows: Sequence[Row], session: Session) -> None:
    ready = session.resolve(rows)
    terms = {
        (term.organisation_id, fold(term.name)): term
        for term in CommitteeTerm.objects.filter(voided_at__isnull=True)
    }
    pairs = []
    for row in ready:
        term = terms.get((row.values["organisation"].pk, fold(row.get("term", ""))))
        if row.get("term") and term is None:
            session.refuse(
                row, "term", f"Tổ chức này chưa có “{row.values['term']}”. Nhập nhiệm kỳ ở sổ Tổ chức trước."
            )
            continue
        row.values["term"] = term
        pairs.append((row, from_row(PostDraft, row)))
    fresh = session.without_known(pairs, PostHolding, ("organisation", "member", "post", "valid_from"))
    session.bring(fresh, check_posts, lambda d, origins: add_posts(d, act=session.act, origins=origins))


EVENTS = Sheet(
    "Biến động",
    (
        Column("Mã đảng viên", "member", "member", True, example="ĐV000001"),
        Column("Việc", "kind", "code", True, MEMBER_EVENT, example="Kết nạp", width=26),
        Column(
            "Ngày",
            "on",
            "date",
            example="",
            help="Kết nạp: để trống, tính theo quyết định; việc khác bắt buộc",
        ),
        Column(
            "Chi bộ",
            "organisation",
            "organisation",
            example="QS.01.01",
            help="Chi bộ tiếp nhận; để trống cho việc xảy ra ở chi bộ đang sinh hoạt",
        ),
        Column("Ngày lễ kết nạp", "ceremony_on", "date", example="19/05/2023"),
        *decision_columns(),
        Column(
            "Phạm vi chuyển", "elsewhere", "code", codes=ELSEWHERE, width=26, help="Chuyển đến, chuyển đi"
        ),
        Column("Tổ chức đảng nơi khác", "other_body", width=28),
        Column(
            "Ngày quyết định kết nạp trước đó",
            "first_admitted_on",
            "date",
            help="Người chuyển đến, đưa vào sổ",
        ),
        Column("Ngày chính thức trước đó", "official_on", "date"),
        Column("Tư cách khi vào sổ", "arrives_standing", "code", codes=STANDING, width=22),
        Column("Số ngày không tính tuổi Đảng", "outside_days", "int"),
        Column("Từng vi phạm chính sách dân số", "population_breach", "bool"),
        Column("Hôn nhân với người nước ngoài", "foreign_spouse", "bool"),
        Column("Trưởng, phó thôn", "village_head", "bool"),
        Column("Lý do, ghi chú", "reason", width=30),
    ),
    "member.write",
    _bring_events,
    "Mỗi dòng là một việc trong đời một đảng viên. Thứ tự dòng không quan trọng.",
)

POSTS = Sheet(
    "Cấp ủy",
    (
        Column("Mã tổ chức", "organisation", "organisation", True, example="QS.01"),
        Column("Mã đảng viên", "member", "member", True, example="ĐV000001"),
        Column("Chức vụ", "post", "code", True, POST, example="Bí thư", width=26),
        Column("Chức danh đầy đủ", "title", width=30),
        Column("Khóa", "term", example="Khóa XXV", help="Tên nhiệm kỳ đã nhập ở sổ Tổ chức", width=22),
        Column("Từ ngày", "valid_from", "date", True, example="10/07/2020"),
        Column(
            "Đến ngày", "valid_to", "date", help="Ngày thôi giữ (không tính ngày đó); để trống nếu đang giữ"
        ),
        *decision_columns(),
    ),
    "organisation.write",
    _bring_posts,
)
