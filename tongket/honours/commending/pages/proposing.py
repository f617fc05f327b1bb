"""Proposing in a batch: who passes the gate is offered to be ticked; names of offices and non-members are pasted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.records import current
from tongket.core.dates import BadDate, format_date, parse_date, today
from tongket.core.problems import Problem, Refused
from tongket.core.text import fold
from tongket.honours.commending import facts
from tongket.honours.commending.drafts import ProposalDraft, proposal_draft
from tongket.honours.commending.gates import Finding
from tongket.honours.commending.kinds import pasted, propose, title_words
from tongket.honours.commending.models import CommendationProposal, CommendationRound, CommendationTitle
from tongket.honours.commending.pages.frame import TONES, frame, named, outcome_word, round_for
from tongket.honours.commending.queries import titles_of
from tongket.members.models import Member
from tongket.organisations.models import Organisation, OrganisationPath
from tongket.organisations.queries import assignments_of, visible_to
from tongket.ratings.models import MemberRating, OrganisationRating
from tongket.ui.forms import SEPARATOR
from tongket.ui.gate import gate
from tongket.ui.templatetags.ui import lang

#: So many are offered at once; a search finds the rest.
OFFERED = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who might be proposed, in the shape that the checks read."""

    title: UUID
    organisation: Organisation
    organisation_id: int
    recipient_kind: str
    member: Member | None
    member_id: int | None
    findings: Sequence[Finding] = ()
    recipient_name: str = ""

    @property
    def key(self) -> str:
        """The value of the tick."""
        return f"m{self.member_id}" if self.member_id else f"o{self.organisation_id}"

    @property
    def name(self) -> str:
        """Who."""
        return self.member.full_name if self.member else self.organisation.name

    @property
    def unit(self) -> str:
        """Where he or it belongs."""
        if self.member:
            return str(self.organisation.name)
        return self.organisation.parent.name if self.organisation.parent else ""


@gate("honour.write")
def proposing(request: HttpRequest, pk: int) -> HttpResponse:
    """The form: title and office chosen, candidates offered, names pasted; one act for the whole batch."""
    round_ = round_for(request, pk)
    titles = titles_of(round_)
    title = next((one for one in titles if str(one.pk) == request.GET.get("danh_hieu")), None)
    title = title or next(iter(titles), None)
    office = _office(request, round_)
    problems: Sequence[str] = ()
    entered: dict[str, Any] = {"on": format_date(min(today(), round_.propose_by or today())), "ticked": set()}
    if request.method == "POST" and title is not None and office is not None:
        drafts: list[ProposalDraft] = []
        try:
            drafts = _entered(request, round_, title, office)
            made = propose(drafts, by=request.user)
        except Refused as refused:
            problems = named(refused.problems, [_name(one) for one in drafts])
            entered = {**request.POST.dict(), "ticked": set(request.POST.getlist("chon"))}
            entered["on"] = request.POST.get("ngay", "")
        else:
            messages.success(request, _("Đã ghi %(count)d đề nghị.") % {"count": len(made)})
            return redirect(reverse("honours:commending_proposals", args=[pk]))
    text = request.GET.get("q", "").strip()
    found = _candidates(request, round_, title, office, text) if title and office else []
    page = frame(request, round_, _("Thêm đề nghị"), "commending_propose")
    page |= {
        "titles": [(one, title_words(one, lang())) for one in titles],
        "chosen": title,
        "office": office,
        "office_text": f"{office.code}{SEPARATOR}{office.name}" if office else "",
        "candidates": [(one, _tag(one), one.key in entered["ticked"]) for one in found if not _out(one)],
        "left_out": sum(_out(one) for one in found),
        "cut": len(found) >= OFFERED,
        "asked": text,
        "problems": problems,
        "entered": entered,
        "day": round_.period_end,
    }
    return render(request, "honours/commending/propose.html", page, status=422 if problems else 200)


def _name(draft: ProposalDraft) -> str:
    return draft.recipient_name or (draft.member.full_name if draft.member else draft.organisation.name)


def _office(request: HttpRequest, round_: CommendationRound) -> Organisation | None:
    """Who proposes: the one asked for, else the user's own below (or at) the campaign's organisation."""
    below = OrganisationPath.objects.filter(ancestor=round_.organisation, voided_at__isnull=True)
    mine = visible_to(request.user, "honour.write").filter(pk__in=below.values("descendant"))
    text = request.POST.get("don_vi") or request.GET.get("don_vi", "")
    if text:
        return mine.filter(code=text.partition(SEPARATOR)[0].strip()).first()
    own = assignments_of(request.user, "honour.write").values("organisation")
    return mine.filter(pk__in=own).order_by("position", "code").first()


def _tree(office: Organisation) -> Any:
    return OrganisationPath.objects.filter(
        ancestor=office, voided_at__isnull=True, valid_to=office.ends_on
    ).values("descendant")


