"""Addresses of discipline."""

from django.urls import include, path

from tongket.inspections.views import MEMBERS, ORGANISATIONS

app_name = "inspections"
urlpatterns = [
    path("ky-luat/to-chuc/", include(ORGANISATIONS.urls())),
    path("ky-luat/", include(MEMBERS.urls())),
]
