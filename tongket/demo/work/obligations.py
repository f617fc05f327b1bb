"""What the district asked of its organisations in 2023, and, for trying things out, what is due about today."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tongket.audit.acts import Act, act
from tongket.audit.records import current
from tongket.core.dates import format_date, today
from tongket.demo.draw.plain import END
from tongket.directives.models import Directive
from tongket.obligations.acts import hand_out_in, take_step_in
from tongket.obligations.drafts import DemandDraft, StepDraft
from tongket.obligations.models import Demand, Obligation
from tongket.organisations.models import Organisation
from tongket.organisations.queries import subtree_on

_ATTENDED = "Số đảng viên tham gia học tập"
_RETURNED = "Chưa phân công người phụ trách, chưa có thời gian hoàn thành; đề nghị bổ sung."
_EXTENDED = "Đơn vị đang tập trung khắc phục hậu quả mưa lũ."


def hand_out_the_year(root: Organisation, rng: Random) -> None:
    """For each paper of 2023 that needs a plan: plans from the bodies, study sessions of all for the resolutions."""
    papers = current(
        Directive.objects.filter(
            organisation=root,
            book="received",
            needs_plan=True,
            kind__in=("NQ", "CT"),
            received_on__year=END.year,
        )
    ).order_by("received_on", "id")
    for paper in papers:
        asked = paper.received_on + timedelta(days=rng.randint(6, 12))
        if asked <= END:
            _hand_out(root, paper, asked, rng)


def _hand_out(root: Organisation, paper: Directive, asked: date, rng: Random) -> None:
    units = below(root, asked)
    label = f"{paper.symbol} ngày {format_date(paper.issued_on)}"
    with act("demand.add", by=None, origin="demo", organisation=root) as current_act:
        made = []
        bodies = [one for one in units if one.kind == "grassroots_body"]
        plan = DemandDraft(
            root,
            "plan",
            f"Ban hành kế hoạch thực hiện {paper.symbol}",
            asked,
            asked + timedelta(days=30),
            about=paper.identity,
            about_label=label,
        )
        made.append(hand_out_in(plan, bodies, act=current_act))
        if paper.kind == "NQ":
            study = DemandDraft(
                root,
                "study",
                f"Tổ chức học tập, quán triệt {paper.symbol}",
                asked,
                asked + timedelta(days=40),
                about=paper.identity,
                about_label=label,
                numbers=(_ATTENDED,),
            )
            made.append(hand_out_in(study, units, act=current_act))
        current_act.about(made[0])
        current_act.note(receivers=len(units))
    for demand in made:
        carry_out(demand, rng)


def below(root: Organisation, on: date) -> list[Organisation]:
    ids = [place.organisation_id for place in subtree_on(root, on, depth=1) if place.depth == 1]
    by_id = Organisation.objects.in_bulk(ids)
    return [by_id[key] for key in ids]


def carry_out(demand: Demand, rng: Random) -> None:
    """Most in time and accepted, some late, a few returned first, a few given more time."""
    rows = current(demand.obligations.select_related("organisation", "demand"))
    with act("obligation.reported", by=None, origin="demo", organisation=demand.organisation) as current_act:
        for obligation in rows:
            for step in _life(demand, obligation, rng):
                take_step_in(obligation, step, act=current_act)
        current_act.about(demand)


def _life(demand: Demand, obligation: Obligation, rng: Random) -> Iterator[StepDraft]:
    draw, due = rng.random(), demand.due_on
    cell = obligation.organisation.kind != "grassroots_body"
    if draw > 0.985:  # answered only when the year was over, after being reminded
        yield StepDraft("reminded", due + timedelta(days=15))
        yield _report(demand, due + timedelta(days=rng.randint(40, 80)), cell, rng)
        return
    planned = demand.asked_on + timedelta(days=rng.randint(1, 6))
    if draw < 0.3:
        yield StepDraft("planned", planned, f"Dự kiến xong trước ngày {format_date(due)}.")
    if draw > 0.95:
        due += timedelta(days=15)
        yield StepDraft("extended", demand.due_on - timedelta(days=2), _EXTENDED, new_deadline=due)
    late = 0.86 < draw <= 0.93
    day = due + timedelta(days=rng.randint(2, 18)) if late else due - timedelta(days=rng.randint(0, 12))
    day = max(day, planned)
    yield _report(demand, day, cell, rng)
    if 0.8 < draw <= 0.84:
        yield StepDraft("returned", day + timedelta(days=1), _RETURNED)
        day += timedelta(days=rng.randint(2, 4))
        yield _report(demand, day, cell, rng)
    yield StepDraft("accepted", day + timedelta(days=rng.randint(1, 5)))


def _report(demand: Demand, day: date, cell: bool, rng: Random) -> StepDraft:
    numbers = {name: Decimal(rng.randint(9, 40) if cell else rng.randint(70, 210)) for name in demand.numbers}
    text = (
        "Đã tổ chức học tập, quán triệt."
        if demand.kind == "study"
        else "Đã ban hành và triển khai thực hiện."
    )
    return StepDraft("reported", day, text, numbers=numbers, on_behalf=cell)


# --- about today ------------------------------------------------------------------------------------------

#: kind, title, asked so many days ago, due in so many days
_NOW = (
    ("report", "Báo cáo kết quả công tác xây dựng Đảng {year}", 20, 6),
    ("plan", "Xây dựng kế hoạch kiểm tra, giám sát năm {next}", 12, 15),
    ("task", "Rà soát, cập nhật hồ sơ đảng viên", 30, -3),
)


def hand_out_today(root: Organisation, rng: Random) -> None:
    """Three demands about the present day, so that the lists of what is due have something to show."""
    day = today()
    units = below(root, day)
    for kind, title, ago, ahead in _NOW:
        draft = DemandDraft(
            root,
            kind,
            title.format(year=f"năm {day.year}", next=day.year + 1),
            day - timedelta(days=ago),
            day + timedelta(days=ahead),
            "Gửi báo cáo kèm văn bản đã ký." if kind != "task" else "",
        )
        with act("demand.add", by=None, origin="demo", organisation=root) as current_act:
            demand = hand_out_in(draft, units, act=current_act)
            current_act.about(demand)
            _some_answer(demand, day, rng, act=current_act)


def _some_answer(demand: Demand, day: date, rng: Random, *, act: Act) -> None:
    for obligation in current(demand.obligations.select_related("organisation", "demand")):
        if rng.random() < (0.8 if demand.due_on < day else 0.35):
            on = min(day, demand.due_on) - timedelta(days=rng.randint(0, 3))
            take_step_in(obligation, StepDraft("reported", on, "Đã thực hiện."), act=act)
