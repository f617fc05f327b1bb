"""The login pages and one plain page, for tests of sessions, lock-out and headers alone."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def plain(request: HttpRequest) -> HttpResponse:
    """A page without any rule of its own."""
    return HttpResponse("ok")


urlpatterns = [path("accounts/", include("allauth.urls")), path("plain/", plain), path("", plain)]
