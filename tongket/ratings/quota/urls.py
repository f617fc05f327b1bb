"""Addresses of the cap on "excellent", the automatic checks and the grid of a round."""

from django.urls import path

from tongket.ratings.checks.views import check_page, override_void
from tongket.ratings.grid.views import grid, grid_undo
from tongket.ratings.quota.views import quota, quota_decided, special_void

urlpatterns = [
    path("xep-loai/ty-le/", quota_decided, name="quota_decided"),
    path("xep-loai/dot/<int:pk>/ty-le/", quota, name="round_quota"),
    path("xep-loai/dot/<int:pk>/ty-le/dac-biet/<int:special>/huy/", special_void, name="round_special_void"),
    path("xep-loai/dot/<int:pk>/kiem-tra/", check_page, name="round_checks"),
    path("xep-loai/dot/<int:pk>/kiem-tra/<int:override>/huy/", override_void, name="round_override_void"),
    path("xep-loai/dot/<int:pk>/bang/", grid, name="round_grid"),
    path("xep-loai/dot/<int:pk>/bang/hoan-tac/", grid_undo, name="round_grid_undo"),
]
