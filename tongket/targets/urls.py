"""Addresses of targets."""

from django.urls import include, path

from tongket.targets import views

app_name = "targets"
_pages = [
    *views.PAGES.urls(),
    path("<int:pk>/dieu-chinh/", views.change, name="change"),
    path("<int:pk>/giao/", views.share, name="share"),
]
urlpatterns = [path("chi-tieu/", include(_pages))]
