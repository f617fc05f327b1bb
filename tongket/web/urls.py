"""Addresses of the pages that stand above all parts."""

from django.urls import path

from tongket.web import overview

app_name = "web"
urlpatterns = [
    path("", overview.overview, name="overview"),
]
