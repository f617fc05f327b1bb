"""Addresses of all pages."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

_PARTS = (
    "tongket.web.organisation_pages.urls",
    "tongket.web.member_pages.urls",
    "tongket.targets.urls",
    "tongket.directives.urls",
    "tongket.ratings.urls",
    "tongket.honours.urls",
    "tongket.inspections.urls",
    "tongket.intake.urls",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tongket.web.urls")),
    path("", include("tongket.ui.shell.urls")),
    path("tai-khoan/", include("tongket.accounts.urls")),
    *(path("", include(module)) for module in _PARTS if find_spec(module)),
]

handler400 = "tongket.ui.shell.errors.bad_request"
handler403 = "tongket.ui.shell.errors.forbidden"
handler404 = "tongket.ui.shell.errors.not_found"
handler500 = "tongket.ui.shell.errors.server_error"
