"""Addresses of directives, plans and study sessions."""

from django.urls import include, path

from tongket.directives.views import DIRECTIVES, PLANS, SESSIONS

app_name = "directives"
urlpatterns = [
    path("van-ban/trien-khai/", include(PLANS.urls())),
    path("van-ban/", include(DIRECTIVES.urls())),
    path("hoc-tap/", include(SESSIONS.urls())),
]
