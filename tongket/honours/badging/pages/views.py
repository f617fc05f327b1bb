"""Pages of the rounds of badges: award days, one round, a proposal, the papers."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.dates import format_date, parse_date, today
from tongket.core.problems import Problem, Refused
from tongket.honours.badging import acts
from tongket.honours.badging.models import OPEN
from tongket.honours.badging.papers import KINDS
from tongket.honours.badging.queries import (
    board,
    counts_by_day,
    history_of,
    money_of,
    proposals_of,
    visible_proposals,
)
from tongket.honours.badging.reading import (
    DELAYED,
    DUE,
    MISSED,
    NO_DATE,
    Due,
    day_note,
    due_counts,
    due_on,
    for_reader,
)
from tongket.honours.badging.rules import Pick
from tongket.honours.models import BadgeProposal
from tongket.honours.views import TABS
from tongket.members.models import Member
from tongket.members.queries import visible_to as visible_members
from tongket.organisations.queries import visible_to
from tongket.rules.badges import award_days, money
from tongket.rules.catalogue import NoRuleInForce, in_force
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate, get_for_user, held_verbs, verbs_for
from tongket.ui.shell.errors import BadInput
from tongket.ui.templatetags.ui import lang

#: Rows of one part of the list on a page; an office that has more works by organisation, or in the Excel file.
MOST, MOST_NO_DATE = 300, 50
DAY = "%Y-%m-%d"


def tabs(request: HttpRequest, here: str) -> list[tuple[Any, str, bool]]:
    """The sister pages of badges that the user may open."""
    held = held_verbs(request)
    return [(text, reverse(name), name == here) for text, name, verb in TABS if verb in held]


def round_url(name: str, day: date, view: ViewContext, *args: Any, **query: Any) -> str:
    """The address of a page of a round for the organisation looked at."""
    return f"{reverse(f'honours:{name}', args=[f'{day:{DAY}}', *args])}{view.query(**query)}"


@gate("honour.read")
def round_list(request: HttpRequest) -> HttpResponse:
    """The award days of the year with what is due, proposed, decided and given; `?ngay=` opens another day."""
    view = view_context(request, "honour.read")
    if asked := request.GET.get("ngay", "").strip():
        return redirect(round_url("round", parse_date(asked), view))
    year = view.as_at.year
    days = award_days(year)
    dues, states = due_counts(view.organisation, days), counts_by_day(view.organisation, days)
    rows = [
        {
            "day": day,
            "href": round_url("round", day, view),
            "due": dues[day],
            "proposed": states[day]["proposed"] + states[day]["sent"],
            "approved": states[day]["approved"],
            "given": states[day]["given"],
            "past": day < today(),
        }
        for day in days
    ]
    shown = {
        "view": view,
        "title": _("Đợt trao Huy hiệu Đảng năm %(year)s") % {"year": year},
        "tabs": tabs(request, "honours:round_list"),
        "rows": rows,
        "basis_day": days[0],
    }
    return render(request, "honours/round_list.html", shown)


# --- one round ----------------------------------------------------------------------------------------------


@gate("honour.read")
def round_page(request: HttpRequest, day: str) -> HttpResponse:
    """The round of one day: who is due and why, how far each organisation has come, what to print."""
    return _round(request, parse_date(day), view_context(request, "honour.read"), ())


def _round(
    request: HttpRequest, award_day: date, view: ViewContext, problems: Sequence[Problem]
) -> HttpResponse:
    early = "som" in request.GET
    everybody = due_on(view.organisation, award_day, early=early)
    all_rows = list(proposals_of(view.organisation, award_day, open_elsewhere=True))
    proposals = [row for row in all_rows if row.award_day == award_day]
    elsewhere = {row.member_id for row in all_rows if row.award_day != award_day}
    under_way = {row.member_id for row in proposals if row.state not in ("withdrawn", "refused")}
    listed = [due for due in everybody if due.member_id not in elsewhere]
    dues = [due for due in listed if due.member_id not in under_way]
    parts = _parts(for_reader(request.user, dues), award_day, set(request.POST.getlist("chon")))
    of_state = Counter(row.state for row in proposals)
    shown = {
        "view": view,
        "day": award_day,
        "title": _("Huy hiệu Đảng đợt %(day)s") % {"day": format_date(award_day, lang())},
        "crumbs": [
            (_("Đợt trao"), reverse("honours:round_list") + view.query()),
            (format_date(award_day), ""),
        ],
        "note": day_note(award_day),
        "problems": problems,
        "parts": parts,
        "states": {state: of_state[state] for state in OPEN},
        "given": of_state["awarded"],
        "money": money_of([row for row in proposals if row.state != "withdrawn"], award_day),
        "due_money": money((d.mark for d in dues if d.state == DUE and d.ground != "early"), award_day),
        "board": board(view.organisation, award_day, listed, proposals),
        "elsewhere": len({due.member_id for due in everybody} & elsewhere),
        "proposals": proposals[:MOST],
        "proposals_cut": max(0, len(proposals) - MOST),
        "papers": _papers(award_day, view, proposals),
        "may_write": "honour.write" in verbs_for(request, view.organisation),
        "early": early,
        "early_href": round_url("round", award_day, view, som="" if early else "1"),
        "query": view.query(som="1" if early else ""),
        "path_day": f"{award_day:{DAY}}",
    }
    return render(request, "honours/round.html", shown, status=422 if problems else 200)


def _parts(dues: Sequence[Due], award_day: date, ticked: set[str]) -> list[dict[str, Any]]:
    """The list in its parts, each with its rows cut to what a page holds."""
    cited: dict[str, tuple[str, bool]] = {}
    wanted = (
        ("due", _("Đủ điều kiện trong đợt"), DUE, ("due", "posthumous"), True),
        ("early", _("Có thể tặng sớm nếu bệnh nặng"), DUE, ("early",), True),
        ("missed", _("Đủ từ đợt trước, sổ chưa ghi đã trao"), MISSED, ("due", "posthumous"), True),
        ("delayed", _("Tạm hoãn"), DELAYED, ("due", "posthumous"), False),
        ("no_date", _("Thiếu ngày: chưa tính được tuổi Đảng"), NO_DATE, ("due",), False),
    )
    parts = []
    for code, title, state, grounds, tick in wanted:
        own = [due for due in dues if due.state == state and due.ground in grounds]
        most = MOST_NO_DATE if code == "no_date" else MOST
        rows = [
            {
                "due": due,
                "key": (key := f"{due.member_id}:{due.mark}:{due.ground}"),
                "ticked": key in ticked if ticked else code == "due",
                "reasons": [(one.text, one.rule, *_cited(one.rule, award_day, cited)) for one in due.reasons],
                "bonus": due.bonus,
            }
            for due in own[:most]
        ]
        if rows:
            parts.append(
                {
                    "code": code,
                    "title": title,
                    "tick": tick,
                    # What is to be checked is folded away, unless something in it was ticked.
                    "folded": code in ("missed", "no_date") and not any(row["ticked"] for row in rows),
                    "rows": rows,
                    "count": len(own),
                    "cut": max(0, len(own) - most),
                }
            )
    return parts


def _cited(rule_id: str, day: date, known: dict[str, tuple[str, bool]]) -> tuple[str, bool]:
    """The document behind a rule, short, and whether that rule is not confirmed."""
    if rule_id not in known:
        try:
            version = in_force(rule_id, day)
            known[rule_id] = (version.citation().document_and_article(lang()), version.mark != "C")
        except NoRuleInForce:
            known[rule_id] = (_("chưa có quy định cho ngày này"), True)
    return known[rule_id]


def _papers(
    award_day: date, view: ViewContext, proposals: Sequence[BadgeProposal]
) -> list[tuple[str, str, str, int]]:
    """(name, Word address, Excel address, rows) of the papers that have something to say."""
    found = []
    for code, kind in KINDS.items():
        number = sum(1 for row in proposals if row.state in kind.states)
        if number:
            word = round_url("round_paper", award_day, view, code)
            excel = round_url("round_paper", award_day, view, code, xuat="xlsx") if kind.excel else ""
            found.append((kind.name, word, excel, number))
    return found


@gate("honour.write", methods=("POST",))
def round_propose(request: HttpRequest, day: str) -> HttpResponse:
    """Propose the ticked members in one act; what stands in the way is shown above the list."""
    award_day, view = parse_date(day), view_context(request, "honour.write")
    try:
        picks = _picks(request)
        doubts = [
            problem
            for problem in acts.check_picks(view.organisation, award_day, picks)
            if problem.severity == "warning"
        ]
        made = acts.propose(view.organisation, award_day, picks, by=request.user)
    except Refused as refused:
        return _round(request, award_day, view, refused.problems)
    messages.success(request, _("Đã đề nghị Huy hiệu cho %(count)s đảng viên.") % {"count": len(made)})
    for problem in doubts:
        messages.warning(request, problem.message)
    return redirect(round_url("round", award_day, view))


def _picks(request: HttpRequest) -> list[Pick]:
    """The ticked rows; a member outside the user's scope counts as not there."""
    asked = []
    ill = set(request.POST.getlist("benh-nang"))
    for text in request.POST.getlist("chon")[:5000]:
        member, _colon, rest = text.partition(":")
        mark, _colon, ground = rest.partition(":")
        if not (member.isdecimal() and mark.isdecimal() and len(member) < 12 and len(mark) < 4):
            raise BadInput(_("Yêu cầu này không hợp lệ."))
        if ground not in ("due", "early", "posthumous"):
            raise BadInput(_("Yêu cầu này không hợp lệ."))
        asked.append((int(member), int(mark), ground, member in ill))
    members: dict[int, Member] = {}
    for start in range(0, len(asked), 1000):
        ids = [one[0] for one in asked[start : start + 1000]]
        members |= {one.pk: one for one in visible_members(request.user, "honour.write").filter(pk__in=ids)}
    if any(one[0] not in members for one in asked):
        said = _("Có đảng viên không còn trong phạm vi được giao cho bạn. Hãy tải lại trang rồi chọn lại.")
        raise Refused([Problem("picks", said)])
    return [Pick(members[pk], mark, ground, gravely) for pk, mark, ground, gravely in asked]


# --- one proposal -------------------------------------------------------------------------------------------


@gate("honour.read")
def proposal(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One proposal: what it asks, where it stands, what it went through."""
    row = get_for_user(visible_proposals(request.user), identity=identity)
    writable = visible_to(request.user, "honour.write").filter(pk=row.holder_id).exists()
    in_register = visible_members(request.user).filter(pk=row.member_id).exists()
    shown = {
        "title": _("%(name)s · đề nghị Huy hiệu %(mark)s năm")
        % {"name": row.member.full_name, "mark": row.mark},
        "crumbs": [
            (
                _("Đợt %(day)s") % {"day": format_date(row.award_day)},
                reverse("honours:round", args=[f"{row.award_day:{DAY}}"]),
            ),
            (_("Đề nghị"), ""),
        ],
        "row": row,
        "history": history_of(row),
        "file": reverse("members:detail", args=[row.member.uid]) if in_register else "",
        "withdraw": reverse("honours:proposal_withdraw", args=[identity])
        if writable and row.state in ("proposed", "sent", "approved")
        else "",
    }
    return render(request, "honours/proposal.html", shown)
