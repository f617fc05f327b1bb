"""Addresses of conferences."""

from tongket.conferences import hall_urls

app_name = "conferences"
urlpatterns = [*hall_urls.urlpatterns]