def _candidates(
    request: HttpRequest,
    round_: CommendationRound,
    title: CommendationTitle,
    office: Organisation,
    text: str,
) -> list[Candidate]:
    """Of the office and below: who was rated excellent in the year (all, when the title does not ask), not proposed
    yet."""
    level = {} if title.gate == "none" else {"level": "excellent"}
    period = str(facts.year_of(round_.period))
    done = current(CommendationProposal.objects.filter(round=round_.identity, title=title.identity))
    if title.recipient_kind == "individual":
        found = [
            Candidate(title.identity, one.organisation, one.organisation_id, "individual", one, one.pk)  # type: ignore[arg-type]
            for one in _people(office, period, level, text, done)
        ]
    else:
        found = [
            Candidate(title.identity, one, one.pk, "collective", None, None)
            for one in _bodies(office, period, level, text, done)
        ]
    judged = facts.findings(round_, found, {title.identity: title}, user=request.user)
    return [
        Candidate(
            one.title,
            one.organisation,
            one.organisation_id,
            one.recipient_kind,
            one.member,
            one.member_id,
            said,
        )
        for one, said in zip(found, judged, strict=True)
    ]


def _people(
    office: Organisation, period: str, level: dict[str, str], text: str, done: Any
) -> Sequence[Member]:
    rows = Member.objects.filter(organisation__in=_tree(office)).exclude(standing="")
    if level:
        rated = current(MemberRating.objects.filter(period=period, **level))
        rows = rows.filter(pk__in=rated.values("member"))
    if text:
        rows = rows.filter(folded_name__contains=fold(text))
    rows = rows.exclude(pk__in=done.filter(member__isnull=False).values("member"))
    return list(rows.select_related("organisation").order_by("sort_key", "code")[:OFFERED])


def _bodies(
    office: Organisation, period: str, level: dict[str, str], text: str, done: Any
) -> list[Organisation]:
    rows = Organisation.objects.filter(pk__in=_tree(office))
    if level:
        rated = current(OrganisationRating.objects.filter(period=period, **level))
        rows = rows.filter(pk__in=rated.values("organisation"))
    rows = rows.exclude(pk__in=done.filter(member__isnull=True, recipient_name="").values("organisation"))
    listed = list(rows.select_related("parent").order_by("position", "code"))
    wanted = fold(text)
    return [one for one in listed if wanted in fold(one.name)][:OFFERED]


def _out(one: Candidate) -> bool:
    """Not offered: the history itself fails the title (a year that was not excellent, or got already)."""
    return any(each.outcome == "failed" and each.check in ("rating", "once") for each in one.findings)


def _tag(one: Candidate) -> tuple[str, str, str]:
    """Tone, word and reasons of the checks."""
    open_ = [each for each in one.findings if each.outcome != "passed"]
    outcome = (
        "failed" if any(each.outcome == "failed" for each in open_) else "doubtful" if open_ else "passed"
    )
    return TONES[outcome], outcome_word(outcome), " ".join(each.reason for each in open_)


def _ticked(request: HttpRequest) -> list[tuple[Organisation, Member | None]]:
    """The ticked bodies and members, only of the user's own. Raises `Refused` for any other."""
    keys = request.POST.getlist("chon")
    ids = {kind: [int(key[1:]) for key in keys if key[:1] == kind and key[1:].isdecimal()] for kind in "mo"}
    mine = visible_to(request.user, "honour.write")
    members = Member.objects.filter(pk__in=ids["m"], organisation__in=mine).select_related("organisation")
    known: dict[str, tuple[Organisation, Member | None]] = {
        f"m{one.pk}": (one.organisation, one) for one in members if one.organisation is not None
    }
    known |= {f"o{one.pk}": (one, None) for one in mine.filter(pk__in=ids["o"])}
    if not set(keys) <= set(known):
        raise Refused([Problem("", "Có người hoặc tổ chức không thuộc phạm vi của bạn. Hãy mở lại trang.")])
    return [known[key] for key in keys]


def _entered(
    request: HttpRequest, round_: CommendationRound, title: CommendationTitle, office: Organisation
) -> list[ProposalDraft]:
    """The ticked and the pasted, as drafts. Raises `Refused` for what cannot be read."""
    try:
        on = parse_date(request.POST.get("ngay", ""))
    except BadDate as error:
        raise Refused([Problem("proposed_on", f"Ngày đề nghị: {error}")]) from None
    common: dict[str, Any] = {"proposed_by": office, "proposed_on": on}
    achievement = request.POST.get("thanh_tich", "").strip()
    drafts = [
        proposal_draft(round_, title, organisation=place, member=member, achievement=achievement, **common)
        for place, member in _ticked(request)
    ]
    for name, address, own in pasted(request.POST.get("ten", "")):
        drafts.append(
            proposal_draft(
                round_,
                title,
                organisation=office,
                recipient_name=name,
                address=address,
                achievement=own or achievement,
                **common,
            )
        )
    return drafts
