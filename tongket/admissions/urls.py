"""Addresses of candidates, admissions and recognitions."""

from django.urls import URLPattern, URLResolver

app_name = "admissions"
urlpatterns: list[URLPattern | URLResolver] = []
