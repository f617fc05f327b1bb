"""The year's records from a workbook: targets, ratings, honours, directives, study, discipline.

Each sheet names its draft, its checks and what makes two rows the same record; the rest is shared.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import models

from tongket.core import codelists as codes
from tongket.core.codelists import CodeList
from tongket.core.worklists import BOOK
from tongket.directives.acts import (
    add_directives,
    add_plans,
    add_study_sessions,
    check_directives,
    check_plans,
    check_study_sessions,
)
from tongket.directives.drafts import DirectiveDraft, PlanDraft, StudySessionDraft
from tongket.directives.models import Directive, Plan, StudySession
from tongket.directives.papers.series import symbol_key
from tongket.honours.acts import add_badge_awards, add_commendations, check_badge_awards, check_commendations
from tongket.honours.drafts import BadgeAwardDraft, CommendationDraft
from tongket.honours.models import BadgeAward, Commendation
from tongket.inspections.acts import (
    add_member_disciplines,
    add_organisation_disciplines,
    check_member_disciplines,
    check_organisation_disciplines,
)
from tongket.inspections.drafts import MemberDisciplineDraft, OrganisationDisciplineDraft
from tongket.inspections.models import MemberDiscipline, OrganisationDiscipline
from tongket.intake.columns import Column, Row, Sheet, decision_columns
from tongket.intake.records.lives import from_row
from tongket.intake.session import Session
from tongket.ratings.acts import (
    add_member_ratings,
    add_organisation_ratings,
    check_member_ratings,
    check_organisation_ratings,
)
from tongket.ratings.drafts import MemberRatingDraft, OrganisationRatingDraft
from tongket.ratings.models import MemberRating, OrganisationRating
from tongket.targets.acts import add_targets, check_targets
from tongket.targets.drafts import TargetDraft
from tongket.targets.models import Target

Bring = Callable[[Sequence[Row], Session], None]


def _bringing(
    draft: type[Any],
    model: type[models.Model],
    same: Sequence[str],
    check: Callable[[Any], Any],
    add: Callable[..., Any],
) -> Bring:
    """How rows of one class of record are brought in; `same`: the fields in which a repeated row equals the record."""

    def bring(rows: Sequence[Row], session: Session) -> None:
        ready = _with_directives(session.resolve(rows), session)
        pairs = [(row, from_row(draft, row)) for row in ready]
        fresh = session.without_known(pairs, model, same)
        session.bring(fresh, check, lambda d, origins: add(d, act=session.act, origins=origins))

    return bring


def _with_directives(rows: Sequence[Row], session: Session) -> Sequence[Row]:
    """Put the paper received in the place of its number and symbol; the organisation's own book is looked into."""
    column = next((c for c in session.sheet.columns if c.type == "directive"), None)
    if column is None:
        return rows
    books: dict[tuple[int, str], list[Directive]] = {}
    for found in Directive.objects.filter(voided_at__isnull=True):
        books.setdefault((found.organisation_id, symbol_key(found.symbol)), []).append(found)
    return list(_matched(rows, column, books, session))


def _matched(
    rows: Sequence[Row], column: Column, books: dict[tuple[int, str], list[Directive]], session: Session
) -> Iterator[Row]:
    for row in rows:
        symbol, day = row.get(column.field), row.get("directive_issued_on")
        if symbol is None:
            yield row
            continue
        found = books.get((row.values["organisation"].pk, symbol_key(symbol)), [])
        if day is not None:
            found = [directive for directive in found if directive.issued_on == day]
        if len(found) == 1:
            row.values[column.field] = found[0]
            yield row
        elif found:
            session.refuse(
                row, column.field, f"Có {len(found)} văn bản số {symbol}. Ghi thêm ngày ban hành của văn bản."
            )
        else:
            session.refuse(
                row, column.field, f"Sổ văn bản của tổ chức này chưa có {symbol}. Nhập văn bản đó trước."
            )


def _some(codelist: CodeList, keep: Sequence[str]) -> CodeList:
    return CodeList(codelist.name, tuple(code for code in codelist.codes if code.code in keep))


_ORGANISATION = Column("Mã tổ chức", "organisation", "organisation", True, example="QS.01")
_CELL = Column("Mã chi bộ", "organisation", "organisation", True, example="QS.01.01")
_MEMBER = Column("Mã đảng viên", "member", "member", True, example="ĐV000001")
_PERIOD = Column("Kỳ", "period", "period", True, example="2023", help="2023; 2023-Q1; 2023-H1; 2020-2025")
_NUMBER_AND_BODY = (decision_columns()[0], decision_columns()[2])

