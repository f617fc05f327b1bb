"""One member: who, where, since when; profile, life, posts, cards, ratings, honours. Each opening is logged."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.core import codelists as codes
from tongket.core.dates import FOREVER, today
from tongket.core.identity import check_cccd
from tongket.honours.queries import visible_badge_awards, visible_commendations
from tongket.inspections.queries import visible_member_disciplines
from tongket.matching.queries import kept_of, merges
from tongket.members.fields import RESTRICTED
from tongket.members.models import Member, MemberDetail
from tongket.members.pages.editing import present_detail
from tongket.members.pages.forms import PROFILE_GROUPS
from tongket.members.pages.register import standing_text
from tongket.members.queries import field_label, gaps_of, timeline, visible_to
from tongket.ratings.queries import visible_member_ratings
from tongket.rules.catalogue import in_force
from tongket.rules.membership import party_age_years
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.fields import shown_value
from tongket.ui.shell.errors import Missing
from tongket.ui.templatetags.ui import lang
from tongket.web.rights import verbs_at

HIDDEN = "hidden"


def _member(request: HttpRequest, uid: Any, verb: str = "member.read") -> Member:
    return get_for_user(visible_to(request.user, verb).select_related("organisation__parent"), uid=uid)


@gate("member.read")
def detail(request: HttpRequest, uid: Any) -> HttpResponse:
    """The member's file; restricted fields stay hidden until asked for.

    The address of an entry that was merged leads to the person kept.
    """
    try:
        member = _member(request, uid)
    except Missing:
        kept = kept_of(uid, visible_to(request.user))
        if kept is None:
            raise
        # Not for ever: taking the merge apart gives the entry its own page again.
        messages.info(request, _("Hồ sơ này đã được gộp vào hồ sơ %(code)s.") % {"code": kept.code})
        return redirect("members:detail", kept.uid)
    log_reading("member.open", by=request.user, subject=member, organisation=member.organisation)
    return render(request, "members/detail.html", _shown(request, member, revealed=False))


@gate("member.sensitive", methods=("POST",))
def reveal(request: HttpRequest, uid: Any) -> HttpResponse:
    """Show the restricted fields of one member, and log that they were read."""
    member = _member(request, uid, "member.sensitive")
    log_reading(
        "member.sensitive",
        by=request.user,
        subject=member,
        organisation=member.organisation,
        fields=sorted(RESTRICTED),
    )
    if request.headers.get("HX-Request"):
        latest = present_detail(member)
        shown = {"member": member, "profile": profile_groups(latest, revealed=True), "revealed": True}
        return render(request, "members/profile.html", shown | {"doubts": doubts(latest)})
    return render(request, "members/detail.html", _shown(request, member, revealed=True))


def profile_groups(
    latest: MemberDetail | None, *, revealed: bool
) -> list[tuple[Any, list[tuple[str, Any, str]]]]:
    """The profile by group: (label, value, "", "gap" or "hidden"). A restricted value that is not shown is not sent."""
    missing = set(gaps_of(latest))
    groups = []
    for title, names in PROFILE_GROUPS:
        rows: list[tuple[str, Any, str]] = []
        for name in names:
            if name == "birth_year_only" and not (latest and latest.birth_year_only):
                continue  # said only where it is so
            label = field_label(name)
            label = label[:1].upper() + label[1:]
            if name in missing:
                rows.append((label, "", "gap"))
            elif name in RESTRICTED and not revealed:
                rows.append((label, "", HIDDEN) if latest and getattr(latest, name) else (label, "", "blank"))
            else:
                value = shown_value(latest, name) if latest else ""
                rows.append((label, value, "" if value != "" else "blank"))
        groups.append((title, rows))
    return groups


def doubts(latest: MemberDetail | None) -> list[str]:
    """What is doubtful about the identity number, in words that do not tell the number."""
    if latest is None or not latest.national_id:
        return []
    gender: Any = latest.gender or None
    return [f.message_vi for f in check_cccd(latest.national_id, latest.birth_date, gender)]


def _shown(request: HttpRequest, member: Member, *, revealed: bool) -> dict[str, Any]:
    verbs = verbs_at(request.user, member.organisation)
    latest = present_detail(member)
    spells = list(
        member.spells.filter(voided_at__isnull=True).select_related("organisation").order_by("valid_from")
    )
    moments = timeline(member)
    return {
        "title": member.full_name,
        "crumbs": [(_("Đảng viên"), reverse("members:list")), (member.full_name, "")],
        "member": member,
        "standing": standing_text(member),
        "verbs": verbs,
        "may_write": "member.write" in verbs,
        "may_reveal": "member.sensitive" in verbs,
        "profile": profile_groups(latest, revealed=revealed),
        "revealed": revealed,
        "doubts": doubts(latest) if "member.sensitive" in verbs else [],
        "merged": list(merges(request.user).filter(kept=member)) if "register.merge" in verbs else [],
        "missing": [field_label(name) for name in gaps_of(latest)],
        "spells": spells,
        "moments": [(moment, codes.MEMBER_EVENT.label(moment.event.kind)) for moment in reversed(moments)],
        "posts": member.posts.filter(voided_at__isnull=True)
        .select_related("organisation", "term")
        .order_by("-valid_from"),
        "cards": member.cards.order_by("-issued_on", "-id").select_related("voided_by"),
        **_party_age(spells),
        **judged(request, member, verbs),
    }


def _party_age(spells: list[Any]) -> dict[str, Any]:
    """Party age today with the rule that it is counted by, while membership lasts."""
    last = spells[-1] if spells else None
    if last is None or last.valid_to != FOREVER or last.party_age_from is None:
        return {"now": last if last is not None and last.valid_to == FOREVER else None}
    return {
        "now": last,
        "party_age": party_age_years(last.party_age_from, today()),
        "party_age_from": last.party_age_from,
        "party_age_rule": in_force("age.party", today()).citation(),
    }


@dataclass(frozen=True, slots=True)
class Judged:
    """A rating, badge, commendation or discipline as one line: when, what, more about it, its page."""

    pk: int
    on: date
    what: str
    more: str
    page: str


#: section -> (verb, rows the user may see, day, code, more text, a second code, page)
_SECTIONS: dict[str, tuple[str, Any, tuple[str, str, str, str], str]] = {
    "ratings": (
        "rating.read",
        visible_member_ratings,
        ("period_end", "level", "organisation__name", "period"),
        "ratings:member_detail",
    ),
    "badges": (
        "honour.read",
        visible_badge_awards,
        ("awarded_on", "mark", "organisation__name", "round"),
        "honours:detail",
    ),
    "commendations": (
        "honour.read",
        visible_commendations,
        ("decided_on", "form", "reason", "giver"),
        "honours:commendation_detail",
    ),
    "disciplines": (
        "discipline.read",
        visible_member_disciplines,
        ("decided_on", "form", "organisation__name", "ground"),
        "inspections:detail",
    ),
}


def judged(request: HttpRequest, member: Member, verbs: frozenset[str]) -> dict[str, list[Judged]]:
    """What was decided about the member, by section; each only with its own verb. One query for all sections."""
    parts: list[QuerySet[Any, Any]] = []
    shown: dict[str, list[Judged]] = {}
    for section, (verb, visible, names, _page) in _SECTIONS.items():
        if verb not in verbs:
            continue
        shown[section] = []
        day, code, more, second = names
        rows = visible(request.user).filter(member=member).order_by()
        columns = (Cast(code, CharField()), F(more), F(second))
        parts.append(rows.values_list(Value(section, CharField()), F("pk"), F(day), *columns))
    if not parts:
        return shown
    first, *others = parts
    for section, pk, on, code, more, second in first.union(*others, all=True) if others else first:
        what, text = _in_words(section, code, more, second)
        shown[section].append(Judged(pk, on, what, text, _SECTIONS[section][3]))
    for rows_of_section in shown.values():
        rows_of_section.sort(key=lambda row: row.on, reverse=True)
    return shown


def _in_words(section: str, code: str, more: str, second: str) -> tuple[str, str]:
    match section:
        case "ratings":
            return codes.RATING_LEVEL.label(code, lang()), f"{second} · {more}"
        case "badges":
            said = _("Huy hiệu %(mark)s năm tuổi Đảng") % {"mark": code}
            return said, codes.AWARD_ROUND.label(second, lang())
        case "commendations":
            giver = codes.GIVER.label(second, lang())
            return codes.COMMENDATION_FORM.label(code, lang()), f"{giver} · {more}" if more else giver
        case _:
            ground = codes.DISCIPLINE_GROUND.label(second, lang())
            return codes.DISCIPLINE_FORM.label(code, lang()), ground
