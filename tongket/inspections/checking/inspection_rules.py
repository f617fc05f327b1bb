"""What must hold of an inspection: who may run it, on whom, in which time."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from tongket.audit.records import Numbered, current
from tongket.core.dates import format_date
from tongket.core.problems import Problem
from tongket.core.text import tidy
from tongket.inspections.programmes.models import ProgrammeItem
from tongket.inspections.programmes.subjects import check_kind, check_subject
from tongket.inspections.running.drafts import InspectionDraft, TargetDraft
from tongket.inspections.running.models import Inspection
from tongket.members.models import MembershipSpell
from tongket.members.standing import spell_on, spells_by_member
from tongket.obligations.models import Demand
from tongket.organisations.lifetime import Lifetime, check_alive, lifetimes
from tongket.organisations.models import Organisation, OrganisationPath
from tongket.rules.catalogue import NoRuleInForce, integer

MOST_TARGETS, MOST_TEAM = 40, 30


def inspection_rules(drafts: Numbered[InspectionDraft]) -> Iterator[Problem]:
    """A living acting body, a kind that it may run, days in order within the limit, planned or with a reason."""
    lives = lifetimes(draft.organisation for _, draft in drafts)
    for index, draft in drafts:
        day = draft.starts_on
        yield from check_alive(lives, draft.organisation, day, index)
        kind = lives[draft.organisation.pk].kind_on(day)
        yield from check_subject(draft.organisation, kind, draft.subject, draft.body, day, index)
        yield from check_kind(draft.subject, draft.kind, day, index)
        yield from _cell(draft, index)
        yield from _days(draft, index)
        yield from _programme(draft, index)


def _days(draft: InspectionDraft, index: int) -> Iterator[Problem]:
    start, end = draft.starts_on, draft.ends_on
    if end < start:
        yield Problem(
            "ends_on",
            f"Ngày kết thúc {format_date(end)} trước ngày bắt đầu {format_date(start)}. Hãy sửa một trong hai.",
            index=index,
        )
    elif draft.limit_days is not None and draft.limit_days < 1:
        yield Problem("limit_days", "Thời hạn ít nhất 1 ngày. Không ghi thời hạn thì để trống.", index=index)
    elif draft.limit_days is not None and (end - start).days + 1 > draft.limit_days:
        last = start + timedelta(days=draft.limit_days - 1)
        yield Problem(
            "ends_on",
            f"Từ {format_date(start)} đến {format_date(end)} là {(end - start).days + 1} ngày, quá thời hạn "
            f"{draft.limit_days} ngày. Hãy kết thúc chậm nhất {format_date(last)} hoặc sửa thời hạn.",
            index=index,
        )
    begun, until = draft.period_from, draft.period_to
    if begun and until and until < begun:
        yield Problem(
            "period_to",
            f"Mốc thời gian đến {format_date(until)} trước mốc từ {format_date(begun)}. Hãy sửa một trong hai.",
            index=index,
        )
    if until and until > end:
        yield Problem(
            "period_to",
            f"Mốc thời gian được kiểm tra đến {format_date(until)}, sau ngày kết thúc cuộc {format_date(end)}. "
            "Hãy sửa lại.",
            index=index,
        )
    yield from _paper(draft, index)


def _paper(draft: InspectionDraft, index: int) -> Iterator[Problem]:
    if draft.decision_date is not None and draft.decision_date > draft.starts_on:
        yield Problem(
            "decision_date",
            f"Quyết định ngày {format_date(draft.decision_date)} sau ngày bắt đầu {format_date(draft.starts_on)}. "
            "Hãy sửa một trong hai.",
            index=index,
        )
    if bool(tidy(draft.decision_number)) != (draft.decision_date is not None):
        yield Problem(
            "decision_date" if tidy(draft.decision_number) else "decision_number",
            "Ghi cả số và ngày của quyết định, hoặc để trống cả hai khi chưa có.",
            index=index,
        )


def _programme(draft: InspectionDraft, index: int) -> Iterator[Problem]:
    if draft.item is None:
        if not tidy(draft.unplanned_reason):
            yield Problem(
                "unplanned_reason",
                "Cuộc này không có trong chương trình. Hãy chọn cuộc trong chương trình, hoặc ghi lý do tiến hành "
                "ngoài chương trình.",
                index=index,
            )
        return
    item = current(ProgrammeItem.objects.filter(identity=draft.item)).select_related("programme").first()
    if item is None:
        yield Problem("item", "Cuộc này không còn trong chương trình. Hãy chọn lại.", index=index)
        return
    owner = item.programme
    whose = (draft.organisation.pk, draft.subject, tidy(draft.body))
    if (owner.organisation_id, owner.subject, owner.body) != whose:
        yield Problem(
            "item",
            f"Cuộc này thuộc chương trình năm {owner.year} của chủ thể khác. Hãy chọn cuộc của đúng chủ thể.",
            index=index,
        )
    elif item.kind != draft.kind:
        yield Problem(
            "kind",
            f"Chương trình ghi cuộc này là “{item.get_kind_display().lower()}”. Hãy chọn đúng loại.",
            index=index,
        )


def _cell(draft: InspectionDraft, index: int) -> Iterator[Problem]:
    """Rule `insp.chibo`, seen only in unofficial material: a doubt to look at, never a refusal."""
    if draft.subject != "cell" or draft.kind != "thematic":
        return
    try:
        wanted = integer("insp.chibo", draft.starts_on)
    except NoRuleInForce:
        return
    held = MembershipSpell.objects.filter(
        organisation=draft.organisation,
        voided_at__isnull=True,
        valid_from__lte=draft.starts_on,
        valid_to__gt=draft.starts_on,
    ).count()
    if held <= wanted:
        yield Problem(
            "kind",
            f"Chi bộ có {held} đảng viên. Chi bộ thường chỉ giám sát thường xuyên; giám sát chuyên đề khi có chi ủy, "
            f"trên {wanted} đảng viên ở phân tán hoặc nhiều tổ đảng. Hãy kiểm tra lại.",
            "warning",
            index,
        )


def target_rules(draft: InspectionDraft, targets: Sequence[TargetDraft]) -> Iterator[Problem]:
    """At least one, each once; living organisations below the acting body, members of a cell there, on that day."""
    if not targets:
        yield Problem("targets", "Chưa chọn đối tượng. Hãy chọn ít nhất một tổ chức đảng hoặc đảng viên.")
        return
    if len(targets) > MOST_TARGETS:
        yield Problem("targets", f"Một cuộc ghi tối đa {MOST_TARGETS} đối tượng. Hãy tách thành nhiều cuộc.")
    inside = below_on(draft.organisation, draft.starts_on)
    bodies = [one.organisation for one in targets if one.organisation is not None]
    lives = lifetimes(bodies)
    cells = cells_on(targets, draft.starts_on)
    seen: set[tuple[int | None, int | None]] = set()
    for index, one in enumerate(targets):
        if one.member is not None:
            yield from _member(one, cells.get(one.member.pk), draft, inside, index)
        elif one.organisation is not None:
            yield from _body(one.organisation, draft, lives, inside, index)
        key = key_of(one)
        if key in seen:
            name = one.member or one.organisation
            yield Problem("targets", f"“{name}” được chọn hai lần. Hãy bỏ một.", index=index)
        seen.add(key)


def _member(
    one: TargetDraft, cell: int | None, draft: InspectionDraft, inside: set[int], index: int
) -> Iterator[Problem]:
    day = format_date(draft.starts_on)
    if cell is None:
        yield Problem(
            "targets",
            f"Ngày {day} “{one.member}” không sinh hoạt ở chi bộ nào. Hãy sửa ngày hoặc chọn người khác.",
            index=index,
        )
    elif cell not in inside and cell != draft.organisation.pk:
        yield Problem(
            "targets",
            f"Ngày {day} “{one.member}” không sinh hoạt ở tổ chức trực thuộc “{draft.organisation.name}”. "
            "Hãy bỏ khỏi danh sách.",
            index=index,
        )


def _body(
    body: Organisation, draft: InspectionDraft, lives: dict[int, Lifetime], inside: set[int], index: int
) -> Iterator[Problem]:
    dead = list(check_alive(lives, body, draft.starts_on, index, field="targets"))
    yield from dead
    if not dead and body.pk not in inside:
        yield Problem(
            "targets",
            f"Ngày {format_date(draft.starts_on)} “{body.name}” không trực thuộc “{draft.organisation.name}”. "
            "Hãy bỏ khỏi danh sách.",
            index=index,
        )


def key_of(one: TargetDraft) -> tuple[int | None, int | None]:
    """(organisation, member) of an object, each None when it is the other."""
    return one.organisation.pk if one.organisation else None, one.member.pk if one.member else None


def below_on(organisation: Organisation, on: date) -> set[int]:
    """Ids of what hung strictly below an organisation on a day."""
    paths = OrganisationPath.objects.filter(
        ancestor=organisation, depth__gt=0, voided_at__isnull=True, valid_from__lte=on, valid_to__gt=on
    )
    return set(paths.values_list("descendant_id", flat=True))


def cells_on(targets: Sequence[TargetDraft], on: date) -> dict[int, int]:
    """The cell of each member among the targets on a day, by member id."""
    found = {}
    for member, spells in spells_by_member([one.member for one in targets if one.member]).items():
        spell = spell_on(spells, on)
        if spell is not None:
            found[member] = spell.organisation_id
    return found


def may_void_inspection(inspection: Inspection) -> Iterator[Problem]:
    """An inspection whose findings were handed out stays until what was handed out is taken back."""
    findings = current(inspection.findings.all()).values("identity")
    if current(Demand.objects.filter(about__in=findings)).exists():
        yield Problem(
            "",
            "Cuộc này đã giao việc khắc phục. Hãy rút việc đã giao trước; nếu chỉ ghi sai, hãy đính chính.",
        )
