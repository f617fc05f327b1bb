"""Addresses of all pages."""

from typing import Any

urlpatterns: list[Any] = []
