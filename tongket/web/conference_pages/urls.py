"""Addresses of conferences, with the pages that need records of other parts."""

from django.urls import path

from tongket.conferences.urls import app_name as conferences_name
from tongket.conferences.urls import urlpatterns as conference_patterns
from tongket.web.conference_pages import honours

app_name = conferences_name
urlpatterns = [
    *conference_patterns,
    path("hoi-nghi/<int:pk>/khen-thuong/", honours.honours, name="honours"),
]
