"""Addresses of the hall: control, screen, votes, conclusions, minutes, the packed file."""

from django.urls import path

from tongket.conferences.concluding import views as hall_conclusion_views
from tongket.conferences.hall import views as hall_views
from tongket.conferences.paper import views as hall_paper_views
from tongket.conferences.voting import views as hall_vote_views

_ONE = "hoi-nghi/<int:pk>/"
urlpatterns = [
    path(_ONE + "dieu-hanh/", hall_views.control, name="control"),
    path(_ONE + "man-hinh/", hall_views.screen, name="screen"),
    path(_ONE + "man-hinh/phan/", hall_views.screen_part, name="screen_part"),
    path(_ONE + "bieu-quyet/", hall_vote_views.votes, name="votes"),
    path(_ONE + "bieu-quyet/moi/", hall_vote_views.vote_new, name="vote_new"),
    path(_ONE + "bieu-quyet/<int:vote>/huy/", hall_vote_views.vote_void, name="vote_void"),
    path(_ONE + "ket-luan/", hall_conclusion_views.conclusions, name="conclusions"),
    path(_ONE + "ket-luan/moi/", hall_conclusion_views.conclusion_new, name="conclusion_new"),
    path(
        _ONE + "ket-luan/<int:conclusion>/giao/",
        hall_conclusion_views.conclusion_assign,
        name="conclusion_assign",
    ),
    path(
        _ONE + "ket-luan/<int:conclusion>/huy/", hall_conclusion_views.conclusion_void, name="conclusion_void"
    ),
    path(_ONE + "bien-ban/", hall_paper_views.minutes, name="minutes"),
    path(_ONE + "bien-ban/bien-ban.docx", hall_paper_views.minutes_word, name="minutes_word"),
    path(_ONE + "bien-ban/thong-bao-ket-luan.docx", hall_paper_views.notice_word, name="notice_word"),
    path(_ONE + "bien-ban/ho-so.zip", hall_paper_views.packed, name="packed"),
]
