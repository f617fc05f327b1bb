"""The records of campaigns that are entered one by one or in a batch: titles, campaigns, proposals."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from tongket.audit import records
from tongket.audit.acts import Act, act
from tongket.audit.records import current
from tongket.core.codelists import GIVER, RECIPIENT
from tongket.core.judging import COMMENDING_KIND
from tongket.core.periods import parse_period, year
from tongket.core.problems import Problem, Refused, refuse_if_any
from tongket.core.text import tidy
from tongket.honours.commending import rules
from tongket.honours.commending.drafts import CampaignDraft, ProposalDraft, TitleDraft
from tongket.honours.commending.models import (
    CommendationProposal,
    CommendationRound,
    CommendationTitle,
    ProposalOutcome,
)
from tongket.honours.commending.undoing import clear_campaign
from tongket.organisations.models import Organisation
from tongket.rules.catalogue import NoRuleInForce, in_force, rule


def _title_keys(row: CommendationTitle) -> dict[str, Any]:
    return {"organisation": row.organisation.code, "title": row.code, "year": row.year_from}


def _round_columns(draft: CampaignDraft) -> dict[str, Any]:
    period = parse_period(draft.period)
    return {"period": period.code, "period_end": period.end, "titles": list(draft.titles)}


def _round_keys(row: CommendationRound) -> dict[str, Any]:
    return {"organisation": row.organisation.code, "period": row.period}


def _proposal_keys(row: CommendationProposal) -> dict[str, Any]:
    keys = {"organisation": row.organisation.code, "title": row.title_code, "period": row.period}
    return keys | ({"member": row.member.code} if row.member else {})


def _may_withdraw(row: CommendationProposal) -> Iterator[Problem]:
    """What was decided stays."""
    if current(ProposalOutcome.objects.filter(proposal=row.identity)).exists():
        yield Problem("", "Đề nghị này đã có quyết định, không rút được nữa.")


TITLE = records.RecordKind(
    "commending_title",
    CommendationTitle,
    rules.title_rules,
    _title_keys,
    derived=lambda draft: {"gate_years": draft.gate_years or 1},
    may_void=rules.may_void_title,
)
ROUND = records.RecordKind(
    "commending_round",
    CommendationRound,
    rules.campaign_rules,
    _round_keys,
    derived=_round_columns,
    may_void=rules.may_void_campaign,
    voided=clear_campaign,
)
PROPOSAL = records.RecordKind(
    "commending_proposal",
    CommendationProposal,
    rules.proposal_rules,
    _proposal_keys,
    may_void=_may_withdraw,
)


def add_title(draft: TitleDraft, *, by: Any, origin: str = "form") -> CommendationTitle:
    """Record a title of a regulation. Raises `Refused`."""
    return records.add_one(TITLE, draft, by=by, origin=origin)


def add_round(draft: CampaignDraft, *, by: Any, origin: str = "form") -> CommendationRound:
    """Open a campaign. Raises `Refused`."""
    return records.add_one(ROUND, draft, by=by, origin=origin)


def check_proposals(drafts: Sequence[ProposalDraft]) -> list[Problem]:
    """Judge proposals: title of the campaign, proposer below it, recipient of the proposer's, each once."""
    return records.check(PROPOSAL, drafts)


