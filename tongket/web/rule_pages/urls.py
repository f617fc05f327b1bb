"""Addresses of the catalogue of rules."""

from django.urls import path

from tongket.web.rule_pages import catalogue

app_name = "rules"
urlpatterns = [
    path("quy-dinh/", catalogue.rules, name="list"),
    path("quy-dinh/van-ban/", catalogue.texts, name="texts"),
    path("quy-dinh/<str:id>/", catalogue.rule_page, name="rule"),
]
