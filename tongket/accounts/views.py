"""The few account pages that are not quite those of allauth."""

from typing import Any

from allauth.account.views import LogoutView
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator


@method_decorator(login_not_required, name="dispatch")
class Logout(LogoutView):
    """Log out by POST, and tell the browser to forget what it kept (ASVS 14.3.1)."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add the header to the answer that ends the session."""
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        if request.method == "POST":
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


@login_not_required
def closed(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Sign-up, reset by mail and mail addresses: an office network has none of them."""
    raise Http404
