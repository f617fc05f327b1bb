"""The judged year: what is repeated on rounds, proposals, inspections and cases against their own steps.

Of cases nothing but the record's number is said: a fault must not betray a sealed one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from tongket.admissions.joining.derive import fold
from tongket.admissions.joining.models import Candidate, CandidateStep
from tongket.audit.records import current
from tongket.cases.models import Case, CaseSeal, CaseStep
from tongket.cases.steps.acts import ended
from tongket.figures.check_data.common import Check
from tongket.honours.badging.models import BadgeProposal
from tongket.honours.commending.models import CertificateNumber, ProposalOutcome
from tongket.honours.models import BadgeAward
from tongket.inspections.models import MemberDiscipline, OrganisationDiscipline
from tongket.inspections.running.derive import derived, standing
from tongket.inspections.running.models import Inspection, InspectionStep
from tongket.matching.queries import moved_rows, ways
from tongket.ratings.models import MemberRating
from tongket.ratings.rounds.deciding.acts import ratings_of
from tongket.ratings.rounds.models import (
    RatingCandidate,
    RatingOverride,
    RatingRound,
    RatingSpecial,
    RatingStep,
    RoundDecision,
)
from tongket.ratings.rounds.queries import standing_of

#: What a row of a proposal may follow: the state before it ("" for the first row).
_BEFORE = {
    "proposed": {"", "proposed"},
    "sent": {"proposed"},
    # A badge voided gives its proposal back, one corrected may change the day.
    "approved": {"sent", "awarded"},
    "refused": {"sent"},
    "awarded": {"approved", "awarded"},
    "withdrawn": {"proposed", "sent", "approved"},
}


# --- ratings ------------------------------------------------------------------------------------------------


def check_rating_rounds() -> Check:
    """Decided rounds: excluded, rated and not rated make the list, and each level is the one its steps say.

    Also that no step, special case or override stands on a row of the list that was voided.
    """
    faults: list[str] = []
    decisions = list(current(RoundDecision.objects.all()).select_related("round", "round__organisation"))
    merged = ways()
    for decision in decisions:
        faults.extend(_of_decision(decision, merged))
    for model in (RatingStep, RatingSpecial, RatingOverride):
        lost = current(model._default_manager.filter(candidate__voided_at__isnull=False))
        faults.extend(
            f"{model._meta.verbose_name} {pk}: còn hiệu lực trên dòng danh sách đã hủy của đợt xếp loại."
            for pk in lost.values_list("pk", flat=True)
        )
    listed = current(RatingCandidate.objects.all()).count()
    return Check(
        "rating_rounds", "Kết quả các đợt xếp loại so với danh sách và các bước", listed, tuple(faults)
    )


def _with_merged(round_: RatingRound, merged: Mapping[int, int]) -> Any:
    """Ratings of the round's period of those on its list and of the entries that were merged into theirs."""
    listed = set(current(round_.candidates.all()).values_list("member_id", flat=True))
    gone = [entry for entry, kept in merged.items() if kept in listed]
    return ratings_of(round_) | MemberRating.objects.filter(period=round_.period, member__in=gone)


def _of_decision(decision: RoundDecision, merged: Mapping[int, int]) -> Iterator[str]:
    """One decided round against the ratings as they stood when it was decided; later corrections are records of
    their own."""
    round_ = decision.round
    members = round_.subject == "members"
    name = f"Đợt xếp loại {round_.period} của {round_.organisation.name} ({round_.get_subject_display()})"
    states = standing_of(round_)
    # A person merged into another since stands on the list as that one; the rating then was the other entry's.
    written = {
        merged.get(row.member_id, row.member_id) if members else row.organisation_id: row.level
        for row in (_with_merged(round_, merged) if members else ratings_of(round_))
        .filter(recorded_at__lte=decision.recorded_at)
        .filter(Q(voided_at__isnull=True) | Q(voided_at__gt=decision.recorded_at))
    }
    rated = sum(level != "not_rated" for level in written.values())
    not_rated = len(written) - rated
    if len(written) != len(states):
        yield (
            f"{name}: danh sách {len(states)}, nhưng được xếp loại {rated} và không xếp loại {not_rated}: "
            "không cộng thành danh sách."
        )
    for state in states:
        level = written.get(state.member_id or state.organisation_id)
        if level is not None and level != state.level:
            yield f"{name}: {state.name} được quyết định khác mức của bước cuối ({state.level_from or 'không xếp'})."


# --- honours ------------------------------------------------------------------------------------------------


def check_badge_proposals() -> Check:
    """Every proposal of a badge went its way step by step, one row of it stands, and a given one has its badge."""
    rows: dict[UUID, list[BadgeProposal]] = defaultdict(list)
    # A row that a merge of two persons (or taking it apart) put aside was no step of the proposal.
    put_aside = moved_rows(BadgeProposal)
    last: dict[UUID, int] = {}
    for row in BadgeProposal.objects.order_by("recorded_at", "pk").iterator(chunk_size=2000):
        last[row.identity] = row.pk
        if row.pk not in put_aside:
            rows[row.identity].append(row)
    badges = set(current(BadgeAward.objects.all()).values_list("member_id", "mark"))
    # Folded into that of the other entry: the last thing that happened to it is that a merge put it aside.
    over = {identity for identity, pk in last.items() if pk in put_aside}
    faults = [
        fault for identity, own in rows.items() if identity not in over for fault in _of_proposal(own, badges)
    ]
    return Check("badge_proposals", "Các bước của đề nghị Huy hiệu Đảng", len(rows), tuple(faults))


