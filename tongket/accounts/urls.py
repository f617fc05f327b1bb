"""Addresses of login and of one's own account: those of allauth that an office network can use."""

from allauth.account import views as allauth
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from tongket.accounts import views

# allauth asks for these names when it draws its own pages; here nothing stands behind them.
CLOSED = {
    "account_signup": "dang-ky/",
    "account_email": "thu-dien-tu/",
    "account_email_verification_sent": "thu-dien-tu/da-gui/",
    "account_set_password": "dat-mat-khau/",
    "account_reset_password": "quen-mat-khau/",
}

urlpatterns = [
    path("dang-nhap/", allauth.login, name="account_login"),
    path("dang-xuat/", views.Logout.as_view(), name="account_logout"),
    path("bi-khoa/", allauth.account_inactive, name="account_inactive"),
    path("xac-nhan/", allauth.reauthenticate, name="account_reauthenticate"),
    path("doi-mat-khau/", allauth.password_change, name="account_change_password"),
    path("xac-thuc/", include("allauth.mfa.urls")),
    path("ngon-ngu/", login_not_required(set_language), name="set_language"),
    *(path(address, views.closed, name=name) for name, address in CLOSED.items()),
]
