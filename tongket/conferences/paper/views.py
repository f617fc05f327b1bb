"""The minutes on the page and as Word drafts, and the packed file of a conference."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.conferences.access import conference_for
from tongket.conferences.hall.views import frame
from tongket.conferences.models import Conference
from tongket.conferences.paper.minutes import collect
from tongket.conferences.paper.minutes_word import minutes_paper, notice_paper
from tongket.conferences.paper.packing import pack
from tongket.ui.gate import gate
from tongket.ui.word_paper import WORD_TYPE


@gate("conference.read")
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """What the minutes will say, with the drafts and the packed file to take away."""
    conference = conference_for(request, pk, "conference.read")
    page = {**frame(request, conference, _("Biên bản và hồ sơ")), "minutes": collect(conference)}
    return render(request, "conferences/hall_minutes.html", page)


@gate("conference.read")
def minutes_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as an editable Word draft."""
    conference = conference_for(request, pk, "conference.read")
    return _word(request, conference, "bien-ban", minutes_paper(collect(conference)))


@gate("conference.read")
def notice_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice of conclusions as an editable Word draft."""
    conference = conference_for(request, pk, "conference.read")
    return _word(request, conference, "thong-bao-ket-luan", notice_paper(collect(conference)))


def _word(request: HttpRequest, conference: Conference, name: str, content: bytes) -> HttpResponse:
    file = f"{name}-hoi-nghi-{conference.on:%Y-%m-%d}.docx"
    _log(request, conference, file)
    answer = HttpResponse(content, content_type=WORD_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{file}"'
    return answer


@gate("conference.read")
def packed(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole file of the conference as one zip."""
    conference = conference_for(request, pk, "conference.read")
    made = pack(conference)
    _log(request, conference, made.name)
    return FileResponse(  # type: ignore[return-value]  # streamed: no HttpResponse, and every middleware takes it
        made.stream, as_attachment=True, filename=made.name, content_type="application/zip"
    )


def _log(request: HttpRequest, conference: Conference, file: str) -> None:
    # These papers name people: it is kept who took them away.
    log_reading(
        "conference.download",
        by=request.user,
        subject=conference,
        organisation=conference.organisation,
        file=file,
    )
