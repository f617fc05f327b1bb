"""Cases of discipline: those behind the decisions of 2023, a few of the present with an appeal and one sealed."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from tongket.audit.acts import act
from tongket.cases.acts import open_case
from tongket.cases.appeals.acts import answer_appeal, confirm_correction, confirm_corrections, record_appeal
from tongket.cases.appeals.drafts import AnswerDraft, AppealDraft
from tongket.cases.drafts import CaseDraft
from tongket.cases.models import Case
from tongket.cases.sealing.acts import grant
from tongket.cases.steps.acts import take_step
from tongket.cases.steps.drafts import StepDraft
from tongket.core.dates import add_years, format_date, today
from tongket.demo.draw.plain import END, Stay
from tongket.demo.work.judging.people import ORIGIN, Cast
from tongket.inspections.models import MemberDiscipline, OrganisationDiscipline

_COMMISSION = "Ủy ban Kiểm tra Huyện ủy"
_SIZE = 9  # members of the commission, all of whom are entitled to vote
_SOURCES = ("inspection", "complaint", "self_found")
_WORDS = {
    "principles": "Thực hiện chưa đầy đủ chế độ sinh hoạt và nguyên tắc tập trung dân chủ.",
    "duty": "Chưa làm hết trách nhiệm được giao, để công việc chậm kéo dài.",
    "finance": "Thực hiện chưa đúng quy định về thu, chi, thanh quyết toán.",
    "population": "Chưa chấp hành quy định về chính sách dân số.",
    "conduct": "Chưa giữ đúng quy định về trách nhiệm nêu gương.",
    "law": "Vi phạm quy định hành chính, đã có quyết định xử phạt.",
}
_SEALED = "Vụ việc đang xác minh, liên quan đến người cung cấp thông tin cần được bảo vệ."


def discipline_the_year(cast: Cast) -> None:
    """The decisions of 2023 out of their cases; one appealed and upheld; corrections of former years confirmed."""
    rng = cast.chance("cases")
    rows = [
        *cast.drawn.set_apart["Kỷ luật đảng viên"],
        *cast.drawn.set_apart["Kỷ luật tổ chức"],
    ]
    for number, row in enumerate(sorted(rows, key=lambda one: (one["decided_on"], one["organisation"]))):
        case = _behind(cast, row, rng)
        if number == 0:
            _appealed(cast, case, row["decided_on"])
        corrected = add_years(row["decided_on"], 1) + timedelta(days=rng.randint(5, 25))
        if corrected <= today():
            confirm_correction(case, corrected, by=_by(cast))
    _confirm_the_old(cast)


def _by(cast: Cast) -> Any:
    return cast.user("kiem-tra")


def _behind(cast: Cast, row: Mapping[str, Any], rng: Random) -> Case:
    decided: date = row["decided_on"]
    opened = decided - timedelta(days=rng.randint(40, 60))
    acted = [opened - timedelta(days=days) for days in sorted(rng.sample(range(40, 300), rng.choice((1, 2))))]
    member = cast.members[row["member"]] if row.get("member") else None
    cell = _cell(cast, row["member"], opened) if row.get("member") else row["organisation"]
    draft = CaseDraft(
        cast.organisations[cell], row["ground"], "; ".join(format_date(day) for day in acted), opened,
        _COMMISSION, "inspection", rng.choice(_SOURCES), member, _WORDS.get(row["ground"], ""),
        concluded_on=decided - timedelta(days=14), committee_member=bool(row.get("committee_member")),
    )  # fmt: skip
    case = open_case(draft, by=_by(cast), origin=ORIGIN)
    _through(cast, case, row["form"], decided, row["decision_number"], rng)
    return case


def _cell(cast: Cast, code: str, day: date) -> str:
    stay: Stay | None = cast.drawn.people[code].stay(day)
    return stay.cell if stay else cast.drawn.people[code].stays[-1].cell


def _through(cast: Cast, case: Case, form: str, decided: date, number: str, rng: Random) -> None:
    """Statement, vote, decision, made known and served."""
    against = rng.randint(0, 1)
    steps = (
        StepDraft("explained", decided - timedelta(days=25)),
        StepDraft(
            "voted", decided - timedelta(days=7), form, "inspection", _SIZE, _SIZE - against, against, secret=True
        ),
        StepDraft("decided", decided, form, "inspection", decision_number=number, decision_body=_COMMISSION),
        StepDraft("announced", decided + timedelta(days=4)),
        StepDraft("served", decided + timedelta(days=4)),
    )  # fmt: skip
    for step in steps:
        take_step(case, step, by=_by(cast), origin=ORIGIN)


def _appealed(cast: Cast, case: Case, decided: date) -> None:
    received = decided + timedelta(days=20)
    appeal = record_appeal(
        case, AppealDraft(received, "superior", "Ban Thường vụ Huyện ủy"), by=_by(cast), origin=ORIGIN
    )
    answer = AnswerDraft(
        received + timedelta(days=40), "upheld",
        decision_number="412-QĐ/HU", decision_body="Ban Thường vụ Huyện ủy",
    )  # fmt: skip
    answer_appeal(case, appeal, answer, by=_by(cast), origin=ORIGIN)


def _confirm_the_old(cast: Cast) -> None:
    """Decisions taken over from before 2023: the cell has confirmed the correction a year later."""
    rows: list[MemberDiscipline | OrganisationDiscipline] = []
    for model in (MemberDiscipline, OrganisationDiscipline):
        standing = model.objects.filter(
            voided_at__isnull=True, decided_on__lt=date(END.year, 1, 1), case_identity__isnull=True
        )
        rows += standing.exclude(form="expulsion").select_related("organisation").order_by("decided_on", "id")
    ends = [(row, add_years(row.decided_on, 1) + timedelta(days=row.decided_on.day)) for row in rows]
    with act(
        "member_discipline.corrected", by=_by(cast), origin=ORIGIN, organisation=cast.root
    ) as current_act:
        made = confirm_corrections([(row, min(on, END)) for row, on in ends], act=current_act)
        current_act.note(count=len(made))


# --- about today ------------------------------------------------------------------------------------------


def cases_at_present(cast: Cast) -> None:
    """Two under way, one of them sealed; one ended without discipline; one decided, with an appeal pending."""
    day = today()
    if day <= date(END.year + 1, 6, 30):
        return
    rng = cast.chance("present cases")
    people = _quiet_people(cast, rng, 4)
    _open(cast, people[0], "duty", day - timedelta(days=34), "inspection", rng)
    sealed = _open(
        cast, people[1], "conduct", day - timedelta(days=26), "complaint", rng, seal_reason=_SEALED
    )
    grant(sealed, cast.user("lanh-dao"), by=_by(cast))
    ended = _open(cast, people[2], "finance", day - timedelta(days=95), "self_found", rng)
    take_step(ended, StepDraft("explained", day - timedelta(days=80)), by=_by(cast), origin=ORIGIN)
    take_step(
        ended, StepDraft("closed", day - timedelta(days=60), reason="minor"), by=_by(cast), origin=ORIGIN
    )
    pending = _open(cast, people[3], "principles", day - timedelta(days=110), "inspection", rng)
    _through(cast, pending, "reprimand", day - timedelta(days=38), "118-QĐ/UBKTHU", rng)
    record_appeal(
        pending, AppealDraft(day - timedelta(days=12), "superior", "Ban Thường vụ Huyện ủy"),
        by=_by(cast), origin=ORIGIN,
    )  # fmt: skip


def _quiet_people(cast: Cast, rng: Random, count: int) -> list[str]:
    """Official members of working age who hold no post and have no decision on record."""
    aside = {row["member"] for sheet in ("Kỷ luật đảng viên", "Cấp ủy") for row in cast.drawn.rows(sheet)}
    pool = [
        person.code
        for person, _ in cast.drawn.present(END)
        if person.code not in aside and person.is_official(date(END.year, 1, 1)) and 30 < person.age(END) < 50
    ]
    return rng.sample(pool, count)


def _open(
    cast: Cast, code: str, ground: str, opened: date, source: str, rng: Random, *, seal_reason: str = ""
) -> Case:
    acted = opened - timedelta(days=rng.randint(40, 160))
    draft = CaseDraft(
        cast.organisations[_cell(cast, code, END)], ground, format_date(acted), opened, _COMMISSION,
        "inspection", source, cast.members[code], _WORDS[ground],
    )  # fmt: skip
    return open_case(draft, by=_by(cast), sealed=bool(seal_reason), seal_reason=seal_reason, origin=ORIGIN)