TARGETS = Sheet(
    "Chỉ tiêu",
    (
        _ORGANISATION,
        Column(
            "Chỉ số",
            "indicator",
            "indicator",
            True,
            example="members.admitted",
            width=28,
            help="Mã chỉ số hoặc tên trong danh mục",
        ),
        _PERIOD,
        Column("Mức giao", "value", "decimal", True, example="5"),
        Column("Có hiệu lực từ ngày", "valid_from", "date", True, example="05/01/2023"),
        Column("Đến ngày", "valid_to", "date"),
        Column("Bên giao", "giver", "code", codes=codes.TARGET_GIVER, example="Cấp trên giao", width=26),
        Column("Cơ quan giao", "giver_name", example="Huyện ủy", width=24),
        *decision_columns(),
        Column("Ghi chú", "note", width=30),
    ),
    "target.write",
    _bringing(
        TargetDraft,
        Target,
        ("organisation", "indicator", "period", "giver", "value", "valid_from"),
        check_targets,
        add_targets,
    ),
)

_LEVEL = Column(
    "Mức xếp loại", "level", "code", True, codes.RATING_LEVEL, example="Hoàn thành tốt nhiệm vụ", width=30
)
_WHY_NOT = Column("Lý do chưa đánh giá", "reason", "code", codes=codes.NOT_RATED_REASON, width=28)

ORGANISATION_RATINGS = Sheet(
    "Xếp loại tổ chức",
    (_ORGANISATION, _PERIOD, _LEVEL, _WHY_NOT, *decision_columns()),
    "rating.write",
    _bringing(
        OrganisationRatingDraft,
        OrganisationRating,
        ("organisation", "period", "level"),
        check_organisation_ratings,
        add_organisation_ratings,
    ),
)

MEMBER_RATINGS = Sheet(
    "Xếp loại đảng viên",
    (_MEMBER, _CELL, _PERIOD, _LEVEL, _WHY_NOT, *decision_columns()),
    "rating.write",
    _bringing(
        MemberRatingDraft,
        MemberRating,
        ("member", "organisation", "period", "level"),
        check_member_ratings,
        add_member_ratings,
    ),
)

BADGES = Sheet(
    "Huy hiệu Đảng",
    (
        _MEMBER,
        _CELL,
        Column("Mức Huy hiệu (năm)", "mark", "int", True, example="30"),
        Column("Đợt", "round", "code", True, codes.AWARD_ROUND, example="Đợt 3/2"),
        Column("Ngày trao", "awarded_on", "date", True, example="03/02/2023"),
        Column("Số Huy hiệu", "number", "id"),
        Column("Trao sớm", "early", "bool"),
        Column("Truy tặng", "posthumous", "bool"),
        *decision_columns(),
    ),
    "honour.write",
    _bringing(
        BadgeAwardDraft, BadgeAward, ("member", "mark", "awarded_on"), check_badge_awards, add_badge_awards
    ),
)

COMMENDATIONS = Sheet(
    "Khen thưởng",
    (
        _ORGANISATION,
        Column("Đối tượng", "recipient_kind", "code", True, codes.RECIPIENT, example="Cá nhân"),
        Column("Mã đảng viên", "member", "member", example="ĐV000001", help="Khen cá nhân là đảng viên"),
        Column(
            "Tên tập thể, cá nhân",
            "recipient_name",
            width=34,
            help="Tập thể không phải tổ chức đảng, hoặc cá nhân ngoài Đảng; để trống khi khen chính tổ chức ở cột đầu",
        ),
        Column("Hình thức", "form", "code", True, codes.COMMENDATION_FORM, example="Giấy khen"),
        Column(
            "Cấp khen",
            "giver",
            "code",
            True,
            codes.GIVER,
            example="Huyện ủy, cấp trên trực tiếp cơ sở",
            width=30,
        ),
        Column("Kỳ thành tích", "period", "period", True, example="2023"),
        Column("Ngày khen thưởng", "decided_on", "date", True, example="28/12/2023"),
        Column("Thành tích", "reason", width=40),
        *_NUMBER_AND_BODY,
    ),
    "honour.write",
    _bringing(
        CommendationDraft,
        Commendation,
        (
            "organisation",
            "recipient_kind",
            "member",
            "recipient_name",
            "form",
            "giver",
            "period",
            "decided_on",
        ),
        check_commendations,
        add_commendations,
    ),
)

DIRECTIVES = Sheet(
    "Văn bản cấp trên",
    (
        _ORGANISATION,
        Column("Loại văn bản", "kind", "code", True, codes.DOCUMENT_KIND, example="Nghị quyết"),
        Column("Số và ký hiệu", "symbol", "text", True, example="33-NQ/TU"),
        Column("Cơ quan ban hành", "issuer", "text", True, example="Ban Thường vụ Tỉnh ủy", width=30),
        Column("Cấp ban hành", "issuer_level", "code", True, codes.GIVER, example="Tỉnh ủy"),
        Column("Ngày ban hành", "issued_on", "date", True, example="20/11/2023"),
        Column("Trích yếu", "subject", "text", True, example="Về xây dựng lực lượng Công an", width=50),
        Column("Ngày nhận", "received_on", "date", True, example="24/11/2023"),
        Column("Phải ban hành văn bản triển khai", "needs_plan", "bool", example="Có", help="Để trống là có"),
        Column("Hạn ban hành", "plan_due_on", "date", example="24/12/2023"),
        Column("Sổ", "book", "code", codes=BOOK, help="Để trống là văn bản đến"),
        Column("Người ký", "signer", width=26),
        Column("Có hiệu lực đến", "effective_until", "date"),
    ),
    "directive.write",
    _bringing(
        DirectiveDraft,
        Directive,
        ("organisation", "kind", "symbol", "issued_on"),
        check_directives,
        add_directives,
    ),
    bears=True,
)

