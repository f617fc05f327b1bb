"""Addresses of the pages that stand above all parts."""

from django.urls import path

from tongket.web import catalogue, charts, figure, overview

app_name = "web"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("so-voi-ky-truoc/", overview.compared, name="compared"),
    path("so-sanh/", overview.compare, name="compare"),
    path("bieu-do/<slug:name>/", charts.chart, name="chart"),
    path("so-lieu/", catalogue.catalogue, name="catalogue"),
    path("so-lieu/nhom/<slug:code>/", catalogue.catalogue_domain, name="catalogue_domain"),
    path("so-lieu/<str:id>/", figure.figure_page, name="figure"),
    path("so-lieu/<str:id>/cac-nam/", figure.figure_years, name="figure_years"),
    path("so-lieu/<str:id>/bieu-do/to-chuc/", charts.by_child, name="figure_by_child"),
    path("so-lieu/<str:id>/bieu-do/cac-nam/", charts.over_years, name="figure_over_years"),
]
