"""Addresses of all pages."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tongket.web.urls")),
    path("", include("tongket.ui.shell.urls")),
    path("tai-khoan/", include("tongket.accounts.urls")),
    path("", include("tongket.web.organisation_pages.urls")),
    path("", include("tongket.web.member_pages.urls")),
    path("", include("tongket.matching.urls")),
    path("", include("tongket.web.target_pages.urls")),
    path("", include("tongket.web.work_pages.urls")),
    path("", include("tongket.directives.urls")),
    path("", include("tongket.web.conference_pages.urls")),
    path("", include("tongket.events.urls")),
    path("", include("tongket.bulletins.urls")),
    path("", include("tongket.ratings.urls")),
    path("", include("tongket.honours.urls")),
    path("", include("tongket.inspections.urls")),
    path("", include("tongket.cases.urls")),
    path("", include("tongket.admissions.urls")),
    path("", include("tongket.books.urls")),
    path("", include("tongket.web.rule_pages.urls")),
    path("", include("tongket.intake.urls")),
    path("", include("tongket.drafts.urls")),
    path("", include("tongket.reforms.urls")),
    path("ket-noi/", include("tongket.api.pages.urls")),
    path("api/v1/", include("tongket.api.urls")),
]

handler400 = "tongket.ui.shell.errors.bad_request"
handler403 = "tongket.ui.shell.errors.forbidden"
handler404 = "tongket.ui.shell.errors.not_found"
handler500 = "tongket.ui.shell.errors.server_error"
