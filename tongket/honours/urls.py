"""Addresses of badges and commendations."""

from django.urls import include, path

from tongket.honours.views import BADGES, COMMENDATIONS

app_name = "honours"
urlpatterns = [
    path("huy-hieu/", include(BADGES.urls())),
    path("khen-thuong/", include("tongket.honours.commending.pages.urls")),
    path("khen-thuong/", include(COMMENDATIONS.urls())),
]
