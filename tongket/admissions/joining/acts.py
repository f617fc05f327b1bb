"""What is recorded of candidates: entering, mentors, papers, steps; the ceremony writes the member in the same act."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from tongket.admissions.drafts import CandidateDraft, MentorDraft, PaperDraft, StepDraft
from tongket.admissions.joining import rules
from tongket.admissions.joining.derive import Standing, fold, take
from tongket.admissions.joining.entering import members_of
from tongket.admissions.joining.models import Candidate, CandidateMentor, CandidatePaper, CandidateStep
from tongket.admissions.joining.step_rules import Known, step_rules
from tongket.admissions.voting import base_of, voters_on
from tongket.audit import records
from tongket.audit.acts import Act, act
from tongket.audit.draft_fields import check_fields
from tongket.audit.records import chunks, current, written_reason
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import fold as fold_text
from tongket.core.text import name_sort_key, tidy
from tongket.members.models import MemberEvent
from tongket.organisations.models import Organisation
from tongket.rules.organisations import kind


def in_body(cell: Organisation) -> bool:
    """Whether a cell lies in a grassroots organisation whose committee has a say; else it is one itself."""
    return not kind(cell.kind).is_grassroots


def _columns(draft: CandidateDraft) -> dict[str, Any]:
    name = tidy(draft.full_name)
    return {"folded_name": fold_text(name), "sort_key": name_sort_key(name)}


def _keys(row: Any) -> dict[str, Any]:
    return {"organisation": row.organisation.code}


CANDIDATE = records.RecordKind(
    "candidate", Candidate, rules.candidate_rules, _keys, derived=_columns, may_void=rules.may_void_candidate
)
MENTOR = records.RecordKind("candidate_mentor", CandidateMentor, rules.mentor_rules, _keys)
PAPER = records.RecordKind("candidate_paper", CandidatePaper, rules.paper_rules, _keys)


def add_candidates(
    drafts: Sequence[CandidateDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[Candidate]:
    """Enter candidates inside an open act. Raises `Refused` with every error."""
    return records.add(CANDIDATE, drafts, act=act, origins=origins)


def add_candidate(draft: CandidateDraft, *, by: Any, origin: str = "form") -> Candidate:
    """Enter a person whom a cell has nominated. Raises `Refused`."""
    return records.add_one(CANDIDATE, draft, by=by, origin=origin)


def correct_candidate(record: Candidate, draft: CandidateDraft, *, reason: str, by: Any) -> Candidate:
    """Correct who the candidate is, or the cell; steps, mentors and papers stand at the identity."""
    return records.correct(CANDIDATE, record, draft, reason=reason, by=by)


def void_candidate(record: Candidate, *, reason: str, by: Any) -> Candidate:
    """Void a candidate entered by mistake. Raises `Refused` once there are steps."""
    return records.void(CANDIDATE, record, reason=reason, by=by)


def add_mentors(drafts: Sequence[MentorDraft], *, act: Act) -> list[CandidateMentor]:
    """Assign mentors inside an open act. Raises `Refused`."""
    return records.add(MENTOR, drafts, act=act)


def add_mentor(draft: MentorDraft, *, by: Any) -> CandidateMentor:
    """Assign one who introduces and helps a candidate. Raises `Refused`."""
    return records.add_one(MENTOR, draft, by=by)


def void_mentor(record: CandidateMentor, *, reason: str, by: Any) -> CandidateMentor:
    """Take back an assignment. Raises `Refused`, `Conflict`."""
    return records.void(MENTOR, record, reason=reason, by=by)


def add_papers(drafts: Sequence[PaperDraft], *, act: Act) -> list[CandidatePaper]:
    """Tick papers inside an open act. Raises `Refused`."""
    return records.add(PAPER, drafts, act=act)


def tick_papers(candidate: Candidate, papers: Iterable[str], on: date, *, by: Any) -> list[CandidatePaper]:
    """Record that these papers of the file came in on a day; those in hand already stay. Raises `Refused`."""
    with act(
        "candidate_paper.add", by=by, organisation=candidate.organisation, subject=candidate
    ) as current_act:
        held = set(papers_of(candidate.identity))
        wanted = [code for code in dict.fromkeys(papers) if code not in held]
        drafts = [PaperDraft(candidate.identity, candidate.organisation, code, on) for code in wanted]
        made = records.add(PAPER, drafts, act=current_act)
        current_act.note(count=len(wanted), on=on)
    return made


def void_paper(record: CandidatePaper, *, reason: str, by: Any) -> CandidatePaper:
    """Untick a paper. Raises `Refused`, `Conflict`."""
    return records.void(PAPER, record, reason=reason, by=by)


def papers_of(identity: UUID) -> list[str]:
    """Codes of the papers in hand of one candidate."""
    rows = current(CandidatePaper.objects.filter(candidate=identity))
    return list(rows.values_list("paper", flat=True))


# --- steps ------------------------------------------------------------------------------------------------


def steps_of(ids: Iterable[UUID], until: date = date.max) -> dict[UUID, list[CandidateStep]]:
    """The standing steps of candidates up to a day, in the order in which they were recorded."""
    found: dict[UUID, list[CandidateStep]] = {}
    for part in chunks(ids):
        rows = current(CandidateStep.objects.filter(candidate__in=part, on__lte=until))
        for row in rows.order_by("recorded_at", "id"):
            found.setdefault(row.candidate, []).append(row)
    return found


def check_steps(drafts: Sequence[StepDraft]) -> list[Problem]:
    """Judge steps, each after those on record and those before it in the batch; writes nothing."""
    return _judge(drafts)[0]


def _judge(drafts: Sequence[StepDraft]) -> tuple[list[Problem], list[CandidateStep]]:
    ids = {draft.candidate.identity for draft in drafts}
    standing = {pk: fold(steps) for pk, steps in steps_of(ids).items()}
    known = _known(drafts)
    problems: list[Problem] = []
    rows = []
    for index, draft in enumerate(drafts):
        now = standing.setdefault(draft.candidate.identity, Standing())
        about = known[draft.candidate.identity]
        if draft.kind == "resolution" and draft.on not in about.voters:
            about.voters[draft.on] = voters_on(draft.candidate.organisation, draft.on)
        found = [problem.at(index) for problem in check_fields(CandidateStep, draft)]
        if not found:
            found = list(step_rules(draft, now, about, index))
        problems += found
        row = _row(draft, about)
        rows.append(row)
        take(now, row)
    return problems, rows


def _known(drafts: Sequence[StepDraft]) -> dict[UUID, Known]:
    ids = {draft.candidate.identity for draft in drafts}
    known = {
        draft.candidate.identity: Known(
            draft.candidate.birth_date,
            draft.candidate.nominated_on,
            papers=set(),
            in_body=in_body(draft.candidate.organisation),
        )
        for draft in drafts
    }
    for part in chunks(ids):
        held = current(CandidatePaper.objects.filter(candidate__in=part)).values_list("candidate", "paper")
        for identity, paper in held:
            known[identity].papers.add(paper)  # type: ignore[attr-defined]
        mentors = current(CandidateMentor.objects.filter(candidate__in=part, member__isnull=False))
        for identity in mentors.values_list("candidate", flat=True):
            known[identity].mentors += 1
    return known


_COPIED = ("kind", "on", "days", "reason", "decision_number", "decision_body")


def _row(draft: StepDraft, known: Known) -> CandidateStep:
    row = CandidateStep(
        candidate=draft.candidate.identity,
        organisation=draft.candidate.organisation,
        member=draft.member,
        note=tidy(draft.note),
        **{name: getattr(draft, name) for name in _COPIED},
    )
    row.decision_date = draft.decision_date or (draft.on if draft.kind == "decision" else None)
    if draft.kind == "resolution":
        row.base = base_of(known.voters[draft.on], draft)
        row.present, row.agree, row.disagree = draft.present, draft.agree, draft.disagree
    return row


def record_steps(
    drafts: Sequence[StepDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[CandidateStep]:
    """Record steps in their order inside an open act; a ceremony writes the member. Raises `Refused`."""
    problems, rows = _judge(drafts)
    refuse_if_any(problems)
    stamp = act.stamp()
    for row in rows:
        for name, said in stamp.items():
            setattr(row, name, said)
    for row, origin in zip(rows, origins or (), strict=origins is not None):
        row.origin = origin
    ceremonies = [(draft, row) for draft, row in zip(drafts, rows, strict=True) if draft.kind == "ceremony"]
    if ceremonies:
        decisions = _decisions(ceremonies, rows)
        members = members_of(
            [(draft, decisions[draft.candidate.identity]) for draft, _ in ceremonies], act=act
        )
        for (_, row), member in zip(ceremonies, members, strict=True):
            row.member = member
    return CandidateStep.objects.bulk_create(rows, batch_size=1000)


def _decisions(ceremonies: Sequence[Any], rows: Sequence[CandidateStep]) -> dict[UUID, CandidateStep]:
    """The decision behind each ceremony, on record or of the same batch."""
    before = steps_of({draft.candidate.identity for draft, _ in ceremonies})
    found = {step.candidate: step for steps in before.values() for step in steps if step.kind == "decision"}
    return found | {row.candidate: row for row in rows if row.kind == "decision"}


def record_step(draft: StepDraft, *, by: Any, origin: str = "form") -> CandidateStep:
    """Record what happened to a candidate; the ceremony makes the member. Raises `Refused`, `Conflict`."""
    candidate = draft.candidate
    name = "candidate.admit" if draft.kind == "ceremony" else "candidate.step"
    with act(name, by=by, origin=origin, organisation=candidate.organisation) as current_act:
        if not current(Candidate.objects.filter(pk=candidate.pk)).exists():
            raise Conflict(records.GONE)
        (row,) = record_steps([draft], act=current_act)
        current_act.about(row)
        current_act.note(kind=draft.kind, on=draft.on)
        if row.member is not None:
            current_act.note(member=row.member.code)
    return row


def void_step(step: CandidateStep, *, reason: str, by: Any) -> CandidateStep:
    """Void the last step of a candidate. Raises `Refused` (not the last, no reason, still a member), `Conflict`."""
    said = written_reason(reason)
    with act("candidate.void_step", by=by, organisation=step.organisation, subject=step) as current_act:
        standing = steps_of([step.candidate]).get(step.candidate, [])
        if step.pk not in {row.pk for row in standing}:
            raise Conflict(records.GONE)
        last = standing[-1]
        if last.pk != step.pk:
            raise Refused([Problem("", "Chỉ hủy được bước ghi cuối cùng. Hãy hủy các bước sau nó trước.")])
        if last.member_id and _is_admitted(last.member_id):
            raise Refused(
                [
                    Problem(
                        "",
                        "Người này đã vào sổ đảng viên. Hãy hủy việc kết nạp trong hồ sơ đảng viên trước, "
                        "rồi hủy bước này.",
                    )
                ]
            )
        current_act.void(last, said)
        current_act.note(kind=last.kind, on=last.on)
    return last


def _is_admitted(member_id: int) -> bool:
    return current(MemberEvent.objects.filter(member=member_id)).exists()
