"""The Word papers of a round. Each names people, so it is kept who took it away."""

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.core.text import fold
from tongket.ratings.rounds.deciding.queries import corrections_of
from tongket.ratings.rounds.models import RatingCandidate, RatingRound
from tongket.ratings.rounds.pages.access import candidate_for, round_for
from tongket.ratings.rounds.pages.candidates import part_of
from tongket.ratings.rounds.papers.decision import decision_paper, minutes_paper
from tongket.ratings.rounds.papers.self_review import self_reviews
from tongket.ratings.rounds.queries import standing_of, states_of
from tongket.ui.gate import gate
from tongket.ui.shell.errors import Missing
from tongket.ui.word_paper import WORD_TYPE


def _word(request: HttpRequest, round: RatingRound, name: str, content: bytes, rows: int) -> HttpResponse:
    file = f"{slugify(fold(name))[:100]}-{round.period}.docx"
    log_reading(
        "rating_round.download",
        by=request.user,
        subject=round,
        organisation=round.organisation,
        file=file,
        rows=rows,
    )
    return HttpResponse(
        content, content_type=WORD_TYPE, headers={"Content-Disposition": f'attachment; filename="{file}"'}
    )


@gate("rating.read")
def decision_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision with its list; a draft while the round is open. For who reads the whole round."""
    standing = round_for(request, pk)
    if not standing.reads:
        raise Missing(_("Không tìm thấy trang này, hoặc bạn không được giao xem."))
    states = standing_of(standing.round)
    corrections = corrections_of(standing.decision) if standing.decision else []
    content = decision_paper(standing.round, states, standing.decision, corrections)
    name = "Quyết định xếp loại" if standing.decision else "Dự thảo quyết định xếp loại"
    return _word(request, standing.round, name, content, len(states))


@gate("rating.read")
def minutes_word(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The form of the minutes of a cell's vote."""
    standing, body, states = part_of(request, pk, code, "rating.read")
    content = minutes_paper(standing.round, body, states)
    return _word(request, standing.round, f"Biên bản kiểm phiếu {body.code}", content, len(states))


@gate("rating.read")
def reviews_word(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The forms of self-review of all of a cell to be rated, in one file (`?mau=` names the form)."""
    standing, body, states = part_of(request, pk, code, "rating.read")
    rated = [state for state in states if not state.excluded]
    content = self_reviews(standing.round, body, rated, request.GET.get("mau", ""))
    return _word(request, standing.round, f"Mẫu kiểm điểm {body.code}", content, len(rated))


@gate("rating.read")
def review_word(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    """The form of self-review of one candidate."""
    standing = round_for(request, pk)
    row = candidate_for(request, standing, candidate)
    states = states_of(RatingCandidate.objects.filter(pk=row.pk))
    content = self_reviews(standing.round, row.organisation, states, request.GET.get("mau", ""))
    return _word(request, standing.round, f"Bản kiểm điểm {states[0].code}", content, 1)