def add_proposals(
    drafts: Sequence[ProposalDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[CommendationProposal]:
    """Record proposals inside an open act. Raises `Refused` with every error."""
    return records.add(PROPOSAL, drafts, act=act, origins=origins)


def propose(drafts: Sequence[ProposalDraft], *, by: Any, origin: str = "form") -> list[CommendationProposal]:
    """Hand in a batch of proposals of one organisation as one act. Raises `Refused` with every error by row."""
    if not drafts:
        raise Refused([Problem("", "Chưa chọn ai. Hãy đánh dấu trong danh sách, hoặc dán tên vào ô.")])
    with act(
        "commending_proposal.add", by=by, origin=origin, organisation=drafts[0].proposed_by
    ) as current_act:
        made = add_proposals(drafts, act=current_act)
        current_act.note(count=len(made), titles=sorted({one.title_code for one in drafts}))
    return made


def withdraw(proposal: CommendationProposal, *, reason: str, by: Any) -> CommendationProposal:
    """Take a proposal back before it is decided. Raises `Refused`, `Conflict`."""
    return records.void(PROPOSAL, proposal, reason=reason, by=by)


# --- titles of a year in one click --------------------------------------------------------------------------


def national_titles(organisation: Organisation, of_year: int) -> list[TitleDraft]:
    """The periodic titles as the rules in force at the end of the year name them (`com.title`, `com.bonus`).

    Form and giver follow from `com.who` and `com.bonus`; amounts that are not known stay unknown. Raises
    `NoRuleInForce` for years before the oldest guidance that was read.
    """
    day = year(of_year).end
    version = in_force("com.title", day)
    names: Any = version.value
    try:
        bonus: Any = in_force("com.bonus", day).value
    except NoRuleInForce:  # pragma: no cover - older than the titles
        bonus = {}
    made = []
    for code, key, kind, form, giver, money in _NATIONAL:
        body, running = key.startswith("body"), kind == "five_year"
        made.append(
            TitleDraft(
                organisation=organisation,
                code=code,
                name=str(names[key]),
                year_from=of_year,
                year_to=of_year,
                kind=kind,
                recipient_kind="collective" if body else "individual",
                form=form,
                giver=giver,
                gate="running" if running else "excellent",
                gate_years=int(in_force("com.gate", day).value[kind]),  # type: ignore[index, call-overload, arg-type]
                no_discipline=True,
                bonus=bonus.get(money),
                decision_number=version.document[:40],
                decision_date=version.document_date,
            )
        )
    return made


#: code, name in `com.title`, kind, form, giver, amount in `com.bonus`.
_NATIONAL = (
    ("TT-NAM", "body_year", "yearly", "certificate", "grassroots", "cell_year_certificate"),
    ("TT-NAM-HU", "body_year", "yearly", "certificate", "district", ""),
    ("TT-5NAM", "body_five_year", "five_year", "certificate", "district", "cell_five_year_certificate"),
    ("TT-5NAM-BK", "body_five_year", "five_year", "merit", "province", "cell_five_year_merit"),
    ("CN-NAM", "member_year", "yearly", "certificate", "grassroots", "member_year_certificate"),
    ("CN-NAM-HU", "member_year", "yearly", "certificate", "district", ""),
    ("CN-5NAM", "member_five_year", "five_year", "certificate", "district", "member_five_year_certificate"),
    ("CN-5NAM-BK", "member_five_year", "five_year", "merit", "province", "member_five_year_merit"),
)


def take_national(organisation: Organisation, of_year: int, *, by: Any) -> list[CommendationTitle]:
    """Take the national titles for a year; codes that the year has already are left as they are. Raises `Refused`."""
    try:
        offered = national_titles(organisation, of_year)
    except NoRuleInForce:
        first = rule("com.title").versions[0].effective_from.year
        raise Refused(
            [
                Problem(
                    "year", f"Chưa có quy định chung cho năm {of_year}: chỉ có từ năm {first}. Hãy ghi tay."
                )
            ]
        ) from None
    return _add_missing("commending_title.take", organisation, of_year, offered, by)


def copy_titles(organisation: Organisation, of_year: int, *, by: Any) -> list[CommendationTitle]:
    """Take over last year's own titles; those that apply to the year already are left as they are. Raises `Refused`."""
    last = of_year - 1
    rows = current(CommendationTitle.objects.filter(organisation=organisation, year_from__lte=last))
    old = [row for row in rows if row.year_to is not None and row.year_to >= last]
    if not old:
        raise Refused(
            [Problem("year", f"Năm {last} không có danh hiệu nào để lấy lại. Hãy lấy theo quy định chung.")]
        )
    return _add_missing(
        "commending_title.copy", organisation, of_year, [_again(row, of_year) for row in old], by
    )


def _again(row: CommendationTitle, of_year: int) -> TitleDraft:
    names = TitleDraft.__dataclass_fields__
    draft = TitleDraft(**{name: getattr(row, name) for name in names})
    return replace(draft, year_from=of_year, year_to=of_year)


def _add_missing(
    action: str, organisation: Organisation, of_year: int, offered: Sequence[TitleDraft], by: Any
) -> list[CommendationTitle]:
    rows = current(CommendationTitle.objects.filter(organisation=organisation, year_from__lte=of_year))
    there = {row.code for row in rows if row.year_to is None or row.year_to >= of_year}
    new = [draft for draft in offered if draft.code not in there]
    if not new:
        raise Refused([Problem("year", f"Năm {of_year} đã có đủ các danh hiệu này.")])
    with act(action, by=by, organisation=organisation) as current_act:
        made = records.add(TITLE, new, act=current_act)
        current_act.note(count=len(made), year=of_year)
    return made


# --- pasted names -------------------------------------------------------------------------------------------


def pasted(text: str) -> list[tuple[str, str, str]]:
    """Rows pasted from Excel: name, address on the certificate, achievement, cut by tabs or semicolons.

    Raises `Refused` naming each row that has more columns than these, or no name: nothing pasted is dropped in silence.
    """
    rows = []
    wrong: list[Problem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        parts = [tidy(part) for part in (line.split("\t") if "\t" in line else line.split(";"))]
        if any(parts[3:]):
            said = (
                f"Ô dán tên, dòng {number}: có {len(parts)} cột. Chỉ dán ba cột: tên, chức danh, thành tích."
            )
            wrong.append(Problem("recipient_name", said))
        elif any(parts) and not parts[0]:
            said = f"Ô dán tên, dòng {number}: thiếu tên ở cột đầu. Hãy ghi tên, hoặc bỏ dòng này."
            wrong.append(Problem("recipient_name", said))
        elif any(parts):
            rows.append((*parts[:3], *[""] * (3 - len(parts[:3]))))
    refuse_if_any(wrong)
    return rows  # type: ignore[return-value]


def title_words(title: CommendationTitle, lang: str = "vi") -> str:
    """Kind, recipient and giver of a title in one line."""
    return " · ".join(
        (
            COMMENDING_KIND.label(title.kind, lang),
            RECIPIENT.label(title.recipient_kind, lang).lower(),
            GIVER.label(title.giver, lang),
        )
    )
