"""Addresses of conferences."""

from django.urls import include, path

from tongket.conferences import views
from tongket.conferences.agenda import views as agenda_views
from tongket.conferences.calling import paper_views
from tongket.conferences.calling import views as invited_views
from tongket.conferences.door import views as door_views
from tongket.conferences.hall import urls as hall_urls

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
    path(_ONE + "dai-bieu/", invited_views.show, name="invited"),
    path(_ONE + "dai-bieu/theo-chuc-vu/", invited_views.by_roles, name="by_roles"),
    path(_ONE + "dai-bieu/khach/", invited_views.guest, name="guest"),
    path(_ONE + "dai-bieu/<int:invitation_pk>/", invited_views.edit, name="invitation_edit"),
    path(_ONE + "dai-bieu/<int:invitation_pk>/bieu-quyet/", invited_views.vote, name="invitation_vote"),
    path(_ONE + "dai-bieu/<int:invitation_pk>/rut/", invited_views.withdraw, name="invitation_void"),
    path(_ONE + "dai-bieu/<int:invitation_pk>/tra-loi/", invited_views.reply, name="invitation_reply"),
    path(_ONE + "giay-moi.docx", paper_views.letters, name="letters"),
    path(_ONE + "the/", paper_views.cards, name="cards"),
    path(_ONE + "the.docx", paper_views.cards_word, name="cards_word"),
    path(_ONE + "diem-danh/", door_views.desk, name="desk"),
    path(_ONE + "diem-danh/danh-sach/", door_views.by_hand, name="by_hand"),
    path(_ONE + "diem-danh/so-lieu/", door_views.counters, name="counters"),
    path(_ONE + "danh-sach-diem-danh/", paper_views.attendance, name="attendance"),
    path("giay-moi-den/", invited_views.received, name="received"),
    path("giay-moi-den/<int:invitation_pk>/", invited_views.answer, name="answer"),
    path("diem-danh/<slug:code>/", door_views.card, name="card"),
    *hall_urls.urlpatterns,
]
