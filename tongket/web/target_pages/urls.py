"""Addresses of targets: those of the records, and those that show figures."""

from django.urls import include, path

from tongket.targets import urls
from tongket.web.target_pages import progress, share, term

app_name = "targets"
_pages = [
    path("tien-do/", progress.progress_page, name="progress"),
    path("tien-do/don-vi/", progress.below_page, name="below"),
    path("nhiem-ky/", term.term_page, name="term"),
    path("<int:pk>/giao/", share.share, name="share"),
]
urlpatterns = [path("chi-tieu/", include(_pages)), *urls.urlpatterns]
