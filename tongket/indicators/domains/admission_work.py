"""The way of candidates to admission and of probationers to official status, with its limits in working days."""

from functools import partial

from tongket.core import judging as lists

from ..family import family, parts_of_list
from ..model import Condition, Count, Indicator, Is, Ratio

_people = partial(Indicator, domain="admissions", unit="quần chúng", units_en="candidates")
_members = partial(Indicator, domain="admissions", unit="đảng viên", units_en="members")
_OPEN = tuple(code for code in lists.CANDIDATE_STAGE.values if code not in ("admitted", "closed"))


def _candidates(*conditions: Condition) -> Count:
    return Count("candidates", "stock", conditions)


def _steps(*conditions: Condition) -> Count:
    return Count("candidate_steps", "flow", conditions)


def _probations(*conditions: Condition) -> Count:
    return Count("probations", "stock", conditions)


_DECISION, _CEREMONY = Is("kind", "decision"), Is("kind", "ceremony")
_LATE, _IN_TIME = Is("late", True), Is("late", False)

INDICATORS: tuple[Indicator, ...] = (
    _people(
        "candidates.total",
        "Quần chúng ưu tú trong nguồn kết nạp cuối kỳ",
        "Candidates at the end",
        formula=_candidates(),
    ),
    *family(
        _people,
        "candidates.stage",
        "Quần chúng ưu tú cuối kỳ",
        "Candidates at the end",
        parts_of_list("stage", lists.CANDIDATE_STAGE, *_OPEN),
        source="candidates",
        when="stock",
    ),
    _people(
        "candidates.decision_overdue",
        "Quần chúng quá hạn quyết định kết nạp cuối kỳ",
        "Candidates whose decision is overdue",
        formula=_candidates(Is("decision_late", True)),
        basis="adm.decide-by",
        good="down",
    ),
    _people(
        "candidates.ceremony_overdue",
        "Quần chúng quá hạn tổ chức lễ kết nạp cuối kỳ",
        "Candidates whose ceremony is overdue",
        formula=_candidates(Is("ceremony_late", True)),
        basis="adm.ceremony",
        good="down",
    ),
    _people(
        "candidates.nominated",
        "Quần chúng ưu tú được giới thiệu trong kỳ",
        "Candidates nominated in the period",
        formula=Count("nominations", "flow"),
        good="up",
    ),
    _people(
        "candidates.nominated.women",
        "Quần chúng ưu tú được giới thiệu là nữ",
        "Women nominated",
        formula=Count("nominations", "flow", (Is("gender", "female"),)),
    ),
    _people(
        "candidates.nominated.youth",
        "Quần chúng ưu tú được giới thiệu là đoàn viên",
        "Youth union members nominated",
        formula=Count("nominations", "flow", (Is("youth_union", True),)),
    ),
    _people(
        "candidates.class",
        "Quần chúng hoàn thành lớp bồi dưỡng nhận thức về Đảng",
        "Candidates who finished the awareness class",
        formula=_steps(Is("kind", "class")),
        basis="adm.class",
        good="up",
    ),
    _people(
        "candidates.votes_failed",
        "Lượt biểu quyết kết nạp không đủ phiếu",
        "Votes on admission that failed",
        unit="lượt",
        units_en="votes",
        formula=_steps(Is("kind", "resolution"), Is("passed", False)),
        basis="adm.vote",
    ),
    _people(
        "candidates.closed",
        "Quần chúng thôi xét kết nạp",
        "Candidates closed without admission",
        formula=_steps(Is("kind", "closed")),
    ),
    _people(
        "candidates.decisions",
        "Quyết định kết nạp ban hành trong kỳ",
        "Decisions on admission",
        unit="quyết định",
        units_en="decisions",
        formula=_steps(_DECISION),
    ),
    _people(
        "candidates.decisions.late",
        "Quyết định kết nạp ban hành quá hạn",
        "Decisions on admission after the limit",
        unit="quyết định",
        units_en="decisions",
        formula=_steps(_DECISION, _LATE),
        basis="adm.decide-by",
        good="down",
    ),
    _people(
        "candidates.ceremonies",
        "Lễ kết nạp đảng viên trong kỳ",
        "Admission ceremonies",
        unit="lễ",
        units_en="ceremonies",
        formula=_steps(_CEREMONY),
    ),
    _people(
        "candidates.ceremonies.late",
        "Lễ kết nạp tổ chức quá hạn",
        "Ceremonies after the limit",
        unit="lễ",
        units_en="ceremonies",
        formula=_steps(_CEREMONY, _LATE),
        basis="adm.ceremony",
        good="down",
    ),
    *family(
        _members,
        "probations.stage",
        "Đảng viên dự bị cuối kỳ",
        "Probations at the end",
        parts_of_list("stage", lists.PROBATION_STAGE),
        source="probations",
        when="stock",
    ),
    _members(
        "probations.late",
        "Đảng viên dự bị quá hạn xét, quyết định công nhận chính thức cuối kỳ",
        "Probations overdue at the end",
        formula=_probations(Is("late", True)),
        basis="prob.review",
        good="down",
    ),
    _members(
        "probations.decided",
        "Đảng viên có quyết định công nhận chính thức theo hồ sơ xét",
        "Decisions on official status",
        formula=Count("probation_steps", "flow", (_DECISION,)),
    ),
    _members(
        "probations.decided.in_time",
        "Đảng viên được quyết định công nhận chính thức đúng hạn",
        "Decisions on official status in time",
        formula=Count("probation_steps", "flow", (_DECISION, _IN_TIME)),
        basis="adm.decide-by",
        good="up",
    ),
    _members(
        "probations.decided.late",
        "Đảng viên được quyết định công nhận chính thức quá hạn",
        "Decisions on official status after the limit",
        formula=Count("probation_steps", "flow", (_DECISION, _LATE)),
        basis="adm.decide-by",
        good="down",
    ),
    _members(
        "probations.decided.in_time_pct",
        "Tỷ lệ quyết định công nhận chính thức đúng hạn",
        "Share of decisions on official status in time",
        unit="%",
        units_en="%",
        decimals=2,
        formula=Ratio("probations.decided.in_time", "probations.decided"),
        good="up",
    ),
)
