"""Addresses of the frame."""

from django.urls import path

from tongket.ui.shell import views

app_name = "ui"
urlpatterns = [
    path("chon/", views.choose, name="choose"),
    path("chon/to-chuc/", views.choices, name="choices"),
    path("tim/to-chuc/", views.options, name="options"),
]
