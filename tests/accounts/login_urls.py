"""The product's addresses and one plain page, for tests of sessions, lock-out and headers alone."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from tongket.urls import handler400, handler403, handler404, handler500
from tongket.urls import urlpatterns as product

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def plain(request: HttpRequest) -> HttpResponse:
    """A page without any rule of its own."""
    return HttpResponse("ok")


urlpatterns = [path("plain/", plain), *product]
