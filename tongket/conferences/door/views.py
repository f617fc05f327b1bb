"""Check-in at the door: a desk for number, scanner and photo; the address on the card; the list by hand; counters."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.conferences.access import about, invitation_of
from tongket.conferences.calling.cards import BadPhoto, read_photo
from tongket.conferences.door import acts
from tongket.conferences.door.quorum import quorum_of
from tongket.conferences.models import Conference, Invitation, moment_text
from tongket.conferences.queries import counts, latest_arrivals, marked_list, visible_conferences
from tongket.conferences.views import crumbs
from tongket.core.problems import Refused
from tongket.ui.gate import gate
from tongket.ui.records.pages import REFUSED
from tongket.ui.shell.errors import Missing

#: Tells the counters on the same page to ask again at once.
ARRIVED = "diem-danh"


@about("checkin.write")
def desk(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The desk at the door. A number, a scanned code or a photo is answered in one line; each person once."""
    shown: dict[str, Any] = {"conference": conference}
    status = 200
    if request.method == "POST":
        shown |= _answer(request, conference)
        status = 200 if shown["good"] or request.headers.get("HX-Request") else REFUSED
    if request.headers.get("HX-Request"):
        answer = render(request, "conferences/_answer.html", shown)
        answer["HX-Trigger"] = ARRIVED
        return answer
    shown |= {
        "title": _("Bàn điểm danh"),
        "crumbs": crumbs(conference, _("Bàn điểm danh")),
        **_numbers(conference),
    }
    return render(request, "conferences/desk.html", shown, status=status)


def _answer(request: HttpRequest, conference: Conference) -> dict[str, Any]:
    typed, how = request.POST.get("key", ""), "number"
    if "photo" in request.FILES:
        sent: Any = request.FILES["photo"]
        try:
            typed, how = read_photo(sent.read()), "photo"
        except BadPhoto as bad:
            return {"good": False, "tone": "bad", "said": str(bad)}
        if not acts.code_in(typed):
            return {"good": False, "tone": "bad", "said": _("Mã QR trong ảnh không phải của thẻ đại biểu.")}
    elif acts.code_in(typed):
        how = "qr"
    seen = visible_conferences(request.user, verb="checkin.write")
    return in_words(acts.check_in(conference, typed, how=how, by=request.user, visible=seen), typed)


def in_words(done: acts.CheckIn, typed: str = "") -> dict[str, Any]:
    """What the desk says: green with name, post and number; else what is wrong and what to do."""
    row = done.invitation
    who = {"name": row.name, "number": row.number} if row is not None else {}
    said = {
        "ok": _("Đã điểm danh."),
        "already": _("Đã điểm danh lúc %(at)s. Không ghi thêm lần nữa.")
        % {"at": moment_text(done.at).partition(" ")[0] if done.at else ""},
        "withdrawn": _("Giấy mời số %(number)s của %(name)s đã được rút. Hãy hỏi ban tổ chức.") % who
        if who
        else "",
        "early": _("Hội nghị chưa triệu tập nên chưa điểm danh được. Hãy bấm “Triệu tập” ở trang hội nghị."),
        "late": _("Hội nghị đã bế mạc nên không điểm danh nữa. Muốn sửa, hãy hoàn tác việc bế mạc."),
        "other": _("Thẻ này của hội nghị khác: “%(title)s”, %(when)s.")
        % {"title": done.conference.title, "when": done.conference.get_starts_at_display()}
        if done.conference
        else _("Thẻ này không thuộc hội nghị này."),
        "unknown": _(
            "Không có số hoặc mã “%(typed)s” trong danh sách. Hãy gõ lại, hoặc tìm theo tên trong danh sách."
        )
        % {"typed": typed.strip()[:30]}
        if typed.strip()
        else _("Chưa gõ số. Hãy gõ số trên thẻ hoặc quét mã."),
    }[done.kind]
    tone = {"ok": "good", "already": "warn"}.get(done.kind, "bad")
    return {"good": done.good, "tone": tone, "said": said, "person": row if done.good else None}


def _numbers(conference: Conference) -> dict[str, Any]:
    numbers = counts(conference)
    return {
        "counts": numbers,
        "quorum": quorum_of(numbers),
        "arrivals": latest_arrivals(conference),
    }


@about("conference.read")
def counters(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Present, entitled, quorum and who came last: a piece of a page, asked again every few seconds."""
    return render(request, "conferences/_counters.html", {"conference": conference, **_numbers(conference)})


@gate("checkin.write")
def card(request: HttpRequest, code: str) -> HttpResponse:
    """The address in the QR code: who it is, and a button that checks in. Opening it changes nothing."""
    seen = visible_conferences(request.user, verb="checkin.write")
    row = (
        Invitation.objects.filter(code=code, conference__in=seen)
        .select_related("conference__organisation", "organisation")
        .order_by("-id")
        .first()
    )
    if row is None:
        raise Missing(_("Mã trên thẻ này không có trong hội nghị nào được giao cho bạn."))
    shown: dict[str, Any] = {
        "title": _("Điểm danh"),
        "crumbs": crumbs(row.conference, _("Điểm danh")),
        "row": row,
        "conference": row.conference,
    }
    if request.method == "POST":
        shown |= in_words(acts.check_in(row.conference, code, how="qr", by=request.user, visible=seen))
        return render(request, "conferences/card.html", shown, status=200 if shown["good"] else REFUSED)
    return render(request, "conferences/card.html", shown)


@about("checkin.write")
def by_hand(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The whole list with buttons for present, away with and without reason, and back; found without diacritics."""
    search = request.GET.get("q", "")[:80]
    if request.method == "POST":
        return _by_hand(request, conference)
    numbers = counts(conference)
    shown = {
        "title": _("Điểm danh theo danh sách"),
        "crumbs": [
            *crumbs(conference, "")[:-1],
            (_("Bàn điểm danh"), reverse("conferences:desk", args=[conference.pk])),
            (_("Danh sách"), ""),
        ],
        "conference": conference,
        "rows": marked_list(conference, search),
        "search": search,
        "open": conference.state in ("called", "running"),
        "counts": numbers,
        "quorum": quorum_of(numbers),
    }
    piece = request.headers.get("HX-Target") == "danh-sach"
    return render(request, "conferences/_by_hand.html" if piece else "conferences/by_hand.html", shown)


def _by_hand(request: HttpRequest, conference: Conference) -> HttpResponse:
    """One button was pressed: its value says what and for whom ("present:12")."""
    state, _colon, key = request.POST.get("mark", "").partition(":")
    back = reverse("conferences:by_hand", args=[conference.pk])
    if not state:  # Enter in a box of reasons: no button was pressed
        return redirect(back)
    row = invitation_of(conference, int(key) if key.isdecimal() and len(key) < 18 else 0)
    search = request.POST.get("q", "")[:80]
    try:
        if state == "none":
            acts.unmark(row, by=request.user)
        else:
            reason = request.POST.get(f"reason_{key}", "") if state == "excused" else ""
            acts.mark(row, state, by=request.user, reason=reason)
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, f"{row.name}: {problem.message}")
    return redirect(f"{back}{'?' + urlencode({'q': search}) if search else ''}#so-{row.number}")
