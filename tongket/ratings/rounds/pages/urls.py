"""Addresses of rating rounds."""

from django.urls import include, path

from tongket.ratings.rounds.pages import board, candidates, deciding, entry, papers

urlpatterns = [
    path("", board.round_list, name="round_list"),
    path("moi/", board.round_new, name="round_new"),
    path("ho-so/", include(candidates.FILES.urls())),
    path("ho-so/<int:pk>/", candidates.candidate_detail, name="round_candidate_detail"),
    path("<int:pk>/", board.round_board, name="round"),
    path("<int:pk>/sua/", board.round_correct, name="round_correct"),
    path("<int:pk>/huy/", board.round_void, name="round_void"),
    path("<int:pk>/doc-lai/", board.round_refresh, name="round_refresh"),
    path("<int:pk>/cap-duoi/", board.round_open_below, name="round_open_below"),
    path("<int:pk>/hoan-tac/", board.round_undo, name="round_undo"),
    path("<int:pk>/quyet-dinh/", deciding.round_decide, name="round_decide"),
    path("<int:pk>/quyet-dinh/huy/", deciding.round_reopen, name="round_reopen"),
    path("<int:pk>/quyet-dinh.docx", papers.decision_word, name="round_decision_word"),
    path("<int:pk>/them/", candidates.candidate_add, name="round_candidate_add"),
    path("<int:pk>/don-vi/<str:code>/", candidates.round_part, name="round_part"),
    path("<int:pk>/don-vi/<str:code>/nhap/", entry.round_entry, name="round_entry"),
    path("<int:pk>/don-vi/<str:code>/bien-ban.docx", papers.minutes_word, name="round_minutes_word"),
    path("<int:pk>/don-vi/<str:code>/kiem-diem.docx", papers.reviews_word, name="round_reviews_word"),
    path("<int:pk>/<int:candidate>/", candidates.round_candidate, name="round_candidate"),
    path("<int:pk>/<int:candidate>/buoc/", candidates.step_new, name="round_step_new"),
    path(
        "<int:pk>/<int:candidate>/buoc/<int:step>/dinh-chinh/",
        candidates.step_correct,
        name="round_step_correct",
    ),
    path("<int:pk>/<int:candidate>/buoc/<int:step>/huy/", candidates.step_void, name="round_step_void"),
    path("<int:pk>/<int:candidate>/dien/", candidates.candidate_aside, name="round_candidate_aside"),
    path("<int:pk>/<int:candidate>/kiem-diem.docx", papers.review_word, name="round_review_word"),
]
