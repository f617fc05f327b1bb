"""Programmes of inspection and supervision of 2023 and of the present year, and what was carried out of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from tongket.audit.acts import act
from tongket.audit.records import current
from tongket.core.dates import today
from tongket.demo.draw.plain import END, ROOT
from tongket.demo.work.judging.people import ORIGIN, Cast
from tongket.inspections.models import Finding, Inspection, ProgrammeItem
from tongket.inspections.programmes.acts import add_items, add_programme, issue_programme
from tongket.inspections.programmes.drafts import ItemDraft, ProgrammeDraft
from tongket.inspections.running.acts import add_inspection, take_step
from tongket.inspections.running.drafts import (
    FindingDraft,
    InspectionDraft,
    Remedy,
    StepDraft,
    TargetDraft,
    TeamDraft,
)
from tongket.inspections.running.findings import add_findings
from tongket.obligations.acts import take_step_in
from tongket.obligations.drafts import StepDraft as TaskStep
from tongket.obligations.models import Obligation


@dataclass(frozen=True, slots=True)
class Wanted:
    """One item of a programme: kind, content, bodies inspected, month by which it is done."""

    kind: str
    content: str
    bodies: tuple[str, ...]
    month: int


_PARTY_WORK = "Việc lãnh đạo, chỉ đạo thực hiện nghị quyết đại hội đảng bộ, nhiệm kỳ 2020–2025"
_RULES = "Việc thực hiện nguyên tắc tập trung dân chủ, quy chế làm việc của cấp ủy"
_OWN_WORK = "Công tác kiểm tra, giám sát và thi hành kỷ luật trong Đảng"
_FEES = "Việc thu, nộp, quản lý và sử dụng đảng phí; tài chính đảng"
_EXAMPLE = "Việc học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh; trách nhiệm nêu gương"
_GROWTH = "Công tác phát triển đảng viên và quản lý hồ sơ đảng viên"
_REFORM = "Việc lãnh đạo thực hiện cải cách hành chính, tiếp công dân"

_COMMISSION = (
    Wanted("compliance", _RULES, ("QS.04", "QS.09"), 4),
    Wanted("compliance", _OWN_WORK, ("QS.06", "QS.22"), 5),
    Wanted("finance", _FEES, ("QS.03", "QS.08", "QS.11"), 6),
    Wanted("thematic", _EXAMPLE, ("QS.05",), 8),
    Wanted("compliance", _GROWTH, ("QS.10", "QS.12"), 9),
    Wanted("thematic", _REFORM, ("QS.02",), 11),
)
_STANDING = (
    Wanted("compliance", _PARTY_WORK, ("QS.07", "QS.15"), 6),
    Wanted("thematic", _RULES, ("QS.01",), 8),
    Wanted("compliance", _REFORM, ("QS.05", "QS.26"), 10),
)
_OF_A_BODY = (
    Wanted("compliance", _RULES, (".03", ".04"), 5),
    Wanted("thematic", _EXAMPLE, (".05",), 9),
)
_BODIES = ("QS.03", "QS.07", "QS.11")
_NOW = (
    Wanted("compliance", _RULES, ("QS.08", "QS.12"), 3),
    Wanted("finance", _FEES, ("QS.04",), 6),
    Wanted("thematic", _GROWTH, ("QS.06",), 10),
    Wanted("compliance", _OWN_WORK, ("QS.09", "QS.10"), 11),
    Wanted("thematic", _REFORM, ("QS.02",), 12),
)
_STRENGTH = "Cấp ủy triển khai đầy đủ, phân công rõ trách nhiệm, sinh hoạt đúng kỳ."
_SHORT: tuple[tuple[str, str, str], ...] = (
    (
        "principles",
        "Sổ nghị quyết ghi chưa đủ nội dung thảo luận, biểu quyết.",
        "Hoàn thiện sổ nghị quyết theo mẫu",
    ),
    (
        "duty",
        "Chương trình kiểm tra, giám sát ban hành chậm so với quy định.",
        "Ban hành chương trình đúng thời gian",
    ),
    (
        "finance",
        "Báo cáo thu, nộp đảng phí một số tháng chưa khớp với sổ.",
        "Đối chiếu, lập lại báo cáo đảng phí",
    ),
    (
        "principles",
        "Chưa phân công cấp ủy viên theo dõi chi bộ bằng văn bản.",
        "Ban hành văn bản phân công cấp ủy viên",
    ),
)
_LONGER = "Đơn vị bận khắc phục hậu quả mưa lũ, chưa cung cấp đủ hồ sơ."
_UNPLANNED = "Ban Thường vụ yêu cầu kiểm tra đột xuất sau phản ánh của cử tri."


def inspect_the_year(cast: Cast) -> None:
    """Programmes of 2023 carried out: findings, remedies accepted; one extended, one not planned."""
    rng = cast.chance("inspections")
    year, by = END.year, cast.user("kiem-tra")
    for subject, wanted, number in (
        ("commission", _COMMISSION, "21-CTr/UBKTHU"), ("standing", _STANDING, "15-CTr/HU"),
    ):  # fmt: skip
        items = _programme(cast, ROOT, subject, year, wanted, number, date(year - 1, 12, 22), by)
        for place, (item, one) in enumerate(zip(items, wanted, strict=True)):
            extended = subject == "commission" and place == 2
            _carried_out(cast, ROOT, subject, item, one, year, rng, extended=extended)
    for code in _BODIES:
        own = tuple(_inside(cast, code, one) for one in _OF_A_BODY)
        items = _programme(cast, code, "grassroots", year, own, "02-CTr/ĐU", date(year, 1, 16), by)
        for item, one in zip(items, own, strict=True):
            _carried_out(cast, code, "grassroots", item, one, year, rng)
    one = Wanted("compliance", _FEES, ("QS.45",), 10)
    _carried_out(cast, ROOT, "commission", None, one, year, rng)


def _inside(cast: Cast, code: str, one: Wanted) -> Wanted:
    """The item with living cells of the body."""
    cells = [unit.code for unit in cast.drawn.cells(END) if cast.drawn.parent_on(unit.code, END) == code]
    wanted = tuple(cells[int(tail[1:])] for tail in one.bodies)
    return Wanted(one.kind, one.content, wanted, one.month)


def _programme(
    cast: Cast, code: str, subject: str, year: int, wanted: Sequence[Wanted], number: str, on: date, by: Any
) -> list[ProgrammeItem]:
    programme = add_programme(ProgrammeDraft(cast.organisations[code], subject, year), by=by, origin=ORIGIN)
    drafts = [
        ItemDraft(
            one.kind,
            one.content,
            "; ".join(cast.organisations[body].name for body in one.bodies),
            date(year, one.month, 25),
            len(one.bodies),
        )
        for one in wanted
    ]
    items = add_items(programme, drafts, by=by, origin=ORIGIN)
    issue_programme(programme, number=number, on=on, by=by)
    return items


def _team(cast: Cast, code: str) -> list[TeamDraft]:
    """Of the district: people of its offices; of a body: of its first cell."""
    inside = "QS.21" if code == ROOT else next(
        unit.code for unit in cast.drawn.cells(END) if cast.drawn.parent_on(unit.code, END) == code
    )  # fmt: skip
    people = [
        person.code
        for person, _ in cast.drawn.people_of(inside, END)
        if person.is_official(date(END.year, 1, 1)) and person.stays[0].since.year < END.year
        and all(stay.since.year < END.year for stay in person.stays) and 30 < person.age(END) < 60
    ][:3]  # fmt: skip
    roles = ("head", "secretary", "member")
    return [TeamDraft(role, cast.members[one]) for role, one in zip(roles, people, strict=False)]


def _draft(
    cast: Cast,
    code: str,
    subject: str,
    item: ProgrammeItem | None,
    one: Wanted,
    start: date,
) -> InspectionDraft:
    supervision = one.kind == "thematic"
    issuer = "UBKTHU" if subject == "commission" else "HU" if code == ROOT else "ĐU"
    return InspectionDraft(
        cast.organisations[code], subject, one.kind, one.content, start, start + timedelta(days=29),
        item=item.identity if item else None, unplanned_reason="" if item else _UNPLANNED,
        period_from=date(start.year - 1, 1, 1), period_to=date(start.year, 1, 31) if start.month > 1 else None,
        limit_days=30,
        decision_number=f"{10 + start.month * 3 + supervision}-QĐ/{issuer}",
        decision_date=start - timedelta(days=12),
    )  # fmt: skip


def _enter(
    cast: Cast, code: str, subject: str, item: ProgrammeItem | None, one: Wanted, start: date
) -> Inspection:
    targets = [TargetDraft(organisation=cast.organisations[body]) for body in one.bodies]
    return add_inspection(
        _draft(cast, code, subject, item, one, start), targets, _team(cast, code),
        by=cast.user("kiem-tra"), origin=ORIGIN,
    )  # fmt: skip


def _carried_out(
    cast: Cast, code: str, subject: str, item: ProgrammeItem | None, one: Wanted, year: int, rng: Random,
    *, extended: bool = False, closed: bool = True,
) -> Inspection:  # fmt: skip
    """One inspection to its end: announced, run, reported, found, concluded, made known, remedied."""
    start = date(year, one.month, 25) - timedelta(days=rng.randint(44, 52))
    made = _enter(cast, code, subject, item, one, start)
    by = cast.user("kiem-tra")
    for step in _steps(start, extended, rng):
        if step.kind == "concluded":
            _found(cast, made, one, step.on, rng)
        take_step(made, step, by=by, origin=ORIGIN)
    if closed:
        _remedied(made, by, rng)
        last = _last_day(made)
        take_step(made, StepDraft("followed", last + timedelta(days=3)), by=by, origin=ORIGIN)
    return made


def _steps(start: date, extended: bool, rng: Random) -> Iterator[StepDraft]:
    yield StepDraft("announced", start - timedelta(days=7))
    yield StepDraft("started", start)
    end = start + timedelta(days=rng.randint(20, 28))
    if extended:
        on = start + timedelta(days=22)
        yield StepDraft("extended", on, "06-TB/UBKT", on, _LONGER, start + timedelta(days=49))
        end = start + timedelta(days=44)
    yield StepDraft("reported", end)
    on = end + timedelta(days=10)
    yield StepDraft("concluded", on, f"{12 + start.month}-KL/UBKT", on)
    yield StepDraft("notified", on + timedelta(days=5))


def _found(cast: Cast, made: Inspection, one: Wanted, on: date, rng: Random) -> None:
    """A strength of each body inspected, and a shortcoming of most with what has to be put right."""
    drafts = []
    for body in one.bodies:
        organisation = cast.organisations[body]
        drafts.append(FindingDraft(organisation, "strength", on - timedelta(days=5), text=_STRENGTH))
        if rng.random() < 0.75 or body == one.bodies[0]:
            ground, text, remedy = rng.choice(_SHORT)
            drafts.append(
                FindingDraft(
                    organisation, "shortcoming", on - timedelta(days=5), ground=ground, text=text,
                    remedy=Remedy(remedy, on + timedelta(days=45)),
                )
            )  # fmt: skip
    add_findings(made, drafts, by=cast.user("kiem-tra"), origin=ORIGIN)


def _obligations(made: Inspection) -> list[Obligation]:
    findings = current(Finding.objects.filter(inspection=made)).values("identity")
    rows = current(Obligation.objects.filter(demand__about__in=findings, demand__voided_at__isnull=True))
    return list(rows.select_related("organisation", "demand").order_by("id"))


def _remedied(made: Inspection, by: Any, rng: Random) -> None:
    """What was asked is reported and accepted, some of it late."""
    with act("obligation.reported", by=by, origin=ORIGIN, organisation=made.organisation) as current_act:
        for row in _obligations(made):
            late = rng.random() < 0.15
            on = row.due_on + timedelta(days=9) if late else row.due_on - timedelta(days=rng.randint(2, 12))
            take_step_in(row, TaskStep("reported", on, "Đã khắc phục, có văn bản kèm theo."), act=current_act)
            take_step_in(row, TaskStep("accepted", on + timedelta(days=4)), act=current_act)
        current_act.about(made)


def _last_day(made: Inspection) -> date:
    steps = [step.on for row in _obligations(made) for step in current(row.steps.all())]
    return max(steps, default=made.ends_on)


# --- the present year -------------------------------------------------------------------------------------


def inspect_at_present(cast: Cast) -> None:
    """The programme of the running year: done, extended, late now, with remedies still open, not planned."""
    day, by = today(), cast.user("kiem-tra")
    if day.year <= END.year:
        return
    rng = cast.chance("present inspections")
    issued = max(date(day.year - 1, 12, 20), date(day.year - 1, 7, 1))
    items = _programme(cast, ROOT, "commission", day.year, _NOW, "24-CTr/UBKTHU", issued, by)
    plan = (
        # days before today on which it began, how many steps were taken, whether it was extended
        (96, 5, False),
        (60, 4, False),
        (44, 2, True),
        (39, 2, False),
    )
    for item, one, (ago, taken, extended) in zip(items, _NOW, plan, strict=False):
        _under_way(cast, item, one, day - timedelta(days=ago), taken, extended, rng)
    unplanned = Wanted("signs", _FEES, ("QS.45",), 1)
    _under_way(cast, None, unplanned, day - timedelta(days=15), 2, False, rng)


def _under_way(
    cast: Cast, item: ProgrammeItem | None, one: Wanted, start: date, taken: int, extended: bool, rng: Random
) -> None:
    made = _enter(cast, ROOT, "commission", item, one, start)
    for step in [*_steps(start, extended, rng)][: taken + extended]:
        if step.on > today():
            return
        if step.kind == "concluded":
            _found(cast, made, one, step.on, rng)
        take_step(made, step, by=cast.user("kiem-tra"), origin=ORIGIN)
