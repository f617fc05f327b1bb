"""Addresses of conferences."""

from django.urls import include, path

from tongket.conferences import views
from tongket.conferences.agenda import views as agenda_views
from tongket.conferences.calling import paper_views
from tongket.conferences.calling import views as calling_views
from tongket.conferences.concluding import views as concluding_views
from tongket.conferences.door import views as door_views
from tongket.conferences.hall import views as hall_views
from tongket.conferences.paper import views as file_views
from tongket.conferences.voting import views as voting_views

app_name = "conferences"
_ONE = "hoi-nghi/<int:pk>/"
urlpatterns = [
    path("hoi-nghi/", include(views.CONFERENCES.urls())),
    path(_ONE + "buoc/<slug:name>/", views.step, name="step"),
    path(_ONE + "hoan-tac/", views.undo, name="undo"),
    path(_ONE + "chuong-trinh/", agenda_views.show, name="agenda"),
    path(_ONE + "chuong-trinh/moi/", agenda_views.add, name="item_new"),
    path(_ONE + "chuong-trinh/<int:item_pk>/", agenda_views.edit, name="item_edit"),
    path(_ONE + "chuong-trinh/<int:item_pk>/chuyen/", agenda_views.move, name="item_move"),
    path(_ONE + "chuong-trinh/<int:item_pk>/bo/", agenda_views.remove, name="item_void"),
    path(_ONE + "chuong-trinh/<int:item_pk>/tai-lieu/", agenda_views.papers, name="item_papers"),
    path(_ONE + "chuong-trinh/<int:item_pk>/tai-lieu/<int:paper_pk>/", agenda_views.paper, name="item_paper"),
    path(
        _ONE + "chuong-trinh/<int:item_pk>/tai-lieu/<int:paper_pk>/go/",
        agenda_views.paper_off,
        name="item_paper_off",
    ),
    path(_ONE + "dai-bieu/", calling_views.show, name="invited"),
    path(_ONE + "dai-bieu/theo-chuc-vu/", calling_views.by_roles, name="by_roles"),
    path(_ONE + "dai-bieu/khach/", calling_views.guest, name="guest"),
    path(_ONE + "dai-bieu/<int:invitation_pk>/", calling_views.edit, name="invitation_edit"),
    path(_ONE + "dai-bieu/<int:invitation_pk>/bieu-quyet/", calling_views.vote, name="invitation_vote"),
    path(_ONE + "dai-bieu/<int:invitation_pk>/rut/", calling_views.withdraw, name="invitation_void"),
    path(_ONE + "dai-bieu/<int:invitation_pk>/tra-loi/", calling_views.reply, name="invitation_reply"),
    path(_ONE + "giay-moi.docx", paper_views.letters, name="letters"),
    path(_ONE + "the/", paper_views.cards, name="cards"),
    path(_ONE + "the.docx", paper_views.cards_word, name="cards_word"),
    path(_ONE + "diem-danh/", door_views.desk, name="desk"),
    path(_ONE + "diem-danh/danh-sach/", door_views.by_hand, name="by_hand"),
    path(_ONE + "diem-danh/so-lieu/", door_views.counters, name="counters"),
    path(_ONE + "danh-sach-diem-danh/", paper_views.attendance, name="attendance"),
    path("giay-moi-den/", calling_views.received, name="received"),
    path("giay-moi-den/<int:invitation_pk>/", calling_views.answer, name="answer"),
    path("diem-danh/<slug:code>/", door_views.card, name="card"),
    path(_ONE + "dieu-hanh/", hall_views.control, name="control"),
    path(_ONE + "man-hinh/", hall_views.screen, name="screen"),
    path(_ONE + "man-hinh/phan/", hall_views.screen_part, name="screen_part"),
    path(_ONE + "bieu-quyet/", voting_views.votes, name="votes"),
    path(_ONE + "bieu-quyet/moi/", voting_views.vote_new, name="vote_new"),
    path(_ONE + "bieu-quyet/<int:vote>/huy/", voting_views.vote_void, name="vote_void"),
    path(_ONE + "ket-luan/", concluding_views.conclusions, name="conclusions"),
    path(_ONE + "ket-luan/moi/", concluding_views.conclusion_new, name="conclusion_new"),
    path(
        _ONE + "ket-luan/<int:conclusion>/giao/",
        concluding_views.conclusion_assign,
        name="conclusion_assign",
    ),
    path(_ONE + "ket-luan/<int:conclusion>/huy/", concluding_views.conclusion_void, name="conclusion_void"),
    path(_ONE + "bien-ban/", file_views.minutes, name="minutes"),
    path(_ONE + "bien-ban/bien-ban.docx", file_views.minutes_word, name="minutes_word"),
    path(_ONE + "bien-ban/thong-bao-ket-luan.docx", file_views.notice_word, name="notice_word"),
    path(_ONE + "bien-ban/ho-so.zip", file_views.packed, name="packed"),
]
