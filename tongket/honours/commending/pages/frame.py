"""What the pages of a campaign share: the campaign that the user may see or run, tabs, proposals with findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.core.problems import Problem
from tongket.honours.commending import facts
from tongket.honours.commending.gates import Finding, worst
from tongket.honours.commending.models import CommendationOverride, CommendationRound, CommendationTitle
from tongket.honours.commending.queries import (
    aside_of,
    name_of,
    overrides_of,
    titles_of,
    visible_proposals,
    visible_rounds,
)
from tongket.organisations.queries import visible_to
from tongket.ui.gate import get_for_user, held_verbs, verbs_for

TONES = {"passed": "good", "failed": "bad", "doubtful": "warn"}


def round_for(request: HttpRequest, pk: int, verb: str = "") -> CommendationRound:
    """A campaign that the user may see; with `verb` only one whose own organisation he holds it for. 404 otherwise."""
    rows = visible_rounds(request.user)
    return get_for_user(rows.filter(organisation__in=visible_to(request.user, verb)) if verb else rows, pk=pk)


def outcome_word(outcome: str) -> str:
    """An outcome as the page says it."""
    return {"passed": _("đạt"), "failed": _("chưa đạt"), "doubtful": _("cần kiểm tra")}[outcome]


def frame(request: HttpRequest, round_: CommendationRound, title: str, here: str) -> dict[str, Any]:
    """Crumbs, tabs and rights; what only the asking level does is shown to it alone."""
    verbs = verbs_for(request, round_.organisation)
    tabs = [("commending", _("Tổng hợp")), ("commending_proposals", _("Đề nghị"))]
    if "honour.read" in verbs:
        tabs += [
            ("commending_council", _("Hội đồng")),
            ("commending_decide", _("Quyết định")),
            ("commending_certificates", _("Giấy khen")),
            ("commending_handing", _("Trao thưởng")),
        ]
    if "honour.write" not in verbs:
        tabs = [tab for tab in tabs if tab[0] != "commending_decide"]
    crumbs = [(_("Đợt khen thưởng"), reverse("honours:commending_list"))]
    if here != "commending":
        crumbs.append((round_.name, reverse("honours:commending", args=[round_.pk])))
    return {
        "round": round_,
        "title": title,
        "crumbs": [*crumbs, (title, "")],
        "tabs": [(text, reverse(f"honours:{name}", args=[round_.pk]), name == here) for name, text in tabs],
        "runs": "honour.write" in verbs,
        "reads_all": "honour.read" in verbs,
        "may_propose": "honour.write" in held_verbs(request),
    }


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal on a page: who, for which title, what the checks say and which were set aside."""

    proposal: Any
    title: CommendationTitle
    findings: Sequence[Finding]
    aside: frozenset[str]

    @property
    def name(self) -> str:
        """Whom it names."""
        return name_of(self.proposal)

    @property
    def unit(self) -> str:
        """Where he or it belongs."""
        one = self.proposal
        if one.member_id or one.recipient_name:
            return str(one.organisation.name)
        above = one.organisation.parent
        return above.name if above is not None else ""

    @property
    def outcome(self) -> str:
        """What the checks come to."""
        return worst(self.findings, self.aside)

    @property
    def word(self) -> str:
        """The same in words."""
        return outcome_word(self.outcome)

    @property
    def tone(self) -> str:
        """The colour of its tag."""
        return TONES[self.outcome]

    @property
    def open_findings(self) -> list[tuple[Finding, str, str, bool]]:
        """The checks that did not pass: finding, tone, word, whether it was set aside."""
        return [
            (one, TONES[one.outcome], outcome_word(one.outcome), one.check in self.aside)
            for one in self.findings
            if one.outcome != "passed"
        ]

    @property
    def needs_reason(self) -> bool:
        """Whether a failed check stands unanswered."""
        return self.outcome == "failed"

    @property
    def commendation(self) -> int | None:
        """The record that the decision wrote."""
        found: int | None = self.proposal.commendation_pk
        return found


@dataclass(frozen=True, slots=True)
class Work:
    """A campaign's titles, overrides and the proposals that the user may see, judged."""

    titles: dict[UUID, CommendationTitle]
    overrides: Sequence[CommendationOverride]
    lines: Sequence[Line]


def work_of(request: HttpRequest, round_: CommendationRound) -> Work:
    """Gather and judge; about eight questions however many proposals there are."""
    titles = {one.identity: one for one in titles_of(round_)}
    rows = visible_proposals(request.user).filter(round=round_.identity).order_by("id")
    proposals = [one for one in rows if one.title in titles]
    overrides = overrides_of(round_)
    aside = aside_of(overrides).proposals
    found = facts.findings(round_, proposals, titles, user=request.user)
    lines = [
        Line(one, titles[one.title], findings, frozenset(aside.get(one.identity, ())))
        for one, findings in zip(proposals, found, strict=True)
    ]
    places = {identity: place for place, identity in enumerate(titles)}
    return Work(titles, overrides, sorted(lines, key=lambda line: places[line.proposal.title]))


def named(problems: Sequence[Problem], names: Sequence[str]) -> list[str]:
    """Findings as lines of text; those of a batch say which row, unless the message does already."""
    said = []
    for problem in problems:
        row = problem.index
        known = problem.message.startswith("Dòng") or len(names) < 2 or row >= len(names)
        said.append(problem.message if known else f"Dòng {row + 1} “{names[row]}”: {problem.message}")
    return said


def download(
    request: HttpRequest, round_: CommendationRound, content: bytes, kind: str, file: str
) -> HttpResponse:
    """A file that names people, as a download; it is kept who took it away."""
    log_reading(
        "commending.export", by=request.user, subject=round_, organisation=round_.organisation, file=file
    )
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{file}"'}
    )
