"""Addresses of ratings."""

from django.urls import include, path

from tongket.ratings.views import MEMBERS, ORGANISATIONS

app_name = "ratings"
urlpatterns = [
    path("", include("tongket.ratings.quota.urls")),
    path("xep-loai/to-chuc/", include(ORGANISATIONS.urls())),
    path("xep-loai/dang-vien/", include(MEMBERS.urls())),
    path("xep-loai/dot/", include("tongket.ratings.rounds.pages.urls")),
]
