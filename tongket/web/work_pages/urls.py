"""Addresses of what is asked and what is due: pages over obligations, directives and conferences."""

from django.urls import URLPattern

app_name = "obligations"
urlpatterns: list[URLPattern] = []