PLANS = Sheet(
    "Văn bản triển khai",
    (
        Column(
            "Mã tổ chức",
            "organisation",
            "organisation",
            True,
            example="QS",
            help="Tổ chức đã nhận văn bản của cấp trên",
        ),
        Column("Văn bản của cấp trên", "directive", "directive", True, example="33-NQ/TU"),
        Column(
            "Ngày văn bản của cấp trên", "directive_issued_on", "date", help="Cần khi hai văn bản trùng số"
        ),
        Column("Loại văn bản", "kind", "code", True, codes.DOCUMENT_KIND, example="Kế hoạch"),
        Column("Số và ký hiệu", "symbol", "text", True, example="120-KH/HU"),
        Column("Ngày ban hành", "issued_on", "date", True, example="15/12/2023"),
        Column("Trích yếu", "subject", width=50),
    ),
    "directive.write",
    _bringing(PlanDraft, Plan, ("directive", "kind", "symbol", "issued_on"), check_plans, add_plans),
)

STUDY = Sheet(
    "Học tập, quán triệt",
    (
        _ORGANISATION,
        Column("Nội dung", "title", "text", True, example="Học tập Nghị quyết Trung ương 8", width=50),
        Column(
            "Loại", "kind", "code", codes=codes.STUDY_KIND, example="Học tập, quán triệt nghị quyết", width=30
        ),
        Column(
            "Văn bản",
            "directive",
            "directive",
            help="Số và ký hiệu văn bản đã có trong sổ văn bản của tổ chức này",
        ),
        Column("Ngày văn bản", "directive_issued_on", "date"),
        Column("Ngày tổ chức", "held_on", "date", True, example="15/12/2023"),
        Column("Hình thức", "form", "code", codes=codes.STUDY_FORM, example="Trực tiếp", width=24),
        Column("Địa điểm", "place", width=26),
        Column("Số điểm cầu", "sites", "int", example="1"),
        Column("Tổng số đảng viên", "members_total", "int", True, example="40"),
        Column("Được miễn", "members_exempt", "int", example="2"),
        Column("Vắng có lý do", "members_excused", "int", example="1"),
        Column("Đảng viên tham gia", "members_attended", "int", True, example="36"),
        Column("Người ngoài Đảng tham gia", "others_attended", "int"),
    ),
    "study.write",
    _bringing(
        StudySessionDraft,
        StudySession,
        ("organisation", "held_on", "title", "kind"),
        check_study_sessions,
        add_study_sessions,
    ),
)

_GROUND = Column("Nội dung vi phạm", "ground", "code", True, codes.DISCIPLINE_GROUND, width=34)
_DECIDED = Column("Ngày quyết định", "decided_on", "date", True, example="15/06/2023")

MEMBER_DISCIPLINE = Sheet(
    "Kỷ luật đảng viên",
    (
        _MEMBER,
        _CELL,
        Column(
            "Hình thức",
            "form",
            "code",
            True,
            _some(codes.DISCIPLINE_FORM, codes.MEMBER_DISCIPLINE_FORMS),
            example="Khiển trách",
        ),
        _DECIDED,
        _GROUND,
        Column("Là cấp ủy viên", "committee_member", "bool"),
        *_NUMBER_AND_BODY,
    ),
    "discipline.write",
    _bringing(
        MemberDisciplineDraft,
        MemberDiscipline,
        ("member", "form", "decided_on"),
        check_member_disciplines,
        add_member_disciplines,
    ),
)

ORGANISATION_DISCIPLINE = Sheet(
    "Kỷ luật tổ chức",
    (
        _ORGANISATION,
        Column(
            "Hình thức",
            "form",
            "code",
            True,
            _some(codes.DISCIPLINE_FORM, codes.ORGANISATION_DISCIPLINE_FORMS),
            example="Khiển trách",
        ),
        _DECIDED,
        _GROUND,
        *_NUMBER_AND_BODY,
    ),
    "discipline.write",
    _bringing(
        OrganisationDisciplineDraft,
        OrganisationDiscipline,
        ("organisation", "form", "decided_on"),
        check_organisation_disciplines,
        add_organisation_disciplines,
    ),
)
