"""The hall: the screen that everybody sees, and the secretary's control page."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tongket.conferences import acts
from tongket.conferences.access import conference_for
from tongket.conferences.hall import acts as hall_acts
from tongket.conferences.hall import state as hall_state
from tongket.conferences.hall.forms import FloorForm
from tongket.conferences.hall.queries import speaker_names, stamp_of, state_of, with_stamp
from tongket.conferences.hall.screen import control_of, screen_of
from tongket.conferences.hall.times import meets_on, time_of
from tongket.conferences.models import Conference
from tongket.conferences.queries import visible_conferences
from tongket.conferences.views import crumbs
from tongket.core.problems import Conflict, Problem, Refused
from tongket.organisations.queries import may
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user

SEEN = "da_thay"
_FLOOR = {
    "item_start": hall_state.ITEM_START,
    "item_end": hall_state.ITEM_END,
    "queue": hall_state.QUEUED,
    "speak": hall_state.SPEAK_START,
    "speak_end": hall_state.SPEAK_END,
}


def frame(request: HttpRequest, conference: Conference, title: str) -> dict[str, Any]:
    """What every page about one conference shows around its own content."""
    return {
        "title": title,
        "conference": conference,
        "crumbs": crumbs(conference, title),
        "may_write": may(request.user, "conference.write", conference.organisation),
    }


@gate("conference.read")
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """The page for the projector."""
    rows = with_stamp(visible_conferences(request.user))
    conference = get_for_user(rows, pk=pk)
    return render(request, "conferences/hall_screen.html", _screen(conference))


@gate("conference.read")
def screen_part(request: HttpRequest, pk: int) -> HttpResponse:
    """What the screen asks for every few seconds: its content, or 204 when nothing changed since `da_thay`."""
    conference = get_for_user(with_stamp(visible_conferences(request.user)), pk=pk)
    if request.GET.get(SEEN) == stamp_of(conference):
        return HttpResponse(status=204)
    return render(request, "conferences/hall_screen_part.html", _screen(conference))


def _screen(conference: Any) -> dict[str, Any]:
    return {"conference": conference, "screen": screen_of(conference), "stamp": stamp_of(conference)}


@gate("conference.write")
def control(request: HttpRequest, pk: int) -> HttpResponse:
    """Items, speakers, opening and closing, each with one button; the last thing can be undone."""
    conference = conference_for(request, pk, "conference.write")
    form = FloorForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            _do(conference, form.cleaned_data, request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
        else:
            return redirect("conferences:control", pk)
        conference.refresh_from_db()
    shown = {
        **frame(request, conference, _("Điều hành hội nghị")),
        **control_of(conference),
        "form": form,
        "names": speaker_names(conference),
        "today": meets_on(conference, timezone.localdate()),
    }
    return render(request, "conferences/hall_control.html", shown, status=422 if form.is_bound else 200)


def _do(conference: Conference, said: dict[str, Any], user: Any) -> None:
    deed = said["deed"]
    at: datetime | None = time_of(conference, said["at"], timezone.now()) if said["at"] else None
    if deed == "invite":
        deed, said = "speak", {**said, **_waiting(conference, said["waiting"])}
    if deed in _FLOOR:
        hall_acts.record_floor(
            conference,
            _FLOOR[deed],
            by=user,
            item=said["item"] if deed == "item_start" else None,
            speaker=said["speaker"] if deed in ("queue", "speak") else "",
            topic=said["topic"] if deed in ("queue", "speak") else "",
            at=at,
        )
    elif deed == "open":
        acts.open_conference(conference, by=user, at=at)
    elif deed == "close":
        acts.close(conference, by=user, at=at)
    elif deed == "reopen":
        if conference.state not in (hall_acts.RUNNING, hall_acts.CLOSED):
            raise Refused([Problem("", "Hội nghị chưa khai mạc nên không có gì để mở lại.")])
        acts.undo_step(conference, reason=said["reason"], by=user)
    elif deed == "undo":
        hall_acts.undo_last(conference, by=user)
    elif deed == "withdraw" and said["waiting"]:
        hall_acts.withdraw_speaker(conference, said["waiting"], by=user)
    else:
        raise Refused([Problem("", "Không rõ việc cần ghi. Hãy mở lại trang rồi bấm lại nút.")])


def _waiting(conference: Conference, pk: int | None) -> dict[str, str]:
    """Who stands at a place of the list of speakers, with the topic announced."""
    found = next((one for one in state_of(conference).queue if one.pk == pk), None)
    if found is None:
        raise Refused([Problem("", "Người này không còn trong danh sách chờ. Hãy mở lại trang.")])
    return {"speaker": found.name, "topic": found.topic}


def told(request: HttpRequest, text: str) -> None:
    """Say at the top of the next page that something was recorded."""
    messages.success(request, text)
