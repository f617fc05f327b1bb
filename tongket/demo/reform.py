"""The reform of 1/7/2025 as a scenario: the district ends, its communes' members go on under new communes' committees
directly under the province's.

The plan is drawn up as a draft: to look at its effects, to carry it out, to take it back. Nothing of the district's
earlier years changes by it: 2023 reads as it was before and after.
"""

from datetime import date
from typing import Any

from tongket.demo.draw.names import COMMUNES
from tongket.demo.draw.plain import ROOT
from tongket.members.reorganise import children_on
from tongket.organisations.models import Organisation
from tongket.reforms.acts import PlanDraft, execute, start_plan
from tongket.reforms.models import ReformPlan
from tongket.reforms.steps import Step

DAY = date(2025, 7, 1)
PROVINCE = "TINH"
_PAPER = {
    "decision_number": "1218-QĐ/TU",
    "decision_date": date(2025, 6, 25),
    "decision_body": "Ban Thường vụ Tỉnh ủy",
}
#: The new communes: number -> (index of the commune that gives the name, the old ones' last part of the code).
_NEW: dict[int, tuple[int, tuple[str, ...]]] = {
    1: (0, ("01", "02", "03")),
    2: (4, ("04", "05", "06")),
    3: (7, ("07", "08", "09")),
    4: (10, ("10", "11", "12", "15")),
}


def reform_steps(root: Organisation) -> tuple[Step, ...]:
    """Province founded, new communes founded under it, old ones merged into them, the rest moved, the district ended.

    Whatever else hung directly under the district (offices, schools, enterprises) goes under the commune of the old
    district town.
    """
    below = {child.code for child in children_on(root, DAY)}
    steps = [Step("found", code=PROVINCE, name="Đảng bộ tỉnh (minh họa)", body="province_committee")]
    placed: set[str] = set()
    for number, (named, parts) in _NEW.items():
        code = f"{PROVINCE}.{number:02d}"
        old = tuple(one for part in parts if (one := f"{ROOT}.{part}") in below)
        name = f"Đảng bộ xã {COMMUNES[named]}"
        steps.append(
            Step(
                "found",
                code=code,
                name=name,
                body="commune_committee_2025",
                sector="commune",
                position=number,
                to=PROVINCE,
            )
        )
        steps.append(Step("merge", codes=old, to=code))
        placed |= set(old)
    steps.append(Step("move", codes=tuple(sorted(below - placed)), to=f"{PROVINCE}.01"))
    steps.append(Step("dissolve", code=ROOT, to=PROVINCE))
    return tuple(steps)


def draw_up(by: Any = None) -> ReformPlan:
    """The plan as a draft."""
    root = Organisation.objects.get(code=ROOT)
    draft = PlanDraft(
        root,
        "Kết thúc hoạt động cấp huyện, sắp xếp đảng bộ cấp xã",
        DAY,
        reform_steps(root),
        note="Phương án minh họa. Sổ của địa bàn minh họa đủ đến hết năm 2023, các năm sau chỉ có vài việc lẻ: số "
        "liệu năm 2025 là số đang có trong sổ, không đặt thêm biến động nào.",
        **_PAPER,  # type: ignore[arg-type]
    )
    return start_plan(draft, by=by)


def carry_out(by: Any = None) -> ReformPlan:
    """The scenario itself: the plan that the demo was loaded with, carried out."""
    plan = ReformPlan.objects.filter(organisation__code=ROOT, on=DAY, done_at__isnull=True).first()
    return execute(plan or draw_up(by), by=by)
