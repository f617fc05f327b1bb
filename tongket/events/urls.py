"""Addresses of events and twinnings."""

from django.urls import include, path

from tongket.events import following, views

app_name = "events"
_OF_ONE = [
    path("chuong-trinh/", following.programme, name="programme"),
    path("chuong-trinh/in/", following.programme_print, name="programme_print"),
    path("chuong-trinh/word/", following.programme_word, name="programme_word"),
    path("giao-viec/", following.ask, name="ask"),
    path("viec-tiep/", following.note, name="note"),
    path("gan-viec/", following.link, name="link"),
    path("viec-tiep/<int:note>/xong/", following.finish, name="finish"),
    path("viec-tiep/<int:note>/huy/", following.note_void, name="note_void"),
]
urlpatterns = [
    path("hoat-dong/lich-nam/", views.year, name="year"),
    path("hoat-dong/nam-tron/", views.anniversaries, name="anniversaries"),
    path("hoat-dong/ket-nghia/", include([*views.TWINNING_FILES.urls(), *views.TWINNINGS.urls()])),
    path("hoat-dong/<int:pk>/", include(_OF_ONE)),
    path("hoat-dong/", include([*views.FILES.urls(), *views.EVENTS.urls()])),
]
