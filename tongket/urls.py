"""Addresses of all pages."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

_PARTS = (
    ("to-chuc/", "tongket.organisations.pages.urls"),
    ("to-chuc/", "tongket.organisations.urls"),
    ("dang-vien/", "tongket.members.urls"),
    ("chi-tieu/", "tongket.targets.urls"),
    ("van-ban/", "tongket.directives.urls"),
    ("xep-loai/", "tongket.ratings.urls"),
    ("khen-thuong/", "tongket.honours.urls"),
    ("kiem-tra/", "tongket.inspections.urls"),
    ("nhap-du-lieu/", "tongket.intake.urls"),
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tongket.web.urls")),
    path("", include("tongket.ui.shell.urls")),
    path("tai-khoan/", include("tongket.accounts.urls")),
    *(
        path(prefix, include(module))
        for prefix, module in _PARTS
        if find_spec(module.rpartition(".")[0]) and find_spec(module)
    ),
]

handler400 = "tongket.ui.shell.errors.bad_request"
handler403 = "tongket.ui.shell.errors.forbidden"
handler404 = "tongket.ui.shell.errors.not_found"
handler500 = "tongket.ui.shell.errors.server_error"
