"""Addresses of targets; those of pages that show figures are added in `web.target_pages`."""

from django.urls import include, path

from tongket.targets import views

app_name = "targets"
_pages = [
    *views.PAGES.urls(),
    path("<int:pk>/dieu-chinh/", views.change, name="change"),
]
urlpatterns = [path("chi-tieu/", include(_pages))]
