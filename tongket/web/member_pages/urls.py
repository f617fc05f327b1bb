"""Addresses of the register with the member's page."""

from django.urls import include, path

from tongket.members.pages.urls import patterns
from tongket.web.member_pages import detail, paper

app_name = "members"
_pages = [
    *patterns,
    path("<uuid:uid>/", detail.detail, name="detail"),
    path("<uuid:uid>/xem/", detail.reveal, name="reveal"),
    path("<uuid:uid>/phieu/<slug:kind>/", paper.paper, name="paper"),
    path("<uuid:uid>/phieu/<slug:kind>/day-du/", paper.full_paper, name="full_paper"),
]
urlpatterns = [path("dang-vien/", include(_pages))]