def _of_proposal(own: list[BadgeProposal], badges: set[tuple[int, int]]) -> Iterator[str]:
    name = f"Đề nghị Huy hiệu {own[-1].mark} năm số {own[-1].pk}"
    before = ""
    for row in own:
        if before not in _BEFORE[row.state]:
            yield f"{name}: bước “{row.get_state_display()}” không đi sau bước trước đó."
        before = row.state
    last = own[-1]
    if [row.pk for row in own if row.voided_at is None] != [last.pk]:
        yield f"{name}: phải có đúng một dòng còn hiệu lực, là dòng cuối."
    if last.state in ("approved", "refused", "awarded") and last.decision_id is None:
        yield f"{name}: bước “{last.get_state_display()}” không có quyết định."
    if last.state == "awarded" and (last.awarded_on is None or (last.member_id, last.mark) not in badges):
        yield f"{name}: ghi là đã trao nhưng không có Huy hiệu trong sổ."


def check_certificates() -> Check:
    """No number twice in the register of an organisation's year, each of the year of its day, each of a commended."""
    rows = current(CertificateNumber.objects.all())
    twice = (
        rows.order_by()
        .values("organisation__name", "year", "number")
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
    )
    faults = [
        f"Giấy khen số {one['number']}/{one['year']} của {one['organisation__name']}: có {one['times']} lần trong sổ."
        for one in twice
    ]
    commended = set(
        current(ProposalOutcome.objects.filter(commended=True)).values_list("proposal", flat=True)
    )
    for row in rows.iterator(chunk_size=2000):
        if row.year != row.issued_on.year:
            faults.append(f"Giấy khen số {row}: ngày vào sổ không thuộc năm của sổ.")
        if row.proposal not in commended:
            faults.append(f"Giấy khen số {row}: không ứng với đề nghị nào được khen.")
    return Check("certificates", "Số vào sổ giấy khen không trùng", rows.count(), tuple(faults))


# --- inspections and cases ----------------------------------------------------------------------------------


def _grouped(rows: Iterable[Any], key: str) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found


def check_inspections() -> Check:
    """State, end in force and days of every inspection against its steps."""
    rows = current(InspectionStep.objects.all()).order_by("id").iterator(chunk_size=2000)
    steps = _grouped(rows, "inspection_id")
    faults, count = [], 0
    for row in current(Inspection.objects.all()).iterator(chunk_size=2000):
        count += 1
        wanted = derived(standing(row.ends_on, steps.get(row.pk, ())))
        wrong = [name for name, value in wanted.items() if getattr(row, name) != value]
        if wrong:
            said = ", ".join(str(getattr(Inspection, name).field.verbose_name) for name in wrong)
            faults.append(
                f"Cuộc kiểm tra, giám sát số {row.pk} ({row.content[:60]}): {said} không khớp các bước đã ghi."
            )
    return Check("inspections", "Trạng thái cuộc kiểm tra dựng lại từ các bước", count, tuple(faults))


def check_cases() -> Check:
    """State and days of every case against its steps and its days of breach; sealed means sealed everywhere."""
    steps = _grouped(current(CaseStep.objects.all()).order_by("on", "id").iterator(chunk_size=2000), "case")
    seals = {row.case: row.sealed for row in current(CaseSeal.objects.all()).order_by("id")}
    disciplines: dict[UUID, list[bool]] = defaultdict(list)
    for model in (MemberDiscipline, OrganisationDiscipline):
        of_cases = model._default_manager.filter(case_identity__isnull=False)
        for identity, sealed in of_cases.values_list("case_identity", "sealed"):
            if identity is not None:
                disciplines[identity].append(sealed)
    open_rows: dict[UUID, set[bool]] = defaultdict(set)
    for identity, sealed in Case.objects.values_list("identity", "sealed"):
        open_rows[identity].add(sealed)
    faults, count = [], 0
    for row in current(Case.objects.all()).iterator(chunk_size=2000):
        count += 1
        days = row.acts_on
        if (row.state, row.ended_on) != ended(steps.get(row.identity, ())):
            faults.append(f"Vụ việc số {row.pk}: trạng thái, ngày kết thúc không khớp các bước đã ghi.")
        if (row.first_act_on, row.last_act_on) != (days[0], days[-1]):
            faults.append(f"Vụ việc số {row.pk}: ngày vi phạm đầu, cuối không khớp các ngày đã ghi.")
        said = {*open_rows[row.identity], *disciplines[row.identity], seals.get(row.identity, row.sealed)}
        if said != {row.sealed}:
            faults.append(f"Vụ việc số {row.pk}: niêm phong không như nhau trên mọi bản ghi của vụ việc.")
    return Check("cases", "Trạng thái vụ việc kỷ luật dựng lại từ các bước", count, tuple(faults))


# --- admissions ---------------------------------------------------------------------------------------------


def check_admissions() -> Check:
    """Where a candidate stands is folded from the steps each time; what is stored must allow it.

    Every step belongs to a standing candidate, none was taken after the last, and an admission names its member.
    """
    rows = current(CandidateStep.objects.all()).order_by("recorded_at", "pk")
    steps = _grouped(rows.iterator(chunk_size=2000), "candidate")
    names = dict(current(Candidate.objects.all()).values_list("identity", "pk"))
    faults = []
    for identity, own in steps.items():
        if identity not in names:
            faults.append(f"Bước kết nạp số {own[0].pk}: không thuộc hồ sơ nào còn hiệu lực.")
            continue
        name = f"Hồ sơ kết nạp số {names[identity]}"
        if own[:-1] and not fold(own[:-1]).is_open:
            faults.append(f"{name}: có bước ghi sau khi đã kết nạp hoặc thôi xét.")
        if any(step.kind == "ceremony" and step.member_id is None for step in own):
            faults.append(f"{name}: lễ kết nạp không chỉ ra đảng viên nào trong sổ.")
    return Check("admissions", "Hồ sơ kết nạp gấp lại từ các bước", len(names), tuple(faults))
